"""What goes on in testing and procurement, as a region delivers it."""

from __future__ import annotations

from pipelines.model.columns.provenance import PROVENANCE
from pipelines.model.table import Table

TESTING_ACTIVITY = Table(
    name="testing_activity",
    file="testverksamhet",
    label="Testverksamhet",
    row="en testbädd, ett living lab, en pilot eller en demonstration",
    layer="fact",
    delivered=(
        "activity_id",
        "activity_name",
        "host",
        "host_type",
        "partners",
        "partner_types",
        "municipality_code",
        "core_id",
        "lon",
        "lat",
        "themes",
        "testing_kind",
        "testing_phase",
        "start_year",
        "end_year",
        "scaled_year",
        "scaled_into",
        "open_to_smes",
        "contact_published",
        "funders",
        "barriers",
        "plan_id",
        "parent_activity_id",
        *PROVENANCE,
    ),
    computed=("status_per", "is_stale", "is_running"),
    required=("activity_id", "activity_name", "municipality_code", "testing_kind", "testing_phase"),
    key=("activity_id",),
    references={
        "municipality_code": "municipality",
        "core_id": "regional_core",
        "plan_id": "plan",
        "parent_activity_id": "testing_activity",
    },
)

PROCUREMENT = Table(
    name="procurement",
    file="upphandlingar",
    label="Upphandlingar",
    row="en annonserad eller avgjord upphandling",
    layer="fact",
    delivered=(
        "procurement_id",
        "buyer",
        "buyer_type",
        "municipality_code",
        "procurement_title",
        "procurement_kind",
        "procurement_year",
        "cpv",
        "value_sek",
        "winner",
        "winner_sme",
        "themes",
        *PROVENANCE,
    ),
    required=("procurement_id", "buyer", "procurement_title", "procurement_kind"),
    key=("procurement_id",),
    references={"municipality_code": "municipality"},
)
