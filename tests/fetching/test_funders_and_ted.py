"""Research funders and TED: activities and procurements, matched by number and never doubled."""

import json
from typing import Any

import polars as pl
import pytest

from pipelines.fetching.delivery import Outcome
from pipelines.fetching.organisations import Municipalities, organisation_kind
from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer


def rows_of(region: Region, file: str) -> list[dict[str, Any]]:
    return pl.read_csv(region.registers / file, separator=";", infer_schema=False).to_dicts()


def reasons(outcome: Outcome) -> str:
    return " ".join(f"{each.what}: {each.reason}" for each in outcome.rejections)


# Funders ------------------------------------------------------------------------------------------


def activity(number: int, *parties: str, **changes: Any) -> dict[str, Any]:
    """An activity; the first party leads it."""
    organisations = [
        {"namn": name, "organisationsnummer": None, "roll": "Part" if place else "Koordinator"}
        for place, name in enumerate(parties or ("Huddinge kommun", "Exempel AB"))
    ]
    return {
        "diarienummer": f"2025-{number:05}", "titel": f"Testbädd nummer {number}",
        "status": "Pågående",
        "startdatum": "2025-11-01", "slutdatum": "2027-10-31", "finansiarNamn": "Vinnova",
        "organisationer": organisations, "personer": [{"namn": "Någon"}], **changes,
    }  # fmt: skip


@pytest.fixture
def vinnova(region: Region, server: FaultServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PLANINNOVATION_VINNOVA_KEY", "nyckel")
    head = "finansiarNamn;ansokanDiarienummer;organisationNamn;organisationTyp\n"
    line = '"Vinnova";"2025-00001";"Exempel AB";"Företag"\n"Vinnova";"2025-00002";"X";"Okänd typ"\n'
    server.put("/1a.csv", (head + line).encode("utf-16"))
    file = own_file(region, "vinnova")
    file.parent.mkdir()
    file.write_text(
        f'address = "{server.address}"\n[options]\npage_size = 2\n'
        f'organisations = "{server.address}/1a.csv"\n',
        "utf-8",
    )

    def run(*pages: list[dict[str, Any]] | Answer | str) -> Outcome:
        answers = [json.dumps(each) if isinstance(each, list) else each for each in pages]
        server.put("/finansieradeaktiviteter", *answers)
        (outcome,) = refresh(region, ["vinnova"], QUICK)
        return outcome

    return run


def test_activities_of_municipalities_are_delivered_without_persons(
    vinnova, region: Region, server: FaultServer
):
    outcome = vinnova(
        [
            activity(1),
            activity(2, "KTH", "Stockholms stad, exploateringskontoret", status="Avslutat"),
        ],
        [activity(3, "Nacka kommun")],
    )
    assert outcome.error == ""
    first, second = rows_of(region, "testverksamhet_vinnova.csv")
    assert (first["Test-id"], first["Kommunkod"], first["Fas"]) == (
        "vinnova-2025-00001", "0126", "test",
    )  # fmt: skip
    assert (first["Slag av partner"], second["Kommunkod"], second["Fas"]) == (
        "foretag", "0180", "avslutad",
    )  # fmt: skip
    assert "Någon" not in (region.registers / "testverksamhet_vinnova.csv").read_text("utf-8-sig")
    assert "Okänd typ" in " ".join(outcome.notes)
    assert "1 aktiviteter utan" in " ".join(outcome.notes)
    asked = [each for each in server.asked if "aktiviteter" in each.path]
    assert ["offset=0" in asked[0].path, "offset=2" in asked[1].path] == [True, True]
    assert asked[0].headers["authorization"] == "nyckel"


def test_activities_that_cannot_be_used_are_named(vinnova, region: Region):
    (region.registers / "testverksamhet.csv").write_text(
        "test_id;testverksamhet;kommunkod;slag_av_test;fas;anmarkning\n"
        "ta-1;Vår testbädd;0126;testbadd;test;Vinnova 2025-00003\n",
        "utf-8",
    )
    both = ("RISE", "Huddinge kommun", "Stockholms stad")
    outcome = vinnova(
        [activity(1), activity(1)],
        [activity(2, status="Vilande"), activity(3)],
        [activity(4, *both), activity(5)],
        [activity(6)],
    )
    words = reasons(outcome)
    assert "två gånger" in words
    assert "Okänt värde 'Vilande'" in words
    assert "Finns redan i registret som ta-1" in words
    assert "Flera kommuner" in words
    counted = outcome.counts["testing_activity"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (7, 3, 4)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ('{"fel": "slut"}', "ingen lista"),
        ("[", "inte är JSON"),
        (Answer(status=401), "401"),
        (Answer(status=403), "403"),
    ],
)
def test_a_funder_that_answers_otherwise_stops(vinnova, page: str | Answer, words: str):
    assert words in vinnova(page).error


# TED ----------------------------------------------------------------------------------------------


