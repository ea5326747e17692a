"""The chain against a plain reading of its definition, and the cases that are easy to get wrong."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

from pipelines.indicators import chain
from pipelines.indicators.scope import Scope, Selection
from pipelines.model.codes import CHAIN_LINK, THEME
from tests.indicators.regions import Edition
from tests.indicators.small_worlds import World, changed, object_row, passage_row, worlds

ADOPTED = ("antagen", "laga_kraft", "overklagad")
READ = ("read_found", "read_none")
YEARS = 8


def level_of(world: World, row, theme: str) -> int:
    return max(
        (p["level"] for p in world.passages
         if p["is_counted"] and p["object_id"] == row["object_id"] and theme in p["themes"]),
        default=0,
    )  # fmt: skip


def plain_outcomes(world: World) -> dict[tuple[str, str, str], dict[str, str]]:
    """Every started (municipality, theme, plan) with the outcome of each step, by loops alone."""
    outcomes = {}
    for plan in world.objects:
        if (plan["object_type"] != "op" or plan["object_stage"] not in ADOPTED
                or plan["year"] is None or plan["coverage"] not in READ):  # fmt: skip
            continue
        later = [
            o["year"] for o in world.objects
            if o["object_type"] == "op" and o["object_stage"] in ADOPTED and o["year"] is not None
            and o["municipality_code"] == plan["municipality_code"]
            and (o["year"], o["object_id"]) > (plan["year"], plan["object_id"])
        ]  # fmt: skip
        last = min([plan["year"] + YEARS, *(year - 1 for year in later)])
        for theme in THEME.values:
            start = level_of(world, plan, theme)
            if start >= 2:
                key = (plan["municipality_code"], theme, plan["object_id"])
                outcomes[key] = {
                    step: followed(world, plan, theme, start, last, step) for step in ("dp", "ma")
                } | {"test": site_outcome(world, plan, theme, last)}
    return outcomes


def followed(world: World, plan, theme: str, start: int, last: int, step: str) -> str:
    rows = [
        o for o in world.objects
        if o["object_type"] == step and o["coverage"] in READ and o["year"] is not None
        and o["municipality_code"] == plan["municipality_code"]
        and plan["year"] <= o["year"] <= last
    ]  # fmt: skip
    level = max((level_of(world, row, theme) for row in rows), default=0)
    if level:
        return "grows" if level > start else "holds" if level == start else "weakens"
    place = ("9901", "9902", "9903").index(plan["municipality_code"])
    no_land = step == "ma" and world.owns_land[place] == "nej"
    return "leaks" if rows else "not_applicable" if no_land else "unknown"


def site_outcome(world: World, plan, theme: str, last: int) -> str:
    here = [a for a in world.activities if a["municipality_code"] == plan["municipality_code"]]
    for activity in here:
        first = activity["start_year"] or 2025
        end = activity["end_year"] or 2025
        if (theme in activity["themes"] and activity["testing_phase"] != "ide"
                and first <= last and end >= plan["year"]):  # fmt: skip
            return "holds"
    return "leaks" if here else "unknown"


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(least=6) | worlds(least=8, dense=True))
def test_the_chain_is_what_plain_loops_say(world: World):
    traced = chain.trace(Scope(world.facts()))
    plain = plain_outcomes(world)
    assert set(traced.select("municipality_code", "theme").rows()) == {key[:2] for key in plain}
    starts = traced.filter(pl.col("step") == "op")
    for code, theme, plan in starts.select("municipality_code", "theme", "object_id").iter_rows():
        rows = traced.filter(
            pl.col("municipality_code") == code, pl.col("theme") == theme, pl.col("step") != "op"
        )
        assert dict(rows.select("step", "outcome").iter_rows()) == plain[code, theme, plan]


def world_of(*rows, passages=(), owns_land=("ja", "ja", "ja"), activities=()) -> World:
    return World(tuple(rows), tuple(passages), tuple(activities), owns_land)


def outcomes(world: World, **selection) -> dict[str, str]:
    traced = chain.trace(Scope(world.facts(), Selection(**selection)))
    return dict(traced.select("step", "outcome").iter_rows())


def plan(number, kind="op", year=2018, coverage="read_found", stage="laga_kraft"):
    return object_row(number, kind, "9901", coverage, year, stage, 10)


def says(number, holder, level, theme="energi"):
    return passage_row(number, holder, level, [theme], [], counted=True)


def test_a_detailed_plan_is_held_against_the_plan_in_force_when_it_was_decided():
    old, new, detailed = plan(1, year=2016), plan(2, year=2020), plan(3, "dp", year=2018)
    world = world_of(
        old, new, detailed, passages=[says(1, old, 3), says(2, new, 4), says(3, detailed, 3)]
    )
    traced = chain.trace(Scope(world.facts()))
    start = traced.filter(pl.col("step") == "op")
    # The newest plan has nothing to be judged by; the one of 2016 has, and it held.
    assert start["object_id"].to_list() == ["h01"]
    assert traced.filter(pl.col("step") == "dp")["outcome"].to_list() == ["holds"]


def test_what_comes_after_the_chosen_years_does_not_count():
    op, late = plan(1, year=2016), plan(2, "dp", year=2020)
    world = world_of(op, late, passages=[says(1, op, 2), says(2, late, 4)])
    assert outcomes(world, years=4)["dp"] == "grows"
    assert outcomes(world, years=3)["dp"] == "unknown"


def test_a_municipality_without_land_cannot_leak_in_allocations():
    op = plan(1)
    world = world_of(op, passages=[says(1, op, 2)], owns_land=("nej", "ja", "ja"))
    assert outcomes(world)["ma"] == "not_applicable"


def test_an_unread_plan_is_unknown_and_a_read_silent_one_leaks():
    op = plan(1)
    silent, unread = plan(2, "dp", 2020, "read_none"), plan(3, "dp", 2020, "not_collected")
    assert outcomes(world_of(op, unread, passages=[says(1, op, 2)]))["dp"] == "unknown"
    assert outcomes(world_of(op, silent, unread, passages=[says(1, op, 2)]))["dp"] == "leaks"


def test_a_mention_starts_nothing():
    op = plan(1)
    assert outcomes(world_of(op, passages=[says(1, op, 1)])) == {}


def test_the_year_of_the_next_plan_belongs_to_the_next_plan():
    old, new, detailed = plan(1, year=2016), plan(2, year=2020), plan(3, "dp", year=2020)
    world = world_of(
        old, new, detailed, passages=[says(1, old, 2), says(2, new, 1), says(3, detailed, 3)]
    )
    # The new plan only mentions the theme, so nothing starts there, and the old one is over.
    assert outcomes(world)["dp"] == "unknown"


def test_an_idea_is_not_yet_a_test_on_site():
    op = plan(1)
    idea = {
        "activity_id": "t1", "activity_name": "Test", "municipality_code": "9901",
        "testing_kind": "pilot", "themes": ["energi"], "testing_phase": "ide",
        "start_year": 2020, "end_year": None, "open_to_smes": "ja",
    }  # fmt: skip
    running = idea | {"activity_id": "t2", "testing_phase": "test"}
    first = world_of(op, passages=[says(1, op, 2)], activities=[idea])
    second = world_of(op, passages=[says(1, op, 2)], activities=[idea, running])
    assert outcomes(first)["test"] == "leaks"
    assert outcomes(second)["test"] == "holds"


@pytest.mark.parametrize(
    ("table", "column", "of_plan", "of_detailed", "link"),
    [("plan", "parent_plan_id", None, "h01", "parent"),
     ("planning_object", "case_number", "KS 1", "KS 1", "case_number"),
     ("planning_object", "core_id", "k1", "k1", "area"),
     ("planning_object", "core_id", "k1", "k2", "municipality")],
)  # fmt: skip
def test_a_link_is_shown_as_what_it_is(table, column, of_plan, of_detailed, link):
    op, detailed = plan(1), plan(2, "dp", 2020)
    facts = world_of(op, detailed, passages=[says(1, op, 2), says(2, detailed, 2)]).facts()
    key = facts[table].columns[0]
    told = facts[table].with_columns(
        pl.when(pl.col(key) == "h01").then(pl.lit(of_plan, pl.String))
        .otherwise(pl.lit(of_detailed, pl.String)).alias(column)
    )  # fmt: skip
    linked = changed(facts, **{table: told})
    traced = chain.trace(Scope(linked))
    assert traced.filter(pl.col("step") == "dp")["chain_link"].to_list() == [link]


def test_every_step_that_is_found_has_a_link_and_its_passages(editions: dict[str, Edition]):
    traced = editions["exempel"].tables["carry_through"].filter(pl.col("step") != "op")
    found = traced.filter(pl.col("outcome").is_in(["grows", "holds", "weakens"]))
    assert found.height > 0
    assert set(found["chain_link"]) <= set(CHAIN_LINK.values)
    assert found["chain_link"].n_unique() >= 2
    on_paper = found.filter(pl.col("step") != "test")
    assert (on_paper["passage_ids"].list.len() == on_paper["passages"]).all()
    assert (on_paper["passages"] > 0).all()
