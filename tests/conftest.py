"""Regions built through the real pipeline: real files, real DuckDB, no mocks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipelines.build import Build, build_region
from pipelines.model.region import load_region
from pipelines.progress import Progress
from pipelines.warehouse.edition import current_file
from tests.built_once import both_that_ship
from tests.indicators.regions import REGIONS, Edition, open_built
from tests.tiny_region import write_region

# A property is about the answer: how long a busy machine takes over an example is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

BUILDS = {
    "world",
    "editions",
    "regions",
    "built",
    "bare",
    "unbuilt",
    "tiny",
    "some",
    "shown",
    "gotland",
}
"""Fixtures for which a whole region is built."""
STARTS = {"cli", "fetching"}
"""Folders whose tests start programs and servers."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``make test-fast`` leaves out, by the fixtures and folder of a test."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if BUILDS & fixtures or STARTS & set(item.path.parts):
            item.add_marker("builds")


@dataclass(frozen=True)
class World:
    """Where the tiny region lies."""

    data: Path
    editions: Path

    def build(self, inbox: Path | None = None, *, accept: Collection[str] = ()) -> Build:
        return build_region(
            load_region("liten"), inbox, progress=Progress(quiet=True), accept_loss=accept
        )


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fresh tiny region of its own folders; nothing is built yet."""
    data, editions = tmp_path / "data", tmp_path / "editions"
    write_region(data)
    monkeypatch.setenv("PLANINNOVATION_DATA", str(data))
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(editions))
    return World(data, editions)


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Both regions that ship, the example from its texts."""
    place = both_that_ship(tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        place.enter(patch)
        return {region: open_built(region, _current(region)) for region in REGIONS}


def _current(region: str) -> Path:
    file = current_file(region)
    assert file is not None
    return file


@pytest.fixture(params=REGIONS)
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    return editions[request.param]
