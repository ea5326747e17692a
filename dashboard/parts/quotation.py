"""A passage word for word with its source, and what a page shows where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import htpy as h

from dashboard.handling.address import passage_address
from dashboard.handling.marks import marked
from dashboard.parts import page
from dashboard.parts.legal_reach import FLAG
from dashboard.parts.markup import badges, between, copy_button, level_mark, outside, show
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


def page_link(view: View, row: Row) -> h.Node:
    """Return the link that opens a passage on its page, to follow a source line."""
    href = passage_address(view.region, view.edition.stem, row)
    words = "Visa på sidan" if view.region.show_documents else "Till källan"
    return href and [" · ", h.a(href=href, target="_blank", rel="noopener")[words]]


def quotation(view: View, row: Row, *, large: bool = False) -> None:
    """Draw a passage as proof, with its level in the colour of the ladder."""
    show(
        h.blockquote(class_=f"citat{' stort' if large else ''} n{row['level']}")[
            h.p[marked(row["quote"], row["spans"])],
            h.footer[level_mark(row["level"]), " ", source_line(row), page_link(view, row)],
        ]
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
    warm = ["Allmänt uttalande, räknas inte på stegen"] * bool(row["is_general"])
    warm += ["Osäker kodning"] * bool(row["is_unsure"])
    other = [_other_voice(row)] if row["voice"] != OWN_VOICE else []
    marks = [*badges(other, "varm"), *badges(codes), *badges(warm, "varm")]
    source = outside(row["source_url"], "Till källan")
    about = [row["municipality_name"] or "Hela regionen", row["object_name"]]
    about += [str(row["year"]) if row["year"] else None, _seen(row)]
    show(
        h.article(".referat")[
            h.p(".ord")[h.b["Referat:"], " ", row["summary"]],
            h.p(".marken")[level_mark(row["level"]), " ", between(marks, " ")],
            h.p(".kalla")[
                " · ".join(each for each in about if each),
                isinstance(source, h.Element) and [" · ", source],
            ],
        ]
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
        show(h.p(".tomt")["Inga referat i urvalet."])
        return
    href = view.link("belagg", object_types=view.filters.object_types)
    text_links("", [("Läs alla referat", href)], name="Referat")


def summary_instead(view: View, object_type: str | None = None, number_of: int = 2) -> None:
    """While nothing is read, show what others have noted in excerpts, never as a quotation."""
    chosen = view.filters.only(object_type) if object_type else view.filters
    found = view.ask(find_summaries, chosen, (), 0, number_of)
    if not found.height:
        return
    show(
        h.p(".under")[
            f"Så länge {word(found.height, neuter=True)} referat ur sidor och dokument, återgivna "
            "med andra ord. De är inte plantext och ingår inte i någon andel."
        ]
    )
    for row in found.to_dicts():
        summary(row)
    href = view.link("belagg", object_types=chosen.object_types)
    text_links("", [("Alla referat", href)], name="Referat")


def no_evidence(view: View) -> None:
    """Say why there is nothing to quote, and show summaries as long as nothing is read."""
    if not page.no_evidence(view):
        summary_instead(view)


def wording(view: View, row: Row, about: Iterable[h.Node]) -> h.Element:
    """A passage to borrow, with a button that copies it with its source.

    ``about`` follows its level: badges, or words.
    """
    label = f"Kopiera med källa, {row['municipality_name']}"
    return h.article(class_=f"skrivning n{row['level']}")[
        h.p(".ord")[marked(row["quote"], row["spans"])],
        h.p(".marken")[between([level_mark(row["level"]), *about], " ")],
        h.p(".kalla")[source_line({**row, "instruments": [], "themes": []}), page_link(view, row)],
        copy_button("Kopiera med källa", plain_text(row, view.region.mark), label=label),
    ]


def plain_text(row: Row, mark: str) -> str:
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
