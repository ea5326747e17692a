import re
from dataclasses import replace

import polars as pl
import pytest

from dashboard.charts import ladder, ladder_rows, region_map, trend
from dashboard.draw.borders import read_borders
from dashboard.draw.chart import Mark, Scale, ScaleRow
from dashboard.draw.html import figure_html
from dashboard.theme import LIGHT
from tests.dashboard.ladders import values, wide

MARK = "Exempeldata – påhittade kommuner"
BORDERS = read_borders({
    "features": [
        {
            "properties": {
                "kommun_kod": code,
                "kommun": name,
                "label_lon": x + 0.5,
                "label_lat": 0.5,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]]],
            },
        }
        for x, (code, name) in enumerate((("9801", "Ulvsund"), ("9802", "Torpa")))
    ]
})  # fmt: skip


def draw(rows: pl.DataFrame):
    words = {"title": "Rubrik", "subtitle": "Under", "unit_label": "Enhet"}
    return ladder.ladder(rows, name="stege", **words)


def html_of(chart, lead=lambda _data: "", mark: str = "") -> str:
    return str(figure_html(chart.figure, lead, alt=chart.alt, palette=LIGHT, mark=mark))


def test_a_ladder_shows_every_known_document_once():
    rows = wide(("op", 4, 3), ("op", 0, 2), ("op", None, 5), ("dp", 2, 1))

    chart = draw(rows)

    assert rows.select("unit_id", "read", "unread", "known").rows() == [
        ("op", 5, 5, 10),
        ("dp", 1, 0, 1),
    ]
    assert [sum(part.amount for part in bar.parts) for bar in chart.figure.bars] == [10, 1]
    assert [part.text for part in chart.figure.bars[0].parts if part.amount] == ["2", "3", ""]
    assert "ej lästa 5" in chart.alt
    assert chart.note == "6\u00a0lästa handlingar av 11 kända"


def test_a_share_of_fewer_than_five_is_silent_in_the_table():
    chart = draw(wide(("op", 4, 3), ("op", 0, 2), ("dp", 4, 2)))

    shares = dict(chart.table.select("unit_id", "shall_share").rows())

    assert shares == {"op": 60.0, "dp": None}


def test_parts_are_links_and_what_is_not_read_is_hatched_and_leads_nowhere():
    chart = draw(wide(("op", 4, 2), ("op", None, 5)))

    drawn = html_of(chart, lambda data: f"belagg?{data[1]}" if data[1] >= 0 else "")

    assert re.findall(r'<a class="(\w+)"[^>]*href="([^"]+)"', drawn) == [("n4", "belagg?4")]
    assert re.findall(r'<span class="(\w+)" style="flex:5"', drawn) == ["ejlast"]
    assert 'aria-label="op, Ska: 2 av 2 lästa' in drawn


def test_texts_beside_marks_get_the_room_that_they_need():
    short = Mark("bar", "test", 0, 10, text="7")
    wide = Mark("bar", "test", 0, 100, text="sju månader")
    before = replace(short, start=90, end=100, text_at="before")

    def room(mark: Mark) -> dict[str, int]:
        scale = Scale((ScaleRow("Rad", (mark,)),), 0, 100)
        html = str(figure_html(scale, alt="", palette=LIGHT))
        return {side: int(px) for side, px in re.findall(r"--(fore|efter):(\d+)px", html)}

    assert room(short) == room(before) == {"fore": 0, "efter": 0}
    assert room(wide)["efter"] > 7 * len("sju månader")
    assert room(replace(wide, text_at="before"))["fore"] == room(wide)["efter"]


@pytest.mark.parametrize("mark", ["", MARK])
def test_the_mark_is_part_of_the_drawing(mark: str):
    assert (MARK in html_of(draw(wide(("op", 4, 1))), mark=mark)) is bool(mark)


def test_names_of_places_cannot_become_markup():
    chart = draw(wide(('<img src=x onerror="alert(1)">', 4, 1)))

    drawn = html_of(chart)

    assert "<img" not in drawn
    assert "&lt;img" in drawn


def test_many_bars_of_unread_alone_become_one_line_of_names():
    few = html_of(draw(wide(("a", 4, 1), *((f"k{i}", None, 2) for i in range(3)))))
    many = html_of(draw(wide(("a", 4, 1), *((f"k{i}", None, 2) for i in range(4)))))

    assert few.count('class="stapel"') == 4
    assert many.count('class="stapel"') == 1
    assert "k0\u00a02, k1\u00a02, k2\u00a02, k3\u00a02" in many


