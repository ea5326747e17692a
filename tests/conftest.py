"""Regions built through the real pipeline: real files, real DuckDB, no mocks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cache
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


BROWSER_PAGES = {"test_every_page.py", "test_login.py", "test_explore.py"}
"""Journeys of about half the time of them all, so that two processes share them evenly."""
SLOW = (
    "browser", "no_outside_request", "handed_in", "same_numbers", "pack_numbers", "commands",
    "losses", "laget_change", "open_data", "test_documents", "properties", "damaged_editions",
    "test_chain", "marked", "system_faults", "statistics", "tidsfonster",
)  # fmt: skip
"""Begun first, so that no process is left with a long file at the end."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file in one process, slow files first; mark what ``make test-fast`` leaves out.

    What a file builds or starts for its tests is then made once. Two processes alone start a server
    and a browser, because memory is scarcer than time.
    """
    items.sort(key=lambda item: next(
        (place for place, name in enumerate(SLOW) if name in item.path.as_posix()), len(SLOW)
    ))  # fmt: skip
    for item in items:
        group = item.path.as_posix()
        if "browser" in item.path.parts:
            group = "browser-pages" if item.path.name in BROWSER_PAGES else "browser"
        item.add_marker(pytest.mark.xdist_group(group))
        fixtures = set(getattr(item, "fixturenames", ()))
        if BUILDS & fixtures or STARTS & set(item.path.parts):
            item.add_marker("builds")


@dataclass(frozen=True)
class World:
    """Where the tiny region lies; ``made`` is where it was built as it was written, and that."""

    data: Path
    editions: Path
    made: Callable[[], tuple[Path, Build]] | None = None

    def untouched(self) -> Build:
        """Return the build of the region as it was written, and copy its editions here.

        It is made once a process: only for the first step of a test that has changed nothing yet.
        """
        assert self.made is not None
        editions, build = self.made()
        shutil.copytree(editions, self.editions)
        file = self.editions / build.published.file.relative_to(editions)
        published = replace(build.published, file=file)
        return replace(build, region=load_region("liten"), published=published)

    def build(self, inbox: Path | None = None, *, accept: Collection[str] = ()) -> Build:
        return build_region(
            load_region("liten"), inbox, progress=Progress(quiet=True), accept_loss=accept
        )


@pytest.fixture(scope="session")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], tuple[Path, Build]]:
    """The tiny region built when somebody first asks."""

    @cache
    def first() -> tuple[Path, Build]:
        folder = tmp_path_factory.mktemp("orord")
        own = World(folder / "data", folder / "editions")
        write_region(own.data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PLANINNOVATION_DATA", str(own.data))
            patch.setenv("PLANINNOVATION_EDITIONS", str(own.editions))
            return own.editions, own.build()

    return first


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_written: Callable[[], tuple[Path, Build]]
) -> World:
    """A fresh tiny region of its own folders; nothing is built yet."""
    data, editions = tmp_path / "data", tmp_path / "editions"
    write_region(data)
    monkeypatch.setenv("PLANINNOVATION_DATA", str(data))
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(editions))
    return World(data, editions, as_written)


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
