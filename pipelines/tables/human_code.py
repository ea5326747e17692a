"""Human codes: they overrule the machine's, and both are kept side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pipelines.model.tables import TABLE
from pipelines.reading.codebook import Codebook
from pipelines.reading.coded import Finding
from pipelines.reading.coding.code import code_passages
from pipelines.reading.coding.result import Coding
from pipelines.reading.passage import ExtractedDocument, Passage
from pipelines.reading.review.consensus import Consensus, consensus, human_coding, overrule
from pipelines.reading.review.quotes import index_quotes, locate
from pipelines.reading.review.sample import decode
from pipelines.sources.issues import Issue
from pipelines.tables import review_issues
from pipelines.tables.passage import passage_id

CONTRACT = TABLE["human_code"]
REVIEW = TABLE["passage_review"]
Row = dict[str, Any]


@dataclass(slots=True)
class Overlay:
    """What human codes make of a build.

    ``coded`` are all findings, ``by_people`` the ids of those that people have decided,
    ``codings`` and ``reviews`` the tables ``human_code`` and ``passage_review``.
    """

    coded: dict[str, list[Finding]]
    by_people: frozenset[str]
    codings: pl.DataFrame
    reviews: pl.DataFrame
    issues: list[Issue]


@dataclass(slots=True)
class _Document:
    """A document that people have coded in: its passages, and what the machine says of each."""

    document_id: str
    kind: str
    rows: list[Row] = field(default_factory=list)
    found: dict[int, Passage] = field(default_factory=dict)
    machine: dict[int, Coding] = field(default_factory=dict)


def overlay(
    coded: Mapping[str, list[Finding]],
    delivered: pl.DataFrame,
    documents: pl.DataFrame,
    readings: Mapping[str, ExtractedDocument],
    codebook: Codebook,
) -> Overlay:
    """Lay the delivered human codes over the machine's findings.

    Args:
        coded: document id → the machine's findings, in reading order.
        delivered: the register *granskningar*.
        documents: ``document_id``, ``sha256``, ``document_kind``, ``coverage``, ``file_name`` and
            the object each belongs to.
        readings: document id → text, for every document that was read.
        codebook: codes anew the documents in which people found what the machine had passed over.

    A quote that stands in no read document is an issue; its row is kept without a passage.
    """
    rows = delivered.with_row_index("at").to_dicts()
    resolved, issues = _resolve(rows, documents, readings)
    merged = {key: list(findings) for key, findings in coded.items()}
    reviews: list[Row] = []
    for item in resolved:
        _match(item, readings[item.document_id], merged.get(item.document_id, []), codebook)
        together = {ordinal: _together(item, ordinal) for ordinal in item.found}
        reviews.extend(_review(item, ordinal, said) for ordinal, said in together.items())
        merged[item.document_id] = _merge(merged.get(item.document_id, []), item, together)
        issues.extend(review_issues.of_document(item.rows, documents, item.document_id))
    return Overlay(
        merged,
        frozenset(str(review["passage_id"]) for review in reviews),
        _codings(delivered, rows),
        _reviews(reviews, documents),
        issues,
    )


def _resolve(
    rows: Iterable[Row], documents: pl.DataFrame, readings: Mapping[str, ExtractedDocument]
) -> tuple[list[_Document], list[Issue]]:
    """Give each row its document, by id or else by the file's hash; the rest are issues."""
    known = documents.select("document_id", "document_kind", "sha256").rows()
    kinds = {str(key): str(kind) for key, kind, _ in known}
    by_hash = {str(sha256): str(key) for key, _, sha256 in known if sha256}
    found: dict[str, _Document] = {}
    lost: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stated = str(row["document_id"])
        key = stated if stated in kinds else by_hash.get(str(row["sha256"]), stated)
        if key in readings:
            found.setdefault(key, _Document(key, kinds[key])).rows.append(row)
        else:
            lost[key].append(row)
    issues = [
        review_issues.not_read(key, several, is_known=key in kinds) for key, several in lost.items()
    ]
    return list(found.values()), issues


