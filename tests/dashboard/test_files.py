"""Stable addresses give what the page gives, for the current edition or a named one."""

import csv
import hashlib
import io

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.database import current_edition
from dashboard.web.routes import ROUTES
from pipelines.model.region import EXAMPLE_MARK
from pipelines.model.tables import TABLE


@pytest.fixture
def client(built, monkeypatch):
    for name, value in built.environment().items():
        monkeypatch.setenv(name, value)
    return TestClient(Starlette(routes=ROUTES))


def rows(text: str, separator: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def test_all_addresses_that_are_listed_answer(client):
    listed = client.get("/filer").json()["regioner"]
    assert {each["region"] for each in listed} == {"liten", "stockholm"}
    for region in listed:
        told = client.get(f"/{region['adress']}").json()
        for table in told["tabeller"] + told["indikatorer"]:
            answer = client.get(f"/{table['adress']}")
            assert answer.status_code == 200
            assert len(rows(answer.text, ",")) == table["rader"]
            assert client.get(f"/{table['kolumner']}").json()["url"]
        for address in told["metadata"] + told["utgavor"]:
            assert client.get(f"/{address}").status_code == 200


def test_what_is_served_has_the_checksums_that_are_served(client):
    edition = current_edition("liten").stem
    for base in ("/filer/liten", f"/filer/liten/utgava/{edition}"):
        listed = dict(
            line.split("  ")[::-1] for line in client.get(f"{base}/SHA256SUMS").text.splitlines()
        )
        assert {"planer.parquet", "indikatorer/1.1.json", "dcat.ttl"} < set(listed)
        for name in ("planer.csv", "planer.parquet", "indikatorer/1.1.json", "datapackage.json"):
            found = client.get(f"{base}/{name}")
            assert hashlib.sha256(found.content).hexdigest() == listed[name]


def test_codes_stay_text_and_the_dialects_differ(client):
    standard = client.get("/filer/stockholm/kommuner.csv")
    excel = client.get("/filer/stockholm/kommuner.csv?form=excel")

    assert standard.text.startswith("kommunkod,")
    assert "0180" in {row["kommunkod"] for row in rows(standard.text, ",")}
    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert excel.content.decode("utf-8-sig").startswith("Kommunkod;")


def test_a_fictional_region_says_so_in_name_and_on_every_row(client):
    answer = client.get("/filer/liten/planer.csv")

    assert 'filename="exempeldata_planer_' in answer.headers["content-disposition"]
    assert {row["exempeldata"] for row in rows(answer.text, ",")} == {EXAMPLE_MARK}
    assert client.get("/filer/liten/planer.json").json()["exempeldata"] == EXAMPLE_MARK


def test_a_named_edition_stays_and_an_unchanged_file_is_not_sent_again(client):
    edition = current_edition("liten").stem
    frozen = client.get(f"/filer/liten/utgava/{edition}/planer.csv")
    assert client.get(f"/filer/liten/planer.csv?utgava={edition}").content == frozen.content
    current = client.get("/filer/liten/planer.csv")

    assert frozen.content == current.content
    assert "max-age" in frozen.headers["cache-control"]
    assert current.headers["cache-control"] == "no-cache"
    again = client.get(
        "/filer/liten/planer.csv", headers={"If-None-Match": current.headers["etag"]}
    )
    assert again.status_code == 304
    assert not again.content


def test_the_meaning_of_columns_is_the_contracts(client):
    told = client.get("/filer/liten/upphandlingar.json").json()["kolumner"]

    headers = [column.header for column in TABLE["procurement"].columns]
    assert [each["rubrik"] for each in told] == [*headers, "exempeldata"]
    assert all(each["betydelse"] for each in told)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/filer/atlantis", "Regionen atlantis finns inte."),
        ("/filer/liten/hemligt.csv", "Filen hemligt.csv finns inte"),
        ("/filer/liten/utgava/x/planer.csv", "Utgåvan x finns inte."),
        ("/filer/liten/utgava/..%2F../planer.csv", "Utgåvan"),
        ("/filer/liten/planer.csv?form=pdf", "Formen pdf finns inte."),
        ("/filer/liten/planer.csv?utgava=../../x", "Utgåvan ../../x finns inte."),
    ],
)
def test_a_wrong_address_is_told_what_to_do(client, address, found):
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.json()["fel"].startswith(found)
    assert answer.json()["gor"]


def test_the_first_pages_own_address_leads_to_the_root(client):
    answer = client.get("/laget?region=stockholm", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "./?region=stockholm")
