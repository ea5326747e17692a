"""What excerpts say, counted by themselves: by kind and level, and each municipality's own voice.

``counts`` are the rows of :func:`dashboard.queries.excerpts.excerpt_counts`. A general statement
and other voices are in the table, never in the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts.region_map import place_map
from dashboard.draw.borders import Borders
from dashboard.draw.chart import Bar, Bars, Chart, Part, PlaceMap
from dashboard.draw.levels import LEVEL_COLUMNS, LEVEL_KINDS, LEVELS
from dashboard.text import (
    EXCERPT_GROUPS,
    OTHER_EXCERPTS,
    OWN_VOICE,
    capital,
    count,
    listing,
    number,
    part,
)
from pipelines.model.columns import Column

GROUP_WORDS = {
    **{group: name for group, (name, _) in EXCERPT_GROUPS.items()},
    OTHER_EXCERPTS: "Övriga sidor och dokument",
}
NO_EXCERPT = "Inget utdrag i eget namn"
SHOULD = 3
_WRITTEN = LEVEL_COLUMNS[1:]

_COLUMNS = (
    Column(name="group_name", label="Vad utdragen gäller", meaning="Slag av handling eller sida."),
    *(
        Column(name=name, label=LEVELS[level], meaning="Utdrag i kommunens eget namn.",
               kind="integer")
        for level, name in enumerate(LEVEL_COLUMNS) if level
    ),
    Column(name="own", label="I eget namn", meaning="Kommunen talar själv.", kind="integer"),
    Column(name="municipalities", label="Kommuner", meaning="Kommuner som talar själva.",
           kind="integer"),
    Column(name="unsure", label="Osäkert kodade", meaning="Av dem i eget namn.", kind="integer"),
    Column(name="others", label="Andras röst", meaning="Återgivet, föreslaget eller andras ord.",
           kind="integer"),
)  # fmt: skip
_MAP_COLUMNS = (
    Column(name="municipality_name", label="Kommun", meaning="Kommunens namn."),
    Column(name="level_label", label="Högsta nivå i utdrag", meaning="I kommunens eget namn."),
    Column(name="own", label="Utdrag i eget namn", meaning="Antal referat.", kind="integer"),
    Column(name="others", label="Andras röst", meaning="Antal referat.", kind="integer"),
)


def own_voice(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in which a municipality speaks itself and that may colour a level."""
    return counts.filter(
        pl.col("voice") == OWN_VOICE,
        pl.col("municipality_code").is_not_null(),
        ~pl.col("is_general"),
    )


def speaking(counts: pl.DataFrame, *, least: int = 1, certain: bool = False) -> list[str]:
    """Return names of municipalities that reach a level in their own voice."""
    rows = own_voice(counts).filter(pl.col("level") >= least)
    rows = rows.filter(~pl.col("is_unsure")) if certain else rows
    return rows["municipality_name"].unique(maintain_order=True).sort().to_list()


def excerpt_bars(counts: pl.DataFrame, *, name: str = "utdrag_per_slag") -> Chart:
    """Draw one bar a kind of document: excerpts in a municipality's own voice, by level.

    ``name`` is the chart's and its file's.
    """
    table = _by_group(counts)
    drawn = table.filter(pl.col("own") > 0)
    title = _bars_title(counts)
    note = f"{count(int(table['own'].sum()), 'referat', 'referat')} i eget namn"
    if unsure := int(table["unsure"].sum()):
        note += f", {number(unsure)} osäkert kodade"
    if others := int(table["others"].sum()):
        note += f". Andras röst, {number(others)} referat, är inte med i figuren"
    return Chart(
        name=name,
        title=title,
        subtitle="Antal referat ur sidor och dokument där kommunen talar i eget namn. "
        "De är inte plantext och ingår inte i någon andel.",
        alt=f"{title}. {_alt(drawn)}",
        note=note,
        table=table,
        columns=_COLUMNS,
        figure=Bars(
            tuple(_bar(row) for row in drawn.to_dicts()),
            tuple(zip(LEVEL_KINDS[1:], LEVELS[1:], strict=True)),
            is_share=False,
        )
        if drawn.height
        else None,
    )


def _by_group(counts: pl.DataFrame) -> pl.DataFrame:
    """One row a kind of document that any excerpt is about, in the order of the chain."""
    own = (pl.col("voice") == OWN_VOICE) & ~pl.col("is_general")
    order = {group: place for place, group in enumerate(GROUP_WORDS)}
    return (
        counts.filter(pl.col("municipality_code").is_not_null())
        .group_by("excerpt_group")
        .agg(
            *(
                pl.col("excerpts").filter(own, pl.col("level") == level).sum().alias(name)
                for level, name in enumerate(LEVEL_COLUMNS)
                if level
            ),
            pl.col("excerpts").filter(own).sum().alias("own"),
            pl.col("municipality_code").filter(own).n_unique().cast(pl.Int64)
            .alias("municipalities"),
            pl.col("excerpts").filter(own, pl.col("is_unsure")).sum().alias("unsure"),
            pl.col("excerpts").filter(pl.col("voice") != OWN_VOICE).sum().alias("others"),
        )
        .sort(pl.col("excerpt_group").replace_strict(order))
        .with_columns(pl.col("excerpt_group").replace_strict(GROUP_WORDS).alias("group_name"))
    )  # fmt: skip


