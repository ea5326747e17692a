"""The same number in a chart, its table on the page, its files and the published measures."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from dashboard.pages import IN_MENU
from dashboard.parts.table import in_words
from dashboard.parts.unfold import MOST
from pipelines.model.columns import Column
from pipelines.model.region import EXAMPLE_MARK
from pipelines.model.tables import TABLES
from tests.dashboard.conftest import Place
from tests.dashboard.shown import File, Shown, stem_of, walk

LABELS = {"exempel": "Exempelregionen", "stockholm": "Stockholmsregionen"}
CHOICES: dict[str, dict[str, str | list[str]]] = {
    "allt": {},
    "en kommun": {"tema": ["Energi"], "fran": "2020", "till": "2024"},
    "inget kvar": {"fran": "2034", "tema": ["Mobilitet"]},
}
TABLE_OF_FILE = {table.file: table.name for table in TABLES}
WALKS = [
    *(("exempel", choice) for choice in CHOICES),
    ("stockholm", "allt"),
]
PUBLISHED = ["unit_kind", "unit_name", "indicator_id", "part", "value", "numerator", "n", "known"]


@dataclass(frozen=True)
class Walk:
    """What every page of a region showed under one choice."""

    region: str
    choice: str
    pages: dict[str, Shown]


@pytest.fixture(scope="module", params=WALKS, ids="-".join)
def walked(request, regions: Place) -> Walk:
    """Each walk is made once, and its tests follow one another."""
    region, choice = request.param
    params = {"region": LABELS[region], **CHOICES[choice]}
    if choice != "allt":
        params["kommun"] = ["Askhamn"]
    return Walk(region, choice, walk(regions, list(IN_MENU), **params))


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


def test_files_of_tables_are_whole_and_files_of_measures_are_the_published(walked, editions):
    tables, held = editions[walked.region].tables, 0
    for shown in walked.pages.values():
        for file in shown.files.values():
            stem = stem_of(file.name)
            if stem.startswith("tabell_"):
                table = TABLE_OF_FILE[stem.removeprefix("tabell_")]
                assert len(file.rows) - 1 == tables[table].height, file.name
            elif stem in ("kvalitet", "aktiviteternas_matt") and walked.choice == "allt":
                own = file.frame.drop_nulls("part").select(PUBLISHED)
                published = tables["indicator_value"]
                assert not own.join(published, on=PUBLISHED, how="anti", nulls_equal=True).height
                held += own.height
    assert held > 50 or walked.choice != "allt"


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
