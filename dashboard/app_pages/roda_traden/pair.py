"""One thread from comprehensive plan to test: each step's level, link, passages or reason."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.app_pages.roda_traden.cards import box_kind, state_words
from dashboard.app_pages.roda_traden.finding import why_unread
from dashboard.app_pages.roda_traden.table import THREAD, files, thread_name
from dashboard.charts.thread import STEP_WORDS
from dashboard.filters import Filters
from dashboard.handling.address import outside_address
from dashboard.handling.marks import marked
from dashboard.parts.card import card, note
from dashboard.parts.filter_bar import keep_in_link
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
        st.html(f'<ol class="trad">{"".join(_step(view, row, code, theme) for row in rows)}</ol>')
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


def _step(view: View, row: dict[str, Any], code: str, theme: str) -> str:
    outcome = ""
    if row["step"] != "op" and row["level"] is not None:
        outcome = f' <em class="{row["outcome"]}">{OUTCOME.labels[row["outcome"]].lower()}</em>'
    after = _time(row)
    head = (
        f'<p class="steg"><b>{STEP.labels[row["step"]]}</b> '
        f'<span class="niva {box_kind(row)}">{escape(state_words(row))}</span>'
        f"{outcome}</p>"
    )
    body = _tests(view, row) if row["step"] == "test" else _passages(view, row, code, theme)
    return f'<li class="{box_kind(row)}">{head}{after}{body or _reason(view, row, code)}</li>'


def _time(row: dict[str, Any]) -> str:
    parts = []
    if row["years_after"] is not None:
        later = number(row["years_after"])
        parts.append("samma år" if not row["years_after"] else f"{later} år efter översiktsplanen")
    if row["chain_link"]:
        link = next(each for each in CHAIN_LINK.codes if each.code == row["chain_link"])
        parts.append(
            f"Koppling: {link.label.lower()} ({link.meaning[:1].lower()}{link.meaning[1:-1]})"
        )
    return f'<p class="tyst">{escape(" · ".join(parts))}</p>' if parts else ""


def _passages(view: View, row: dict[str, Any], code: str, theme: str) -> str:
    ids = tuple(row["passage_ids"])
    if not ids:
        return ""
    quotes = view.ask(chain_passages, ids).to_dicts()
    shown = "".join(_quote(view, each) for each in quotes[:_QUOTES])
    if len(quotes) <= _QUOTES:
        return shown
    link = view.link(
        "belagg", municipalities=(code,), themes=(theme,), object_types=(row["step"],), minimum=1
    )
    return (
        f'{shown}<p class="tyst"><a href="{escape(link, quote=True)}" target="_self">'
        f"Läs alla {number(len(quotes))} belägg i ledet</a></p>"
    )


def _quote(view: View, row: dict[str, Any]) -> str:
    source = escape(source_line({**row, "instruments": [], "themes": []}))
    return (
        f'<blockquote class="citat n{row["level"]}"><p>{marked(row["quote"], row["spans"])}</p>'
        f"<footer>{source}{page_link(view, row)}</footer></blockquote>"
    )


def _tests(view: View, row: dict[str, Any]) -> str:
    ids = tuple(row["activity_ids"])
    tests = view.ask(chain_tests, ids).to_dicts() if ids else []
    items = "".join(_test(each) for each in tests[:_TESTS])
    rest = len(tests) - _TESTS
    more = f'<p class="tyst">och {number(rest)} till</p>' if rest > 0 else ""
    return f"{items}{more}"


def _test(row: dict[str, Any]) -> str:
    name = escape(row["activity_name"])
    if url := outside_address(row["source_url"]):
        href = escape(url, quote=True)
        name = f'<a href="{href}" target="_blank" rel="noopener">{name}</a>'
    facts = [TESTING_KIND.labels[row["testing_kind"]],
             f"fas {TESTING_PHASE.labels[row['testing_phase']].lower()}"]  # fmt: skip
    facts += [row["host"]] if row["host"] else []
    facts += [f"från {row['start_year']}"] if row["start_year"] else []
    return f'<p class="test">{name}<br><span class="tyst">{escape(" · ".join(facts))}</span></p>'


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
    return f"<p>{escape(words)}</p>"


def _known(view: View, step: str, code: str) -> str:
    chosen = Filters(region=view.filters.region, municipalities=(code,), object_types=(step,))
    states = {state: objects for _, state, objects in view.ask(coverage_counts, chosen).rows()}
    why = why_unread(states)
    return f" (i kommunen: {why})" if why else " och ingen är känd"
