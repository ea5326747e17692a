"""What a region delivers: one table contract per register."""

from __future__ import annotations

from pipelines.model.action_register import ACTION, ACTION_LOG
from pipelines.model.columns.provenance import PROVENANCE
from pipelines.model.market_register import PROCUREMENT, TESTING_ACTIVITY
from pipelines.model.review_register import HUMAN_CODE
from pipelines.model.table import Table

__all__ = [
    "ACTION",
    "ACTION_LOG",
    "DOCUMENT",
    "HUMAN_CODE",
    "LAND_ALLOCATION",
    "MUNICIPALITY",
    "PLAN",
    "PLAN_STAGE_EVENT",
    "PROCUREMENT",
    "REGIONAL_CORE",
    "REGISTERS",
    "SUMMARY_PASSAGE",
    "TESTING_ACTIVITY",
]

MUNICIPALITY = Table(
    name="municipality",
    file="kommuner",
    label="Kommuner",
    row="en kommun i regionen",
    layer="fact",
    delivered=(
        "municipality_code",
        "municipality_name",
        "population",
        "population_year",
        "area_km2",
        "owns_land",
        "website",
        *PROVENANCE,
    ),
    required=("municipality_code", "municipality_name"),
    key=("municipality_code",),
)

REGIONAL_CORE = Table(
    name="regional_core",
    file="stadskarnor",
    label="Regionala stadskärnor",
    row="en regional stadskärna",
    layer="fact",
    delivered=(
        "core_id",
        "core_name",
        "municipality_codes",
        "lon",
        "lat",
        "science_environment",
        *PROVENANCE,
    ),
    required=("core_id", "core_name", "municipality_codes"),
    key=("core_id",),
    references={"municipality_codes": "municipality"},
)

PLAN = Table(
    name="plan",
    file="planer",
    label="Planer",
    row="en översiktsplan, en fördjupning, ett tillägg, ett planprogram eller en detaljplan",
    layer="fact",
    delivered=(
        "plan_id",
        "municipality_code",
        "plan_kind",
        "plan_name",
        "case_number",
        "plan_stage",
        "stage_source",
        "stage_date",
        "adopted_date",
        "legal_force_date",
        "core_id",
        "parent_plan_id",
        "replaces_plan_id",
        "dwellings",
        *PROVENANCE,
    ),
    computed=("status_per", "is_stale"),
    required=("plan_id", "municipality_code", "plan_kind", "plan_name", "plan_stage"),
    key=("plan_id",),
    references={
        "municipality_code": "municipality",
        "core_id": "regional_core",
        "parent_plan_id": "plan",
        "replaces_plan_id": "plan",
    },
)

PLAN_STAGE_EVENT = Table(
    name="plan_stage_event",
    file="planskeden",
    label="Planskeden",
    row="ett daterat steg i en plan",
    layer="fact",
    delivered=("plan_id", "plan_stage", "stage_date", "note"),
    required=("plan_id", "plan_stage", "stage_date"),
    key=("plan_id", "plan_stage", "stage_date"),
    references={"plan_id": "plan"},
)

LAND_ALLOCATION = Table(
    name="land_allocation",
    file="markanvisningar",
    label="Markanvisningar",
    row="ett beslut om markanvisning, eller en kommuns riktlinjer",
    layer="fact",
    delivered=(
        "allocation_id",
        "municipality_code",
        "allocation_kind",
        "allocation_name",
        "allocation_method",
        "allocation_status",
        "decision_date",
        "developer",
        "developer_sme",
        "dwellings",
        "gross_floor_area_m2",
        "land_tenure",
        "criteria",
        "criteria_weights",
        "case_number",
        "plan_id",
        "core_id",
        *PROVENANCE,
    ),
    computed=("status_per", "is_stale"),
    required=(
        "allocation_id",
        "municipality_code",
        "allocation_kind",
        "allocation_name",
        "allocation_method",
    ),
    key=("allocation_id",),
    references={"municipality_code": "municipality", "plan_id": "plan", "core_id": "regional_core"},
)

DOCUMENT = Table(
    name="document",
    file="dokument",
    label="Dokument",
    row="en fil som hör till en plan, en markanvisning eller riktlinjer",
    layer="fact",
    delivered=(
        "document_id",
        "municipality_code",
        "object_id",
        "document_kind",
        "document_title",
        "document_stage",
        "document_date",
        "file_name",
        "case_number",
        *PROVENANCE,
    ),
    computed=(
        "object_type",
        "link_kind",
        "sha256",
        "format",
        "pages",
        "readable_share",
        "language",
        "is_ocr",
        "coverage",
        "coverage_reason",
        "is_latest",
        "year",
        "passages",
        "level",
    ),
    required=("document_id", "municipality_code", "object_id", "document_kind", "file_name"),
    key=("document_id",),
    references={"municipality_code": "municipality"},
)


SUMMARY_PASSAGE = Table(
    name="summary_passage",
    file="referat",
    label="Referat",
    row="en passage i ett verkligt dokument, kodad för hand och återgiven i andra ord",
    layer="fact",
    delivered=(
        "summary_id",
        "municipality_code",
        "document_kind",
        "source_url",
        "summary",
        "instruments",
        "themes",
        "commitment",
        "is_unsure",
        "coded_on",
    ),
    required=(
        "summary_id",
        "municipality_code",
        "document_kind",
        "source_url",
        "summary",
        "commitment",
    ),
    key=("summary_id",),
    references={"municipality_code": "municipality"},
)

REGISTERS: tuple[Table, ...] = (
    MUNICIPALITY,
    REGIONAL_CORE,
    PLAN,
    PLAN_STAGE_EVENT,
    LAND_ALLOCATION,
    DOCUMENT,
    TESTING_ACTIVITY,
    PROCUREMENT,
    ACTION,
    ACTION_LOG,
    SUMMARY_PASSAGE,
    HUMAN_CODE,
)
"""What a region delivers, in the order in which references can be checked."""
