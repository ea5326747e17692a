"""Cards of *Handlingsplanen*: activities, goals, the measures beside them, the proof."""

from __future__ import annotations

import re
from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.access import may
from dashboard.handling.address import outside_address
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.markup import between, link, outside, show
from dashboard.parts.measure_words import (
    Rows,
    basis_words,
    by_type,
    joined,
    measure_list,
    part_name,
    value_words,
)
from dashboard.parts.page import text_links
from dashboard.parts.quotation import best_quotation, no_evidence
from dashboard.parts.view import View
from dashboard.queries import action_plan
from dashboard.queries.passages import count_passages
from dashboard.text import capital, count, listing, number, part, word
from pipelines.indicators.change import HEADLINE
from pipelines.indicators.facts import CORE, MUNICIPALITY, REGION
from pipelines.model.codes import ACTION_STATUS
from pipelines.model.columns import COLUMN
from pipelines.model.tables import ACTION, INDICATOR_VALUE

_EFFORTS = 2
_YEAR = re.compile(r"^\s*(\d{4})\s*:\s*")
SOURCE = "handlingsplanens aktivitetsregister"
GOALS = {
    1: "Förmågan att få in innovation i planering och stadsutveckling stärks",
    2: "Förutsättningarna för test, uppskalning och demonstration förbättras",
    3: "Fler offentliga aktörer ger mindre företag möjlighet att testa och sälja",
}
"""The plan's three goals in short titles of our own."""
MOVING = ("ongoing", "done")
EFFORTS = "Underlag och insatser"
"""What the activities' own measures (F) count."""
_MOST = 4
"""More numbers than this beside each other are read by nobody; the rest is folded away."""
_MORE_PARTS = {
    "1.2": ("op:shall", "dp:shall", "ma:shall"),
    "2.3": ("kommuner",),
    "2.5": ("median:alla",),
}
_LOGGED = "1.10"
"""The whole plan's efforts: each activity shows its own, so this is only in the folded part."""


def goals(view: View, activities: pl.DataFrame) -> None:
    """Every activity under its goal, with the measures that speak for it."""
    unit_kind, unit_id, unit_name = _unit(view)
    values = view.ask(action_plan.indicators_for_activities, unit_kind, unit_id)
    efforts = view.ask(action_plan.efforts)
    told = bool(activities.height) and has_status(activities)
    for goal in sorted(activities["goal"].unique()) if activities.height else ():
        mine = activities.filter(pl.col("goal") == goal)
        show(h.h2(".mal")[f"Mål {goal}. {GOALS.get(goal, '')}"])
        articles = [
            _activity(
                row,
                values.filter(pl.col("action_id") == row["action_id"]),
                efforts.filter(pl.col("action_id") == row["action_id"]),
                told,
            )
            for row in mine.to_dicts()
        ]
        show(h.div(class_="aktiviteter" if told else "aktiviteter samlade")[articles])
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


def _activity(
    row: dict[str, Any], values: pl.DataFrame, efforts: pl.DataFrame, told: bool
) -> h.Element:
    """One activity; of what nobody has collected only what the page does not already say."""
    responsible = row["responsible"] or ("Ansvarig ej insamlad" if told else "")
    status = chip(row) if told else None
    work = [each for each in (*_work(row, told), _efforts(efforts.to_dicts())) if each]
    measures = by_measure(values)
    return h.article(
        class_=f"aktivitet {row['action_status']}{'' if work else ' utan'}",
        id=anchor(row["action_id"]),
    )[
        h.div(".lage")[
            h.h3[f"{row['action_id']} {row['action_title']}"],
            (status or responsible) and h.p[status, " ", h.span(".tyst")[responsible]],
            row["note"] and h.p(".tyst")[row["note"]],
        ],
        work and h.div(".arbete")[work],
        h.div(".visar")[_measures(measures, row["action_id"])],
    ]


