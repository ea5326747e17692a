"""The same number on the page, in its table, in its file and from the indicator function."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from dashboard.pages import IN_MENU
from dashboard.parts.table import in_words
from dashboard.parts.unfold import MOST
from dashboard.rules import to_params
from pipelines.model.columns import Column
from pipelines.model.region import EXAMPLE_MARK
from pipelines.model.tables import TABLES
from tests.dashboard.conftest import Place
from tests.dashboard.file_checks import FILES
from tests.dashboard.index_checks import RULES
from tests.dashboard.number_world import World
from tests.dashboard.shown import File, Shown, stem_of, walk
from tests.dashboard.slide_checks import SLIDES
from tests.indicators.regions import Edition

LABELS = {"exempel": "Exempelregionen", "stockholm": "Stockholmsregionen"}
PLACES = {"exempel": "Askhamn", "stockholm": "Nacka"}
CHOICES: dict[str, dict[str, str | list[str]]] = {
    "allt": {},
    "tema och period": {"tema": ["Energi"], "fran": "2020", "till": "2024"},
    "kommun och lägsta grad": {"minst": "Bör"},
    "högsta grad": {"hogst": "Ska"},
    "inget kvar": {"fran": "2034", "tema": ["Mobilitet"]},
    "andra regler": dict(to_params(RULES, {})),
}
ONLY = {"andra regler": ["tank_om"]}
"""Choices that one page alone reads."""
TABLE_OF_FILE = {table.file: table.name for table in TABLES}
WALKS = [
    *(("exempel", choice) for choice in CHOICES),
    *(("stockholm", choice) for choice in ("allt", "kommun och lägsta grad", "inget kvar")),
]


@dataclass(frozen=True)
class Walk:
    """What every page of a region showed under one choice."""

    region: str
    pages: dict[str, Shown]


@pytest.fixture(scope="module", params=WALKS, ids="-".join)
def walked(request, regions: Place) -> Walk:
    """Each walk is made once, and its tests follow one another."""
    region, choice = request.param
    params = {"region": LABELS[region], **CHOICES[choice]}
    if choice in ("kommun och lägsta grad", "inget kvar"):
        params["kommun"] = [PLACES[region]]
    return Walk(region, walk(regions, ONLY.get(choice, list(IN_MENU)), **params))


def world(editions: dict[str, Edition], region: str, shown: Shown) -> World:
    assert shown.view is not None
    return World(editions[region], shown.view.filters, shown.municipality)


def test_every_chart_holds_the_indicators_numbers(walked, editions):
    for page, shown in walked.pages.items():
        for chart in shown.charts:
            assert chart.name in SLIDES, f"{page}: {chart.name} is held by no check"
            SLIDES[chart.name](world(editions, walked.region, shown), chart)


def test_every_charts_table_and_files_hold_its_numbers(walked):
    for page, shown in walked.pages.items():
        for chart in shown.charts:
            columns = [each for each in chart.columns if each.name in chart.table.columns]
            said = [[in_words(row[c.name], c) for c in columns] for row in chart.table.to_dicts()]
            heads = [column.label for column in columns]
            tables = [each for each in shown.tables(chart.title) if each[0] == heads]
            files = [shown.file(chart.name, dialect) for dialect in ("excel", "standard")]
            assert bool(files[0]) == bool(files[1]) == bool(tables), f"{page}: {chart.name}"
            for file in files:
                if file is not None:
                    assert [heads, *said[:MOST]] in tables, f"{page}: {chart.name}"
                    assert file.frame is not None
                    assert file.frame.equals(chart.table), f"{page}: {file.name}"
        drawn = {chart.name for chart in shown.charts if chart.figure is not None}
        if page != "mote":  # there charts become slides, whose files are the pack's
            assert drawn <= {stem_of(name) for name in shown.files}, page


def test_every_other_file_holds_the_indicators_numbers(walked, editions):
    for page, shown in walked.pages.items():
        charts = {chart.name for chart in shown.charts}
        for file in shown.files.values():
            stem = stem_of(file.name)
            if stem in charts or not file.is_excel:
                continue
            if stem.startswith("tabell_"):
                table = TABLE_OF_FILE[stem.removeprefix("tabell_")]
                assert len(file.rows) - 1 == editions[walked.region].tables[table].height, file.name
                continue
            assert stem in FILES, f"{page}: {file.name} is held by no check"
            assert file.frame is not None
            FILES[stem](world(editions, walked.region, shown), file.frame)


def test_every_file_can_be_read_back_in_both_dialects(walked):
    for page, shown in walked.pages.items():
        mark = EXAMPLE_MARK if walked.region == "exempel" else ""
        for file in shown.files.values():
            assert file.content.startswith(b"\xef\xbb\xbf") == file.is_excel
            head, *rows = file.rows
            assert (head[-1].casefold() == "exempeldata") == bool(mark), file.name
            assert all(row[-1] == mark for row in rows if mark)
            if file.frame is None:
                continue
            named = [c.label if file.is_excel else c.header for c in file.columns]
            assert [re.sub(r" \d+$", "", name) for name in head[: len(named)]] == named
            for cells, values in zip(rows, file.frame.to_dicts(), strict=True):
                for cell, column in zip(cells, file.columns, strict=False):
                    assert read_back(cell, column, values[column.name], file), (page, file.name)


def read_back(cell: str, column: Column, value: object, file: File) -> bool:
    """Whether a cell says the value: Swedish numbers and words for Excel, codes for programs."""
    labels = column.codes.labels if column.codes is not None and file.is_excel else {}
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == ("ja" if value else "nej")
    if isinstance(value, int | float):
        if file.is_excel and "." in cell:
            return False
        return float(cell.replace(",", ".") if file.is_excel else cell) == value
    plain = re.sub(r'^="([^"]*)"$', r"\1", cell).removeprefix("'")
    if isinstance(value, list):
        words = [labels.get(str(each), str(each)) for each in value]
        return plain == ("; " if file.is_excel else ";").join(words).removeprefix("'")
    return plain == labels.get(str(value), str(value)).removeprefix("'")
