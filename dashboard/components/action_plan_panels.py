"""The action plan: where its activities stand, each with evidence and the measures beside it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.indicator_words import basis_words, reason_words, value_words
from dashboard.components.no_evidence import no_evidence
from dashboard.components.page import text_links
from dashboard.components.quotation import best_quotation
from dashboard.components.view import View
from dashboard.findings import Finding
from dashboard.queries import action_plan
from dashboard.queries.passages import count_passages
from dashboard.text import TYPE_SHORT, capital, count, listing, number, word
from pipelines.indicators.facts import MUNICIPALITY, REGION
from pipelines.model.columns import COLUMN
from pipelines.model.market_codes import ACTION_STATUS
from pipelines.model.registers import ACTION
from pipelines.model.tables import INDICATOR_VALUE

SOURCE = "handlingsplanens aktivitetsregister"
GOALS = {
    1: "Förmågan att få in innovation i planering och stadsutveckling stärks",
    2: "Förutsättningarna för test, uppskalning och demonstration förbättras",
    3: "Fler offentliga aktörer ger mindre företag möjlighet att testa och sälja",
}
"""The plan's three goals in short titles of our own."""
_EFFORTS = 2
_TYPES = {code: place for place, code in enumerate(TYPE_SHORT)}
_YEAR = re.compile(r"^\s*(\d{4})\s*:\s*")


def finding(activities: pl.DataFrame) -> Finding:
    """How many move, how many lack status, and what the measures can say."""
    if not activities.height:
        return Finding(
            "Handlingsplanens aktiviteter är inte inlästa",
            "Leverera registret aktiviteter, så visas status, milstolpar och underlag här.",
        )
    counts = dict(activities["action_status"].value_counts().rows())
    known = activities.height - counts.get("unknown", 0)
    if not known:
        return Finding(
            f"Status är inte insamlad för någon av {word(activities.height)} aktiviteter",
            "Under varje aktivitet står de mått som talar för den. De visar vad som syns i planer, "
            "tester och upphandlingar, inte vad aktiviteten har åstadkommit.",
        )
    moving = counts.get("ongoing", 0)
    headline = f"{capital(word(moving))} av {word(activities.height)} aktiviteter pågår"
    if counts.get("done"):
        headline += f", {word(counts['done'])} är genomförd{'a' if counts['done'] > 1 else ''}"
    return Finding(headline, f"{_standing_still(counts)}{_without_evidence(activities)}")


def _standing_still(counts: dict[str, int]) -> str:
    forms = {"not_started": ("ej påbörjad", "ej påbörjade"), "paused": ("pausad", "pausade"),
             "unknown": ("utan insamlad status", "utan insamlad status")}  # fmt: skip
    parts = [
        f"{word(counts[code])} är {forms[code][counts[code] > 1]}"
        for code in forms
        if counts.get(code)
    ]
    return f"{capital(listing(parts))}. " if parts else ""


def _without_evidence(activities: pl.DataFrame) -> str:
    bare = activities.filter(
        pl.col("evidence").list.len().fill_null(0) == 0, pl.col("action_status") != "unknown"
    ).height
    if not bare:
        return "Alla med status har underlag."
    verb = "saknar underlag som styrker sin status"
    return f"{capital(word(bare))} {verb}."


def overview(view: View, activities: pl.DataFrame) -> None:
    """All activities at a glance: one mark each, goal by goal."""
    if not activities.height:
        return
    rows = "".join(
        f'<div class="malrad"><b>Mål {goal}</b><ol>{_marks(activities, goal)}</ol></div>'
        for goal in sorted(activities["goal"].unique())
    )
    counts = dict(activities["action_status"].value_counts().rows())
    words = [
        f"{label.lower()} {number(counts[code])}"
        for code, label in ACTION_STATUS.labels.items()
        if counts.get(code)
    ]
    with card("overblick", "Så står det till, aktivitet för aktivitet", capital(", ".join(words))):
        st.html(f'<div class="maltavla">{rows}</div>')
        dated = activities["as_of"].drop_nulls().sort().to_list()
        asof = f"gäller per {dated[-1]}" if dated else "datum för uppgiften saknas"
        note(view, f"{count(activities.height, 'aktivitet', 'aktiviteter')}, {asof}", SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, ACTION.file, activities, ACTION.columns, key="aktiviteter")


def _marks(activities: pl.DataFrame, goal: int) -> str:
    return "".join(
        f'<li><a href="#aktivitet-{escape(row["action_id"].replace(".", "-"))}" target="_self" '
        f'class="aktivitetsstatus {row["action_status"]}"><b>{escape(row["action_id"])}</b> '
        f"{ACTION_STATUS.labels[row['action_status']]}</a></li>"
        for row in activities.filter(pl.col("goal") == goal).to_dicts()
    )


def goals(view: View, activities: pl.DataFrame) -> None:
    """Every activity under its goal, with the measures that speak for it."""
    unit_kind, unit_id, unit_name = _unit(view)
    values = view.ask(action_plan.indicators_for_activities, unit_kind, unit_id)
    efforts = view.ask(action_plan.efforts)
    for goal in sorted(activities["goal"].unique()) if activities.height else ():
        mine = activities.filter(pl.col("goal") == goal)
        st.html(f'<h2 class="mal">Mål {goal}. {escape(GOALS.get(goal, ""))}</h2>')
        articles = "".join(
            _activity(
                row,
                values.filter(pl.col("action_id") == row["action_id"]),
                efforts.filter(pl.col("action_id") == row["action_id"]),
            )
            for row in mine.to_dicts()
        )
        st.html(f'<div class="aktiviteter">{articles}</div>')
    if values.height:
        note(view, _about_measures(view, unit_name), "registren och planhandlingarna")
        with st.container(horizontal=True, gap="medium", key="filer-mal"):
            shown = [COLUMN["action_id"], *INDICATOR_VALUE.columns]
            download(view, "aktiviteternas_matt", values, shown, key="aktivitetsmatt")


