"""For each file that is no chart's: what its rows are held against.

A file is known by its stem. A file that is offered without standing here fails the tests.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from dashboard.measures import red_thread as follow
from pipelines.indicators import planning, quality, windows
from pipelines.indicators.facts import CORE, MUNICIPALITY
from pipelines.indicators.market import chosen_procurements
from pipelines.indicators.testing import cores, named_activities
from pipelines.indicators.values import value_table
from tests.dashboard.chart_checks import TYPES
from tests.dashboard.excerpt_checks import climate_rows, task_rows
from tests.dashboard.number_world import WHOLE, World, highest, open_windows, passages_by_theme

Check = Callable[[World, pl.DataFrame], None]


def object_list(kind: str) -> Check:
    def check(world: World, rows: pl.DataFrame) -> None:
        only = {"object_types": (kind,)}
        found = world.ladders(**only).get((WHOLE, kind), (0,) * 7)
        lowest = world.filters.minimum
        if lowest > 1:
            assert rows.height == sum(found[lowest:-2])
            return
        read = rows.filter(pl.col("coverage").is_in(["read_found", "read_none"]))
        assert (read.height, rows.height) == found[-2:]
        assert read["passages"].sum() == world.left(**only)["passages"]
        assert [read.filter(pl.col("level") == i).height for i in range(5)] == list(found[:-2])

    return check


def measures(kind: str) -> Check:
    def check(world: World, rows: pl.DataFrame) -> None:
        scope = world.scope(object_types=(kind,))
        every = value_table(planning.compute(scope) + quality.coverage(scope))
        keys = ["indicator_id", "part"]
        whole = every.filter(pl.col("unit_kind") != MUNICIPALITY)
        numbers = [*keys, "value", "numerator", "n", "known", "low", "high", "absence"]
        joined = rows.select(numbers).sort(keys)
        expected = whole.join(rows, on=keys, how="semi").select(numbers).sort(keys)
        assert joined.height
        assert joined.equals(expected)

    return check


def can_be_influenced(world: World, rows: pl.DataFrame) -> None:
    place = {"municipalities": (world.municipality,)} if world.municipality else {}
    found = open_windows(world.scope(**place))
    assert sorted(rows["object_id"]) == sorted(found["object_id"])
    values = world.values(windows.windows, **place)
    assert rows.height == sum(values[WHOLE, f"oppna:{kind}"]["value"] or 0 for kind in TYPES)


def themes_of_municipality(world: World, rows: pl.DataFrame) -> None:
    for kind in TYPES:
        scope = world.scope(
            municipalities=(world.municipality,), object_types=(kind,), with_level=True
        )
        own = rows.filter(pl.col("step") == kind)
        assert dict(own.select("theme", "passages").rows()) == passages_by_theme(scope)


def beside_similar(world: World, rows: pl.DataFrame) -> None:
    codes = tuple(rows["municipality_code"])
    found = world.ladders(municipalities=codes)
    for row in rows.to_dicts():
        own = {kind: ladder for (unit, kind), ladder in found.items()
               if unit == row["municipality_code"]}  # fmt: skip
        assert (row["read"] or 0) == sum(ladder[-2] for ladder in own.values())
        assert (row["known"] or 0) == sum(ladder[-1] for ladder in own.values())
        for kind in TYPES:
            level = highest(own[kind]) if kind in own else None
            assert row[f"{kind}_level"] == level


def documents(world: World, rows: pl.DataFrame) -> None:
    left = world.left(municipalities=(world.municipality,))
    assert rows["object_name"].n_unique() <= left["known"] <= rows.height


def activities(world: World, rows: pl.DataFrame) -> None:
    place = {"municipalities": (world.municipality,)} if world.municipality else {}
    expected = named_activities(world.scope(**place))
    assert sorted(rows["activity_id"]) == sorted(expected["activity_id"])


def themes_in_cores(world: World, rows: pl.DataFrame) -> None:
    values = value_table(cores(world.scope())).filter(pl.col("unit_kind") == CORE)
    expected = {row["unit_id"]: int(row["value"]) for row in values.to_dicts() if row["value"]}
    own = rows.drop_nulls("theme").group_by("core_id").agg(pl.col("theme").n_unique())
    assert dict(own.rows()) == expected


def procurements(world: World, rows: pl.DataFrame) -> None:
    expected = chosen_procurements(world.scope())
    assert sorted(rows["procurement_id"]) == sorted(expected["procurement_id"])


def procurement_kinds(world: World, rows: pl.DataFrame) -> None:
    counted = chosen_procurements(world.scope())["procurement_kind"].value_counts()
    table = dict(rows.select("procurement_kind", "procurements").rows())
    assert {kind: n for kind, n in table.items() if n} == dict(counted.rows())


def buyers(world: World, rows: pl.DataFrame) -> None:
    used = chosen_procurements(world.scope()).filter("has_tool")
    assert dict(rows.select("buyer", "procurements").rows()) == dict(
        used["buyer"].value_counts().rows()
    )


def weighed(world: World, rows: pl.DataFrame) -> None:
    known = world.edition.tables["land_allocation"]["allocation_name"].to_list()
    assert set(rows["allocation_name"]) <= set(known)
    assert rows.filter((pl.col("price") + pl.col("other") - 100).abs() > 0.2).height == 0


def passages(world: World, rows: pl.DataFrame) -> None:
    counted = rows.filter("is_counted")
    assert counted.height == world.left(with_level=True)["passages"]


def wordings(world: World, rows: pl.DataFrame) -> None:
    every = world.edition.tables["passage"].filter("is_counted")["passage_id"]
    assert rows["passage_id"].is_unique().all()
    assert rows["passage_id"].is_in(every.implode()).all()


def red_thread(world: World, rows: pl.DataFrame) -> None:
    traced = follow(world.scope(highest=None))["carry_through"]
    keys = ["municipality_code", "theme", "step"]
    ours = traced.select(*keys, "outcome", "level", "object_id").sort(keys)
    mine = rows.select(ours.columns).sort(keys)
    assert mine.join(ours, on=ours.columns, how="anti", nulls_equal=True).height == 0


def known_steps(world: World, rows: pl.DataFrame) -> None:
    for row in rows.to_dicts():
        if row["step"] in TYPES:
            left = world.left(
                object_types=(row["step"],), year_from=None, year_to=None, highest=None
            )
            assert (row["known"], row["read"]) == (left["known"], left["read"]), row


def published(world: World, rows: pl.DataFrame) -> None:
    """Rows of the edition's own table of values."""
    keys = ["unit_kind", "unit_name", "indicator_id", "part", "value", "numerator", "n", "known"]
    have = rows.drop_nulls("part").select(keys)
    assert have.height
    own = world.edition.tables["indicator_value"]
    assert have.join(own, on=keys, how="anti", nulls_equal=True).height == 0


