"""Tänk om: the numbers are the indicators', the link says every rule, nothing published changes."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from urllib.parse import parse_qs

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.what_if import difference_chart, difference_words, name_of, ordered
from dashboard.database import current_edition
from dashboard.parts.card import object_type
from dashboard.parts.measure_words import value_words
from dashboard.rules import PARAMETER, query, to_params
from pipelines.indicators import catalog
from pipelines.indicators.scope import Scope, WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from tests.dashboard.conftest import facts_of

LEVELS = st.sampled_from(COMMITMENT.values[1:])
RULES = WhatIf(off_entries=("testbadd", "pilot"), off_themes=("energi",), counts_from="should")


def codes(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


ANY_RULES = st.builds(
    WhatIf, off_entries=codes(("testbadd", "pilot", "prova")), off_themes=codes(THEME.values),
    off_instruments=codes(INSTRUMENT.values), counts_from=LEVELS, carries_from=LEVELS,
    requires_from=LEVELS,
)  # fmt: skip
HAS_VALUE = pl.any_horizontal(pl.col("value", "value_if").is_not_null())
ENTRIES = {"testbadd": "Testbädd", "pilot": "Pilot", "prova": "Prova & mät"}


@pytest.fixture
def scope(regions, monkeypatch) -> Scope:
    regions.enter(monkeypatch)
    return Scope(facts_of("exempel", "Exempelregionen"))


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " "))


def words(test: AppTest) -> str:
    return text_of(" ".join(element.proto.body for element in test.get("html")))


def shown(test: AppTest) -> dict[str, list[str]]:
    """Measure → published, under the rules, difference, as the page's tables say them."""
    html = " ".join(element.proto.body for element in test.get("html"))
    table = re.search(r"<caption>[^<]*(?:flyttar sig|publicerade).*?</table>", html)
    assert table
    rows = re.findall(r'<tr><th scope="row".*?</tr>', table[0])
    cells = [[text_of(cell).strip() for cell in re.split(r"</t[hd]>", row)] for row in rows]
    return {cell[0]: cell[1:4] for cell in cells}


def expected(scope: Scope, rules: WhatIf) -> dict[str, list[str]]:
    """The first of the headline numbers; the others are drawn when the reader opens them."""
    rows = (
        ordered(catalog.what_if(scope, rules)).filter("is_headline", HAS_VALUE).head(12).to_dicts()
    )
    return {
        name_of(row): [
            value_words(row).replace("\u00a0", " "),
            "–"
            if row["value"] is None and row["value_if"] is None
            else value_words(
                {**row, "value": row["value_if"], "absence": row["absence_if"]}
            ).replace("\u00a0", " "),
            (difference_words(row) or "–").replace("\u00a0", " "),
        ]
        for row in rows
    }


@pytest.mark.parametrize("rules", [WhatIf(), RULES, WhatIf(requires_from="aim")], ids=repr)
def test_a_link_with_rules_shows_the_indicators_numbers(open_page, regions, scope, rules):
    entries = dict(scope.facts["catalog_codebook"].select("entry_id", "label").rows())

    test = open_page(regions, "tank_om", region="Exempelregionen", **to_params(rules, entries))

    assert shown(test) == expected(scope, rules)


@pytest.mark.parametrize("region", ["Exempelregionen", "Stockholmsregionen"])
def test_numbers_without_a_value_are_named_once_with_what_they_wait_for(
    open_page, regions, scope, region
):
    test = open_page(regions, "tank_om", region=region)
    html = " ".join(element.proto.body for element in test.get("html"))
    if region == "Stockholmsregionen":
        scope = Scope(facts_of("stockholm", region))
    silent = ordered(catalog.what_if(scope, WhatIf())).filter("is_headline", ~HAS_VALUE)

    listed = re.search(r'<ul class="utanindex">(.*?)</ul>', html)

    assert listed
    assert silent.height
    assert listed[1].count("<li>") == silent["absence_kind"].n_unique()
    is_index = pl.col("indicator_id") == "1.9"
    assert len(re.findall("Innovationsindex för", listed[1])) == (
        silent.filter(is_index)["absence_kind"].n_unique()
    )
    for row in silent.filter(~is_index).to_dicts():
        assert name_of(row) in listed[1]
        assert f'<th scope="row">{name_of(row)}</th>' not in html


