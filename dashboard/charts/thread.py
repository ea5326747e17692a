"""The chain from comprehensive plan to test on site: sums by theme and by step, and their words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import polars as pl

from dashboard.draw.chart import Chart, Plot
from dashboard.text import capital, count, listing, number, part, percent
from pipelines.indicators.values import FEWEST
from pipelines.model.codes import COMMITMENT, HELD, JUDGED, OUTCOME, STEP, THEME
from pipelines.model.columns import COLUMN, Column

FOLLOWERS = STEP.values[1:]
STEP_SHORT = {"op": "ÖP", "dp": "DP", "ma": "MA", "test": "Test"}
SHORT_SUBTITLE = "Kommuner med minst Avsikt i varje led, av dem som kan bedömas"
STEP_WORDS = {"op": "översiktsplan", "dp": "detaljplan", "ma": "markanvisning", "test": "test"}
MOST_BOXES = 30
"""Municipalities of a theme drawn one by one; more would fit neither a line nor a rerun's bytes."""
AIM = COMMITMENT.position("aim")
_STATES = {
    "n4": ("@ladder4", "Ska"), "n3": ("@ladder3", "Bör"), "n2": ("@ladder2", "Avsikt"),
    "n1": ("@ladder1", "Nämns"), "holds": ("@test", "test finns"),
    "leaks": ("@attention", "läcker"), "unknown": ("@hatch", "ej läst"),
    "not_applicable": ("@line", "utgår"),
}  # fmt: skip
"""State of a thread in a step → its colour and word, from the top down."""
_EDGE, _GAP = 0.001, 0.05
"""Shares of the width left at the edges, because nodes at 0 are moved, and between nodes."""
_TO = {"dp": "till detaljplan", "ma": "till markanvisning", "test": "till test på plats"}
_SHOWN_OUTCOMES = ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")

TRACE_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "municipality_name", "theme", "step", "start_level", "level", "outcome", "object_name",
        "chain_link", "year", "years_after", "objects_read", "passages",
    )
)  # fmt: skip
_THEME_COLUMNS = (
    COLUMN["theme"],
    Column(name="started", label="Kommuner med tråd", meaning="Avsikt i ÖP.", kind="integer"),
    *(
        Column(name=f"{step}{kind}", label=f"{label}, {words}", meaning=meaning, kind="integer")
        for step, label in STEP.labels.items()
        for kind, words, meaning in (
            ("", "når vald grad", "Kommuner vars led når den valda graden, eller har test."),
            ("_judged", "kan bedömas", "Kommuner där något i ledet är läst eller kartlagt."),
        )
    ),
)
_STEP_COLUMNS = (
    COLUMN["step"],
    Column(name="held", label="Håller", meaning="Lika starkt eller starkare.", kind="integer"),
    Column(name="judged", label="Kan bedömas", meaning="Trådar med läst led.", kind="integer"),
    Column(name="share", label="Andel, procent", meaning="Av dem som kan bedömas.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    *(
        Column(name=each.code, label=each.label, meaning=each.meaning, kind="integer")
        for each in OUTCOME.codes
        if each.code in _SHOWN_OUTCOMES
    ),
)  # fmt: skip


def by_theme(traced: pl.DataFrame, lowest: int = AIM) -> pl.DataFrame:
    """Count municipalities by theme and step: ``theme, started, op, op_judged … test_judged``.

    ``X`` is how many reach ``lowest`` or more in the step (a test on site counts as reached),
    ``X_judged`` in how many anything of the step is read. Most threads first.
    """
    reached = (pl.col("level") >= lowest) | ((pl.col("step") == "test") & _held())
    cells: list[pl.Expr] = []
    for step in STEP.values:
        own = pl.col("step") == step
        judged = pl.col("outcome").is_in((*JUDGED, "start"))
        cells += [
            (own & reached.fill_null(value=False)).sum().cast(pl.Int64).alias(step),
            (own & judged).sum().cast(pl.Int64).alias(f"{step}_judged"),
        ]
    started = (pl.col("step") == "op").sum().cast(pl.Int64).alias("started")
    order = pl.col("theme").replace_strict(
        {theme: i for i, theme in enumerate(THEME.values)}, return_dtype=pl.Int64
    )
    return (
        traced.group_by("theme").agg(started, *cells).sort(-pl.col("started"), order)
    )  # fmt: skip


