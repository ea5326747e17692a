"""The kinds of points an agenda can hold, and how each becomes a slide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from dashboard.meeting.agenda import Agenda, Item
from dashboard.meeting.compare import earlier_edition
from dashboard.meeting.frozen import point_view
from dashboard.meeting.plan_slides import (
    chain_slide,
    map_slide,
    quotation_slide,
    themes_slide,
    type_slide,
    types_slide,
    windows_slide,
)
from dashboard.meeting.practice_slides import (
    buying_slide,
    change_slide,
    climate_slide,
    excerpts_slide,
    tasks_slide,
    tests_slide,
)
from dashboard.meeting.slide import Slide, without_repeats
from dashboard.parts.view import View


@dataclass(frozen=True)
class Kind:
    """``label`` is the point's title by default, ``about`` what the slide answers."""

    label: str
    about: str
    build: Callable[[View], Slide] | None


CHANGE = "forandring"
KINDS: dict[str, Kind] = {
    "stege": Kind("Läget i regionen", "Hur långt binder ÖP, DP och MA?", types_slide),
    "karta": Kind("Kartan", "Var är skrivningarna starkast?", map_slide),
    "op": Kind("Översiktsplaner", "Vilken nivå når varje kommun i ÖP?",
               partial(type_slide, object_type="op")),
    "dp": Kind("Detaljplaner", "Hur långt binder DP, kommun för kommun?",
               partial(type_slide, object_type="dp")),
    "ma": Kind("Markanvisningar", "Hur långt binder MA, kommun för kommun?",
               partial(type_slide, object_type="ma")),
    "kedja": Kind("Röda tråden", "Följer temana med från ÖP till test på plats?", chain_slide),
    "teman": Kind("Teman och styrmedel", "Vad drivs, med vilka styrmedel?", themes_slide),
    "fonster": Kind("Tidsfönster", "Vad kan ännu påverkas?", windows_slide),
    "test": Kind("Testverksamhet", "Var i kedjan från idé till uppskalning?", tests_slide),
    "upphandling": Kind("Upphandling och SMF", "Vilka verktyg används, vem vinner?", buying_slide),
    "utdrag": Kind("Utdragen", "Vad säger sidor och dokument i kommunernas eget namn?",
                   excerpts_slide),
    "klimat": Kind("Klimatkrav i upphandling", "Hur många kommuner ställer klimatkrav?",
                   climate_slide),
    "attgora": Kind("Att kontrollera och samla in", "Vad behöver vi ta reda på, vem tar det?",
                    tasks_slide),
    "citat": Kind("Ett citat", "Hur låter det i planen?", quotation_slide),
    CHANGE: Kind("Sedan förra mötet", "Vad är nytt sedan den dagen?", None),
}  # fmt: skip
"""Code in addresses → kind; only the comparison needs to know the agenda."""

PROPOSAL = (("stege", 5), ("karta", 5), ("op", 5), ("ma", 10), ("fonster", 10), ("test", 5))
"""A first agenda of forty minutes: kind and minutes."""
PROPOSAL_UNREAD = (("utdrag", 10), ("klimat", 5), ("fonster", 5), ("test", 5), ("attgora", 15))
"""The same where little is read: what excerpts say, what is certain, what to find out."""


def heading(item: Item) -> str:
    """The point's own title, or the kind's."""
    return item.title or KINDS[item.kind].label


def build_slides(whole: View, agenda: Agenda) -> list[Slide]:
    """Make the slides of all points from the agenda's edition; ``whole`` is the meeting's view."""
    return without_repeats([_build(whole, agenda, item) for item in agenda.items])


def _build(whole: View, agenda: Agenda, item: Item) -> Slide:
    view = point_view(whole, item)
    build = KINDS[item.kind].build
    slide = build(view) if build else change_slide(view, earlier_edition(agenda))
    return replace(slide, heading=heading(item))
