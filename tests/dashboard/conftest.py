"""Editions built once through the real pipeline: a tiny fictional region, Stockholm, nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from dashboard.database import current_edition
from pipelines.build import build_region
from pipelines.model.region import PROJECT, load_region
from pipelines.progress import Progress
from tests.indicators.regions import Edition
from tests.tiny_region import write_region

_FIRST_MUNICIPALITIES = "Kommunkod;Kommun\n9801;Ulvsund\n9802;Torpa\n9803;Vreta\n"


@dataclass(frozen=True)
class Place:
    """A folder of deliveries and its editions."""

    data: Path
    editions: Path

    def environment(self) -> dict[str, str]:
        return {
            "PLANINNOVATION_DATA": str(self.data),
            "PLANINNOVATION_EDITIONS": str(self.editions),
        }


def _build(place: Place, *names: str) -> Place:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in place.environment().items():
            patch.setenv(name, value)
        for name in names:
            build_region(load_region(name), progress=Progress(quiet=True))
    return place


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The tiny fictional region and Stockholm's registers, where nothing is read."""
    folder = tmp_path_factory.mktemp("built")
    data = folder / "data"
    write_region(data)
    shutil.copytree(PROJECT / "data" / "stockholm", data / "stockholm")
    shutil.copytree(PROJECT / "data" / "reference", data / "reference")
    return _build(Place(data, folder / "editions"), "liten", "stockholm")


@pytest.fixture(scope="session")
def regions(editions: dict[str, Edition]) -> Place:
    """The example with all its texts read, and Stockholm's registers."""
    folder = editions["exempel"].file.parents[2]
    shutil.copytree(PROJECT / "data" / "reference", folder / "data" / "reference")
    return Place(folder / "data", folder / "editions")


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An edition with three municipalities and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    region = write_region(folder / "data")
    shutil.rmtree(region / "inbox")
    for file in (region / "register").iterdir():
        file.unlink()
    (region / "register" / "kommuner.csv").write_text(_FIRST_MUNICIPALITIES, "utf-8")
    return _build(Place(folder / "data", folder / "editions"), "liten")


@pytest.fixture(scope="session")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A region without any edition."""
    folder = tmp_path_factory.mktemp("unbuilt")
    write_region(folder / "data")
    return Place(folder / "data", folder / "editions")


@pytest.fixture
def connection(
    built: Place, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny region's edition, read-only."""
    for name, value in built.environment().items():
        monkeypatch.setenv(name, value)
    assert os.environ["PLANINNOVATION_EDITIONS"] == str(built.editions)
    with duckdb.connect(str(current_edition("liten")), read_only=True) as con:
        yield con