def test_the_copied_link_says_the_rules_again(open_page, regions, scope):
    entries = dict(scope.facts["catalog_codebook"].select("entry_id", "label").rows())
    test = open_page(regions, "tank_om", region="Exempelregionen", **to_params(RULES, entries))
    html = " ".join(element.proto.body for element in test.get("html"))

    links = [unescape(each) for each in re.findall(r'data-copy="\?([^"]*)"', html)]

    assert len(links) == 2
    for link in links:
        params = parse_qs(link)
        assert {name: params[name] for name in to_params(RULES, entries)} == to_params(
            RULES, entries
        )
        assert params["region"] == ["Exempelregionen"]


@given(ANY_RULES)
def test_rules_survive_their_address(rules):
    read = parse_qs(query(rules, ENTRIES))
    back = {
        "off_entries": ENTRIES, "off_themes": THEME.labels, "off_instruments": INSTRUMENT.labels
    }  # fmt: skip
    found = {}
    for field, name in PARAMETER.items():
        labels = back.get(field, COMMITMENT.labels)
        of_label = {label: code for code, label in labels.items()}
        values = tuple(of_label[each] for each in read.get(name, []))
        found[field] = values if field in back else values[0]

    assert WhatIf(**found) == rules


def test_nothing_published_changes(open_page, regions, monkeypatch):
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(regions.editions))
    file = current_edition("exempel")
    before = hashlib.sha256(file.read_bytes()).hexdigest()

    text = words(open_page(regions, "tank_om", region="Exempelregionen", raknas_fran="Ska"))

    assert "Inget publicerat ändras" in text
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


def test_the_rules_can_be_given_back(open_page, regions):
    test = open_page(
        regions, "tank_om", region="Exempelregionen", raknas_fran="Ska", utan_tema=["Energi"]
    )
    assert test.session_state["utan_tema"] == ["energi"]

    test.button(key="aterstall-regler").click().run()

    assert not test.exception
    assert not test.warning
    assert test.session_state["utan_tema"] == []
    assert "Reglerna är de publicerade" in words(test)
    assert "diagram skala" not in "".join(each.proto.body for each in test.get("html"))


def test_nothing_read_cannot_move(open_page, regions):
    text = words(open_page(regions, "tank_om", region="Stockholmsregionen", raknas_fran="Ska"))

    assert "Ej insamlad betyder inte noll" in text
    assert (
        "Huvudtal utan underlag Endast utdrag Andel handlingar med innovation, översiktsplan;"
        in text
    )


def test_what_moves_most_stands_first_and_a_lost_value_is_said(scope):
    rows = ordered(catalog.what_if(scope, WhatIf(off_themes=THEME.values, counts_from="shall")))

    assert rows["moves"].to_list() == sorted(rows["moves"], reverse=True)
    lost = rows.filter(pl.col("value").is_not_null() & pl.col("value_if").is_null())
    assert lost.height
    assert lost["absence_if"].null_count() == 0
    assert (lost["moves"] == 1).all()


def test_the_drawing_holds_the_numbers_of_the_table(scope):
    rows = ordered(catalog.what_if(scope, RULES))
    chart = difference_chart(rows)
    shares = rows.filter("is_headline", pl.col("value_unit") == "andel", pl.col("moves") > 0)
    shares = shares.drop_nulls("difference")  # a share that is lost has no place to go

    drawn = [line.marks[-1].end for line in chart.figure.rows]
    assert drawn == [100 * each for each in shares["value_if"].head(len(drawn))]
    assert chart.table.equals(rows)
    assert "andelar sjunker" in chart.title


def test_a_drawn_share_leads_to_the_passages_of_its_documents(scope):
    chart = difference_chart(ordered(catalog.what_if(scope, RULES)))
    parts = [line.marks[-1].data[0] for line in chart.figure.rows]

    assert {"op", "dp", "ma"} <= set(parts)
    for part in parts:
        expected = {"typ": [part]} if part in ("op", "dp", "ma") else None
        assert object_type([part]) == expected


def test_the_codebook_leads_to_each_entry_switched_off(open_page, regions, scope):
    test = open_page(regions, "metod", region="Exempelregionen")
    html = " ".join(element.proto.body for element in test.get("html"))

    links = re.findall(r'href="(tank_om\?[^"]*)"', html)
    concepts = scope.facts["catalog_codebook"].filter(pl.col("kind") == "concept")["label"]

    offered = {parse_qs(unescape(link).partition("?")[2])["utan"][0] for link in links}
    assert offered == set(concepts)
