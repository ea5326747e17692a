"""What a PDF file holds beside the text of its pages: answers in forms, attached files."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.reading.extract.page_lines import Line

_DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".docm", ".dotx", ".odt", ".rtf", ".txt", ".htm", ".html", ".ppt",
    ".pptx", ".zip",
)  # fmt: skip
_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_NAMED = 3
_FEW_PAGES = 5
_SENTENCE = 20
_WRITTEN = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


def parts_not_opened(document: Any, *, pinned: bool, lost_answers: int = 0) -> str:
    """Return a Swedish sentence on documents inside the file that are not read, "" without any.

    `lost_answers` of a form could not be read. With `pinned`, files in notes on the first pages are
    looked for too: that opens the pages again.
    Attached data (invoices, tables, pictures) is no document of a plan and is not named.
    """
    if document.get_formtype() in _XFA:
        return (
            "PDF-filen är ett XFA-formulär, som bara visas i Adobe Reader. Skriv ut det till en ny "
            "PDF-fil och lämna den."
        )
    if lost_answers:
        fields = f"{lost_answers} ifyllda fält" if lost_answers > 1 else "ett ifyllt fält"
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


class Form:
    """The form of a file, whose answers are written into its pages and so read in their place.

    `lost` counts the answers of a sentence or more that a page does not show.
    """

    def __init__(self, document: Any) -> None:
        document.init_forms()
        self._form = document.formenv
        self.lost = 0

    def write(self, page: int) -> list[str]:
        """Write the answers into an open page, which then is opened anew; return them.

        Notes of other kinds are left out: a comment is no answer.
        """
        raw = ctypes.cast(page, pdfium.FPDF_PAGE)
        if not self._form or not pdfium.FPDFPage_GetAnnotCount(raw):
            return []
        answers = _answers(self._form.raw, raw)
        if answers:
            # with the form at hand, PDFium draws answers that have no picture
            pdfium.FORM_OnAfterLoadPage(raw, self._form.raw)
            _flatten(raw)
            pdfium.FORM_OnBeforeClosePage(raw, self._form.raw)
        return answers

    def check(self, answers: list[str], lines: list[Line]) -> None:
        """Count the answers that are not among the lines of their page."""
        text = _letters("".join(line.text for line in lines))
        self.lost += sum(_letters(answer)[:_SENTENCE] not in text for answer in answers)


def form_of(document: Any) -> Form | None:
    """Return the form of a file, None where it has none that is read."""
    return Form(document) if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM else None


def _answers(form: Any, page: Any) -> list[str]:
    """Return what is written in the text fields and lists of a page, where it is a sentence."""
    found = []
    for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
        if kind in _WRITTEN and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
            size = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
            buffer = (pdfium.FPDF_WCHAR * (size // 2 + 1))()
            pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size)
            answer = bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", errors="replace")
            if len(answer.strip()) >= _SENTENCE:
                found.append(answer)
        pdfium.FPDFPage_CloseAnnot(note)
    return found


def _flatten(page: Any) -> None:
    for place in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        is_field = pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET
        pdfium.FPDFPage_CloseAnnot(note)
        if not is_field:
            pdfium.FPDFPage_RemoveAnnot(page, place)
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


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
