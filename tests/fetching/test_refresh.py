"""From an adapter to registers in place: counted, checked, whole; what fails leaves the old."""

import json
from pathlib import Path

import pytest

from pipelines.errors import SourceError
from pipelines.fetching import refresh as running
from pipelines.fetching.delivery import Delivery, last_outcome
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import Source, own_file
from pipelines.fetching.web import Web
from pipelines.model.region import Region
from tests.cli.test_commands import run
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer

SOURCE = """
label = "Provkällan"
adapter = "prov"
address = "{address}/planer"
licence = "CC0"
attribution = "Provkällan"
tables = ["plan", "plan_stage_event"]
"""


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """An adapter as small as one can be."""
    for item in web.get(source.address).json():
        if "namn" not in item:
            out.reject("plan", str(item.get("id")), "Fältet namn saknas.")
            continue
        out.add(
            "plan",
            {
                "plan_id": item["id"], "municipality_code": item.get("kommun", "0126"),
                "plan_kind": "dp", "plan_name": item["namn"], "plan_stage": item["skede"],
            },
        )  # fmt: skip
        if "datum" in item:
            dated = {"plan_id": item["id"], "plan_stage": item["skede"]}
            out.add("plan_stage_event", {**dated, "stage_date": item["datum"]})


@pytest.fixture
def planer(region: Region, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(running, "_adapter", lambda source: deliver)
    file = own_file(region, "prov")
    file.parent.mkdir()
    file.write_text(SOURCE.format(address=server.address), "utf-8")
    return region.registers / "planer_prov.csv"


def items(*ids: str, **more: str) -> str:
    each = [{"id": i, "namn": f"Plan {i}", "skede": "Samråd", **more} for i in ids]
    return json.dumps(each, ensure_ascii=False)


def test_rows_fetched_are_loaded_or_rejected(region: Region, server: FaultServer, planer: Path):
    rows = json.loads(items("a", "b", "c", "d", datum="2026-01-12"))
    rows += [{"id": "utan namn"}, {**rows[0]}, {**rows[0], "id": "e", "kommun": "9999"}]
    server.put("/planer", json.dumps(rows))
    (outcome,) = refresh(region, ["prov"], QUICK)
    assert not outcome.error
    plans, events = outcome.counts["plan"], outcome.counts["plan_stage_event"]
    assert (plans.fetched, plans.loaded, plans.rejected, plans.added) == (7, 4, 3, 4)
    assert (events.fetched, events.loaded) == (6, 4)
    reasons = " ".join(each.reason for each in outcome.rejections)
    assert "Fältet namn saknas." in reasons
    assert "9999" in reasons
    assert planer.read_text("utf-8-sig").count("\n") == 5
    checked = run("check", str(planer), "--region", region.name)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_changed_since_last_time_is_told(region: Region, server: FaultServer, planer: Path):
    server.put("/planer", items("a", "b", "c"), items("b", "c", "d").replace("Plan b", "Plan B"))
    refresh(region, ["prov"], QUICK)
    (outcome,) = refresh(region, ["prov"], QUICK)
    counted = outcome.counts["plan"]
    assert (counted.added, counted.changed, counted.removed) == (1, 1, 1)
    assert last_outcome(region, running.load_sources(region)["prov"]).counts["plan"] == counted


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(status=500), "svarade 500"),
        (Answer('{"broken'), "inte är JSON"),
        (Answer("[]"), "gav 0 rader"),
        (Answer(items("a", "b", "c", "d", "e", "f", kommun="9999")), "6 av 6 rader"),
    ],
    ids=("down", "broken", "empty", "other form"),
)
def test_a_source_that_fails_leaves_the_old(
    region: Region, server: FaultServer, planer: Path, answer: Answer, words: str
):
    server.put("/planer", items("a", "b", "c", "d"), answer)
    refresh(region, ["prov"], QUICK)
    before = planer.read_bytes()
    (outcome,) = refresh(region, ["prov"], QUICK)
    assert words in outcome.error
    assert planer.read_bytes() == before
    assert "(0 dygn) ligger kvar" in outcome.notes[0]
    assert last_outcome(region, running.load_sources(region)["prov"]).age_days == 0
    assert not list(region.registers.glob(".*"))


@pytest.mark.usefixtures("planer")
def test_all_sources_with_a_key_are_asked_and_one_that_fails_stops_no_other(
    region: Region, server: FaultServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("PLANINNOVATION_NGP_KEY", raising=False)
    other = own_file(region, "annan")
    other.write_text(SOURCE.format(address=server.address + "/borta"), "utf-8")
    server.put("/planer", items("a"))
    outcomes = {each.source: bool(each.error) for each in refresh(region, (), QUICK)}
    assert (outcomes["annan"], outcomes["prov"]) == (True, False)
    assert "ngp" not in outcomes


def test_a_loss_that_is_meant_is_delivered(region: Region, server: FaultServer, planer: Path):
    server.put("/planer", items("a", "b", "c", "d"), items("a"))
    refresh(region, ["prov"], QUICK)
    (outcome,) = refresh(region, ["prov"], QUICK, accept_loss=True)
    assert (outcome.error, outcome.counts["plan"].removed) == ("", 3)


@pytest.mark.usefixtures("planer")
def test_one_fetch_at_a_time_and_only_known_sources(region: Region):
    with running._alone(region), pytest.raises(SourceError, match="pågår"):
        refresh(region, ["prov"], QUICK)
    with pytest.raises(SourceError, match="Källan annan finns inte"):
        refresh(region, ["annan"], QUICK)
    listed = run("fetch", "--list", "--region", region.name)
    assert "prov" in listed.stdout
    assert run("fetch", "prov", "--region", "exempel").returncode == 2
