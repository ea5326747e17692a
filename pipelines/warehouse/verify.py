"""Checks on a written edition, before it is published: contracts, references and invariants."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipelines.errors import ContractError
from pipelines.model.codes import COMMITMENT
from pipelines.model.tables import TABLE, TABLES, Table

_INVARIANTS: tuple[tuple[str, str], ...] = (
    (
        "Rader in är inlästa plus avvisade",
        "SELECT count(*) FROM delivery WHERE rows_in <> rows_loaded + rows_rejected",
    ),
    (
        "En leverans med avvisade rader har minst en avvikelse",
        """SELECT count(*) FROM delivery d WHERE rows_rejected > 0 AND NOT EXISTS (
           SELECT 1 FROM issue i WHERE i.file_name = d.file_name AND i.severity = 'rejected')""",
    ),
    (
        "Sidan finns i dokumentet",
        """SELECT count(*) FROM passage p JOIN document d USING (document_id)
           WHERE p.page > d.pages OR p.page_end < p.page""",
    ),
    ("Ett belägg har ett citat", "SELECT count(*) FROM passage WHERE trim(quote) = ''"),
    (
        "Räknade belägg är planens egna ord",
        "SELECT count(*) FROM passage WHERE is_counted AND (voice <> 'plan' OR is_negated)",
    ),
    (
        "Nivån är förpliktelsegradens plats",
        "SELECT count(*) FROM passage WHERE level <> list_position($levels, commitment) - 1",
    ),
    (
        "Bara lästa handlingar har en nolla",
        """SELECT count(*) FROM planning_object WHERE level = 0
           AND coverage NOT IN ('read_none', 'read_found', 'superseded')""",
    ),
    (
        "Det vars läge är okänt är varken öppet eller pågående",
        """SELECT (SELECT count(*) FROM planning_object WHERE is_stale AND is_open)
                + (SELECT count(*) FROM testing_activity WHERE is_stale AND is_running)""",
    ),
    (
        "Handlingens belägg är dokumentens summa",
        """SELECT count(*) FROM planning_object o WHERE coverage IN ('read_found', 'read_none')
           AND passages <> (SELECT coalesce(sum(passages), 0) FROM document d
                            WHERE d.object_id = o.object_id)""",
    ),
    (
        "Ett intervall omsluter sitt värde",
        "SELECT count(*) FROM indicator_value WHERE value < low - 1e-9 OR value > high + 1e-9",
    ),
    (
        "Ett mått har ett värde eller ett skäl",
        "SELECT count(*) FROM indicator_value WHERE (value IS NULL) = (absence IS NULL)",
    ),
    (
        "Ett skäl har ett slag",
        "SELECT count(*) FROM indicator_value WHERE (absence IS NULL) <> (absence_kind IS NULL)",
    ),
    (
        "En andel ligger mellan noll och ett",
        """SELECT count(*) FROM indicator_value
           WHERE value_unit = 'andel' AND value NOT BETWEEN 0 AND 1""",
    ),
    (
        "Det som inte är läst har ingen nolla",
        "SELECT count(*) FROM indicator_value WHERE n = 0 AND (value = 0 OR numerator = 0)",
    ),
    (
        "Röda trådens belägg finns",
        """SELECT count(*) FROM (SELECT unnest(passage_ids) AS id FROM carry_through)
           WHERE id NOT IN (SELECT passage_id FROM passage)""",
    ),
    (
        "En plats som visas överlappar ingen annans",
        """SELECT count(*) FROM index_rank a JOIN index_rank b
           ON a.municipality_code <> b.municipality_code
           AND a.rank_low <= b.rank_high AND b.rank_low <= a.rank_high
           WHERE NOT a.is_withheld""",
    ),
)
"""(what must hold, a query that counts what breaks it)."""


def verify(con: duckdb.DuckDBPyConnection) -> None:
    """Check every contract and invariant.

    Raises:
        ContractError: our own output breaks one; the edition must not be published.
    """
    broken = [*_contract_breaks(con), *_invariant_breaks(con)]
    if broken:
        raise ContractError(
            f"Utgåvan bryter mot {len(broken)} villkor: {'; '.join(broken[:5])}.",
            expected="Alla kontrakt uppfyllda.",
            do="Den förra utgåvan ligger kvar. Rapportera felet med texten ovan.",
        )


def _contract_breaks(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for table in TABLES:
        for what, query in _table_checks(table):
            count = _count(con, query)
            if count:
                yield f"{table.name}: {what} ({count} rader)"


def _table_checks(table: Table) -> Iterator[tuple[str, str]]:
    key = ", ".join(table.key)
    yield (
        f"nyckeln {key} är inte unik",
        f"SELECT count(*) FROM (SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1)",
    )
    for name in {*table.required, table.key[0]}:
        yield f"{name} är tom", f"SELECT count(*) FROM {table.name} WHERE {name} IS NULL"
    for column in table.columns:
        if column.codes is None:
            continue
        allowed = ", ".join(f"'{code}'" for code in column.codes.values)
        value = f"unnest({column.name})" if column.is_list else column.name
        yield (
            f"{column.name} har en okänd kod",
            f"SELECT count(*) FROM (SELECT {value} AS code FROM {table.name}) "
            f"WHERE code NOT IN ({allowed})",
        )
    for name, target in table.references.items():
        other = TABLE[target]
        value = f"unnest({name})" if name == "municipality_codes" else name
        yield (
            f"{name} pekar utanför {target}",
            f"SELECT count(*) FROM (SELECT {value} AS ref FROM {table.name}) "
            f"WHERE ref IS NOT NULL AND ref NOT IN (SELECT {other.key[0]} FROM {target})",
        )


def _invariant_breaks(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for what, query in _INVARIANTS:
        parameters = {"levels": list(COMMITMENT.values)} if "$levels" in query else None
        count = _count(con, query, parameters)
        if count:
            yield f"{what} ({count} undantag)"


def _count(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, list[str]] | None = None
) -> int:
    row = con.execute(query, parameters).fetchall()[0]
    return int(row[0])
