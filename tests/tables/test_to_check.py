"""The to-do list holds what is unknown, what matters most first, until it is answered."""

import polars as pl

from tests.conftest import World
from tests.indicators.regions import Edition


def listed(world: World) -> dict[tuple[str, str], dict[str, object]]:
    rows = world.build().frames["to_check"].iter_rows(named=True)
    return {(row["check_subject"], row["subject_id"]): row for row in rows}


def age(world: World) -> None:
    region = world.data / "liten" / "region.toml"
    region.write_text(region.read_text("utf-8").replace("2024-06-01", "2026-03-01"), "utf-8")


def test_a_plan_past_its_shelf_life_comes_first_and_leaves_when_it_is_answered(world: World):
    assert ("dp", "dp-kvarnen") not in listed(world)
    age(world)
    row = listed(world)["dp", "dp-kvarnen"]
    assert (row["priority"], row["check_order"]) == (1, 1)
    assert row["check_reasons"] == ["stale"]
    assert (row["last_step"], row["status_per"]) == ("Samråd", "2023-02-01")
    assert row["check_page"] == "tidsfonster"
    register = world.data / "liten" / "register" / "planer.csv"
    text = register.read_text("utf-8-sig").replace("BN 2021/204;Samråd", "BN 2021/204;Laga kraft")
    register.write_text(text, "utf-8-sig")
    assert ("dp", "dp-kvarnen") not in listed(world)


def test_a_test_and_a_document_that_are_unknown_are_listed(world: World):
    found = listed(world)
    missing = found["document", "d4"]
    assert (missing["check_reasons"], missing["priority"]) == (["not_collected"], 4)
    assert ("test", "t1") not in found
    age(world)
    assert listed(world)["test", "t1"]["priority"] == 2


def test_the_region_lists_everything_that_is_unknown_once(editions: dict[str, Edition]):
    for edition in editions.values():
        tables = edition.tables
        listed = tables["to_check"]
        assert listed["check_order"].to_list() == list(range(1, listed.height + 1))
        assert listed.sort("check_order")["priority"].is_sorted()
        stale = tables["planning_object"].filter(
            "is_stale", ~pl.col("coverage").is_in(["superseded", "not_applicable"])
        )
        of_objects = listed.filter(pl.col("check_subject").is_in(["op", "dp", "ma"]))
        assert set(stale["object_id"]) <= set(of_objects["subject_id"])
        tests = tables["testing_activity"].filter("is_stale")["activity_id"]
        assert set(listed.filter(check_subject="test")["subject_id"]) == set(tests)
        plans = tables["climate_demand"].drop_nulls("climate_plan_url").height
        assert listed.filter(check_subject="climate_plan").height == plans > 0


def test_stockholms_list_leads_somewhere_for_every_row(editions: dict[str, Edition]):
    listed = editions["stockholm"].tables["to_check"]
    assert listed["look_at"].null_count() == 0
    assert listed.filter(priority=1).height > 0
    assert listed.filter(check_subject="climate_plan").height == 24
