"""Own addresses: health, data files, style, script and symbol."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.handling.routes import HANDLING_ROUTES
from dashboard.queries.edition import edition_facts
from dashboard.web.bundles import SCRIPTS
from dashboard.web.files import FILE_ROUTES
from dashboard.web.page import RESOURCES
from pipelines.errors import PlanInnovationError
from pipelines.model.region import region_names
from pipelines.warehouse.edition import find_current, no_edition

FONTS = SCRIPTS.parent / "media"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def health(_request: Request) -> JSONResponse:
    """Tell each region's edition and its age; 200 when at least one can be read, else 503.

    ``status`` is *ok*, *skadad* where a region is shown in an older edition than its newest, or
    *ingen utgåva*.
    """
    found = {name: _state(name) for name in region_names()}
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
        facts = database.ask_now(current.file, edition_facts)
    except (PlanInnovationError, duckdb.Error, OSError) as error:
        return {"fel": f"Utgåvan går inte att läsa ({type(error).__name__})."}
    built = facts["built_at"]
    age = datetime.now() - built if isinstance(built, datetime) else None
    return {
        "utgava": facts["edition_id"],
        "byggd": str(built),
        "alder_dygn": None if age is None else max(0, age.days),
        **state,
    }


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


ROUTES = [
    Route("/halsa", health),
    Route("/resurser/bokstaver.woff2", font),
    Route("/resurser/{name}", resource),
    *FILE_ROUTES,
    *HANDLING_ROUTES,
]
