"""The region as a map of levels: each municipality in the colour of the highest that it reaches."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Place, PlaceMap
from dashboard.charts.levels import LEVELS, NOT_CHOSEN, OUTSIDE_KIND, UNREAD, kind_of
from dashboard.charts.map_frame import MapFrame, map_frame
from dashboard.charts.map_labels import Geo, beside, lines_inside
from dashboard.text import count, number
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import Column


def commitment_map(frame: pl.DataFrame, geo: Geo, *, height: int, **words: str) -> Chart:
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
            {row["municipality_code"]: row for row in labelled.to_dicts()}, geo, height
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


def place_map(rows: dict[str, dict[str, Any]], geo: Geo, height: int) -> PlaceMap:
    """Lay out the region's outlines and names, coloured by level.

    ``rows`` is municipality code → ``level, level_label, known`` and ``read``, or ``words`` in
    place of the count of read; one without anything ``known`` is left pale.
    """
    inside = lines_inside(geo, height)
    outside = beside(geo, [code for code, lines in inside.items() if lines == 0], height)
    frame = map_frame(geo, has_names_beside=bool(outside))
    return PlaceMap(
        places=tuple(
            _place(feature, rows.get(feature["properties"]["kommun_kod"]), frame, inside)
            for feature in geo["features"]
        ),
        beside=frame.beside(outside),
        ratio=frame.ratio,
        margin=frame.margin,
        height=height,
    )


def _place(
    feature: Geo, row: dict[str, Any] | None, frame: MapFrame, inside: dict[str, int]
) -> Place:
    facts = feature["properties"]
    code, name = facts["kommun_kod"], facts["kommun"]
    is_known = row is not None and bool(row["known"])
    level = row["level"] if row else None
    word = row["level_label"] if row else NOT_CHOSEN
    return Place(
        name=name,
        kind=kind_of(level) if is_known else OUTSIDE_KIND,
        rings=frame.outline(feature["geometry"]),
        label=frame.share(facts["label_lon"], facts["label_lat"]),
        is_named=inside[code] > 0,
        word=word if inside[code] > 1 and is_known else "",
        words=_words(name, word, row),
        data=(code, level),
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
