"""Kolada and Statistics Sweden: figures and inhabitants, in the shapes of their clients."""

import json
from typing import Any

import polars as pl
import pytest

from pipelines.fetching.delivery import Outcome
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from pipelines.tables.municipality import with_newest_inhabitants
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer

KPI = "N07926"


def describe(region: Region, name: str, text: str) -> None:
    file = own_file(region, name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")


def year(code: str, period: int, *values: dict[str, Any], kpi: str = KPI) -> dict[str, Any]:
    return {"kpi": kpi, "municipality": code, "period": period, "values": list(values)}


def total(value: float | None, **more: Any) -> dict[str, Any]:
    return {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False, **more}


def page(*values: dict[str, Any], **more: Any) -> str:
    return json.dumps({"count": len(values), "values": values, "next_url": None, **more})


@pytest.fixture
def kolada(region: Region, server: FaultServer):
    describe(
        region, "kolada",
        f'address = "{server.address}"\n[options]\nfigures = {{ {KPI} = "månader" }}\n',
    )  # fmt: skip
    server.put(f"/kpi/{KPI}", page({"id": KPI, "title": "Mediantid till antagande", "ny": 1}))

    def run(*pages: str | Answer) -> Outcome:
        server.put(f"/data/kpi/{KPI}/municipality/0126,0180,0000", *pages)
        (outcome,) = refresh(region, ["kolada"], QUICK)
        return outcome

    return run


def delivered(region: Region, file: str) -> pl.DataFrame:
    return pl.read_csv(region.registers / file, separator=";", infer_schema=False)


def test_years_of_a_figure_come_in_order_over_pages_and_the_total_is_taken(
    kolada, region: Region, server: FaultServer
):
    women = {"gender": "K", "value": 99.0}
    more = f"{server.address}/mer"
    server.put(
        "/mer",
        page(year("0126", 2019, total(22.0)), year("0126", 2017, total(70)), next_page=None),
    )
    outcome = kolada(
        page(
            year("0126", 2025, women, total(38.5)),
            year("0180", 2025, total(None, status="Missing")),
            year("0180", 2023, total(41, isdeleted=True)),
            year("0000", 2025, total(29)),
            next_url=more,
        )
    )
    assert outcome.error == ""
    rows = delivered(region, "jamforelsetal_kolada.csv")
    assert rows.select("Gäller för", "Period", "Tal", "Talens enhet").rows() == [
        ("Riket", "2025", "29", "månader"),
        ("Huddinge", "2019, 2025", "22; 38,5", "månader"),
    ]
    assert "Inga värden för Stockholm" in " ".join(outcome.notes)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (year("0126", 2025, {"gender": "X", "value": 1}), "Okänt värde 'X'"),
        ({"kpi": KPI, "municipality": "0126", "values": []}, "Fältet period saknas"),
        (year("0114", 2025, total(1)), "ingen frågat efter"),
        (year("0180", 2025, total(41)), "två gånger"),
    ],
)
def test_what_does_not_fit_is_named(kolada, item: dict[str, Any], reason: str):
    outcome = kolada(page(year("0180", 2025, total(41)), item, year("0000", 2025, total(1))))
    assert [each.reason for each in outcome.rejections if reason in each.reason]
    counted = outcome.counts["reference_figure"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (3, 2, 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page(), "Inga värden"),
        ('{"antal": 3}', "har en annan form"),
        ("{", "inte är JSON"),
        (Answer(status=410), "410"),
    ],
)
def test_an_empty_reply_is_said_and_another_form_stops(kolada, answer: str | Answer, words: str):
    outcome = kolada(answer)
    assert words in " ".join([*outcome.notes, outcome.error])


def test_a_figure_that_a_person_has_registered_is_not_doubled(kolada, region: Region):
    (region.registers / "jamforelsetal.csv").write_text(
        "jamforelsetal_id;jamforelsetal;galler_for;kommunkod;tal\n"
        f"egen-1;Plantid (Kolada {KPI});Huddinge;0126;22\n",
        "utf-8",
    )
    outcome = kolada(page(year("0126", 2025, total(38.5))))
    assert [(e.reason, e.is_fault) for e in outcome.rejections] == [
        ("Finns redan i registret som egen-1.", False)
    ]


CUBE: dict[str, Any] = {
    "version": "2.0", "class": "dataset", "label": "Folkmängd", "id": ["Region", "Tid"],
    "size": [2, 1], "value": [114500, 999200], "status": {},
    "dimension": {
        "Region": {"category": {"index": {"0180": 1, "0126": 0}}},
        "Tid": {"category": {"index": ["2025"]}},
    },
}  # fmt: skip


@pytest.fixture
def scb(region: Region, server: FaultServer):
    describe(region, "scb", f'address = "{server.address}"\n')

    def run(**changes: Any) -> Outcome:
        server.put("/tables/TAB638/data", json.dumps({**CUBE, **changes}))
        (outcome,) = refresh(region, ["scb"], QUICK)
        return outcome

    return run


def test_inhabitants_replace_an_older_number_and_no_newer_one(
    scb, region: Region, server: FaultServer
):
    assert scb().error == ""
    asked = server.asked[-1].path
    assert "valueCodes[Region]=0126%2C0180" in asked
    assert "valueCodes[Tid]=top%281%29" in asked
    rows = delivered(region, "jamforelsetal_scb.csv")
    figures = pl.DataFrame(
        {
            "figure_id": rows["Jämförelsetal-id"],
            "municipality_code": rows["Kommunkod"],
            "figure_values": rows["Tal"].str.split("; "),
            "figure_period": rows["Period"],
        }
    )
    before = pl.DataFrame(
        {
            "municipality_code": ["0126", "0180", "0114"],
            "population": [1, 2, 3],
            "population_year": [2017, 2026, None],
        },
        schema_overrides={"population": pl.Int64, "population_year": pl.Int64},
    )
    after = with_newest_inhabitants(before, figures)
    assert after.rows() == [("0126", 114500, 2025), ("0180", 2, 2026), ("0114", 3, None)]


def test_a_value_that_is_missing_is_named(scb):
    outcome = scb(value=[None, 999200])
    assert [each.what for each in outcome.rejections] == ["Huddinge"]
    assert outcome.counts["reference_figure"].loaded == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"size": [2, 2], "value": [1, 2, 3, 4]},
        {"value": [1]},
        {"id": ["Omrade", "Tid"]},
        {"version": "1.0"},
    ],
)
def test_a_cube_of_another_form_stops(scb, changes: dict[str, Any]):
    outcome = scb(**changes)
    assert outcome.error
    assert not outcome.counts
