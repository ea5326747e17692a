"""Addresses of document pages: ``/handling/<document>`` and the picture of each page.

Nothing of an address reaches the file system: documents are looked up by id in an edition, and the
edition names the kept file by its hash.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.handling import page, pictures
from dashboard.handling.address import FOLDER
from dashboard.handling.asked import NotShownError, find_document

_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ASK_AGAIN = {"Cache-Control": "no-cache"}
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


def document_page(request: Request) -> Response:
    """Send one page of a document with the passage of the address marked."""
    try:
        asked = find_document(request.path_params["document"], request.query_params)
        body, status = page.show(asked, request.query_params), 200
    except NotShownError as error:
        body, status = page.refused(error), error.status
    return HTMLResponse(body, status, _HEADERS | _ASK_AGAIN)


def page_picture(request: Request) -> Response:
    """Send the picture of a page; plain text where there is none."""
    try:
        asked = find_document(request.path_params["document"], request.query_params)
        number, file = request.path_params["number"], asked.file
        if not asked.is_pdf or file is None or not 1 <= number <= int(asked.document["pages"] or 0):
            return _no_picture("Sidan har ingen bild.", 404)
        drawn = pictures.picture(file, number)
    except NotShownError as error:
        return _no_picture(error.heading, error.status)
    except pictures.UndrawableError:
        return _no_picture("Sidan går inte att rita.", 404)
    is_named = request.query_params.get("v") == file.name[:12]
    return Response(drawn, 200, _HEADERS | (_KEPT if is_named else _ASK_AGAIN), "image/jpeg")


def unknown(_request: Request) -> Response:
    """Answer every other address below the folder with the page that says so."""
    error = NotShownError(
        404, "Sidan finns inte", "Adressen leder inte till någon sida i en handling."
    )
    return HTMLResponse(page.refused(error), error.status, _HEADERS | _ASK_AGAIN)


def _no_picture(text: str, status: int) -> Response:
    return Response(text, status, _HEADERS | _ASK_AGAIN, "text/plain; charset=utf-8")


HANDLING_ROUTES = [
    Route(f"/{FOLDER}/{{document}}", document_page),
    Route(f"/{FOLDER}/{{document}}/{{number:int}}.jpg", page_picture),
    Route(f"/{FOLDER}/{{rest:path}}", unknown),
]
