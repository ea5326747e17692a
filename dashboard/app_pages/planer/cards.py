"""Cards of the three pages about plans: spread, map, themes and tools, growth, measures, list."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard import measures
from dashboard.charts import excerpts, ladder, ladder_rows, region_map, trend
from dashboard.charts.themes_tools import TOOLS, themes_by_tool
from dashboard.filters import level_label
from dashboard.parts import findings, page, quotation
from dashboard.parts.card import (
    card,
    chart_card,
    foot,
    level_in_year,
    municipality_and_level,
    municipality_of,
    note,
)
from dashboard.parts.downloads import download
from dashboard.parts.findings import count_words
from dashboard.parts.measure_words import basis_words, interval_words, value_words
from dashboard.parts.page import FIRST_ROWS, STAGES, nothing, text_links
from dashboard.parts.quotation import best_quotation
from dashboard.parts.table import Cell, HeatCell, heat_table, in_words, show_table, used
from dashboard.parts.to_do import tasks_card
from dashboard.parts.unfold import in_pieces
from dashboard.parts.view import EXCERPTS, View
from dashboard.queries.excerpts import excerpt_counts
from dashboard.queries.objects import (
    count_objects,
    first_objects,
    object_list,
)
from dashboard.queries.passages import count_passages
from dashboard.text import (
    DASH,
    NBSP,
    TYPE_PLURAL,
    count,
    listing,
    number,
    part,
    unknown_since,
    word,
)
from pipelines.indicators import planning
from pipelines.indicators.catalog import INDICATOR
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.planning import (
    NO_INSTRUMENT,
    passages_with_theme,
    themes_by_instrument,
)
from pipelines.model.codes import ABSENCE, COVERAGE, INSTRUMENT, THEME
from pipelines.model.columns import COLUMN
from pipelines.model.tables import INDICATOR_VALUE

_LIST = (
    "object_id", "object_type", "object_kind", "object_name", "municipality_name", "object_stage",
    "is_open", "status_per", "is_stale", "year", "coverage", "coverage_reason", "documents_read",
    "pages", "passages", "level", "themes", "instruments", "source_url",
)  # fmt: skip
_READ_ALOUD, TASKS = 3, 5
FEW_BARS = 4
"""With more bars than this the left column is the taller one: growth goes right."""
_SHOWN = ("1.1", "1.3", "1.4", "1.5", "1.7", "K.1")
"""What a page about one type of plan is judged by; the ladder (1.2) is drawn beside."""
_EARLY = {"dp"}
"""Types that have stages early enough for 1.7."""


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
        [
            "Handling",
            "Skede",
            "Läget per",
            "Underlag",
            "Högsta grad",
            "Belägg",
            "Teman och styrmedel",
        ],
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
        Cell(row["status_per"] or DASH, second=_unknown(row)),
        Cell(COVERAGE.labels[row["coverage"]], kind=f"underlag {row['coverage']}"),
        reached,
        Cell(in_words(found, COLUMN["passages"]), href),
        Cell(", ".join(codes[:4]) + (" m.fl." if len(codes) > 4 else "") or DASH),
    ]


def _unknown(row: dict[str, Any]) -> str:
    return unknown_since(row["status_per"]) if row["is_stale"] else ""


def all_evidence(view: View, object_type: str, found: int) -> None:
    """Lead on to all passages of a type."""
    href = view.link("belagg", object_types=(object_type,))
    words = "Läs belägget" if found == 1 else f"Läs alla {number(found)} belägg"
    text_links("", [(words, href)], name="Belägg")


def by_municipality_title(object_type: str, wide: pl.DataFrame) -> str:
    """How spread the demands are among municipalities."""
    read = wide.filter(pl.col("read") > 0)
    if not read.height:
        return f"Kända {TYPE_PLURAL[object_type]} i {count_words(wide.height)}, ingen är läst"
    silent = read.filter(pl.col("level_0") == pl.col("read"))["unit_name"].to_list()
    strong = read.filter(pl.col("level_4") > 0)["unit_name"].to_list()
    if not strong and not silent:
        return "Alla med läst underlag har belägg, ingen ställer krav"
    if not strong:
        return f"Ingen ställer krav; {listing(silent[:3])} saknar belägg helt"
    where = listing(strong) if len(strong) <= 4 else f"{word(len(strong))} kommuner"
    if not silent:
        return f"Krav i {where}, belägg hos alla med läst underlag"
    return f"Krav i {where}, inget funnet i {part(len(silent), read.height)}"


def theme_instrument_table(view: View, object_type: str) -> None:
    """Draw the table of one document type; a cell's colour is the highest level reached in it."""
    frame = view.only(object_type).measure(themes_by_instrument, with_level=True)
    chart = themes_by_tool(frame, f"teman_styrmedel_{object_type}")
    with card(f"tabell-{object_type}", chart.title, f"{chart.subtitle} Klicka för att läsa."):
        if not frame.height:
            nothing(
                view.only(object_type),
                f"Inga belägg med tema i {TYPE_PLURAL[object_type]}.",
                lambda chosen: view.under(chosen).measure(passages_with_theme, with_level=True),
            )
            return
        cells = {(row["theme"], row["instrument"]): row for row in frame.to_dicts()}
        heat_table(
            used(THEME.labels, frame["theme"].to_list()),
            used(TOOLS, frame["instrument"].to_list()),
            lambda theme, tool: _cell(view, object_type, theme, tool, cells.get((theme, tool))),
            caption=chart.title,
            corner="Tema",
        )
        foot(view, chart, key=f"teman-{object_type}")


