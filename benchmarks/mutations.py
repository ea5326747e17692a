"""Files damaged at random but repeatably: bytes flipped, cut, moved, parts of packages swapped."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile

_TOKENS = (
    b"\x00" * 64, b"\xff\xfe", b"\xed\xa0\x80", b"endobj", b"stream\r\n", b"<table><tr><td>" * 300,
    b"<w:p>", b"</w:body>", b'"', b";" * 400, b"\n" * 200, b"&#x0;", b"-99999999999999999999",
    b"=cmd|'/c x'!A1", "å\u0308\u202e".encode(), b"]]>", b"<!--", b"\x1b\x0c",
)  # fmt: skip
"""What breaks parsers: control bytes, lone halves of pairs, tags that never close, long numbers."""
_NUMBER = re.compile(rb"\d{1,9}")


def mutate(content: bytes, other: bytes, choose: random.Random) -> bytes:
    """Return a damaged form of a file; ``other`` is a file of the same kind to take pieces from.

    A package (Word, Excel) is damaged inside as often as outside, so that it still opens.
    """
    if content.startswith(b"PK") and choose.random() < 0.6:
        return _inside(content, other, choose)
    for _ in range(choose.choice((1, 1, 2, 4))):
        content = _damage(content, other, choose)
    return content


def _damage(  # noqa: C901 - nine kinds of damage, a branch each
    content: bytes, other: bytes, choose: random.Random
) -> bytes:
    data = bytearray(content)
    size = max(1, len(data))
    at = choose.randrange(size)
    length = min(size - at, int(choose.expovariate(1 / 200)) + 1)
    kind = choose.randrange(9)
    if kind == 0:
        for _ in range(choose.choice((1, 8, 64))):
            place = choose.randrange(size)
            data[place : place + 1] = bytes([choose.randrange(256)])
    elif kind == 1:
        del data[at:]
    elif kind == 2:
        del data[at : at + length]
    elif kind == 3:
        data[at:at] = data[at : at + length] * choose.choice((1, 2, 50))
    elif kind == 4:
        start = choose.randrange(max(1, len(other)))
        data[at : at + length] = other[start : start + length]
    elif kind == 5:
        data[at:at] = choose.choice(_TOKENS)
    elif kind == 6:
        data[at : at + length] = choose.randbytes(length)
    elif kind == 7:
        numbers = list(_NUMBER.finditer(data))
        if numbers:
            start, end = choose.choice(numbers).span()
            data[start:end] = choose.choice((b"0", b"-1", b"99999999", b"4294967296", b"1e309"))
    else:
        lines = content.splitlines(keepends=True)
        choose.shuffle(lines)
        data = bytearray(b"".join(lines))
    return bytes(data)


def _inside(content: bytes, other: bytes, choose: random.Random) -> bytes:
    """Damage one part of a package, leave it out, exchange two, or take one from elsewhere."""
    parts, others = _parts(content), _parts(other)
    name = choose.choice(sorted(parts))
    kind = choose.randrange(6)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        second = choose.choice(sorted(parts))
        parts[name], parts[second] = parts[second], parts[name]
    elif kind == 2:
        parts[name] = others.get(name, b"")
    else:
        parts[name] = _damage(parts[name], others.get(name, b""), choose)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for each, data in parts.items():
            package.writestr(each, data)
        if kind == 5:
            package.writestr(name, b"twice")
    return packed.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def without_pictures(content: bytes) -> bytes:
    """Return a Word file without its pictures, which damage nothing and take time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in _parts(content).items():
            if "/media/" not in name:
                package.writestr(name, data)
    return packed.getvalue()
