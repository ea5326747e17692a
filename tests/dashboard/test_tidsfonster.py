"""Tidsfönster: what is open is the indicator's, times are typed, suggestions carry their reason."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs

import duckdb
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.tidsfonster.finding import finding
from dashboard.charts.window_timeline import left_words, timeline, timeline_title
from dashboard.filters import Filters
from dashboard.measures import selection_of
from dashboard.queries.windows import funding_calls, suggestions, window_list
from dashboard.text import word
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import value_table
from pipelines.indicators.windows import windows as indicator
from pipelines.model.region import EXAMPLE_MARK

AS_OF = "2024-01-31"


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


def window(**changes: object) -> dict[str, object]:
    base = {
        "object_name": "Kajen", "municipality_name": "Ulvsund", "waited": 4.0,
        "months_median": 10.0, "months_left": 6.0, "left_low": 4.2, "left_high": 7.4,
        "basis": "27 planer av slaget detaljplan i Liten från skedet samråd",
    }  # fmt: skip
    return base | changes


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    kinds = {"months_left": pl.Float64, "left_low": pl.Float64, "left_high": pl.Float64}
    more = {"since": "2023-10-01"}
    return pl.DataFrame([row | more for row in rows], schema_overrides=kinds)


@pytest.mark.parametrize("chosen", [Filters("liten"), Filters("liten", municipalities=("9801",))])
def test_the_list_is_what_the_indicator_counts(connection, chosen):
    found = window_list(connection, chosen, AS_OF)
    facts = Facts("liten", "Litenregionen", connection=connection)
    values = value_table(indicator(Scope(facts, selection_of(chosen))))
    whole = values.filter(pl.col("unit_id") == values["unit_id"][0])
    measured = {row["part"]: row["value"] or 0 for row in whole.to_dicts()}

    assert found.height == sum(measured[f"oppna:{kind}"] for kind in ("op", "dp", "ma")) > 0
    empty = found.filter("is_read", pl.col("passages") == 0)
    assert empty.height == sum(measured[kind] for kind in ("op", "dp", "ma"))


def test_time_left_has_its_interval():
    assert left_words(window()) == ("6\u00a0mån", "intervall 4–7\u00a0mån")


def test_a_limit_that_does_not_exist_is_said():
    low_only = left_words(window(left_high=None))
    too_long = left_words(window(left_low=None, left_high=None, months_left=0.3))

    assert low_only[1] == "minst 4\u00a0mån, övre gräns saknas"
    assert too_long == ("under en månad", "har väntat längre än vanligt")


def test_a_time_that_is_unknown_says_why():
    few = window(months_left=None, months_median=None, basis="För få planer med dagar")
    half = window(months_left=None, months_median=None, basis="19 planer; färre än hälften")
    undated = window(months_left=None)

    assert left_words(few) == ("okänd", "för få planer med dagar")
    assert left_words(half)[1] == "färre än hälften"
    assert left_words(undated)[1] == "skedets början är inte daterad"


def test_the_timeline_says_how_many_close_soon():
    rows = frame(window(), window(months_left=11.0), window(months_left=30.0))

    assert timeline_title(rows) == "Två fönster väntas stänga inom ett år, ett inom ett halvår"
    chart = timeline(rows, AS_OF)
    waited, ahead, interval = chart.figure.data
    assert waited["base"][-1] < AS_OF == ahead["base"][-1]
    days = [round(trace["x"][-1] / 86_400_000 / 30.44, 1) for trace in (waited, ahead)]
    assert days == pytest.approx([4.0, 30.0], abs=0.1)
    assert len(interval["x"]) == 3 * rows["left_high"].count()
    assert "<b>6\u00a0mån</b>" in [each["text"] for each in chart.figure.layout["annotations"]]
    assert "Kajen, Ulvsund: 4\u00a0mån i skedet, kvar 6\u00a0mån" in chart.alt


def test_without_times_nothing_is_claimed():
    rows = frame(window(months_left=None, months_median=None))

    assert timeline_title(rows) == "Ingen tid kvar går att beräkna ännu"
    assert timeline_title(rows.clear()) == "Inget öppet tidsfönster i urvalet"
    assert finding(rows.clear(), 3).headline == "Inget tidsfönster är säkert öppet i urvalet"
    assert finding(rows.clear(), 3).lead.startswith("3 till var öppna när de senast sågs")


def test_every_suggestion_has_a_reason(connection):
    stored = connection.execute("SELECT object_id, count(*) FROM window_match GROUP BY 1")
    for object_id, number in stored.fetchall():
        found = suggestions(connection, object_id)
        assert found.height == number
        assert found["reason"].null_count() == 0
    assert not suggestions(connection, "finns-inte").height


def test_the_page_names_the_open_plan_its_reach_and_its_absence(open_page, built):
    text = words(open_page(built, "tidsfonster", region="Litenregionen"))

    assert "kan ännu påverkas" in text
    assert "Kvarnen 3" in text
    assert "Rådighet: det här är öppet nu, och i nästa skede" in text
    assert "okänd tid" in text
    assert EXAMPLE_MARK in text


def test_the_name_of_a_drawn_plan_leads_to_its_explanation(open_page, regions):
    test = open_page(regions, "tidsfonster", region="Exempelregionen")
    (chart,) = test.get("plotly_chart")
    names = [point[-1] for point in json.loads(chart.proto.spec)["data"][0]["customdata"]]

    assert names
    chosen = parse_qs(names[-1].partition("?")[2])
    opened = open_page(
        regions, "tidsfonster", region=chosen["region"][0], fonster=chosen["fonster"][0]
    )
    assert opened.session_state["fonster"] == chosen["fonster"][0]
    assert f"{chosen['fonster'][0].rsplit(', ', 1)[0]}: " in words(opened)


def test_a_call_that_has_closed_or_not_opened_is_not_open():
    with duckdb.connect() as con:
        con.execute(
            """CREATE TABLE funding_call AS FROM (VALUES
               ('a', 'A', NULL, '2026-02-28'), ('b', 'B', '2026-02', '2026-03'),
               ('c', 'C', NULL, '2026-03-01'), ('d', 'D', '2026-03-02', '2026-05'),
               ('e', 'E', NULL, NULL), ('f', 'F', '2026-04', NULL), ('g', 'G', NULL, '2025'))
               AS t(call_id, call_title, opens_date, closes_date)"""
        )
        rows = funding_calls(con, "2026-03-01")
    states = dict(rows.select("call_id", "call_state").rows())
    assert rows["call_id"].to_list()[:2] == ["b", "c"]
    assert states == {
        "a": "closed", "b": "open", "c": "open", "d": "later", "e": "unknown", "f": "later",
        "g": "closed",
    }  # fmt: skip


def test_open_calls_are_listed_first_closing_first(open_page, regions):
    text = words(open_page(regions, "tidsfonster", region="Exempelregionen"))
    listed = text.partition("Utlysningar som är öppna")[2]
    assert 0 < listed.index("2026-03-27") < listed.index("2026-05-12")
    assert "1 utlysning saknar datum" in listed
    assert "Återbruk i markanvisningar" not in text


def test_stockholm_as_it_is(open_page, built):
    text = words(open_page(built, "tidsfonster", region="Stockholmsregionen"))

    # Of 48 in an early stage, most were last seen so long ago that nobody knows where they are.
    said = re.search(r"(\w+) översiktsplaner och detaljplaner kan ännu påverkas", text)
    assert said
    assert said[1] in {word(count).capitalize() for count in range(2, 13)}
    assert "Vad de saknar går inte att säga" in text
    assert "Utlysningar" not in text


def test_empty_edition_and_a_choice_that_leaves_nothing(open_page, built, bare):
    none = words(open_page(built, "tidsfonster", region="Litenregionen", fran="2034"))

    assert "Inget tidsfönster är säkert öppet" in words(open_page(bare, "tidsfonster"))
    assert "Utan filtret från och med år finns" in none
