"""Own addresses: health, data files, style, script and symbol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.handling.routes import HANDLING_ROUTES
from dashboard.queries.edition import edition_facts
from dashboard.web.bundles import SCRIPTS
from dashboard.web.files import FILE_ROUTES
from dashboard.web.page import RESOURCES
from pipelines.errors import EditionError
from pipelines.model.region import region_names

FONTS = SCRIPTS.parent / "media"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def health(_request: Request) -> JSONResponse:
    """Answer 200 when at least one region's edition can be read, else 503."""
    found: dict[str, str] = {}
    well = False
    for region in region_names():
        try:
            edition = database.current_edition(region)
            found[region] = str(database.ask_now(edition, edition_facts)["edition_id"])
            well = True
        except EditionError as error:
            found[region] = error.found
    body = {"status": "ok" if well else "ingen utgåva", "utgavor": found}
    return JSONResponse(body, status_code=200 if well else 503)


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
