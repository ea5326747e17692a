"""HTML of pages: how it is shown, and the pieces that several pages write alike.

It is made by a library that escapes every text, so that none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

import htpy as h
import streamlit as st

from dashboard.filters import level_label
from dashboard.handling.address import outside_address


def show(*nodes: h.Node, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw HTML."""
    st.html(str(h.fragment[nodes]), width=width)


def link(href: str, words: h.Node, *, label: str | None = None) -> h.Element:
    """A link to a page of the dashboard; ``label`` is its name if the words are not."""
    return h.a(href=href, target="_self", aria_label=label)[words]


def outside(url: str | None, words: h.Node) -> h.Node:
    """A link to another site in a tab of its own; only the words where there is nothing to open."""
    href = outside_address(url)
    return h.a(href=href, target="_blank", rel="noopener")[words] if href else words


def level_mark(level: int) -> h.Element:
    """A level of the ladder as a word in its colour."""
    return h.span(class_=f"niva n{level}")[level_label(level)]


def badges(words: Iterable[str], kind: str = "") -> list[h.Element]:
    """Words in small frames; ``kind`` is a class that colours them."""
    return [h.span(class_=f"bricka {kind}".strip())[each] for each in words]


def between(nodes: Iterable[h.Node], sign: str) -> h.Node:
    """Nodes with a sign between them, as ``str.join`` does with texts."""
    return list(chain.from_iterable((sign, each) for each in nodes))[1:]


def facts(pairs: Iterable[tuple[str, str]], kind: str = "fakta") -> h.Element:
    """Names with their values."""
    return h.dl(class_=kind)[(h.div[h.dt[name], h.dd[value]] for name, value in pairs)]


def reasons(rows: Iterable[tuple[str, h.Node]]) -> h.Element:
    """What lacks a number, under the reason that it shares."""
    return h.ul(".utanindex")[(h.li[h.span[why], h.p[names]] for why, names in rows)]


def weight_bar(percent: float) -> h.Element:
    """A small bar beside a number between 0 and 100."""
    return h.span(".vikt")[h.i(style=f"width:{percent:.0f}%")]


def file_line(name: str, *about: h.Node) -> h.Element:
    """A line of a list of files: its name, and quietly what it is."""
    return h.p(".filrad")[h.b[name], " ", h.span(".tyst")[about]]


def copy_button(words: str, text: str, *, label: str | None = None) -> h.Element:
    """A quiet button that copies a text."""
    return h.button(".lank", type="button", aria_label=label, data_copy=text)[words]


def small_table(caption: str, headers: Sequence[h.Node], body: h.Node, kind: str) -> h.Element:
    """A table in the pages' style from its finished lines."""
    return h.table(class_=kind)[
        h.caption[caption],
        h.thead[h.tr[(h.th(scope="col")[each] for each in headers)]],
        h.tbody[body],
    ]
