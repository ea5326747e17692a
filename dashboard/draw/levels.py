"""The ladder's words and columns, and the colours by meaning of everything that is drawn."""

from __future__ import annotations

from dashboard.theme import Palette
from pipelines.model.codes import COMMITMENT

LEVELS = tuple(code.label for code in COMMITMENT.codes)
UNREAD = "Ej läst"
NOT_CHOSEN = "Ingen i urvalet"
"""A place with nothing known in the choice: neither read nor unread."""
LEVEL_COLUMNS = tuple(f"level_{level}" for level in range(len(LEVELS)))

LEVEL_KINDS = tuple(f"n{level}" for level in range(len(LEVELS)))
UNREAD_KIND = "ejlast"
OUTSIDE_KIND = "utanfor"
"""Colours by meaning, named as in the style sheet."""
LEGEND = (*zip(LEVEL_KINDS, LEVELS, strict=True), (UNREAD_KIND, UNREAD))
_OTHER = {
    "test": "test", "linje": "line", "dampad": "muted", "ink": "ink", "ring": "ink",
    "upp": "growth", "ned": "attention",
    OUTSIDE_KIND: "ground",
}  # fmt: skip


def kind_of(level: int | None) -> str:
    """The colour of a level; None is not read."""
    return UNREAD_KIND if level is None else LEVEL_KINDS[level]


def word_of(level: int | None) -> str:
    """The ladder's word, or *Ej läst*."""
    return UNREAD if level is None else LEVELS[level]


def fill_of(kind: str, palette: Palette) -> str:
    """The colour of a kind where no style sheet is; what is not read is hatched in ``hatch``."""
    if kind in LEVEL_KINDS:
        return palette.ladder[LEVEL_KINDS.index(kind)]
    return str(getattr(palette, _OTHER.get(kind, "hatch")))


def ink_on(kind: str, palette: Palette) -> str:
    """The colour of text upon a kind."""
    return palette.on_ladder[LEVEL_KINDS.index(kind)] if kind in LEVEL_KINDS else palette.ink
