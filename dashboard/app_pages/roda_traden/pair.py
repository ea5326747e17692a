"""One thread from comprehensive plan to test: each step's level, link, passages or reason."""

from __future__ import annotations

from typing import Any

import htpy as h
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages.roda_traden.cards import box_kind, state_words
from dashboard.app_pages.roda_traden.finding import why_unread
from dashboard.app_pages.roda_traden.table import THREAD, files, thread_name
from dashboard.charts.thread import STEP_WORDS
from dashboard.filters import Filters
from dashboard.handling.marks import marked
from dashboard.parts.card import card, note
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.markup import link, outside, show
from dashboard.parts.quotation import page_link, source_line
from dashboard.parts.view import CHAIN, View
from dashboard.queries.chain import chain_passages, chain_tests
from dashboard.queries.objects import coverage_counts
from dashboard.text import count, number, of_type
from pipelines.model.codes import (
    CHAIN_LINK,
    HELD,
    JUDGED,
    OUTCOME,
    STEP,
    TESTING_KIND,
    TESTING_PHASE,
)

_OFFERED = 300
"""Threads to choose among, those told best; the table leads to every one."""
_QUOTES = 2
_TESTS = 3


def choice(view: View, row: DeltaGenerator, found: pl.DataFrame) -> tuple[str, str]:
    """Draw the choice of a thread in the row of choices; return municipality and theme."""
    names = {
        thread_name(view, code, theme): (code, theme)
        for code, theme in _most_told(found).select("municipality_code", "theme").rows()
    }
    if st.session_state.get(THREAD) not in names:
        st.session_state.pop(THREAD, None)
    asked = st.session_state.get(THREAD, st.query_params.get(THREAD))
    offered = sorted({*list(names)[:_OFFERED], *({asked} & set(names))})
    with row:
        name = st.selectbox(
            "Följ en tråd",
            offered,
            index=offered.index(next(iter(names))),
            key=THREAD,
            bind="query-params",
            width=420,
        )
    shown = name if name in names else next(iter(names))
    keep_in_link(THREAD, shown)
    return names[shown]


def thread_card(view: View, found: pl.DataFrame, code: str, theme: str) -> None:
    """Draw one thread: a node a step, with what stands there or why nothing does."""
    own = (pl.col("municipality_code") == code) & (pl.col("theme") == theme)
    rows = found.filter(own).to_dicts()
    title = f"{thread_name(view, code, theme)} – {_ending(rows)}"
    with card("trad", title, "Led för led: grad, koppling till översiktsplanen, citat och källa"):
        show(h.ol(".trad")[(_step(view, row, code, theme) for row in rows)])
        passages = sum(len(row["passage_ids"]) for row in rows)
        note(view, count(passages, "belägg bakom tråden", "belägg bakom tråden"), CHAIN)
        files(view, found.filter(own), key="trad")


def _most_told(found: pl.DataFrame) -> pl.DataFrame:
    """Threads, the one that holds in most judged steps first: the best to open on."""
    return (
        found.group_by("municipality_code", "theme", maintain_order=True)
        .agg(
            (pl.col("step").is_in(("dp", "ma")) & pl.col("passage_ids").list.len().gt(0))
            .sum().alias("told"),
            pl.col("outcome").is_in(HELD).sum().alias("held"),
            pl.col("outcome").is_in(JUDGED).sum().alias("judged"),
        )
        .sort("told", "held", "judged", descending=True, maintain_order=True)
    )  # fmt: skip


def _ending(rows: list[dict[str, Any]]) -> str:
    """``håller hela vägen``, ``läcker ut i detaljplan``, ``försvagas i …``."""
    for outcome, words in (("leaks", "läcker ut i"), ("weakens", "försvagas i")):
        where = [
            STEP_WORDS[row["step"]]
            for row in rows
            if row["outcome"] == outcome and row["step"] != "test"
        ]
        if where:
            return f"{words} {' och '.join(where)}"
    if any(row["outcome"] == "unknown" for row in rows):
        return "håller i det som är läst" if _holds(rows) else "inget senare led är läst"
    test = next(row for row in rows if row["step"] == "test")
    return "håller hela vägen" if test["outcome"] == "holds" else "håller, men utan test på plats"


def _holds(rows: list[dict[str, Any]]) -> bool:
    return any(row["outcome"] in HELD for row in rows)


