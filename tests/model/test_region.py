"""A region's own file: taken, or refused by file, field and remedy."""

from pathlib import Path

import pytest

from pipelines.errors import SourceError
from pipelines.model.region import load_region

SOUND = """name = "ort"
label = "Orten"
is_example = true
map_file = "karta.geojson"
attribution = "Påhittad karta"
"""


def write(data: Path, text: str) -> None:
    (data / "ort").mkdir(exist_ok=True)
    (data / "ort" / "region.toml").write_text(text, "utf-8")


def test_a_regions_file_is_read_with_its_shelf_lives(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PLANINNOVATION_DATA", str(tmp_path))
    write(tmp_path, SOUND + "[shelf_life]\ntest_years = 4\n")
    region = load_region("ort")
    assert (region.label, region.shelf_life.test_years, region.shelf_life.plan_years) == (
        "Orten",
        4,
        3,
    )


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (SOUND.replace('label = "Orten"\n', ""), "label"),
        (SOUND + "orc = true\n", "orc"),
        (SOUND + 'ocr = "ibland"\n', "ocr"),
        (SOUND + "[shelf_life]\ntest_years = 0\n", "shelf_life.test_years"),
        (SOUND + "[shelf_life]\ntests = 1\n", "shelf_life.tests"),
        (SOUND + "label =\n", "går inte att läsa"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, monkeypatch, text: str, field: str):
    monkeypatch.setenv("PLANINNOVATION_DATA", str(tmp_path))
    write(tmp_path, text)
    with pytest.raises(SourceError) as refused:
        load_region("ort")
    assert "region.toml för ort" in refused.value.found
    assert field in refused.value.found
    assert "is_example" in refused.value.expected
