"""Human review: the codings that people deliver, and what they come to beside the machine's."""

from __future__ import annotations

from pipelines.model.columns.review import CODE_SLOTS
from pipelines.model.table import Table

_MACHINE = (
    "machine_relevant",
    "machine_instruments",
    "machine_themes",
    "machine_commitment",
)

HUMAN_CODE = Table(
    name="human_code",
    file="granskningar",
    label="Granskningar",
    row="en persons kodning av en passage",
    layer="fact",
    delivered=(
        "document_title",
        "document_kind",
        "page",
        "section",
        "before",
        "quote",
        "after",
        "is_relevant",
        "commitment",
        *(f"instrument_{slot}" for slot in CODE_SLOTS),
        *(f"theme_{slot}" for slot in CODE_SLOTS),
        "is_negated",
        "voice",
        "note",
        "coder",
        "coded_on",
        "file_name",
        "source_url",
        "document_id",
        "sha256",
        "sampling_key",
        "certainty",
    ),
    computed=(
        "passage_id",
        *_MACHINE,
        "sample_id",
        "sampling_stratum",
        "inclusion_probability",
    ),
    required=("document_id", "quote", "is_relevant", "coder"),
    key=("document_id", "page", "quote", "coder", "coded_on"),
)
"""Passages are known by document, quote and page, which survive a new reading of the file; the
context that the coder saw stays with the codes. ``document_id`` is checked against the documents
of the edition rather than the register, because unregistered documents are coded too."""

PASSAGE_REVIEW = Table(
    name="passage_review",
    file="granskade_passager",
    label="Granskade passager",
    row="en passage som människor har kodat, med maskinens koder bredvid",
    layer="fact",
    computed=(
        "passage_id",
        "document_id",
        "object_id",
        "object_type",
        "municipality_code",
        "document_kind",
        "page",
        "section",
        "quote",
        *_MACHINE,
        "confidence",
        "is_relevant",
        "instruments",
        "themes",
        "commitment",
        "is_negated",
        "voice",
        "coders",
        "coders_agree",
        "machine_agrees",
    ),
    key=("passage_id",),
    references={"document_id": "document", "municipality_code": "municipality"},
)
"""A passage that people have ruled out is found here and no longer among the passages."""
