"""Per which day a status is known and when it is too old."""

from datetime import date

import polars as pl
import pytest

from pipelines.errors import SourceError
from pipelines.model.region import load_region
from pipelines.model.shelf_life import ShelfLife
from pipelines.model.tables import TABLE
from pipelines.tables import known_objects
from pipelines.tables.status import Clock, objects_with_status
from tests.conftest import World

_LIVES = ShelfLife()


def _rows(table: str, *rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=pl.Schema(TABLE[table].delivered_schema))


def plan_status(today: date, *, events: tuple[str, ...] = (), document: str | None = None,
                lives: ShelfLife = _LIVES, **plan: object) -> tuple[object, ...]:  # fmt: skip
    plans = _rows("plan", {"plan_id": "p", "municipality_code": "9801", "plan_kind": "dp",
                           "plan_name": "P", "plan_stage": "samrad", **plan})  # fmt: skip
    nothing = TABLE["land_allocation"].empty()
    steps = [{"plan_id": "p", "plan_stage": "samrad", "stage_date": day} for day in events]
    papers = [{"object_id": "p", "document_date": document}]
    found = objects_with_status(
        known_objects.build(plans, nothing),
        plans,
        _rows("plan_stage_event", *steps),
        nothing,
        pl.DataFrame(papers, schema=pl.Schema(TABLE["document"].polars_schema)),
        Clock(today, lives),
    )
    return found.select("status_per", "is_stale", "is_open").row(0)


def test_the_newest_of_own_day_step_and_document_counts():
    today = date(2024, 6, 1)
    assert plan_status(today, stage_date="2022-05")[0] == "2022-05"
    assert plan_status(today, stage_date="2022-05", events=("2023-02-01",))[0] == "2023-02-01"
    assert plan_status(today, stage_date="2022-05", as_of="2024")[0] == "2024"
    assert plan_status(today, stage_date="2022-05", document="2024-01-15")[0] == "2024-01-15"


@pytest.mark.parametrize(
    ("stated", "last_good"),
    [
        ("2020", date(2023, 12, 31)),
        ("2020-02", date(2023, 2, 28)),
        ("2020-02-29", date(2023, 2, 28)),
        ("2020-06-13", date(2023, 6, 13)),
    ],
)
def test_a_date_of_reduced_precision_ages_from_its_last_day(stated: str, last_good: date):
    day_after = date.fromordinal(last_good.toordinal() + 1)
    assert plan_status(last_good, stage_date=stated)[1:] == (False, True)
    assert plan_status(day_after, stage_date=stated)[1:] == (True, False)


def test_a_plan_without_any_date_is_stale_at_once():
    assert plan_status(date(2024, 6, 1)) == (None, True, False)


def test_a_step_that_lies_ahead_has_not_been_seen():
    found = plan_status(date(2024, 6, 1), stage_date="2019-01-01", events=("2025-03",))
    assert found == ("2019-01-01", True, False)


def test_an_adopted_plan_does_not_age():
    found = plan_status(date(2024, 6, 1), plan_stage="laga_kraft", legal_force_date="1998")
    assert found == ("1998", False, False)


def test_a_region_sets_its_own_shelf_lives():
    patient = ShelfLife(plan_years=10)
    assert plan_status(date(2024, 6, 1), stage_date="2019", lives=patient)[1:] == (False, True)


def test_what_is_stale_is_counted_beside_and_never_as_open(world: World):
    region = world.data / "liten" / "region.toml"
    register = world.data / "liten" / "register" / "testverksamhet.csv"
    fresh = world.build().frames
    assert fresh["planning_object"].filter("is_open")["object_id"].to_list() == ["dp-kvarnen"]
    assert fresh["testing_activity"]["is_running"].to_list() == [True]
    region.write_text(region.read_text("utf-8").replace("2024-06-01", "2026-03-01"), "utf-8")
    old = world.build()
    assert old.published.is_new, "the flags are content"
    values = old.frames["indicator_value"].filter(pl.col("unit_kind") == "region")
    number = {
        (row["indicator_id"], row["part"]): row["value"] for row in values.iter_rows(named=True)
    }
    assert not old.frames["open_window"].height
    assert (number["1.8", "oppna:dp"], number["1.8", "okant_lage:dp"]) == (0, 1)
    assert (number["2.1", "alla"], number["2.1", "okant_lage"]) == (0, 1)
    assert number["2.1", "fas:test"] == 0
    assert not world.build().published.is_new
    register.write_text(register.read_text("utf-8-sig").replace(";2023;", ";2025;"), "utf-8-sig")
    assert world.build().frames["testing_activity"]["is_running"].to_list() == [True]


def test_a_real_region_has_no_day_of_its_own(world: World):
    region = world.data / "liten" / "region.toml"
    text = region.read_text("utf-8").replace("is_example = true", "is_example = false")
    region.write_text(text, "utf-8")
    with pytest.raises(SourceError, match="today"):
        load_region("liten")