def _cell(
    view: View, object_type: str, theme: str, tool: str, row: dict[str, Any] | None
) -> HeatCell | None:
    if row is None:
        return None
    tools = () if tool == NO_INSTRUMENT else (tool,)
    words = (
        f"{THEME.labels[theme]}, {TOOLS[tool].lower()}: "
        f"{count(row['passages'], 'belägg', 'belägg')}, högst {level_label(row['level'])}"
    )
    href = view.link("belagg", object_types=(object_type,), themes=(theme,), instruments=tools)
    return HeatCell(row["passages"], f"n{row['level']}", href, words)


def draw(view: View, object_type: str) -> None:
    """The whole page about one type (``op``, ``dp`` or ``ma``)."""
    opening(view, object_type)
    rows = type_values(view, object_type)
    counts = view.ask(excerpt_counts, view.filters.only(object_type))
    if counts.height and not is_anything_read(rows, object_type):
        unread(view, object_type, counts)
        return
    if is_anything_read(rows, object_type):
        page.how_well_read(view)
    with st.container(key="tvaspalt"):
        left, right = st.columns([58, 42], gap="medium")
    with left:
        is_tall = spread(view, object_type) > FEW_BARS
        themes(view, object_type)
    with right:
        proof(view, object_type, 3 if is_tall else 2)
        region(view, object_type)
    with right if is_tall else left:
        growth(view, object_type)
    with left:
        measures_card(view, object_type)
    everything(view, object_type)


def unread(view: View, object_type: str, counts: pl.DataFrame) -> None:
    """The page while nothing of the type is read: excerpts, what to collect, what is known.

    ``counts`` are the excerpts about this type; they say what somebody saw, never what plans say.
    """
    own = view.only(object_type)
    with st.container(key="tvaspalt"):
        left, right = st.columns([50, 50], gap="medium")
    with left:
        chosen = view.filters.municipalities
        name = f"utdrag_per_kommun_{object_type}"
        chart = excerpts.excerpt_map(
            counts, view.places, chosen, view.borders, height=430, name=name
        )
        chart_card(view, chart, key=f"utdrag-{object_type}", source=EXCERPTS)
        measures_card(view, object_type)
    with right:
        title = f"Referat som gäller {TYPE_PLURAL[object_type]}"
        about = "Ur sidor och dokument, med andra ord. Inte plantext; ingår inte i någon andel."
        with card(f"referat-{object_type}", title, about):
            quotation.excerpts_to_read(own, _READ_ALOUD)
        tasks_card(own, TASKS)
    everything(view, object_type)


def opening(view: View, object_type: str) -> None:
    """The page's finding and so-what."""
    values = view.only(object_type).measure(planning.ladder)
    places = ladder_rows.highest(values, view.places)
    page.opening(findings.type_today(object_type, ladder_rows.by_type(values), places))


def spread(view: View, object_type: str) -> int:
    """The ladder, one bar a municipality; returns how many have something read to show."""
    values = view.only(object_type).measure(planning.ladder)
    wide = ladder_rows.read_first(ladder_rows.by_municipality(values, view.places))
    chart = ladder.ladder(
        wide,
        name=f"forpliktelse_per_kommun_{object_type}",
        title=by_municipality_title(object_type, wide),
        subtitle=f"Antal {TYPE_PLURAL[object_type]} efter högsta förpliktelsegrad, per kommun. "
        "Klicka på en del för att läsa beläggen.",
        unit_label="Kommun",
    )
    chart_card(
        view,
        chart,
        key=f"kommuner-{object_type}",
        follow=municipality_and_level(object_type),
        below=lambda: page.level_links(view, wide, object_types=(object_type,)),
    )
    return wide.filter(pl.col("read") > 0).height


def region(view: View, object_type: str) -> None:
    """The map of the highest level."""
    places = ladder_rows.highest(view.only(object_type).measure(planning.ladder), view.places)
    chart = region_map.commitment_map(
        places,
        view.borders,
        height=430,
        name=f"karta_{object_type}",
        title=findings.map_title(places),
        subtitle=f"Högsta förpliktelsegrad i {TYPE_PLURAL[object_type]}, per kommun",
    )
    chart_card(view, chart, key=f"karta-{object_type}", follow=municipality_of(object_type))