def by_step(traced: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Outcomes of each step after the comprehensive plan, with indicator 1.6 for the whole.

    ``step, held, judged, share, low, high`` (percent; null below five) and a count for each
    outcome. ``values`` are rows of ``indicator_value``.
    """
    whole = values.filter(pl.col("unit_id") == values["unit_id"][0])
    measured = {row["part"]: row for row in whole.to_dicts()}
    rows: list[dict[str, Any]] = []
    for step in FOLLOWERS:
        own, value = traced.filter(pl.col("step") == step), measured[step]
        counts = {code: own.filter(pl.col("outcome") == code).height for code in _SHOWN_OUTCOMES}
        share = {
            new: None if value[old] is None else round(100 * value[old], 1)
            for new, old in (("share", "value"), ("low", "low"), ("high", "high"))
        }
        rows.append(
            {"step": step, "held": int(value["numerator"] or 0), "judged": int(value["n"])}
            | share
            | counts
        )
    decimals = dict.fromkeys(("share", "low", "high"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides=decimals)


def theme_chart(traced: pl.DataFrame, lowest: int) -> Chart:
    """Words and numbers of the matrix of themes and steps; it is drawn as HTML."""
    table = by_theme(traced, lowest)
    title = _theme_title(traced)
    level = COMMITMENT.codes[lowest].label
    lines = [
        f"{THEME.labels[row['theme']]}: "
        + ", ".join(f"{STEP_SHORT[step]} {step_words(row, step)}" for step in STEP.values)
        for row in table.to_dicts()
    ]
    pairs = int(table["started"].sum())
    municipalities = traced["municipality_code"].n_unique()
    return Chart(
        name="roda_traden_teman",
        title=title,
        subtitle=f"Kommuner som når minst {level} i varje led, av dem som kan bedömas. "
        f"{_drawn(table)}; färgen är grad.",
        alt=f"{title}. {'. '.join(lines)}.",
        note=f"{count(pairs, 'tråd', 'trådar')} i {count(municipalities, 'kommun', 'kommuner')}",
        table=table,
        columns=_THEME_COLUMNS,
        figure=None,
    )


def _drawn(table: pl.DataFrame) -> str:
    """What a box stands for: a municipality, or a state where there are many."""
    if table.filter(pl.col("started") > MOST_BOXES).height:
        return f"Där fler än {MOST_BOXES} kommuner räknas är varje ruta så bred som de är många"
    return "En ruta är en kommun, på samma plats i alla led"


def step_chart(steps: pl.DataFrame, years: int, traced: pl.DataFrame) -> Chart:
    """The three steps: flows of the threads, and words and numbers of bars drawn as HTML."""
    title = _step_title(steps)
    lines = [
        f"{STEP.labels[row['step']]}: {number(row['held'])} av {number(row['judged'])} håller"
        for row in steps.to_dicts()
    ]
    unknown = int(steps["unknown"].sum())
    judged = int(steps["judged"].sum())
    return Chart(
        name="roda_traden_led",
        title=title,
        subtitle=f"Trådar efter vad som händer i ledet inom {number(years)} år från "
        "översiktsplanen. Oläst är inte läckage.",
        alt=f"{title}. {'. '.join(lines)}.",
        note=f"{number(judged)} av {count(judged + unknown, 'led', 'led')} kan bedömas · "
        f"{_returned(traced)}",
        table=steps,
        columns=_STEP_COLUMNS,
        figure=_flows(traced),
    )


def _flows(traced: pl.DataFrame) -> Plot | None:
    """Every thread from step to step, as wide as they are many: where it holds, leaks, comes back.

    One node a step and state; a flow has the colour of the state that it arrives in.
    """
    wide = _side_by_side(traced)
    if not wide.height or set(STEP.values) - set(wide.columns):
        return None
    counts = {
        (step, kind): n
        for step in STEP.values
        for kind in _STATES
        if (n := int((wide[step] == kind).sum()))
    }
    place = {each: i for i, each in enumerate(counts)}
    flows = [
        ((before, a), (after, b), n)
        for before, after in pairwise(STEP.values)
        for a, b, n in wide.group_by(before, after).len().sort(before, after).rows()
    ]
    sankey = {
        "type": "sankey", "arrangement": "fixed", "name": "",
        "textfont": {"size": 14, "color": "@ink"},
        "node": {
            "label": [f"{number(n)} {_state(*each)}" for each, n in counts.items()],
            "color": [_STATES[kind][0] for _, kind in counts],
            "x": [_EDGE + (1 - 2 * _EDGE) * STEP.position(step) / 3 for step, _ in counts],
            "y": _heights(counts), "pad": 14, "thickness": 16, "line": {"width": 0},
            "hoverinfo": "none",
        },
        "link": {
            "source": [place[start] for start, *_ in flows],
            "target": [place[end] for _, end, _ in flows],
            "value": [n for *_, n in flows],
            "color": [f"{_STATES[kind][0]}/0.35" for _, (_, kind), _ in flows],
            "customdata": [
                f"{STEP_SHORT[start[0]]} {_state(*start)} → {STEP_SHORT[end[0]]} {_state(*end)}: "
                f"{count(n, 'tråd', 'trådar')}"
                for start, end, n in flows
            ],
            "hovertemplate": "%{customdata}",
        },
    }  # fmt: skip
    heads = [
        {"text": label, "x": i / 3, "y": 0, "yref": "paper", "yanchor": "top", "yshift": -8,
         "xanchor": ("left", "center", "center", "right")[i], "showarrow": False}
        for i, label in enumerate(STEP.labels.values())
    ]  # fmt: skip
    return Plot(data=(sankey,), layout={"annotations": heads, "margin": {"b": 36}}, height=430)


def _side_by_side(traced: pl.DataFrame) -> pl.DataFrame:
    """One row a thread and one column a step: a level as ``n3``, else the outcome."""
    level = pl.col("level")
    state = pl.when(level > 0).then(pl.format("n{}", level)).otherwise(pl.col("outcome"))
    key = ("municipality_code", "theme")
    return traced.select(*key, "step", state.alias("state")).pivot("step", index=key)


def _returned(traced: pl.DataFrame) -> str:
    """How many of the threads that leak in the detailed plan an allocation takes up again."""
    level = pl.col("level") > 0
    leaked = traced.filter(step="dp", outcome="leaks")
    taken_up = traced.filter(level, step="ma")
    back = leaked.join(taken_up, on=("municipality_code", "theme"), how="semi").height
    return (
        f"{number(back)} av {number(leaked.height)} som läcker i detaljplan finns i markanvisning"
    )


def _state(step: str, kind: str) -> str:
    return "inget test" if (step, kind) == ("test", "leaks") else _STATES[kind][1]


def _heights(counts: dict[tuple[str, str], int]) -> list[float]:
    """The middle of each node from the top of its step, as a share of the height."""
    middles = []
    for step in STEP.values:
        own = [n for (each, _), n in counts.items() if each == step]
        room, top = 1 - _GAP * (len(own) - 1), 0.0
        for n in own:
            height = room * n / sum(own)
            middles.append(top + height / 2)
            top += height + _GAP
    return middles


def step_words(row: dict[str, Any], step: str) -> str:
    """``tre av fem`` in figures, or that nothing can be said."""
    judged = row[f"{step}_judged"]
    return f"{number(row[step])} av {number(judged)}" if judged else "ej läst"


def share_words(row: dict[str, Any]) -> str:
    """``29 % (15–49)``, *för få*, or a dash."""
    words = percent(row["held"], row["judged"])
    if row["low"] is None:
        return words
    return f"{words} ({number(row['low'])}–{number(row['high'])})"


def _held() -> pl.Expr:
    return pl.col("outcome").is_in(HELD)


def _theme_title(traced: pl.DataFrame) -> str:
    """Which theme follows furthest and which least, where enough is judged."""
    if not traced.height:
        return "Ingen tråd att följa"
    judged = traced.filter(pl.col("outcome").is_in(JUDGED))
    shares = (
        judged.group_by("theme")
        .agg(pl.len().alias("n"), _held().mean().alias("share"))
        .filter(pl.col("n") >= FEWEST)
        .sort("theme")
    )
    if shares.height < 2 or shares["share"].n_unique() == 1:
        themes = count(traced["theme"].n_unique(), "tema", "teman")
        return f"{themes} att följa, för få led för att jämföra"
    names = {
        end: [
            THEME.labels[theme].lower()
            for theme, share in shares.select("theme", "share").rows()
            if share == value
        ]
        for end, value in (("most", shares["share"].max()), ("least", shares["share"].min()))
    }
    most, least = (listing(each) if len(each) <= 2 else "flera teman" for each in names.values())
    return f"{capital(most)} följer med längst, {least} tappar mest"


def _step_title(steps: pl.DataFrame) -> str:
    """Between which steps most is lost."""
    enough = [row for row in steps.to_dicts() if row["judged"] >= FEWEST]
    if not enough:
        return "För få lästa led för en andel"
    worst = max(enough, key=lambda row: row["leaks"] / row["judged"])
    if not worst["leaks"]:
        return "Inget tema läcker ut i de lästa leden"
    leaks = capital(part(worst["leaks"], worst["judged"]))
    return f"Mest läcker på vägen {_TO[worst['step']]}: {leaks.lower()} trådar"
