"""The parts of *Belägg*: search, pages of quotations, what was read without evidence, summaries."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import htpy as h
import streamlit as st

from dashboard.handling.marks import marked
from dashboard.parts.card import card
from dashboard.parts.downloads import download
from dashboard.parts.markup import badges, between, level_mark, show
from dashboard.parts.page import evidence_of, no_evidence, nothing
from dashboard.parts.quotation import page_link, source_line, summary
from dashboard.parts.unfold import in_pieces, page_number
from dashboard.parts.view import View
from dashboard.queries import excerpts, objects
from dashboard.queries import passages as queries
from dashboard.text import count, number
from pipelines.model.codes import DOCUMENT_KIND, INSTRUMENT, THEME, VOICE
from pipelines.model.tables import PASSAGE, SUMMARY_PASSAGE

PAGE = 10
LONGEST_SEARCH = 200
"""Letters that the search field takes."""
_NAMED = 30
"""Plans read without evidence that are named."""


class Search(NamedTuple):
    """What the reader looks for: words that must all occur, and whether all voices are shown."""

    text: str
    words: tuple[str, ...]
    everything: bool


class Found(NamedTuple):
    """How many passages there are, excerpts by voice, and where the first passages are."""

    passages: int
    own: int
    others: int
    first: tuple[int, ...]


def search_row(view: View) -> Search:
    """Draw the search field and the switch for passages that do not count."""
    with st.container(horizontal=True, key="sokrad", vertical_alignment="bottom", gap="medium"):
        text = st.text_input(
            "Sök i citat, rubrik, handling och kommun",
            placeholder="till exempel testbädd trä",
            key="ord",
            bind="query-params",
            max_chars=LONGEST_SEARCH,
            width=420,
        )
        everything = st.toggle(
            "Visa även det som inte räknas",
            key="alla",
            bind="query-params",
            help="Nekade skrivningar, återgivna texter, förslag och andras synpunkter.",
        )
    return Search(text or "", queries.search_words(text or ""), everything)


def find(view: View, search: Search) -> Found:
    """Count what the choice and the words leave."""
    hits = view.ask(queries.search, view.filters, search.words, search.everything)
    own, others = view.ask(excerpts.count_summaries, view.filters, search.words)
    return Found(hits.total, own, others, hits.rows)


def passages(view: View, search: Search, found: Found) -> None:
    """Draw one page of quotations and the files of all."""
    start = (page_number(found.passages, PAGE, key="sida", bind="query-params") - 1) * PAGE
    asked = (view.filters, search.words, search.everything)
    here = found.first[start : start + PAGE]
    if here:
        rows = view.ask(queries.passages_at, here)
    else:
        rows = view.ask(queries.find_passages, *asked, start, PAGE)
    with st.container(key="belagglista"):
        for row in rows.to_dicts():
            _passage(view, row)
    with st.container(horizontal=True, gap="medium", key="filer-belagg"):
        whole = partial(view.ask_now, queries.all_passages, *asked)
        download(view, "belagg", whole, PASSAGE.columns, key="belagg")


def nothing_found(view: View, search: Search) -> None:
    """Say what is read without evidence; that too is a result."""
    if search.words:
        what = "Inget belägg innehåller alla orden. Pröva färre eller kortare ord."
        nothing(view, what, evidence_of(view, search.words))
    else:
        no_evidence(view)
    read = view.ask(objects.read_without, view.filters, _NAMED)
    if read.height:
        names = [f"{row['object_name']} ({row['municipality_name']})" for row in read.to_dicts()]
        title = f"{count(read['of_all'][0], 'handling läst', 'handlingar lästa')}, inget funnet"
        with card("inget-funnet", title, "Lästa i sin helhet; kodboken fann inget belägg."):
            show(h.ul(".spalter")[(h.li[name] for name in names)])


def summaries(view: View, search: Search, own: int, others: int) -> None:
    """Draw excerpts, the municipality's own voice apart from others'; never as quotations."""
    title = f"{count(own + others, 'referat', 'referat')} ur sidor och dokument"
    subtitle = (
        "Innehållet med andra ord, kodat för hand ur utdrag. Inte citat och inte plantext; "
        "räknas för sig och ingår inte i någon andel."
    )
    with card("referat", title, subtitle):
        if own:
            show(h.p(".under")[h.b[f"{number(own)} i kommunens eget namn"]])
            page = page_number(own, PAGE, key="referatsida", bind="query-params")
            _summary_list(view, search, (page - 1) * PAGE, PAGE, "egen")
        draw = partial(_summary_list, view, search, voices="andras")
        in_pieces(
            others,
            ("referat med andras röst", "referat med andras röst"),
            draw,
            key="andras",
            most=PAGE,
        )
        whole = view.ask(excerpts.find_summaries, view.filters, search.words, 0, None)
        with st.container(horizontal=True, gap="medium"):
            download(view, "referat", whole, SUMMARY_PASSAGE.columns, key="referat")


def _summary_list(view: View, search: Search, start: int, most: int, voices: str) -> None:
    asked = (view.filters, search.words, start, most, voices)
    with st.container(key=f"referatlista-{voices}"):
        for row in view.ask(excerpts.find_summaries, *asked).to_dicts():
            summary(row)


def _passage(view: View, row: dict[str, Any]) -> None:
    before, after, section = row["before"], row["after"], row["section"]
    kind = DOCUMENT_KIND.labels.get(row["document_kind"], "")
    source = [source_line({**row, "instruments": [], "themes": []}), kind.lower()]
    source += [row["object_name"]] if row["object_name"] != row["document_title"] else []
    show(
        h.article(class_=f"belagg n{row['level']}")[
            section and h.p(".avsnitt")[section],
            h.p(".ord")[
                before and h.span(".runt")[f"{before} "],
                marked(row["quote"], row["spans"]),
                after and h.span(".runt")[f" {after}"],
            ],
            h.p(".marken")[between(_badges(row), " ")],
            h.p(".kalla")[" · ".join(source), page_link(view, row)],
            h.p(".varfor")[row["explanation"]],
        ]
    )


def _badges(row: dict[str, Any]) -> list[h.Element]:
    plain = [INSTRUMENT.labels[each] for each in row["instruments"] or []]
    plain += [THEME.labels[each] for each in row["themes"] or []]
    warm = []
    if row["is_negated"]:
        warm.append("Nekad, räknas inte")
    if row["voice"] != "plan":
        warm.append(f"{VOICE.labels[row['voice']]}, räknas inte")
    elif not row["is_counted"] and not row["is_negated"]:
        warm.append("Äldre version, räknas inte")
    if row["legal_flag"]:
        warm.append("Kontrollera lagstöd (8 kap. 4 a § PBL)")
    if row["condition"]:
        warm.append(f"Förbehåll: {row['condition']}")
    actor = [f"Aktör: {row['actor']}"] if row["actor"] else []
    return [level_mark(row["level"]), *badges(plain), *badges(warm, "varm"), *badges(actor)]
