"""Who cooperates with whom: municipalities on one side, those they test with on the other."""

from __future__ import annotations

from math import sqrt
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Network, Node, Tie
from dashboard.charts.values import Row, whole
from dashboard.text import count, number, part, shortened, word
from pipelines.model.columns import COLUMN
from pipelines.model.tables import COOPERATION

DRAWN = 14
"""More parties than this on a side would lie on each other; the rest stand in the table."""
_COLUMNS = tuple(COLUMN[name] for name in COOPERATION.computed if name != "activity_ids")


def network(frames: dict[str, pl.DataFrame]) -> Chart:
    """Draw municipalities to the left, others to the right, a line for tests they share.

    ``frames`` is the answer of ``pages.testing_activities``: *cooperation*, *parties*,
    *activities* and *values*.
    """
    pairs, parties = frames["cooperation"], frames["parties"]
    stated = frames["activities"].filter(pl.col("partners").list.len() > 0).height
    title = network_title(frames, stated)
    links = _links(pairs, parties)
    drawn, rest = _drawn(links)
    note = f"Partner kända för {number(stated)} av " + count(
        frames["activities"].height, "testverksamhet", "testverksamheter"
    )
    if rest:
        note += f" · {count(rest, 'part', 'parter')} med få gemensamma tester står bara i tabellen"
    lines = [
        f"{row['party']} och {row['other_party']}: {count(row['activities'], 'test', 'tester')}"
        for row in pairs.head(DRAWN).to_dicts()
    ]
    return Chart(
        name="samarbeten",
        title=title,
        subtitle="Kommuner och dem de testar med, med antal tester; tjockare linje är fler "
        "gemensamma. Även avslutade tester.",
        alt=f"{title}. {'; '.join(lines) or 'Inget går att rita'}.",
        note=note if frames["activities"].height else "",
        table=pairs,
        columns=_COLUMNS,
        figure=_network(drawn, parties) if drawn.height else None,
    )


def network_title(frames: dict[str, pl.DataFrame], stated: int) -> str:
    """Who takes part most, and whether municipalities test together."""
    together: Row = whole(frames["values"], "2.3")["kommuner"]
    if not frames["activities"].height:
        return "Ingen testverksamhet är känd i urvalet"
    if not stated:
        return "Partner är inte insamlade, så samarbeten går inte att visa"
    others = frames["parties"].filter(pl.col("municipality_code").is_null())
    top = (others if others.height else frames["parties"]).row(0, named=True)
    tests = f"{part(top['activities'], stated, neuter=True)} tester med kända partner"
    if stated == 1:
        tests = "det enda test som har kända partner"
    hits = int(together["numerator"] or 0)
    if not together["n"]:
        return f"{top['party']} är med i {tests}"
    with_others = f"{word(hits) if hits else 'ingen'} {'kommuner' if hits > 1 else 'kommun'} testar"
    return f"{top['party']} är med i {tests}; {with_others} tillsammans med en annan"


def _links(pairs: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """``left, right, activities, code``: pairs with a municipality, which stands to the left."""
    codes = dict(parties.select("party", "municipality_code").drop_nulls().rows())
    rows = []
    for row in pairs.to_dicts():
        one, other = row["party"], row["other_party"]
        if one not in codes and other not in codes:
            continue
        left, right = (one, other) if one in codes else (other, one)
        rows.append((left, right, row["activities"], right in codes))
    schema = {"left": pl.String, "right": pl.String, "activities": pl.Int64, "inside": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _drawn(links: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The links of the right-hand parties that share most, and how many parties are left out."""
    right = (
        links.filter(~pl.col("inside"))
        .group_by("right")
        .agg(pl.col("activities").sum(), pl.len().alias("places"))
        .sort("activities", "places", "right", descending=[True, True, False])
    )
    shown = right.head(DRAWN)["right"]
    kept = links.filter(pl.col("inside") | pl.col("right").is_in(shown.implode()))
    return kept, right.height - shown.len()


def _orders(drawn: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Top to bottom: municipalities by tests; the others near those they share tests with."""
    weight = drawn.group_by("left").agg(pl.col("activities").sum())
    own = set(drawn["left"]) | set(drawn.filter("inside")["right"])
    totals = dict(weight.rows())
    left = sorted(own, key=lambda name: (-totals.get(name, 0), name))
    place = {name: at for at, name in enumerate(left)}
    across = drawn.filter(~pl.col("inside")).with_columns(
        pl.col("left").replace_strict(place, return_dtype=pl.Float64).alias("at")
    )
    centre = across.group_by("right").agg(
        ((pl.col("at") * pl.col("activities")).sum() / pl.col("activities").sum()).alias("at"),
        pl.col("activities").sum(),
    )
    ordered = centre.sort("at", -pl.col("activities"), "right")
    return left, ordered["right"].to_list()


def _network(drawn: pl.DataFrame, parties: pl.DataFrame) -> Network:
    left, right = _orders(drawn)
    facts = {row["party"]: row for row in parties.to_dicts()}
    return Network(
        left=tuple(_node(facts[name]) for name in left),
        right=tuple(_node(facts[name]) for name in right),
        ties=tuple(_tie(row, left, right) for row in drawn.sort("activities").to_dicts()),
    )


def _node(row: Row) -> Node:
    tests = count(row["activities"], "test", "tester")
    return Node(
        name=shortened(row["party"], 34),
        number=number(row["activities"]),
        size=9 + 4 * sqrt(row["activities"]),
        words=f"{row['party']}: {tests} med {count(row['others'], 'part', 'parter')}",
        data=(row["municipality_code"],),
    )


def _tie(row: dict[str, Any], left: list[str], right: list[str]) -> Tie:
    """A line, thicker where more is shared; between two municipalities it stays on their side."""
    tests = count(row["activities"], "test", "tester")
    return Tie(
        left=left.index(row["left"]),
        right=None if row["inside"] else right.index(row["right"]),
        width=1.2 + 1.5 * (row["activities"] - 1),
        words=f"{row['left']} och {row['right']}: {tests}",
        other=left.index(row["right"]) if row["inside"] else 0,
    )
