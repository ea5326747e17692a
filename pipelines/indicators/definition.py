"""What an indicator is, declared once for the edition, the pages, the files and the method text."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Unit = Literal[
    "andel", "antal", "per 10 sidor", "av 11", "kronor", "index", "år", "procent", "alfa", "månader"
]
Interval = Literal["", "Wilson", "bootstrap", "kvotskattning", "Kaplan–Meier", "simulering"]


class Indicator(BaseModel):
    """One declared indicator; all texts are Swedish and reach the reader.

    ``formula`` says in words how it is computed, ``direction`` whether more is better (*up*),
    ``goals`` and ``actions`` which of the action plan's goals and activities it speaks for,
    ``caveats`` what it does not show, ``needs`` what must be collected before it has a value,
    ``interval`` how its 95 percent interval is made (empty for plain counts).
    """

    model_config = ConfigDict(frozen=True)

    id: str
    label: str
    question: str
    unit: Unit
    formula: str
    needs: str
    direction: Literal["up", "down", "none"] = "up"
    interval: Interval = ""
    goals: tuple[int, ...] = ()
    actions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
