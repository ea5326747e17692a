"""Editions built once through the real pipeline: a tiny fictional region, Stockholm, nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

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

    def enter(self, patch: pytest.MonkeyPatch) -> None:
        for name, value in self.environment().items():
            patch.setenv(name, value)


def build(place: Place, *names: str) -> Place:
    """Build the editions of some of a place's regions."""
    with pytest.MonkeyPatch.context() as patch:
        place.enter(patch)
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
    return build(Place(data, folder / "editions"), "liten", "stockholm")


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
    return build(Place(folder / "data", folder / "editions"), "liten")


@pytest.fixture(scope="session")
def unbuilt(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A region without any edition."""
    folder = tmp_path_factory.mktemp("unbuilt")
    write_region(folder / "data")
    return Place(folder / "data", folder / "editions")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of a place's editions with an address's parameters; nothing may go wrong."""

    def opened(place: Place, name: str, **params: str | list[str]) -> AppTest:
        place.enter(monkeypatch)
        test = AppTest.from_file(str(PROJECT / "dashboard" / "frame.py"), default_timeout=60)
        for parameter, chosen in params.items():
            test.query_params[parameter] = chosen
        test.run()
        if name != "laget":
            test.switch_page(f"app_pages/{name}.py").run()
        assert not test.exception
        return test

    return opened


@pytest.fixture
def connection(
    built: Place, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny region's edition, read-only."""
    built.enter(monkeypatch)
    assert os.environ["PLANINNOVATION_EDITIONS"] == str(built.editions)
    with duckdb.connect(str(current_edition("liten")), read_only=True) as con:
        yield con
