"""Since the last meeting: the edition of that day against the frozen one, and what has moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dashboard.budget import asked, question
from dashboard.charts import ladder_rows
from dashboard.database import ask, connection
from dashboard.filters import Filters
from dashboard.measures import selection_of
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.frozen import find_edition
from dashboard.parts.view import View
from dashboard.queries.edition import edition_facts
from dashboard.queries.meeting import read_documents
from dashboard.queries.passages import count_passages
from dashboard.text import MINUS, TYPE_PLURAL, capital, day, measure_name, number
from pipelines.indicators import planning, testing
from pipelines.indicators.change import split_change
from pipelines.indicators.facts import Facts
from pipelines.indicators.worlds import Worlds
from pipelines.model.columns import Column
from pipelines.warehouse.edition import list_editions
from pipelines.warehouse.sealed import is_sound

SHALL = 4
COLUMNS = (
    Column(name="measure", label="Mått", meaning="Vad som räknas."),
    Column(name="then", label="Då", meaning="I den tidigare utgåvan.", kind="integer"),
    Column(name="now", label="Nu", meaning="I mötets utgåva.", kind="integer"),
    Column(name="difference", label="Skillnad", meaning="Nu minus då.", kind="integer"),
)


@dataclass(frozen=True)
class Earlier:
    """The edition to compare with; ``absence`` says in Swedish why there is none."""

    file: Path | None
    day: str = ""
    absence: str = ""


@dataclass(frozen=True)
class Change:
    """``numbers`` has the columns of ``COLUMNS``; documents are rows of ``read_documents``."""

    numbers: pl.DataFrame
    new: pl.DataFrame
    revised: pl.DataFrame
    gone: pl.DataFrame


def edition_of_day(region: str, wanted: date, now: Path) -> Earlier:
    """Return the last edition that was built on the day or before.

    Three absences are told apart: no edition that old, the same edition still, unreadable.
    """
    built = _built(region)
    own = _moment(built, now)
    before = [each for each in built if each[0].date() <= wanted and each[0] <= own]
    if not before:
        oldest = f" Den äldsta är från {day(built[0][0])}." if built else ""
        return Earlier(
            None, absence=f"Ingen utgåva från {wanted} eller tidigare finns kvar.{oldest}"
        )
    moment, file = before[-1]
    if file == now:
        return Earlier(
            None, day(moment), f"Ingen ny utgåva sedan {wanted}: samma utgåva gällde redan då."
        )
    return Earlier(file, day(moment))


def edition_before(region: str, now: Path) -> Earlier:
    """Return the edition that was current before this one; of the same day, with its time."""
    built = _built(region)
    own = _moment(built, now)
    before = [each for each in built if each[0] < own]
    if not before:
        return Earlier(None, absence="Det finns ingen tidigare utgåva att jämföra med.")
    moment, file = before[-1]
    same_day = own != datetime.max and moment.date() == own.date()
    return Earlier(file, f"{moment:%Y-%m-%d kl. %H.%M}" if same_day else day(moment))


def _built(region: str) -> list[tuple[datetime, Path]]:
    """When each edition that can be read was built, oldest first."""
    built: list[tuple[datetime, Path]] = []
    for file in filter(is_sound, list_editions(region)):
        try:
            moment = ask(file, edition_facts)["built_at"]
        except duckdb.Error:
            continue
        if isinstance(moment, datetime):
            built.append((moment, file))
    return sorted(built)


def _moment(built: list[tuple[datetime, Path]], edition: Path) -> datetime:
    return next((moment for moment, file in built if file == edition), datetime.max)


def earlier_edition(agenda: Agenda) -> Earlier:
    """Return the edition of the agenda's last meeting."""
    if agenda.since is None:
        return Earlier(None, absence="Ange datum för förra mötet på sidan Möte för att jämföra.")
    return edition_of_day(agenda.region, agenda.since, find_edition(agenda).file)


def compare(view: View, earlier: Path) -> Change | None:
    """Compare the view's edition with an earlier one in the same choice.

    None when the earlier edition was written by a program whose tables differ too much.
    """
    try:
        then, moved = _numbers(view, earlier), compare_documents(view, earlier)
    except duckdb.Error:
        return None
    rows = [
        {"measure": name, "then": then[name], "now": value, "difference": value - then[name]}
        for name, value in _numbers(view, view.edition).items()
    ]
    numbers = pl.DataFrame(rows, schema_overrides=dict.fromkeys(("then", "now"), pl.Int64))
    return Change(numbers, *moved)


