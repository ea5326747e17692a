"""Procurements: how many use an innovation tool each year, how often SMEs win, and their counts.

Functions that count take *procurements* of ``measures.procurement``, which has ``has_tool``.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.year_columns import Series, year_columns
from dashboard.draw.chart import Bar, Bars, Chart, Part, Plot
from dashboard.draw.levels import UNREAD_KIND
from dashboard.text import capital, count, number, part, percent, word
from pipelines.indicators.values import FEWEST, wilson
from pipelines.model.codes import PROCUREMENT_KIND
from pipelines.model.columns import Column

WITH_TOOL, ORDINARY = "Med innovationsverktyg", "Annan upphandling"
_YEAR_COLUMNS = (
    Column(name="procurement_year", label="År", meaning="Upphandlingens år.", kind="integer"),
    Column(
        name="with_tool", label=WITH_TOOL, meaning="Med något innovationsverktyg.", kind="integer"
    ),
    Column(name="ordinary", label=ORDINARY, meaning="Utan innovationsverktyg.", kind="integer"),
)
_SME_COLUMNS = (
    Column(name="group", label="Upphandlingar", meaning="Med eller utan innovationsverktyg."),
    Column(name="won", label="Vunna av SMF", meaning="Leverantören är SMF.", kind="integer"),
    Column(name="lost", label="Vunna av större", meaning="Leverantören är större.", kind="integer"),
    Column(name="unknown", label="Okänd storlek", meaning="Storleken är okänd.", kind="integer"),
    Column(name="share", label="Andel SMF, procent", meaning="Av dem med känd storlek.",
           kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
)  # fmt: skip

_SME_SCHEMA: dict[str, pl.DataType] = {
    column.name: {"integer": pl.Int64(), "decimal": pl.Float64()}.get(column.kind, pl.String())
    for column in _SME_COLUMNS
}


def years(procurements: pl.DataFrame) -> Chart:
    """One bar a year, those with a tool at the bottom; the undated have no year to stand in."""
    frame = by_year(procurements)
    undated = procurements["procurement_year"].null_count()
    title = _years_title(frame)
    total = int(frame["with_tool"].sum()) + int(frame["ordinary"].sum())
    note = f"{count(total, 'upphandling', 'upphandlingar')} med känt år"
    steps = [
        f"{row['procurement_year']}: {row['with_tool']} med verktyg, {row['ordinary']} andra"
        for row in frame.to_dicts()
    ]
    return Chart(
        name="upphandlingar_per_ar",
        title=title,
        subtitle="Kända upphandlingar per år: med innovationsverktyg (mörka) och andra (ljusa). "
        "Bara år med känd upphandling visas.",
        alt=f"{title}. Staplar per år. {'; '.join(steps)}.",
        note=note + (f" · {number(undated)} utan känt år" if undated else ""),
        table=frame,
        columns=_YEAR_COLUMNS,
        figure=_years_figure(frame) if frame.height else None,
    )


def _years_figure(frame: pl.DataFrame) -> Plot:
    """From the foot: those with a tool, then the others."""
    years = frame["procurement_year"].to_list()
    parts = (("with_tool", "test", WITH_TOOL), ("ordinary", "linje", ORDINARY))
    return year_columns(
        years,
        [
            Series(word, kind, amounts,
                   [f"{year}, {word}: {n}" for year, n in zip(years, amounts, strict=True)])
            for name, kind, word in parts
            for amounts in [frame[name].to_list()]
        ],
    )  # fmt: skip


def sme_winners(by_kind: pl.DataFrame) -> Chart:
    """Two bars, with and without innovation tools: won by SMEs, by larger, by unknown."""
    rows = _sme_rows(by_kind)
    title = _sme_title(rows)
    words = [
        f"{row['group']}: {row['won']} vunna av SMF, {row['lost']} av större, "
        f"{row['unknown']} okända"
        for row in rows
    ]
    known = sum(row["won"] + row["lost"] for row in rows)
    total = known + sum(row["unknown"] for row in rows)
    return Chart(
        name="upphandlingar_smf",
        title=title,
        subtitle="Leverantörens storlek: litet eller medelstort företag (SMF), större, "
        "eller ej insamlad (streckad)",
        alt=f"{title}. {'. '.join(words)}.",
        note=f"Storleken känd för {number(known)} av {number(total)} upphandlingar",
        table=pl.DataFrame(rows, schema=_SME_SCHEMA),
        columns=_SME_COLUMNS,
        figure=_sme_figure(rows) if total else None,
    )  # fmt: skip


def _sme_rows(by_kind: pl.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for group, chosen in (
        (WITH_TOOL, pl.col("procurement_kind") != "ordinary"),
        (ORDINARY, pl.col("procurement_kind") == "ordinary"),
    ):
        part_of = by_kind.filter(chosen)
        total, won, n = (
            int(part_of[name].sum()) for name in ("procurements", "won_by_sme", "size_known")
        )
        if not total:
            continue
        low, high = wilson(won, n) if n >= FEWEST else (None, None)
        rows.append(
            {
                "group": group,
                "won": won,
                "lost": n - won,
                "unknown": total - n,
                "share": round(100 * won / n, 1) if n >= FEWEST else None,
                "low": None if low is None else round(100 * low, 1),
                "high": None if high is None else round(100 * high, 1),
            }
        )
    return rows


def _sme_figure(rows: list[dict[str, Any]]) -> Bars:
    return Bars(tuple(Bar(_sme_label(row), _sme_parts(row)) for row in rows))


def _sme_parts(row: dict[str, Any]) -> tuple[Part, ...]:
    """The won, the lost, and hatched those of which nobody has said the size."""
    looks = (
        ("won", "test", "Vunna av SMF"),
        ("lost", "linje", "Vunna av större"),
        ("unknown", UNREAD_KIND, "Ej insamlad"),
    )
    return tuple(
        Part(row[name], kind, f"{row['group']}, {words}: {row[name]}",
             text="" if name == "unknown" else str(row[name]), name=words)
        for name, kind, words in looks
    )  # fmt: skip


def _sme_label(row: dict[str, Any]) -> str:
    n = row["won"] + row["lost"]
    if not n:
        return f"{row['group']}: {number(row['unknown'])} ej insamlade"
    share = percent(row["won"], n)
    span = f" ({number(row['low'])}–{number(row['high'])})" if row["low"] is not None else ""
    return f"{row['group']}: {share}{span}"


def _years_title(frame: pl.DataFrame) -> str:
    """Compare the latest three years with the three before."""
    if not frame.height or not frame["with_tool"].sum():
        return "Inga upphandlingar med innovationsverktyg har känt år"
    used = dict(frame.select("procurement_year", "with_tool").rows())
    latest = max(used)
    recent = sum(n for year, n in used.items() if year > latest - 3)
    before = sum(n for year, n in used.items() if latest - 6 < year <= latest - 3)
    return (
        f"{capital(word(recent))} med innovationsverktyg {latest - 2}–{latest}, "
        f"{word(before)} under {latest - 5}–{latest - 3}"
    )


def _sme_title(rows: list[dict[str, Any]]) -> str:
    words = {WITH_TOOL: "med innovationsverktyg", ORDINARY: "av de andra"}
    parts = [
        f"{part(row['won'], row['won'] + row['lost'])} {words[row['group']]}"
        for row in rows
        if row["won"] + row["lost"] >= FEWEST
    ]
    if parts:
        return (
            f"Mindre företag vann {', men '.join(parts)}"
            if len(parts) > 1
            else (f"Mindre företag vann {parts[0]}")
        )
    known = sum(row["won"] + row["lost"] for row in rows)
    if known:
        return f"För få med känd leverantör för en andel: {number(known)}"
    return "Leverantörens storlek är inte insamlad" if rows else "Inga upphandlingar i urvalet"


_KIND = pl.Enum(PROCUREMENT_KIND.values)


def by_kind(procurements: pl.DataFrame) -> pl.DataFrame:
    """One row a kind that occurs: how many, how many won by SMEs, and what they were worth.

    ``procurement_kind, procurements, value_sek, with_value, won_by_sme, size_known``; ``value_sek``
    is the sum over the ``with_value`` procurements whose value is known, null when none is. Tools
    first, the most used of them on top.
    """
    size = pl.col("winner_sme")
    return (
        procurements.group_by("procurement_kind", "has_tool")
        .agg(
            pl.len().cast(pl.Int64).alias("procurements"),
            pl.when(pl.col("value_sek").count() > 0)
            .then(pl.col("value_sek").sum())
            .alias("value_sek"),
            pl.col("value_sek").count().cast(pl.Int64).alias("with_value"),
            (size == "ja").sum().cast(pl.Int64).alias("won_by_sme"),
            size.is_in(["ja", "nej"]).sum().cast(pl.Int64).alias("size_known"),
        )
        .sort(
            "has_tool", "procurements", pl.col("procurement_kind").cast(_KIND),
            descending=[True, True, False],
        )
        .drop("has_tool")
    )  # fmt: skip


def by_year(procurements: pl.DataFrame) -> pl.DataFrame:
    """``procurement_year, with_tool, ordinary``: how many a year; the undated are left out."""
    return (
        procurements.drop_nulls("procurement_year")
        .group_by("procurement_year")
        .agg(
            pl.col("has_tool").sum().cast(pl.Int64).alias("with_tool"),
            (~pl.col("has_tool")).sum().cast(pl.Int64).alias("ordinary"),
        )
        .sort("procurement_year")
    )


def kind_by_year(procurements: pl.DataFrame) -> pl.DataFrame:
    """``procurement_kind, procurement_year, procurements`` of those with a tool and a year."""
    return (
        procurements.filter("has_tool")
        .drop_nulls("procurement_year")
        .group_by("procurement_kind", "procurement_year")
        .agg(pl.len().cast(pl.Int64).alias("procurements"))
        .sort("procurement_kind", "procurement_year")
    )


def by_buyer(procurements: pl.DataFrame) -> pl.DataFrame:
    """Buyers that have used a tool: how often, with which tools, when last and for how much.

    ``buyer, buyer_type, procurements, kinds, last_year, value_sek``, most tools first.
    """
    return (
        procurements.filter("has_tool")
        .group_by("buyer", maintain_order=True)
        .agg(
            pl.col("buyer_type").drop_nulls().first(),
            pl.len().cast(pl.Int64).alias("procurements"),
            pl.col("procurement_kind").unique().sort().alias("kinds"),
            pl.col("procurement_year").max().alias("last_year"),
            pl.when(pl.col("value_sek").count() > 0)
            .then(pl.col("value_sek").sum())
            .alias("value_sek"),
        )
        .sort("procurements", "last_year", descending=True, nulls_last=True, maintain_order=True)
    )
