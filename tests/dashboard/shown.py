"""What pages show of numbers: every chart made and every file offered, recorded as they run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import polars as pl
import pytest
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer
from streamlit.testing.v1 import AppTest

from dashboard.draw.chart import Chart
from dashboard.pages import PAGES
from dashboard.parts.view import View
from pipelines.model.columns import Column
from pipelines.model.region import PROJECT
from tests.dashboard.conftest import Place

FRAME = str(PROJECT / "dashboard" / "frame.py")
Rows = list[list[str]]


@dataclass(frozen=True)
class File:
    """One CSV as it is offered: its name, what it is made of (None where a table is whole)."""

    name: str
    content: bytes
    frame: pl.DataFrame | None
    columns: tuple[Column, ...]

    @property
    def is_excel(self) -> bool:
        return self.name.endswith("_excel.csv")

    @property
    def rows(self) -> Rows:
        """The file as a program reads it, headings first."""
        text = io.StringIO(self.content.decode("utf-8-sig"), newline="")
        return list(csv.reader(text, delimiter=";" if self.is_excel else ","))


@dataclass
class Shown:
    """What one run of a page shows: its charts, files and HTML."""

    name: str
    view: View | None = None
    charts: list[Chart] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)
    html: str = ""
    municipality: str = ""

    def file(self, stem: str, dialect: str) -> File | None:
        """The file of a chart or table by the stem of its name."""
        start = re.compile(rf"^[a-z]+_{re.escape(stem)}_\d{{4}}-\d\d-\d\d(_.*)?_{dialect}\.csv$")
        return next((file for name, file in self.files.items() if start.match(name)), None)

    def tables(self, caption: str) -> list[Rows]:
        """The tables on the page with a caption, as text."""
        found = re.findall(
            rf'class="rader"><caption>{re.escape(escape(caption))}</caption>(.*?)</table>',
            self.html,
            re.DOTALL,
        )
        return [
            [
                [_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
                for line in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
            ]
            for body in found
        ]


def stem_of(file: str) -> str:
    """``exempeldata_karta_op_2026-11-28_askhamn_excel.csv`` → ``karta_op``."""
    found = re.match(r"^[a-z]+_(.+?)_\d{4}-\d\d-\d\d(_.*)?_(excel|standard)\.csv$", file)
    assert found, f"{file} does not say region, content, edition and dialect"
    return found[1]


@contextmanager
def recorded(into: Callable[[], Shown]) -> Iterator[None]:
    """Record every chart that is made and every file that is offered meanwhile."""
    make, offer = Chart.__init__, st.download_button

    def made(self: Chart, *values: Any, **named: Any) -> None:
        make(self, *values, **named)
        into().charts.append(self)

    def offered(label: str, **named: Any) -> Any:
        if named["file_name"].endswith(("_excel.csv", "_standard.csv")):
            name, data = str(named["file_name"]), named["data"]
            frame, columns = _made_of(data)
            into().files[name] = File(name, data(), frame, columns)
        return offer(label, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chart, "__init__", made)
        patch.setattr(st, "download_button", offered)
        # Tables and files are made when they are opened: here all of them are.
        for part in (ExpanderContainer, PopoverContainer):
            patch.setattr(part, "open", property(lambda _: True, lambda _, _value: None))
        yield


def session(place: Place, pages: Iterable[str], **params: str | list[str]) -> Iterator[AppTest]:
    """Open the pages one after another in one session with a choice; each has one headline."""
    with pytest.MonkeyPatch.context() as patch:
        place.enter(patch)
        test = AppTest.from_file(FRAME, default_timeout=180)
        for key, value in params.items():
            test.query_params[key] = value
        test.run()
        for name in pages:
            test.switch_page(PAGES[name].script).run()
            assert not test.exception, (name, test.exception)
            assert not test.error, (name, test.error)
            assert html_of(test).count('<h1 class="fynd">') == 1, name
            yield test


def walk(place: Place, pages: Sequence[str], **params: str | list[str]) -> dict[str, Shown]:
    """Open the pages one after another in one session with a choice, and record each."""
    shown = {name: Shown(name) for name in pages}
    left = iter(shown.values())
    now = Shown("")

    def names() -> Iterator[str]:
        nonlocal now
        for now in left:
            yield now.name

    with recorded(lambda: now):
        for test in session(place, names(), **params):
            now.view = test.session_state["view"]
            now.html = html_of(test)
            kept = test.session_state
            now.municipality = str(kept.enkommun if hasattr(kept, "enkommun") else "")
    return shown


def _made_of(data: Any) -> tuple[pl.DataFrame | None, tuple[Column, ...]]:
    """The rows and columns that a file is made of, fetched where they are so; none of a table."""
    rows, columns, *_ = [*getattr(data, "args", ()), None, ()]
    frame = rows() if callable(rows) else rows
    if not isinstance(frame, pl.DataFrame):
        return None, ()
    return frame, tuple(each for each in columns if each.name in frame.columns)


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00ad", "").strip()


def html_of(test: AppTest) -> str:
    """All HTML of a page."""
    return " ".join(element.proto.body for element in test.get("html"))


def text_of(html: str) -> str:
    """What a reader meets of HTML, in one line."""
    plain = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain).strip()
