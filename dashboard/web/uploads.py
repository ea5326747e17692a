"""What readers upload: who may, how many files and bytes are held, and for how long.

Streamlit keeps an uploaded file in memory until its session ends and limits each file alone; any
session may send as many as it likes. Here a file that is one too many is refused before its bytes
are read, and one that nobody took away goes by itself.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Protocol, cast

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime

from dashboard.access import refusal
from dashboard.limits import UPLOAD_MB, UPLOAD_MINUTES, UPLOADS
from dashboard.web.login import asking

_ADDRESS = "/_stcore/upload_file/"
_MEGABYTE = 1024 * 1024


class _File(Protocol):
    data: bytes


class Store(Protocol):
    """The part of Streamlit's store of uploaded files that is used here."""

    file_storage: Mapping[str, Mapping[str, _File]]

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Forget one file."""


def server_store() -> Store:
    """Return the running server's store."""
    return cast("Store", runtime.get_instance().uploaded_file_mgr)


class UploadMiddleware:
    """Refuse uploads beyond the limits, and forget those that are accepted after their time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._coming: Counter[str] = Counter()
        self._coming_bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        _, found, rest = scope.get("path", "").partition(_ADDRESS)
        session, _, file = rest.partition("/")
        if scope["type"] != "http" or scope["method"] != "PUT" or not found or not file:
            await self.app(scope, receive, send)
            return
        size = _announced(scope)
        refused = self._refused(scope, session, size)
        if refused:
            await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, send)
            return
        self._coming[session] += 1
        self._coming_bytes += size
        kept = False

        async def heard(message: Message) -> None:
            nonlocal kept
            if message["type"] == "http.response.start":
                kept = message["status"] < 300
            await send(message)

        try:
            await self.app(scope, receive, heard)
        finally:
            self._coming_bytes -= size
            self._coming[session] -= 1
            if not self._coming[session]:
                del self._coming[session]
            if kept:
                later = asyncio.get_running_loop().call_later
                later(UPLOAD_MINUTES.value() * 60, server_store().remove_file, session, file)

    def _refused(self, scope: Scope, session: str, size: int) -> tuple[int, str] | None:
        """Return the status and the words of a refusal; None where the file may come."""
        sender = asking(scope)
        if not sender.may("hand_in"):
            error = refusal(sender, "hand_in")
            return 403, f"{error.found} {error.do}"
        held = server_store().file_storage
        minutes = f"{UPLOAD_MINUTES.value():g}"
        if len(held.get(session, ())) + self._coming[session] >= UPLOADS.value():
            return 429, (
                f"Du har redan {UPLOADS.value():g} uppladdade filer. Ta bort en, eller vänta: "
                f"de glöms efter {minutes} minuter."
            )
        whole = sum(len(file.data) for files in list(held.values()) for file in files.values())
        if whole + self._coming_bytes + size > UPLOAD_MB.value() * _MEGABYTE:
            return 503, (
                "Servern håller så många uppladdade filer som den rymmer. Försök igen om "
                f"{minutes} minuter."
            )
        return None


def _announced(scope: Scope) -> int:
    """Return the size that a request gives, or the largest that it may have."""
    given = Headers(scope=scope).get("content-length", "")
    most = int(config.get_option("server.maxUploadSize")) * _MEGABYTE
    return min(int(given), most) if given.isdecimal() else most
