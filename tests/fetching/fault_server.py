"""A web server on 127.0.0.1 that answers as told, faults included, and notes what is asked."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal


@dataclass(frozen=True)
class Answer:
    """One answer; ``fault`` is how the connection misbehaves while it is sent."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Literal["", "cut", "drip", "closed"] = ""

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class FaultServer:
    """Answers by path, with the query where one is put with it; the last answer is repeated."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}

    def put(self, path: str, *answers: Answer | str | bytes) -> str:
        self._answers[path] = [a if isinstance(a, Answer) else Answer(a) for a in answers]
        return self.address + path

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def answer(self, path: str) -> Answer:
        queue = self._answers.get(path) or self._answers.get(path.partition("?")[0])
        if not queue:
            return Answer(status=404)
        return queue.pop(0) if len(queue) > 1 else queue[0]


@contextmanager
def serving() -> Iterator[FaultServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _respond(self, server)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = FaultServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


def _respond(handler: BaseHTTPRequestHandler, server: FaultServer) -> None:
    length = int(handler.headers.get("Content-Length", 0))
    headers = {name.lower(): value for name, value in handler.headers.items()}
    server.asked.append(Asked(handler.command, handler.path, headers, handler.rfile.read(length)))
    answer = server.answer(handler.path)
    if answer.fault == "closed":
        return
    tag = f'"{hashlib.sha256(answer.data).hexdigest()[:16]}"'
    if answer.status == 200 and headers.get("if-none-match") == tag:
        handler.send_response(304)
        handler.send_header("ETag", tag)
        handler.end_headers()
        return
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.status == 200:
        handler.send_header("ETag", tag)
    handler.send_header("Content-Length", str(len(answer.data) + (answer.fault == "cut")))
    handler.end_headers()
    try:
        if answer.fault == "drip":
            for position in range(len(answer.data)):
                handler.wfile.write(answer.data[position : position + 1])
                handler.wfile.flush()
                time.sleep(0.02)
        else:
            handler.wfile.write(answer.data)
    except OSError:
        pass  # whoever asked has gone
