"""Läget: five findings, chain, windows and change say the numbers of the indicator layer."""

from __future__ import annotations

import re

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import measures
from dashboard.charts import thread
from dashboard.text import word
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import value_table
from pipelines.model.codes import STEP, THEME
from tests.dashboard.conftest import facts_of
from tests.dashboard.shown import html_of, text_of

LABELS = {"exempel": "Exempelregionen", "stockholm": "Stockholmsregionen"}


@pytest.fixture
def scope(regions, monkeypatch):
    def of(region: str) -> Scope:
        regions.enter(monkeypatch)
        return Scope(facts_of(region, LABELS[region]))

    return of


def findings(test: AppTest) -> dict[str, str]:
    """Page → what the finding that leads there says."""
    found = re.search(r'<ol class="femfynd".*?</ol>', html_of(test))
    assert found
    items = re.findall(r'<li><a href="(\w+)\?[^"]*"[^>]*>(.*?)</li>', found[0])
    return {page: text_of(words) for page, words in items}


def number(values: pl.DataFrame, indicator: str, part: str) -> dict[str, int]:
    whole = values.filter(pl.col("unit_kind") == "region", pl.col("indicator_id") == indicator)
    return whole.filter(pl.col("part") == part).row(0, named=True)


@pytest.mark.parametrize("region", LABELS)
def test_five_findings_say_the_indicators_numbers(open_page, regions, scope, region):
    said = findings(open_page(regions, "laget", region=LABELS[region]))
    values = value_table(measures.overview(scope(region)))

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
    assert f" i {word(places)} kommuner" in said["testverksamhet"]
    unknown = number(values, "2.1", "okant_lage")["numerator"]
    assert said["testverksamhet"].endswith(f" {unknown:.0f} har okänt läge")


def test_what_is_read_and_won_is_said_where_it_is_known(open_page, regions, scope):
    values = value_table(measures.overview(scope("exempel")))
    read = findings(open_page(regions, "laget", region=LABELS["exempel"]))
    unread = findings(open_page(regions, "laget", region=LABELS["stockholm"]))

    held, won = number(values, "1.6", "alla"), number(values, "3.3", "smf")
    assert read["roda_traden"].startswith(f"{held['numerator']:.0f} av {held['n']} led håller")
    assert read["upphandling"].startswith(f"{won['numerator']:.0f} av {won['n']} ")
    assert re.search(r"ingen är läst \d+ har okänt läge$", unread["tidsfonster"])
    assert "kommuner ställer klimatkrav i upphandling" in unread["upphandling"]
    assert "att kontrollera eller samla in" in unread["att_kontrollera"]


def test_a_finding_leads_on_with_the_same_choice(open_page, regions):
    html = html_of(open_page(regions, "laget", region=LABELS["exempel"], kommun=["Askhamn"]))

    links = re.findall(r'href="(\w+)\?([^"]*)"', re.search(r'<ol class="femfynd.*?</ol>', html)[0])
    assert len(links) == 5
    assert all("kommun=Askhamn" in query for _, query in links)


def test_the_chain_is_that_of_the_red_thread(open_page, regions, scope):
    home = html_of(open_page(regions, "laget", region=LABELS["exempel"]))
    followed = html_of(open_page(regions, "roda_traden", region=LABELS["exempel"]))
    rows = (
        thread.by_theme(measures.red_thread(scope("exempel"))["carry_through"]).head(3).to_dicts()
    )
    title = thread.theme_chart(measures.red_thread(scope("exempel"))["carry_through"], 2).title

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
    assert 'class="diagram skala"' not in html
    assert re.search(r"<h2>\d+ handlingar kan ännu påverkas", html)
