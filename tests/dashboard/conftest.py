"""Editions built once through the real pipeline: a tiny fictional region, Stockholm, nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache

import duckdb
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard import database
from dashboard.database import current_edition
from dashboard.pages import PAGES
from pipelines.indicators.facts import Facts
from pipelines.model.region import PROJECT
from tests.built_once import Place, both_that_ship, build, tiny_and_stockholm
from tests.tiny_region import write_region

# Each AppTest looks through every installed package for components, which takes longer than a page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

_FIRST_MUNICIPALITIES = "Kommunkod;Kommun\n9801;Ulvsund\n9802;Torpa\n9803;Vreta\n"


def facts_of(region: str, label: str) -> Facts:
    """Return the facts of the region's current edition, as the dashboard reads them."""
    return Facts(region, label, connection=database.connection(current_edition(region)))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The tiny fictional region and Stockholm's registers, where nothing is read."""
    return tiny_and_stockholm(tmp_path_factory)


@pytest.fixture(scope="session")
def regions(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The example with all its texts read, and Stockholm's registers."""
    return both_that_ship(tmp_path_factory)


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
        test = AppTest.from_file(str(PROJECT / "dashboard" / "frame.py"), default_timeout=180)
        for parameter, chosen in params.items():
            test.query_params[parameter] = chosen
        test.run()
        if name != "laget":
            test.switch_page(PAGES[name].script).run()
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