def _measures(measures: dict[str, Rows], action_id: str) -> h.Node:
    """The numbers that speak, and all of them folded away; or that there are none."""
    drawn = [each for each in (figures(measures, action_id), everything(measures)) if each]
    return drawn or h.p(".tyst")["Inget mått talar för aktiviteten."]


def _work(row: dict[str, Any], told: bool) -> list[h.Node]:
    """Milestones and evidence, or that neither has been collected."""
    unknown = row["action_status"] == "unknown"
    if unknown and not row["milestones"] and not row["evidence"]:
        return [told and h.p(".tyst")["Milstolpar och underlag är inte insamlade."]]
    return [_milestones(row), _evidence(row["evidence"] or [], unknown=unknown)]


def _milestones(row: dict[str, Any]) -> h.Element:
    """Agreed steps with their years; those after the day that the row holds for are quieter."""
    if not row["milestones"]:
        return h.p(".tyst")["Milstolpar är inte insamlade."]
    now = str(row["as_of"] or "9999")[:4]
    items = []
    for each in row["milestones"]:
        year, rest = (found[1], each[found.end() :]) if (found := _YEAR.match(each)) else ("", each)
        ahead = "framover" if year > now else None
        items.append(h.li(class_=ahead)[year and [h.b[year], " "], rest])
    return h.ul(".milstolpar")[items]


def _efforts(efforts: list[dict[str, Any]]) -> h.Node:
    """The latest efforts of the log, and how many there are."""
    items = [outside(each["source_url"], each["log_title"]) for each in efforts[:_EFFORTS]]
    label = count(len(efforts), "insats", "insatser")
    more = " m.fl." if len(efforts) > _EFFORTS else ""
    return items and h.p[h.b[label], ": ", between(items, ", "), more]


def _evidence(evidence: list[str], *, unknown: bool) -> h.Element:
    if not evidence:
        return h.p(".tyst")["Underlag är inte insamlat." if unknown else "Underlag saknas."]
    links = (outside(each, "Underlag") if outside_address(each) else each for each in evidence)
    return h.p(".underlagsrad")[between(links, " · ")]


def proof(view: View) -> None:
    """What it looks like when innovation is written in: one passage, or why there is none."""
    with card("malcitat", "Så ser det ut när innovation skrivs in", "Starkaste belägget i urvalet"):
        if view.ask(count_passages, view.filters):
            best_quotation(view)
            text_links("", [("Läs beläggen", view.link("belagg"))], name="Belägg")
        else:
            no_evidence(view)


def overview(view: View, activities: pl.DataFrame) -> None:
    """All activities at a glance, goal by goal, each a link to its own row.

    While no status is known there is none to show, but what to deliver.
    """
    if not activities.height:
        return
    told = has_status(activities)
    columns = [
        h.section(".malkolumn")[
            h.h3[f"Mål {goal}"],
            h.p(".under")[GOALS.get(goal, "")],
            h.ol[(_mark(row, told) for row in own.to_dicts())],
        ]
        for (goal,), own in activities.sort("goal", maintain_order=True).group_by(
            "goal", maintain_order=True
        )
    ]
    subtitle = _in_numbers(activities) if told else "Titeln leder till aktivitetens mått"
    with card("overblick", overview_title(activities), subtitle):
        show(h.div(".maltavla")[columns], not told and _needed(view))
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


def _needed(view: View) -> h.Element:
    """What has to be delivered for the plan to be followed, said once for all activities."""
    return h.p(".behovs")[
        h.b["Det här behövs:"],
        " status, ansvarig, milstolpar med årtal och länk till underlag för varje aktivitet, i "
        "registret aktiviteter.",
        may("hand_in")
        and [" Mallen finns på sidan ", link(view.link("kontrollera"), "Kontrollera fil"), "."],
    ]


def _in_numbers(activities: pl.DataFrame) -> str:
    counts = dict(activities["action_status"].value_counts().rows())
    words = [
        f"{label.lower()} {number(counts[code])}"
        for code, label in ACTION_STATUS.labels.items()
        if counts.get(code)
    ]
    return capital(", ".join(words))


