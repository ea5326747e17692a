"""Cards of *Tidsfönster*: the timeline, the list, and the one chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.app_pages.tidsfonster.finding import is_compared
from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words, long_waiting, timeline
from dashboard.parts.card import card, chart_card, note
from dashboard.parts.downloads import download
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.legal_reach import STAGES
from dashboard.parts.markup import badges, outside, show
from dashboard.parts.page import nothing
from dashboard.parts.quotation import wording
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import rest_of, table_and_files
from dashboard.parts.view import View
from dashboard.parts.windows import (
    WINDOW,
    link_to,
    measuring_day,
    stage_words,
    window_name,
    with_stage_words,
)
from dashboard.queries.windows import funding_calls, reference_figures, suggestions, window_list
from dashboard.text import DASH, TYPE_SHORT, TYPE_SINGULAR, capital, count, listing, number, part
from pipelines.model.codes import COVERAGE, THEME
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLE

_FIRST = 8
SOURCE = "kommunernas planregister och planhandlingar"
_SHOWN = 3
_OTHER_CALLS = {"unknown": "saknar datum", "later": "öppnar senare", "closed": "har stängt"}
"""State of a call that is not open → how it is counted."""
_COLUMNS = tuple(
    COLUMN[name]
    for name in ("theme", "match_kind", "match_rank", "match_id", "reason", "activity_name",
                 "quote", "page", "document_title", "municipality_name")
)  # fmt: skip


def none_open(view: View) -> None:
    """Say that nothing in the choice can be influenced, and which filter hides what can."""
    nothing(
        view,
        "Inga öppna planer eller markanvisningar i urvalet.",
        lambda chosen: view.ask(window_list, chosen, measuring_day(view)).height,
    )


def time_line(view: View, windows: pl.DataFrame) -> None:
    """Draw the timeline."""
    chart = timeline(with_stage_words(windows), measuring_day(view))
    chart_card(
        view, chart, key="tidslinje", follow=_one, leads_to="tidsfonster", source=SOURCE,
        below=lambda: _undrawn(windows),
    )  # fmt: skip


def _one(data: list[Any]) -> dict[str, Any]:
    """``[object_name, municipality_name]``: the same page with that plan explained."""
    return {WINDOW: window_name(dict(zip(("object_name", "municipality_name"), data, strict=True)))}


def _undrawn(windows: pl.DataFrame) -> None:
    """Say why some have no time left, each reason once."""
    reasons = (
        windows.filter(pl.col("months_left").is_null())
        .group_by("basis").len("n").sort("n", "basis", descending=[True, False])
    )  # fmt: skip
    if reasons.height:
        words = "; ".join(f"{number(n)}: {basis}" for basis, n in reasons.head(3).rows())
        show(h.p(".under")[f"Utan beräknad tid – {words}."])
    waiting = long_waiting(windows)
    if waiting:
        what = count(waiting, "handling har", "handlingar har")
        words = "stått i skedet i mer än tre år: kontrollera att registret stämmer."
        show(h.p(".under")[f"{what} {words}"])


def planning_times(view: View) -> None:
    """Put open statistics on planning times beside the windows; nothing where none is delivered."""
    figures = view.ask(reference_figures, view.filters)
    if not figures.height:
        return
    title = "Planeringstid i öppen statistik"
    with card("planeringstid", title, "Att ställa bredvid tiderna ovan, som bygger på registret."):

        def draw(some: pl.DataFrame) -> None:
            show_table(
                ["Tal", "Gäller", "Period", "Värde"],
                [_figure_row(row) for row in some.to_dicts()],
                caption=title,
                numeric=frozenset(),
            )

        draw(figures.head(_FIRST))
        rest_of(figures, _FIRST, ("tal till", "tal till"), draw, key="planeringstid")
        remarks = [
            capital(each) for each in figures["note"].drop_nulls().unique(maintain_order=True)
        ]
        note(view, ". ".join(remarks), "öppen statistik")
        with st.container(horizontal=True, gap="medium"):
            columns = TABLE["reference_figure"].columns
            download(view, "jamforelsetal", figures, columns, key="planeringstid")


def _figure_row(row: dict[str, Any]) -> list[Cell]:
    behind = count(row["figure_n"], "kommun", "kommuner") if row["figure_n"] else ""
    values = " · ".join(row["figure_values"])
    return [
        Cell(row["figure_name"], row["source_url"] or ""),
        Cell(row["figure_place"], second=behind),
        Cell(row["figure_period"] or DASH),
        Cell(f"{values} {row['figure_unit'] or ''}".strip()),
    ]


def calls(view: View) -> None:
    """List the funders' calls that are open; nothing where no call is delivered."""
    today = (view.region.today or date.today()).isoformat()
    every = view.ask(funding_calls, today)
    if not every.height:
        return
    is_open, title = every.filter(call_state="open"), "Utlysningar som är öppna"
    with card("utlysningar", title, f"Öppna {today}. Den som stänger först står först."):

        def draw(some: pl.DataFrame) -> None:
            rows = [_call_row(row) for row in some.to_dicts()]
            show_table(["Utlysning", "Stänger"], rows, caption=title, numeric=frozenset())

        if is_open.height:
            draw(is_open.head(_FIRST))
            rest_of(is_open, _FIRST, ("utlysning", "utlysningar"), draw, key="utlysningar")
        else:
            show(h.p["Ingen utlysning är säkert öppen."])
        states = every["call_state"].to_list()
        said = [
            count(n, f"utlysning {words}", f"utlysningar {words}")
            for state, words in _OTHER_CALLS.items()
            if (n := states.count(state))
        ]
        if said:
            show(h.p(".under")[f"{'. '.join(said)}."])
        note(
            view,
            f"Filen har alla {number(every.height)} som är kända",
            "finansiärernas utlysningar",
        )
        with st.container(horizontal=True, gap="medium"):
            columns = TABLE["funding_call"].columns
            download(view, "utlysningar", every, columns, key="utlysningar", filtered=False)


