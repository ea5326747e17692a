"""Slides about plans and land allocations: how far they bind, the chain, windows, a quotation."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import measures
from dashboard.charts import ladder, ladder_rows, region_map, thread
from dashboard.charts.themes_tools import TOOLS, themes_by_tool
from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words
from dashboard.draw.chart import Chart, Heat, Names, PlaceMap, Rows
from dashboard.draw.levels import LEGEND, LEVELS, kind_of, word_of
from dashboard.meeting.slide import QUOTATION, Slide, make_slide
from dashboard.parts import findings
from dashboard.parts.findings import windows_title
from dashboard.parts.table import used
from dashboard.parts.view import View
from dashboard.parts.windows import open_now, stage_words, with_stage_words
from dashboard.queries.passages import count_passages
from dashboard.text import DASH, TYPE_PLURAL, TYPE_SHORT, count, number
from pipelines.indicators import planning, scope, windows
from pipelines.model.codes import STEP, THEME
from pipelines.model.columns import COLUMN, Column

NOTHING_KNOWN = "Inga planer eller markanvisningar i urvalet."
NOTHING_READ = (
    "Inget är läst ännu, så det finns inga belägg att visa. Ej insamlad betyder inte noll."
)
NOTHING_FOUND = "De lästa handlingarna i urvalet innehåller inga belägg."
MOST_BARS = 12
_MOST_THEMES, _MOST_TOOLS = 5, 4
_KNOWN_COLUMNS = (
    Column(name="known", label="Kända", meaning="Kända handlingar.", kind="integer"),
    Column(name="municipalities", label="Kommuner", meaning="Kommuner med så många kända."),
)
_THEME_COLUMNS = (
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(name="tool_label", label="Styrmedel", meaning="Styrmedlet, eller att det saknas."),
    Column(name="passages", label="Belägg", meaning="Antal belägg.", kind="integer"),
    Column(name="level_label", label="Högsta nivå", meaning="Den högsta förpliktelsegraden."),
)


def types_slide(view: View) -> Slide:
    """The ladder by document type."""
    types = ladder_rows.by_type(view.measure(planning.ladder))
    places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)
    chart = _ladder(types, "forpliktelse_per_handlingstyp", "Handlingstyp")
    return make_slide(
        view,
        kind="stege",
        finding=findings.region_today(types, places).headline,
        chart=chart,
        quote=view.filters,
        empty=NOTHING_KNOWN,
    )


def map_slide(view: View) -> Slide:
    """The map of the highest level, in the chosen type or in comprehensive plans."""
    object_type = _one_type(view, "op")
    places = ladder_rows.highest(view.only(object_type).measure(planning.ladder), view.places)
    chart = _map(view, places, object_type)
    return make_slide(
        view,
        kind="karta",
        finding=findings.map_title(places),
        chart=chart if places.height else replace(chart, figure=None),
        quote=view.filters.only(object_type),
        empty=NOTHING_KNOWN,
    )


def type_slide(view: View, object_type: str) -> Slide:
    """One type, municipality by municipality: names by level for ÖP, bars for the other two."""
    values = view.only(object_type).measure(planning.ladder)
    places = ladder_rows.highest(values, view.places)
    known = places.filter(pl.col("known") > 0)
    wide = ladder_rows.by_municipality(values, view.places)
    if known.height and not known["read"].sum():
        chart = _known(known, object_type)
    elif object_type == "op" or wide.height > MOST_BARS:
        chart = replace(_map(view, known, object_type), figure=_names(known))
    else:
        chart = _ladder(wide, f"forpliktelse_per_kommun_{object_type}", "Kommun")
    return make_slide(
        view,
        kind=object_type,
        finding=findings.type_today(object_type, ladder_rows.by_type(values), places).headline,
        chart=chart,
        quote=view.filters.only(object_type),
        empty=f"Inga {TYPE_PLURAL[object_type]} i urvalet.",
    )


def themes_slide(view: View) -> Slide:
    """Themes against instruments; the commonest are drawn, all are in the table."""
    frame = view.measure(planning.themes_by_instrument, with_level=True)
    chart = themes_by_tool(frame, "teman_styrmedel")
    shown = _commonest(frame)
    words = frame.with_columns(
        pl.col("level")
        .replace_strict(dict(enumerate(LEVELS)), return_dtype=pl.String)
        .alias("level_label"),
        pl.col("instrument").replace_strict(TOOLS, return_dtype=pl.String).alias("tool_label"),
    )
    chart = replace(
        chart,
        table=chart.table.hstack(words.select("level_label", "tool_label")),
        columns=_THEME_COLUMNS,
        figure=shown if frame.height else None,
    )
    if frame["theme"].n_unique() > _MOST_THEMES or frame["instrument"].n_unique() > _MOST_TOOLS:
        fewer = f"Visar de {len(shown.rows)} vanligaste temana och {len(shown.columns)} styrmedlen"
        chart = replace(chart, note=f"{chart.note}. {fewer}")
    return make_slide(
        view,
        kind="teman",
        finding=chart.title if frame.height else "Inga teman eller styrmedel att visa ännu",
        chart=chart,
        quote=view.filters,
        empty=why_nothing(view),
    )


def why_nothing(view: View) -> str:
    """Say whether the read holds no evidence or nothing is read at all."""
    return NOTHING_FOUND if view.measure(scope.count_left)["read"] else NOTHING_READ


def _ladder(wide: pl.DataFrame, name: str, unit: str) -> Chart:
    words = "Antal handlingar efter högsta förpliktelsegrad, av de kända"
    chart = ladder.ladder(wide, name=name, title="", subtitle=words, unit_label=unit)
    limits = {"low": "Andelens undre gräns", "high": "Andelens övre gräns"}
    columns = tuple(
        each.model_copy(update={"label": limits.get(each.name, each.label)})
        for each in chart.columns
    )
    return replace(chart, columns=columns)


def _known(known: pl.DataFrame, object_type: str) -> Chart:
    """Nothing is read: how many are known of each municipality is all there is to show."""
    kinds = TYPE_PLURAL[object_type]
    total = int(known["known"].sum())
    names = pl.col("municipality_name").str.join(", ")
    table = known.group_by("known", maintain_order=True).agg(names.alias("municipalities"))
    table = table.sort("known", descending=True)
    said = "; ".join(f"{number(n)}: {names}" for n, names in table.rows())
    return Chart(
        name=f"kanda_{object_type}",
        title="",
        subtitle=f"Kommunerna efter antal kända {kinds}",
        alt=f"Antal kända {kinds} och kommuner. {said}.",
        note=f"{number(total)} kända {kinds} i {count(known.height, 'kommun', 'kommuner')}",
        table=table,
        columns=_KNOWN_COLUMNS,
        figure=Rows(
            tuple(column.label for column in _KNOWN_COLUMNS),
            tuple((number(each), own) for each, own in table.rows()),
        ),
    )


def _names(known: pl.DataFrame) -> Names | None:
    """Names of municipalities by the level that they reach, the strongest first."""
    rows = known.select("municipality_name", "level").rows()
    groups = [
        (kind_of(level), word_of(level), tuple(name for name, own in rows if own == level))
        for level in (*reversed(range(len(LEVELS))), None)
    ]
    found = tuple(group for group in groups if group[2])
    return Names(found) if found else None


def _map(view: View, places: pl.DataFrame, object_type: str) -> Chart:
    chart = region_map.commitment_map(
        places,
        view.borders,
        height=500,
        name=f"karta_{object_type}",
        title=findings.map_title(places),
        subtitle=f"Högsta förpliktelsegrad i {TYPE_PLURAL[object_type]}, per kommun",
    )
    assert isinstance(chart.figure, PlaceMap)
    return replace(chart, figure=replace(chart.figure, legend=LEGEND))


def _one_type(view: View, otherwise: str) -> str:
    chosen = view.filters.object_types
    return chosen[0] if len(chosen) == 1 else otherwise


def _commonest(frame: pl.DataFrame) -> Heat:
    def most(name: str, number_of: int, labels: dict[str, str]) -> dict[str, str]:
        sums = frame.group_by(name).agg(pl.col("passages").sum())
        top = sums.sort(["passages", name], descending=[True, False]).head(number_of)
        return used(labels, top[name].to_list())

    themes = most("theme", _MOST_THEMES, THEME.labels)
    tools = most("instrument", _MOST_TOOLS, TOOLS)
    cells = {(r["theme"], r["instrument"]): (r["passages"], r["level"]) for r in frame.to_dicts()}
    return Heat(
        "Tema",
        tuple(tools.values()),
        tuple(
            (label, tuple(cells.get((theme, tool)) for tool in tools))
            for theme, label in themes.items()
        ),
    )


MOST_LINES = 6
_WINDOW_COLUMNS = (
    COLUMN["object_name"],
    COLUMN["municipality_name"],
    Column(name="type_short", label="Slag", meaning="ÖP, DP eller MA."),
    *(
        column
        for column in WINDOW_COLUMNS
        if column.name in ("object_stage", "coverage", "since", "months_left", "tests", "clauses")
    ),
)
"""Columns of open plans that paper has room for; all of them are in the file of *Tidsfönster*."""
_CHAIN_COLUMNS = (
    COLUMN["theme"],
    *(
        Column(name=f"{step}{kind}", label=f"{label}: {words}", meaning=meaning, kind="integer")
        for step, label in thread.STEP_SHORT.items()
        for kind, words, meaning in (
            ("", "når graden", "Kommuner vars led når den valda graden, eller har test."),
            ("_judged", "kan bedömas", "Kommuner där något i ledet är läst eller kartlagt."),
        )
    ),
)


def chain_slide(view: View) -> Slide:
    """Themes along the chain ÖP → DP → MA → test, as on *Röda tråden*."""
    found = view.measure(measures.red_thread)["carry_through"]
    chart = thread.theme_chart(found, thread.AIM)
    rows = chart.table
    chart = replace(
        chart,
        title=chart.title if rows.height else "Den röda tråden kan inte följas ännu",
        subtitle=thread.SHORT_SUBTITLE,
        note=f"Visar {min(rows.height, MOST_LINES)} av {count(rows.height, 'tema', 'teman')}",
        columns=_CHAIN_COLUMNS,
    )
    lines = Rows(
        ("Tema", *thread.STEP_SHORT.values()),
        tuple(
            (
                THEME.labels[row["theme"]],
                *(thread.step_words(row, step) for step in STEP.values),
            )
            for row in rows.head(MOST_LINES).to_dicts()
        ),
        frozenset(range(1, len(STEP.values) + 1)),
    )
    return make_slide(
        view,
        kind="kedja",
        finding=chart.title,
        chart=replace(chart, figure=lines if rows.height else None),
        quote=replace(view.filters, minimum=thread.AIM),
        empty=why_nothing(view),
    )


def windows_slide(view: View) -> Slide:
    """Plans and allocations that can still take in something new, what closes first first."""
    rows = open_now(view)
    finding = windows_title(view.measure(windows.windows))
    timed = rows["months_left"].drop_nulls().len()
    order = (
        "Det som stänger först står först."
        if timed
        else "Hur länge till går inte att beräkna ännu."
    )
    chart = Chart(
        name="kan_paverkas",
        title=finding,
        subtitle=f"Före granskning eller beslut. {order}",
        alt=f"{finding}. Tabell med en handling per rad.",
        note=f"Visar {min(rows.height, MOST_LINES)} av "
        + count(rows.height, "handling", "handlingar"),
        table=with_stage_words(rows).with_columns(
            pl.col("object_type")
            .replace_strict(TYPE_SHORT, return_dtype=pl.String)
            .alias("type_short")
        ),
        columns=_WINDOW_COLUMNS,
        figure=None,
    )
    lines = Rows(
        ("Handling", "Kommun", "Skede", "Kvar" if timed else "Sedan"),
        tuple(
            (
                f"{row['object_name']} ({TYPE_SHORT[row['object_type']]})",
                row["municipality_name"],
                stage_words(row),
                left_words(row)[0] if timed else row["since"] or DASH,
            )
            for row in rows.head(MOST_LINES).to_dicts()
        ),
    )
    return make_slide(
        view,
        kind="fonster",
        finding=finding,
        chart=replace(chart, figure=lines if rows.height else None),
        empty="Ingen känd handling är i tidigt skede.",
    )


def quotation_slide(view: View) -> Slide:
    """The strongest passage of the choice, to be read aloud; its finding says who speaks."""
    found = view.ask(count_passages, view.filters)
    chart = Chart(
        name=QUOTATION,
        title="",
        subtitle="Ett av de starkaste beläggen i urvalet, ordagrant" if found else "",
        alt="",
        note=f"Ett av {count(found, 'belägg', 'belägg')} i urvalet" if found else "",
        table=pl.DataFrame(),
        columns=(),
        figure=None,
    )
    return make_slide(
        view,
        kind=QUOTATION,
        finding="Det finns inget citat i urvalet",
        chart=chart,
        quote=view.filters,
        empty="" if found else why_nothing(view),
    )
