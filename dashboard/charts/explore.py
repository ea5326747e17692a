"""Any measure against any other, one point a unit, with colour and size as further measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import htpy as h
import polars as pl

from dashboard.draw.chart import Chart, Plot, Trace
from dashboard.draw.plotly import rich
from dashboard.text import DASH, capital, listing, number, part
from pipelines.model.codes import COMMITMENT, OBJECT_TYPE
from pipelines.model.columns import COLUMN, Column

SHARE = "andel"
LEVEL = "nivå"
"""Unit of the ladder's levels, 0–4."""
YEAR = "år"
KIND = "handlingstyp"
"""Unit of a measure whose values are places in the list of document types."""
ROLES = {"x": "Vågrätt", "y": "Lodrätt", "colour": "Färg", "size": "Storlek"}
_GROWING = [[0.0, "@line"], [0.25, "@growth/0.35"], [1.0, "@growth"]]
_KIND_COLOURS = ("@growth", "@test", "@attention")
_EMPTY = {"color": "@card"}
"""A ring: a unit that has a place but no value for the colour."""
_NAMED = 15
_SMALLEST, _LARGEST, _PLAIN = 9, 34, 13
_SPREAD = 0.011
"""How far points at the same place stand apart, as a part of the axis."""
_HEIGHT = 520


@dataclass(frozen=True)
class Measure:
    """What can be put on an axis: its key, its name and the unit of its values."""

    key: str
    label: str
    unit: str

    @property
    def title(self) -> str:
        """The name with its unit, as an axis says it."""
        unit = {SHARE: "procent", LEVEL: "", KIND: "", YEAR: "", "index": ""}.get(
            self.unit, self.unit
        )
        return f"{self.label} ({unit})" if unit else self.label


def wide_table(values: pl.DataFrame, chosen: Mapping[str, Measure | None]) -> pl.DataFrame:
    """Return one row a unit with the chosen measures; a share in percent, each with its n.

    Args:
        values: ``unit_id, unit_name, municipality_code, municipality_name, key, value, n,
            absence``, one row a unit and measure.
        chosen: role (``x``, ``y``, ``colour``, ``size``) → measure, None where it is not used.

    Returns:
        ``unit_id, unit_name, municipality_code, municipality_name``, for each role its value and
        ``<role>_n``, and ``absence``: which of them are missing, and why.
    """
    keys = ("unit_id", "unit_name", "municipality_code", "municipality_name")
    found = values.select(keys).unique(maintain_order=True)
    used = {role: measure for role, measure in chosen.items() if measure is not None}
    for role, measure in used.items():
        scale = 100 if measure.unit == SHARE else 1
        own = values.filter(pl.col("key") == measure.key).select(
            "unit_id",
            (pl.col("value") * scale).round(2).alias(role),
            pl.col("n").alias(f"{role}_n"),
            pl.col("absence").alias(f"{role}_absence"),
        )
        found = found.join(own, on="unit_id", how="left", maintain_order="left")
    why = pl.Series("absence", [_why(row, used) for row in found.to_dicts()], dtype=pl.String)
    numbers = [name for role in used for name in (role, f"{role}_n")]
    return found.with_columns(why).select(*keys, *numbers, "absence")


def _why(row: Mapping[str, Any], used: Mapping[str, Measure]) -> str | None:
    """``Ej insamlad (vågrätt, storlek)``: each reason once, with what it holds."""
    roles: dict[str, list[str]] = defaultdict(list)
    for role in used:
        if row[role] is None:
            reason = (row[f"{role}_absence"] or "Ej beräknat.").rstrip(".")
            roles[reason].append(ROLES[role].lower())
    return "; ".join(f"{reason} ({listing(each)})" for reason, each in roles.items()) or None


def columns_of(chosen: Mapping[str, Measure | None]) -> tuple[Column, ...]:
    """The table's columns under the names of the chosen measures."""
    found = [COLUMN["unit_name"], COLUMN["municipality_name"]]
    for role, measure in chosen.items():
        if measure is None:
            continue
        said = f"{ROLES[role]}: {measure.title}"
        found.append(Column(name=role, label=said, meaning=f"{said}.", kind="decimal"))
        basis = f"{ROLES[role]}: antal i måttet"
        meaning = f"Antal som {measure.label.lower()} bygger på."
        found.append(Column(name=f"{role}_n", label=basis, meaning=meaning, kind="integer"))
    return (*found, COLUMN["absence"])