def _mark(row: dict[str, Any], told: bool) -> h.Element:
    words = [h.b[row["action_id"]], " ", row["action_title"]]
    return h.li[link(f"#{anchor(row['action_id'])}", words), " ", told and chip(row)]


def anchor(action_id: str) -> str:
    """The name of an activity's row in the page's address."""
    return f"aktivitet-{action_id.replace('.', '-')}"


def chip(row: dict[str, Any]) -> h.Element:
    """The status as a word in a frame whose form says the same."""
    status = row["action_status"]
    return h.span(class_=f"aktivitetsstatus {status}")[ACTION_STATUS.labels[status]]


def by_measure(values: pl.DataFrame) -> dict[str, Rows]:
    """The rows of each measure that are shown: whole parts, and some parts within parts."""
    found: dict[str, Rows] = {}
    for row in values.to_dicts():
        own = found.setdefault(row["indicator_id"], [])
        part = row["part"]
        if part is None or ":" not in part or part in _MORE_PARTS.get(row["indicator_id"], ()):
            own.append(row)
    return {key: sorted(rows, key=by_type) for key, rows in found.items()}


def speaking(measures: dict[str, Rows], action_id: str) -> list[Rows]:
    """The measures to show first: of the activity's own goal, with a value, at most four numbers.

    A headline is one number for the whole, or one for each part (:data:`HEADLINE`). What has no
    value stands in the folded part, with its reason.
    """
    goal = action_id.split(".", maxsplit=1)[0]
    chosen: list[Rows] = []
    candidates = [
        (key, headline)
        for key, rows in measures.items()
        if not key.startswith("F.") and key != _LOGGED and (headline := _headline(key, rows))
    ]
    candidates.sort(key=lambda each: not each[0].startswith(goal))
    shown = 0
    for _, headline in candidates:
        if not chosen or shown + len(headline) <= _MOST:
            chosen.append(headline)
            shown += len(headline)
    return chosen


def _headline(key: str, rows: Rows) -> Rows:
    parts = HEADLINE.get(key, ())
    wanted = ("alla",) if "alla" in parts else parts
    own = [row for row in rows if row["unit_kind"] == CORE or row["part"] in wanted]
    return [row for row in own if row["value"] is not None]


def _has_value(rows: Rows) -> bool:
    return any(row["value"] is not None for row in rows)


def figures(measures: dict[str, Rows], action_id: str) -> h.Node:
    """The chosen numbers as large figures with what they rest on."""
    own = [rows for key, rows in measures.items() if key.startswith("F.")]
    boxes = [_box(EFFORTS, rows) for rows in own if rows and _has_value(rows)]
    boxes += [_box(rows[0]["indicator_label"], rows) for rows in speaking(measures, action_id)]
    return boxes and h.div(".talrad")[boxes]


def _box(label: str, rows: Rows) -> h.Element:
    return h.div(class_="manga" if len(rows) > _MOST else None)[
        h.p(".tyst")[label], h.ul[(h.li[_figure(row)] for row in rows)]
    ]


def _figure(row: dict[str, Any]) -> h.Node:
    figure = h.b[value_words(row)]
    if row["indicator_id"].startswith("F."):
        return figure
    return [figure, " ", h.span(".tyst")[joined((part_name(row), basis_words(row)))]]


def everything(measures: dict[str, Rows]) -> h.Element | None:
    """Every measure with all parts, intervals and reasons, folded away."""
    own = {key: rows for key, rows in measures.items() if not key.startswith("F.")}
    if not own:
        return None
    many = "Måttet som talar" if len(own) == 1 else f"Alla {len(own)} mått som talar"
    silent = "" if any(map(_has_value, own.values())) else ", utan tal ännu"
    return h.details[h.summary[f"{many} för den{silent}"], measure_list(own)]
