"""How each fictional municipality's documents look: colours, type, numbering, page furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cover = Literal["block", "band", "strip", "skyline"]
TableStyle = Literal["rules", "bands", "grid"]


SERIF = "Libertinus Serif"
SANS = "Bitstream Vera Sans"
_SCALE = {SERIF: 1.08, SANS: 0.89}
_LEADING = {SERIF: 0.42, SANS: 0.57}
"""How many times its nominal size each family is set, and the space between lines in ems: both
families then read alike."""


@dataclass(frozen=True, slots=True)
class Look:
    """A municipality's graphic profile.

    ``text`` and ``display`` are the families of running text and of headings, ``dark``, ``accent``
    and ``tint`` hexadecimal colours, ``page_number`` a template with ``page`` and ``total``.
    """

    text: str
    display: str
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

    def measures(self) -> dict[str, float]:
        """Return scale and leading of the running text."""
        return {"scale": _SCALE[self.text], "leading": _LEADING[self.text]}


_DEFAULT = Look(
    SANS, SANS, "#2B3A42", "#A6572C", "#EEF1F2",
    "strip", "rules", "•", "Sida {page} ({total})",
)  # fmt: skip

_LOOKS: dict[str, Look] = {
    "9901": Look(
        SANS, SANS, "#103F5C", "#C0512B", "#E6EEF2",
        "block", "rules", "•", "Sida {page} ({total})",
    ),
    "9902": Look(
        SERIF, SANS, "#2C5A3B", "#9A7B2F", "#EAF0E8",
        "band", "bands", "–", "{page} ({total})", justified=True, numbered=True,
    ),
    "9903": Look(
        SANS, SERIF, "#1D6B72", "#E0A526", "#E5F1F1",
        "skyline", "bands", "•", "{page}", centred_foot=True,
    ),
    "9904": Look(
        SANS, SANS, "#6E1F2E", "#3F6E7D", "#F3EBEA",
        "band", "rules", "•", "Sida {page} av {total}", numbered=True,
    ),
    "9905": Look(
        SANS, SANS, "#3A4A26", "#C4741C", "#F0F1E8",
        "strip", "grid", "–", "{page} ({total})",
    ),
    "9906": Look(
        SERIF, SERIF, "#3B3734", "#8C3B1F", "#F1EDE7",
        "strip", "grid", "–", "– {page} –", justified=True, numbered=True, centred_foot=True,
        web_font="Georgia, 'Times New Roman', serif",
    ),
    "9907": Look(
        SERIF, SERIF, "#26324A", "#5F6B7E", "#ECEEF2",
        "strip", "grid", "•", "Sida {page} ({total})", justified=True, numbered=True,
    ),
    "9908": Look(
        SANS, SANS, "#2A2D34", "#0F7C78", "#E9EFEF",
        "block", "bands", "•", "{page} ({total})", web_font="'Segoe UI', Arial, sans-serif",
    ),
    "9909": Look(
        SERIF, SANS, "#6B4A12", "#37688F", "#F6F0E2",
        "skyline", "rules", "•", "Sida {page} av {total}", justified=True,
        web_font="Georgia, 'Times New Roman', serif",
    ),
    "9911": Look(
        SANS, SANS, "#4A4460", "#8A6F2A", "#EFEDF3",
        "band", "grid", "•", "Sida {page} ({total})", numbered=True,
        web_font="Verdana, Arial, sans-serif",
    ),
}  # fmt: skip


def look_of(municipality_code: str) -> Look:
    """Return the look of a municipality; one without its own gets the plain look."""
    return _LOOKS.get(municipality_code, _DEFAULT)
