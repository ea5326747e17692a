"""What pages have in common: the finding, the empty case, links, and lists of plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.tables import Cell, in_words, show_table
from dashboard.components.terms import with_terms
from dashboard.components.unfold import in_pieces
from dashboard.components.view import View
from dashboard.filters import FREE, Filters, level_label
from dashboard.findings import Finding
from dashboard.queries.objects import (
    count_objects,
    coverage_counts,
    first_objects,
    object_list,
)
from dashboard.queries.passages import count_passages
from dashboard.text import DASH, capital, count, listing, number
from pipelines.model.codes import COVERAGE, INSTRUMENT, THEME
from pipelines.model.columns import COLUMN
from pipelines.model.market_codes import OBJECT_STAGE

STAGES = OBJECT_STAGE.labels
_LIST = (
    "object_id", "object_type", "object_kind", "object_name", "municipality_name", "object_stage",
    "is_open", "year", "coverage", "coverage_reason", "documents_read", "pages", "passages",
    "level", "themes", "instruments", "source_url",
)  # fmt: skip
FIRST_ROWS = 12
_READ = ("read_found", "read_none")


def opening(finding: Finding) -> None:
    """Draw the page's finding as its heading, and its so-what."""
    st.html(
        f'<h1 class="fynd">{escape(finding.headline)}</h1>'
        f'<p class="ingress">{with_terms(finding.lead)}</p>'
    )


def nothing(
    view: View,
    what: str,
    counted: Callable[[Filters], int],
) -> None:
    """Say that the choice leaves nothing and which filter to loosen.

    Args:
        view: the reader's choice.
        what: the sentence that says what there is none of.
        counted: how many of it another choice leaves, so that only filters that help are named.
    """
    without = {name: counted(view.filters.without(name)) for name in view.loose}
    if any(without.values()):
        advice = _loosen(without)
    elif counted(reduce(Filters.without, view.loose, view.filters)):
        advice = "Det räcker inte att ta bort ett filter; välj Återställ under Filter."
    else:
        advice = "Det finns inga i utgåvan."
    st.html(f'<p class="tomt"><strong>{escape(what)}</strong> {escape(advice)}</p>')


def _loosen(left: dict[str, int]) -> str:
    """Name the filters that help: ``Utan filtret tema finns 3 och utan filtret kommun 12``."""
    (words, found), *rest = [
        (FREE[name].words, number(found)) for name, found in left.items() if found
    ]
    parts = [f"utan filtret {words} finns {found}"]
    return f"{capital(listing([*parts, *(f'utan filtret {each} {n}' for each, n in rest)]))}."


def known_objects(view: View) -> Callable[[Filters], int]:
    """How many plans and allocations a choice holds, for :func:`nothing`."""
    return lambda chosen: int(view.ask(coverage_counts, chosen)["objects"].sum())


def nothing_known(view: View) -> None:
    """On a page of measures: say which filter to loosen when the choice holds nothing at all."""
    if view.loose and not known_objects(view)(view.filters):
        nothing(view, "Inga handlingar i urvalet.", known_objects(view))


def evidence_of(view: View, words: tuple[str, ...] = ()) -> Callable[[Filters], int]:
    """How many passages a choice holds, for :func:`nothing`."""
    return lambda chosen: int(view.ask(count_passages, chosen, words))


def text_links(intro: str, links: Sequence[tuple[str, str]], *, name: str) -> None:
    """Draw a line of links, for those who do not click in charts."""
    items = " · ".join(
        f'<a href="{escape(href, quote=True)}" target="_self">{escape(text)}</a>'
        for text, href in links
    )
    st.html(f'<nav class="lankrad" aria-label="{escape(name)}">{escape(intro)} {items}</nav>')


def level_links(view: View, wide: pl.DataFrame, **changes: Any) -> None:
    """Lead from each level to the passages of the plans that reach just that."""
    sums = {level: int(wide[f"level_{level}"].sum()) if wide.height else 0 for level in range(5)}
    links = [
        (f"{level_label(level)} ({sums[level]})", view.link("belagg", highest=level, **changes))
        for level in (4, 3, 2, 1)
        if sums[level]
    ]
    if links:
        text_links("Läs beläggen i handlingar som når", links, name="Läs beläggen")


