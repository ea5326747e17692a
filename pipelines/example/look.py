"""How each fictional municipality's documents look: colours, type, numbering, page furniture."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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


@cache
def look_of(municipality_code: str) -> Look:
    """Return the look of a municipality; one without its own gets the plain look."""
    looks = tomllib.loads(Path(__file__).with_name("looks.toml").read_text("utf-8"))
    return Look(**looks["plain"] | looks.get(municipality_code, {}))
