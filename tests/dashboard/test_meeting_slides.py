"""Slides say what they know, and readably say it when they know nothing."""

import re
from dataclasses import replace

import polars as pl
import pytest

from dashboard.charts import ladder, ladder_rows
from dashboard.draw.chart import Bars, Names, PlaceMap, Rows
from dashboard.draw.html import figure_html
from dashboard.meeting.kinds import KINDS, PROPOSAL, build_slides
from dashboard.meeting.slide import without_repeats
from dashboard.theme import LIGHT
from pipelines.indicators import planning
from tests.dashboard.meeting_world import enter, full_agenda, whole


def far_html(figure) -> str:
    return str(figure_html(figure, alt="Beskrivning", palette=LIGHT, is_far=True))


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
        assert slide.chart.figure or slide.empty or slide.quotations or slide.summaries


def test_a_slide_shows_one_quotation_or_says_that_it_is_a_summary(slides):
    for slide in slides:
        assert len(slide.quotations) <= 1
        assert not (slide.quotations and slide.summaries)


def test_an_empty_edition_still_has_something_to_read_on_every_slide(bare, monkeypatch):
    enter(bare, monkeypatch)
    agenda = full_agenda("liten")

    for slide in build_slides(whole(agenda), agenda):
        assert slide.finding
        assert slide.chart.figure or slide.empty


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

    assert isinstance(slide.chart.figure, Bars)
    drawn = sorted(tuple(part.amount for part in bar.parts) for bar in slide.chart.figure.bars)
    assert drawn == sorted(rows.select(*ladder.LEVEL_COLUMNS, "unread").rows())


def test_drawings_have_nothing_to_click_and_a_name(slides):
    for slide in slides:
        if slide.chart.figure is None:
            continue
        html = far_html(slide.chart.figure)
        assert not re.search(r"<(a|button|input)\b", html)
        assert 'aria-label="Beskrivning"' in html or "<table" in html or "<dl" in html


def test_html_of_a_drawing_escapes_names():
    assert "&lt;b&gt;&amp;" in far_html(Names((("n4", "Ska", ("<b>&",)),)))
    assert "&lt;b&gt;&amp;" in far_html(Rows(("<b>&",), (("<b>&",),)))


def test_the_proposed_agenda_is_six_points_and_forty_minutes():
    assert len(PROPOSAL) == 6
    assert sum(minutes for _, minutes in PROPOSAL) == 40
    assert {kind for kind, _ in PROPOSAL} <= set(KINDS)


def test_every_municipality_stands_by_name_on_the_slides_map(slides):
    (slide,) = [each for each in slides if each.kind == "karta"]
    assert isinstance(slide.chart.figure, PlaceMap)

    named = re.findall(r'<span class="ort[^>]*>([^<]+)</span>', far_html(slide.chart.figure))

    assert sorted(named) == sorted(place.name for place in slide.chart.figure.places)


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
            name: int(count)
            for count, names in slide.chart.figure.rows
            for name in names.split(", ")
        }
        assert told == dict(
            known.filter(pl.col("known") > 0).select("municipality_name", "known").rows()
        )
        assert "Ej läst" not in far_html(slide.chart.figure)
