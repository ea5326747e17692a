"""A reader without a browser: speaks Streamlit's protocol, chooses filters, counts what is sent.

What it measures is the server's part: from the choice until the script says it has ended.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_REFUSED = tuple(words.encode() for words in ("Servern är upptagen", "tunga frågor på kort tid"))
"""The words that a reader gets when a question is not answered (dashboard/budget.py)."""
PATIENCE = 90.0
"""Seconds to wait for a script before the run is given up."""


@dataclass(frozen=True)
class Run:
    """One run of a page: seconds, bytes received, the texts of error boxes."""

    seconds: float
    received: int
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of a page that is made when it is opened: its label, and the fragment that makes it.

    Parts over the page (``is_over``: its table, its files) close when the reader goes on.
    """

    label: str
    is_over: bool
    fragment: str


@dataclass
class Session:
    """One open page of one reader."""

    address: str
    page: str
    choice: dict[str, str]
    _socket: ClientConnection
    _script: str = ""
    _widgets: dict[str, str] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _parts: dict[str, Part] = field(default_factory=dict)
    _opened: dict[str, bool] = field(default_factory=dict)

    def select(self, key: str, label: str) -> Run:
        """Choose an option of a select box, or of a box for several, and wait for the run."""
        name = next(each for each in self._widgets if each.endswith(f"-{key}"))
        self._states[name] = label
        return self.run()

    @property
    def closed(self) -> dict[str, Part]:
        """The parts of the page that a reader may still open, by identity."""
        return {name: part for name, part in self._parts.items() if not self._opened.get(name)}

    def open(self, name: str) -> Run:
        """Open a part, which runs it alone where it is a fragment of its own."""
        self._opened[name] = True
        return self.run(self._parts[name].fragment)

    def close_part(self, name: str) -> None:
        """Close a part again; it is closed in the next run."""
        self._opened[name] = False

    def run(self, fragment: str = "") -> Run:
        """Ask for a run with all that is chosen and take in what comes; of a fragment alone, if so.

        A run of the whole page tells anew which parts there are.
        """
        if not fragment:
            self._parts.clear()
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self.choice)
        state.page_script_hash = self._script
        state.page_name = "" if self._script else self.page
        state.cached_message_hashes.extend(self._held)
        state.context_info.locale = "sv-SE"
        state.context_info.url = f"{self.address}/{self.page}"
        if fragment:
            state.fragment_id = fragment
        for name, is_open in self._opened.items():
            part = state.widget_states.widgets.add()
            part.id, part.bool_value = name, is_open
        for name, label in self._states.items():
            widget = state.widget_states.widgets.add()
            widget.id = name
            if self._widgets[name] == "multiselect":
                widget.string_array_value.data.append(label)
            else:
                widget.string_value = label
        start = time.perf_counter()
        self._socket.send(message.SerializeToString())
        received, errors = self._receive()
        return Run(time.perf_counter() - start, received, errors)

    def close(self) -> None:
        """Leave the page."""
        self._socket.close()

    def _receive(self) -> tuple[int, tuple[str, ...]]:
        received = 0
        errors: list[str] = []
        while True:
            body = self._socket.recv(timeout=PATIENCE)
            received += len(body)
            errors += [words.decode() for words in _REFUSED if words in _bytes(body)]
            message = ForwardMsg.FromString(_bytes(body))
            if message.metadata.cacheable and message.hash:
                self._held.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._script = message.new_session.page_script_hash
            elif kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "delta":
                self._take(message.delta.new_element, errors)
                self._take_part(message.delta)
            elif kind == "script_finished" and message.script_finished in _DONE:
                return received, tuple(errors)

    def _take_part(self, delta: Any) -> None:
        block = delta.add_block
        for kind in ("expandable", "popover"):
            if block.HasField(kind) and getattr(block, kind).id:
                part = getattr(block, kind)
                self._parts[part.id] = Part(part.label, kind == "popover", delta.fragment_id)

    def _take(self, element: Any, errors: list[str]) -> None:
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "multiselect"):
            self._widgets[getattr(element, kind).id] = kind
        elif kind == "exception":
            errors.append(element.exception.message)


def open_session(
    address: str, page: str, *, cookie: str = "", **choice: str
) -> tuple[Session, Run]:
    """Open a page with filters in its address; returns it and its first run."""
    target = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    socket = connect(
        target,
        subprotocols=["streamlit"],
        max_size=None,
        origin=address,
        proxy=None,
        open_timeout=PATIENCE,
        ping_interval=None,  # browsers wait, however busy the server is
        additional_headers={"Cookie": cookie} if cookie else None,
    )
    session = Session(address, page, choice, socket)
    return session, session.run()


def _bytes(body: str | bytes) -> bytes:
    return body.encode() if isinstance(body, str) else body
