"""For each chart: its table is the indicator's, and its drawing is its table.

A chart is known by its name. A chart that is made without standing here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from dashboard.draw.chart import Bars, Chart, Names, PlaceMap, Plot
from dashboard.draw.levels import (
    LEVEL_COLUMNS,
    LEVEL_KINDS,
    NOT_CHOSEN,
    OUTSIDE_KIND,
    UNREAD_KIND,
    kind_of,
)
from pipelines.indicators.values import FEWEST, wilson_limits
from pipelines.model.codes import COMMITMENT, INSTRUMENT
from tests.dashboard import chain_checks, excerpt_checks, index_checks, practice_checks
from tests.dashboard.number_world import WHOLE, Ladder, World, highest, passages_by_theme

Check = Callable[[World, Chart], None]
TYPES = ("op", "dp", "ma")
_LADDER = (*LEVEL_COLUMNS, "read", "known")


def _ladder_table(chart: Chart) -> dict[str, Ladder]:
    unread = chart.table.filter(pl.col("read") == 0).select(LEVEL_COLUMNS)
    assert unread.null_count().row(0) == (unread.height,) * len(LEVEL_COLUMNS)
    counted = chart.table.with_columns(pl.col(LEVEL_COLUMNS).fill_null(0))
    return {row[0]: row[1:] for row in counted.select("unit_id", *_LADDER).rows()}


def _drawn_ladder(chart: Chart) -> None:
    table = chart.table
    assert (table["known"] - table["read"]).equals(table["unread"], check_names=False)
    for row in table.to_dicts():
        share = None if row["read"] < FEWEST else round(100 * row["level_4"] / row["read"], 1)
        assert row["shall_share"] == share, row
        assert (row["absence"] is None) == (share is not None), row
        if share is not None:
            limits = [
                round(100 * float(each), 1) for each in wilson_limits(row["level_4"], row["read"])
            ]
            assert [row["low"], row["high"]] == limits
    if chart.figure is None:
        return
    assert isinstance(chart.figure, Bars)
    for bar, row in zip(chart.figure.bars, table.to_dicts(), strict=True):
        assert [part.kind for part in bar.parts] == [*LEVEL_KINDS, UNREAD_KIND]
        drawn = [part.amount for part in bar.parts]
        assert drawn == [row[name] or 0 for name in (*LEVEL_COLUMNS, "unread")], row
        assert [part.data for part in bar.parts] == [
            (row["unit_id"], level) for level in (*range(len(LEVEL_COLUMNS)), -1)
        ]
        assert bar.note == f"{row['read']} av {row['known']} lästa"


def ladder_by_type(world: World, chart: Chart) -> None:
    expected = {kind: row for (unit, kind), row in world.ladders().items() if unit == WHOLE}
    assert _ladder_table(chart) == expected
    _drawn_ladder(chart)


def ladder_of_municipality(world: World, chart: Chart) -> None:
    of_one = world.ladders(municipalities=(world.municipality,))
    assert _ladder_table(chart) == {k: row for (unit, k), row in of_one.items() if unit == WHOLE}


def ladder_by_municipality(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        found = world.ladders(object_types=(kind,))
        assert _ladder_table(chart) == {u: row for (u, k), row in found.items() if u and k == kind}
        _drawn_ladder(chart)

    return check


def level_map(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        found = world.ladders(object_types=(kind,))
        for row in chart.table.to_dicts():
            ladder = found.get((row["municipality_code"], kind), (0,) * len(_LADDER))
            assert (row["read"], row["known"], row["level"]) == (*ladder[-2:], highest(ladder))
            word = "Ej läst" if row["level"] is None else COMMITMENT.codes[row["level"]].label
            word = word if row["known"] else NOT_CHOSEN
            assert row["level_label"] == word
        every = set(world.edition.tables["municipality"]["municipality_code"])
        assert set(chart.table["municipality_code"]) >= ({u for u, _ in found if u} or set())
        assert set(chart.table["municipality_code"]) <= every
        if isinstance(chart.figure, Names):  # of a slide
            told = {name: kind for kind, _, names in chart.figure.groups for name in names}
            named = chart.table.select("municipality_name", "level").rows()
            assert told == {name: kind_of(level) for name, level in named}
        elif chart.figure is not None:
            assert isinstance(chart.figure, PlaceMap)
            drawn = dict(place.data for place in chart.figure.places)
            table = dict(chart.table.select("municipality_code", "level").rows())
            assert drawn == {code: table.get(code) for code in drawn}
            assert set(drawn) >= set(table)
            known = set(chart.table.filter(pl.col("known") > 0)["municipality_code"])
            for place in chart.figure.places:
                code, level = place.data
                assert place.kind == (kind_of(level) if code in known else OUTSIDE_KIND)

    return check


def by_year(kind: str) -> Check:
    def check(world: World, chart: Chart) -> None:
        table = chart.table
        for row in table.to_dicts():
            year = row["year"]
            ladder = world.ladders(object_types=(kind,), year_from=year, year_to=year)[WHOLE, kind]
            levels = tuple(row[name] for name in LEVEL_COLUMNS)
            assert levels == (ladder[:-2] if ladder[-2] else (None,) * len(levels)), year
            assert row["unread"] == ladder[-1] - ladder[-2], year
        known = world.scope(object_types=(kind,)).sql(
            "SELECT count(*) FROM chosen_object WHERE is_known AND year IS NOT NULL"
        )
        drawn_of = table.select(*LEVEL_COLUMNS, "unread").sum_horizontal().sum()
        assert int(drawn_of) == known.item()
        if chart.figure is not None:
            assert isinstance(chart.figure, Plot)
            parts = chart.figure.data
            drawn = {
                int(year): amounts
                for year, *amounts in zip(parts[0]["x"], *(t["y"] for t in parts), strict=True)
                if any(amounts)
            }
            names = [*reversed(LEVEL_COLUMNS), "unread"]
            assert drawn == {
                row["year"]: [row[name] or 0 for name in names] for row in table.to_dicts()
            }
            levels = [*reversed(range(len(LEVEL_COLUMNS))), -1]
            for level, trace in zip(levels, parts, strict=True):
                assert trace["customdata"] == [[(level, int(year))] for year in trace["x"]]

    return check


def themes_and_tools(kind: str | None) -> Check:
    def check(world: World, chart: Chart) -> None:
        only: dict[str, Any] = {"object_types": (kind,)} if kind else {}
        chosen = world.filters
        by_theme = passages_by_theme(world.scope(with_level=True, **only))
        for row in chart.table.to_dicts():
            theme, tool = row["theme"], row["instrument"]
            assert 0 < row["passages"] <= by_theme[theme]
            if chosen.themes not in ((), (theme,)) or chosen.instruments or chosen.highest:
                continue  # the choice and the cell cannot both be said in one selection
            tools = (tool,) if tool else ()
            left = world.left(with_level=True, themes=(theme,), instruments=tools, **only)
            if not tool:
                named = world.left(with_level=True, themes=(theme,), instruments=INSTRUMENT.values,
                                   **only)  # fmt: skip
                left["passages"] -= named["passages"]
            assert row["passages"] == left["passages"], row
        assert set(chart.table["theme"]) == {theme for theme, n in by_theme.items() if n}

    return check


CHARTS: dict[str, Check] = {
    "forpliktelse_per_handlingstyp": ladder_by_type,
    "forpliktelse_kommun": ladder_of_municipality,
    **{f"forpliktelse_per_kommun_{kind}": ladder_by_municipality(kind) for kind in TYPES},
    **{f"karta_{kind}": level_map(kind) for kind in TYPES},
    **{f"utveckling_{kind}": by_year(kind) for kind in TYPES},
    **{f"teman_styrmedel_{kind}": themes_and_tools(kind) for kind in TYPES},
    "teman_styrmedel": themes_and_tools(None),
    "roda_traden_led": chain_checks.thread_by_step,
    "roda_traden_teman": chain_checks.thread_by_theme,
    "tidsfonster": chain_checks.windows,
    "testfaser": practice_checks.phases,
    "testkarta": practice_checks.by_municipality,
    "tester_per_ar": practice_checks.running_by_year,
    "oppenhet": practice_checks.openness,
    "test_till_uppskalning": practice_checks.survival,
    "mediantid_per_grupp": practice_checks.time_by_group,
    "samarbeten": practice_checks.who_cooperates,
    "hinder": practice_checks.barriers,
    "upphandlingar_per_ar": practice_checks.procurements_by_year,
    "upphandlingar_smf": practice_checks.sme_winners,
    "oppna_dorrar": practice_checks.doors,
    "offentliga_aktorer": practice_checks.public_actors,
    "innovationsindex": index_checks.index_of_municipalities,
    "index_kanslighet": index_checks.index_sensitivity,
    "utforska": index_checks.explored,
    "tank_om": index_checks.other_rules,
    "utdrag_per_slag": excerpt_checks.by_kind,
    "utdrag_kommun": excerpt_checks.of_municipality,
    "utdrag_per_kommun": excerpt_checks.by_place(None),
    **{f"utdrag_per_kommun_{kind}": excerpt_checks.by_place(kind) for kind in TYPES},
}
"""Name of a chart → what holds its numbers."""
