"""A region's map as it is drawn: kept with its borders, every name once, none under another."""

from __future__ import annotations

import json
from itertools import pairwise, permutations

import pytest

from pipelines.model.region import PROJECT
from pipelines.sources.map_drawing import (
    MEMBER,
    WIDTH,
    _Area,
    _box,
    _crosses,
    drawing_of,
    place_names,
)

SIZES = (0.03, 0.034, 0.042, 0.046, 0.058)
REGIONS = {"stockholm": 26, "exempel": 12}


def shipped(region: str) -> dict[str, object]:
    file = PROJECT / "data" / "reference" / f"karta_{region}.geojson"
    return json.loads(file.read_text("utf-8"))


def areas_of(drawing) -> list[_Area]:
    return [
        _Area(
            code,
            each["name"],
            tuple(tuple(zip(r[::2], r[1::2], strict=True)) for r in each["rings"]),
            tuple(each["label"]),
        )
        for code, each in drawing["areas"].items()
    ]


@pytest.mark.parametrize("region", REGIONS)
def test_the_kept_drawing_is_that_of_the_borders(region):
    geo = shipped(region)

    drawing = json.loads(json.dumps(drawing_of(geo)))

    assert geo[MEMBER] == drawing, f"planinnovation region redraw {region}"
    assert len(drawing["areas"]) == REGIONS[region]
    points = [p for each in drawing["areas"].values() for ring in each["rings"] for p in ring]
    assert (min(points), max(points)) == (0, max(WIDTH, drawing["height"]))


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("kind", ["near", "far"])
def test_every_name_is_kept_once_and_within_the_frame(region, kind):
    layout = shipped(region)[MEMBER][kind]

    assert len(layout["names"]) == REGIONS[region]
    left, top, right, bottom = layout["frame"]
    for x, y, *_ in layout["names"].values():
        assert left < x < right
        assert top < y < bottom


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("share", SIZES)
def test_no_name_lies_on_another_or_under_a_line(region, share):
    drawing = shipped(region)[MEMBER]
    size = share * drawing["height"]
    names = place_names(areas_of(drawing), drawing["height"], size)
    boxes = [_box(name, size) for name in names]

    assert len({name.area.code for name in names}) == len(names) == REGIONS[region]
    for a, b in permutations(boxes, 2):
        assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
    for i, name in enumerate(names):
        for j, box in enumerate(boxes):
            assert i == j or name.side == "inside" or not _crosses(name.line(size), box)
    for side in ("left", "right"):
        column = [name for name in names if name.side == side]
        assert all(a.at[1] < b.at[1] for a, b in pairwise(column))


def test_a_nation_of_names_is_no_hedge_beside_its_map():
    def square(n: int) -> dict[str, object]:
        x, y = n % 20, n // 20
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        facts = {"kommun_kod": str(n), "kommun": f"En lång kommun {n}", "label_lon": x + 0.5,
                 "label_lat": y + 0.5}  # fmt: skip
        return {"properties": facts, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    drawing = drawing_of({"features": [square(n) for n in range(200)]})

    assert drawing["near"]["names"] == drawing["far"]["names"] == {}
    assert len(drawing["areas"]) == 200