def _step(view: View, row: dict[str, Any], code: str, theme: str) -> h.Element:
    kind, outcome = box_kind(row), row["outcome"]
    followed = row["step"] != "op" and row["level"] is not None
    body = _tests(view, row) if row["step"] == "test" else _passages(view, row, code, theme)
    return h.li(class_=kind)[
        h.p(".steg")[
            h.b[STEP.labels[row["step"]]],
            " ",
            h.span(class_=f"niva {kind}")[state_words(row)],
            followed and [" ", h.em(class_=outcome)[OUTCOME.labels[outcome].lower()]],
        ],
        _time(row),
        body or h.p[_reason(view, row, code)],
    ]


def _time(row: dict[str, Any]) -> h.Node:
    parts = []
    if row["years_after"] is not None:
        later = number(row["years_after"])
        parts.append("samma år" if not row["years_after"] else f"{later} år efter översiktsplanen")
    if row["chain_link"]:
        link = next(each for each in CHAIN_LINK.codes if each.code == row["chain_link"])
        parts.append(
            f"Koppling: {link.label.lower()} ({link.meaning[:1].lower()}{link.meaning[1:-1]})"
        )
    return parts and h.p(".tyst")[" · ".join(parts)]


def _passages(view: View, row: dict[str, Any], code: str, theme: str) -> h.Node:
    ids = tuple(row["passage_ids"])
    if not ids:
        return None
    quotes = view.ask(chain_passages, ids).to_dicts()
    shown: list[h.Node] = [_quote(view, each) for each in quotes[:_QUOTES]]
    if len(quotes) > _QUOTES:
        href = view.link(
            "belagg", municipalities=(code,), themes=(theme,), object_types=(row["step"],),
            minimum=1,
        )  # fmt: skip
        shown.append(h.p(".tyst")[link(href, f"Läs alla {number(len(quotes))} belägg i ledet")])
    return shown


def _quote(view: View, row: dict[str, Any]) -> h.Element:
    return h.blockquote(class_=f"citat n{row['level']}")[
        h.p[marked(row["quote"], row["spans"])],
        h.footer[source_line({**row, "instruments": [], "themes": []}), page_link(view, row)],
    ]


def _tests(view: View, row: dict[str, Any]) -> h.Node:
    ids = tuple(row["activity_ids"])
    tests = view.ask(chain_tests, ids).to_dicts() if ids else []
    drawn = [_test(each) for each in tests[:_TESTS]]
    rest = len(tests) - _TESTS
    return [*drawn, h.p(".tyst")[f"och {number(rest)} till"]] if rest > 0 else drawn


def _test(row: dict[str, Any]) -> h.Element:
    facts = [TESTING_KIND.labels[row["testing_kind"]],
             f"fas {TESTING_PHASE.labels[row['testing_phase']].lower()}"]  # fmt: skip
    facts += [row["host"]] if row["host"] else []
    facts += [f"från {row['start_year']}"] if row["start_year"] else []
    return h.p(".test")[
        outside(row["source_url"], row["activity_name"]), h.br, h.span(".tyst")[" · ".join(facts)]
    ]


def _reason(view: View, row: dict[str, Any], code: str) -> str:
    """Why a step holds nothing: read without the theme, not read, or not applicable."""
    step, read = row["step"], row["objects_read"] or 0
    if row["outcome"] == "leaks" and step == "test":
        mapped = count(read, "test är kartlagt", "tester är kartlagda")
        words = f"{mapped} i kommunen, inget på temat."
    elif row["outcome"] == "leaks":
        verb = "är läst" if read == 1 else "är lästa"
        words = f"{of_type(read, step)} inom åren {verb}, temat finns inte där."
    elif row["outcome"] == "not_applicable":
        words = "Kommunen äger ingen mark att anvisa."
    elif step == "test":
        words = "Ingen testverksamhet är kartlagd i kommunen. Det är inget läckage."
    else:
        known = _known(view, step, code)
        words = f"Ingen {STEP_WORDS[step]} inom åren är läst{known}. Det är inget läckage."
    return words


def _known(view: View, step: str, code: str) -> str:
    chosen = Filters(region=view.filters.region, municipalities=(code,), object_types=(step,))
    states = {state: objects for _, state, objects in view.ask(coverage_counts, chosen).rows()}
    why = why_unread(states)
    return f" (i kommunen: {why})" if why else " och ingen är känd"
