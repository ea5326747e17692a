"""What pages have in common: the finding, the empty case, lines of links, style sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.filters import FREE, Filters, level_label
from dashboard.parts import markup
from dashboard.parts.card import card
from dashboard.parts.findings import Finding
from dashboard.parts.markup import between, link, show
from dashboard.parts.terms import with_terms
from dashboard.parts.view import View
from dashboard.queries.method import evaluation, of_ten
from dashboard.queries.objects import coverage_counts
from dashboard.queries.passages import count_passages
from dashboard.text import capital, count, listing, number
from dashboard.web.page import RESOURCES
from pipelines.model.codes import OBJECT_STAGE

STAGES = OBJECT_STAGE.labels
FIRST_ROWS = 12
_READ = ("read_found", "read_none")


def opening(finding: Finding) -> None:
    """Draw the page's finding as its heading, and its so-what."""
    show(h.h1(".fynd")[finding.headline], h.p(".ingress")[with_terms(finding.lead)])


def how_well_read(view: View, wide: pl.DataFrame | None = None) -> None:
    """Say how well the reader reads, because figures of read documents hold no better than that.

    ``wide`` is a ladder; where none of its documents is read there is nothing to say.
    """
    words = reader_words(view)
    if not words or (wide is not None and not wide["read"].sum()):
        return
    show(h.p(".under")[words, ". ", link(view.link("metod"), "Så är det mätt")])


def reader_words(view: View) -> str:
    """*Texterna är lästa av en maskin som finner …*, the same words on every page and slide."""
    shares = of_ten(view.ask(evaluation))
    if shares is None:
        return ""
    found, right = shares
    return (
        f"Texterna är lästa av en maskin som finner ungefär {found} av 10 belägg; "
        f"{right} av 10 funna är rätt"
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
    show(h.p(".tomt")[h.strong[what], " ", advice])


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
    items = between((link(href, text) for text, href in links), " · ")
    show(h.nav(".lankrad", aria_label=name)[intro, " ", items])


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


def no_evidence(view: View) -> bool:
    """Say why there is nothing to quote; return whether the choice holds anything read."""
    counts: dict[str, int] = {}
    for _, coverage, objects in view.ask(coverage_counts, view.filters).rows():
        counts[coverage] = counts.get(coverage, 0) + objects
    read = sum(counts.get(each, 0) for each in _READ)
    if not counts:
        nothing(view, "Inga handlingar i urvalet.", known_objects(view))
    elif not read:
        show(h.p(".tomt")["Inget är läst ännu, så det finns inget att citera."])
    elif view.loose:
        documents = count(read, "läst handling", "lästa handlingar")
        nothing(view, f"Inget sådant belägg i {documents} i urvalet.", evidence_of(view))
    else:
        what = count(read, "handling är läst", "handlingar är lästa")
        words = "utan att något belägg har funnits. Det är också ett resultat."
        show(h.p(".tomt")[f"{what} {words}"])
    return bool(read)


def chain_style() -> None:
    """Load what only the pages about the chain and the windows need."""
    st.html(RESOURCES / "kedja.css")


def follow_up_style() -> None:
    """Load what only the pages about findings, index and other rules need."""
    st.html(RESOURCES / "uppfoljning.css")


def facts(view: View) -> None:
    """Draw what identifies the edition."""
    row = view.facts
    pairs = [
        ("Utgåva", str(row["edition_id"])),
        ("Region", f"{row['region_label']}{' – påhittad' if row['is_example'] else ''}"),
        ("Byggd", str(row["built_at"])[:16].replace("T", " ")),
        ("Innehållets kontrollsumma", str(row["content_hash"])[:16]),
        ("Kodbok", f"{row['codebook_version']} ({str(row['codebook_hash'])[:8]})"),
        ("Läsare", str(row["reader_version"])),
        ("Program", str(row["software_version"])),
        ("Karta", str(row["attribution"])),
    ]
    with card("utgava", "Utgåvan", "Samma leveranser, kodbok och läsare ger samma kontrollsumma"):
        show(markup.facts(pairs))
