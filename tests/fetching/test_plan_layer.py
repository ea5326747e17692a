"""Plans of municipal map services and files, by a mapping that a sample proposes."""

import json
import struct
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import pytest

from pipelines.fetching.delivery import Outcome
from pipelines.fetching.plan_layer import day_of
from pipelines.fetching.propose import propose, save
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from tests.cli.test_commands import run
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer

ROWS = [
    ("Hamnkvarteret", "Samråd", "KS 2025/0101", "20260220"),
    ("Lärkbacken 2", "Vunnit laga kraft", "KS 2020/7", "2021-03-04T00:00:00Z"),
    ("Åkervägen", "Uppdrag", "KS 2025/0102", ""),
]
PLACE = {
    "EPSG:3011": [[147000, 6568000], [147100, 6568000], [147100, 6568100], [147000, 6568000]],
    "EPSG:4326": [[17.95, 59.24], [17.96, 59.24], [17.96, 59.25], [17.95, 59.24]],
}
MAPPING = """
label = "Planer i provkommunen"
adapter = "plan_layer"
address = "{address}"
licence = "okänd"
attribution = "Kommunen"
tables = ["plan"]
[options]
municipality = "0126"
format = "{form}"
layer = "planer"
page_size = 2
crs = "EPSG:3011"
[options.columns]
name = "plannamn"
stage = "planskede"
case_number = "diarienr"
legal_force_date = "laga"
"""


def page(rows: list[tuple[str, ...]], crs: str, **more: Any) -> str:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [PLACE.get(crs, PLACE["EPSG:3011"])]},
            "properties": dict(
                zip(("plannamn", "planskede", "diarienr", "laga"), row, strict=True)
            ),
        }
        for row in rows
    ]
    named = {
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs.replace(':', '::')}"}}
    }
    return json.dumps({"type": "FeatureCollection", "features": features, **named, **more})


def geopackage(file: Path) -> None:
    names = ("plannamn", "planskede", "diarienr", "laga")
    columns = {name: [row[i] for row in ROWS] for i, name in enumerate(names)}
    point = struct.pack("<BIdd", 1, 1, *PLACE["EPSG:3011"][0])
    table = pa.table({**columns, "geom": pa.array([point] * len(ROWS), pa.binary())})
    pyogrio.write_arrow(
        table, file, layer="planer", driver="GPKG", geometry_name="geom", geometry_type="Point",
        crs="EPSG:3011",
    )  # fmt: skip


@pytest.fixture
def layer(region: Region, server: FaultServer):
    own_file(region, "x").parent.mkdir()

    def fetch(form: str, address: str, extra: str = "") -> Outcome:
        record = MAPPING.format(address=address, form=form) + extra
        own_file(region, "provplaner").write_text(record, "utf-8")
        (outcome,) = refresh(region, ["provplaner"], QUICK)
        return outcome

    return fetch


def serve(form: str, region: Region, server: FaultServer) -> tuple[str, str]:
    """Put the three plans in a service or file; return format and address."""
    if form == "wfs":
        first = page(ROWS[:2], "EPSG:3011", numberMatched=3)
        return "wfs", server.put("/wfs", first, page(ROWS[2:], "EPSG:3011", numberMatched=3))
    if form == "arcgis":
        first = page(ROWS[:2], "EPSG:4326", properties={"exceededTransferLimit": True})
        server.put("/arcgis/FeatureServer/0/query", first, page(ROWS[2:], "EPSG:4326"))
        return "arcgis", f"{server.address}/arcgis/FeatureServer/0"
    if form == "gpkg":
        geopackage(region.folder / "planer.gpkg")
        return "file", "planer.gpkg"
    if form == "geojson":
        return "file", server.put("/planer.geojson", page(ROWS, "EPSG:3011", name="planer"))
    lines = [";".join(("plannamn", "planskede", "diarienr", "laga")), *map(";".join, ROWS)]
    return "file", server.put("/planer.csv", "\n".join(lines).encode("cp1252"))


