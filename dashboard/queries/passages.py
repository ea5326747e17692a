"""Questions about passages: search, count, and the one worth reading aloud."""

from __future__ import annotations

from typing import Any, NamedTuple

import duckdb
import polars as pl

from dashboard.filters import Filters
from dashboard.queries.scope import scoped, scoped_all, select
from pipelines.indicators.scope import LOWEST, has_codes

Connection = duckdb.DuckDBPyConnection


_BEST_OF_PLANS = """
, wanted AS (
    SELECT aloud_row AS passage_row, aloud, municipality_code FROM scope
    WHERE aloud_level >= $minimum::BIGINT
)
"""
"""Without chosen themes and instruments a plan's passage to read aloud is known beforehand."""
KEPT = 100
"""First passages whose rows a search notes, so that turning a page looks nothing up anew."""


class Hits(NamedTuple):
    """How many passages there are, and the rows of the first of them, strongest first."""

    total: int
    rows: tuple[int, ...]


def _wanted(filters: Filters, words: tuple[str, ...], in_names: tuple[bool, ...] = ()) -> str:
    """SQL of the keys in the choice that hold every word, in the text or in the plan's names.

    ``in_names`` says of each word whether any plan's names hold it; where none does, the texts
    alone are looked through, before anything is joined.
    """
    places = [i for i, named in enumerate(in_names) if named]
    named = "".join(f", contains(names, $word_{i}) AS named_{i}" for i in places)
    holds = "".join(
        f" AND ({f's.named_{i} OR ' if i in places else ''}contains(k.words, $word_{i}))"
        for i in range(len(words))
    )
    return f"""
, chosen AS (SELECT object_no, municipality_code{named} FROM scope)
, wanted AS (
    SELECT k.passage_row, k.strength, k.aloud, s.municipality_code
    FROM passage_key k JOIN chosen s USING (object_no)
    WHERE (k.is_counted OR $everything)
      AND (k.level >= $minimum::BIGINT OR ($everything AND k.is_negated))
      AND {has_codes(filters)}{holds}
)
"""


def _in_names(connection: Connection, words: tuple[str, ...]) -> tuple[bool, ...]:
    """Whether each word stands in the names of any plan or municipality."""
    if not words:
        return ()
    each = ", ".join(
        f"coalesce(bool_or(contains(names, $word_{i})), false)" for i in range(len(words))
    )
    held = {f"word_{i}": word for i, word in enumerate(words)}
    return tuple(select(connection, f"SELECT {each} FROM object_key", **held).row(0))


def _values(filters: Filters, words: tuple[str, ...], everything: bool) -> dict[str, Any]:
    held = {f"word_{i}": word for i, word in enumerate(words)}
    return {"minimum": filters.minimum, "everything": everything} | held


MOST_WORDS, LONGEST_WORD = 12, 60
"""Words of a search that are looked for, and letters of each: more finds nothing and costs time."""


def search_words(text: str) -> tuple[str, ...]:
    """Split what a reader writes into lower-case words that all must occur.

    >>> search_words("Testbädd  trä testbädd")
    ('testbädd', 'trä')
    """
    words = dict.fromkeys(word[:LONGEST_WORD] for word in text.casefold().split())
    return tuple(words)[:MOST_WORDS]


def count_passages(
    connection: Connection, filters: Filters, words: tuple[str, ...] = (), everything: bool = False
) -> int:
    """How many passages the choice holds; ``everything`` adds those that do not count."""
    if words or everything or filters.minimum > LOWEST:
        return search(connection, filters, words, everything).total
    query = "SELECT coalesce(sum(passages), 0)::BIGINT FROM scope"
    return int(scoped(connection, filters, query).item())


