"""A meeting against editions built for tests: the same steps as the page, without a browser."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.database import current_edition
from dashboard.draw.chart import Style
from dashboard.filters import Filters
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.frozen import find_edition, meeting_view
from dashboard.meeting.kinds import KINDS
from dashboard.meeting.notes import Minutes
from dashboard.meeting.pack import Pack, make_pack
from dashboard.parts.view import View
from dashboard.theme import LIGHT
from pipelines.model.region import load_region
from tests.dashboard.conftest import Place

DAY = date(2026, 11, 23)


def enter(place: Place, patch: pytest.MonkeyPatch) -> None:
    for name, value in place.environment().items():
        patch.setenv(name, value)


def new_meeting(region: str) -> Agenda:
    """An empty agenda on the region's current edition."""
    return agendas.new_agenda(region, current_edition(region).stem, "Samordningsgruppen")


def full_agenda(region: str, *kinds: str) -> Agenda:
    """An agenda of the given kinds, or of all there are."""
    agenda = new_meeting(region)
    for kind in kinds or KINDS:
        agenda = agendas.add(agenda, kind, Filters(region))
    return agenda


def whole(agenda: Agenda) -> View:
    """The meeting's view, as the page builds it from the frame's."""
    region = load_region(agenda.region)
    frame = View(
        region, current_edition(agenda.region), {}, Filters(agenda.region), Style(LIGHT), {}, {}
    )
    return meeting_view(frame, agenda, find_edition(agenda).file)


def packed(agenda: Agenda, minutes: Minutes | None = None) -> Pack:
    return make_pack(whole(agenda), agenda, minutes or Minutes(), DAY)
