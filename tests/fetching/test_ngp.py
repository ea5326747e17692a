"""Detailed plans of the national geodata platform: shapes as its clients know them."""

import json
from typing import Any

import pytest

from pipelines.fetching.delivery import Outcome
from pipelines.fetching.plans import to_wgs84
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer
from tests.fetching.three_sites import as_pdf

STATUSES = (
    "påbörjad", "samråd", "granskning", "antagen", "överklagad", "tillsyn", "laga kraft", "upphävd",
    "avslutad",
)  # fmt: skip


def plan(number: int, **changes: Any) -> dict[str, Any]:
    """A feature of the search; ``changes`` are of its ``detaljplan``, None leaves a field out."""
    uuid = f"3f1c2a10-{number:04}-4000-8000-000000000001"
    own = {
        "objektidentitet": uuid, "beteckning": f"0126K-P2026/{number}", "namn": f"Prov {number:03}",
        "status": "samråd", "typ": "detaljplan", "datumPaborjat": "2024-05-13",
        "datumStatusforandring": "2026-02-20", "datumLagakraft": None, "nyttFalt": 1, **changes,
    }  # fmt: skip
    ring = [[17.99, 59.2], [18.01, 59.2], [18.01, 59.22], [17.99, 59.2]]
    return {
        "id": uuid, "type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "title": own["namn"], "feature": {"typ": "detaljplan"},
            "providers": [
                {"name": "Huddinge kommun", "kod": "0126", "roles": ["producer"]},
                {"name": "Lantmäteriet", "roles": ["host"]},
            ],
            "detaljplan": {name: value for name, value in own.items() if value != "saknas"},
        },
        "assets": {},
    }  # fmt: skip


