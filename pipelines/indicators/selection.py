"""What a reader has chosen to see, and what would be counted otherwise; both fit in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

YEARS = 8
"""Years within which a comprehensive plan should carry through: two terms of office."""
_SEPARATOR = ","


@dataclass(frozen=True, slots=True)
class Selection:
    """A reader's filter; an empty field chooses everything.

    Places: ``municipalities`` (codes), ``similar_to`` (a code: that municipality and the five most
    like it), ``cores``. Objects: ``object_types``, ``kinds`` (Swedish label of plan or allocation
    kind), ``stages``, ``from_year`` and ``to_year`` (the object's year; objects without a year are
    left out) and ``reaches``, the commitment that the strongest kept passage lies at. Passages:
    ``themes``, ``instruments`` (any of them) and ``lowest`` commitment. ``years`` is the time in
    which a comprehensive plan should carry through.
    """

    municipalities: tuple[str, ...] = ()
    similar_to: str = ""
    cores: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    themes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    lowest: str = ""
    reaches: str = ""
    years: int = YEARS

    @property
    def is_place(self) -> bool:
        """Whether the choice narrows the map, so that the whole is a choice and not the region."""
        return bool(self.municipalities or self.similar_to or self.cores)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Other rules of counting, to see how the numbers move; nothing published changes.

    ``off_entries`` are codebook entries, ``off_themes`` and ``off_instruments`` whole classes that
    are switched off; ``counts_from`` is the lowest commitment at which a passage counts,
    ``carries_from`` the one from which a theme should carry through, ``requires_from`` the one
    that is called a requirement.
    """

    off_entries: tuple[str, ...] = ()
    off_themes: tuple[str, ...] = ()
    off_instruments: tuple[str, ...] = ()
    counts_from: str = "mention"
    carries_from: str = "aim"
    requires_from: str = "shall"

    @property
    def is_published(self) -> bool:
        """Whether these are the rules of the published numbers."""
        return self == WhatIf()


AS_PUBLISHED = WhatIf()
_PARAMETER = {
    "municipalities": "kommun",
    "similar_to": "liknar",
    "cores": "karna",
    "object_types": "typ",
    "kinds": "slag",
    "stages": "skede",
    "from_year": "fran",
    "to_year": "till",
    "themes": "tema",
    "instruments": "styrmedel",
    "lowest": "lagst",
    "reaches": "hogst",
    "years": "ar",
    "off_entries": "utan",
    "off_themes": "utan_tema",
    "off_instruments": "utan_styrmedel",
    "counts_from": "raknas_fran",
    "carries_from": "genomslag_fran",
    "requires_from": "krav_fran",
}
_LEVELS = ("lowest", "reaches", "counts_from", "carries_from", "requires_from")
_ALLOWED = {
    "themes": THEME.values,
    "off_themes": THEME.values,
    "instruments": INSTRUMENT.values,
    "off_instruments": INSTRUMENT.values,
    **dict.fromkeys(_LEVELS, COMMITMENT.values),
}


def to_query(choice: Selection | WhatIf) -> dict[str, str]:
    """Return the parameters of an address that says the same; defaults are left out.

    >>> to_query(Selection(themes=("energi", "mobilitet"), from_year=2020))
    {'fran': '2020', 'tema': 'energi,mobilitet'}
    >>> to_query(WhatIf(counts_from="should"))
    {'raknas_fran': 'should'}
    """
    query = {}
    for field in fields(choice):
        value = getattr(choice, field.name)
        if value != field.default:
            query[_PARAMETER[field.name]] = (
                _SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
            )
    return query


def selection_from(query: Mapping[str, str]) -> Selection:
    """Read a selection from an address; what is not understood is left out.

    >>> selection_from({"tema": "energi,rymdfart", "fran": "nyss"})
    ... # doctest: +NORMALIZE_WHITESPACE
    Selection(municipalities=(), similar_to='', cores=(), object_types=(), kinds=(), stages=(),
        from_year=None, to_year=None, themes=('energi',), instruments=(), lowest='', reaches='',
        years=8)
    """
    return Selection(**_read(Selection, query))


def what_if_from(query: Mapping[str, str]) -> WhatIf:
    """Read other rules from an address; what is not understood is left out."""
    return WhatIf(**_read(WhatIf, query))


def _read(kind: type[Selection] | type[WhatIf], query: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for field in fields(kind):
        text = query.get(_PARAMETER[field.name], "").strip()
        allowed = _ALLOWED.get(field.name)
        if not text:
            continue
        if isinstance(field.default, tuple):
            parts = [part for part in text.split(_SEPARATOR) if allowed is None or part in allowed]
            read[field.name] = tuple(parts)
        elif field.name in ("from_year", "to_year", "years"):
            if text.isascii() and text.isdigit():
                read[field.name] = int(text)
        elif allowed is None or text in allowed:
            read[field.name] = text
    return read
