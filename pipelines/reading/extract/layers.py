"""Layers of a PDF file that are off when it is opened: their text is not on the page."""

from __future__ import annotations

import contextlib
import ctypes
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium

from pipelines.reading.extract.page_objects import (
    FORM,
    INVISIBLE,
    TEXT,
    inside_form,
    mode,
    on_page,
    type_of,
)
from pipelines.reading.extract.pdfium import bound, picture

_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong

_marks = bound(pdfium.FPDFPageObj_CountMarks, _INT, _POINTER)
_mark = bound(pdfium.FPDFPageObj_GetMark, _POINTER, _POINTER, _LONG)
_mark_name = bound(pdfium.FPDFPageObjMark_GetName, _INT, _POINTER, _POINTER, _LONG, _POINTER)
_layer_name = bound(
    pdfium.FPDFPageObjMark_GetParamStringValue, _INT, _POINTER, ctypes.c_char_p, _POINTER, _LONG,
    _POINTER,
)  # fmt: skip
_set_active = bound(pdfium.FPDFPageObj_SetIsActive, _INT, _POINTER, _INT)

_OFF = re.compile(rb"/OFF\s*\[\s*\d|/OFF\s+\d+\s+\d+\s+R|/(?:Base|View)State\s*/OFF")
_PACKED = re.compile(rb"/ObjStm\b[^>]*>>[^>]{0,40}?stream\r?\n")
_ROOT = re.compile(rb"/Root\s+(\d+)\s")
_LISTED, _MAX_PACKED = 4_096, 4_000_000
_MANY_GROUPS = 150
_GROUNDS = (119, 201)

_WORD = (ctypes.c_ushort * 128)()
_WORD_AT = ctypes.addressof(_WORD)
_SIZE = ctypes.c_ulong()
_SIZE_AT = ctypes.addressof(_SIZE)

Group = list[int]
"""Texts of a page that are shown or hidden together."""


def has_layers_off(path: Path) -> bool:
    """Tell whether the file has layers that are off when it is opened.

    The list of them is in the catalogue or in an object of its own; newer files pack those with
    other objects. A pack that is encrypted cannot be looked into: then there may be some.
    """
    data = path.read_bytes()
    if b"/OCProperties" not in data:
        last = data.rfind(b"/Root")
        root = _ROOT.match(data, last) if last >= 0 else None
        if root is None or b"/ObjStm" not in data:
            return False
        if b"/Encrypt" in data:
            return True
        if b"/OCProperties" not in next(_packs(data, root[1]), b""):
            return False
    return _says_off(data) or any(map(_says_off, _packs(data)))


def _says_off(data: bytes) -> bool:
    # The plain search goes first, because it takes a hundredth of the time on a large file.
    return b"/OFF" in data and bool(_OFF.search(data))


def _packs(data: bytes, holding: bytes = b"") -> Iterator[bytes]:
    """Yield the packed objects of a file; with a number, only those that hold that object.

    The numbers of the objects are at the beginning of a pack.
    """
    place, view = -1, memoryview(data)
    while (place := data.find(b"/ObjStm", place + 1)) >= 0:
        packed = _PACKED.match(data, place)
        if packed is None:
            continue
        with contextlib.suppress(zlib.error):
            if holding:
                start = view[packed.end() : packed.end() + _LISTED]
                if holding not in zlib.decompressobj().decompress(start, _LISTED).split()[::2]:
                    continue
            whole = view[packed.end() : packed.end() + _MAX_PACKED]
            yield zlib.decompressobj().decompress(whole, _MAX_PACKED)


def hide_layers_off(page: int) -> None:
    """Take the text on layers that are off from a page whose text is not opened yet.

    Texts that share their layers are drawn alone on grey; those that leave no
    trace are hidden. PDFium so decides what nested layers and conditions mean.
    """
    groups, others = _by_layer(page)
    if not groups:
        return
    texts = [text for group in groups for text in group]
    _activate([*others, *texts], 0)
    hidden: set[int] = set()
    for group in groups:
        _activate(group, 1)
        if _is_blank(page):
            hidden.update(group)
        _activate(group, 0)
    _activate([*others, *(text for text in texts if text not in hidden)], 1)


def _activate(items: list[int], active: int) -> None:
    for item in items:
        _set_active(item, active)


def _by_layer(page: int) -> tuple[list[Group], list[int]]:
    """Return the texts that may be on a layer, those together that share it, and all else."""
    groups: dict[tuple[object, ...], Group] = {}
    others: list[int] = []

    def collect(items: list[int], around: tuple[object, ...]) -> None:
        for item in items:
            kind = type_of(item)
            layers = tuple(filter(_is_layer, (_mark(item, at) for at in range(_marks(item)))))
            if kind == FORM:
                collect(inside_form(item), (*around, item, *layers))
            elif kind == TEXT and (layers or around) and mode(item) != INVISIBLE:
                groups.setdefault((*around, *layers), []).append(item)
            else:
                others.append(item)

    collect(on_page(page), ())
    if len(groups) <= _MANY_GROUPS:
        return list(groups.values()), others
    named: dict[tuple[object, ...], Group] = {}
    for key, group in groups.items():
        named.setdefault(tuple(map(_named, key)), []).extend(group)
    return list(named.values()), others


def _is_layer(mark: int) -> bool:
    return bool(_mark_name(mark, _WORD_AT, 256, _SIZE_AT)) and _word() == "OC"


def _named(mark: object) -> str:
    """Return the name of a mark's layer; one without a name, as a form, stays by itself."""
    if _layer_name(mark, b"Name", _WORD_AT, 256, _SIZE_AT):
        return _word()
    return str(mark)


def _word() -> str:
    return bytes(_WORD)[: max(0, _SIZE.value - 2)].decode("utf-16-le", errors="replace")


def _is_blank(page: int) -> bool:
    """Tell whether what is switched on leaves no trace: on one of two greys it must."""
    return all(
        not row.strip(bytes([ground]))
        for ground in _GROUNDS
        for row in picture(page, 1.0, ground=ground).rows
    )
