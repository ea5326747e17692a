"""Who may speak to the server: Host and Origin are checked before anything else answers.

A page elsewhere could point a name of its own at this machine (DNS rebinding) and read the answers,
and Streamlit asks an address outside for its own IP before it refuses a foreign Origin. Nothing of
that is reached from here: what is not on the list is refused at once.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOSTS = "PLANINNOVATION_HOSTS"
"""Environment variable: names that readers reach the dashboard by, split by commas."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CLOSED = ("/_stcore/metrics",)
"""Addresses of Streamlit that tell about other readers."""
_REFUSED = (
    "Värdnamnet {name} är inte tillåtet.\n"
    "Väntat: {allowed}.\n"
    f"Den som driver panelen lägger till namnet i {HOSTS}.\n"
)


def allowed_hosts() -> frozenset[str]:
    """Return the names that may be asked for: loopback, and those of the environment variable."""
    named = os.environ.get(HOSTS, "").split(",")
    return LOOPBACK | {name.strip().casefold() for name in named if name.strip()}


def host_name(value: str) -> str:
    """Return the name of a Host header or an Origin without scheme and port, in lower case.

    >>> host_name("127.0.0.1:8501"), host_name("https://Panel.example:443"), host_name("[::1]:80")
    ('127.0.0.1', 'panel.example', '::1')
    """
    try:
        return (urlsplit(value if "//" in value else f"//{value}").hostname or "").casefold()
    except ValueError:  # a bracket that is never closed
        return ""


class GuardMiddleware:
    """Refuse requests and sockets whose Host or Origin is not on the list."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = _refused_name(scope)
        if refused is None and not scope["path"].endswith(_CLOSED):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        elif refused is None:
            await PlainTextResponse("", status_code=404)(scope, receive, send)
        else:
            words = _REFUSED.format(
                name=refused[:100] or "(inget)", allowed=", ".join(sorted(allowed_hosts()))
            )
            await PlainTextResponse(words, status_code=421)(scope, receive, send)


def _refused_name(scope: Scope) -> str | None:
    """Return the first name that is not allowed, None where all are.

    A request without Host is refused; Origin is sent by browsers with sockets and with everything
    but plain reading, and ``null`` is a page without any.
    """
    headers, allowed = Headers(scope=scope), allowed_hosts()
    hosts = headers.getlist("host")
    if len(hosts) != 1 or host_name(hosts[0]) not in allowed:
        return ", ".join(hosts)
    origin = headers.get("origin")
    if origin is not None and host_name(origin) not in allowed:
        return origin
    return None
