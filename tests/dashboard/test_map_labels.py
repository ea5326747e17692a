"""Every municipality is named on the map: in its area, or beside it with a line to the place."""

import json
from itertools import pairwise

import pytest

from dashboard.charts.map_labels import MARGIN, beside, bounds, lines_inside
from pipelines.model.region import PROJECT

HEIGHT = 420


def borders(region):
    return json.loads((PROJECT / "data" / "reference" / f"karta_{region}.geojson").read_text())


def outside(geo):
    inside = lines_inside(geo, HEIGHT)
    return inside, beside(geo, [code for code, lines in inside.items() if not lines], HEIGHT)


@pytest.mark.parametrize(("region", "municipalities"), [("stockholm", 26), ("exempel", 12)])
def test_every_municipality_is_named_once(region, municipalities):
    inside, names = outside(borders(region))

    named = [code for code, lines in inside.items() if lines] + [each.code for each in names]
    assert len(named) == len(set(named)) == municipalities


def test_names_beside_stand_a_line_apart_within_the_map_and_its_margins():
    geo = borders("stockholm")
    west, south, east, north = bounds(geo)
    _, names = outside(geo)

    line = 19 * (north - south) / HEIGHT
    for side in (True, False):
        heights = [each.y for each in names if each.is_left is side]
        assert len(heights) >= 5
        assert all(above - below >= 0.99 * line for above, below in pairwise(heights))
        assert south <= min(heights)
        assert max(heights) <= north
    room = MARGIN * (east - west)
    assert {each.x for each in names} == {west - room, east + room}


def test_lines_lead_from_the_name_to_its_place():
    geo = borders("stockholm")
    places = {f["properties"]["kommun_kod"]: f["properties"] for f in geo["features"]}
    for each in outside(geo)[1]:
        start, end = each.line
        assert end == (places[each.code]["label_lon"], places[each.code]["label_lat"])
        assert (start[0] > each.x) is each.is_left


def test_a_nation_of_names_stays_in_the_hover():
    geo = borders("stockholm")
    tiny = [code for code, _ in lines_inside(geo, 60).items()]
    assert beside(geo, tiny, 60) == []
