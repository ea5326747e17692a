"""Open data by the tools of others: data package, CSVW and catalogue hold, and faults are seen."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import warnings
from pathlib import Path

import polars as pl
import pytest
from csvw import CSVW
from frictionless import Package
from pyshacl import validate
from rdflib import Graph

from pipelines.model.region import load_region
from pipelines.model.tables import TABLES
from pipelines.warehouse import edition as editions
from pipelines.warehouse.edition import list_archived, list_editions, open_edition
from pipelines.warehouse.open_data import SUMS, export_files, open_files, opened
from tests.built_once import Place, tiny_and_stockholm
from tests.conftest import World

# What DCAT-AP-SE 3.0.1 demands, and the licence per distribution that its guide asks for.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcterms:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path dcterms:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:distribution ; sh:minCount 3 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:license ; sh:minCount 1 ;
      sh:in ( <http://creativecommons.org/publicdomain/zero/1.0/> ) ] ,
    [ sh:path dcat:byteSize ; sh:minCount 1 ; sh:minInclusive 1 ] ,
    [ sh:path spdx:checksum ; sh:minCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ;
  sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return tiny_and_stockholm(tmp_path_factory)


@pytest.fixture
def folder(built, monkeypatch, tmp_path: Path) -> Path:
    built.enter(monkeypatch)
    with open_edition("liten") as con:
        export_files(con, load_region("liten"), tmp_path / "ut", "standard", "all")
    return tmp_path / "ut"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def csvw_holds(file: Path) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # the validator counts the warnings that it gives
        try:
            return bool(CSVW(str(file), validate=True).is_valid)
        except ValueError:  # how it answers to a key that is there twice
            return False


def test_every_table_and_indicator_is_there_in_each_form_with_the_same_rows(folder: Path):
    indicators = {file.stem for file in (folder / "indikatorer").glob("*.parquet")}
    assert "1.1" in indicators
    for stem in [table.file for table in TABLES] + [f"indikatorer/{each}" for each in indicators]:
        parquet = pl.read_parquet(folder / f"{stem}.parquet")
        told = json.loads((folder / f"{stem}.json").read_text("utf-8"))
        plain = pl.read_csv(folder / f"{stem}.csv", infer_schema=False)
        assert len(told["rader"]) == parquet.height == plain.height, stem
        assert [each["rubrik"] for each in told["kolumner"]] == parquet.columns == plain.columns


def test_checksums_are_those_that_sha256sum_checks(folder: Path):
    listed = dict(line.split("  ")[::-1] for line in (folder / SUMS).read_text().splitlines())
    found = {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != SUMS
    }
    assert listed == found


@pytest.mark.parametrize("region", ["liten", "stockholm"])
def test_the_data_package_and_its_rows_hold(built, monkeypatch, tmp_path: Path, region: str):
    built.enter(monkeypatch)
    with open_edition(region) as con:
        export_files(con, load_region(region), tmp_path, "standard", "all")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    described = [*tmp_path.rglob("*.csv-metadata.json")]
    assert described
    assert [file.name for file in described if not csvw_holds(file)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("9801,Ulvsund,41200", "9801,Ulvsund,många"), ("9802,Torpa", "9801,Torpa"),
     ("9801,Ulvsund", "98A1,Ulvsund")],
)  # fmt: skip
def test_validators_find_what_is_wrong_with_a_row(folder: Path, old: str, new: str):
    change(folder / "kommuner.csv", old, new)

    assert not Package(str(folder / "datapackage.json")).validate().valid
    assert not csvw_holds(folder / "kommuner.csv-metadata.json")


@pytest.mark.parametrize(("name", "form"), [("dcat.ttl", "turtle"), ("dcat.jsonld", "json-ld")])
def test_the_catalogue_has_what_the_profile_demands(folder: Path, name: str, form: str):
    graph = Graph().parse(folder / name, format=form)
    conforms, _, text = validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert conforms, text
    files = {str(each) for each in graph.objects(None, None) if str(each).endswith("/planer.csv")}
    assert {Path(each.removeprefix("file://")) for each in files} == {folder / "planer.csv"}

    graph.remove((None, graph.namespace_manager.expand_curie("dcterms:license"), None))
    assert not validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")[0]


def test_a_region_with_an_address_and_a_contact_has_them_in_its_catalogue(world: World):
    file = world.data / "liten" / "region.toml"
    with file.open("a", encoding="utf-8") as out:
        out.write(
            '[open_data]\naddress = "https://example.org/filer/liten"\n'
            'publisher = "Provregionen"\ncontact = "plan@example.org"\n'
        )
    world.build()
    with open_edition("liten") as con:
        turtle = dict(open_files(con, load_region("liten")))["dcat.ttl"].decode()
    assert "<https://example.org/filer/liten/planer.csv>" in turtle
    assert "mailto:plan@example.org" in turtle
    assert '"Provregionen"' in turtle


def test_an_edition_that_is_no_longer_kept_gives_the_same_tables(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(editions, "KEPT", 1)
    first = world.build().published.edition_id
    with open_edition("liten") as con:
        before = dict(open_files(con, load_region("liten")))
    register = world.data / "liten/register/planer.csv"
    change(register, "dp-kvarnen;9801;Detaljplan;Kvarnen 3", "dp-kvarnen;9801;Detaljplan;Kvarnen 4")
    world.build()

    assert first not in {file.stem for file in list_editions("liten")}
    assert list_archived("liten") == [first]
    with opened("liten", first) as con:
        assert dict(open_files(con, load_region("liten"))) == before


def test_an_earlier_edition_can_be_exported(world: World, tmp_path: Path):
    first = world.untouched().published.edition_id
    command = ["export", "--region", "liten", "--edition", first, "--format", "json", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "pipelines", *command], check=False)
    assert done.returncode == 0
    assert json.loads((tmp_path / "planer.json").read_text("utf-8"))["utgava"] == first
