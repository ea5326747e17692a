"""Colours by meaning, in light and dark, and the typeface."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Every colour a chart uses, named by what it means.

    ``ladder`` holds the five levels from *Ingen* to *Ska* and nothing else uses them;
    ``on_ladder`` is the text that can be read on each of them. ``hatch`` draws what is not read,
    ``test`` what happens on site.
    """

    name: str
    ink: str
    muted: str
    line: str
    ground: str
    card: str
    hatch: str
    attention: str
    growth: str
    test: str
    ladder: tuple[str, str, str, str, str]
    on_ladder: tuple[str, str, str, str, str]


LIGHT = Palette(
    name="light",
    ink="#16212E",
    muted="#5A6878",
    line="#DDE3EA",
    ground="#F7F8FA",
    card="#FFFFFF",
    hatch="#C3CBD4",
    attention="#B8480F",
    growth="#1E6B4F",
    test="#8F6B1E",
    ladder=("#E3E7EC", "#C3D4E6", "#8DB2D6", "#3B78B3", "#0E3A66"),
    on_ladder=("#414D5B", "#16212E", "#16212E", "#FFFFFF", "#FFFFFF"),
)

DARK = Palette(
    name="dark",
    ink="#E8EDF3",
    muted="#A5B1BF",
    line="#2E3946",
    ground="#10161E",
    card="#18202A",
    hatch="#4A5666",
    attention="#F2A56F",
    growth="#7CCBA8",
    test="#D9B55B",
    ladder=("#2A3441", "#3D5876", "#5B86B5", "#8DB9E6", "#D2E7FB"),
    on_ladder=("#D5DDE6", "#FFFFFF", "#0B1118", "#0B1118", "#0B1118"),
)

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'


def palette(theme_type: str | None) -> Palette:
    """Return the palette of Streamlit's theme type; light when it is unknown."""
    return DARK if theme_type == "dark" else LIGHT
