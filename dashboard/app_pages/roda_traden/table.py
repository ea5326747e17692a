"""Every thread: municipalities against themes, four boxes a cell, and who has none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import htpy as h
import polars as pl

from dashboard.app_pages.roda_traden.cards import box_kind, state_words
from dashboard.charts import ladder_rows
from dashboard.charts.thread import STEP_SHORT, TRACE_COLUMNS
from dashboard.draw.html import divisible
from dashboard.filters import level_label
from dashboard.parts.card import card, note
from dashboard.parts.markup import link, show, small_table
from dashboard.parts.unfold import in_pieces, table_and_files
from dashboard.parts.view import CHAIN, View
from dashboard.queries.chain import chain_objects
from dashboard.text import capital, count, listing
from pipelines.indicators import planning
from pipelines.model.codes import HELD, JUDGED, STEP, THEME

_SUBTITLE = (
    "Grad i leden ÖP, DP, MA och test: S ska, B bör, A avsikt, N nämns, T test finns, streck läst "
    "utan temat, streckad ruta ej läst. Välj en tråd för att läsa citaten."
)
_FIRST = 14
"""Municipalities that fit a screen; the others unfold, as many at a time: each takes 3 kB."""
THREAD = "trad"
"""The address parameter that names one thread."""


def thread_name(view: View, municipality: str, theme: str) -> str:
    """``Askhamn: Energi``."""
    return f"{view.places[municipality]}: {THEME.labels[theme]}"


def table(view: View, found: pl.DataFrame, years: int) -> None:
    """Draw the table; a cell leads to its thread."""
    held = found.filter(pl.col("outcome").is_in(HELD)).height
    judged = found.filter(pl.col("outcome").is_in(JUDGED)).height
    title = _title(view, found)
    with card("tradar", title, _SUBTITLE):
        themes = [each for each in THEME.values if each in set(found["theme"])]
        cells = {
            key: rows.to_dicts()
            for key, rows in found.group_by("municipality_code", "theme", maintain_order=True)
        }
        codes = [code for code in view.places if code in set(found["municipality_code"])]

        def draw(some: list[str]) -> None:
            heads = ["Kommun", *(h.span[divisible(THEME.labels[each])] for each in themes)]
            body = [
                h.tr[
                    h.th(scope="row")[view.places[code]],
                    [_cell(view, cells.get((code, each)), each, years) for each in themes],
                ]
                for code in some
            ]
            show(h.div(".ruta")[small_table(title, heads, body, "tradar")])

        draw(codes[:_FIRST])
        left = codes[_FIRST:]
        in_pieces(
            len(left),
            ("kommun", "kommuner"),
            lambda start, number: draw(left[start : start + number]),
            key="tradar",
            most=_FIRST,
        )
        _without(view, set(codes))
        note(view, f"{count(judged, 'led', 'led')} kan bedömas, {held} håller", CHAIN)
        files(view, found, key="tradar")


def _title(view: View, found: pl.DataFrame) -> str:
    """Which municipality carries most threads all the way."""
    whole = (
        found.filter(pl.col("step") != "op")
        .group_by("municipality_code", "theme")
        .agg(pl.col("outcome").is_in((*HELD, "not_applicable")).all().alias("all"))
        .filter("all")
    )
    if not whole.height:
        return "Ingen tråd håller i alla led"
    places = sorted({view.places[code] for code in whole["municipality_code"]})
    verb = "tråd håller" if whole.height == 1 else "trådar håller"
    where = listing(places) if len(places) <= 3 else count(len(places), "kommun", "kommuner")
    return f"{capital(count(whole.height, verb, verb))} hela vägen till test, i {where}"


def _cell(view: View, rows: list[dict[str, Any]] | None, theme: str, years: int) -> h.Element:
    label = THEME.labels[theme]
    if rows is None:
        return h.td(".tom", data_rubrik=label)
    by_step = {row["step"]: row for row in rows}
    name = thread_name(view, rows[0]["municipality_code"], theme)
    boxes = [h.i(class_=box_kind(by_step[step]))[_letter(by_step[step])] for step in STEP.values]
    words = ", ".join(f"{STEP_SHORT[step]} {state_words(by_step[step])}" for step in STEP.values)
    href = f"{view.link('roda_traden')}&{urlencode({THREAD: name, 'ar': f'{years} år'})}"
    return h.td(data_rubrik=label)[link(href, boxes, label=f"{name}. {words}")]


def _letter(row: dict[str, Any]) -> str:
    if row["level"] is not None:
        return level_label(row["level"])[0]
    return {"holds": "T", "leaks": "–", "unknown": "", "not_applicable": "×"}[row["outcome"]]


def _without(view: View, there: set[str]) -> None:
    """Municipalities without a thread, by whether their comprehensive plan has been read."""
    values = view.only("op").measure(planning.ladder)
    rows = ladder_rows.highest(values, view.places).to_dicts()
    chosen = set(view.filters.municipalities) or set(view.places)
    rest = [row for row in rows if row["municipality_code"] in chosen - there]
    parts = []
    for words, wanted in (
        ("översiktsplanen är läst utan tema på minst Avsikt, eller ännu inte antagen", True),
        ("översiktsplanen är inte läst", False),
    ):
        names = [row["municipality_name"] for row in rest if (row["read"] > 0) == wanted]
        if names:
            parts.append(f"{listing(names)} ({words})")
    if parts:
        show(h.p(".under")[f"Utan tråd: {'; '.join(parts)}."])


def files(view: View, found: pl.DataFrame, *, key: str) -> None:
    """Draw the steps as a table and as files, with the names of municipalities and plans."""
    ids = tuple(sorted(set(found["object_id"].drop_nulls())))
    names = view.ask(chain_objects, ids).select("object_id", "object_name")
    frame = found.join(names, on="object_id", how="left", maintain_order="left").with_columns(
        pl.col("municipality_code").replace_strict(view.places).alias("municipality_name")
    )
    table_and_files(view, "roda_traden", frame, TRACE_COLUMNS, caption="Led för led", key=key)
