"""What a PDF file holds beside the text of its pages: answers in forms, attached files."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium

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


def write_answers(document: Any) -> int:
    """Write the answers of a form into its pages, so that they are read in their place.

    Notes of other kinds are left out: a comment is no answer. Returns how many answers of a
    sentence or more did not get there.
    """
    if document.get_formtype() != pdfium.FORMTYPE_ACRO_FORM:
        return 0
    document.init_forms()
    form = document.formenv
    lost = 0
    for index in range(len(document)) if form else ():
        page = document[index]  # with the form at hand, PDFium draws answers that have no picture
        answers = _answers(form.raw, page.raw)
        if answers:
            _flatten(page.raw)
        page.close()
        if answers:
            page = document[index]
            text = _letters(page.get_textpage().get_text_range())
            lost += sum(_letters(answer)[:_SENTENCE] not in text for answer in answers)
            page.close()
    return lost


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
