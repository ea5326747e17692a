"""Any region of Sweden: its folder is made, checked and built; nothing is overwritten."""

import json
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from pipelines.build import build_region
from pipelines.errors import SourceError
from pipelines.model.region import PROJECT, load_region, map_extent
from pipelines.model.tables import HUMAN_CODE, REGISTERS
from pipelines.progress import Progress
from pipelines.sources.new_region import BORDERS, choose, create_region
from tests.cli.test_commands import run


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANINNOVATION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(tmp_path / "editions"))
    return tmp_path / "data"


def municipalities(folder: Path) -> dict[str, str]:
    file = folder / "register" / "kommuner.csv"
    frame = pl.read_csv(file, separator=";", infer_schema=False)
    return dict(frame.select("Kommunkod", "Kommun").rows())


def test_a_county_becomes_a_region(data: Path):
    made = run("region", "new", "--county", "03")
    assert made.returncode == 0, made.stderr
    assert "Uppsala län: 8 kommuner" in made.stdout
    region = load_region("uppsala")
    assert (region.label, region.is_example) == ("Uppsala län", False)
    assert "SCB" in region.attribution
    assert municipalities(data / "uppsala") == {
        "0305": "Håbo", "0319": "Älvkarleby", "0330": "Knivsta", "0331": "Heby",
        "0360": "Tierp", "0380": "Uppsala", "0381": "Enköping", "0382": "Östhammar",
    }  # fmt: skip
    extent = map_extent(region)
    assert extent is not None
    west, south, east, north = extent
    assert 16 < west < east < 19
    assert 59 < south < north < 61
    files = {file.stem for file in region.registers.iterdir()}
    assert files == {table.file for table in REGISTERS if table is not HUMAN_CODE}
    assert region.inbox.is_dir()


def test_a_list_of_codes_becomes_a_region_with_a_label(data: Path):
    refused = run("region", "new", "--municipality", "0380,0188")
    assert refused.returncode == 2
    assert "--label" in refused.stderr
    assert not data.exists()
    codes = ("--municipality", "0380,0188", "--municipality", "0331")
    made = run("region", "new", *codes, "--label", "Norra Mälardalen")
    assert made.returncode == 0, made.stderr
    region = load_region("norra-malardalen")
    assert region.label == "Norra Mälardalen"
    assert list(municipalities(region.folder)) == ["0188", "0331", "0380"]


def test_one_municipality_gives_the_region_its_name(data: Path):
    region = create_region(choose([], ["1480"]))
    assert (region.name, region.label) == ("goteborg", "Göteborg")
    assert create_region(choose(["14"], ["1480"])).name == "vastra-gotaland"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--county", "02"), "Länskoden 02 finns inte."),
        (("--municipality", "0399"), "Kommunkoden 0399 finns inte."),
        (("--municipality", "380"), "Kommunkoden 380 finns inte."),
        ((), "Varken län eller kommuner är angivna."),
        (("--county", "03", "--name", "../ute"), "Regionen kan inte heta ../ute."),
        (("--county", "03", "--name", "reference"), "Regionen kan inte heta reference."),
    ],
)
def test_what_does_not_exist_is_refused(data: Path, arguments: tuple[str, ...], found: str):
    refused = run("region", "new", *arguments)
    assert refused.returncode == 2
    assert found in refused.stderr
    assert "Väntat:" in refused.stderr
    assert not data.exists()


def test_a_folder_is_never_overwritten(data: Path):
    kept = data / "gotland" / "eget.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mitt", "utf-8")
    with pytest.raises(SourceError, match="Mappen gotland finns redan"):
        create_region(choose(["09"], []))
    assert [file.name for file in data.rglob("*")] == ["gotland", "eget.txt"]
    assert kept.read_text("utf-8") == "mitt"


def test_an_edition_of_a_new_region_lists_what_to_collect(data: Path):
    region = create_region(choose(["25"], []))
    frames = build_region(region, progress=Progress(quiet=True)).frames
    assert frames["issue"].is_empty()
    assert frames["municipality"].height == 14
    listed = frames["to_check"]
    assert listed.height == 14 * 3
    assert set(listed["check_subject"]) == {"op", "dp", "ma"}
    assert {reason for reasons in listed["check_reasons"] for reason in reasons} == {
        "not_registered"
    }


def test_the_reference_holds_the_whole_country():
    borders = json.loads(BORDERS.read_text("utf-8"))
    facts = [each["properties"] for each in borders["features"]]
    names = {each["kommun_kod"]: each["kommun"] for each in facts}
    assert len(facts) == len(names) == len(set(names.values())) == 290
    assert len({each["lan_kod"] for each in facts}) == len({each["lan"] for each in facts}) == 21
    assert all(each["kommun_kod"][:2] == each["lan_kod"] for each in facts)
    samples = {"0114": "Upplands Väsby", "0980": "Gotland", "1480": "Göteborg", "2584": "Kiruna"}
    assert samples.items() <= names.items()
    stockholm = PROJECT / "data" / "stockholm" / "register" / "kommuner.csv"
    known = pl.read_csv(stockholm, infer_schema=False).select("kommunkod", "kommun").rows()
    assert {code: names[code] for code, _ in known} == dict(known)


def test_a_label_is_written_within_the_borders():
    for each in json.loads(BORDERS.read_text("utf-8"))["features"]:
        facts = each["properties"]
        point = (facts["label_lon"], facts["label_lat"])
        rings = [ring for polygon in each["geometry"]["coordinates"] for ring in polygon]
        assert sum(_crossings(point, ring) for ring in rings) % 2 == 1, facts["kommun"]


def _crossings(point: tuple[float, float], ring: list[list[float]]) -> int:
    """How many sides of the ring a line from the point to the east crosses."""
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise(ring)
    )
