"""How open running tests are: to find, for small companies, to partners, between municipalities."""

from __future__ import annotations

import polars as pl

from dashboard.charts.share_lines import (
    COLUMNS,
    Line,
    Shown,
    share_figure,
    share_rows,
    share_table,
)
from dashboard.draw.chart import Chart
from dashboard.text import capital, count, listing, part
from pipelines.indicators.values import FEWEST

_TEST = ("test", "tester")
_LINES = (
    Line("2.2", "alla", "Går att hitta och kontakta", *_TEST),
    Line("2.3", "smf", "Öppna för små och medelstora företag", *_TEST),
    Line("2.3", "partnerslag", "Minst två slag av partner", *_TEST),
    Line("2.3", "kommuner", "Kommuner som testar med en annan kommun", "kommun", "kommuner"),
)
_SAYS = (
    "går att kontakta", "är öppna för mindre företag", "har minst två slag av partner"
)  # fmt: skip
_LACKS = ("kontaktväg", "öppenhet", "partner")


def openness(values: pl.DataFrame) -> Chart:
    """Four shares of 2.2 and 2.3, each with n and 95 % interval, or why there is none."""
    rows = share_rows(values, _LINES)
    title = _title(rows)
    running = rows[0]["known"]
    return Chart(
        name="oppenhet",
        title=title,
        subtitle="Andel av pågående tester där uppgiften är känd, med 95 procents intervall",
        alt=f"{title}. " + "; ".join(f"{row['label']}: {row['words']}" for row in rows) + ".",
        note=f"{count(running, 'pågående test', 'pågående tester')} i urvalet" if running else "",
        table=share_table(rows),
        columns=COLUMNS,
        figure=share_figure(rows) if running else None,
    )


def _title(rows: Shown) -> str:
    if not rows[0]["known"]:
        return "Inget pågående test att fråga om öppenhet"
    said = [
        (part(row["hits"], row["n"], neuter=True), row["n"] < row["known"], words)
        for row, words in zip(rows, _SAYS, strict=False)
        if row["n"] >= FEWEST
    ][:2]
    missing = [short for row, short in zip(rows, _LACKS, strict=False) if not row["n"]]
    form = "insamlad" if len(missing) == 1 and missing != ["partner"] else "insamlade"
    lacks = f"{listing(missing)} är inte {form}" if missing else ""
    if not said:
        return capital(lacks) or "För få tester med uppgift för en andel"
    asked = [" med uppgift" if partly else "" for _, partly, _ in said]
    finding = f"{capital(said[0][0])} pågående tester{asked[0]} {said[0][2]}"
    finding += "".join(f", {each[0]}{asked[1]} {each[2]}" for each in said[1:])
    return f"{finding}; {lacks}" if lacks else finding