@pytest.mark.parametrize("form", ["wfs", "arcgis", "gpkg", "geojson", "csv"])
def test_every_form_gives_the_same_plans(layer, region: Region, server: FaultServer, form: str):
    outcome = layer(*serve(form, region, server))
    assert outcome.error == ""
    assert (outcome.counts["plan"].fetched, outcome.counts["plan"].loaded) == (3, 3)
    lines = (region.registers / "planer_provplaner.csv").read_text("utf-8-sig").splitlines()
    assert [";".join(line.split(";")[:8]) for line in lines[1:]] == [
        "0126-provplaner-ks-2020-7;0126;dp;Lärkbacken 2;KS 2020/7;laga_kraft;Vunnit laga kraft;",
        "0126-provplaner-ks-2025-0101;0126;dp;Hamnkvarteret;KS 2025/0101;samrad;Samråd;",
        "0126-provplaner-ks-2025-0102;0126;dp;Åkervägen;KS 2025/0102;planuppdrag;Uppdrag;",
    ]
    assert "2021-03-04" in lines[1]
    if form != "csv":
        places = json.loads((region.folder / "hamtat/provplaner/lagen.geojson").read_text("utf-8"))
        west = [str(each["geometry"]["coordinates"])[:9] for each in places["features"]]
        assert all("17.9" in each for each in west)


def test_unknown_words_and_rows_without_a_name_are_named(layer, server: FaultServer):
    good = [(f"Plan {n:02}", "Samråd", f"KS {n}", "") for n in range(6)]
    rows = [*good, ("Å", "Pausad", "KS 9", ""), ("", "Samråd", "KS 8", ""), good[0]]
    outcome = layer("file", server.put("/p.geojson", page(rows, "EPSG:3011", name="planer")))
    counted = outcome.counts["plan"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (9, 6, 3)
    reasons = " ".join(each.reason for each in outcome.rejections)
    assert "Pausad" in reasons
    assert "inget namn" in reasons
    mapped = layer(
        "file", server.put("/p.geojson", page(rows, "EPSG:3011", name="planer")),
        '[options.stages]\n"pausad" = "avbruten"\n',
    )  # fmt: skip
    assert mapped.counts["plan"].loaded == 7


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("<Exception><ExceptionText>Unknown layer</ExceptionText>"), "Unknown layer"),
        (Answer('{"error": {"code": 400, "message": "Invalid query"}}'), "Invalid query"),
        (page(ROWS[:2], "EPSG:3011"), "samma sida"),
        (page([*ROWS, *ROWS], "EPSG:3006", numberMatched=6), "6 av 6 rader"),
        (page(ROWS, "EPSG:3011", numberMatched=3).replace("plannamn", "namn"), "gav 0 rader"),
    ],
    ids=("no layer", "error", "no paging", "wrong place", "other columns"),
)
def test_a_layer_of_another_form_changes_nothing(
    layer, region: Region, server: FaultServer, answer: Answer, words: str
):
    layer(*serve("geojson", region, server))
    before = (region.registers / "planer_provplaner.csv").read_bytes()
    outcome = layer("wfs", server.put("/wfs", answer))
    assert words in outcome.error
    assert (region.registers / "planer_provplaner.csv").read_bytes() == before


def test_a_sample_proposes_a_mapping_that_a_person_completes(region: Region, server: FaultServer):
    rows = [*ROWS, ("Pelargonen", "Vilande", "KS 5", "")]
    address = server.put("/planer.geojson", page(rows, "EPSG:3011", name="planer"))
    text = propose(region, address, "0126", limits=QUICK)
    assert 'name = "plannamn"' in text
    assert 'legal_force_date = "laga"' not in text  # a name that says too little is left to people
    assert "# oanvänd: laga" in text
    assert '"Vilande" = ""' in text
    assert '"Vunnit laga kraft" = "laga_kraft"' in text
    save(region, "prov", text)
    (refused,) = refresh(region, ["prov"], QUICK)
    assert "säger inte vad ”Vilande” betyder" in refused.error
    own_file(region, "prov").write_text(text.replace('"Vilande" = ""', '"Vilande" = "avbruten"'))
    (outcome,) = refresh(region, ["prov"], QUICK)
    assert (outcome.error, outcome.counts["plan"].loaded) == ("", 4)
    again = run(
        "source", "propose", address, "--region", region.name, "--municipality", "0126",
        "--name", "prov",
    )  # fmt: skip
    assert again.returncode == 2
    assert "prov.toml finns redan" in again.stderr


def test_days_as_services_write_them():
    texts = ("2026-02-20T00:00:00Z", "20260220", "1771545600000", "2026-02", "")
    assert [day_of(text) for text in texts] == [*["2026-02-20"] * 3, "2026-02", ""]
