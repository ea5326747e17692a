"""ASGI middleware: Swedish first page and script files, and security headers on every answer."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.web.bundles import Bundle, swedish_bundles
from dashboard.web.page import content_policy, swedish_page

_NO_PAGE = ("/static/", "/_stcore/", "/media/", "/filer", "/resurser/", "/handling/", "/halsa")
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


class SwedishMiddleware:
    """Serve rewritten script files and pages; let everything else pass."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.bundles, _ = swedish_bundles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        folder, _, name = scope["path"].rpartition("/")
        bundle = self.bundles.get(name) if folder.endswith("/static/js") else None
        if bundle is not None:
            await _script(bundle, headers)(scope, receive, send)
        elif scope["method"] == "GET" and _may_be_page(scope["path"], headers):
            await self.app(_unpacked(scope), receive, _PageSender(send))
        else:
            await self.app(scope, receive, _with_headers(send))


def _may_be_page(path: str, headers: Headers) -> bool:
    """Whether a request may be answered with Streamlit's page, which needs its policy.

    A program that asks without ``Accept: text/html`` gets the page too; other answers are sent on
    as they come and are not held back.
    """
    if "text/html" in headers.get("accept", ""):
        return True
    return not any(part in path for part in _NO_PAGE)


def _script(bundle: Bundle, headers: Headers) -> Response:
    """The names of script files never change with our words, so browsers must ask each time."""
    own = {"Cache-Control": "no-cache", "ETag": bundle.etag, "Vary": "Accept-Encoding"}
    own |= _SAFE_HEADERS
    if headers.get("if-none-match") == bundle.etag:
        return Response(status_code=304, headers=own)
    packed = "gzip" in headers.get("accept-encoding", "")
    if packed:
        own["Content-Encoding"] = "gzip"
    return Response(bundle.packed if packed else bundle.body, 200, own, "text/javascript")


def _unpacked(scope: Scope) -> Scope:
    """The same request without compression, so that the page can be read and changed."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
    ]
    return {**scope, "headers": kept}


def _add_safe_headers(headers: MutableHeaders) -> None:
    """Add what an answer does not say itself."""
    for name, value in _SAFE_HEADERS.items():
        headers.setdefault(name, value)


def _with_headers(send: Send) -> Send:
    async def forward(message: Message) -> None:
        if message["type"] == "http.response.start":
            _add_safe_headers(MutableHeaders(scope=message))
        await send(message)

    return forward


class _PageSender:
    """Holds a page back until it is whole, then sends it in Swedish."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """Take one part of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
            return
        if self.start is None:
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(scope=self.start)
        _add_safe_headers(headers)
        is_page = headers.get("content-type", "").startswith("text/html")
        if is_page and "content-security-policy" not in headers:  # Streamlit's page, not ours
            page = swedish_page(self.body.decode())
            self.body = page.encode()
            headers["Content-Security-Policy"] = content_policy(page)
            headers["Content-Length"] = str(len(self.body))
            headers["Cache-Control"] = "no-cache"
            for name in ("etag", "last-modified"):
                if name in headers:
                    del headers[name]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": self.body})
