"""Every column, defined once: name, Swedish label, meaning, type, unit and allowed values."""

from __future__ import annotations

from pipelines.model.column import Column
from pipelines.model.columns import (
    actions,
    catalog,
    derived,
    documents,
    excerpts,
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
        excerpts,
        markets,
        actions,
        passages,
        review,
        measures,
        derived,
        catalog,
    )
    for column in group.COLUMNS
}
"""All columns by name."""