def _unit(view: View) -> tuple[str, str, str]:
    """The region, or the one chosen municipality."""
    if len(view.filters.municipalities) == 1:
        code = view.filters.municipalities[0]
        return MUNICIPALITY, code, view.places[code]
    return REGION, view.region.name, view.region.label


def _about_measures(view: View, unit_name: str) -> str:
    if len(view.filters.chosen) > len(view.filters.municipalities[:1]):
        return f"Måtten gäller {unit_name}; övriga val i filtret påverkar inte sidan"
    return f"Måtten gäller {unit_name}"


def _activity(row: dict[str, Any], values: pl.DataFrame, efforts: pl.DataFrame) -> str:
    status = row["action_status"]
    parts = [
        f'<article class="aktivitet" id="aktivitet-{escape(row["action_id"].replace(".", "-"))}">',
        f"<h3>{escape(row['action_id'])} {escape(row['action_title'])}</h3>",
        f'<p><span class="aktivitetsstatus {status}">{ACTION_STATUS.labels[status]}</span> '
        f'<span class="tyst">{escape(row["responsible"] or "Ansvarig ej insamlad")}</span></p>',
        _milestones(row["milestones"] or []),
        _evidence(row["evidence"] or [], status),
        _efforts(efforts.to_dicts()),
        f'<p class="tyst">{escape(row["note"])}</p>' if row["note"] else "",
        _measures(values),
        "</article>",
    ]
    return "".join(parts)


def _milestones(milestones: list[str]) -> str:
    if not milestones:
        return '<p class="tyst">Milstolpar är inte insamlade.</p>'
    items = "".join(
        f"<li><b>{found.group(1)}</b> {escape(each[found.end() :])}</li>"
        if (found := _YEAR.match(each))
        else f"<li>{escape(each)}</li>"
        for each in milestones
    )
    return f'<ul class="milstolpar">{items}</ul>'


def _efforts(efforts: list[dict[str, Any]]) -> str:
    """The latest efforts of the log, and how many there are."""
    if not efforts:
        return ""
    items = [
        f'<a href="{escape(each["source_url"], quote=True)}" target="_blank" rel="noopener">'
        f"{escape(each['log_title'])}</a>"
        if each["source_url"]
        else escape(each["log_title"])
        for each in efforts[:_EFFORTS]
    ]
    label = count(len(efforts), "insats", "insatser")
    more = " m.fl." if len(efforts) > _EFFORTS else ""
    return f"<p><b>{label}</b>: {', '.join(items)}{more}</p>"


def _evidence(evidence: list[str], status: str) -> str:
    if not evidence:
        missing = "Underlag saknas." if status != "unknown" else "Underlag är inte insamlat."
        return f'<p class="tyst">{missing}</p>'
    links = [
        f'<a href="{escape(each, quote=True)}" target="_blank" rel="noopener">Underlag</a>'
        if each.startswith("http")
        else escape(each)
        for each in evidence
    ]
    return f'<p class="underlagsrad">{" · ".join(links)}</p>'


def _measures(values: pl.DataFrame) -> str:
    if not values.height:
        return '<p class="tyst matt">Inget mått talar för aktiviteten i den här utgåvan.</p>'
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{_parts(parts.to_dicts())}</dd></div>"
        for (label,), parts in values.group_by("indicator_label", maintain_order=True)
    )
    return f'<dl class="matt">{rows}</dl>'


def _parts(rows: list[dict[str, Any]]) -> str:
    if rows[0]["part"] is None:
        return '<span class="tyst">redovisas i delar; se filen Mått på sidan Data</span>'
    reasons = {row["absence"] for row in rows}
    if len(rows) > 1 and len(reasons) == 1 and reasons != {None}:
        each = [row["known"] or 0 for row in rows]
        known = sum(each) if all(row["part"] in _TYPES for row in rows) else max(each)
        quiet = f' <span class="tyst">({number(known)} kända)</span>' if known else ""
        return f"<b>{escape(reason_words(reasons.pop()))}</b>{quiet}"
    shown = []
    for row in sorted(rows, key=lambda each: _TYPES.get(each["part"], 0)):
        name = TYPE_SHORT.get(row["part"], "" if row["part"] == "alla" else row["part_label"])
        basis = basis_words(row)
        quiet = f' <span class="tyst">({escape(basis)})</span>' if basis else ""
        shown.append(f"<span>{escape(name)} <b>{escape(value_words(row))}</b>{quiet}</span>")
    return " ".join(shown)


def proof(view: View) -> None:
    """What it looks like when innovation is written in: one passage, or why there is none."""
    with card("malcitat", "Så ser det ut när innovation skrivs in", "Starkaste belägget i urvalet"):
        if view.ask(count_passages, view.filters):
            best_quotation(view)
            text_links("", [("Läs beläggen", view.link("belagg"))], name="Belägg")
        else:
            no_evidence(view)
