"""The codebook browser: which words open, decide and rule out, with examples for and against."""

from __future__ import annotations

from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.markup import badges, between, link, show
from dashboard.parts.view import View
from dashboard.rules import query
from dashboard.text import count, number
from pipelines.indicators.scope import WhatIf
from pipelines.indicators.what_if import SWITCHABLE
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME, VOICE
from pipelines.model.columns import Column

KINDS = {
    "concept": "Begrepp",
    "novelty": "Nyhet",
    "support": "Stödord",
    "signal": "Signal",
    "theme": "Tema",
    "near_miss": "Snarlikt",
    "deciding": "Avgörande ord",
    "condition": "Förbehåll",
    "negation": "Nekande",
    "actor": "Aktör",
    "section": "Rubrik",
}
_MEANINGS = {
    "concept": "säger innovation, test, spridning eller styrning och öppnar frågan",
    "novelty": "säger att något är nytt för platsen eller branschen och öppnar frågan",
    "support": "stärker ett begrepp men öppnar inget självt",
    "signal": "väger för eller emot",
    "theme": "talar om vad det gäller",
    "near_miss": "liknar ett begrepp men är det inte; tar bort träffen",
    "deciding": "avgör hur bindande skrivningen är",
    "condition": "gör åtagandet villkorat",
    "negation": "säger att något inte görs",
    "actor": "talar om vem som ska handla",
    "section": "rubrik som avslöjar vem som talar",
}
_COLUMNS = (
    Column(name="entry_id", label="Post", meaning="Postens id."),
    Column(name="kind", label="Slag", meaning="Vad posten gör."),
    Column(name="label", label="Namn", meaning="Postens namn."),
    Column(name="meaning", label="Betydelse", meaning="Vad posten betyder."),
    Column(name="terms", label="Ord", meaning="Ord och skrivsätt.", kind="texts"),
    Column(name="instruments", label="Styrmedel", meaning="Styrmedel.", kind="codes",
           codes=INSTRUMENT),
    Column(name="themes", label="Teman", meaning="Teman.", kind="codes", codes=THEME),
    Column(name="level", label="Förpliktelsegrad", meaning="Graden som ordet ger.", kind="code",
           codes=COMMITMENT),
    Column(name="voice", label="Röst", meaning="Rösten som rubriken ger.", kind="code",
           codes=VOICE),
    Column(name="examples", label="Exempel", meaning="Meningar som träffas.", kind="texts"),
    Column(name="counterexamples", label="Motexempel", meaning="Meningar som inte träffas.",
           kind="texts"),
)  # fmt: skip


def browser(view: View, entries: pl.DataFrame) -> None:
    """Draw the entries of one kind, or those that hold a word."""
    version = str(view.facts["codebook_version"])
    title = f"Kodboken: {count(entries.height, 'post', 'poster')} som läsaren går efter"
    with card("kodbok", title, f"Version {version}. Stjärna: ordet får fortsätta. Streck: eller."):
        with st.container(horizontal=True, key="kodbokval", vertical_alignment="bottom"):
            text = st.text_input(
                "Sök i kodboken", key="kodord", placeholder="till exempel pilot", width=280
            )
            kind = st.selectbox(
                "Slag",
                [each for each in KINDS if each in set(entries["kind"])],
                format_func=lambda each: KINDS.get(each, each),
                key="kodslag",
                width=220,
                disabled=bool(text),
            )
        shown = _found(entries, text) if text else entries.filter(pl.col("kind") == kind)
        about = (
            f"{count(shown.height, 'post', 'poster')} med ”{text}”"
            if text
            else f"{KINDS.get(kind or '', '')} {_MEANINGS.get(kind or '', '')}"
        )
        show(h.p(".under", role="status")[about])
        show(h.div(".kodbok")[(_entry(view, row) for row in shown.to_dicts())])
        note(view, f"{number(shown.height)} av {number(entries.height)} poster", "kodboken")
        with st.container(horizontal=True, gap="medium"):
            whole = entries.with_columns(pl.col("kind").replace(KINDS))
            download(view, "kodbok", whole, _COLUMNS, key="kodbok", filtered=False)


def _found(entries: pl.DataFrame, text: str) -> pl.DataFrame:
    everything = pl.concat_str(
        "label", "meaning", pl.col("terms").list.join(" "), separator=" ", ignore_nulls=True
    )
    return entries.filter(everything.str.to_lowercase().str.contains(text.casefold(), literal=True))


def _entry(view: View, row: dict[str, Any]) -> h.Element:
    codes = [INSTRUMENT.labels[each] for each in row["instruments"] or []]
    codes += [THEME.labels[each] for each in row["themes"] or []]
    codes += [COMMITMENT.labels[row["level"]]] if row["level"] else []
    codes += [VOICE.labels[row["voice"]]] if row["voice"] else []
    terms = ", ".join(each.replace("|", " | ") for each in row["terms"] or [])
    return h.details[
        h.summary[h.b[row["label"]], " ", h.span(".tyst")[row["meaning"]]],
        h.p[between(badges(codes), " ")],
        h.p[h.b["Ord:"], " ", terms],
        _sentences("Träffas", row["examples"]),
        _sentences("Träffas inte", row["counterexamples"]),
        _without(view, row),
    ]


def _without(view: View, row: dict[str, Any]) -> h.Node:
    """Lead on to the numbers without the entry, where switching it off can change any."""
    entry = row["entry_id"]
    rules = query(WhatIf(off_entries=(entry,)), {entry: row["label"]})
    return (
        row["kind"] in SWITCHABLE
        and h.p[link(f"{view.link('tank_om')}&{rules}", f"Tänk om: talen utan {row['label']}")]
    )


def _sentences(title: str, sentences: list[str] | None) -> h.Node:
    return sentences and [h.p[h.b[f"{title}:"]], h.ul[(h.li[each] for each in sentences)]]