def explore_chart(
    table: pl.DataFrame,
    chosen: Mapping[str, Measure | None],
    *,
    forms: tuple[str, str] = ("enhet", "enheter"),
) -> Chart:
    """Draw one point a unit; units without a place on both axes are in the table, not at zero.

    Args:
        table: rows of :func:`wide_table`.
        chosen: as there; ``x`` and ``y`` are always given.
        forms: one and several of what the units are.
    """
    x, y = chosen["x"], chosen["y"]
    assert x is not None
    assert y is not None
    drawn = table.drop_nulls(["x", "y"])
    title = f"{capital(x.label)} mot {y.label[:1].lower()}{y.label[1:]}"
    more = [
        f"{word} {measure.title[:1].lower()}{measure.title[1:]}"
        for word, measure in (("färg", chosen.get("colour")), ("storlek", chosen.get("size")))
        if measure is not None
    ]
    few = drawn.head(30).to_dicts()
    lines = [f"{row['unit_name']} {said(row['x'], x)}, {said(row['y'], y)}" for row in few]
    rest = f"; och {number(drawn.height - 30)} till, se tabellen" if drawn.height > 30 else ""
    return Chart(
        name="utforska",
        title=title,
        subtitle=f"En punkt är en {forms[0]}{'; ' + listing(more) if more else ''}. "
        "Punkter på samma plats är spridda runt den.",
        alt=f"{title}. {'; '.join(lines) or 'Inget går att rita'}{rest}.",
        note=f"{capital(part(drawn.height, table.height))} {forms[1]} har båda talen",
        table=table,
        columns=columns_of(chosen),
        figure=explore_figure(table, chosen),
    )


def said(value: float | None, measure: Measure) -> str:
    """A value as a reader meets it, with its unit."""
    if value is None:
        return DASH
    if measure.unit == LEVEL:
        return str(COMMITMENT.codes[int(value)].label)
    if measure.unit == KIND:
        return str(list(OBJECT_TYPE.labels.values())[int(value)])
    if measure.unit == YEAR:
        return str(int(value))
    written = number(value, 0 if float(value).is_integer() else 1)
    unit = {SHARE: "%", "antal": "", "index": ""}.get(measure.unit, measure.unit)
    return f"{written} {unit}".strip()


def explore_figure(
    table: pl.DataFrame, chosen: Mapping[str, Measure | None], marked: Sequence[str] = ()
) -> Plot | None:
    """The picture alone; units that are not among the marked are pale where any is marked."""
    drawn = table.drop_nulls(["x", "y"])
    if not drawn.height:
        return None
    x, y, colour, size = (chosen.get(role) for role in ROLES)
    assert x is not None
    assert y is not None
    rows = drawn.to_dicts()
    places = zip(rows, _apart(rows), _sizes(rows, size), strict=True)
    seen: dict[Any, int] = defaultdict(int)
    points = []
    for row, at, diameter in places:
        seen[row["x"], row["y"]] += 1
        name_at = "top center" if seen[row["x"], row["y"]] % 2 else "bottom center"
        points.append({**row, "at": at, "diameter": diameter, "name_at": name_at})
    coloured = [row for row in points if colour is None or row["colour"] is not None]
    empty = [row for row in points if colour is not None and row["colour"] is None]
    traces = [
        _points(some, chosen, frozenset(marked), look, is_named=len(rows) <= _NAMED)
        for some, look in ((coloured, _colours(coloured, colour)), (empty, _EMPTY))
        if some
    ]
    key = _key(colour)
    if empty:
        key.append(_entry("Utan värde för färg", "@card"))
    return Plot(
        data=(*traces, *key),
        layout={
            "xaxis": {"title": {"text": x.title}, **_axis(drawn["x"], x)},
            "yaxis": {"title": {"text": y.title}, **_axis(drawn["y"], y)},
            "showlegend": bool(key),
            "legend": {"y": -0.17, "x": 0, "xanchor": "left", "yanchor": "top"},
            "dragmode": "select",
        },
        height=_HEIGHT,
        has_zoom=True,
    )


def _points(
    rows: Sequence[dict[str, Any]],
    chosen: Mapping[str, Measure | None],
    marked: frozenset[str],
    look: Trace,
    *,
    is_named: bool,
) -> Trace:
    """Points of one look; with few units each has its name."""
    points: Trace = {
        "type": "scatter",
        "showlegend": False,
        "mode": "markers+text" if is_named else "markers",
        "x": [row["at"][0] for row in rows],
        "y": [row["at"][1] for row in rows],
        "text": [rich(row["unit_name"]) for row in rows],
        "textposition": [row["name_at"] for row in rows],
        "textfont": {"size": 13, "color": "@muted"},
        "customdata": [[row["unit_id"], row["x"], row["y"]] for row in rows],
        "hovertext": [_words(row, chosen) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": [row["diameter"] for row in rows],
            "line": {"width": 1.5, "color": "@ink"},
            "opacity": 0.85,
            **look,
        },
    }
    if marked:
        points["selectedpoints"] = [i for i, row in enumerate(rows) if row["unit_id"] in marked]
        points["unselected"] = {"marker": {"opacity": 0.25}, "textfont": {"color": "@muted"}}
        points["selected"] = {"marker": {"opacity": 1}}
    return points


