"""Slides say what they know, and readably say it when they know nothing."""

import re
from dataclasses import replace
from urllib.parse import unquote

import polars as pl
import pytest

from dashboard.charts import ladder, ladder_rows
from dashboard.charts.area_names import place_names
from dashboard.charts.drawing import AreaMap, LadderBars, area_map, level_names
from dashboard.charts.native import drawing_html
from dashboard.meeting.kinds import KINDS, PROPOSAL, build_slides
from dashboard.meeting.slide import without_repeats
from dashboard.theme import DARK, LIGHT
from pipelines.indicators import planning
from tests.dashboard.meeting_world import enter, full_agenda, whole


@pytest.fixture(params=["liten", "stockholm"])
def slides(request, built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda(request.param)
    return build_slides(whole(agenda), agenda)


def test_every_kind_has_a_finding_a_source_and_a_choice(slides):
    for slide in slides:
        assert slide.finding
        assert slide.source.startswith("Källa: ")
        assert "kommuner" in slide.choice
        assert slide.drawing or slide.empty or slide.quotations or slide.summaries


def test_a_slide_shows_one_quotation_or_says_that_it_is_a_summary(slides):
    for slide in slides:
        assert len(slide.quotations) <= 1
        assert not (slide.quotations and slide.summaries)


def test_an_empty_edition_still_has_something_to_read_on_every_slide(bare, monkeypatch):
    enter(bare, monkeypatch)
    agenda = full_agenda("liten")

    for slide in build_slides(whole(agenda), agenda):
        assert slide.finding
        assert slide.drawing or slide.empty


def test_no_quotation_is_shown_twice_while_there_are_others(built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten", "stege", "citat")
    (first, second) = build_slides(whole(agenda), agenda)
    one, other = dict(first.quotations[0]), {**first.quotations[0], "passage_id": "annat"}
    slides = [replace(each, quotations=(one, other)) for each in (first, second, second)]

    shown = [slide.quotations for slide in without_repeats(slides)]

    assert shown == [(one,), (other,), (one,)]


def test_a_quotation_slide_is_named_after_who_speaks(built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten", "citat")

    slide = build_slides(whole(agenda), agenda)[0]

    assert slide.finding == f"Så skriver {slide.quotations[0]['municipality_name']}"


def test_a_slides_numbers_are_the_pages(built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("liten", "stege")
    view = whole(agenda)
    slide = build_slides(view, agenda)[0]

    rows = ladder_rows.by_type(view.measure(planning.ladder))

    assert isinstance(slide.drawing, LadderBars)
    drawn = sorted((*row.levels, row.unread) for row in slide.drawing.rows)
    assert drawn == sorted(rows.select(*ladder.LEVEL_COLUMNS, "unread").rows())


def test_drawings_have_nothing_to_click_and_a_name(slides):
    for slide in slides:
        if slide.drawing is None:
            continue
        html = drawing_html(slide.drawing, "Beskrivning", LIGHT)
        assert not re.search(r"<(a|button|input)\b", html)
        assert 'aria-label="Beskrivning"' in html or "<table" in html or "<dl" in html


def test_html_of_a_drawing_escapes_names():
    rows = pl.DataFrame(
        {"municipality_name": ["<b>&"], "level": [None]}, schema_overrides={"level": pl.Int64}
    )

    assert "&lt;b&gt;&amp;" in drawing_html(level_names(rows), "", LIGHT)


def square(code: str, name: str, x: float) -> dict[str, object]:
    ring = [[x, 59.0], [x + 1, 59.0], [x + 1, 60.0], [x, 60.0], [x, 59.0]]
    facts = {"kommun_kod": code, "kommun": name, "label_lon": x + 0.5, "label_lat": 59.5}
    return {"properties": facts, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_map_keeps_proportions_and_names_every_area():
    geo = {"features": [square("1", "Ett", 17.0), square("2", "Etthundratjugofyrabergstad", 18.0)]}
    places = pl.DataFrame({"municipality_code": ["1"], "level": [4], "known": [1]})

    drawing = area_map(places, geo)

    assert isinstance(drawing, AreaMap)
    assert drawing.height == pytest.approx(1000 / (2 * 0.5075), rel=0.01)
    assert [area.level for area in drawing.areas] == [4, None]
    assert [area.is_chosen for area in drawing.areas] == [True, False]
    named = place_names(drawing, 60)
    assert [(name.area.name, name.side) for name in named.names] == [
        ("Ett", "inside"),
        ("Etthundratjugofyrabergstad", "right"),
    ]
    assert named.frame[2] > 1000
    assert drawing_html(drawing, "", LIGHT) != drawing_html(drawing, "", DARK)


def test_the_proposed_agenda_is_six_points_and_forty_minutes():
    assert len(PROPOSAL) == 6
    assert sum(minutes for _, minutes in PROPOSAL) == 40
    assert {kind for kind, _ in PROPOSAL} <= set(KINDS)


def svg_of(html: str) -> str:
    coded = re.search(r"data:image/svg\+xml,([^\"]+)", html)
    assert coded
    return unquote(coded[1])


def test_every_municipality_stands_by_name_on_the_slides_map(slides):
    (slide,) = [each for each in slides if each.kind == "karta"]
    assert isinstance(slide.drawing, AreaMap)

    svg = svg_of(drawing_html(slide.drawing, "", LIGHT))

    named = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert sorted(named) == sorted(area.name for area in slide.drawing.areas)


def test_a_summary_is_never_shown_twice(slides):
    shown = [row["summary_id"] for slide in slides for row in slide.summaries]

    assert len(shown) == len(set(shown))


def test_a_slide_without_a_drawing_measures_nothing(slides):
    for slide in slides:
        if slide.empty:
            assert (slide.measured, slide.note) == ("", "")


def test_what_is_known_is_shown_while_nothing_is_read(built, monkeypatch):
    enter(built, monkeypatch)
    agenda = full_agenda("stockholm", "op", "dp", "ma")
    view = whole(agenda)

    for slide in build_slides(view, agenda):
        known = ladder_rows.highest(view.only(slide.kind).measure(planning.ladder), view.places)
        told = {
            name: int(count) for count, names in slide.drawing.rows for name in names.split(", ")
        }
        assert told == dict(
            known.filter(pl.col("known") > 0).select("municipality_name", "known").rows()
        )
        assert "Ej läst" not in drawing_html(slide.drawing, "", LIGHT)