def notice(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "publication-number": f"{number}-2026", "publication-date": "2026-08-21+02:00",
        "notice-type": "can-standard", "procedure-type": "open",
        "procedure-identifier": f"forfarande-{number}",
        "notice-title": {"eng": "Paving", "swe": "Cirkulär gatusten"},
        "buyer-name": {"swe": ["Huddinge kommun"]}, "buyer-identifier": ["212000-0068"],
        "place-of-performance": ["SE110"], "classification-cpv": ["73000000"],
        "strategic-procurement-lot": ["none"], "winner-name": {"swe": ["Liten AB"]},
        "winner-size": ["small"], "tender-value": ["1200000"], "tender-value-cur": ["SEK"],
        **changes,
    }  # fmt: skip


def found(*notices: dict[str, Any], total: int, token: str | None = None) -> str:
    return json.dumps({"notices": notices, "totalNoticeCount": total, "iterationNextToken": token})


@pytest.fixture
def ted(region: Region, server: FaultServer):
    file = own_file(region, "ted")
    file.parent.mkdir()
    file.write_text(f'address = "{server.address}/search"\n', "utf-8")

    def run(*pages: str | Answer) -> Outcome:
        server.put("/search", *pages)
        (outcome,) = refresh(region, ["ted"], QUICK)
        return outcome

    return run


def test_procurements_are_coded_by_procedure_and_aim(ted, region: Region, server: FaultServer):
    partnership = notice(1, **{"procedure-type": "innovation"})
    new = notice(
        2, **{"innovative-acquisition-lot": ["mar-nov"], "winner-size": ["small", "large"]}
    )
    state = notice(
        3, **{"buyer-name": "Trafikverket", "buyer-identifier": "202100-6297", "winner-name": None,
              "winner-size": [], "tender-value": ["1", "2"], "strategic-procurement-lot": None},
    )  # fmt: skip
    outcome = ted(found(partnership, new, total=3, token="mer"), found(state, total=3))
    assert outcome.error == ""
    rows = rows_of(region, "upphandlingar_ted.csv")
    columns = ("Slag av upphandling", "Kommunkod", "Slag av köpare", "Leverantör SMF", "Värde")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("innovationspartnerskap", "0126", "kommun", "ja", "1200000"),
        ("innovationsupphandling", "0126", "kommun", None, "1200000"),
        ("ordinary", None, "stat", None, None),
    ]
    assert rows[0]["Upphandling"] == "Cirkulär gatusten"
    bodies = [json.loads(each.body) for each in server.asked]
    assert "place-of-performance=SE110" in bodies[0]["query"]
    assert bodies[1]["iterationNextToken"] == "mer"
    assert "har 2 en namngiven leverantör" in " ".join(outcome.notes)


def test_notices_of_one_procurement_count_once_and_what_is_odd_is_named(ted, region: Region):
    (region.registers / "upphandlingar.csv").write_text(
        "upphandling_id;kopare;upphandling;slag_av_upphandling;kalla\n"
        "up-1;Huddinge kommun;Gatusten;ordinary;https://ted.europa.eu/sv/notice/-/detail/5-2026\n",
        "utf-8",
    )
    announced = notice(4, **{"notice-type": "cn-standard", "publication-date": "2026-09-01+02:00"})
    outcome = ted(
        found(
            announced,
            notice(6, **{"procedure-identifier": "forfarande-4"}),
            notice(5),
            notice(7, **{"strategic-procurement-lot": ["inn-new"]}),
            notice(8, **{"buyer-name": None}),
            notice(9),
            notice(10),
            total=7,
        )
    )
    words = reasons(outcome)
    assert "4-2026: Samma upphandling som 6-2026" in words
    assert "Finns redan i registret som up-1" in words
    assert "inn-new" in words
    assert "buyer-name" in words
    counted = outcome.counts["procurement"]
    assert (counted.fetched, counted.loaded, counted.rejected) == (7, 3, 4)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (found(total=3), "lovade 3 annonser"),
        ('{"message": "unknown field"}', "har en annan form"),
        (Answer(status=400), "400"),
    ],
)
def test_ted_that_gives_less_or_another_form_stops(ted, page: str | Answer, words: str):
    assert words in ted(page).error


def test_organisations_are_known_by_name_and_number():
    places = Municipalities(
        pl.DataFrame(
            {"municipality_code": ["0180", "0123"], "municipality_name": ["Stockholm", "Järfälla"]}
        )
    )
    assert places.code("Stockholms stad, exploateringskontoret") == "0180"
    assert places.code("Järfälla kommun") == "0123"
    assert places.code("Stockholms läns landsting") == ""
    kinds = [("Kungliga Tekniska högskolan", "202100-3054"), ("Trafikverket", "202100-6297"),
             ("Exempel AB", "556000-0000"), ("Föreningen", "")]  # fmt: skip
    assert [organisation_kind(*each) for each in kinds] == ["akademi", "stat", "foretag", ""]
