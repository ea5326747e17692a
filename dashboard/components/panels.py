"""Cards of *Läget* that hold words and lists rather than drawings."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard import findings
from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.page import STAGES, level_links, no_evidence, text_links
from dashboard.components.quotation import best_quotation, summary
from dashboard.components.tables import Cell, show_table
from dashboard.components.unfold import table_and_files
from dashboard.components.view import View
from dashboard.queries import objects, testing
from dashboard.queries.passages import count_passages, find_summaries
from dashboard.text import DASH, TYPE_SHORT, count, number, word
from pipelines.model.codes import COVERAGE, THEME
from pipelines.model.column import Column
from pipelines.model.columns import COLUMN
from pipelines.model.plan_codes import OBJECT_TYPE

SHOWN_WINDOWS = 3
SHOWN_THEMES = 3
CHAIN_COLUMNS = (
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    *(
        Column(name=code, label=label, meaning="Kommuner med minst Avsikt.", kind="integer")
        for code, label in OBJECT_TYPE.labels.items()
    ),
    Column(name="test", label="Test på plats", meaning="Kommuner med test.", kind="integer"),
)
_WINDOW_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "object_name",
        "municipality_name",
        "object_type",
        "object_stage",
        "coverage",
        "year",
    )
)


def proof(view: View, wide: pl.DataFrame) -> None:
    """Links to the passages of each level, and the strongest one to read aloud.

    Where there is nothing to quote, the reason, and summaries as long as there are some.
    """
    level_links(view, wide)
    if view.ask(count_passages, view.filters):
        best_quotation(view)
        return
    no_evidence(view, view.filters)
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


def chain(view: View) -> None:
    """Themes along the chain: municipalities with at least *Avsikt* at each step."""
    frame = view.ask(objects.theme_by_type, view.filters)
    if not frame.height:
        return
    tested = view.ask(testing.tested_themes, view.filters)
    rows = theme_chain(frame, tested)
    with card(
        "kedja", findings.chain_title(rows), "Kommuner med minst Avsikt i temat, led för led"
    ):
        show_table(
            ["Tema", "ÖP", "DP", "MA", "Test på plats"],
            [_chain_row(row) for row in rows.head(SHOWN_THEMES).to_dicts()],
            caption="Teman led för led",
            numeric=frozenset({1, 2, 3, 4}),
        )
        table_and_files(
            view,
            "teman_led_for_led",
            rows,
            CHAIN_COLUMNS,
            caption="Teman led för led",
            key="kedja",
            label="Alla teman",
        )


def theme_chain(frame: pl.DataFrame, tested: pl.DataFrame) -> pl.DataFrame:
    """Join ``theme, object_type, municipalities`` and ``theme, municipalities`` to one row a theme.

    Returns ``theme, op, dp, ma, test``, themes with most municipalities in the ÖP first.
    """
    themes = pl.DataFrame({"theme": list(THEME.values)})
    for code in OBJECT_TYPE.values:
        one = frame.filter(pl.col("object_type") == code).select(
            "theme", pl.col("municipalities").alias(code)
        )
        themes = themes.join(one, on="theme", how="left")
    themes = themes.join(tested.rename({"municipalities": "test"}), on="theme", how="left")
    steps = [*OBJECT_TYPE.values, "test"]
    some = pl.any_horizontal(pl.col(OBJECT_TYPE.values).is_not_null())
    return (
        themes.filter(some)
        .with_columns(pl.col(steps).fill_null(0))
        .sort("op", "dp", "ma", descending=True, maintain_order=True)
    )


def _chain_row(row: dict[str, Any]) -> list[Cell]:
    steps = [number(row[step]) for step in (*OBJECT_TYPE.values, "test")]
    return [Cell(THEME.labels[row["theme"]]), *(Cell(step) for step in steps)]


def open_windows(view: View) -> None:
    """Plans and allocations that can still take in something new."""
    windows = view.ask(objects.open_windows, view.filters)
    read = windows.filter(pl.col("coverage") == "read_none").height
    subtitle = "Före granskning eller beslut, utan funna belägg. Lästa först."
    with card("fonster", findings.windows_title(read, windows.height), subtitle):
        if windows.height:
            show_table(
                ["Handling", "Skede", "Underlag"],
                [_window_row(row) for row in windows.head(SHOWN_WINDOWS).to_dicts()],
                caption="Handlingar som ännu kan påverkas",
                numeric=frozenset(),
            )
        more = windows.height - SHOWN_WINDOWS
        note(view, f"{count(more, 'handling', 'handlingar')} till i filen" if more > 0 else "")
        with st.container(horizontal=True, gap="medium"):
            download(view, "kan_paverkas", windows, _WINDOW_COLUMNS, key="fonster")


def tests_in_short(view: View) -> None:
    """How much is being tested on site, in three lines."""
    activities = view.ask(testing.testing_list, view.filters)
    active = activities.filter("is_active")
    open_to = active.filter(pl.col("open_to_smes") == "ja").height
    unknown = active.filter(pl.col("open_to_smes").is_null() | (pl.col("open_to_smes") == "okant"))
    lines = [f"{number(open_to)} öppna för små och medelstora företag"]
    if unknown.height:
        lines.append(f"{number(unknown.height)} utan uppgift om det")
    scaled = activities.filter(pl.col("testing_phase") == "uppskalning").height
    lines.append(f"{number(scaled)} skalas upp")
    title = findings.tests_title(active.height, active["municipality_name"].n_unique())
    with card("tester", title, " · ".join(lines) + "."):
        text_links("", [(_themes_of(active), view.link("testverksamhet"))], name="Testverksamhet")


def _themes_of(active: pl.DataFrame) -> str:
    themes = (
        active["themes"].explode().drop_nulls() if active.height else pl.Series([], dtype=pl.String)
    )
    if not themes.len():
        return "Till testverksamheten"
    most = themes.value_counts(sort=True, name="n").sort(["n", "themes"], descending=[True, False])
    return f"Se alla; flest gäller {THEME.labels[most['themes'][0]].lower()}"


def _window_row(row: dict[str, Any]) -> list[Cell]:
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], second=where),
        Cell(STAGES.get(row["object_stage"], row["object_stage"] or DASH)),
        Cell(COVERAGE.labels[row["coverage"]], kind=f"underlag {row['coverage']}"),
    ]
