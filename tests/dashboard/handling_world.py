"""Some of the example's documents in all their formats, and a client that asks for their pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.database import current_edition
from dashboard.web.middleware import SwedishMiddleware
from dashboard.web.routes import ROUTES
from pipelines.model.region import PROJECT
from tests.built_once import Place, build

_WANTED = (
    "askhamn_oversiktsplan_2040",  # PDF in two columns
    "askhamn_dp_kajkvarteren_planbeskrivning",  # PDF in one column
    "bjorkvalla_fop_centrum",  # DOCX
    "hallmora_oversiktsplan_skannad",  # a scan
)
_SUFFIXES = (".docx", ".html", ".txt")


def write_some_documents(folder: Path) -> Place:
    """Build the example with a few of its documents, at least one of each format."""
    place = Place(folder / "data", folder / "editions")
    source, target = PROJECT / "data" / "exempel", place.data / "exempel"
    shutil.copytree(source / "register", target / "register")
    shutil.copytree(PROJECT / "data" / "reference", place.data / "reference")
    settings = (source / "region.toml").read_text("utf-8").splitlines()
    kept = [line for line in settings if not line.startswith("earlier")]
    (target / "region.toml").write_text("\n".join(kept), "utf-8")
    for file in source.glob("texter/*/*.md"):
        head = file.read_text("utf-8").partition("\n+++\n")[0]
        if file.stem in _WANTED or any(f'{suffix}"' in head for suffix in _SUFFIXES):
            copy = target / "texter" / file.parent.name / file.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
    return build(place, "exempel")


def client(place: Place, patch: pytest.MonkeyPatch) -> TestClient:
    """A client of our own addresses behind the middleware."""
    place.enter(patch)
    app = Starlette(routes=ROUTES, middleware=[Middleware(SwedishMiddleware)])
    return TestClient(app, headers={"accept": "text/html"})


def passages(region: str) -> list[dict[str, object]]:
    """Every passage of a region's current edition with the format of its document."""
    with duckdb.connect(str(current_edition(region)), read_only=True) as con:
        return (
            con.sql(
                """SELECT passage_id, document_id, page, page_end, quote, char_start, format,
                          sha256 FROM passage JOIN document USING (document_id)"""
            )
            .pl()
            .to_dicts()
        )
