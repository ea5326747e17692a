"""The region as a map of levels: each municipality in the colour of the highest that it reaches."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.draw.borders import Area, Borders
from dashboard.draw.chart import Chart, Legend, Place, PlaceMap
from dashboard.draw.levels import LEGEND, LEVELS, NOT_CHOSEN, OUTSIDE_KIND, UNREAD, kind_of
from dashboard.text import count, number
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import Column


def commitment_map(frame: pl.DataFrame, borders: Borders, *, height: int, **words: str) -> Chart:
    """Colour each municipality by the highest level it reaches; hatch what is not read.

    ``frame`` holds ``municipality_code, municipality_name, known, read, level``. A municipality of
    which the choice knows nothing is left pale: it is outside the question, not unread.
    """
    labelled = frame.with_columns(
        pl.col("level")
        .replace_strict(dict(enumerate(LEVELS)), default=UNREAD, return_dtype=pl.String)
        .pipe(lambda label: pl.when(pl.col("known") > 0).then(label).otherwise(pl.lit(NOT_CHOSEN)))
        .alias("level_label")
    )
    read, known = int((frame["read"] > 0).sum()), int((frame["known"] > 0).sum())
    return Chart(
        name=words["name"],
        title=words["title"],
        subtitle=words["subtitle"],
        alt=f"{words['title']}. Karta. {_alt(labelled)}",
        note=f"{number(read)} av {count(known, 'kommun', 'kommuner')} har läst underlag",
        table=labelled,
        columns=_COLUMNS,
        figure=place_map(
            {row["municipality_code"]: row for row in labelled.to_dicts()},
            borders,
            height,
            () if _says_levels(borders) else LEGEND,
        ),
    )


_COLUMNS = (
    Column(name="municipality_name", label="Kommun", meaning="Kommunens namn."),
    Column(
        name="level_label",
        label="Högsta förpliktelsegrad",
        meaning="Den starkaste skrivningen i kommunens lästa handlingar.",
    ),
    Column(name="read", label="Lästa", meaning="Lästa handlingar.", kind="integer"),
    Column(name="known", label="Kända", meaning="Kända handlingar.", kind="integer"),
)


def place_map(
    rows: dict[str, dict[str, Any]], borders: Borders, height: int, legend: Legend = ()
) -> PlaceMap:
    """Put levels on the region's borders.

    ``rows`` is municipality code → ``level, level_label, known`` and ``read``, or ``words`` in
    place of the count of read; one without anything ``known`` is left pale.
    """
    places = tuple(_place(area, rows.get(area.code)) for area in borders.areas)
    return PlaceMap(places, borders.near, borders.far, height, legend)


def _says_levels(borders: Borders) -> bool:
    """Whether every area has room for its level in words."""
    names = borders.near.names
    return all(
        area.is_roomy and area.code in names and names[area.code].start is None
        for area in borders.areas
    )


def _place(area: Area, row: dict[str, Any] | None) -> Place:
    is_known = row is not None and bool(row["known"])
    level = row["level"] if row else None
    word = row["level_label"] if row else NOT_CHOSEN
    return Place(
        code=area.code,
        name=area.name,
        kind=kind_of(level) if is_known else OUTSIDE_KIND,
        rings=area.rings,
        label=area.label,
        is_roomy=area.is_roomy,
        word=word if is_known else "",
        words=_words(area.name, word, row),
        data=(area.code, level),
    )


def _words(name: str, word: str, row: dict[str, Any] | None) -> str:
    if row and "words" in row:
        return str(row["words"])
    if row and row["known"]:
        return f"{name}: {word}, {row['read']} av {row['known']} lästa"
    return f"{name}: {NOT_CHOSEN.lower()}"


def _alt(labelled: pl.DataFrame) -> str:
    order = [*reversed(LEVELS), UNREAD, NOT_CHOSEN]
    groups = []
    for level in order:
        names = labelled.filter(pl.col("level_label") == level)["municipality_name"].to_list()
        if names:
            groups.append(f"{level}: {', '.join(names)}")
    return f"{'. '.join(groups)}. {COMMITMENT.label} från {LEVELS[0]} till {LEVELS[-1]}."
