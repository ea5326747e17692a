"""Every table of an edition: registers, what reading adds, what is derived, what describes."""

from __future__ import annotations

from pipelines.model.derived_tables import DERIVED_TABLES
from pipelines.model.registers import REGISTERS
from pipelines.model.review_register import PASSAGE_REVIEW
from pipelines.model.table import Table

PASSAGE = Table(
    name="passage",
    file="belagg",
    label="Belägg",
    row="en mening, en punkt i en lista eller en rad i en tabell som skriver in innovation",
    layer="fact",
    computed=(
        "passage_id",
        "document_id",
        "object_id",
        "object_type",
        "municipality_code",
        "document_kind",
        "year",
        "page",
        "page_end",
        "section",
        "quote",
        "before",
        "after",
        "char_start",
        "char_end",
        "form",
        "instruments",
        "themes",
        "commitment",
        "level",
        "confidence",
        "is_negated",
        "condition",
        "actor",
        "voice",
        "legal_flag",
        "figures",
        "spans",
        "explanation",
        "is_counted",
        "coded_by",
    ),
    key=("passage_id",),
    references={"document_id": "document", "municipality_code": "municipality"},
)

PLANNING_OBJECT = Table(
    name="planning_object",
    file="handlingar",
    label="Handlingar",
    row="en plan eller markanvisning med allt som dess dokument visar",
    layer="derived",
    computed=(
        "object_id",
        "object_type",
        "object_kind",
        "object_name",
        "municipality_code",
        "core_id",
        "case_number",
        "object_stage",
        "is_open",
        "status_per",
        "is_stale",
        "year",
        "coverage",
        "coverage_reason",
        "documents_known",
        "documents_read",
        "pages",
        "passages",
        "level",
        "commitment",
        "instruments",
        "themes",
        "source_url",
    ),
    key=("object_id",),
    references={"municipality_code": "municipality"},
)

INDICATOR_VALUE = Table(
    name="indicator_value",
    file="indikatorer",
    label="Mått",
    row="ett mått för en enhet",
    layer="derived",
    computed=(
        "indicator_id",
        "indicator_label",
        "unit_kind",
        "unit_id",
        "unit_name",
        "part",
        "part_label",
        "value",
        "value_unit",
        "numerator",
        "n",
        "known",
        "low",
        "high",
        "absence_kind",
        "absence",
    ),
    key=("indicator_id", "unit_kind", "unit_id", "part"),
)

DELIVERY = Table(
    name="delivery",
    file="leveranser",
    label="Leveranser",
    row="en levererad fil",
    layer="catalog",
    computed=(
        "region",
        "table_name",
        "file_name",
        "sha256",
        "bytes",
        "rows_in",
        "rows_loaded",
        "rows_rejected",
    ),
    key=("table_name", "file_name"),
)

ISSUE = Table(
    name="issue",
    file="avvikelser",
    label="Avvikelser",
    row="en rad eller fil som avvisats eller bör ses över",
    layer="catalog",
    computed=(
        "table_name",
        "file_name",
        "row_number",
        "column_name",
        "found_value",
        "rule",
        "message",
        "expected",
        "remedy",
        "severity",
    ),
    key=("table_name", "file_name", "row_number", "column_name", "rule"),
)

TABLES: tuple[Table, ...] = (
    *REGISTERS,
    PASSAGE,
    PASSAGE_REVIEW,
    PLANNING_OBJECT,
    INDICATOR_VALUE,
    *DERIVED_TABLES,
    DELIVERY,
    ISSUE,
)
"""Every table of an edition."""

TABLE: dict[str, Table] = {table.name: table for table in TABLES}
