"""The action plan: its thirteen activities and the log of what has been done."""

from __future__ import annotations

from pipelines.model.columns.provenance import PROVENANCE
from pipelines.model.table import Table

ACTION = Table(
    name="action",
    file="aktiviteter",
    label="Handlingsplanens aktiviteter",
    row="en av handlingsplanens tretton aktiviteter",
    layer="fact",
    delivered=(
        "action_id",
        "goal",
        "action_title",
        "responsible",
        "action_status",
        "milestones",
        "evidence",
        "as_of",
        "note",
    ),
    required=("action_id", "goal", "action_title", "action_status"),
    key=("action_id",),
)

ACTION_LOG = Table(
    name="action_log",
    file="aktivitetslogg",
    label="Aktivitetslogg",
    row="en insats inom handlingsplanen: kartläggning, mötesplats, studie, verktyg eller idé",
    layer="fact",
    delivered=(
        "log_id",
        "action_log_kind",
        "log_date",
        "log_title",
        "actors",
        "action_ids",
        *PROVENANCE,
    ),
    required=("log_id", "action_log_kind", "log_date", "log_title"),
    key=("log_id",),
)
