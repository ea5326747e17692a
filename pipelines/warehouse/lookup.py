"""Three narrow tables that questions start from, so that three million passages answer at once.

They hold nothing new: ``object_codes`` adds passages up to their plans and allocations by what they
say (see :mod:`pipelines.indicators.facts`), ``object_key`` joins the plans and allocations with
their municipality and numbers them in its order, and ``passage_key`` says of each passage the same
as ``passage`` does, as numbers and as one lower-case text. They belong to the edition's file, not
to its contract, and are not exported.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.indicators.facts import OBJECT_CODES
from pipelines.model.codes import INSTRUMENT, PHASES_ACTIVE, THEME, CodeList
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLE, TABLES
from pipelines.warehouse.ddl import SQL_TYPE

KEYS = ("object_codes", "object_key", "passage_key")
LAYOUT = "5"
"""Written as the tables' comment and raised when their columns change."""
_ALWAYS = ("municipality", "document", "passage", "planning_object")
"""Every edition has these: where one is lacking, an empty table would say that nothing is known."""

_NUMBERED = """
CREATE TEMP TABLE numbered AS
SELECT o.*, m.municipality_name,
       (row_number() OVER (ORDER BY o.municipality_code, o.object_id) - 1)::INTEGER AS object_no,
       row_number() OVER (ORDER BY m.municipality_name COLLATE sv, o.object_name COLLATE sv,
                                   o.object_id)::INTEGER AS name_order,
       lower(concat_ws(' ', o.object_name, m.municipality_name)) AS names
FROM planning_object o JOIN municipality m USING (municipality_code)
"""

_OBJECT_KEY = """
CREATE TABLE object_key AS
SELECT n.*, b.aloud, b.aloud_row, b.aloud_level
FROM numbered n LEFT JOIN (
    SELECT object_no, min(aloud) AS aloud, arg_min(passage_row, aloud) AS aloud_row,
           arg_min(level, aloud) AS aloud_level
    FROM passage_key WHERE aloud IS NOT NULL GROUP BY object_no
) b USING (object_no)
ORDER BY object_no
"""

_PASSAGE_KEY = """
CREATE TABLE passage_key (
    passage_row BIGINT, object_no INTEGER, theme_bits BIGINT, instrument_bits BIGINT,
    level UTINYINT, is_counted BOOLEAN, is_negated BOOLEAN, legal_flag BOOLEAN, strength INTEGER,
    aloud INTEGER, confidence DOUBLE, characters INTEGER, text_hash UBIGINT,
    words VARCHAR USING COMPRESSION uncompressed
)
"""
"""Unpacking the words of three million passages takes longer than looking through them."""

_PASSAGES = """
SELECT p.rowid AS passage_row, k.object_no, p.themes, p.instruments, p.level::UTINYINT AS level,
       p.is_counted, p.is_negated, p.legal_flag, coalesce(p.confidence, 0) AS confidence,
       p.passage_id, length(p.quote) AS characters, hash(lower(p.quote)) AS text_hash,
       lower(concat_ws(' ', p.quote, p.section)) AS words
FROM passage p JOIN numbered k USING (object_id)
"""

ALOUD = (60, 260)
"""Characters of a passage that can be read aloud: whole sentences of moderate length."""


