"""The action plan on one screen: three goals, their activities, where each stands."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.view import View
from dashboard.text import capital, count, listing, number, part
from pipelines.model.market_codes import ACTION_STATUS
from pipelines.model.registers import ACTION

SOURCE = "handlingsplanens aktivitetsregister"
GOALS = {
    1: "Förmågan att få in innovation i planering och stadsutveckling stärks",
    2: "Förutsättningarna för test, uppskalning och demonstration förbättras",
    3: "Fler offentliga aktörer ger mindre företag möjlighet att testa och sälja",
}
"""The plan's three goals in short titles of our own."""
MOVING = ("ongoing", "done")


def overview(view: View, activities: pl.DataFrame) -> None:
    """All activities at a glance, goal by goal, each a link to its own row."""
    if not activities.height:
        return
    columns = "".join(
        f'<section class="malkolumn"><h3>Mål {goal}</h3><p class="under">'
        f"{escape(GOALS.get(goal, ''))}</p><ol>{_marks(activities, goal)}</ol></section>"
        for goal in sorted(activities["goal"].unique())
    )
    with card("overblick", overview_title(activities), _in_numbers(activities)):
        st.html(f'<div class="maltavla">{columns}</div>')
        dated = activities["as_of"].drop_nulls().sort().to_list()
        asof = f"gäller per {dated[-1]}" if dated else "datum för uppgiften saknas"
        note(view, f"{count(activities.height, 'aktivitet', 'aktiviteter')}, {asof}", SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, ACTION.file, activities, ACTION.columns, key="aktiviteter")


def overview_title(activities: pl.DataFrame) -> str:
    """How many of each goal's activities go on or are done; only what has a status is counted."""
    known = activities.filter(pl.col("action_status") != "unknown")
    if not known.height:
        return "Status saknas för alla aktiviteter i de tre målen"
    parts = []
    for (goal,), rows in known.group_by("goal", maintain_order=True):
        moving = rows.filter(pl.col("action_status").is_in(MOVING)).height
        parts.append(f"{part(moving, rows.height)} i mål {goal}")
    return f"Pågår eller är genomförda: {listing(parts)}"


def _in_numbers(activities: pl.DataFrame) -> str:
    counts = dict(activities["action_status"].value_counts().rows())
    words = [
        f"{label.lower()} {number(counts[code])}"
        for code, label in ACTION_STATUS.labels.items()
        if counts.get(code)
    ]
    return capital(", ".join(words))


def _marks(activities: pl.DataFrame, goal: int) -> str:
    return "".join(_mark(row) for row in activities.filter(pl.col("goal") == goal).to_dicts())


def _mark(row: dict[str, Any]) -> str:
    return (
        f'<li><a href="#{anchor(row["action_id"])}" target="_self">'
        f"<b>{escape(row['action_id'])}</b> {escape(row['action_title'])}</a> {chip(row)}</li>"
    )


def anchor(action_id: str) -> str:
    """The name of an activity's row in the page's address."""
    return f"aktivitet-{escape(action_id.replace('.', '-'))}"


def chip(row: dict[str, Any]) -> str:
    """The status as a word in a frame whose form says the same."""
    status = row["action_status"]
    return f'<span class="aktivitetsstatus {status}">{ACTION_STATUS.labels[status]}</span>'
