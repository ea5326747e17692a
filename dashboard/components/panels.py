"""The proof under a drawing: links to passages, the strongest ones, or others' summaries."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.components.page import level_links, no_evidence, text_links
from dashboard.components.quotation import best_quotation, summary
from dashboard.components.view import View
from dashboard.queries.passages import count_passages, find_summaries
from dashboard.text import word

QUOTED = 2


def proof(view: View, wide: pl.DataFrame) -> None:
    """Links to the passages of each level, and the strongest ones to read aloud.

    Where there is nothing to quote, the reason, and summaries as long as there are some.
    """
    level_links(view, wide)
    if view.ask(count_passages, view.filters):
        best_quotation(view, QUOTED)
        return
    no_evidence(view)
    summary_instead(view, number_of=1)


def summary_instead(view: View, object_type: str | None = None, number_of: int = 2) -> None:
    """While nothing is read, show what others have noted in excerpts, never as a quotation."""
    chosen = view.filters.only(object_type) if object_type else view.filters
    found = view.ask(find_summaries, chosen, (), 0, number_of)
    if not found.height:
        return
    st.html(
        f'<p class="under">Så länge {word(found.height, neuter=True)} referat: andras läsning av '
        "utdrag, återgiven med andra ord. Referat räknas inte.</p>"
    )
    for row in found.to_dicts():
        summary(row)
    href = view.link("belagg", object_types=chosen.object_types)
    text_links("", [("Alla referat", href)], name="Referat")
