"""Issues: what was wrong in a delivery, in Swedish, with file, row, column, value and remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import polars as pl

from pipelines.model.tables import TABLE

REJECTED = "rejected"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One defect of one cell, row or file. ``row_number`` is 0 when the whole file is meant."""

    table_name: str
    file_name: str
    row_number: int
    column_name: str
    found_value: str
    rule: str
    message: str
    expected: str
    remedy: str
    severity: str = REJECTED

    def sentence(self) -> str:
        """The issue as people read it in a report: where, what, expected, what to do."""
        place = self.file_name
        if self.row_number:
            place += f", rad {self.row_number}"
        if self.column_name:
            place += f", kolumnen {self.column_name}"
        return f"{place}: {self.message} Väntat: {self.expected}. {self.remedy}"


def issue_frame(issues: list[Issue]) -> pl.DataFrame:
    """Issues as the table ``issue``, in file and row order."""
    frame = pl.DataFrame([asdict(issue) for issue in issues], schema=TABLE["issue"].polars_schema)
    return frame.unique(subset=list(TABLE["issue"].key), keep="first", maintain_order=True).sort(
        "table_name", "file_name", "row_number", maintain_order=True
    )