def _call_row(row: dict[str, Any]) -> list[Cell]:
    about = listing(THEME.labels[each].lower() for each in row["themes"] or [])
    second = " · ".join(part for part in (row["call_funder"], about) if part)
    return [Cell(row["call_title"], row["source_url"] or "", second), Cell(row["closes_date"])]


def window_table(view: View, windows: pl.DataFrame) -> None:
    """List what is open, which is something; each name leads to what it lacks and what fits."""
    matched = windows.filter((pl.col("tests") + pl.col("clauses")) > 0).height
    title = f"{capital(part(matched, windows.height))} har något som passar"
    subtitle = (
        "Det som stänger först står först, sedan det som senast kom i sitt skede. "
        "Välj en handling för förslag och rådighet."
    )
    with card("fonsterlista", title, subtitle):
        _rows(view, windows.head(_FIRST), title)
        rest_of(
            windows,
            _FIRST,
            ("handling", "handlingar"),
            lambda rows: _rows(view, rows, f"{title}, fortsättning"),
            key="fonsterlista",
        )
        read = windows.filter("is_read").height
        note(view, f"{number(read)} av {number(windows.height)} lästa", SOURCE)
        frame = with_stage_words(windows)
        table_and_files(
            view, "tidsfonster", frame, WINDOW_COLUMNS, caption=title, key="fonsterlista"
        )


def _rows(view: View, windows: pl.DataFrame, caption: str) -> None:
    show_table(
        ["Handling", "Skede", "Kvar", "Saknar", "Passar"],
        [_row(view, row) for row in windows.to_dicts()],
        caption=caption,
        numeric=frozenset(),
    )


def _row(view: View, row: dict[str, Any]) -> list[Cell]:
    left, interval = left_words(row)
    href = link_to(view, row)
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], href, where),
        Cell(stage_words(row), second=f"sedan {row['since']}" if row["since"] else ""),
        Cell(f"kvar {left}" if row["months_left"] is not None else "okänd tid", second=interval),
        Cell(_lacking(row), second=_reading(row)),
        Cell(_fits(row)),
    ]


def _lacking(row: dict[str, Any]) -> str:
    names = [THEME.labels[each].lower() for each in row["lacks"] or []]
    more = f" och {number(len(names) - 2)} till" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more if names else DASH


def _reading(row: dict[str, Any]) -> str:
    """What is read; an unread plan may hold what it is said to lack."""
    state = COVERAGE.labels[row["coverage"]].lower()
    return state if row["is_read"] else f"osäkert: {state}"


def _fits(row: dict[str, Any]) -> str:
    parts = [
        count(row[name], one, many)
        for name, one, many in (
            ("tests", "test", "tester"),
            ("clauses", "skrivning", "skrivningar"),
        )
        if row[name]
    ]
    return ", ".join(parts) or DASH


def choice(windows: pl.DataFrame) -> dict[str, Any]:
    """Draw the choice of an open plan and return its row."""
    rows = {window_name(row): row for row in windows.to_dicts()}
    if st.session_state.get(WINDOW) not in rows:
        st.session_state.pop(WINDOW, None)
    chosen = st.selectbox(
        "Välj en öppen handling",
        list(rows),
        index=_first_matched(list(rows.values())),
        key=WINDOW,
        bind="query-params",
        width=560,
    )
    shown = chosen if chosen in rows else next(iter(rows))
    keep_in_link(WINDOW, shown)
    return rows[shown]


def _first_matched(rows: list[dict[str, Any]]) -> int:
    """The place of the first plan that something fits, to open on."""
    return next((i for i, row in enumerate(rows) if row["tests"] + row["clauses"]), 0)


