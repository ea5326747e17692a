"""Cards of *Testverksamhet*: cores against themes, who cooperates, what hinders."""

from __future__ import annotations

from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard import measures
from dashboard.charts.cooperation import DRAWN
from dashboard.draw.chart import Chart
from dashboard.parts.card import card, chart_card, draw, foot, municipality, note
from dashboard.parts.downloads import download
from dashboard.parts.markup import show
from dashboard.parts.page import nothing, text_links
from dashboard.parts.table import Cell, HeatCell, heat_table, show_table, used
from dashboard.parts.view import TESTS, View
from dashboard.text import capital, number, part
from pipelines.indicators.facts import CORE
from pipelines.indicators.scaling import barrier_kind
from pipelines.model.codes import THEME
from pipelines.model.columns import Column

PAGE = "testverksamhet"
_ALL_THEMES = "alla"
_CORE_COLUMNS = (
    Column(name="core_name", label="Stadskärna", meaning="Den regionala stadskärnan."),
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(name="activities", label="Pågående tester", meaning="Antal tester.", kind="integer"),
    Column(name="themes", label="Teman med test", meaning="I stadskärnan.", kind="integer"),
)


def core_themes(frames: measures.Frames) -> pl.DataFrame:
    """``core_id, core_name, theme, activities, themes``: running tests, and 2.4 for each core.

    A core without any running test has one row with an empty theme.
    """
    cores = frames["values"].filter(pl.col("indicator_id") == "2.4", pl.col("unit_kind") == CORE)
    pairs = (
        frames["activities"]
        .filter("is_running")
        .select("core_id", pl.col("themes").alias("theme"))
        .explode("theme")
        .drop_nulls("theme")
        .group_by("core_id", "theme")
        .agg(pl.len().cast(pl.Int64).alias("activities"))
    )
    return (
        cores.select(
            pl.col("unit_id").alias("core_id"),
            pl.col("unit_name").alias("core_name"),
            pl.col("value").cast(pl.Int64).alias("themes"),
        )
        .join(pairs, on="core_id", how="left", maintain_order="left")
        .select("core_id", "core_name", "theme", "activities", "themes")
        .sort("core_name", "theme", maintain_order=True)
    )


def cores_title(cores: list[str], having: int) -> str:
    """How many of the cores have a running test."""
    if not cores:
        return "Ingen regional stadskärna i urvalet"
    if len(cores) == 1:
        return f"Stadskärnan {cores[0]} har {'minst ett' if having else 'inget'} pågående test"
    return f"{capital(part(having, len(cores)))} regionala stadskärnor har minst ett pågående test"


def cores_and_themes(view: View, frames: measures.Frames) -> None:
    """Draw which themes are tested in which regional core."""
    frame = core_themes(frames)
    cores = dict(frame.select("core_id", "core_name").unique(maintain_order=True).rows())
    active = frame.drop_nulls("theme")
    having = _with_tests(frame)
    title = cores_title(list(cores.values()), having)
    with card("karnor", title, "Antal pågående tester per stadskärna och tema"):
        if not active.height:
            nothing(
                view,
                "Ingen stadskärna med pågående test i urvalet.",
                lambda chosen: _with_tests(
                    core_themes(view.under(chosen).measure(measures.testing_activities))
                ),
            )
            return
        cells = {(row["core_id"], row["theme"]): row["activities"] for row in active.to_dicts()}
        themes = dict(frame.select("core_id", "themes").rows())
        heat_table(
            cores,
            used(THEME.labels, active["theme"].to_list()) | {_ALL_THEMES: "Antal teman"},
            lambda core, theme: (
                HeatCell(themes[core] or 0, "summa")
                if theme == _ALL_THEMES
                else _core_cell(cells.get((core, theme)))
            ),
            caption=title,
            corner="Stadskärna",
        )
        note(view, "Ett test kan gälla flera teman", TESTS)
        with st.container(horizontal=True, gap="medium"):
            download(view, "stadskarnor_teman", frame, _CORE_COLUMNS, key="karnor")


def _with_tests(themes: pl.DataFrame) -> int:
    """How many cores have a running test (see :func:`core_themes`)."""
    return themes.drop_nulls("theme")["core_id"].n_unique()


def place_links(view: View, places: pl.DataFrame) -> None:
    """Lead to the tests of each municipality, for those who do not click on a map."""
    codes = {name: code for code, name in view.places.items()}
    links = [
        (f"{name} ({number(n)})", view.link(PAGE, municipalities=(codes[name],)))
        for name, n in places.filter(pl.col("running") > 0).select("unit_name", "running").rows()
    ]
    if len(links) > 1:
        text_links("Tester i", links, name="Tester per kommun")


def network_card(view: View, chart: Chart) -> None:
    """Who cooperates: a drawing where there is room, a list of the strongest pairs on a phone."""
    with card("samarbeten", chart.title, chart.subtitle if chart.table.height else ""):
        if chart.figure is not None:
            with st.container(key="bred-samarbeten"):
                draw(view, chart, follow=municipality, leads_to=PAGE)
        if chart.table.height:
            with st.container(key="smal-samarbeten"):
                show_table(
                    ["Part", "Tillsammans med", "Tester"],
                    [_pair(row) for row in chart.table.head(DRAWN).to_dicts()],
                    caption=chart.title,
                    numeric=frozenset({2}),
                )
        foot(view, chart, key="samarbeten", source=TESTS)


def _pair(row: dict[str, Any]) -> list[Cell]:
    return [Cell(row["party"]), Cell(row["other_party"]), Cell(str(row["activities"]))]


def barrier_card(view: View, chart: Chart, activities: pl.DataFrame) -> None:
    """What stands in the way, counted, and in the words of the activities."""
    chart_card(
        view, chart, key="hinder", source=TESTS, below=lambda: _barriers_in_words(activities)
    )


def _barriers_in_words(activities: pl.DataFrame) -> None:
    """A barrier of each kind as it is worded in the register, running tests first."""
    worded = (
        activities.explode("barriers")
        .drop_nulls("barriers")
        .with_columns(barrier_kind(pl.col("barriers")).alias("kind"))
        .sort("is_running", descending=True, maintain_order=True)
        .unique("kind", keep="first", maintain_order=True)
    )
    items = [
        h.li[row["barriers"], " ", h.span(".tyst")[row["activity_name"]]]
        for row in worded.to_dicts()
    ]
    if items:
        show(h.ul(".hinder")[items])


def _core_cell(tests: int | None) -> HeatCell | None:
    if not tests:
        return None
    return HeatCell(tests, f"t{min(tests, 3)}")
