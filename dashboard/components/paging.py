"""Page numbers over what is shown a piece at a time."""

from __future__ import annotations

from typing import Literal

import streamlit as st


def page_number(
    total: int, each: int, *, key: str, bind: Literal["query-params"] | None = None
) -> int:
    """Draw page numbers and return the chosen page; nothing to choose on a single page.

    Args:
        total: how many there are.
        each: how many a page shows.
        key: the widget's, and its name in the address where it is bound.
        bind: whether the page stands in the address.
    """
    pages = -(-total // each)
    if pages < 2:
        return 1
    with st.container(horizontal=True, key=f"rad-{key}", vertical_alignment="center"):
        page = min(st.pagination(pages, key=key, bind=bind), pages)
        first = (page - 1) * each + 1
        last = min(page * each, total)
        st.html(f'<p class="underlagsrad" role="status">Visar {first}–{last} av {total}</p>')
    return page
