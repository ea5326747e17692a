"""A passage word for word with its source, and what a page shows where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard.filters import level_label
from dashboard.handling.address import outside_address, passage_address
from dashboard.handling.marks import marked
from dashboard.parts import page
from dashboard.parts.legal_reach import FLAG
from dashboard.parts.page import text_links
from dashboard.parts.view import View
from dashboard.queries.excerpts import best_summaries, find_summaries
from dashboard.queries.passages import best_quotations
from dashboard.text import OWN_VOICE, word
from pipelines.model.codes import INSTRUMENT, SOURCE_KIND, THEME, VOICE

Row = Mapping[str, Any]


def source_line(row: Row) -> str:
    """Document, municipality, page, date, instruments and themes, as far as they are known."""
    date = row.get("document_date") or row.get("year")
    codes = [INSTRUMENT.labels[code].lower() for code in row["instruments"] or []]
    codes += [THEME.labels[code].lower() for code in row["themes"] or []]
    where = [row["document_title"] or row["object_name"], row["municipality_name"]]
    parts = [", ".join(str(each) for each in where if each), f"s. {row['page']}"]
    return " · ".join([*parts, *([str(date)] if date else []), *codes[:3]])


def page_link(view: View, row: Row) -> str:
    """Return the link that opens a passage on its page, as HTML after a source line."""
    href = passage_address(view.region, view.edition.stem, row)
    if not href:
        return ""
    words = "Visa på sidan" if view.region.show_documents else "Till källan"
    return f' · <a href="{escape(href, quote=True)}" target="_blank" rel="noopener">{words}</a>'


def quotation(view: View, row: Row, *, large: bool = False) -> None:
    """Draw a passage as proof, with its level in the colour of the ladder."""
    size = " stort" if large else ""
    st.html(
        f'<blockquote class="citat{size} n{row["level"]}"><p>{marked(row["quote"], row["spans"])}'
        f'</p><footer><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f"{escape(source_line(row))}{page_link(view, row)}</footer></blockquote>"
    )


def best_quotation(view: View, number: int = 1, *, object_type: str | None = None) -> None:
    """Draw the strongest passages of the choice; nothing where there is none."""
    chosen = view.filters.only(object_type) if object_type else view.filters
    for row in view.ask(best_quotations, chosen, number).to_dicts():
        quotation(view, row)


def summary(row: Row) -> None:
    """Draw an excerpt in other words: who speaks, what was seen, its link; never a quotation."""
    codes = [INSTRUMENT.labels[each] for each in row["instruments"] or []]
    codes += [THEME.labels[each] for each in row["themes"] or []]
    badges = [f'<span class="bricka">{escape(each)}</span>' for each in codes]
    if row["voice"] != OWN_VOICE:
        badges.insert(0, f'<span class="bricka varm">{escape(_other_voice(row))}</span>')
    if row["is_general"]:
        badges.append('<span class="bricka varm">Allmänt uttalande, räknas inte på stegen</span>')
    if row["is_unsure"]:
        badges.append('<span class="bricka varm">Osäker kodning</span>')
    url = outside_address(row["source_url"])
    link = (
        f' · <a href="{escape(url, quote=True)}" target="_blank" rel="noopener">Till källan</a>'
        if url
        else ""
    )
    about = [row["municipality_name"] or "Hela regionen", row["object_name"]]
    about += [str(row["year"]) if row["year"] else None, _seen(row)]
    st.html(
        f'<article class="referat"><p class="ord"><b>Referat:</b> {escape(row["summary"])}</p>'
        f'<p class="marken"><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f"{' '.join(badges)}</p>"
        f'<p class="kalla">{escape(" · ".join(each for each in about if each))}'
        f"{link}</p></article>"
    )


def summary_source(row: Row) -> str:
    """Say on a slide whose words an excerpt retells, what was seen, and that it counts apart."""
    who = row["municipality_name"] or "Hela regionen"
    voice = "i eget namn" if row["voice"] == OWN_VOICE else _other_voice(row)
    return f"{who}, {voice} · {_seen(row)}, återgivet med andra ord. Ingår inte i någon andel."


def _seen(row: Row) -> str:
    """What somebody has seen: a part of the document, the municipality's page, or another's."""
    return SOURCE_KIND.labels[row["source_kind"]].lower() if row["source_kind"] else "utdrag"


def _other_voice(row: Row) -> str:
    """Who speaks, where it is not the municipality in its own name."""
    return (
        f"{VOICE.labels[row['voice']]}, inte kommunens egna ord" if row["voice"] else "Okänd röst"
    )


def excerpts_to_read(view: View, number_of: int) -> None:
    """Draw the strongest certain excerpts in municipalities' own voice, else the first ones."""
    found = view.ask(best_summaries, view.filters, number_of)
    if not found.height:
        found = view.ask(find_summaries, view.filters, (), 0, number_of)
    for row in found.to_dicts():
        summary(row)
    if not found.height:
        st.html('<p class="tomt">Inga referat i urvalet.</p>')
        return
    href = view.link("belagg", object_types=view.filters.object_types)
    text_links("", [("Läs alla referat", href)], name="Referat")


def summary_instead(view: View, object_type: str | None = None, number_of: int = 2) -> None:
    """While nothing is read, show what others have noted in excerpts, never as a quotation."""
    chosen = view.filters.only(object_type) if object_type else view.filters
    found = view.ask(find_summaries, chosen, (), 0, number_of)
    if not found.height:
        return
    st.html(
        f'<p class="under">Så länge {word(found.height, neuter=True)} referat ur sidor och '
        "dokument, återgivna med andra ord. De är inte plantext och ingår inte i någon andel.</p>"
    )
    for row in found.to_dicts():
        summary(row)
    href = view.link("belagg", object_types=chosen.object_types)
    text_links("", [("Alla referat", href)], name="Referat")


def no_evidence(view: View) -> None:
    """Say why there is nothing to quote, and show summaries as long as nothing is read."""
    if not page.no_evidence(view):
        summary_instead(view)


def plain_text(row: Mapping[str, Any], mark: str) -> str:
    """The wording with its source as plain text, marked when the region is fictional."""
    source = source_line({**row, "instruments": [], "themes": []})
    parts = [f"”{row['quote']}”", f"Källa: {source}"]
    if row["source_url"] and not mark:  # a fictional document has no original
        parts.append(str(row["source_url"]))
    if row["legal_flag"]:
        parts.append(FLAG)
    if mark:
        parts.append(mark)
    return "\n".join(parts)