def create_keys(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables from the contract tables that are already written.

    ``object_key`` holds ``planning_object`` with ``municipality_name``, ``object_no``,
    ``name_order`` (place by municipality and name in Swedish order), ``names`` (both in lower
    case), and of the passage to read aloud first its place, row and level: ``aloud``,
    ``aloud_row``, ``aloud_level``.

    ``passage_key``, in the order of ``object_no``: ``passage_row`` (the passage's rowid),
    ``object_no``, ``theme_bits`` and ``instrument_bits`` (bit n is place n of the code
    list), ``level``, ``is_counted``, ``is_negated``, ``legal_flag``, ``strength``
    (place when the strongest come first), ``aloud`` (place among those worth reading aloud, else
    null), ``confidence``, ``characters`` and ``text_hash`` of the quote (the same for the same
    words in any case), ``words`` (quote and section in lower case).
    """
    for name in KEYS:
        con.execute(f"DROP TABLE IF EXISTS {name}")
    con.execute(OBJECT_CODES)
    con.execute(_NUMBERED)
    keys = (
        con.sql(_PASSAGES)
        .pl()
        .select(
            "passage_row",
            "object_no",
            _bits("themes", THEME).alias("theme_bits"),
            _bits("instruments", INSTRUMENT).alias("instrument_bits"),
            "level",
            "is_counted",
            "is_negated",
            "legal_flag",
            _strength().alias("strength"),
            _aloud().alias("aloud"),
            "confidence",
            pl.col("characters").cast(pl.Int32),
            "text_hash",
            "words",
        )
        .sort("object_no", "passage_row")
    )
    con.register("incoming", keys.to_arrow())
    con.execute(_PASSAGE_KEY)
    con.execute("INSERT INTO passage_key BY NAME SELECT * FROM incoming")
    con.unregister("incoming")
    con.execute(_OBJECT_KEY)
    con.execute("DROP TABLE numbered")
    for name in KEYS:
        con.execute(f"COMMENT ON TABLE {name} IS '{LAYOUT}'")


def open_with_keys(file: Path) -> duckdb.DuckDBPyConnection:
    """Open an edition read-only; one of a former version is copied to memory and completed.

    The copy gets these tables, and the contract's tables and columns that it lacks: empty, except
    that a test runs if its phase says so, because nobody then judged the age of a status.

    Raises:
        duckdb.Error: the file is no edition.
    """
    con = duckdb.connect(str(file), read_only=True)
    lacking = _lacking(con)
    absent = [name for name in _ALWAYS if len(lacking.get(name, ())) == len(TABLE[name].columns)]
    if absent:
        con.close()
        raise duckdb.CatalogException(f"{file.name} is no edition: it lacks {', '.join(absent)}")
    if _has_keys(con) and not lacking:
        return con
    con.close()
    copy = duckdb.connect()
    quoted = str(file).replace("'", "''")
    copy.execute(f"ATTACH '{quoted}' AS edition_file (READ_ONLY)")
    copy.execute("COPY FROM DATABASE edition_file TO memory")
    copy.execute("DETACH edition_file")
    _complete(copy, lacking)
    create_keys(copy)
    return copy


def _lacking(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the columns of the contract that an edition lacks, by table; all, if it lacks it."""
    held: dict[str, set[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    ).fetchall():
        held.setdefault(table, set()).add(column)
    missing = {
        table.name: [name for name in table.polars_schema if name not in held.get(table.name, ())]
        for table in TABLES
    }
    return {table: columns for table, columns in missing.items() if columns}


def _complete(con: duckdb.DuckDBPyConnection, lacking: dict[str, list[str]]) -> None:
    for table, columns in lacking.items():
        if len(columns) == len(TABLE[table].polars_schema):
            con.register("incoming", TABLE[table].empty().to_arrow())
            con.execute(f"CREATE TABLE {table} AS FROM incoming")
            con.unregister("incoming")
            continue
        for column in columns:
            con.execute(f"ALTER TABLE {table} ADD COLUMN {column} {SQL_TYPE[COLUMN[column].kind]}")
    if "is_running" in lacking.get("testing_activity", ()):
        con.execute(
            """UPDATE testing_activity
               SET is_running = list_contains(?::VARCHAR[], testing_phase)""",
            [list(PHASES_ACTIVE)],
        )


def _has_keys(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute(
        """SELECT count(*) FROM duckdb_tables()
           WHERE list_contains(?::VARCHAR[], table_name) AND comment = ?""",
        [list(KEYS), LAYOUT],
    ).fetchall()
    return int(found[0][0]) == len(KEYS)


def _bits(column: str, codes: CodeList) -> pl.Expr:
    bits = {code: 1 << place for place, code in enumerate(codes.values)}
    each = pl.element().replace_strict(bits, default=0, return_dtype=pl.Int64)
    return pl.col(column).list.unique().list.eval(each).list.sum().fill_null(0)


def _strength() -> pl.Expr:
    """1 for the passage to show first: counted, high level, sure, then by its id."""
    level, confidence = pl.col("level").cast(pl.Int64), pl.col("confidence")
    return _place(~pl.col("is_counted"), -level, -confidence)


def _aloud() -> pl.Expr:
    """The same, but those with more codes before surer ones; null for what is not read aloud."""
    level, confidence = pl.col("level").cast(pl.Int64), pl.col("confidence")
    codes = pl.col("instruments").list.len() + pl.col("themes").list.len()
    fit = pl.col("characters").is_between(*ALOUD) & ~pl.col("legal_flag") & pl.col("is_counted")
    return pl.when(fit).then(_place(-level, -codes.cast(pl.Int64), -confidence))


def _place(*order: pl.Expr) -> pl.Expr:
    """The place of each row in an order; the id comes last, so that no two rows share a place."""
    fields = [each.alias(str(i)) for i, each in enumerate((*order, pl.col("passage_id")))]
    return pl.struct(fields).rank("ordinal").cast(pl.Int32)
