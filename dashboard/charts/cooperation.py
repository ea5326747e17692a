"""Who cooperates with whom: municipalities on one side, those they test with on the other."""

from __future__ import annotations

from math import sqrt
from typing import Any

import htpy as h
import polars as pl

from dashboard.charts.values import Row, whole
from dashboard.draw.chart import Chart, Plot, Trace
from dashboard.draw.plotly import rich
from dashboard.text import count, number, part, shortened, word
from pipelines.model.columns import COLUMN
from pipelines.model.tables import COOPERATION

DRAWN = 14
"""More parties than this on a side would lie on each other; the rest stand in the table."""
_ROW, _STEPS = 31, 16
"""Pixels for a name, and pieces that a bow is drawn with."""
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


def _network(drawn: pl.DataFrame, parties: pl.DataFrame) -> Plot:
    """Names in two columns, each spread over the whole height, with lines between them."""
    facts = {row["party"]: row for row in parties.to_dicts()}
    left, right = _orders(drawn)
    sides = [(0.0, _spread(left), "right"), (1.0, _spread(right), "left")]
    high = {name: (x, y) for x, places, _ in sides for name, y in places.items()}
    rows = drawn.sort("activities").to_dicts()
    names = [
        {
            "x": x, "y": y, "xanchor": at, "xshift": -14 if at == "right" else 14,
            "showarrow": False, "font": {"size": 14},
            "text": rich(
                shortened(name, 34), " ",
                h.span(style="font-size:13px")[number(facts[name]["activities"])],
            ),
        }
        for x, places, at in sides
        for name, y in places.items()
    ]  # fmt: skip
    everyone = [(name, *at) for name, at in high.items()]
    parties_drawn: Trace = {
        "type": "scatter", "mode": "markers", "name": "parter",
        "x": [x for _, x, _ in everyone], "y": [y for _, _, y in everyone], "cliponaxis": False,
        "hovertext": [_words(facts[name]) for name, *_ in everyone], "hoverinfo": "text",
        "customdata": [[(facts[name]["municipality_code"],)] for name, *_ in everyone],
        "marker": {
            "opacity": 1, "color": "@test", "line": {"width": 1.5, "color": "@card"},
            "size": [9 + 4 * sqrt(facts[name]["activities"]) for name, *_ in everyone],
        },
    }  # fmt: skip
    most = max(len(places) for _, places, _ in sides)
    axis = {"visible": False, "range": [-0.02, 1.02]}
    longest = [max((len(shortened(n, 34)) for n in p), default=0) for _, p, _ in sides]
    return Plot(
        data=(*(_line(row, high) for row in rows), parties_drawn),
        layout={
            "xaxis": axis,
            "yaxis": {**axis, "range": [1.0, 0.0]},
            "margin": {"l": 44 + 7.2 * longest[0], "r": 44 + 7.2 * longest[1]},
            "annotations": names,
        },
        height=44 + _ROW * max(most, 3),
        leads=True,
    )


def _spread(names: list[str]) -> dict[str, float]:
    """Each name's height as a share from the top: a column is spread evenly."""
    return {name: (place + 0.5) / len(names) for place, name in enumerate(names)}


def _words(row: Row) -> str:
    tests = count(row["activities"], "test", "tester")
    return rich(f"{row['party']}: {tests} med {count(row['others'], 'part', 'parter')}")


def _line(row: dict[str, Any], high: dict[str, tuple[float, float]]) -> Trace:
    """A line, thicker where more is shared; between two municipalities a bow on their side."""
    (x1, y1), (x2, y2) = high[row["left"]], high[row["right"]]
    bend = 0.26 if row["inside"] else 0.4
    ends = (x1 + bend, x1 + bend) if row["inside"] else (x1 + bend, x2 - bend)
    steps = [each / _STEPS for each in range(_STEPS + 1)]
    points = [(_bezier(t, x1, *ends, x2), _bezier(t, y1, y1, y2, y2)) for t in steps]
    tests = count(row["activities"], "test", "tester")
    said = rich(f"{row['left']} och {row['right']}: {tests}")
    is_thick = row["activities"] > 1
    return {
        "type": "scatter", "mode": "lines", "name": said, "opacity": 0.75 if is_thick else 0.9,
        "x": [round(x, 3) for x, _ in points], "y": [round(y, 3) for _, y in points],
        "line": {"width": 1.2 + 1.5 * (row["activities"] - 1),
                 "color": "@test" if is_thick else "@hatch"},
        "hovertext": said, "hoverinfo": "text",
    }  # fmt: skip


def _bezier(t: float, a: float, b: float, c: float, d: float) -> float:
    u = 1 - t
    return u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d
