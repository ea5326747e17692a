"""The rows that a coder fills in: the passage in its context, without the machine's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review.candidates import DocumentToSample
from pipelines.reading.review.sample import Drawn
from pipelines.reading.review.sampling_key import encode

CODED = (
    "is_relevant",
    "commitment",
    *(name for name in HUMAN_CODE.delivered if name.startswith(("instrument_", "theme_"))),
    "is_negated",
    "voice",
    "note",
    "coder",
    "coded_on",
)
"""What people fill in; the rest of the register is given."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the document register says of a document, as the coder sees it."""

    title: str
    file_name: str
    source_url: str | None


def coding_sheet(
    drawn: Iterable[Drawn],
    documents: Mapping[str, DocumentToSample],
    origins: Mapping[str, Origin],
    *,
    coder: str | None,
    certainty: str,
) -> pl.DataFrame:
    """Return one row per drawn passage with the delivered columns of *granskningar*, codes empty.

    ``coder`` is filled in on every row when it is given; ``certainty`` marks invented data.
    """
    rows = []
    for item in drawn:
        key = item.candidate.document_id
        document, origin = documents[key].document, origins[key]
        passage = document.passages[item.candidate.ordinal]
        given = {
            "document_title": origin.title,
            "document_kind": item.candidate.kind,
            "page": passage.page,
            "section": passage.section or None,
            "before": passage.lead_in or passage.header or passage.before or None,
            "quote": passage.text,
            "after": passage.after or None,
            "coder": coder,
            "file_name": origin.file_name,
            "source_url": origin.source_url,
            "document_id": key,
            "sha256": document.sha256,
            "sampling_key": encode(item.draw, key, passage.text),
            "certainty": certainty,
        }
        rows.append(dict.fromkeys(HUMAN_CODE.delivered) | given)
    return pl.DataFrame(rows, schema=pl.Schema(HUMAN_CODE.delivered_schema))