def object_card(view: View, object_type: str, *, key: str, title: str) -> None:
    """List the plans of a type with what is known of each; the rest is fetched on demand."""
    chosen = view.filters.only(object_type)
    total = view.ask(count_objects, chosen)
    columns = [COLUMN[name] for name in _LIST if name in COLUMN]
    with card(
        key, title, "Starkast först. Underlaget säger om handlingen är läst eller varför inte."
    ):
        if not total:
            what = "Inga handlingar i urvalet."
            nothing(view.only(object_type), what, lambda each: view.ask(count_objects, each))
            return
        _object_table(view, view.ask(first_objects, chosen, FIRST_ROWS), caption=title)

        def rest(start: int, number_of: int) -> None:
            rows = view.ask(first_objects, chosen, number_of, FIRST_ROWS + start)
            _object_table(view, rows, caption=f"{title}, fortsättning")

        in_pieces(total - FIRST_ROWS, ("handling", "handlingar"), rest, key=key)
        note(view, count(total, "handling", "handlingar"))
        with st.container(horizontal=True, gap="medium"):
            download(view, key, lambda: view.ask_now(object_list, chosen), columns, key=key)


def _object_table(view: View, objects: pl.DataFrame, *, caption: str) -> None:
    codes = {name: code for code, name in view.places.items()}
    show_table(
        ["Handling", "Skede", "År", "Underlag", "Högsta grad", "Belägg", "Teman och styrmedel"],
        [_object_row(view, row, codes[row["municipality_name"]]) for row in objects.to_dicts()],
        caption=caption,
        numeric=frozenset({5}),
    )


def _object_row(view: View, row: dict[str, Any], municipality: str) -> list[Cell]:
    level = row["level"]
    reached = Cell(level_label(level), kind=f"niva n{level}") if level is not None else Cell(DASH)
    found = row["passages"]
    href = (
        view.link(
            "belagg",
            municipalities=(municipality,),
            object_types=(row["object_type"],),
            highest=level,
        )
        if found and level is not None
        else ""
    )
    codes = [THEME.labels[each] for each in row["themes"] or []]
    codes += [INSTRUMENT.labels[each] for each in row["instruments"] or []]
    return [
        Cell(row["object_name"], row["source_url"] or "", row["municipality_name"]),
        Cell(STAGES.get(row["object_stage"], row["object_stage"] or DASH)),
        Cell(str(row["year"]) if row["year"] else DASH),
        Cell(COVERAGE.labels[row["coverage"]], kind=f"underlag {row['coverage']}"),
        reached,
        Cell(in_words(found, COLUMN["passages"]), href),
        Cell(", ".join(codes[:4]) + (" m.fl." if len(codes) > 4 else "") or DASH),
    ]


def no_evidence(view: View) -> bool:
    """Say why there is nothing to quote; return whether the choice holds anything read."""
    counts: dict[str, int] = {}
    for _, coverage, objects in view.ask(coverage_counts, view.filters).rows():
        counts[coverage] = counts.get(coverage, 0) + objects
    read = sum(counts.get(each, 0) for each in _READ)
    if not counts:
        nothing(view, "Inga handlingar i urvalet.", known_objects(view))
    elif not read:
        st.html('<p class="tomt">Inget är läst ännu, så det finns inget att citera.</p>')
    elif view.loose:
        documents = count(read, "läst handling", "lästa handlingar")
        nothing(view, f"Inget sådant belägg i {documents} i urvalet.", evidence_of(view))
    else:
        what = count(read, "handling är läst", "handlingar är lästa")
        words = f"{what} utan att något belägg har funnits. Det är också ett resultat."
        st.html(f'<p class="tomt">{escape(words)}</p>')
    return bool(read)


def all_evidence(view: View, object_type: str, found: int) -> None:
    """Lead on to all passages of a type."""
    href = view.link("belagg", object_types=(object_type,))
    words = "Läs belägget" if found == 1 else f"Läs alla {number(found)} belägg"
    text_links("", [(words, href)], name="Belägg")
