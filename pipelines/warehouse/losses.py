"""What a new edition would lack that the one before has: a build with such losses stops.

A faulty delivery (an empty or missing register, one cut in half, a folder that is not mounted)
looks like a small one. Only the edition before tells that something was there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.errors import EditionError, SourceError
from pipelines.model.codes import OBJECT_TYPE
from pipelines.model.region import LossLimits
from pipelines.model.tables import TABLE, TABLES

LOSSES = "catalog_accepted_loss"
"""The table in which an edition says what was accepted when it was built."""
_READ = ("read_found", "read_none")
_SCHEMA = {
    "table_name": pl.String,
    "label": pl.String,
    "what": pl.String,
    "before": pl.Int64,
    "now": pl.Int64,
    "edition_before": pl.String,
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that shrank more than it may: in which table, what in Swedish, from and to."""

    table_name: str
    what: str
    before: int
    now: int

    @property
    def name(self) -> str:
        """The table's name in files, which ``--accept-loss`` takes."""
        return TABLE[self.table_name].file


class LossError(EditionError):
    """An edition would lose more than the limits allow; ``losses`` are the rows of the report."""

    def __init__(self, region_name: str, losses: Sequence[Loss], *, is_read_anew: bool) -> None:
        self.losses = tuple(losses)
        names = dict.fromkeys(loss.name for loss in losses)
        options = " ".join(f"--accept-loss {name}" for name in names)
        reason = (
            " Läsaren eller kodboken är en annan än förut, vilket kan förklara färre belägg."
            if is_read_anew
            else ""
        )
        super().__init__(
            f"Utgåvan för {region_name} publicerades inte: {', '.join(names)} har krympt mer än "
            f"gränserna tillåter.{reason}",
            expected="Ungefär lika mycket som i den förra utgåvan, som ligger kvar och visas.",
            do="Kontrollera att filerna är hela och att mappen med dokument är ansluten, och kör "
            f"igen. Är minskningen riktig: planinnovation run --region {region_name} {options}",
        )


def accepted_tables(names: Collection[str]) -> frozenset[str]:
    """Return the tables that a person names, by table or by file.

    Raises:
        SourceError: there is no such table.
    """
    known = {name: table.name for table in TABLES for name in (table.name, table.file)}
    for name in names:
        if name not in known:
            raise SourceError(
                f"--accept-loss {name}: det finns ingen sådan tabell.",
                expected="En tabell ur den lista som körningen visade när den stannade.",
                do=f"Välj bland {', '.join(sorted(table.file for table in TABLES))}.",
            )
    return frozenset(known[name] for name in names)


def judge(
    region_name: str,
    before: Path | None,
    frames: Mapping[str, pl.DataFrame],
    limits: LossLimits,
    accepted: frozenset[str],
    made_with: tuple[str, str],
) -> pl.DataFrame:
    """Compare what is about to be published with the edition before.

    Args:
        region_name: whose edition it is.
        before: the edition that is current; None where there is none to lose anything of.
        frames: the new tables.
        limits: how much may go.
        accepted: tables whose losses a person has accepted.
        made_with: version of the reader and hash of the codebook, now.

    Returns:
        The losses that were accepted: ``table_name, label, what, before, now, edition_before``.

    Raises:
        LossError: something else shrank more than it may.
    """
    if before is None:
        return pl.DataFrame(schema=_SCHEMA)
    with duckdb.connect(str(before), read_only=True) as con:
        losses = find_losses(con, frames, limits)
        made = con.execute("SELECT reader_version, codebook_hash FROM edition").fetchall()
    refused = [loss for loss in losses if loss.table_name not in accepted]
    if refused:
        raise LossError(region_name, refused, is_read_anew=made != [made_with])
    rows = [
        (loss.table_name, TABLE[loss.table_name].label, loss.what, loss.before, loss.now)
        for loss in losses
    ]
    return pl.DataFrame([(*row, before.stem) for row in rows], schema=_SCHEMA, orient="row")


def read_accepted(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return what was accepted when an edition was built; empty for editions of before."""
    held = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [LOSSES]
    ).fetchall()
    if not held[0][0]:
        return pl.DataFrame(schema=_SCHEMA)
    accepted: pl.DataFrame = con.sql(f"SELECT * FROM {LOSSES}").pl()
    return accepted


def find_losses(
    con: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], limits: LossLimits
) -> list[Loss]:
    """Return what is gone of an edition, in the order in which it flows: registers first."""
    losses = _registers(con, frames["delivery"], limits.rows)
    objects = frames["planning_object"]
    for kind, held in _counts(con, "SELECT object_type, count(*) FROM planning_object GROUP BY 1"):
        now = objects.filter(pl.col("object_type") == kind).height
        what = f"Kända handlingar: {OBJECT_TYPE.labels.get(kind, kind)}"
        losses += _lost("planning_object", what, held, now, limits.plans)
    losses += _documents(con, frames, limits.documents)
    people = frames["human_code"]
    # A no from a person takes a passage on purpose: it is neither lost nor expected.
    refused = set(people.filter(~pl.col("is_relevant"))["passage_id"].drop_nulls())
    before = con.execute("SELECT passage_id FROM passage").fetchall()
    held = sum(passage_id not in refused for (passage_id,) in before)
    losses += _lost("passage", "Belägg", held, frames["passage"].height, limits.passages)
    return losses


def _registers(con: duckdb.DuckDBPyConnection, delivered: pl.DataFrame, share: float) -> list[Loss]:
    losses: list[Loss] = []
    files = con.execute(
        """SELECT table_name, file_name, rows_loaded FROM delivery
           WHERE rows_loaded > 0 ORDER BY ALL"""
    ).fetchall()
    for table in TABLES:
        held = {file: int(rows) for name, file, rows in files if name == table.name}
        now = delivered.filter(pl.col("table_name") == table.name)
        loaded = int(now["rows_loaded"].sum())
        found = _lost(table.name, "Registrets rader", sum(held.values()), loaded, share)
        rows_in = dict(now.select("file_name", "rows_in").rows())
        for file, before in held.items():
            # A file under a new name is no loss as long as the register has its rows.
            is_gone = file not in rows_in and loaded < sum(held.values())
            if is_gone or rows_in.get(file) == 0:
                why = "finns inte längre" if is_gone else "är tom eller gick inte att läsa"
                found.append(Loss(table.name, f"{file} {why}", before, 0))
        losses += found
    return losses


def _documents(
    con: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], share: float
) -> list[Loss]:
    """Read documents in all; and of each municipality, whose folder may be the one not mounted."""
    read = frames["document"].filter(pl.col("coverage").is_in(_READ))
    held = _counts(
        con,
        f"""SELECT coalesce(municipality_code, ''), count(*) FROM document
            WHERE coverage IN {_READ} GROUP BY 1 ORDER BY 1""",
    )
    losses = _lost("document", "Lästa dokument", sum(n for _, n in held), read.height, share)
    left = set(read["municipality_code"].fill_null(""))
    names = dict(frames["municipality"].select("municipality_code", "municipality_name").rows())
    gone = [(code, count) for code, count in held if code not in left]
    return losses + [
        Loss("document", f"Lästa dokument: {names.get(code) or code or 'utan kommun'}", count, 0)
        for code, count in gone
    ]


def _lost(table: str, what: str, before: int, now: int, share: float) -> list[Loss]:
    gone = before - now
    is_lost = gone > 0 and (now == 0 or gone > share * before)
    return [Loss(table, what, before, now)] if is_lost else []


def _counts(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, int]]:
    return [(str(name), int(count)) for name, count in con.execute(query).fetchall()]
