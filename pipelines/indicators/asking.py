"""A question to an edition that somebody may end while it runs.

Cursors are shared by those who ask the same scope, so only the one that works on this question is
interrupted, and only while it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from threading import Lock

import duckdb

ASKED: ContextVar[Question | None] = ContextVar("asked", default=None)
"""The question that this thread works on."""


class Question:
    """What is asked, from the first row set to the answer."""

    def __init__(self) -> None:
        self.is_over = False
        self._lock = Lock()
        self._cursor: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def on(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Let the question be ended while this cursor works on it.

        Raises:
            duckdb.InterruptException: it has been ended already.
        """
        with self._lock:
            if self.is_over:
                raise duckdb.InterruptException("the question was ended")
            before, self._cursor = self._cursor, cursor
        try:
            yield
        finally:
            with self._lock:
                self._cursor = before

    def end(self) -> None:
        """End it; call again until it has, because an interrupt between statements does nothing."""
        with self._lock:
            self.is_over = True
            if self._cursor is not None:
                self._cursor.interrupt()


def running(cursor: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
    """Let the question that this thread works on, if any, be ended while the cursor runs."""
    question = ASKED.get()
    return nullcontext() if question is None else question.on(cursor)
