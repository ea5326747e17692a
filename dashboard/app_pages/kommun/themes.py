"""How a municipality's themes carry from ÖP to test on site, and its strongest words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from dashboard.app_pages.kommun.cards import only
from dashboard.filters import Filters
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.page import evidence_of, nothing, text_links
from dashboard.parts.quotation import excerpts_to_read, quotation
from dashboard.parts.table import HeatCell, heat_table, used
from dashboard.parts.view import View
from dashboard.queries import municipality
from dashboard.queries.passages import find_passages
from dashboard.text import capital, count, part
from pipelines.indicators.testing import named_activities
from pipelines.model.codes import OBJECT_TYPE, THEME
from pipelines.model.columns import Column

_WORDS = 3
_STEPS = {**OBJECT_TYPE.labels, "test": "Test på plats"}
_STEP_COLUMNS = (
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(name="step", label="Led", meaning="Handlingstyp, eller test på plats."),
    Column(name="passages", label="Antal", meaning="Belägg eller tester.", kind="integer"),
    Column(name="level", label="Högsta nivå", meaning="0 Ingen till 4 Ska.", kind="integer"),
)


def themes_by_step(view: View, code: str) -> None:
    """Themes along the chain from ÖP to test on site; colour is the highest level."""
    mine = only(view, code)
    steps = view.ask(municipality.theme_steps, mine.filters)
    tests = _tested(mine)
    frame = pl.concat([steps, tests], how="diagonal")
    cells = {(row["theme"], row["step"]): row for row in frame.to_dicts()}
    with card("led", _steps_title(steps, tests), "Belägg per tema och led; färgen är högsta grad"):
        if not frame.height:
            nothing(mine, "Inga belägg och inga tester i urvalet.", _evidence_and_tests(mine))
            return
        heat_table(
            used(THEME.labels, frame["theme"].to_list()),
            _step_names(mine),
            lambda theme, step: _step_cell(mine, cells.get((theme, step))),
            caption="Teman led för led",
            corner="Tema",
        )
        note(view, "Streck: inget belägg")
        with st.container(horizontal=True, gap="medium"):
            download(mine, "teman_per_led", frame, _STEP_COLUMNS, key="led")


def _evidence_and_tests(view: View) -> Callable[[Filters], int]:
    evidence = evidence_of(view)
    return lambda chosen: (
        evidence(chosen) + view.under(chosen).measure(named_activities).filter("is_running").height
    )


def _step_names(view: View) -> dict[str, str]:
    """The steps, marked where nothing is read so that an empty column is not taken for none."""
    rows = view.ask(municipality.side_by_side, view.filters).to_dicts()
    read = {each: rows[0][f"{each}_read"] if rows else 0 for each in OBJECT_TYPE.values}
    return {
        each: label if read.get(each, 1) else f"{label} (ej läst)" for each, label in _STEPS.items()
    }


def _tested(view: View) -> pl.DataFrame:
    schema = {"theme": pl.String, "step": pl.String, "passages": pl.Int64}
    active = view.measure(named_activities).filter("is_running")
    if not active.height:
        return pl.DataFrame(schema=schema)
    return (
        active.select(pl.col("themes").alias("theme"))
        .explode("theme")
        .drop_nulls()
        .group_by("theme", maintain_order=True)
        .agg(pl.len().cast(pl.Int64).alias("passages"))
        .select("theme", pl.lit("test").alias("step"), "passages")
    )


def _steps_title(steps: pl.DataFrame, tests: pl.DataFrame) -> str:
    early = set(steps.filter(pl.col("step") == "op", pl.col("level") >= 2)["theme"])
    late = set(steps.filter(pl.col("step") == "ma", pl.col("level") >= 2)["theme"])
    if not early and not tests.height:
        return "Inget tema i lästa handlingar eller pågående tester"
    if not early:
        return f"{capital(count(tests.height, 'tema', 'teman'))} med pågående test, inget ur ÖP"
    kept = len(early & late)
    verb = "når också markanvisning" if kept == 1 else "når också markanvisningar"
    return f"{capital(part(kept, len(early), neuter=True))} teman i översiktsplanen {verb}"


def _step_cell(view: View, row: dict[str, Any] | None) -> HeatCell | None:
    if row is None:
        return None
    if row["step"] == "test":
        return HeatCell(row["passages"], f"t{min(row['passages'], 3)}")
    words = f"{THEME.labels[row['theme']]}, {_STEPS[row['step']].lower()}: {row['passages']} belägg"
    href = view.link("belagg", object_types=(row["step"],), themes=(row["theme"],))
    return HeatCell(row["passages"], f"n{row['level']}", href, words)


def words(view: View, code: str) -> None:
    """The strongest passages, at most one a plan; summaries while nothing is read."""
    mine = only(view, code)
    rows = view.ask(find_passages, mine.filters, (), False, 0, 40)
    best = rows.unique("object_id", keep="first", maintain_order=True).head(_WORDS)
    if not best.height:
        about = "Med andra ord. Inte plantext; ingår inte i någon andel."
        with card("ord", "Referat ur sidor och dokument", about):
            excerpts_to_read(mine, _WORDS)
        return
    with card("ord", "Starkaste skrivningarna", "Ordagrant, högst en per handling"):
        for row in best.to_dicts():
            quotation(view, row)
        text_links("", [("Läs alla belägg", mine.link("belagg"))], name="Belägg")
        note(view, count(rows.height, "belägg", "belägg") if rows.height < 40 else "")