def compare_documents(view: View, earlier: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the choice's new, revised and gone documents, rows of ``read_documents``.

    Raises:
        duckdb.Error: the earlier edition's tables differ too much.
    """
    documents, own = _documents(view, earlier), _documents(view, view.edition)
    ids = pl.col("document_id")
    both = own.join(documents.select("document_id", "sha256"), on="document_id", suffix="_then")
    return (
        own.filter(~ids.is_in(documents["document_id"].implode())),
        both.filter(pl.col("sha256") != pl.col("sha256_then")),
        documents.filter(~ids.is_in(own["document_id"].implode())),
    )


def _documents(view: View, edition: Path) -> pl.DataFrame:
    return ask(edition, read_documents, view.filters)


def _numbers(view: View, edition: Path) -> dict[str, int]:
    """Counts, not shares: a share from two editions needs the split into causes to be read."""
    own = replace(view, edition=edition)
    rows = {
        row["unit_id"]: row for row in ladder_rows.by_type(own.measure(planning.ladder)).to_dicts()
    }
    found: dict[str, int] = {}
    for code, plural in TYPE_PLURAL.items():
        row = rows.get(code, {})
        found[f"Lästa {plural}"] = row.get("read", 0)
        found[f"{capital(plural)} som når Ska"] = row.get(f"level_{SHALL}", 0)
    found["Belägg"] = ask(edition, count_passages, view.filters)
    running = own.measure(testing.active).filter(pl.col("part") == "alla").row(0, named=True)
    found["Pågående tester"] = int(running["numerator"] or 0)
    return found


_TOLD_FIRST = ("1.3", "1.1", "3.1")
"""Shares worth telling, the most important first."""
_LEAST = 0.005
"""Half a percentage point: less is nothing in whole percent."""


def why(view: View, earlier: Path) -> str:
    """Return a sentence about the share that has moved most, or an empty text.

    *Andel handlingar med innovation, markanvisning: från 29 till 43 procent (nya dokument +11,
    ändrad kodbok eller läsare +3).*
    """
    return sentence(asked(lambda: split(earlier, view.edition, view.filters)))


@lru_cache(maxsize=16)
def split(earlier: Path, now: Path, filters: Filters) -> pl.DataFrame:
    """Split the change of the shares worth telling into causes.

    At every level, as bars are; editions never change, so the answer is kept.
    """
    with question():
        worlds = _worlds(earlier, now, filters.region)
        return split_change(worlds, selection_of(filters), _TOLD_FIRST)


@lru_cache(maxsize=2)
def _worlds(earlier: Path, now: Path, region: str) -> Worlds:
    """All that lies between two editions; most of the time goes to finding it."""
    return Worlds(*(_facts(file, region) for file in (earlier, now)))


def most_moved(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the causes of one share, that which is worth telling first; none where none moved."""
    moved = rows.filter((pl.col("value_unit") == "andel") & (pl.col("change").abs() >= _LEAST))
    for indicator in _TOLD_FIRST:
        own = moved.filter(pl.col("indicator_id") == indicator)
        if own.height:
            largest = own.sort(pl.col("change").abs(), descending=True, maintain_order=True)
            return own.filter(pl.col("part") == largest["part"][0])
    return rows.clear()


def sentence(rows: pl.DataFrame) -> str:
    """Put the first moved share of ``split_change`` into words."""
    own = most_moved(rows)
    return _told(own) if own.height else ""


def from_to(row: Mapping[str, Any]) -> str:
    """``Andel handlingar med krav och styrmedel, markanvisning: från 29 till 43 procent``."""
    before, after = (number(100 * row[name]) for name in ("before", "after"))
    about = measure_name(row["indicator_label"], row["part_label"])
    return f"{about}: från {before} till {after} procent"


def _told(rows: pl.DataFrame) -> str:
    causes = [
        f"{row['cause_label'].lower()} {_points(row['contribution'])}"
        for row in rows.to_dicts()
        if abs(row["contribution"] or 0.0) >= _LEAST
    ]
    return f"{from_to(rows.row(0, named=True))} ({', '.join(causes)})"


def _points(share: float) -> str:
    return f"{'+' if share > 0 else MINUS}{number(abs(100 * share))}"


def _facts(edition: Path, region: str) -> Facts:
    return Facts(region, region, connection=connection(edition))
