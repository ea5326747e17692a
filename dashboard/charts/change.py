"""Why a share differs from an earlier edition, in percentage points that sum to the change."""

from __future__ import annotations

import polars as pl

from dashboard.text import apportioned, count, signed
from pipelines.model.columns import COLUMN, Column

COLUMNS = (
    *(COLUMN[name] for name in ("indicator_id", "indicator_label", "part_label")),
    Column(name="before", label="Då", meaning="I den tidigare utgåvan.", kind="decimal"),
    Column(name="after", label="Nu", meaning="I den visade utgåvan.", kind="decimal"),
    Column(name="change", label="Förändring", meaning="Nu minus då.", kind="decimal"),
    Column(name="cause_label", label="Orsak", meaning="Varför talet skiljer sig."),
    Column(name="contribution", label="Bidrag", kind="decimal",
           meaning="Orsakens del; bidragen summerar till förändringen."),
    COLUMN["absence"],
)  # fmt: skip


def points(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Each cause and its percentage points, last the sum; what is shown sums to what is shown.

    ``rows`` are the causes of one share (see ``split_change``). With a decimal where the change
    is less than ten.
    """
    exact = [100 * each for each in rows["contribution"]]
    decimals = 1 if abs(sum(exact)) < 10 else 0
    shown = apportioned(exact, decimals)
    named = [*rows["cause_label"], "Summa"]
    return list(zip(named, (signed(each, decimals) for each in [*shown, sum(shown)]), strict=True))


def documents_words(new: int, revised: int, gone: int) -> str:
    """``8 nya och 1 reviderat dokument``; an empty text where none is."""
    kinds = (
        (new, "nytt", "nya"),
        (revised, "reviderat", "reviderade"),
        (gone, "utgånget", "utgångna"),
    )
    parts = [count(many, one, several) for many, one, several in kinds if many]
    if not parts:
        return ""
    last = f"{parts[-1]} dokument"
    return f"{', '.join(parts[:-1])} och {last}" if len(parts) > 1 else last
