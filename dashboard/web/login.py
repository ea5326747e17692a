"""Login at the door: cookies that only travel encrypted, closed addresses, and failed logins.

Streamlit sets its cookies without *Secure*, answers a login that failed by showing the page as if
nothing had happened, and knows nothing of our own addresses for files and documents.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from dashboard.access import Person, person_of, refusal, settings

FAILED = "inloggning"
"""Parameter of the address that tells the page that a login failed."""
_CALLBACK = "/oauth2callback"
_LOGIN = "/auth/login"


def asking(scope: Scope) -> Person:
    """Return who sends a request, by its signed cookie."""
    cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
    return person_of(_get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME))


class LoginMiddleware:
    """Guard own addresses and mend Streamlit's answers about login.

    Args:
        app: what answers.
        closed: first parts of addresses that only readers may ask for, as ``filer``.
    """

    def __init__(self, app: ASGIApp, closed: Collection[str] = ()) -> None:
        self.app = app
        self.closed = frozenset(closed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.closed.intersection(scope["path"].split("/")):
            reader = asking(scope)
            if not reader.may("read"):
                error = refusal(reader, "read")
                body = {"fel": error.found, "vantat": error.expected, "gor": error.do}
                await JSONResponse(body, status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, _Mended(scope, receive, send))


class _Mended:
    """Adds *Secure* to cookies over https, and sends a failed login back with a word about it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.is_replaced = False

    async def __call__(self, message: Message) -> None:
        """Take one part of the answer."""
        if self.is_replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if self._has_failed(message["status"], headers):
                self.is_replaced = True
                back = self.scope["path"].removesuffix(_CALLBACK).removesuffix(_LOGIN)
                answer = RedirectResponse(f"{back}/?{FAILED}=misslyckades", status_code=302)
                await answer(self.scope, self.receive, self.send)
                return
            if _is_https(self.scope):
                message["headers"] = [_secure(name, value) for name, value in message["headers"]]
        await self.send(message)

    def _has_failed(self, status: int, headers: MutableHeaders) -> bool:
        path = self.scope["path"]
        if path.endswith(_LOGIN):
            return status >= 400
        if not path.endswith(_CALLBACK) or not {b"state", b"error"} & _names(self.scope):
            return False  # the way back from logging out has neither
        cookies = headers.getlist("set-cookie")
        return not any(
            each.startswith(f"{USER_COOKIE_NAME}=") and "Max-Age=0" not in each for each in cookies
        )


def _names(scope: Scope) -> set[bytes]:
    return {part.partition(b"=")[0] for part in scope["query_string"].split(b"&")}


def _is_https(scope: Scope) -> bool:
    """Whether the reader's browser speaks https: here, at the proxy, or where logins return to."""
    if scope["scheme"] == "https" or Headers(scope=scope).get("x-forwarded-proto") == "https":
        return True
    return urlsplit(settings().redirect_uri).scheme == "https"


def _secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    has_it = name.lower() != b"set-cookie" or b"; secure" in value.lower()
    return (name, value if has_it else value + b"; Secure")