def collection(*features: dict[str, Any], **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


@pytest.fixture
def ask(region: Region, server: FaultServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLANINNOVATION_NGP_KEY", "k")
    monkeypatch.setenv("PLANINNOVATION_NGP_SECRET", "s")
    file = own_file(region, "ngp")
    file.parent.mkdir()
    file.write_text(
        f'address = "{server.address}"\n[options]\npage_size = 3\n'
        f'token_address = "{server.address}/token"\n',
        "utf-8",
    )
    server.put("/token", '{"access_token": "t", "scope": "ogc-features:ngp.read"}')

    def run(*pages: str | Answer) -> Outcome:
        server.put("/search", *pages)
        (outcome,) = refresh(region, ["ngp"], QUICK)
        return outcome

    return run


def test_all_nine_statuses_come_with_their_dates_and_documents(
    ask, region: Region, server: FaultServer
):
    features = [plan(n, status=status) for n, status in enumerate(STATUSES)]
    features[6]["properties"]["detaljplan"]["datumLagakraft"] = ["2025-01-01", "2026-02-21"]
    for role, name in (("planbeskrivning", "pb"), ("grundkarta", "gk")):
        href = server.put(
            f"/asset/{name}", Answer(status=303, headers={"Location": f"/fil/{name}"})
        )
        features[1]["assets"][name] = {"href": href, "title": "Planbeskrivning", "roles": [role]}
    sent = {"Content-Disposition": 'attachment; filename="Planbeskrivning.pdf"'}
    server.put("/fil/pb", Answer(as_pdf(["Planbeskrivning", "2026-01-12"]), headers=sent))
    follow = {"rel": "next", "method": "POST", "merge": True, "body": {"afterId": "x"}}
    outcome = ask(
        collection(*features[:3], links=[follow]), collection(*features[3:6]),
        collection(*features[6:]), collection(),
    )  # fmt: skip
    assert outcome.error == ""
    counted = outcome.counts["plan"]
    assert (counted.fetched, counted.loaded) == (9, 9)
    text = (region.registers / "planer_ngp.csv").read_text("utf-8-sig")
    assert "Bara planer som påbörjats efter 2021" in outcome.notes[0]
    assert "2026-02-21" in text
    assert outcome.counts["plan_stage_event"].loaded == 8
    assert outcome.counts["document"].loaded == 1
    (file,) = region.inbox.rglob("*.pdf")
    assert file.name == "Planbeskrivning.pdf"
    bodies = [json.loads(a.body) for a in server.asked if a.path.startswith("/search")]
    assert [b.get("afterId") for b in bodies] == [None, "x", features[5]["id"], features[8]["id"]]
    assert all(
        a.headers["authorization"] == "Bearer t" for a in server.asked if "/search" in a.path
    )
    assert not any("grundkarta" in path or "gk" in path for path in server.paths())
    raw = [f.read_text("utf-8") for f in (region.folder / "hamtat/ngp/ra").iterdir()]
    assert not any("access_token" in each for each in raw)


def test_what_does_not_fit_is_named_and_the_rest_is_delivered(ask):
    neighbour = plan(5)
    neighbour["properties"]["providers"][0]["kod"] = "0127"
    far = plan(6)
    far["geometry"] = {"type": "Point", "coordinates": [11.9, 57.7]}
    outcome = ask(
        collection(plan(1), plan(2), plan(2)),
        collection(plan(3, status="utställning"), plan(4, namn="saknas"), neighbour),
        collection(plan(8), plan(9), plan(10)),
        collection(far, plan(7, datumStatusforandring="2019-01-01", datumPaborjat=None)),
    )
    counted = outcome.counts["plan"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (9, 5, 4)
    reasons = [each.reason for each in outcome.rejections]
    assert "två gånger" in reasons[0]
    assert "Okänt värde 'utställning'" in reasons[1]
    assert "'påbörjad'" in reasons[1]
    assert reasons[2] == "Fältet properties.detaljplan.namn saknas."
    assert "utanför regionens karta" in reasons[3]
    assert "1 planer ligger i andra kommuner inom kartans ram." in outcome.notes


def test_a_plan_that_a_register_has_is_not_doubled(ask, region: Region):
    (region.registers / "planer.csv").write_text(
        "Plan-id;Kommunkod;Planslag;Plannamn;Diarienummer;Skede;Skedesdatum\n"
        "dp-1;0126;Detaljplan;Detaljplan för Prov 001;KS 2024/1;Program;2024-06\n"
        "dp-2;0126;Detaljplan;Annat namn;0126K-P2026/2;Samråd;2026-02-20\n",
        "utf-8",
    )
    outcome = ask(collection(plan(1), plan(2)))
    counted = outcome.counts["plan"]
    assert (outcome.error, counted.fetched, counted.loaded) == ("", 2, 0)
    assert "dp-1. Registret: Program 2024-06; källan: Samråd 2026-02-20" in (
        outcome.rejections[0].reason
    )
    assert outcome.rejections[1].reason == "Finns redan i registret som dp-2."


def test_places_in_sweref_are_told_and_moved(ask, region: Region):
    moved = plan(1)
    moved["geometry"] = {"type": "Point", "coordinates": [674032, 6580822]}
    outcome = ask(collection(moved))
    assert "1 lägen kom i SWEREF 99 TM och räknades om till WGS 84." in outcome.notes
    (feature,) = json.loads((region.folder / "hamtat/ngp/lagen.geojson").read_text())["features"]
    assert feature["geometry"]["coordinates"] == pytest.approx([18.0592, 59.3302], abs=1e-4)
    akalla = to_wgs84({"type": "Point", "coordinates": [144995.75, 6588920.60]}, "EPSG:3011")
    assert akalla is not None
    assert akalla["coordinates"] == pytest.approx([17.9119, 59.4152], abs=1e-4)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Answer('{"code":"900902","message":"Missing Credentials"}', status=401), "nyckeln saknas"),
        (Answer('{"type":"Feature"}'), "annan form"),
        (Answer(collection()), "gav 0 rader"),
        (Answer(collection(plan(1), plan(2), plan(3))), "bläddringen tar aldrig slut"),
        (Answer("<html>"), "inte är JSON"),
    ],
    ids=("401", "envelope", "empty", "endless", "broken"),
)
def test_a_page_of_another_form_changes_nothing(ask, region: Region, page: Answer, words: str):
    ask(collection(plan(1), plan(2)))
    before = (region.registers / "planer_ngp.csv").read_bytes()
    outcome = ask(page)
    assert words in outcome.error
    assert (region.registers / "planer_ngp.csv").read_bytes() == before


def test_without_a_key_nothing_is_asked(region: Region, server: FaultServer):
    (outcome,) = refresh(region, ["ngp"], QUICK)
    assert "PLANINNOVATION_NGP_KEY" in outcome.error
    assert not server.asked
