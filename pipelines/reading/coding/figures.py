"""Performance figures in a passage: value and unit, as written.

Only units in which an ambition is set are taken (share, emissions, energy, parking, rain); heights,
noise and distances are ordinary planning and left out.
"""

from __future__ import annotations

import re

from pipelines.reading.coding.result import Figure

_NUMBER = r"(?P<value>\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_AREA = r"(?:m2|m²|kvm|kvadratmeter)"
_UNITS: tuple[tuple[str, str], ...] = (
    (
        rf"kg\s*(?:co2e|co₂e|koldioxidekvivalenter|co2-ekv\w*)\s*(?:/|per)\s*{_AREA}\s*(?:ljus\s+)?bta",
        "kg CO2e/m² BTA",
    ),
    (rf"kg\s*(?:co2e?|co₂e?|koldioxid\w*|co2-ekv\w*)\s*(?:/|per)\s*{_AREA}", "kg CO2e/m²"),
    (rf"kg\s*(?:/|per)\s*{_AREA}(?:\s+bta)?", "kg/m²"),
    (r"kg\s*(?:co2e?|co₂e?|koldioxid\w*)", "kg CO2e"),
    (r"ton\s*(?:co2e?|co₂e?|koldioxid\w*)", "ton CO2e"),
    (rf"kwh\s*(?:/|per)\s*{_AREA}(?:\s+(?:atemp|a-temp))?", "kWh/m²"),
    (rf"w\s*(?:/|per)\s*{_AREA}", "W/m²"),
    (r"(?:mm|millimeter)(?:\s+(?:regn|nederbörd))?", "mm"),
    (r"(?:p-platser|bilplatser|parkeringsplatser|p-plats|bilplats)(?:\s+per\s+\w+)?", "p-platser"),
    (r"(?:procent|%)", "procent"),
    (r"procentenheter", "procentenheter"),
    (r"poäng", "poäng"),
    (r"(?:liter\s+per\s+person\s+och\s+dygn|liter)", "liter"),
)
_PATTERN = re.compile(
    _NUMBER
    + r"\s*(?:"
    + "|".join(f"(?P<u{number}>{unit})" for number, (unit, _) in enumerate(_UNITS))
    + r")(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_GREEN_FACTOR = re.compile(
    r"(?P<unit>grönytefaktor\w*)\s+(?:\w+\s+){0,2}?(?P<value>\d+[.,]\d+)", re.IGNORECASE
)


def figures_in(text: str) -> list[tuple[int, int, Figure]]:
    """Start, end and figure of every performance figure in ``text``."""
    if _DIGIT.search(text) is None:
        return []
    found = [(match.start(), match.end(), _figure(match)) for match in _PATTERN.finditer(text)]
    found += [
        (m.start(), m.end(), Figure(_number(m["value"]), "grönytefaktor", m.group()))
        for m in _GREEN_FACTOR.finditer(text)
    ]
    return sorted(found, key=lambda item: item[0])


def _figure(match: re.Match[str]) -> Figure:
    number = next(
        int(name[1:]) for name, value in match.groupdict().items() if name[0] == "u" and value
    )
    return Figure(_number(match["value"]), _UNITS[number][1], match.group())


def _number(written: str) -> float:
    return float(written.replace(" ", "").replace("\u00a0", "").replace(",", "."))
