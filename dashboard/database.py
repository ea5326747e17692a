"""The current edition: which file it is, a held read-only connection, a cursor for each question.

DuckDB keeps one instance for each path in a process, so an edition is never overwritten: a build
writes a new file. The file's name is therefore the key of every cached answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import streamlit as st

from dashboard.budget import asked, question
from pipelines.errors import EditionError
from pipelines.indicators.asking import running
from pipelines.warehouse.edition import find_current, no_edition
from pipelines.warehouse.lookup import open_with_keys

Answer = TypeVar("Answer")


def current_edition(region: str) -> Path:
    """Return the file of a region's current edition, the newest whole one if that is damaged.

    Raises:
        EditionError: no edition is published, or none is whole.
    """
    current = find_current(region)
    if current.file is None:
        raise no_edition(region, current)
    return current.file


def has_edition(region: str) -> bool:
    """Whether a region has an edition to show."""
    try:
        current_edition(region)
    except EditionError:
        return False
    return True


def ask(edition: Path, query: Callable[..., Answer], *values: Any) -> Answer:
    """Put a named query to an edition; the same question is answered from memory."""
    name = f"{query.__module__}.{query.__qualname__}"
    answer: Answer = asked(lambda: _answer(str(edition), name, repr(values), query, values))
    return answer


def ask_now(edition: Path, query: Callable[..., Answer], *values: Any) -> Answer:
    """Put a named query to an edition without looking at earlier answers or keeping this one."""
    return asked(lambda: _put(str(edition), query, values))


def connection(edition: Path) -> duckdb.DuckDBPyConnection:
    """Return the held read-only connection of an edition; take a cursor of it for each thread."""
    return _connection(str(edition))


@st.cache_data(max_entries=600, show_spinner=False)
def _answer(
    edition: str, name: str, key: str, _query: Callable[..., Any], _values: tuple[Any, ...]
) -> Any:
    return _put(edition, _query, _values)


def _put(edition: str, query: Callable[..., Answer], values: tuple[Any, ...]) -> Answer:
    cursor = _connection(edition).cursor()
    with question(), running(cursor):
        return query(cursor, *values)


_LARGE = 300_000_000
"""Bytes of an edition from which a second thread helps: at a region's size it saves no time and
costs a fifth more of the processor, which many readers share."""


@st.cache_resource(max_entries=3, show_spinner=False)
def _connection(edition: str) -> duckdb.DuckDBPyConnection:
    connection = open_with_keys(Path(edition))
    # Every value that a reader gives is bound; these hold where a mistake of ours would not. An
    # edition that somebody still counts on after it left the cache is the same, locked instance.
    if not connection.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
        if Path(edition).stat().st_size < _LARGE:
            connection.execute("SET threads = 1")
        connection.execute("SET memory_limit = '4GB'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection
