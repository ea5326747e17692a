"""What an indicator is, declared once for the edition, the pages, the files and the method text."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Indicator(BaseModel):
    """One declared indicator; all texts are Swedish and reach the reader.

    ``formula`` says in words how it is computed, ``direction`` whether more is better (*up*),
    ``actions`` which of the action plan's activities it speaks for, ``caveats`` what it does not
    show.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    label: str
    question: str
    unit: Literal["andel", "antal", "per 10 sidor", "av 11", "kronor"]
    formula: str
    direction: Literal["up", "down", "none"] = "up"
    goals: tuple[int, ...] = ()
    actions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