def _match(
    item: _Document, reading: ExtractedDocument, findings: list[Finding], codebook: Codebook
) -> None:
    """Find each row's passage and what the machine says of it, and write both into the row."""
    index = index_quotes(reading.passages)
    for row in item.rows:
        passage = locate(row["quote"], row["page"], index)
        row["passage"] = passage
        if passage:
            item.found[passage.ordinal] = passage
    item.machine = {passage.ordinal: coding for passage, coding in findings}
    if not item.found.keys() <= item.machine.keys():
        every = code_passages(reading.passages, doc_kind=item.kind, codebook=codebook)
        item.machine = dict(enumerate(every)) | item.machine
    for row in item.rows:
        if row["passage"]:
            row["passage_id"] = passage_id(item.document_id, row["passage"])
            row.update(_machine_codes(item.machine[row["passage"].ordinal]))


def _together(item: _Document, ordinal: int) -> Consensus:
    return consensus(
        [
            human_coding(row)
            for row in item.rows
            if row["passage"] and row["passage"].ordinal == ordinal
        ]
    )


def _merge(
    findings: list[Finding], item: _Document, together: Mapping[int, Consensus]
) -> list[Finding]:
    """Findings with people's codes in place of the machine's, in reading order."""
    decided = {
        ordinal: (
            item.found[ordinal],
            overrule(item.machine[ordinal], said, item.found[ordinal].text, item.kind),
        )
        for ordinal, said in together.items()
    }
    untouched = {p.ordinal: (p, c) for p, c in findings if p.ordinal not in decided}
    return [finding for _, finding in sorted((untouched | decided).items())]


def _machine_codes(coding: Coding) -> Row:
    return {
        "machine_relevant": coding.relevant,
        "machine_instruments": list(coding.instruments),
        "machine_themes": list(coding.themes),
        "machine_commitment": coding.commitment,
    }


def _review(item: _Document, ordinal: int, said: Consensus) -> Row:
    passage, machine = item.found[ordinal], item.machine[ordinal]
    counted = overrule(machine, said, passage.text, item.kind)
    return {
        "passage_id": passage_id(item.document_id, passage),
        "document_id": item.document_id,
        "page": passage.page,
        "section": passage.section,
        "quote": passage.text,
        **_machine_codes(machine),
        "confidence": round(machine.confidence, 4),
        "is_relevant": counted.relevant,
        "instruments": list(counted.instruments),
        "themes": list(counted.themes),
        "commitment": counted.commitment,
        "is_negated": counted.negated,
        "voice": counted.voice,
        "coders": list(said.coders),
        "coders_agree": said.agree,
        "machine_agrees": (machine.relevant, machine.commitment)
        == (counted.relevant, counted.commitment),
    }


def _codings(delivered: pl.DataFrame, rows: list[Row]) -> pl.DataFrame:
    computed = [_computed(row) for row in rows]
    schema = {name: CONTRACT.polars_schema[name] for name in CONTRACT.computed}
    added = pl.DataFrame(computed, schema=pl.Schema(schema))
    return pl.concat([delivered, added], how="horizontal").pipe(CONTRACT.conform).sort(CONTRACT.key)


def _computed(row: Row) -> Row:
    draw = decode(row["sampling_key"] or "", row["document_id"], row["quote"])
    values = {name: row.get(name) for name in CONTRACT.computed}
    if draw is None:
        return values
    return values | {
        "sample_id": draw.sample_id,
        "sampling_stratum": draw.stratum,
        "inclusion_probability": draw.probability,
    }


def _reviews(rows: list[Row], documents: pl.DataFrame) -> pl.DataFrame:
    inherited = ("object_id", "object_type", "municipality_code", "document_kind")
    schema = {name: kind for name, kind in REVIEW.polars_schema.items() if name not in inherited}
    return (
        pl.DataFrame(rows, schema=pl.Schema(schema))
        .join(documents.select("document_id", *inherited), on="document_id")
        .pipe(REVIEW.conform)
        .sort("passage_id")
    )
