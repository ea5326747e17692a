"""Läget: five findings, chain, windows and change say the numbers of the indicator layer."""

from __future__ import annotations

import re
import shutil
from html import unescape

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.charts import thread
from dashboard.charts.change import documents_words, points
from dashboard.database import ask_now, current_edition
from dashboard.meeting.compare import edition_before
from dashboard.queries.measured import measured_tables
from dashboard.text import apportioned
from pipelines.build import build_with_earlier
from pipelines.indicators import pages
from pipelines.indicators.change import split_change
from pipelines.indicators.facts import MUNICIPALITY, Facts
from pipelines.indicators.scope import Scope
from pipelines.model.codes import THEME
from pipelines.model.measure_codes import CAUSE, STEP
from pipelines.model.region import load_region
from pipelines.progress import Progress
from pipelines.warehouse.edition import list_editions
from tests.dashboard.conftest import Place

LABELS = {"exempel": "Exempelregionen", "stockholm": "Stockholmsregionen"}


@pytest.fixture
def scope(regions, monkeypatch):
    def of(region: str) -> Scope:
        regions.enter(monkeypatch)
        tables = ask_now(current_edition(region), measured_tables)
        return Scope(pages.open_edition(region, LABELS[region], tables))

    return of


@pytest.fixture
def two_editions(regions, tmp_path, monkeypatch) -> Place:
    """The example with an older edition: two land allocations were not read then."""
    place = Place(regions.data, tmp_path / "editions")
    shutil.copytree(regions.editions, place.editions)
    place.enter(monkeypatch)
    file = place.editions / "exempel" / "2026-06-01-aaaaaaaa.duckdb"
    shutil.copy(current_edition("exempel"), file)
    with duckdb.connect(str(file)) as con:
        con.execute("UPDATE edition SET built_at = TIMESTAMP '2026-06-01 09:00', edition_id = 'x'")
        gone = con.sql(
            "SELECT object_id FROM planning_object WHERE object_type = 'ma' AND level = 4 "
            "AND coverage = 'read_found' ORDER BY object_id LIMIT 2"
        ).fetchall()
        for (plan,) in gone:
            con.execute("DELETE FROM passage WHERE object_id = ?", [plan])
            con.execute(
                "UPDATE document SET sha256 = NULL, coverage = 'not_collected' WHERE object_id = ?",
                [plan],
            )
            con.execute(
                "UPDATE planning_object SET coverage = 'not_collected', level = NULL, "
                "passages = NULL WHERE object_id = ?",
                [plan],
            )
    return place


def html_of(test: AppTest) -> str:
    return " ".join(element.proto.body for element in test.get("html"))


def text_of(html: str) -> str:
    plain = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain).strip()


def findings(test: AppTest) -> dict[str, str]:
    """Page → what the finding that leads there says."""
    found = re.search(r'<ol class="femfynd".*?</ol>', html_of(test))
    assert found
    items = re.findall(r'<a href="(\w+)\?[^"]*"[^>]*>(.*?)</a>', found[0])
    return {page: text_of(words) for page, words in items}


def number(values: pl.DataFrame, indicator: str, part: str) -> dict[str, int]:
    whole = values.filter(pl.col("unit_kind") == "region", pl.col("indicator_id") == indicator)
    return whole.filter(pl.col("part") == part).row(0, named=True)


@pytest.mark.parametrize("region", LABELS)
def test_five_findings_say_the_indicators_numbers(open_page, regions, scope, region):
    said = findings(open_page(regions, "laget", region=LABELS[region]))
    values = pages.overview(scope(region))["values"]

    assert len(said) == 5
    chosen = number(values, "3.1", "alla")
    assert said["markanvisningar"].startswith(f"{chosen['numerator']:.0f} av {chosen['n']} ")
    open_now = sum(number(values, "1.8", f"oppna:{kind}")["numerator"] for kind in ("op", "dp"))
    open_now += number(values, "1.8", "oppna:ma")["numerator"]
    assert said["tidsfonster"].startswith(f"{open_now:.0f} handlingar kan ännu påverkas")
    tests = values.filter(pl.col("indicator_id") == "2.1", pl.col("part") == "alla")
    running = tests.filter(pl.col("unit_kind") == "region")["numerator"].item()
    assert said["testverksamhet"].startswith(f"{running:.0f} tester pågår i ")
    places = tests.filter(pl.col("unit_kind") == MUNICIPALITY, pl.col("numerator") > 0).height
    words = {6: "sex", 9: "nio"}
    assert said["testverksamhet"].endswith(f"{words[places]} kommuner")


def test_what_is_read_and_won_is_said_where_it_is_known(open_page, regions, scope):
    values = pages.overview(scope("exempel"))["values"]
    read = findings(open_page(regions, "laget", region=LABELS["exempel"]))
    unread = findings(open_page(regions, "laget", region=LABELS["stockholm"]))

    held, won = number(values, "1.6", "alla"), number(values, "3.3", "smf")
    assert read["roda_traden"].startswith(f"{held['numerator']:.0f} av {held['n']} led håller")
    assert read["upphandling"].startswith(f"{won['numerator']:.0f} av {won['n']} ")
    assert unread["roda_traden"] == "– röda tråden går inte att följa ännu"
    assert unread["tidsfonster"].endswith("ingen är läst")
    assert "vinnarna är inte insamlade" in unread["upphandling"]


def test_a_finding_leads_on_with_the_same_choice(open_page, regions):
    html = html_of(open_page(regions, "laget", region=LABELS["exempel"], kommun=["Askhamn"]))

    links = re.findall(r'href="(\w+)\?([^"]*)"', re.search(r'<ol class="femfynd.*?</ol>', html)[0])
    assert len(links) == 5
    assert all("kommun=Askhamn" in query for _, query in links)


