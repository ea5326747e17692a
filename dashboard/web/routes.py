"""Own addresses: health, data files, style, script and symbol."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.handling.routes import HANDLING_ROUTES
from dashboard.limits import LimitError
from dashboard.pages import FIRST
from dashboard.queries.edition import edition_facts
from dashboard.web.bundles import SCRIPTS
from dashboard.web.files import FILE_ROUTES
from dashboard.web.page import RESOURCES
from pipelines.errors import PlanInnovationError
from pipelines.model.region import editions_folder, region_names
from pipelines.warehouse.edition import find_current, no_edition

FONTS = SCRIPTS.parent / "media"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Health:
    """What every region shows, looked up off the event loop and kept until an edition changes.

    One thread looks, however many ask, so that neither a large edition that is checked for the
    first time nor a full server holds the answer up: what was known before is given meanwhile.
    """

    patience: float | None = 0.05

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "halsa")
        self._looking: Future[dict[str, dict[str, Any]]] | None = None
        self._known: dict[str, dict[str, Any]] = {}
        self._signature: object = None

    async def states(self) -> dict[str, dict[str, Any]]:
        """Return region → state."""
        if self._looking is None or self._looking.done():
            self._looking = self._worker.submit(self._look)
        looking = asyncio.wrap_future(self._looking)
        patience = self.patience if self._known else None
        done, _ = await asyncio.wait({looking}, timeout=patience)
        return looking.result() if done else self._known

    def _look(self) -> dict[str, dict[str, Any]]:
        names = region_names()
        signature = [_files(editions_folder() / name) for name in names]
        if signature != self._signature:
            self._known = {name: _state(name) for name in names}
            self._signature = signature
        return self._known


def _files(folder: Path) -> list[tuple[str, int, int]]:
    """What changes when an edition is published, damaged or removed."""
    try:
        found = [(entry.path, entry.stat()) for entry in os.scandir(folder)]
    except OSError:
        return [(str(folder), 0, 0)]
    return sorted((path, about.st_size, about.st_mtime_ns) for path, about in found)


HEALTH = Health()


async def health(_request: Request) -> JSONResponse:
    """Tell each region's edition and its age; 200 when at least one can be read, else 503.

    ``status`` is *ok*, *skadad* where a region is shown in an older edition than its newest, or
    *ingen utgåva*.
    """
    found = {name: _with_age(state) for name, state in (await HEALTH.states()).items()}
    well = [state for state in found.values() if "utgava" in state]
    damaged = any(state.get("skadade") for state in found.values())
    body = {
        "status": ("skadad" if damaged else "ok") if well else "ingen utgåva",
        "utgavor": found,
    }
    return JSONResponse(body, status_code=200 if well else 503)


def _state(region: str) -> dict[str, Any]:
    try:
        current = find_current(region)
        state: dict[str, Any] = {"skadade": list(current.damaged)} if current.damaged else {}
        if current.file is None:
            return {"fel": no_edition(region, current).found, **state}
        facts = edition_facts(database.connection(current.file).cursor())
    except (PlanInnovationError, duckdb.Error, OSError) as error:
        return {"fel": f"Utgåvan går inte att läsa ({type(error).__name__})."}
    return {"utgava": facts["edition_id"], "byggd": facts["built_at"], **state}


def _with_age(state: dict[str, Any]) -> dict[str, Any]:
    if "utgava" not in state:
        return state
    built = state["byggd"]
    age = datetime.now() - built if isinstance(built, datetime) else None
    days = None if age is None else max(0, age.days)
    return {**state, "byggd": str(built), "alder_dygn": days}


def too_much(_request: Request, error: Any) -> JSONResponse:
    """Say which limit is reached, and when to ask again."""
    body = {"fel": error.found, "vantat": error.expected, "gor": error.do}
    return JSONResponse(body, status_code=503, headers={"Retry-After": "30"})


HANDLERS = {LimitError: too_much}
"""Errors that any of our own addresses may raise → who answers."""


def font(_request: Request) -> Response:
    """Serve the dashboard's typeface, whose own address changes with Streamlit's version."""
    file = next(iter(sorted(FONTS.glob("SourceSansVF-Upright.*.woff2"))), None)
    if file is None:
        return Response(status_code=404)
    return FileResponse(
        file, media_type="font/woff2", headers={"Cache-Control": "public, max-age=86400"}
    )


def resource(request: Request) -> Response:
    """Serve one of our own files; only names that exist in the folder."""
    name = request.path_params["name"]
    file = RESOURCES / name
    if name not in {each.name for each in RESOURCES.iterdir()}:
        return Response(status_code=404)
    forever = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(file, media_type=_KINDS[file.suffix], headers=forever)


def first_page(request: Request) -> RedirectResponse:
    """Lead the first page's own address to the root, because Streamlit knows it there only."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")


ROUTES = [
    Route(f"/{FIRST}", first_page),
    Route("/halsa", health),
    Route("/resurser/bokstaver.woff2", font),
    Route("/resurser/{name}", resource),
    *FILE_ROUTES,
    *HANDLING_ROUTES,
]
OPEN = frozenset({"halsa", "resurser", FIRST})
CLOSED = frozenset(route.path.split("/")[1] for route in ROUTES) - OPEN
"""First parts of our own addresses that only readers may ask for; a new one is closed."""
