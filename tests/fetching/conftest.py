"""A server that answers as it is told, and a region of two municipalities to fetch to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.fetching.web import LOCAL, Limits
from pipelines.model.region import Region
from pipelines.sources.new_region import choose, create_region
from tests.fetching.fault_server import FaultServer, serving

QUICK = Limits(pause=0, backoff=0.001, silence=5, whole=5, longest_wait=2)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving() as running:
        yield running


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setenv("PLANINNOVATION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(tmp_path / "editions"))
    monkeypatch.setenv(LOCAL, "1")
    made = create_region(choose([], ["0126", "0180"]), label="Provregionen")
    for template in made.registers.glob("*.xlsx"):  # each takes a process of its own to read
        template.unlink()
    return made
