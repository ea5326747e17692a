"""Organisations as services name them: which municipality they are, and of what kind."""

from __future__ import annotations

import polars as pl

_BY_NUMBER = {"2120": "kommun", "2220": "kommun", "2321": "region", "2021": "stat"}
"""First digits of organisation numbers: municipalities, their associations, regions, the state."""
_BY_WORD = {"universitet": "akademi", "högskola": "akademi", "research institutes": "institut"}


class Municipalities:
    """The region's municipalities, by the names that organisations have."""

    def __init__(self, municipalities: pl.DataFrame) -> None:
        self.names: dict[str, str] = dict(
            municipalities.select("municipality_code", "municipality_name").rows()
        )
        self._codes: dict[str, str] = {
            f"{form} {kind}".casefold(): code
            for code, name in self.names.items()
            for form in (name, name if name[-1] in "sxz" else f"{name}s")
            for kind in ("kommun", "stad")
        }

    def code(self, organisation: str) -> str:
        """Return the code of a municipality, also of its office (*…, exploateringskontoret*)."""
        return self._codes.get(organisation.partition(",")[0].strip().casefold(), "")


def organisation_kind(name: str, number: str = "") -> str:
    """Return the ``organisation_type`` that a name or number shows; empty if neither does."""
    words = name.casefold()
    for word, kind in _BY_WORD.items():
        if word in words:
            return kind
    digits = number.replace("-", "").removeprefix("16") if len(number) > 11 else number
    if kind := _BY_NUMBER.get(digits[:4], ""):
        return kind
    return "foretag" if words.endswith((" ab", " ab (publ)")) else ""
