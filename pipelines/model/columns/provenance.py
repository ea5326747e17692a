"""Columns that say where a fact comes from."""

from __future__ import annotations

from pipelines.model import common_codes
from pipelines.model.column import Column

COLUMNS: tuple[Column, ...] = (
    Column(name="source_url", label="Källa", meaning="Adressen där uppgiften står.", kind="url"),
    Column(
        name="as_of",
        label="Gäller per",
        meaning="Datum då uppgiften gällde enligt källan, till exempel sidans dag; aldrig dagen då "
        "någon läste in den.",
        kind="date",
    ),
    Column(
        name="certainty",
        label="Säkerhet",
        meaning="Hur säker uppgiften är.",
        kind="code",
        codes=common_codes.CERTAINTY,
    ),
    Column(name="note", label="Anmärkning", meaning="Förbehåll och motsägelser i källan."),
)

PROVENANCE = tuple(column.name for column in COLUMNS)
"""What every delivered fact says of its source, in this order."""
