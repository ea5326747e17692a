"""Human codings as a region delivers them, in few words."""

from __future__ import annotations

import csv
from pathlib import Path

from pipelines.model.tables import HUMAN_CODE

TESTBED = "Vi vill att hamnområdet används som testbädd för nya energilösningar."
LEASE = "Byggherren ska upplåta en lägenhet som testbädd för nya produkter i fem år."
STATION = "Nya bostäder placeras nära stationen."


def coding(quote: str = TESTBED, **values: object) -> dict[str, object]:
    """One row by column name; by default kodare A calls a passage of the plan a belägg."""
    row = {
        "document_id": "d1", "page": 2, "quote": quote, "is_relevant": "ja",
        "commitment": "Avsikt", "instrument_1": "Testbädd", "theme_1": "Energi",
        "coder": "kodare A", "coded_on": "2026-03-01",
    }  # fmt: skip
    return row | values


def refused(quote: str = TESTBED, **values: object) -> dict[str, object]:
    """One row that says no."""
    none = dict.fromkeys(("commitment", "instrument_1", "theme_1"), "")
    return coding(quote, is_relevant="nej", **(none | values))


def deliver(folder: Path, *rows: dict[str, object]) -> Path:
    """Write codings as ``granskningar.csv`` among a region's registers."""
    file = folder / f"{HUMAN_CODE.file}.csv"
    labels = {column.name: column.label for column in HUMAN_CODE.delivered_columns}
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(labels.values()), delimiter=";")
        writer.writeheader()
        writer.writerows({labels[name]: value for name, value in row.items()} for row in rows)
    return file
