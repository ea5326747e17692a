"""Known plans year by year: the read stacked by the ladder, the unread hatched above them."""

from __future__ import annotations

import polars as pl

from dashboard.charts.ladder import unread_is_empty
from dashboard.charts.year_columns import Series, year_columns
from dashboard.draw.chart import Chart, Plot
from dashboard.draw.levels import LEVEL_COLUMNS, LEVEL_KINDS, LEVELS, UNREAD, UNREAD_KIND
from dashboard.text import capital, count, number, part, plural_of
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import Column

_FEW_YEARS = 3

COLUMNS = (
    Column(name="year", label="År", meaning="Handlingens år.", kind="integer"),
    *(
        Column(name=name, label=LEVELS[i], meaning=COMMITMENT.codes[i].meaning, kind="integer")
        for i, name in enumerate(LEVEL_COLUMNS)
    ),
    Column(name="unread", label=UNREAD, meaning="Kända men inte lästa.", kind="integer"),
)


def trend(frame: pl.DataFrame, *, object_type: str) -> Chart:
    """Draw ``year, level, objects`` (``ladder_by_year``), one column a year, *Ska* at the foot.

    A null level is what is not read. The strongest level stands on the axis, because only what
    stands there can be compared between years by eye.
    """
    title = _title(frame, object_type)
    wide = by_level(frame)
    known = int(frame["objects"].sum())
    read = int(frame.drop_nulls("level")["objects"].sum())
    return Chart(
        name=f"utveckling_{object_type}",
        title=title,
        subtitle=f"{capital(plural_of(object_type))} per år, efter högsta förpliktelsegrad",
        alt=f"{title}. Staplar per år: {_alt(wide)}",
        note=f"{count(read, 'läst handling', 'lästa handlingar')} av {number(known)} med känt år",
        table=unread_is_empty(wide),
        columns=COLUMNS,
        figure=_figure(wide) if wide.height >= _FEW_YEARS else None,
    )


def by_level(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn ``year, level, objects`` into one row a year: the levels, then the unread."""
    level = pl.col("level")
    objects = pl.col("objects")
    return (
        frame.group_by("year")
        .agg(
            *(objects.filter(level == i).sum().alias(name) for i, name in enumerate(LEVEL_COLUMNS)),
            objects.filter(level.is_null()).sum().alias("unread"),
        )
        .sort("year")
    )


def _figure(wide: pl.DataFrame) -> Plot:
    """One column for every year between the first and the last, the empty ones too."""
    found = {row["year"]: row for row in wide.to_dicts()}
    years = range(min(found), max(found) + 1)
    series = []
    for level in (*reversed(range(len(LEVELS))), -1):
        column = LEVEL_COLUMNS[level] if level >= 0 else "unread"
        word, kind = (UNREAD, UNREAD_KIND) if level < 0 else (LEVELS[level], LEVEL_KINDS[level])
        amounts = [found[year][column] if year in found else 0 for year in years]
        said = [f"{year}, {word}: {n}" for year, n in zip(years, amounts, strict=True)]
        data = [(level, year) for year in years]
        series.append(Series(word, kind, amounts, said, data))
    return year_columns([*years], series, has_legend=True)


def _title(frame: pl.DataFrame, object_type: str) -> str:
    """Compare the earlier half of the years with the later: ``8 av 10 … mot 3 av 8``."""
    read = frame.drop_nulls("level")
    if not read.height:
        return _age_title(frame, object_type)
    years = sorted(read["year"].unique())
    if len(years) < _FEW_YEARS:
        return f"För få år med lästa {plural_of(object_type)} för att visa en utveckling"
    middle = (years[0] + years[-1]) // 2
    early, late = read.filter(pl.col("year") <= middle), read.filter(pl.col("year") > middle)
    (before, of_before), (after, of_after) = _with_evidence(early), _with_evidence(late)
    return capital(
        f"{part(after, of_after)} lästa {plural_of(object_type)} från {middle + 1}–{years[-1]} "
        f"har belägg, mot {part(before, of_before)} från {years[0]}–{middle}"
    )


def _age_title(frame: pl.DataFrame, object_type: str) -> str:
    """While nothing is read: how old what is known is, by the year that half have reached."""
    total = int(frame["objects"].sum())
    so_far = 0
    for year, _, objects in frame.sort("year").select("year", "level", "objects").rows():
        so_far += objects
        if 2 * so_far >= total:
            share = capital(part(so_far, total))
            return f"{share} {plural_of(object_type)} med känt år är från {year} eller tidigare"
    return f"Inga {plural_of(object_type)} med känt år i urvalet"


def _with_evidence(frame: pl.DataFrame) -> tuple[int, int]:
    found = frame.filter(pl.col("level") > 0)["objects"].sum()
    return int(found), int(frame["objects"].sum())


def _alt(wide: pl.DataFrame) -> str:
    parts = []
    for row in wide.to_dicts():
        steps = [f"{LEVELS[i]} {row[name]}" for i, name in enumerate(LEVEL_COLUMNS) if row[name]]
        steps += [f"ej lästa {row['unread']}"] if row["unread"] else []
        parts.append(f"{row['year']}: {', '.join(steps)}")
    return "; ".join(parts) + "."
