"""A tiny region, built through the real pipeline: real files, real DuckDB, no mocks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.build import Build, build_region
from pipelines.model.region import load_region
from pipelines.progress import Progress
from tests.tiny_region import write_region


@dataclass(frozen=True)
class World:
    """Where the tiny region lies."""

    data: Path
    editions: Path

    def build(self, inbox: Path | None = None) -> Build:
        return build_region(load_region("liten"), inbox, progress=Progress(quiet=True))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fresh tiny region of its own folders; nothing is built yet."""
    data, editions = tmp_path / "data", tmp_path / "editions"
    write_region(data)
    monkeypatch.setenv("PLANINNOVATION_DATA", str(data))
    monkeypatch.setenv("PLANINNOVATION_EDITIONS", str(editions))
    return World(data, editions)