def proof(view: View, object_type: str, number: int = 2) -> None:
    """The strongest passages, at most one a municipality; else why there are none."""
    chosen = view.filters.only(object_type)
    found = view.ask(count_passages, chosen)
    title = "Så står det" if found else "Inget att citera"
    subtitle = "Starkaste beläggen i urvalet, ordagrant" if found else ""
    with card(f"citat-{object_type}", title, subtitle):
        if found:
            best_quotation(view, number, object_type=object_type)
            all_evidence(view, object_type, found)
        else:
            page.no_evidence(view.only(object_type))
            quotation.summary_instead(view, object_type)


def growth(view: View, object_type: str) -> None:
    """Year by year, as soon as there are years to compare."""
    frame = view.only(object_type).measure(planning.ladder_by_year)
    chart = trend.trend(frame, object_type=object_type)
    if chart.figure is not None:
        follow = level_in_year(object_type)
        chart_card(view, chart, key=f"ar-{object_type}", follow=follow)


def themes(view: View, object_type: str) -> None:
    """Themes against instruments, as soon as there is evidence."""
    if view.ask(count_passages, view.filters.only(object_type)):
        theme_instrument_table(view, object_type)


def everything(view: View, object_type: str) -> None:
    """The list of plans."""
    title = f"Alla {TYPE_PLURAL[object_type]}"
    object_card(view, object_type, key=f"lista-{object_type}", title=title)


def measures_card(view: View, object_type: str) -> None:
    """Share with evidence and demands, breadth, density and how early, each with its reason."""
    rows = type_values(view, object_type)
    title, subtitle = measures_title(rows, object_type), "Värde, underlag och 95 procents intervall"
    with card(f"matt-{object_type}", title, subtitle):
        if is_anything_read(rows, object_type):
            _table(rows, object_type)
        else:
            with st.expander("Visa måtten och vad de väntar på"):
                _table(rows, object_type)
        note(view, "Så räknas måtten: Metod och kvalitet")
        with st.container(horizontal=True, gap="medium"):
            download(
                view,
                f"matt_{object_type}",
                rows,
                INDICATOR_VALUE.columns,
                key=f"matt-{object_type}",
            )


def is_anything_read(rows: pl.DataFrame, object_type: str) -> bool:
    """Whether the choice holds a read document of the type, so that something can be counted."""
    coverage = rows.filter(pl.col("indicator_id") == "K.1", pl.col("part") == object_type)
    return bool(coverage["numerator"].sum())


def type_values(view: View, object_type: str) -> pl.DataFrame:
    """Rows of ``indicator_value`` for the choice as a whole, those of this type only."""
    values = view.only(object_type).measure(measures.plan_values)
    own = pl.col("part").is_in([object_type, f"{object_type}:median", "themes", "instruments"])
    whole = pl.col("part") == "alla"
    shown = [each for each in _SHOWN if each != "1.7" or object_type in _EARLY]
    order = {each: place for place, each in enumerate(shown)}
    return values.filter(
        pl.col("unit_kind") != MUNICIPALITY, pl.col("indicator_id").is_in(shown), own | whole
    ).sort(pl.col("indicator_id").replace_strict(order, default=len(order)), maintain_order=True)


def measures_title(rows: pl.DataFrame, object_type: str) -> str:
    """How dense and how broad, as a sentence; that nothing can be counted, where that is so."""
    values = {(row["indicator_id"], row["part"]): row["value"] for row in rows.to_dicts()}
    density = values.get(("1.5", object_type))
    if density is None:
        return f"Inget kan räknas ännu: inga {TYPE_PLURAL[object_type]} i urvalet är lästa"
    themes = int(values.get(("1.4", "themes")) or 0)
    covered = part(themes, len(THEME.values), neuter=True)
    return f"{number(density, 1)}{NBSP}belägg per tio sidor, om {covered} teman"


def _table(rows: pl.DataFrame, object_type: str) -> None:
    show_table(
        ["Mått", "Värde", "Underlag", "Intervall"],
        [_row(row) for row in rows.to_dicts()],
        caption=f"Mått för {TYPE_PLURAL[object_type]}",
        numeric=frozenset({1, 3}),
    )


def _row(row: dict[str, Any]) -> list[Cell]:
    label = row["indicator_label"]
    if row["part"] in ("themes", "instruments"):
        label = f"{label}: {row['part_label'].lower()}"
    elif row["part"].endswith(":median"):
        label = f"{label}: den mittersta handlingen"
    missing = row["value"] is None
    return [
        Cell(label, second=INDICATOR[row["indicator_id"]].question),
        Cell(ABSENCE.labels[row["absence_kind"]] if missing else value_words(row)),
        Cell(basis_words(row) or DASH),
        Cell(interval_words(row)),
    ]
