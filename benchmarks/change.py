"""Speed of the split of a change between two large editions, and where the time goes.

``python -m benchmarks.change`` makes two editions of 300 000 passages between which every cause is
at work and splits what *Läget* tells twice: the first time finds all that lies between the
editions, the second asks the same worlds under another filter. A number, as 1.0, makes the nation.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import polars as pl

from benchmarks.national import national_facts
from pipelines.indicators.change import split_between
from pipelines.indicators.change_worlds import Worlds
from pipelines.indicators.facts import Facts
from pipelines.indicators.selection import Selection

SCALE = 0.1
TOLD = ("1.3", "1.1", "3.1")
"""What *Läget* tells of (see ``dashboard.meeting.why``)."""
_NEW, _REVISED, _RECODED, _BY_HAND, _CLOSED = 20, 30, 40, 50, 60
"""One document, passage or object in so many is new, revised, coded otherwise, corrected, gone."""


def two_editions(scale: float) -> tuple[Facts, Facts]:
    """Return an edition and a later one, with every cause at work between them."""
    facts = national_facts(scale)
    numbered = facts["document"].with_row_index("number")
    documents = numbered.with_columns(pl.format("sha-{}", "document_id").alias("sha256"))
    late = documents.filter(pl.col("number") % _NEW == 0)["document_id"].implode()
    before = _with(
        facts,
        document=documents.filter(~pl.col("document_id").is_in(late)).drop("number"),
        passage=facts["passage"].filter(~pl.col("document_id").is_in(late)),
    )
    revised = pl.when(pl.col("number") % _REVISED == 1).then(pl.lit("ny")).otherwise("sha256")
    number = pl.int_range(pl.len())
    passages = facts["passage"].with_columns(
        pl.when(number % _RECODED == 0).then(1).otherwise("level").cast(pl.Int64).alias("level"),
        pl.when(number % _BY_HAND == 1)
        .then(pl.lit("human"))
        .otherwise("coded_by")
        .alias("coded_by"),
        pl.when(number % _BY_HAND == 1)
        .then(pl.lit([], pl.List(pl.String)))
        .otherwise("instruments")
        .alias("instruments"),
    )
    objects = facts["planning_object"].with_columns(
        pl.when(number % _CLOSED == 0)
        .then(pl.lit("superseded"))
        .otherwise("coverage")
        .alias("coverage")
    )
    after = _with(
        facts,
        document=documents.with_columns(revised.alias("sha256")).drop("number"),
        passage=passages,
        planning_object=objects,
    )
    return before, after


def main(scale: float = SCALE) -> None:
    """Make the editions, split twice and print seconds."""
    before, after = two_editions(scale)
    _say(f"{before['passage'].height} and {after['passage'].height} passages\n")
    start = time.perf_counter()
    worlds = Worlds(before, after)
    causes = worlds.causes
    between = time.perf_counter() - start
    rows = split_between(worlds, None, TOLD)
    first = time.perf_counter() - start
    start = time.perf_counter()
    split_between(worlds, Selection(themes=("energi",)), TOLD)
    again = time.perf_counter() - start
    _say(f"Causes at work: {', '.join(causes)}\n")
    _say(f"What lies between: {between:.2f} s, first split {first:.2f} s, again {again:.2f} s\n")
    left = rows.group_by("indicator_id", "part").agg(
        (pl.col("contribution").sum() - pl.col("change").first()).abs().alias("left")
    )
    _say(f"Left over of the changes: {left['left'].max():.1e}\n")


def _with(facts: Facts, **tables: pl.DataFrame) -> Facts:
    return replace(facts, tables={**facts.tables, **tables})


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SCALE)
