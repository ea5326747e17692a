"""What a file is, by its first bytes: endings of delivered files lie."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pipelines.reading.extract.page_lines import UnreadableError
from pipelines.reading.passage import DocumentFormat

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|main|article|h1|div|p|table|ul)\b", re.I)
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_SEARCHED = 1 << 20
_MAIN_PART = re.compile(r'Type="[^"]*/officeDocument"')
_TARGET = re.compile(r'Target="/?([^"]+)"')
_RELATIONSHIP = re.compile(r"<Relationship\b[^>]*>")
_MAX_PART = 40 * 1024 * 1024
"""A part of a Word file unpacked; the text of a thousand pages is a quarter of it."""
_SAVED_PAGE = re.compile(rb"^Content-Type:\s*multipart/related", re.I | re.M)
_BINARY = {
    b"{\\rtf": "Filen är i formatet RTF. Spara den som DOCX eller PDF.",
    b"\x89PNG": "Filen är en bild. Lämna dokumentet som PDF.",
    b"\xff\xd8\xff": "Filen är en bild. Lämna dokumentet som PDF.",
    b"II*\x00": "Filen är en bild. Lämna dokumentet som PDF.",
    b"GIF8": "Filen är en bild. Lämna dokumentet som PDF.",
    b"Rar!": "Filen är ett arkiv. Packa upp det och lämna dokumenten var för sig.",
    b"7z\xbc\xaf": "Filen är ett arkiv. Packa upp det och lämna dokumenten var för sig.",
}


def detect_format(path: Path) -> DocumentFormat:
    """Return the format of a file by its content.

    Raises UnreadableError for empty files and for formats that are not read.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise UnreadableError("Filen är tom.")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _detect_zip(path)
    if head.startswith(_OLE):
        raise UnreadableError(_ole_reason(path))
    for mark, reason in _BINARY.items():
        if head.startswith(mark):
            raise UnreadableError(reason)
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<?xml") and not _HTML.search(plain):
        raise UnreadableError(
            "Filen är XML (till exempel Word 2003 eller FODT). Spara den som DOCX eller PDF."
        )
    if _SAVED_PAGE.search(head) or path.suffix.lower() == ".md":
        return "html"
    named = path.suffix.lower() in (".html", ".htm", ".xhtml")
    if start.startswith(b"<") and (named or _HTML.search(plain)):
        return "html"
    return "html" if named and _HTML.search(plain) else "text"


def _ole_reason(path: Path) -> str:
    """Return why a file of the older Office container is not read: it may be a locked new one."""
    with path.open("rb") as file:
        content = file.read(_OLE_SEARCHED)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "Filen är skyddad med lösenord. Ta bort lösenordet i Word och lämna den igen."
    return "Filen är i ett äldre Office-format. Spara den som DOCX eller PDF."


def _detect_zip(path: Path) -> DocumentFormat:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "mimetype" in names and b"opendocument" in unpacked(package, "mimetype"):
                raise UnreadableError(
                    "Filen är i ett OpenDocument-format (ODT). Spara den som DOCX eller PDF."
                )
            if any(name.startswith("word/") for name in names) and main_part(package):
                return "docx"
    except zipfile.BadZipFile as error:
        raise UnreadableError("Filen är skadad och kan inte öppnas.") from error
    raise UnreadableError(
        "Filen är ett arkiv eller ett format som inte läses. Lämna PDF eller DOCX."
    )


def main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the part with the document's text, "" where the package has none."""
    names = set(package.namelist())
    if "_rels/.rels" in names:
        relations = unpacked(package, "_rels/.rels").decode("utf-8", errors="replace")
        for relation in _RELATIONSHIP.findall(relations):
            target = _TARGET.search(relation)
            if _MAIN_PART.search(relation) and target and target[1] in names:
                return target[1]
    return "word/document.xml" if "word/document.xml" in names else ""


def unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part, never more of it than the limit: the package's own directory may lie."""
    with package.open(name) as part:
        data = part.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise UnreadableError(
            "Word-filen är orimligt stor när den packas upp. Dela den i flera filer, eller lämna "
            "den som PDF."
        )
    return data
