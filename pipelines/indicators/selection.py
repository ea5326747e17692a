"""What a reader has chosen to see, and what would be counted otherwise."""

from __future__ import annotations

from dataclasses import dataclass

YEARS = 8
"""Years within which a comprehensive plan should carry through: two terms of office."""


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
