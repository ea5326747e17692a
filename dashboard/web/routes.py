"""Own addresses: health, style, script and symbol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.web.page import RESOURCES
from pipelines.errors import EditionError
from pipelines.model.region import region_names

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def health(_request: Request) -> JSONResponse:
    """Answer 200 when at least one region's edition can be read, else 503."""
    found: dict[str, str] = {}
    for region in region_names():
        try:
            found[region] = database.probe(region)
        except EditionError as error:
            found[region] = str(error)
    well = any(database.has_edition(region) for region in region_names())
    body = {"status": "ok" if well else "ingen utgåva", "utgavor": found}
    return JSONResponse(body, status_code=200 if well else 503)


def resource(request: Request) -> Response:
    """Serve one of our own files; only names that exist in the folder."""
    name = request.path_params["name"]
    file = RESOURCES / name
    if name not in {each.name for each in RESOURCES.iterdir()}:
        return Response(status_code=404)
    forever = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(file, media_type=_KINDS[file.suffix], headers=forever)


ROUTES = [Route("/halsa", health), Route("/resurser/{name}", resource)]
