"""Columns of the action log."""

from __future__ import annotations

from pipelines.model import action_codes
from pipelines.model.column import ID_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(name="log_id", label="Insats-id", meaning="Insatsens id.", pattern=ID_PATTERN),
    Column(
        name="action_log_kind",
        label="Slag av insats",
        meaning="Vad för slags insats det är.",
        kind="code",
        codes=action_codes.ACTION_LOG_KIND,
    ),
    Column(
        name="log_date",
        label="Insatsdatum",
        meaning="Dagen då insatsen gjordes eller blev klar.",
        kind="date",
        example="2025-03-12",
    ),
    Column(name="log_title", label="Insats", meaning="Insatsens namn."),
    Column(name="actors", label="Aktörer", meaning="Organisationer som deltog.", kind="texts"),
    Column(
        name="action_ids",
        label="Aktiviteter som stöds",
        meaning="De av handlingsplanens aktiviteter som insatsen för framåt.",
        kind="codes",
        codes=action_codes.ACTIVITY,
    ),
)
