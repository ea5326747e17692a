"""How each fictional municipality's documents look: colours, type, numbering, page furniture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Cover = Literal["block", "band", "strip", "skyline"]
TableStyle = Literal["rules", "bands", "grid"]


@dataclass(frozen=True, slots=True)
class Typeface:
    """PDF font names of one family, and the size in points at which it reads as 10 pt Times."""

    regular: str
    bold: str
    italic: str
    scale: float


TIMES = Typeface("Times-Roman", "Times-Bold", "Times-Italic", 1.08)
HELVETICA = Typeface("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", 0.99)
VERA = Typeface("Vera", "VeraBd", "VeraIt", 0.89)


@dataclass(frozen=True, slots=True)
class Look:
    """A municipality's graphic profile.

    ``text`` and ``display`` are the families of running text and of headings, ``dark``, ``accent``
    and ``tint`` hexadecimal colours, ``page_number`` a template with ``page`` and ``total``.
    """

    text: Typeface
    display: Typeface
    dark: str
    accent: str
    tint: str
    cover: Cover
    table: TableStyle
    bullet: str
    page_number: str
    justified: bool = False
    numbered: bool = False
    centred_foot: bool = False
    web_font: str = "Arial, Helvetica, sans-serif"


_DEFAULT = Look(
    HELVETICA, HELVETICA, "#2B3A42", "#A6572C", "#EEF1F2",
    "strip", "rules", "•", "Sida {page} ({total})",
)  # fmt: skip

_LOOKS: dict[str, Look] = {
    "9901": Look(
        HELVETICA, HELVETICA, "#103F5C", "#C0512B", "#E6EEF2",
        "block", "rules", "•", "Sida {page} ({total})",
    ),
    "9902": Look(
        TIMES, HELVETICA, "#2C5A3B", "#9A7B2F", "#EAF0E8",
        "band", "bands", "–", "{page} ({total})", justified=True, numbered=True,
    ),
    "9903": Look(
        HELVETICA, TIMES, "#1D6B72", "#E0A526", "#E5F1F1",
        "skyline", "bands", "•", "{page}", centred_foot=True,
    ),
    "9904": Look(
        HELVETICA, HELVETICA, "#6E1F2E", "#3F6E7D", "#F3EBEA",
        "band", "rules", "•", "Sida {page} av {total}", numbered=True,
    ),
    "9905": Look(
        VERA, VERA, "#3A4A26", "#C4741C", "#F0F1E8",
        "strip", "grid", "–", "{page} ({total})",
    ),
    "9906": Look(
        TIMES, TIMES, "#3B3734", "#8C3B1F", "#F1EDE7",
        "strip", "grid", "–", "– {page} –", justified=True, numbered=True, centred_foot=True,
        web_font="Georgia, 'Times New Roman', serif",
    ),
    "9907": Look(
        TIMES, TIMES, "#26324A", "#5F6B7E", "#ECEEF2",
        "strip", "grid", "•", "Sida {page} ({total})", justified=True, numbered=True,
    ),
    "9908": Look(
        HELVETICA, HELVETICA, "#2A2D34", "#0F7C78", "#E9EFEF",
        "block", "bands", "•", "{page} ({total})", web_font="'Segoe UI', Arial, sans-serif",
    ),
    "9909": Look(
        TIMES, HELVETICA, "#6B4A12", "#37688F", "#F6F0E2",
        "skyline", "rules", "•", "Sida {page} av {total}", justified=True,
        web_font="Georgia, 'Times New Roman', serif",
    ),
    "9911": Look(
        HELVETICA, HELVETICA, "#4A4460", "#8A6F2A", "#EFEDF3",
        "band", "grid", "•", "Sida {page} ({total})", numbered=True,
        web_font="Verdana, Arial, sans-serif",
    ),
}  # fmt: skip


def look_of(municipality_code: str) -> Look:
    """Return the look of a municipality; one without its own gets the plain look."""
    return _LOOKS.get(municipality_code, _DEFAULT)


@cache
def register_fonts() -> None:
    """Make the Vera family, which comes with ReportLab, known to it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (VERA.regular, VERA.bold, VERA.italic):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt")
