"""Names of a drawn map: every one is there, none lies on another, none is crossed by a line."""

from itertools import pairwise, permutations

import pytest

from dashboard.charts.area_names import (
    NamedMap,
    _beside_box,
    _box,
    _crosses,
    name_all,
    place_names,
)
from dashboard.charts.drawing import AreaMap, area_map
from dashboard.charts.ladder_rows import highest
from pipelines.indicators import planning
from tests.dashboard.meeting_world import enter, new_meeting, whole

SIZES = (0.03, 0.034, 0.042, 0.046, 0.058)


@pytest.fixture(params=["exempel", "stockholm"])
def drawing(request, regions, monkeypatch) -> AreaMap:
    enter(regions, monkeypatch)
    view = whole(new_meeting(request.param))
    return area_map(highest(view.only("op").measure(planning.ladder), view.places), view.geo)


def boxes_of(named: NamedMap) -> list[tuple[float, float, float, float]]:
    return [
        _box(name.area, named.size) if name.side == "inside" else _beside_box(name, named.size)
        for name in named.names
    ]


@pytest.mark.parametrize("share", SIZES)
def test_every_area_is_named_once_and_within_the_frame(drawing, share):
    named = place_names(drawing, share * drawing.height)

    assert sorted(name.area.name for name in named.names) == sorted(
        area.name for area in drawing.areas
    )
    left, top, right, bottom = named.frame
    for box in boxes_of(named):
        assert left <= box[0]
        assert box[2] <= right
        assert top <= box[1] + named.size
        assert box[3] - named.size <= bottom


@pytest.mark.parametrize("share", SIZES)
def test_no_name_lies_on_another_or_under_a_line(drawing, share):
    named = place_names(drawing, share * drawing.height)
    boxes = boxes_of(named)

    for a, b in permutations(boxes, 2):
        assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
    for i, name in enumerate(named.names):
        for j, box in enumerate(boxes):
            assert i == j or not name.line or not _crosses(name.line, box)


def test_names_beside_stand_in_order_from_north_to_south(drawing):
    named = place_names(drawing, 0.058 * drawing.height)

    for side in ("left", "right"):
        column = [name for name in named.names if name.side == side]
        assert all(a.at[1] < b.at[1] for a, b in pairwise(column))
        assert all(a.area.label[1] <= b.area.label[1] for a, b in pairwise(column))


def test_the_largest_size_at_which_all_stand_inside_is_taken(drawing):
    tiny = name_all(drawing, inside=(0.001,), beside=0.05)
    huge = name_all(drawing, inside=(0.5,), beside=0.05)

    assert {name.side for name in tiny.names} == {"inside"}
    assert {name.side for name in huge.names} & {"left", "right"}
    assert huge.size == pytest.approx(0.05 * drawing.height)
