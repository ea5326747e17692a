"""One open plan: time left, what it lacks, what fits and why, and what the law leaves open."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.window_timeline import left_words
from dashboard.components.card import card, note
from dashboard.components.legal_reach import STAGES
from dashboard.components.link_values import keep_in_link
from dashboard.components.quotation import marked, source_line
from dashboard.components.unfold import table_and_files
from dashboard.components.view import View
from dashboard.components.window_finding import is_compared
from dashboard.components.window_panels import SOURCE, WINDOW, stage_words, window_name
from dashboard.components.wording_panels import plain_text
from dashboard.filters import level_label
from dashboard.queries.windows import suggestions
from dashboard.text import TYPE_SINGULAR, capital, count, listing, number
from pipelines.model.codes import COVERAGE, THEME
from pipelines.model.columns import COLUMN

_SHOWN = 3
_COLUMNS = tuple(
    COLUMN[name]
    for name in ("theme", "match_kind", "match_rank", "match_id", "reason", "activity_name",
                 "quote", "page", "document_title", "municipality_name")
)  # fmt: skip


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
        st.html(_lacks(row) + _tests(tests) + _clauses(view, clauses) + _reach(row))
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


def _part(title: str, body: str) -> str:
    return f'<section class="fonsterdel"><h3>{escape(title)}</h3>{body}</section>'


def _lacks(row: dict[str, Any]) -> str:
    badges = "".join(
        f'<span class="bricka">{escape(THEME.labels[each])}</span>' for each in row["lacks"] or []
    )
    basis = f'<p class="tyst">{escape(row["lacks_basis"])}.</p>'
    if badges:
        title = "Saknas jämfört med liknande kommuner"
        title = title if row["is_read"] else "Vanligt hos liknande kommuner, okänt här"
        return _part(title, f"<p>{badges}</p>{basis}")
    if is_compared(row["lacks_basis"]):
        return _part("Saknar inget som är vanligt hos liknande kommuner", basis)
    return _part("Vad som saknas går inte att säga", basis)


def _tests(tests: pl.DataFrame) -> str:
    if not tests.height:
        return _part("Testverksamhet", "<p>Ingen pågående test i närheten på dessa teman.</p>")
    items = "".join(_test(row) for row in tests.head(_SHOWN).to_dicts())
    return _part(_of("Testverksamhet som passar", tests), f"<ul>{items}</ul>")


def _of(title: str, frame: pl.DataFrame) -> str:
    if frame.height <= _SHOWN:
        return title
    return f"{title}, {number(_SHOWN)} av {number(frame.height)}"


def _test(row: dict[str, Any]) -> str:
    name = escape(row["activity_name"])
    if row["test_url"]:
        href = escape(row["test_url"], quote=True)
        name = f'<a href="{href}" target="_blank" rel="noopener">{name}</a>'
    reason = row["reason"].removeprefix(row["activity_name"]).strip()
    host = f" Värd: {row['host']}." if row["host"] else ""
    return f"<li><b>{name}</b> {escape(reason)}{escape(host)}</li>"


def _clauses(view: View, clauses: pl.DataFrame) -> str:
    if not clauses.height:
        return _part(
            "Skrivningar att låna",
            "<p>Ingen bindande skrivning om dessa teman är läst i liknande kommuner.</p>",
        )
    items = "".join(_clause(view, row) for row in clauses.head(_SHOWN).to_dicts())
    return _part(_of("Skrivningar att låna", clauses), items)


def _clause(view: View, row: dict[str, Any]) -> str:
    source = source_line({**row, "instruments": [], "themes": []})
    copied = escape(plain_text(row, view.region.mark), quote=True)
    place = escape(row["municipality_name"], quote=True)
    link = ""
    if row["source_url"]:
        href = escape(row["source_url"], quote=True)
        link = f' · <a href="{href}" target="_blank" rel="noopener">Till källan</a>'
    return (
        f'<article class="skrivning n{row["level"]}"><p class="ord">'
        f"{marked(row['quote'], row['spans'])}</p>"
        f'<p class="marken"><span class="niva n{row["level"]}">{level_label(row["level"])}</span> '
        f'{escape(_why(row))}</p><p class="kalla">{escape(source)}{link}</p>'
        f'<button type="button" class="lank" aria-label="Kopiera med källa, {place}" '
        f'data-copy="{copied}">Kopiera med källa</button></article>'
    )


def _why(row: dict[str, Any]) -> str:
    """The likeness in words; what the clause is about stands in its themes."""
    themes = listing(THEME.labels[each].lower() for each in sorted(row["answers"]))
    alike = row["reason"].rsplit(";", 1)[-1].strip()
    return f"{capital(themes)}; {alike}"


def _reach(row: dict[str, Any]) -> str:
    """The levers that the law leaves open at this stage, and at the next one."""
    places = [i for i, stage in enumerate(STAGES) if stage.object_type == row["object_type"]]
    shown = STAGES[places[0] : places[0] + 2]
    items = "".join(
        f"<li><b>{escape(stage.name)}</b> {escape(stage.open)} "
        f'<span class="tyst">{escape(stage.limit)} {escape(stage.law)}.</span></li>'
        for stage in shown
    )
    return _part("Rådighet: det här är öppet nu, och i nästa skede", f"<ul>{items}</ul>")
