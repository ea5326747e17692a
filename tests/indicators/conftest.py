"""Editions of both regions, built once through the real pipeline, and the little worked region."""

from __future__ import annotations

import pytest

from pipelines.build import build_region
from pipelines.indicators.scope import Scope
from pipelines.indicators.worked_example import worked_scope
from pipelines.model.region import load_region
from pipelines.progress import Progress
from tests.indicators.regions import REGIONS, Edition, open_built, write_regions


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("regioner")
    write_regions(folder / "data")
    built = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANINNOVATION_DATA", str(folder / "data"))
        patch.setenv("PLANINNOVATION_EDITIONS", str(folder / "editions"))
        for region in REGIONS:
            build = build_region(load_region(region), progress=Progress(quiet=True))
            built[region] = open_built(region, build.published.file)
    return built


@pytest.fixture(params=REGIONS)
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    return editions[request.param]


@pytest.fixture(scope="session")
def worked() -> Scope:
    return worked_scope()
