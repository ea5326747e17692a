"""The data dictionary as text: every table, column and code, made from the declarations."""

from __future__ import annotations

from pathlib import Path

from pipelines.model.codes import CodeList
from pipelines.model.region import PROJECT
from pipelines.model.tables import TABLES

FILE: Path = PROJECT / "docs" / "data.md"


def render_dictionary() -> str:
    """Return ``docs/data.md``: a Swedish dictionary under an English heading."""
    parts = [
        "# Data dictionary",
        "",
        "Made from `pipelines/model` by `planinnovation docs`; do not edit by hand. Labels,",
        "meanings and allowed values are those that the dashboard, templates and files show.",
        "`*` marks what a delivery must fill in, `+` what the pipeline adds.",
    ]
    lists: dict[str, CodeList] = {}
    for table in TABLES:
        parts += ["", f"## {table.label} (`{table.name}`, `{table.file}.csv`)", ""]
        parts += [
            f"En rad är {table.row}. Nyckel: {', '.join(f'`{name}`' for name in table.key)}.",
            "",
        ]
        parts += ["| Kolumn | Etikett | Betydelse | Väntat |", "|---|---|---|---|"]
        for column in table.columns:
            mark = (
                "\\*"
                if column.name in table.required
                else ""
                if column.name in table.delivered
                else "+"
            )
            expected = f"kodlistan `{column.codes.name}`" if column.codes else column.expected
            unit = f" ({column.unit})" if column.unit else ""
            parts.append(
                f"| `{column.name}`{mark} | {column.label} | {column.meaning}{unit} | {expected} |"
            )
            if column.codes:
                lists[column.codes.name] = column.codes
    parts += ["", "# Code lists"]
    for name, codes in sorted(lists.items()):
        parts += [
            "",
            f"## {codes.label} (`{name}`)",
            "",
            "| Kod | Etikett | Betydelse |",
            "|---|---|---|",
        ]
        parts += [f"| `{code.code}` | {code.label} | {code.meaning} |" for code in codes.codes]
    return "\n".join(parts) + "\n"
