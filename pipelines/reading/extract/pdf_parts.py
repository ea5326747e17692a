"""What a PDF file holds beside its pages: attached files, forms."""

from __future__ import annotations

import contextlib
import re
import zlib
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

_DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".docm", ".dotx", ".odt", ".rtf", ".txt", ".htm", ".html", ".ppt",
    ".pptx", ".zip",
)  # fmt: skip
_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF")
_PACKED = re.compile(rb"/ObjStm\b[^>]*>>[^>]{0,40}?stream\r?\n")
_ROOT = re.compile(rb"/Root\s+(\d+)\s")
_LISTED, _MAX_PACKED = 4_096, 4_000_000
_NAMED = 3
_FEW_PAGES = 5
_FORM_PAGES, _SENTENCE = 50, 20


def parts_not_opened(document: Any, *, pinned: bool) -> str:
    """Return a Swedish sentence on documents inside the file that are not read, "" without any.

    With `pinned`, files in notes on the first pages are looked for too: that opens the pages again.
    Attached data (invoices, tables, pictures) is no document of a plan and is not named.
    """
    if document.get_formtype() in _XFA:
        return (
            "PDF-filen är ett XFA-formulär, som bara visas i Adobe Reader. Skriv ut det till en ny "
            "PDF-fil och lämna den."
        )
    if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM and (filled := _answers(document)):
        fields = f"{filled} ifyllda fält" if filled > 1 else "ett ifyllt fält"
        return (
            f"PDF-filen är ett formulär med {fields} som inte läses. Skriv ut det till en ny "
            "PDF-fil och lämna den."
        )
    names = [
        name for name in _attached(document, pinned=pinned) if name.lower().endswith(_DOCUMENTS)
    ]
    if not names:
        return ""
    listed = ", ".join(names[:_NAMED]) + (" m.fl." if len(names) > _NAMED else "")
    count = f"{len(names)} bifogade filer" if len(names) > 1 else "en bifogad fil"
    return (
        f"PDF-filen innehåller {count} som inte öppnas ({listed}). "
        "Spara dem ur PDF-filen och lämna dem var för sig."
    )


def has_layers_off(path: Path) -> bool:
    """Tell whether the file has layers that are off when it is opened.

    The list of them is in the catalogue; newer files pack that with other objects, whose numbers
    stand first in the pack.
    """
    data = path.read_bytes()
    if b"/OFF" in data and _OFF.search(data):
        return True
    last = data.rfind(b"/Root")
    root = _ROOT.match(data, last) if last >= 0 else None
    if root is None or b"/ObjStm" not in data:
        return False
    place = -1
    while (place := data.find(b"/ObjStm", place + 1)) >= 0:
        packed = _PACKED.match(data, place)
        if packed is None:
            continue
        start = data[packed.end() : packed.end() + _LISTED]
        with contextlib.suppress(zlib.error):
            listed = zlib.decompressobj().decompress(start, _LISTED)
            if root[1] in listed.split()[::2]:
                whole = data[packed.end() : packed.end() + _MAX_PACKED]
                return bool(_OFF.search(zlib.decompressobj().decompress(whole, _MAX_PACKED)))
    return False


def _answers(document: Any) -> int:
    """Count text fields of a form that hold a sentence: the page's own text does not have them."""
    document.init_forms()
    form = document.formenv
    if form is None:
        return 0
    filled = 0
    for index in range(min(_FORM_PAGES, len(document))):
        page = document[index]
        try:
            filled += sum(
                _is_answer(form.raw, page.raw, place)
                for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw))
            )
        finally:
            page.close()
    return filled


def _is_answer(form: Any, page: Any, place: int) -> bool:
    note = pdfium.FPDFPage_GetAnnot(page, place)
    try:
        if pdfium.FPDFAnnot_GetFormFieldType(form, note) != pdfium.FPDF_FORMFIELD_TEXTFIELD:
            return False
        # The size is in bytes of UTF-16, with two for the end.
        size = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
        return bool(size // 2 - 1 >= _SENTENCE)
    finally:
        pdfium.FPDFPage_CloseAnnot(note)


def _attached(document: Any, *, pinned: bool) -> list[str]:
    """Return the names of the files attached to the document or pinned to its first pages."""
    count = max(0, pdfium.FPDFDoc_GetAttachmentCount(document.raw))
    names = [document.get_attachment(index).get_name() for index in range(count)]
    for index in range(min(_FEW_PAGES, len(document)) if pinned else 0):
        page = document[index]
        try:
            names += _pinned(page.raw)
        finally:
            page.close()
    return names


def _pinned(page: Any) -> list[str]:
    """Return the names of files in annotations of a page."""
    names: list[str] = []
    for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            names.append(_file_name(note))
        pdfium.FPDFPage_CloseAnnot(note)
    return names


def _file_name(note: Any) -> str:
    file = pdfium.FPDFAnnot_GetFileAttachment(note)
    if not file:
        return ""
    size = pdfium.FPDFAttachment_GetName(file, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2 + 1))()
    pdfium.FPDFAttachment_GetName(file, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", errors="replace")
