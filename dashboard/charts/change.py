"""Why a share differs from an earlier edition, in percentage points that sum to the change."""

from __future__ import annotations

import polars as pl

from dashboard.draw.chart import Chart, Mark, Scale, ScaleRow
from dashboard.text import NBSP, NOTHING, apportioned, capital, count, number, signed
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


def change_chart(rows: pl.DataFrame, told: pl.DataFrame, *, title: str, subtitle: str) -> Chart:
    """Draw one share as a waterfall: where it was, what each cause has added, where it is.

    Args:
        rows: the causes of every share (see ``split_change``), for the table and the file.
        told: those of the share that is drawn; empty where no share has moved.
        title: the finding.
        subtitle: what is compared, and how.
    """
    steps = points(told) if told.height else []
    still = [cause.lower() for cause, shown in steps[:-1] if shown == NOTHING]
    return Chart(
        name="sedan_forra_utgavan",
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {', '.join(f'{cause} {shown}' for cause, shown in steps)}.",
        note=f"{capital(', '.join(still))}: {NOTHING}" if still else "",
        table=rows,
        columns=COLUMNS,
        figure=_waterfall(told, steps) if steps else None,
    )


def _waterfall(told: pl.DataFrame, steps: list[tuple[str, str]]) -> Scale:
    """Dots where it was and where it is, and a bar for each cause between them."""
    at = [100 * told["before"][0]]
    for each in told["contribution"]:
        at.append(at[-1] + 100 * each)
    old, new = (f"{number(each)}{NBSP}%" for each in (at[0], at[-1]))
    then = ScaleRow("Då", (Mark("ring", "ink", at[0], at[0], old),), note=old)
    now = ScaleRow("Nu", (Mark("dot", "ink", at[-1], at[-1], new),), note=new)
    moved = (
        ScaleRow(
            cause,
            (Mark("bar", "upp" if end > start else "ned", start, end, f"{cause} {shown}"),),
            note=shown,
        )
        for (cause, shown), start, end in zip(steps[:-1], at[:-1], at[1:], strict=True)
        if shown != NOTHING
    )
    ticks = tuple((each, f"{each}{NBSP}%") for each in (0, 50, 100))
    return Scale(rows=(then, *moved, now), low=0, high=100, ticks=ticks, is_beside=False)


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
