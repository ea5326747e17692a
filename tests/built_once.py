"""What takes long to build is built once for all the processes of a test run."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines.build import build_region
from pipelines.model.region import PROJECT, load_region
from pipelines.progress import Progress
from tests.indicators.regions import REGIONS, write_regions
from tests.tiny_region import write_region

_PATIENCE = 600.0
TODAY = date(2026, 11, 30)
"""The day on which tests judge the real region's facts, so that they do not age."""


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
            region = load_region(name)
            today = None if region.is_example else TODAY
            build_region(region, progress=Progress(quiet=True), today=today)
    return place


def tiny_and_stockholm(factory: pytest.TempPathFactory) -> Place:
    """The tiny fictional region and Stockholm's registers, where nothing is read; not to change."""
    return _once(factory, "liten-och-stockholm", _tiny_and_stockholm)


def both_that_ship(factory: pytest.TempPathFactory) -> Place:
    """Both regions that ship, the example from its texts; not to be changed."""
    return _once(factory, "exempel-och-stockholm", _both_that_ship)


def _tiny_and_stockholm(place: Place) -> None:
    write_region(place.data)
    shutil.copytree(PROJECT / "data" / "stockholm", place.data / "stockholm")
    shutil.copytree(PROJECT / "data" / "reference", place.data / "reference")
    build(place, "liten", "stockholm")


def _both_that_ship(place: Place) -> None:
    write_regions(place.data)
    shutil.copytree(PROJECT / "data" / "reference", place.data / "reference")
    build(place, *REGIONS)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Place], None]) -> Place:
    """Return the place that ``make`` filled in the process that came first; the others wait."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own in a common one
        folder = folder.parent
    folder /= name
    place, done = Place(folder / "data", folder / "editions"), folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:
        _await(done)
        return place
    try:
        make(place)
    except BaseException as error:
        done.write_text(repr(error), "utf-8")
        raise
    done.touch()
    return place


def _await(done: Path) -> None:
    start = time.monotonic()
    while not done.exists():
        assert time.monotonic() - start < _PATIENCE, f"nobody finished {done.parent}"
        time.sleep(0.1)
    fault = done.read_text("utf-8")
    assert not fault, f"another process could not build {done.parent.name}: {fault}"