def _bar(row: dict[str, Any]) -> Bar:
    name = row["group_name"]
    parts = tuple(
        Part(
            row[column],
            LEVEL_KINDS[level],
            f"{name}, {LEVELS[level]}: {count(row[column], 'referat', 'referat')}"
            if row[column]
            else "",
            (row["excerpt_group"], level),
            number(row[column]),
        )
        for level, column in enumerate(LEVEL_COLUMNS)
        if level
    )
    return Bar(name, parts, count(row["municipalities"], "kommun", "kommuner"))


def _bars_title(counts: pl.DataFrame) -> str:
    table = _by_group(counts)
    if not table["own"].sum():
        return "Inget utdrag där en kommun talar i eget namn"
    strong = table.with_columns((pl.col("level_3") + pl.col("level_4")).alias("binding"))
    top = strong.sort("binding", descending=True).row(0, named=True)
    if not top["binding"]:
        return "Utdragen nämner innovation och avsikter, inga bör eller ska"
    return f"Bör och ska finns mest i {_inside(top['excerpt_group'])}"


def _inside(group: str) -> str:
    words = GROUP_WORDS[group]
    return words[0].lower() + words[1:]


def _alt(drawn: pl.DataFrame) -> str:
    parts = []
    for row in drawn.to_dicts():
        levels = [f"{LEVELS[level]} {row[column]}" for level, column in enumerate(LEVEL_COLUMNS)
                  if level and row[column]]  # fmt: skip
        parts.append(f"{row['group_name']}: {', '.join(levels)}")
    return f"Staplar efter förpliktelsegrad. {'. '.join(parts)}."


def excerpt_map(
    counts: pl.DataFrame,
    places: Mapping[str, str],
    chosen: tuple[str, ...],
    borders: Borders,
    *,
    height: int,
    name: str = "utdrag_per_kommun",
) -> Chart:
    """Colour each municipality by the highest level of its own voice in excerpts.

    ``places`` is municipality code → name, ``chosen`` the codes of the reader's choice (empty for
    all). Where no excerpt speaks in the municipality's own name it is pale: that says nothing.
    ``name`` is the chart's and its file's.
    """
    table = _by_place(counts, places)
    strong = speaking(counts, least=SHOULD, certain=True)
    own = table.filter(pl.col("own") > 0).height
    asked = len(chosen) or len(places)
    title = (
        f"{capital(part(own, asked))} kommuner talar i eget namn"
        if own
        else "Ingen kommun talar i eget namn i utdragen"
    )
    sure = f" Säkert kodade bör eller ska: {listing(strong)}." if strong else ""
    return Chart(
        name=name,
        title=title,
        subtitle="Högsta förpliktelsegrad i utdrag, i kommunens eget namn",
        alt=f"{title}. Karta.{sure} {_map_alt(table)}",
        note=f"Utdrag, inte lästa planer; blekt betyder att inget utdrag är sett.{sure}",
        table=table,
        columns=_MAP_COLUMNS,
        figure=_drawn(table, borders, height),
    )


def _by_place(counts: pl.DataFrame, places: Mapping[str, str]) -> pl.DataFrame:
    own = (pl.col("voice") == OWN_VOICE) & ~pl.col("is_general")
    found = (
        counts.filter(pl.col("municipality_code").is_not_null())
        .group_by("municipality_code")
        .agg(
            pl.col("level").filter(own).max().alias("level"),
            pl.col("excerpts").filter(own).sum().alias("own"),
            pl.col("excerpts").filter(pl.col("voice") != OWN_VOICE).sum().alias("others"),
        )
    )
    everywhere = pl.DataFrame(
        {"municipality_code": list(places), "municipality_name": list(places.values())},
        schema_overrides={"municipality_code": pl.String, "municipality_name": pl.String},
    )
    words = dict(enumerate(LEVELS))
    return everywhere.join(
        found, on="municipality_code", how="left", maintain_order="left"
    ).with_columns(
        pl.col("own", "others").fill_null(0),
        pl.col("level")
        .replace_strict(words, default=NO_EXCERPT, return_dtype=pl.String)
        .alias("level_label"),
    )


def _drawn(table: pl.DataFrame, borders: Borders, height: int) -> PlaceMap:
    """The map of levels, with other words where nothing is known."""
    rows = {
        row["municipality_code"]: {
            **row,
            "known": row["own"],
            "words": f"{row['municipality_name']}: {row['level_label']}"
            + (f", {count(row['own'], 'referat', 'referat')}" if row["own"] else ""),
        }
        for row in table.to_dicts()
    }
    return place_map(rows, borders, height)


def _map_alt(table: pl.DataFrame) -> str:
    groups = []
    for word in (*reversed(LEVELS), NO_EXCERPT):
        names = table.filter(pl.col("level_label") == word)["municipality_name"].to_list()
        if names:
            groups.append(f"{word}: {', '.join(names)}")
    return f"{'. '.join(groups)}."
