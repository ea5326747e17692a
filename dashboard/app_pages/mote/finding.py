"""The sentence that opens *Möte*."""

from __future__ import annotations

from dashboard.app_pages.mote.cards import is_one_choice, proposal
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.frozen import choice_words, point_view
from dashboard.parts.findings import Finding
from dashboard.parts.view import View
from dashboard.text import word


def finding(view: View, agenda: Agenda) -> Finding:
    """Open the page: how many points, how long, and what is frozen."""
    if not agenda.items:
        points = proposal(view)
        return Finding(
            f"Förslag till möte: {word(len(points))} punkter på "
            f"{sum(minutes for _, minutes in points)} minuter",
            "Använd förslaget eller bygg en egen dagordning av vyer. Varje punkt blir en bild i "
            "stor text; filter och utgåva fryses, så att alla ser samma siffror hela mötet.",
        )
    number_of = word(len(agenda.items)) if len(agenda.items) > 1 else "en"
    many = "punkter" if len(agenda.items) > 1 else "punkt"
    name = agenda.title or "Mötet"
    return Finding(
        f"{name} har {number_of} {many} och tar {agenda.minutes} minuter",
        f"Utgåva {view.edition_day} ({agenda.edition_id}). {_choice_of_all(view, agenda)}"
        "Filter och utgåva är frysta: nya leveranser ändrar inget förrän du byter utgåva.",
    )


def _choice_of_all(view: View, agenda: Agenda) -> str:
    if not is_one_choice(agenda):
        return ""
    return f"Alla punkter: {choice_words(point_view(view, agenda.items[0]))}. "