def test_a_ladder_of_nothing_draws_nothing():
    chart = draw(wide())

    assert chart.figure is None
    assert chart.table.height == 0


def test_a_ladder_of_many_is_compact():
    few = draw(wide(*((f"k{i}", 1, 1) for i in range(3))))
    many = draw(wide(*((f"k{i}", 1, 1) for i in range(8))))

    assert 'class="rader"' in html_of(few)
    assert 'class="rader tat"' in html_of(many)


def test_a_map_has_every_municipality_and_unread_is_never_zero():
    found = ladder_rows.highest(
        values(("9801", 4, 1), ("9801", 0, 1), ("9802", None, 2)),
        {"9803": "Vreta", "9801": "Ulvsund", "9802": "Torpa"},
    )

    assert found.rows() == [
        ("9803", "Vreta", 0, 0, None),
        ("9801", "Ulvsund", 2, 2, 4),
        ("9802", "Torpa", 2, 0, None),
    ]


def test_a_map_hatches_the_unread_and_colours_the_rest():
    frame = pl.DataFrame(
        {
            "municipality_code": ["9801", "9802"],
            "municipality_name": ["Ulvsund", "Torpa"],
            "known": [2, 1],
            "read": [2, 0],
            "level": [4, None],
        },
        schema_overrides={"level": pl.Int64},
    )

    chart = region_map.commitment_map(
        frame, BORDERS, height=300, name="karta", title="T", subtitle="S"
    )

    assert [place.kind for place in chart.figure.places] == ["n4", "ejlast"]
    drawn = html_of(chart, lambda data: f"belagg?{data[0]}" if data[1] is not None else "")
    assert re.findall(r'<a class="plats"[^>]*href="([^"]+)"', drawn) == ["belagg?9801"]
    assert 'title="Torpa: Ej läst, 0 av 1 lästa"' in drawn
    assert chart.table["level_label"].to_list() == ["Ska", "Ej läst"]
    assert "Ska: Ulvsund" in chart.alt
    assert chart.note == "1 av 2\u00a0kommuner har läst underlag"


def test_a_map_tells_outside_the_choice_from_unread():
    frame = pl.DataFrame(
        {
            "municipality_code": ["9801", "9802"],
            "municipality_name": ["Ulvsund", "Torpa"],
            "known": [2, 0],
            "read": [2, 0],
            "level": [4, None],
        },
        schema_overrides={"level": pl.Int64},
    )

    words = {"title": "T", "subtitle": "S", "name": "karta"}
    chart = region_map.commitment_map(frame, BORDERS, height=300, **words)

    assert [place.kind for place in chart.figure.places] == ["n4", "utanfor"]
    assert chart.table["level_label"].to_list() == ["Ska", "Ingen i urvalet"]
    assert chart.note == "1 av 1\u00a0kommun har läst underlag"


def test_a_trend_needs_years_and_compares_halves():
    years = {"year": [2019, 2020, 2023, 2024], "level": [0, 2, 4, 3], "objects": [3, 1, 2, 2]}

    chart = trend.trend(pl.DataFrame(years), object_type="dp")
    none = trend.trend(pl.DataFrame(years).clear(), object_type="dp")

    assert chart.title == (
        "Alla fyra lästa detaljplaner från 2022–2024 har belägg, mot en av fyra från 2019–2021"
    )
    assert none.figure is None
    assert none.title == "Inga detaljplaner med känt år i urvalet"


def test_a_trend_hatches_the_unread_and_tells_their_age_while_nothing_is_read():
    rows = {"year": [2012, 2014, 2018, 2024], "level": [None] * 4, "objects": [2, 4, 3, 1]}
    unread = pl.DataFrame(rows, schema_overrides={"level": pl.Int64})

    chart = trend.trend(unread, object_type="op")

    assert chart.title == "Sex av tio översiktsplaner med känt år är från 2014 eller tidigare"
    assert chart.note == "0\u00a0lästa handlingar av 10 med känt år"
    assert chart.table["unread"].to_list() == [2, 4, 3, 1]
    *levels, unread = chart.figure.data
    assert not any(sum(trace["y"]) for trace in levels)
    assert [n for n in unread["y"] if n] == [2, 4, 3, 1]
    assert unread["marker"]["pattern"]["shape"]


def test_a_year_without_plans_keeps_its_place_among_the_columns():
    years = {"year": [2019, 2020, 2023], "level": [0, 2, 4], "objects": [3, 1, 2]}

    chart = trend.trend(pl.DataFrame(years), object_type="dp")

    assert {tuple(trace["x"]) for trace in chart.figure.data} == {
        ("2019", "2020", "2021", "2022", "2023")
    }
