"""Passages: every sentence that writes in innovation, with its codes, its page and its words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

import polars as pl

from pipelines.model.codes import COMMITMENT
from pipelines.model.tables import TABLE
from pipelines.reading.coding.result import Coding
from pipelines.reading.passage import Passage

CONTRACT = TABLE["passage"]
Coded = Mapping[str, Iterable[tuple[Passage, Coding]]]
"""Document id → its passages with their codes."""


def passage_id(document_id: str, passage: Passage) -> str:
    """Return the id of a passage in an edition; another reading of the file may number anew."""
    return f"{document_id}:{passage.ordinal:05d}"


def build(
    coded: Coded, documents: pl.DataFrame, by_people: frozenset[str] = frozenset()
) -> pl.DataFrame:
    """Return the passages that are relevant, or that would be were they not negated.

    ``is_counted`` is true for the plan's own words, not negated, in the latest version of the
    document; repetitions carry another voice and do not count. ``by_people`` are the ids of
    passages whose codes people have set.
    """
    rows = [
        _row(document_id, passage, coding)
        for document_id, passages in coded.items()
        for passage, coding in passages
        if coding.relevant or coding.negated
    ]
    inherited = (
        "object_id",
        "object_type",
        "municipality_code",
        "document_kind",
        "year",
        "is_latest",
    )
    own_words = (pl.col("voice") == "plan") & ~pl.col("is_negated")
    schema = {
        name: kind
        for name, kind in CONTRACT.polars_schema.items()
        if name not in (*inherited, "is_counted", "coded_by")
    }
    return (
        pl.DataFrame(rows, schema=pl.Schema(schema))
        .join(documents.select("document_id", *inherited), on="document_id")
        .with_columns(
            (own_words & (pl.col("level") > 0) & pl.col("is_latest")).alias("is_counted"),
            pl.when(pl.col("passage_id").is_in(list(by_people)))
            .then(pl.lit("human"))
            .otherwise(pl.lit("machine"))
            .alias("coded_by"),
        )
        .pipe(CONTRACT.conform)
        .sort("passage_id")
    )  # fmt: skip


def _row(document_id: str, passage: Passage, coding: Coding) -> dict[str, object]:
    return {
        "passage_id": passage_id(document_id, passage),
        "document_id": document_id,
        "page": passage.page,
        "page_end": passage.page_end,
        "section": passage.section,
        "quote": passage.text,
        "before": passage.before,
        "after": passage.after,
        "char_start": passage.start,
        "char_end": passage.end,
        "form": passage.form,
        "instruments": list(coding.instruments),
        "themes": list(coding.themes),
        "commitment": coding.commitment,
        "level": COMMITMENT.position(coding.commitment),
        "confidence": round(coding.confidence, 4),
        "is_negated": coding.negated,
        "condition": coding.condition,
        "actor": coding.actor,
        "voice": coding.voice,
        "legal_flag": coding.legal_flag,
        "figures": [figure.text for figure in coding.figures],
        "spans": json.dumps([asdict(span) for span in coding.spans], ensure_ascii=False),
        "explanation": coding.explanation,
    }
