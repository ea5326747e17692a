"""An edition's tables as files that open in Excel and in programs."""

from __future__ import annotations

from pathlib import Path

from pipelines.model.region import Region
from pipelines.model.tables import TABLES
from pipelines.warehouse.delimited import Dialect, write_csv
from pipelines.warehouse.edition import open_edition


def export_tables(region: Region, folder: Path, dialect: Dialect) -> list[tuple[Path, int]]:
    """Write one CSV per table of the region's current edition, named as its register.

    Returns (file, number of rows) for each. Files of a fictional region carry its mark.

    Raises:
        EditionError: the region has no edition yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, int]] = []
    with open_edition(region.name) as con:
        for table in TABLES:
            frame = con.sql(f"SELECT * FROM {table.name} ORDER BY ALL").pl()
            file = folder / f"{table.file}.csv"
            file.write_bytes(write_csv(frame, table.columns, dialect, region.mark))
            written.append((file, frame.height))
    return written
