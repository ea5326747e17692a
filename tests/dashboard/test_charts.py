import polars as pl
import pytest

from dashboard.charts import ladder, ladder_rows, region_map, trend
from dashboard.charts.chart import Style
from dashboard.theme import DARK, LIGHT
from tests.dashboard.ladders import values, wide

STYLE = Style(LIGHT, "Exempeldata – påhittade kommuner")
GEO = {
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
}


def draw(rows: pl.DataFrame, style: Style = STYLE):
    words = {"title": "Rubrik", "subtitle": "Under", "unit_label": "Enhet"}
    return ladder.ladder(rows, style, name="stege", **words)


def test_a_ladder_shows_every_known_document_once():
    rows = wide(("op", 4, 3), ("op", 0, 2), ("op", None, 5), ("dp", 2, 1))

    chart = draw(rows)

    assert rows.select("unit_id", "read", "unread", "known").rows() == [
        ("op", 5, 5, 10),
        ("dp", 1, 0, 1),
    ]
    lengths = [sum(trace.x[place] for trace in chart.figure.data) for place in range(2)]
    assert lengths == [100, 100]
    assert chart.figure.data[4].text[0] == "3"
    assert "ej lästa 5" in chart.alt
    assert chart.note == "6\u00a0lästa handlingar av 11 kända"


def test_a_share_of_fewer_than_five_is_silent_in_the_table():
    chart = draw(wide(("op", 4, 3), ("op", 0, 2), ("dp", 4, 2)))

    shares = dict(chart.table.select("unit_id", "shall_share").rows())

    assert shares == {"op": 60.0, "dp": None}


def test_what_is_not_read_is_hatched_and_leads_nowhere():
    chart = draw(wide(("op", None, 5)))
    unread = chart.figure.data[-1]

    assert unread.marker.pattern.shape == "/"
    assert unread.customdata[0][1] == -1


@pytest.mark.parametrize("mark", ["", "Exempeldata – påhittade kommuner"])
def test_the_mark_is_part_of_the_drawing(mark: str):
    figure = draw(wide(("op", 4, 1)), Style(DARK, mark)).figure

    assert any(note.text == mark for note in figure.layout.annotations) is bool(mark)


def test_a_ladder_of_nothing_draws_nothing():
    chart = draw(wide())

    assert chart.figure is None
    assert chart.table.height == 0


def test_a_ladder_of_many_is_compact():
    few = draw(wide(*((f"k{i}", 1, 1) for i in range(3))))
    many = draw(wide(*((f"k{i}", 1, 1) for i in range(8))))

    assert few.figure.layout.margin.l == 0
    assert many.figure.layout.margin.l > 0


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
        frame, GEO, STYLE, height=300, name="karta", title="T", subtitle="S"
    )

    areas = chart.figure.data[:6]
    assert [len(area.x) > 0 for area in areas] == [False, False, False, False, True, True]
    assert areas[5].fillpattern.shape == "/"
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
    chart = region_map.commitment_map(frame, GEO, STYLE, height=300, **words)

    unread, outside = chart.figure.data[5:7]
    assert len(unread.x) == 0
    assert len(outside.x) > 0
    assert outside.fillpattern.shape is None
    assert chart.table["level_label"].to_list() == ["Ska", "Ingen i urvalet"]
    assert chart.note == "1 av 1\u00a0kommun har läst underlag"


def test_a_trend_needs_years_and_compares_halves():
    years = {"year": [2019, 2020, 2023, 2024], "level": [0, 2, 4, 3], "objects": [3, 1, 2, 2]}

    chart = trend.trend(pl.DataFrame(years), STYLE, object_type="dp")
    none = trend.trend(pl.DataFrame(years).clear(), STYLE, object_type="dp")

    assert chart.title == (
        "Alla fyra lästa detaljplaner från 2022–2024 har belägg, mot en av fyra från 2019–2021"
    )
    assert none.figure is None
    assert none.title == "Inga detaljplaner med känt år i urvalet"


def test_a_trend_hatches_the_unread_and_tells_their_age_while_nothing_is_read():
    rows = {"year": [2012, 2014, 2018, 2024], "level": [None] * 4, "objects": [2, 4, 3, 1]}
    unread = pl.DataFrame(rows, schema_overrides={"level": pl.Int64})

    chart = trend.trend(unread, STYLE, object_type="op")

    assert chart.title == "Sex av tio översiktsplaner med känt år är från 2014 eller tidigare"
    assert chart.note == "0\u00a0lästa handlingar av 10 med känt år"
    assert chart.table["unread"].to_list() == [2, 4, 3, 1]
    drawn = chart.figure.data[-1]
    assert list(drawn.y) == [2, 4, 3, 1]
    assert drawn.marker.pattern.shape == "/"
