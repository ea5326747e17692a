"""The fictional region is whole: its registers load, and they agree with its texts."""

import json

import polars as pl
import pytest

from pipelines.example.blocks import parse_body
from pipelines.example.source import read_source
from pipelines.model.region import load_region, map_extent
from pipelines.model.tables import REGISTERS, TABLE
from pipelines.sources.deliveries import collect
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import load_register


@pytest.fixture(scope="module")
def region():
    return load_region("exempel")


@pytest.fixture(scope="module")
def loaded(region):
    """Every register, in the order and with the references of a build, and all deliveries."""
    known, frames, deliveries = {}, {}, []
    delivered = collect((region.registers,))
    assert not delivered.issues
    assert not delivered.unreadable
    for table in REGISTERS:
        files = delivered.tables.get(table.name, [])
        frames[table.name], found = load_register(table, files, known, map_extent(region))
        deliveries += found
        if files:
            known[table.name] = frozenset(frames[table.name][table.key[0]])
    return frames, deliveries, known


@pytest.fixture(scope="module")
def sources(region):
    return [read_source(text) for text in sorted(region.texts.glob("*/*.md"))]


def test_no_row_is_rejected_or_warned_about(loaded):
    _, deliveries, _ = loaded
    # Summaries of real documents and open statistics are what a fictional region cannot have.
    expected = {table.name for table in REGISTERS} - {
        "summary_passage",
        "reference_figure",
    }
    assert {delivery.table_name for delivery in deliveries} == expected
    assert [issue.sentence() for delivery in deliveries for issue in delivery.issues] == []


def test_every_row_says_that_it_is_invented(loaded):
    frames, _, _ = loaded
    for name, frame in frames.items():
        if "certainty" in TABLE[name].delivered:
            assert set(frame["certainty"]) <= {"example"}, name


def test_places_lie_in_their_municipality(region, loaded):
    frames, _, _ = loaded
    area = json.loads((region.folder.parent / region.map_file).read_text(encoding="utf-8"))
    boxes = {}
    for feature in area["features"]:
        lons, lats = zip(*feature["geometry"]["coordinates"][0], strict=True)
        boxes[feature["properties"]["kommun_kod"]] = (min(lons), max(lons), min(lats), max(lats))
    assert set(boxes) == set(frames["municipality"]["municipality_code"])
    places = frames["testing_activity"].select("activity_id", "municipality_code", "lon", "lat")
    for activity, code, lon, lat in places.rows():
        west, east, south, north = boxes[code]
        assert west <= lon <= east, activity
        assert south <= lat <= north, activity


def test_stages_come_in_order_and_end_where_the_plan_stands(loaded):
    frames, _, _ = loaded
    last = frames["plan_stage_event"].group_by("plan_id", maintain_order=True).agg(
        pl.col("stage_date").is_sorted().alias("in_order"), pl.all().last()
    )  # fmt: skip
    assert last["in_order"].all()
    plans = frames["plan"].join(last, on="plan_id", suffix="_event")
    assert plans.height == frames["plan"].height
    assert (plans["plan_stage"] == plans["plan_stage_event"]).all()
    assert (plans["stage_date"] == plans["stage_date_event"]).all()


def test_parents_of_plans_exist(loaded):
    frames, _, _ = loaded
    plans = frames["plan"]
    for column in ("parent_plan_id", "replaces_plan_id"):
        assert set(plans[column].drop_nulls()) <= set(plans["plan_id"])


def test_weights_of_criteria_make_a_hundred(loaded):
    frames, _, _ = loaded
    allocations = frames["land_allocation"].drop_nulls("criteria_weights")
    for allocation, weights in allocations.select("allocation_id", "criteria_weights").rows():
        assert sum(int(weight.rsplit(":", 1)[1]) for weight in weights) == 100, allocation


def test_the_document_register_agrees_with_the_texts(loaded, sources):
    frames, _, _ = loaded
    written = {
        (
            source.id,
            source.kommunkod,
            source.plan_id,
            source.slag,
            source.titel,
            source.skede,
            source.datum.isoformat(),
            source.fil,
            source.diarienummer,
        )
        for source in sources
    }
    registered = frames["document"].select(
        "document_id",
        "municipality_code",
        "object_id",
        "document_kind",
        "document_title",
        "document_stage",
        "document_date",
        "file_name",
        "case_number",
    )
    assert set(registered.rows()) == written
    objects = {*frames["plan"]["plan_id"], *frames["land_allocation"]["allocation_id"]}
    assert set(frames["document"]["object_id"]) <= objects


def test_every_text_can_be_set(sources):
    for source in sources:
        assert len(parse_body(source, numbered=True)) > 10


def test_the_faulty_delivery_has_five_kinds_of_errors(region, loaded):
    _, _, known = loaded
    file = region.folder / "fel" / "markanvisningar_med_fel.csv"
    _, [delivery] = load_register(TABLE["land_allocation"], read_tables(file), known)
    # a date and an area that cannot be read do not cost their rows
    assert (delivery.rows_in, delivery.rows_loaded) == (12, 9)
    assert {issue.rule for issue in delivery.issues} == {
        "okand_koppling",
        "fel_datum",
        "dubblett",
        "okand_kod",
        "fel_tal",
    }
