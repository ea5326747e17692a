"""An agenda travels in an address and comes back whole."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filters
from dashboard.meeting import agenda as agendas
from dashboard.meeting.agenda import Agenda, Item, from_params, to_params
from dashboard.meeting.kinds import KINDS
from pipelines.model.codes import INSTRUMENT, OBJECT_TYPE, THEME

NARROW = Filters(
    region="liten",
    municipalities=("9801", "9802"),
    object_types=("dp", "ma"),
    year_from=2019,
    year_to=2026,
    themes=("energi", "vatten_dagvatten_klimatanpassning"),
    instruments=("testbadd",),
    minimum=2,
    highest=0,
)


def chosen(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


filters = st.builds(
    Filters,
    region=st.just("liten"),
    municipalities=chosen(["9801", "9802", "0180"]),
    object_types=chosen(OBJECT_TYPE.values),
    year_from=st.none() | st.integers(2005, 2035),
    year_to=st.none() | st.integers(2005, 2035),
    themes=chosen(THEME.values),
    instruments=chosen(INSTRUMENT.values),
    minimum=st.integers(1, 4),
    highest=st.none() | st.integers(0, 4),
)
items = st.builds(
    Item,
    number=st.integers(1, 99),
    kind=st.sampled_from(list(KINDS)),
    filters=filters,
    minutes=st.integers(1, 120),
    title=st.text(max_size=90).map(agendas.plain_title),
)


def there_and_back(agenda: Agenda) -> Agenda | None:
    return from_params(parse_qs(urlencode(to_params(agenda), doseq=True)), KINDS)


@given(st.lists(items, max_size=6, unique_by=lambda item: item.number))
def test_every_agenda_comes_back_from_its_address(found):
    agenda = Agenda("ab12", "Höstmötet", "liten", "2026-11-23-abcd1234", tuple(found))

    assert there_and_back(agenda) == agenda


def test_six_points_fit_in_a_link_that_a_phone_can_scan():
    agenda = agendas.new_agenda("stockholm", "2026-11-23-abcd1234", "Samordningsgruppen")
    for kind in list(KINDS)[:6]:
        agenda = agendas.add(agenda, kind, NARROW)

    assert len(urlencode(to_params(agenda), doseq=True)) < 900


def test_what_is_not_understood_is_left_out_and_counted():
    params = {
        "mote": ["ab12"],
        "utgava": ["liten.2026-11-23-abcd1234"],
        "punkt": [
            "1~stege~5",
            "2~finnsinte~5",
            "skräp",
            "3~karta~x",
            "4~op~9999~a.energi.rymd~m.9",
        ],
        "fore": ["i går"],
    }

    agenda = from_params(params, KINDS)

    assert agenda is not None
    assert agenda.unknown == 3
    assert [item.kind for item in agenda.items] == ["stege", "op"]
    assert agenda.items[1].minutes == agendas.LONGEST_MINUTES
    assert agenda.items[1].filters == Filters("liten", themes=("energi",))
    assert agenda.since is None


@pytest.mark.parametrize(
    "params", [{}, {"mote": ["ab12"]}, {"mote": ["<x>"], "utgava": ["a.b"]}, {"utgava": ["a.b"]}]
)
def test_an_address_without_a_meeting_gives_none(params):
    assert from_params(params, KINDS) is None


def test_points_are_added_moved_changed_and_removed():
    agenda = agendas.new_agenda("liten", "e")
    for kind in ("stege", "karta", "op"):
        agenda = agendas.add(agenda, kind, NARROW)

    moved = agendas.move(agenda, 3, -1)
    assert [item.number for item in moved.items] == [1, 3, 2]
    assert agendas.move(agenda, 1, -1) == agenda
    changed = agendas.change(agenda, 2, title=" Var  är\nvi~? ", minutes=20)
    assert (changed.items[1].title, changed.items[1].minutes) == ("Var är vi–?", 20)
    assert changed.minutes == 30
    left = agendas.remove(agenda, 2)
    assert [item.number for item in left.items] == [1, 3]
    assert agendas.add(left, "dp", NARROW).items[-1].number == 4


def test_a_full_agenda_takes_no_more_points():
    agenda = agendas.new_agenda("liten", "e")
    for _ in range(agendas.MOST_ITEMS + 1):
        agenda = agendas.add(agenda, "citat", NARROW)

    assert len(agenda.items) == agendas.MOST_ITEMS


def test_filters_of_another_region_are_frozen_to_the_meetings():
    agenda = agendas.add(agendas.new_agenda("liten", "e"), "op", replace(NARROW, region="annan"))

    assert agenda.items[0].filters.region == "liten"


def test_the_day_of_the_last_meeting_travels_along():
    agenda = replace(agendas.new_agenda("liten", "e"), since=date(2026, 6, 11))

    back = there_and_back(agenda)

    assert back is not None
    assert back.since == date(2026, 6, 11)
