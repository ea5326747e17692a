"""Budgets of questions: a slow one is ended, many take turns, and nobody asks for all of them.

What is answered from memory costs nothing. A question that has to be counted takes one of the
server's places; where none is free the reader is told, and waits. Everything ends in Swedish words.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.limits import AT_ONCE, QUESTION, SESSION, WAITING, LimitError
from dashboard.text import number
from pipelines.errors import PlanInnovationError
from pipelines.indicators.asking import ASKED, Question

Answer = TypeVar("Answer")
WINDOW = 300.0
"""Seconds in which a reader's questions are added up."""
_PATIENCE = 0.5
_LOOK = 0.1
_SPENT = "fragetid"
_WAITING = "Många räknar just nu. Din fråga väntar på sin tur …"


class BusyError(LimitError):
    """No place is free; whoever asks may tell the reader and wait."""

    def __init__(self) -> None:
        super().__init__(
            "Servern är upptagen och hann inte svara.",
            expected="En ledig plats.",
            do="Vänta en stund och ladda om sidan.",
        )


class Places:
    """The places of one server: so many questions are counted at once.

    ``most`` is asked each time, so that a setting needs no new object.
    """

    def __init__(self, most: Callable[[], float]) -> None:
        self._most = most
        self._taken = 0
        self._free = threading.Condition()

    def take(self, patience: float) -> bool:
        """Wait for a place for so many seconds; return whether one was taken."""
        with self._free:
            if not self._free.wait_for(lambda: self._taken < self._most(), patience):
                return False
            self._taken += 1
            return True

    def give_back(self) -> None:
        """Let the next one in."""
        with self._free:
            self._taken -= 1
            self._free.notify()


PLACES = Places(AT_ONCE.value)
_HAS_PLACE: ContextVar[bool] = ContextVar("has_place", default=False)


class _Watch:
    """One thread that ends the questions whose time is up; it sleeps while nobody asks."""

    def __init__(self) -> None:
        self._running: dict[Question, float] = {}
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, question: Question, seconds: float) -> Iterator[None]:
        with self._lock:
            self._running[question] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="budget", daemon=True)
                self._thread.start()
            self._some.set()
        try:
            yield
        finally:
            with self._lock:
                del self._running[question]
                if not self._running:
                    self._some.clear()

    def _look(self) -> None:
        while self._some.wait():
            with self._lock:
                now = time.monotonic()
                late = [each for each, end in self._running.items() if end <= now]
            for each in late:
                each.end()
            time.sleep(_LOOK)


_WATCH = _Watch()


@contextmanager
def question() -> Iterator[None]:
    """Count what is asked within: it takes a place and ends when its time is up.

    For the bodies of cached functions. A question within a question is the same one.

    Raises:
        BusyError: no place was free.
        LimitError: it took too long.
    """
    if ASKED.get() is not None:
        yield
        return
    own_place = not _HAS_PLACE.get()
    if own_place and not PLACES.take(_PATIENCE):
        raise BusyError
    asked_now = Question()
    token = ASKED.set(asked_now)
    start = time.monotonic()
    try:
        with _WATCH.over(asked_now, QUESTION.value()):
            yield
    except PlanInnovationError:
        raise
    except Exception as error:
        if not asked_now.is_over:
            raise
        raise LimitError(
            f"Frågan tog mer än {number(QUESTION.value())} sekunder och avbröts.",
            expected="Ett mindre urval.",
            do="Välj färre kommuner eller år, eller försök igen om en stund.",
        ) from error
    finally:
        ASKED.reset(token)
        if own_place:
            PLACES.give_back()
        _spend(time.monotonic() - start)


def asked(ask: Callable[[], Answer]) -> Answer:
    """Put a question that may have to wait for a place, within the reader's own budget.

    Raises:
        LimitError: the reader has asked for too much, or no place became free.
    """
    if ASKED.get() is not None:
        return ask()
    _check_spent()
    try:
        return ask()
    except BusyError:
        pass  # the reader is told before the place is waited for
    with _told_to_wait():
        if not PLACES.take(WAITING.value()):
            raise BusyError
        token = _HAS_PLACE.set(True)
        try:
            return ask()
        finally:
            _HAS_PLACE.reset(token)
            PLACES.give_back()


@contextmanager
def _told_to_wait() -> Iterator[None]:
    if _is_page():
        with st.spinner(_WAITING):
            yield
    else:
        yield


def _is_page() -> bool:
    """Whether a page asks; a file's address has no session."""
    return get_script_run_ctx(suppress_warning=True) is not None


def _spend(seconds: float) -> None:
    if _is_page():
        st.session_state.setdefault(_SPENT, deque(maxlen=2000)).append((time.monotonic(), seconds))


def _check_spent() -> None:
    if not _is_page():
        return
    recent = time.monotonic() - WINDOW
    spent: deque[tuple[float, float]] = st.session_state.get(_SPENT, deque())
    while spent and spent[0][0] < recent:
        spent.popleft()
    if sum(seconds for _, seconds in spent) > SESSION.value():
        raise LimitError(
            "Du har ställt många tunga frågor på kort tid.",
            expected="Lite tid emellan.",
            do="Vänta några minuter och ladda om sidan.",
        )
