"""A comprehensive plan in map layers becomes a document that is read like any other."""

import struct

import pyarrow as pa
import pyogrio
import pytest

from pipelines.fetching.refresh import refresh
from pipelines.fetching.source import own_file
from pipelines.model.region import Region
from pipelines.reading.reader import read_document
from tests.fetching.conftest import QUICK

RECORD = """
label = "Översiktsplan som kartlager"
adapter = "op_model"
address = "op.gpkg"
licence = "okänd"
attribution = "Kommunen"
tables = ["document"]
[options]
municipality = "0126"
plan_id = "op-1"
layers = ["anvandning", "utveckling"]
name = "namn"
category = "kategori"
texts = ["stallningstagande"]
"""
AIM = "Vi vill att hamnområdet används som testbädd för nya energilösningar."
AREAS = {
    "anvandning": [
        ("Hamnen", "Mångfunktionell bebyggelse", AIM),
        ("Kajen", "Mångfunktionell bebyggelse", AIM),
        ("Skogen", "Skogsmark", "Skogen & stigarna ska vara kvar."),
        ("Ön", "Vatten", None),
    ],
    "utveckling": [("Centrum", "", "Centrum byggs ut.")],
}


@pytest.fixture
def record(region: Region):
    for layer, rows in AREAS.items():
        names = ("namn", "kategori", "stallningstagande")
        columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        point = struct.pack("<BIdd", 1, 1, 674032.0, 6568000.0)
        table = pa.table({**columns, "geom": pa.array([point] * len(rows), pa.binary())})
        pyogrio.write_arrow(
            table, region.folder / "op.gpkg", layer=layer, driver="GPKG", geometry_name="geom",
            geometry_type="Point", crs="EPSG:3006",
        )  # fmt: skip
    (region.registers / "planer.csv").write_text(
        "Plan-id;Kommunkod;Planslag;Plannamn;Skede\nop-1;0126;ÖP;Översiktsplan 2040;Antagen\n",
        "utf-8",
    )
    file = own_file(region, "op-0126")
    file.parent.mkdir()
    file.write_text(RECORD, "utf-8")
    return file


def test_texts_of_areas_become_a_document(region: Region, record):
    (outcome,) = refresh(region, ["op-0126"], QUICK)
    assert (outcome.error, outcome.counts["document"].loaded) == ("", 1)
    assert outcome.notes == [
        "anvandning: 4 områden, 3 med text, 1 utan.",
        "Okänd kategori ”Skogsmark” (1 områden); texten togs med ändå.",
        "utveckling: 1 områden, 1 med text, 0 utan.",
    ]
    read = read_document(region.inbox / "0126/op-1/oversiktsplan-op-0126.html", ocr=False)
    texts = [passage.text for passage in read.passages]
    assert texts.count(AIM) == 1
    assert "Skogen & stigarna ska vara kvar." in texts
    assert any("Hamnen, Kajen" in passage.section for passage in read.passages)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"stallningstagande"', '"beskrivning"', "saknar kolumnen beskrivning"),
        ('"utveckling"', '"finns_inte"', "Lagret finns_inte finns inte"),
        ('"op-1"', '"op-2"', "som inte finns i registret"),
        ('"op.gpkg"', '"annan.gpkg"', "Filen annan.gpkg finns inte"),
    ],
)
def test_a_record_that_does_not_fit_says_what_is_there(
    region: Region, record, old: str, new: str, words: str
):
    record.write_text(RECORD.replace(old, new), "utf-8")
    (outcome,) = refresh(region, ["op-0126"], QUICK)
    assert words in outcome.error
    assert not list(region.inbox.rglob("*.html"))