def test_the_chain_is_that_of_the_red_thread(open_page, regions, scope):
    home = html_of(open_page(regions, "laget", region=LABELS["exempel"]))
    followed = html_of(open_page(regions, "roda_traden", region=LABELS["exempel"]))
    rows = thread.by_theme(pages.red_thread(scope("exempel"))["carry_through"]).head(3).to_dicts()
    title = thread.theme_chart(pages.red_thread(scope("exempel"))["carry_through"], 2).title

    assert f"<h2>{title}</h2>" in home
    assert f"<h2>{title}</h2>" in followed
    table = re.search(rf"<caption>{title}</caption>.*?</table>", home)
    assert table
    said = [text_of(row) for row in re.findall(r"<tr><th scope=\"row\".*?</tr>", table[0])]
    assert said == [
        " ".join([THEME.labels[row["theme"]], *(thread.step_words(row, s) for s in STEP.values)])
        for row in rows
    ]


def test_one_edition_gives_one_quiet_line_and_what_can_be_influenced(open_page, regions, scope):
    html = html_of(open_page(regions, "laget", region=LABELS["exempel"]))

    assert '<p class="fot">Det finns ingen tidigare utgåva att jämföra med.</p>' in html
    assert 'class="orsaker"' not in html
    assert re.search(r"<h2>\d+ handlingar kan ännu påverkas", html)


def test_two_editions_give_a_change_whose_parts_sum(open_page, two_editions):
    html = html_of(open_page(two_editions, "laget", region=LABELS["exempel"]))
    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition)
    before, after = (
        Facts("exempel", "", ask_now(file, measured_tables)) for file in (earlier.file, edition)
    )
    rows = split_change(before, after, indicators=("1.3",)).filter(pl.col("part") == "ma")
    first = rows.row(0, named=True)

    assert earlier.day == "2026-06-01"
    old, new = (f"{100 * first[name]:.0f}" for name in ("before", "after"))
    assert f"Andel handlingar med krav, markanvisning: från {old} till {new} procent" in html
    assert "Sedan förra" in html
    causes = re.search(r'<dl class="orsaker">.*?</dl>', html)
    assert causes
    shown = re.findall(r"<dd>([^<]*)</dd>", causes[0])
    signed = [float(each.replace("±", "").replace("−", "-").replace(",", ".")) for each in shown]
    assert sum(signed[:-1]) == pytest.approx(signed[-1])
    assert signed[-1] == pytest.approx(100 * first["change"], abs=0.06)
    assert re.search(r"\d+ nya dokument", text_of(html))


def test_only_some_indicators_can_be_split_and_give_the_same(two_editions):
    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition).file
    before, after = (
        Facts("exempel", "", ask_now(file, measured_tables)) for file in (earlier, edition)
    )

    everything = split_change(before, after)
    some = split_change(before, after, indicators=("1.3", "3.3"))

    assert set(some["indicator_id"]) == {"1.3", "3.3"}
    assert some.equals(everything.filter(pl.col("indicator_id").is_in(["1.3", "3.3"])))


@given(st.lists(st.floats(-0.4, 0.4), min_size=len(CAUSE.values), max_size=len(CAUSE.values)))
def test_causes_as_shown_sum_to_the_change_as_shown(contributions):
    rows = pl.DataFrame({"cause_label": list(CAUSE.labels.values()), "contribution": contributions})

    shown = [words.replace("−", "-").replace("±", "") for _, words in points(rows)]

    numbers = [float(each.replace(",", ".").replace("\u00a0", "")) for each in shown]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1])


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8), st.integers(0, 2))
def test_apportioned_parts_are_near_and_sum(parts, decimals):
    shown = apportioned(parts, decimals)

    assert sum(shown) == pytest.approx(round(sum(parts), decimals), abs=1.1 * 10**-decimals)
    assert all(abs(a - b) <= 10**-decimals for a, b in zip(parts, shown, strict=True))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((8, 1, 0), "8 nya och 1 reviderat dokument"),
        ((1, 0, 0), "1 nytt dokument"),
        ((2, 3, 1), "2 nya, 3 reviderade och 1 utgånget dokument"),
        ((0, 0, 0), ""),
    ],
)
def test_documents_are_counted_in_words(counts, words):
    assert documents_words(*counts).replace("\u00a0", " ") == words


def test_a_newcomer_gets_an_earlier_edition_to_compare_with(regions, tmp_path, monkeypatch):
    Place(regions.data, tmp_path / "editions").enter(monkeypatch)
    shutil.copytree(regions.editions / "cache", tmp_path / "editions" / "cache")
    region = load_region("exempel")
    assert region.earlier is not None

    build_with_earlier(region, progress=Progress(quiet=True))

    edition = current_edition("exempel")
    earlier = edition_before("exempel", edition)
    assert earlier.day == str(region.earlier)
    with duckdb.connect(str(earlier.file), read_only=True) as con:
        latest = con.sql("SELECT max(document_date) FROM document WHERE sha256 IS NOT NULL")
        assert latest.fetchall()[0][0] <= str(region.earlier)
        assert con.sql("SELECT count(*) FROM human_code").fetchall() == [(0,)]
    before, after = (
        Facts("exempel", "", ask_now(file, measured_tables)) for file in (earlier.file, edition)
    )
    changed = split_change(before, after).filter(pl.col("contribution").abs() > 0)
    assert "new_documents" in set(changed["cause"])

    build_with_earlier(region, progress=Progress(quiet=True))
    assert len(list_editions("exempel")) == 2
