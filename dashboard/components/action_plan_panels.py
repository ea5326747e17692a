"""Every activity of the action plan on a row of its own: status, evidence, what measures say."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.action_measures import by_measure, everything, figures
from dashboard.components.action_plan_overview import GOALS, anchor, chip, has_status
from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.measure_list import Rows
from dashboard.components.no_evidence import no_evidence
from dashboard.components.page import text_links
from dashboard.components.quotation import best_quotation
from dashboard.components.view import View
from dashboard.queries import action_plan
from dashboard.queries.passages import count_passages
from dashboard.text import count
from pipelines.indicators.facts import MUNICIPALITY, REGION
from pipelines.model.columns import COLUMN
from pipelines.model.tables import INDICATOR_VALUE

_EFFORTS = 2
_YEAR = re.compile(r"^\s*(\d{4})\s*:\s*")


def goals(view: View, activities: pl.DataFrame) -> None:
    """Every activity under its goal, with the measures that speak for it."""
    unit_kind, unit_id, unit_name = _unit(view)
    values = view.ask(action_plan.indicators_for_activities, unit_kind, unit_id)
    efforts = view.ask(action_plan.efforts)
    told = bool(activities.height) and has_status(activities)
    for goal in sorted(activities["goal"].unique()) if activities.height else ():
        mine = activities.filter(pl.col("goal") == goal)
        st.html(f'<h2 class="mal">Mål {goal}. {escape(GOALS.get(goal, ""))}</h2>')
        articles = "".join(
            _activity(
                row,
                values.filter(pl.col("action_id") == row["action_id"]),
                efforts.filter(pl.col("action_id") == row["action_id"]),
                told,
            )
            for row in mine.to_dicts()
        )
        gathered = "" if told else " samlade"
        st.html(f'<div class="aktiviteter{gathered}">{articles}</div>')
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


def _activity(row: dict[str, Any], values: pl.DataFrame, efforts: pl.DataFrame, told: bool) -> str:
    """One activity; of what nobody has collected only what the page does not already say."""
    about = f'<p class="tyst">{escape(row["note"])}</p>' if row["note"] else ""
    responsible = row["responsible"] or ("Ansvarig ej insamlad" if told else "")
    status = chip(row) if told else ""
    who = f'<p>{status} <span class="tyst">{escape(responsible)}</span></p>'
    work = _work(row, told) + _efforts(efforts.to_dicts())
    middle = f'<div class="arbete">{work}</div>' if work else ""
    bare = "" if work else " utan"
    return (
        f'<article class="aktivitet {row["action_status"]}{bare}" id="{anchor(row["action_id"])}">'
        f'<div class="lage"><h3>{escape(row["action_id"])} {escape(row["action_title"])}</h3>'
        f"{who if status or responsible else ''}{about}</div>{middle}"
        f'<div class="visar">{_measures(by_measure(values), row["action_id"])}</div></article>'
    )


def _measures(measures: dict[str, Rows], action_id: str) -> str:
    """The numbers that speak, and all of them folded away; or that there are none."""
    drawn = figures(measures, action_id) + everything(measures)
    return drawn or '<p class="tyst">Inget mått talar för aktiviteten.</p>'


def _work(row: dict[str, Any], told: bool) -> str:
    """Milestones and evidence, or that neither has been collected."""
    unknown = row["action_status"] == "unknown"
    if unknown and not row["milestones"] and not row["evidence"]:
        if not told:
            return ""
        return '<p class="tyst">Milstolpar och underlag är inte insamlade.</p>'
    return _milestones(row) + _evidence(row["evidence"] or [], row["action_status"])


def _milestones(row: dict[str, Any]) -> str:
    """Agreed steps with their years; those after the day that the row holds for are quieter."""
    if not row["milestones"]:
        return '<p class="tyst">Milstolpar är inte insamlade.</p>'
    now = str(row["as_of"] or "9999")[:4]
    items = ""
    for each in row["milestones"]:
        found = _YEAR.match(each)
        if not found:
            items += f"<li>{escape(each)}</li>"
            continue
        ahead = ' class="framover"' if found.group(1) > now else ""
        items += f"<li{ahead}><b>{found.group(1)}</b> {escape(each[found.end() :])}</li>"
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


def proof(view: View) -> None:
    """What it looks like when innovation is written in: one passage, or why there is none."""
    with card("malcitat", "Så ser det ut när innovation skrivs in", "Starkaste belägget i urvalet"):
        if view.ask(count_passages, view.filters):
            best_quotation(view)
            text_links("", [("Läs beläggen", view.link("belagg"))], name="Belägg")
        else:
            no_evidence(view)