def detail(view: View, row: dict[str, Any]) -> None:
    """Draw what the chosen plan lacks, what fits, and what the law leaves open."""
    found = view.ask(suggestions, row["object_id"])
    if view.filters.themes:
        found = found.filter(pl.col("theme").is_in(view.filters.themes))
    tests = _once(found, "test")
    clauses = _once(found, "clause")
    with card("fonstret", _title(row, tests, clauses), _facts(row)):
        show(_lacks(row), _tests(tests), _clauses(view, clauses), _reach(row))
        what = count(tests.height + clauses.height, "förslag", "förslag")
        note(view, f"{what} ur liknande och närliggande kommuner", SOURCE)
        table_and_files(view, "forslag", found, _COLUMNS, caption="Förslag", key="fonstret")


def _once(found: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Each suggestion once, with all themes it answers to."""
    own = found.filter(pl.col("match_kind") == kind)
    answers = own.group_by("match_id").agg(pl.col("theme").unique().alias("answers"))
    return own.unique("match_id", keep="first", maintain_order=True).join(
        answers, on="match_id", maintain_order="left"
    )


def _title(row: dict[str, Any], tests: pl.DataFrame, clauses: pl.DataFrame) -> str:
    parts = [
        count(frame.height, one, many)
        for frame, one, many in ((tests, "test", "tester"), (clauses, "skrivning", "skrivningar"))
        if frame.height
    ]
    what = f"{listing(parts)} passar" if parts else "inget förslag ännu"
    return f"{row['object_name']}: {what}"


def _facts(row: dict[str, Any]) -> str:
    left, interval = left_words(row)
    since = f" sedan {row['since']}" if row["since"] else ""
    return (
        f"{row['municipality_name']} · {TYPE_SINGULAR[row['object_type']]} · "
        f"{stage_words(row).lower()}{since} · "
        f"tid kvar {left} ({interval[:1].lower()}{interval[1:]}) · "
        f"{COVERAGE.labels[row['coverage']].lower()}"
    )


def _part(title: str, *body: h.Node) -> h.Element:
    return h.section(".fonsterdel")[h.h3[title], body]


def _lacks(row: dict[str, Any]) -> h.Element:
    lacking = badges(THEME.labels[each] for each in row["lacks"] or [])
    basis = h.p(".tyst")[f"{row['lacks_basis']}."]
    if lacking:
        title = "Saknas jämfört med liknande kommuner"
        title = title if row["is_read"] else "Vanligt hos liknande kommuner, okänt här"
        return _part(title, h.p[lacking], basis)
    if is_compared(row["lacks_basis"]):
        return _part("Saknar inget som är vanligt hos liknande kommuner", basis)
    return _part("Vad som saknas går inte att säga", basis)


def _tests(tests: pl.DataFrame) -> h.Element:
    if not tests.height:
        none = "Ingen pågående test i närheten på dessa teman."
        return _part("Testverksamhet", h.p[none])
    items = (_test(row) for row in tests.head(_SHOWN).to_dicts())
    return _part(_of("Testverksamhet som passar", tests), h.ul[items])


def _of(title: str, frame: pl.DataFrame) -> str:
    if frame.height <= _SHOWN:
        return title
    return f"{title}, {number(_SHOWN)} av {number(frame.height)}"


def _test(row: dict[str, Any]) -> h.Element:
    reason = row["reason"].removeprefix(row["activity_name"]).strip()
    host = f" Värd: {row['host']}." if row["host"] else ""
    return h.li[h.b[outside(row["test_url"], row["activity_name"])], f" {reason}{host}"]


def _clauses(view: View, clauses: pl.DataFrame) -> h.Element:
    if not clauses.height:
        none = "Ingen bindande skrivning om dessa teman är läst i liknande kommuner."
        return _part("Skrivningar att låna", h.p[none])
    items = (wording(view, row, [_why(row)]) for row in clauses.head(_SHOWN).to_dicts())
    return _part(_of("Skrivningar att låna", clauses), items)


def _why(row: dict[str, Any]) -> str:
    """The likeness in words; what the clause is about is in its themes."""
    themes = listing(THEME.labels[each].lower() for each in sorted(row["answers"]))
    alike = row["reason"].rsplit(";", 1)[-1].strip()
    return f"{capital(themes)}; {alike}"


def _reach(row: dict[str, Any]) -> h.Element:
    """The levers that the law leaves open at this stage, and at the next one."""
    places = [i for i, stage in enumerate(STAGES) if stage.object_type == row["object_type"]]
    items = (
        h.li[h.b[stage.name], f" {stage.open} ", h.span(".tyst")[f"{stage.limit} {stage.law}."]]
        for stage in STAGES[places[0] : places[0] + 2]
    )
    return _part("Rådighet: det här är öppet nu, och i nästa skede", h.ul[items])
