"""One slide: one finding, one drawing, one quotation, and what the numbers rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from dashboard.draw.chart import Chart
from dashboard.filters import Filters
from dashboard.meeting.frozen import choice_words
from dashboard.parts.page import reader_words
from dashboard.parts.view import PLANS, View
from dashboard.queries.excerpts import find_summaries
from dashboard.queries.passages import best_quotations

Row = Mapping[str, Any]
QUOTATION = "citat"
_CANDIDATES = 6
"""Quotations to choose from, so that a meeting need not read the same one twice."""


@dataclass(frozen=True)
class Slide:
    """What the slide view, the PowerPoint and the PDF all show of a point.

    ``finding`` is the sentence made from the data, ``measured`` what the drawing measures,
    ``chart`` is the page's own, with its figure and numbers, ``quotations`` passages word for word,
    ``summaries`` other people's words while nothing is read, ``told`` sentences that explain the
    numbers, ``empty`` why nothing is drawn, ``reader`` how well the machine reads where the
    numbers rest on that.
    """

    kind: str
    heading: str
    finding: str
    measured: str
    chart: Chart
    quotations: tuple[Row, ...]
    summaries: tuple[Row, ...]
    source: str
    choice: str
    told: tuple[str, ...] = ()
    empty: str = ""
    reader: str = ""

    @property
    def note(self) -> str:
        """How many the numbers rest on."""
        return self.chart.note

    @property
    def foot(self) -> str:
        """How many and how much is covered, how well it is read, source and edition."""
        return " · ".join(part for part in (self.note, self.reader, self.source) if part)


def make_slide(
    view: View,
    *,
    kind: str,
    finding: str,
    chart: Chart,
    quote: Filters | None = None,
    source: str = PLANS,
    empty: str = "",
) -> Slide:
    """Put a slide together; ``quote`` is the choice that its quotation is taken from."""
    quotations = view.ask(best_quotations, quote, _CANDIDATES).to_dicts() if quote else []
    summaries = (
        []
        if quotations or not quote
        else view.ask(find_summaries, quote, (), 0, _CANDIDATES).to_dicts()
    )
    is_bare = chart.figure is None and bool(empty)
    return Slide(
        kind=kind,
        heading="",
        finding=finding,
        measured="" if is_bare else chart.subtitle,
        chart=replace(chart, note="" if is_bare else chart.note),
        quotations=tuple(quotations),
        summaries=tuple(summaries),
        source=view.source(source),
        choice=choice_words(view),
        empty=empty if is_bare else "",
        reader=reader_words(view) if source == PLANS and quotations else "",
    )


def without_repeats(slides: Sequence[Slide]) -> list[Slide]:
    """Give each slide one quotation, the strongest that no slide before it has shown.

    Where all are shown, the strongest comes again. A summary, which proves nothing, does not.
    """
    shown: set[str] = set()
    result = []
    for slide in slides:
        fresh = [row for row in slide.quotations if row["passage_id"] not in shown]
        chosen = tuple((fresh or slide.quotations)[:1])
        told = tuple(row for row in slide.summaries if row["summary_id"] not in shown)[:1]
        shown |= {row["passage_id"] for row in chosen} | {row["summary_id"] for row in told}
        one = replace(slide, quotations=chosen, summaries=told)
        result.append(_speaks(one) if slide.kind == QUOTATION and chosen else one)
    return result


def _speaks(slide: Slide) -> Slide:
    """A slide that is a quotation is named after who speaks in it."""
    return replace(slide, finding=f"Så skriver {slide.quotations[0]['municipality_name']}")


class Stretch(NamedTuple):
    """A piece of the quote; ``decides`` where it sets the level."""

    text: str
    decides: bool


def stretches(row: Row) -> list[Stretch]:
    """Cut the quote at its deciding words; spans outside the quote or overlapping are left out."""
    quote = str(row["quote"])
    spans = sorted(
        (int(each["start"]), int(each["end"]))
        for each in json.loads(row["spans"] or "[]")
        if each.get("role") == "deciding"
    )
    pieces, at = [], 0
    for start, end in spans:
        if at <= start < end <= len(quote):
            pieces += [Stretch(quote[at:start], False), Stretch(quote[start:end], True)]
            at = end
    pieces.append(Stretch(quote[at:], False))
    return [piece for piece in pieces if piece.text]
