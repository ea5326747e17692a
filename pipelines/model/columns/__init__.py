"""Every column, defined once: name, Swedish label, meaning, type, unit and allowed values."""

from __future__ import annotations

from pipelines.model.column import Column
from pipelines.model.columns import (
    catalog,
    documents,
    markets,
    measures,
    passages,
    places,
    plans,
    provenance,
    review,
)

COLUMN: dict[str, Column] = {
    column.name: column
    for group in (
        places,
        provenance,
        plans,
        documents,
        markets,
        passages,
        review,
        measures,
        catalog,
    )
    for column in group.COLUMNS
}
"""All columns by name."""