def search(
    connection: Connection, filters: Filters, words: tuple[str, ...] = (), everything: bool = False
) -> Hits:
    """Look through all passages once: count them and note where the first of them stand."""
    frame = scoped(
        connection,
        filters,
        _wanted(filters, words, _in_names(connection, words))
        + f"SELECT count(*)::BIGINT, min_by(passage_row, strength, {KEPT}) FROM wanted",
        **_values(filters, words, everything),
    )
    total, rows = frame.row(0)
    return Hits(int(total), tuple(rows or ()))


def passages_at(connection: Connection, rows: tuple[int, ...]) -> pl.DataFrame:
    """Passages by their rows, in that order, with the names of their document and plan."""
    if not rows:
        return passages_at(connection, (-1,))
    # One look-up a row finds its block at once; a list of rows would be looked for in all of them.
    # So do few names looked up by themselves, where a join would read every plan and document.
    shown = select(
        connection,
        " UNION ALL ".join(f"SELECT * FROM passage WHERE rowid = {int(row)}" for row in rows),
    )
    plans = _named(
        connection,
        "object_id, object_name, municipality_name, object_stage FROM object_key",
        shown["object_id"],
    )
    documents = _named(
        connection,
        """document_id, document_title, document_date, source_url, coverage AS document_coverage
           FROM document""",
        shown["document_id"],
    )
    return shown.join(plans, on="object_id", maintain_order="left").join(
        documents, on="document_id", maintain_order="left"
    )


def _named(connection: Connection, columns: str, ids: pl.Series) -> pl.DataFrame:
    """Rows of a table by their ids; the id is the first of the columns and the series' name."""
    values = {f"id_{i}": each for i, each in enumerate(ids.unique())}
    listed = ", ".join(f"${name}" for name in values) or "NULL"
    return select(connection, f"SELECT {columns} WHERE {ids.name} IN ({listed})", **values)


def find_passages(
    connection: Connection,
    filters: Filters,
    words: tuple[str, ...] = (),
    everything: bool = False,
    offset: int = 0,
    limit: int = 10,
) -> pl.DataFrame:
    """Passages, strongest first, with the names of their document and plan."""
    rows = scoped(
        connection,
        filters,
        _wanted(filters, words, _in_names(connection, words))
        + """SELECT passage_row FROM wanted
             ORDER BY strength LIMIT $limit::BIGINT OFFSET $offset::BIGINT""",
        limit=limit,
        offset=offset,
        **_values(filters, words, everything),
    )
    return passages_at(connection, tuple(rows["passage_row"]))


def all_passages(
    connection: Connection, filters: Filters, words: tuple[str, ...], everything: bool
) -> pl.DataFrame:
    """Every passage that a search finds, strongest first: what a file holds."""
    return scoped_all(
        connection,
        filters,
        _wanted(filters, words, _in_names(connection, words))
        + """SELECT p.*, o.object_name, o.municipality_name, o.object_stage, d.document_title,
                    d.document_date, d.source_url, d.coverage AS document_coverage
             FROM wanted w JOIN passage p ON p.rowid = w.passage_row
             JOIN object_key o USING (object_id) JOIN document d USING (document_id)
             ORDER BY w.strength""",
        **_values(filters, words, everything),
    )


def best_quotations(connection: Connection, filters: Filters, number: int = 1) -> pl.DataFrame:
    """The strongest passages that can be read aloud: whole sentences of moderate length.

    At most one a municipality, so that two quotations do not come from the same place.
    """
    if filters.themes or filters.instruments:
        source, values = _wanted(filters, ()), _values(filters, (), everything=False)
    else:
        source, values = _BEST_OF_PLANS, {"minimum": filters.minimum}
    rows = scoped(
        connection,
        filters,
        source
        + """SELECT arg_min(passage_row, aloud) AS passage_row FROM wanted
             WHERE aloud IS NOT NULL GROUP BY municipality_code
             ORDER BY min(aloud) LIMIT $number::BIGINT""",
        number=number,
        **values,
    )
    return passages_at(connection, tuple(rows["passage_row"]))
