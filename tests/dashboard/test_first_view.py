"""The real region's first view: excerpts, answers and tasks say the edition's numbers."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.charts import excerpts
from dashboard.database import current_edition
from dashboard.draw.levels import LEVEL_COLUMNS
from dashboard.filters import Filters
from dashboard.parts.climate import counted
from dashboard.queries.excerpts import (
    climate_answers,
    count_summaries,
    excerpt_counts,
    find_summaries,
    to_check,
)
from tests.dashboard.shown import html_of, text_of

REGION, LABEL = "stockholm", "Stockholmsregionen"


@pytest.fixture
def edition(regions, monkeypatch):
    regions.enter(monkeypatch)
    with duckdb.connect(str(current_edition(REGION)), read_only=True) as con:
        yield con


def test_bars_count_own_voice_alone_and_no_general_statement(edition):
    chart = excerpts.excerpt_bars(excerpt_counts(edition, Filters(REGION)))
    drawn = sum(part.amount for bar in chart.figure.bars for part in bar.parts)
    expected = edition.execute(
        """SELECT count(*) FROM summary_passage
           WHERE voice = 'plan' AND NOT is_general AND municipality_code IS NOT NULL"""
    ).fetchone()
    assert (drawn,) == expected
    assert chart.table.select(LEVEL_COLUMNS[1:]).sum().sum_horizontal().item() == drawn
    general = edition.execute("SELECT count(*) FROM summary_passage WHERE is_general").fetchone()
    assert general == (2,)


def test_the_map_colours_by_own_voice_only(edition):
    counts = excerpt_counts(edition, Filters(REGION))
    places = dict(
        edition.execute("SELECT municipality_code, municipality_name FROM municipality").fetchall()
    )
    table = excerpts._by_place(counts, places)
    expected = dict(
        edition.execute(
            """SELECT municipality_code, max(c.position) FROM summary_passage s
               JOIN catalog_code c ON c.code_list = 'commitment' AND c.code = s.commitment
               WHERE voice = 'plan' AND NOT is_general AND municipality_code IS NOT NULL
               GROUP BY ALL"""
        ).fetchall()
    )
    shown = dict(table.drop_nulls("level").select("municipality_code", "level").rows())
    assert shown == expected
    assert table.height == len(places)


def test_voices_are_listed_apart(edition):
    everything = Filters(REGION)
    own, others = count_summaries(edition, everything)
    voices = {
        kind: set(find_summaries(edition, everything, (), 0, None, kind)["voice"])
        for kind in ("egen", "andras")
    }
    assert voices["egen"] == {"plan"}
    assert "plan" not in voices["andras"]
    assert find_summaries(edition, everything, (), 0, None).height == own + others


def test_no_answer_is_neither_yes_nor_no(edition):
    answers = climate_answers(edition, Filters(REGION))
    assert counted(answers, "climate_survey") == {"ja": 9, "nej": 5, "no_answer": 12}
    assert counted(answers, "climate_barometer") == {"ja": 23, "nej": 3, "no_answer": 0}


def test_the_first_view_says_them(open_page, regions, edition):
    words = text_of(html_of(open_page(regions, "laget", region=LABEL)))
    tasks = to_check(edition, Filters(REGION)).height
    assert f"{tasks} uppgifter att kontrollera eller samla in" in words
    assert "23 av 26" in words
    assert "18 av 26 kommuner" in words
    assert "0 av 246 kända planer och markanvisningar är lästa" in words


def test_the_to_do_list_follows_municipality_and_reason(open_page, regions, edition):
    page = open_page(regions, "att_kontrollera", region=LABEL, kommun=["Lidingö"])
    rows = to_check(edition, Filters(REGION, municipalities=("0186",)))
    assert f"{rows.height} uppgifter" in text_of(html_of(page))
    narrowed = open_page(
        regions, "att_kontrollera", region=LABEL, kommun=["Lidingö"], skal="Läget okänt"
    )
    stale = [row for row in rows["check_reasons"].to_list() if "stale" in row]
    noun = "rad" if len(stale) == 1 else "rader"
    assert f"{len(stale)} {noun}, det som kan ändra mest först" in text_of(html_of(narrowed))


def test_a_municipality_without_excerpts_says_that_it_means_nothing(open_page, regions):
    words = text_of(html_of(open_page(regions, "kommun", region=LABEL, kommun="Lidingö")))
    assert "Inget utdrag är sett, vilket inte säger något om planerna" in words