def as_stored(table: str) -> Check:
    def check(world: World, rows: pl.DataFrame) -> None:
        assert rows.height == world.edition.tables[table].height

    return check


def suggestions(world: World, rows: pl.DataFrame) -> None:
    known = world.edition.tables["window_match"].select("match_id", "reason")
    assert rows.join(known, on=["match_id", "reason"], how="anti").height == 0


def register(_world: World, rows: pl.DataFrame) -> None:
    """Words and definitions rather than numbers."""
    assert rows.height


def reference_figures(world: World, rows: pl.DataFrame) -> None:
    """The whole country's figures always, and those of the chosen municipalities."""
    place, chosen = pl.col("municipality_code"), list(world.filters.municipalities)
    own = pl.lit(value=True) if not chosen else place.is_null() | place.is_in(chosen)
    assert rows.height == world.edition.tables["reference_figure"].filter(own).height


FILES: dict[str, Check] = {
    **{f"lista-{kind}": object_list(kind) for kind in TYPES},
    **{f"matt_{kind}": measures(kind) for kind in TYPES},
    "kan_paverkas": can_be_influenced,
    "teman_per_led": themes_of_municipality,
    "liknande_kommuner": beside_similar,
    "dokument": documents,
    "testverksamhet": activities,
    "stadskarnor_teman": themes_in_cores,
    "upphandlingar": procurements,
    "innovationsverktyg": procurement_kinds,
    "kopare": buyers,
    "markanvisningskriterier": weighed,
    "belagg": passages,
    "referat": register,
    "formuleringsbank": wordings,
    "roda_traden": red_thread,
    "roda_traden_underlag": known_steps,
    "forslag": suggestions,
    "aktiviteter": as_stored("action"),
    "aktiviteternas_matt": published,
    "kvalitet": published,
    "klimatkrav": climate_rows,
    "att_kontrollera": task_rows,
    "jamforelsetal": reference_figures,
    "utlysningar": as_stored("funding_call"),
    "leveranser": as_stored("delivery"),
    "avvikelser": as_stored("issue"),
    "kodbok": register,
    "lasaren_provad": register,
    "mattdefinitioner": register,
    "ordlista": register,
}
"""Stem of a file → what holds its rows."""
