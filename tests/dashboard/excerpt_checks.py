"""For what is known beside read plans: excerpts, climate demands and the to-do list.

The rows are taken from the edition's tables and chosen here in plain Python, not by the queries
that the pages ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.charts.excerpts import GROUP_WORDS, NO_EXCERPT
from dashboard.draw.chart import Bars, Chart, PlaceMap
from dashboard.draw.levels import LEVEL_COLUMNS, LEVEL_KINDS, kind_of
from dashboard.filters import Filters
from dashboard.text import EXCERPT_GROUPS, OTHER_EXCERPTS, OWN_VOICE
from pipelines.model.codes import COMMITMENT
from tests.dashboard.number_world import World

_KINDS = {group: set(kinds) for group, (_, kinds) in EXCERPT_GROUPS.items()}
_OF_TYPE = {"op": _KINDS["op"], "dp": _KINDS["dp"] | _KINDS["program"], "ma": _KINDS["ma"]}


def _group(kind: str) -> str:
    return next((group for group, kinds in _KINDS.items() if kind in kinds), OTHER_EXCERPTS)


def _level(row: dict[str, Any]) -> int:
    return COMMITMENT.values.index(row["commitment"])


def _chosen(own: Filters) -> Callable[[dict[str, Any]], bool]:
    """Whether a choice holds an excerpt and it is about one municipality."""
    kinds = set().union(*(_OF_TYPE[each] for each in own.object_types))

    def holds(row: dict[str, Any]) -> bool:
        year = row["year"]
        return (
            row["municipality_code"] is not None
            and (not own.municipalities or row["municipality_code"] in own.municipalities)
            and (not own.themes or bool(set(own.themes) & set(row["themes"] or ())))
            and (not own.instruments or bool(set(own.instruments) & set(row["instruments"] or ())))
            and (not kinds or row["document_kind"] in kinds)
            and (own.year_from is None or (year is not None and year >= own.year_from))
            and (own.year_to is None or (year is not None and year <= own.year_to))
            and _level(row) >= own.minimum
        )

    return holds


def _excerpts(world: World, filters: Filters) -> list[dict[str, Any]]:
    every = world.edition.tables["summary_passage"].to_dicts()
    return [row for row in every if _chosen(filters)(row)]


def _speaks(row: dict[str, Any]) -> bool:
    return row["voice"] == OWN_VOICE and not row["is_general"]


def by_kind(world: World, chart: Chart) -> None:
    """One row a kind of document; the bars are the levels of municipalities' own voice."""
    _by_kind(_excerpts(world, world.filters), chart)


def of_municipality(world: World, chart: Chart) -> None:
    """The same for the municipality that *Kommun* shows."""
    own = replace(world.filters, municipalities=(world.municipality,))
    _by_kind(_excerpts(world, own), chart)


def _by_kind(rows: list[dict[str, Any]], chart: Chart) -> None:
    table = {row["group_name"]: row for row in chart.table.to_dicts()}
    assert set(table) == {GROUP_WORDS[_group(row["document_kind"])] for row in rows}
    for group, name in GROUP_WORDS.items():
        of_group = [row for row in rows if _group(row["document_kind"]) == group]
        if not of_group:
            continue
        own = [row for row in of_group if _speaks(row)]
        levels = Counter(_level(row) for row in own)
        told = table[name]
        assert [told[column] for column in LEVEL_COLUMNS[1:]] == [levels[n] for n in range(1, 5)]
        assert told["own"] == len(own)
        assert told["municipalities"] == len({row["municipality_code"] for row in own})
        assert told["unsure"] == sum(bool(row["is_unsure"]) for row in own)
        assert told["others"] == sum(row["voice"] != OWN_VOICE for row in of_group)
    if not isinstance(chart.figure, Bars):  # a slide shows the table instead
        return
    drawn = chart.table.filter(pl.col("own") > 0)
    for bar, row in zip(chart.figure.bars, drawn.to_dicts(), strict=True):
        assert bar.label == row["group_name"]
        assert [(part.kind, part.amount, part.data) for part in bar.parts] == [
            (LEVEL_KINDS[level], row[LEVEL_COLUMNS[level]], (row["excerpt_group"], level))
            for level in range(1, 5)
        ]


def by_place(kind: str | None) -> Callable[[World, Chart], None]:
    """Each municipality once, at the highest level of its own voice, or at none.

    ``kind`` is the type of plan that the page is about.
    """

    def check(world: World, chart: Chart) -> None:
        own = world.filters.only(kind) if kind else world.filters
        _by_place(world, _excerpts(world, own), chart)

    return check


def _by_place(world: World, rows: list[dict[str, Any]], chart: Chart) -> None:
    places = world.edition.tables["municipality"]["municipality_code"].to_list()
    table = {row["municipality_code"]: row for row in chart.table.to_dicts()}
    assert sorted(table) == sorted(places)
    assert chart.table.height == len(places)
    for code, told in table.items():
        here = [row for row in rows if row["municipality_code"] == code]
        own = [row for row in here if _speaks(row)]
        level = max(map(_level, own), default=None)
        word = NO_EXCERPT if level is None else COMMITMENT.codes[level].label
        assert (told["level"], told["level_label"], told["own"]) == (level, word, len(own))
        assert told["others"] == sum(row["voice"] != OWN_VOICE for row in here)
    if chart.figure is not None:
        assert isinstance(chart.figure, PlaceMap)
        drawn = {place.data[0]: place for place in chart.figure.places}
        for code, told in table.items():
            if told["own"]:
                assert drawn[code].kind == kind_of(told["level"])
            if code in drawn:
                assert drawn[code].data == (code, told["level"])


def climate_rows(world: World, rows: pl.DataFrame) -> None:
    """Every chosen municipality's answers as they were delivered."""
    own = world.filters.municipalities
    stored = world.edition.tables["climate_demand"]
    expected = stored.filter(pl.col("municipality_code").is_in(own)) if own else stored
    key = "municipality_code"
    assert rows.select(stored.columns).sort(key).equals(expected.sort(key))


def climate(world: World, chart: Chart) -> None:
    climate_rows(world, chart.table)


def task_rows(world: World, rows: pl.DataFrame) -> None:
    """Every task of the chosen municipalities and types, most pressing first."""
    own = world.filters
    stored = world.edition.tables["to_check"].sort("check_order")
    if own.municipalities:
        stored = stored.filter(pl.col("municipality_code").is_in(own.municipalities))
    if own.object_types:
        stored = stored.filter(pl.col("check_subject").is_in(own.object_types))
    assert rows.select(stored.columns).equals(stored)


def tasks(world: World, chart: Chart) -> None:
    task_rows(world, chart.table)
