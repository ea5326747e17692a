"""The action plan on one screen: three goals, their activities, where each stands."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.view import View
from dashboard.text import capital, count, listing, number, part, word
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
    """All activities at a glance, goal by goal, each a link to its own row.

    While no status is known there is none to show, but what to deliver.
    """
    if not activities.height:
        return
    told = has_status(activities)
    columns = "".join(
        f'<section class="malkolumn"><h3>Mål {goal}</h3><p class="under">'
        f"{escape(GOALS.get(goal, ''))}</p><ol>{_marks(activities, goal, told)}</ol></section>"
        for goal in sorted(activities["goal"].unique())
    )
    subtitle = _in_numbers(activities) if told else "Titeln leder till aktivitetens mått"
    with card("overblick", overview_title(activities), subtitle):
        needed = "" if told else _needed(view)
        st.html(f'<div class="maltavla">{columns}</div>{needed}')
        dated = activities["as_of"].drop_nulls().sort().to_list()
        asof = f", gäller per {dated[-1]}" if dated else ""
        note(view, f"{count(activities.height, 'aktivitet', 'aktiviteter')}{asof}", SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, ACTION.file, activities, ACTION.columns, key="aktiviteter")


def overview_title(activities: pl.DataFrame) -> str:
    """How many of each goal's activities go on or are done; only what has a status is counted."""
    known = activities.filter(pl.col("action_status") != "unknown")
    if not known.height:
        return (
            f"{capital(word(activities.height))} aktiviteter i "
            f"{word(activities['goal'].n_unique())} mål"
        )
    parts = []
    for (goal,), rows in known.group_by("goal", maintain_order=True):
        moving = rows.filter(pl.col("action_status").is_in(MOVING)).height
        parts.append(f"{part(moving, rows.height)} i mål {goal}")
    return f"Pågår eller är genomförda: {listing(parts)}"


def has_status(activities: pl.DataFrame) -> bool:
    """Whether the status of any activity is known."""
    return bool((activities["action_status"] != "unknown").any())


def _needed(view: View) -> str:
    """What has to be delivered for the plan to be followed, said once for all activities."""
    href = escape(view.link("kontrollera"), quote=True)
    return (
        '<p class="behovs"><b>Det här behövs:</b> status, ansvarig, milstolpar med årtal och länk '
        "till underlag för varje aktivitet, i registret aktiviteter. Mallen finns på sidan "
        f'<a href="{href}" target="_self">Kontrollera fil</a>.</p>'
    )


def _in_numbers(activities: pl.DataFrame) -> str:
    counts = dict(activities["action_status"].value_counts().rows())
    words = [
        f"{label.lower()} {number(counts[code])}"
        for code, label in ACTION_STATUS.labels.items()
        if counts.get(code)
    ]
    return capital(", ".join(words))


def _marks(activities: pl.DataFrame, goal: int, told: bool) -> str:
    rows = activities.filter(pl.col("goal") == goal).to_dicts()
    return "".join(_mark(row, chip(row) if told else "") for row in rows)


def _mark(row: dict[str, Any], status: str) -> str:
    return (
        f'<li><a href="#{anchor(row["action_id"])}" target="_self">'
        f"<b>{escape(row['action_id'])}</b> {escape(row['action_title'])}</a> {status}</li>"
    )


def anchor(action_id: str) -> str:
    """The name of an activity's row in the page's address."""
    return f"aktivitet-{escape(action_id.replace('.', '-'))}"


def chip(row: dict[str, Any]) -> str:
    """The status as a word in a frame whose form says the same."""
    status = row["action_status"]
    return f'<span class="aktivitetsstatus {status}">{ACTION_STATUS.labels[status]}</span>'
