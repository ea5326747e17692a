"""The ladder's words, columns and colours by meaning, for every chart that shows levels."""

from __future__ import annotations

from pipelines.model.codes import COMMITMENT

LEVELS = tuple(code.label for code in COMMITMENT.codes)
UNREAD = "Ej läst"
NOT_CHOSEN = "Ingen i urvalet"
"""A place with nothing known in the choice: neither read nor unread."""
LEVEL_COLUMNS = tuple(f"level_{level}" for level in range(len(LEVELS)))

LEVEL_KINDS = tuple(f"n{level}" for level in range(len(LEVELS)))
UNREAD_KIND = "ejlast"
OUTSIDE_KIND = "utanfor"
GROUND_KIND, QUIET_KIND = "mark", "mark-tyst"
"""Colours by meaning, named as in the style sheet."""
LEGEND = (*zip(LEVEL_KINDS, LEVELS, strict=True), (UNREAD_KIND, UNREAD))


def kind_of(level: int | None) -> str:
    """The colour of a level; None is not read."""
    return UNREAD_KIND if level is None else LEVEL_KINDS[level]