def _axis(values: pl.Series, measure: Measure) -> Trace:
    low, high = _reach(values.to_list())
    axis: Trace = {"range": [low, high]}
    if measure.unit in (LEVEL, KIND):
        axis["range"] = [low - 0.2, high]
        words = COMMITMENT.labels if measure.unit == LEVEL else OBJECT_TYPE.labels
        axis |= {"tickvals": list(range(len(words))), "ticktext": list(words.values())}
    elif measure.unit == YEAR:
        axis |= {"tickformat": "d"}
    return axis


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis, with room for the points at its ends."""
    low, high = min(values), max(values)
    room = 0.07 * ((high - low) or abs(high) or 1)
    return low - room, high + 1.4 * room


def _apart(rows: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Where points stand: those at one place in a small spiral around it."""
    ends = (_reach([row[name] for row in rows]) for name in ("x", "y"))
    wide, high = (last - first for first, last in ends)
    seen: dict[tuple[float, float], int] = defaultdict(int)
    places = []
    for row in rows:
        at = (row["x"], row["y"])
        turn, out = 2.4 * seen[at], _SPREAD * sqrt(seen[at])
        seen[at] += 1
        places.append(
            (at[0] + wide * out * cos(turn % (2 * pi)), at[1] + 1.6 * high * out * sin(turn))
        )
    return places


def _sizes(rows: Sequence[dict[str, Any]], size: Measure | None) -> list[float]:
    """Diameters whose areas follow the values; what has no value is as small as can be."""
    if size is None:
        return [_PLAIN] * len(rows)
    most = max((abs(row["size"]) for row in rows if row["size"] is not None), default=0) or 1
    return [
        max(_SMALLEST, _LARGEST * sqrt(abs(row["size"] or 0) / most)) for row in rows
    ]  # fmt: skip


def _colours(rows: Sequence[dict[str, Any]], colour: Measure | None) -> Trace:
    """By level, by type, or from pale to strong."""
    if colour is None:
        return {"color": "@growth"}
    if colour.unit in (LEVEL, KIND):
        names = [f"@ladder{n}" for n in range(5)] if colour.unit == LEVEL else _KIND_COLOURS
        return {"color": [names[int(row["colour"])] for row in rows]}
    return {
        "color": [row["colour"] for row in rows],
        "colorscale": _GROWING,
        "showscale": True,
        "colorbar": {
            "title": {"text": _broken(colour.title), "side": "top", "font": {"size": 14}},
            "orientation": "h", "thickness": 12, "len": 0.45, "x": 1, "xanchor": "right",
            "y": -0.16, "yanchor": "top", "outlinewidth": 0,
            "tickfont": {"color": "@muted", "size": 13},
        },
    }  # fmt: skip


def _key(colour: Measure | None) -> list[Trace]:
    """What the colours mean, as traces without points, where they are not a scale."""
    if colour is None or colour.unit not in (LEVEL, KIND):
        return []
    words = COMMITMENT.labels if colour.unit == LEVEL else OBJECT_TYPE.labels
    names = [f"@ladder{n}" for n in range(5)] if colour.unit == LEVEL else _KIND_COLOURS
    return [_entry(word, name) for word, name in zip(words.values(), names, strict=False)]


def _entry(word: str, name: str) -> Trace:
    """A trace without points: a line of the legend."""
    look = {"color": name, "size": 12, "line": {"width": 1, "color": "@ink"}}
    return {
        "type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": word,
        "marker": look, "hoverinfo": "skip",
    }  # fmt: skip


def _words(row: Mapping[str, Any], chosen: Mapping[str, Measure | None]) -> str:
    lines: list[h.Node] = [h.b[row["unit_name"]]]
    for role, measure in chosen.items():
        if measure is None:
            continue
        basis = f" (n = {number(row[f'{role}_n'])})" if row[f"{role}_n"] else ""
        lines += [h.br, f"{measure.label}: {said(row[role], measure)}{basis}"]
    return rich(*lines)


def _broken(text: str) -> str:
    """In two lines where it is long."""
    first = text if len(text) < 34 else text[:34].rsplit(" ", 1)[0]
    return rich(first, first != text and [h.br, text[len(first) + 1 :]])
