"""From a part of a chart to what lies behind it: set the filters, then go to that page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.filters import LOWEST, lowest_listed

EVIDENCE = "belagg"
_TARGET = "folj"


def follow_point(
    key: str, follow: Callable[[list[Any]], dict[str, Any] | None], page: str = EVIDENCE
) -> None:
    """Take a click on a chart to a page, as a rule the passages; some parts lead nowhere.

    The chart's key changes afterwards, so that the same part can be clicked again on return.
    """
    points = st.session_state[key]["selection"]["points"]
    data = points[0].get("customdata") if points else None
    values = follow(list(data)) if data else None
    if values is None:
        return
    for name, value in values.items():
        st.session_state[name] = value
    if "hogst" in values:
        lowest = st.session_state.get("minst") or LOWEST
        st.session_state["minst"] = lowest_listed(lowest, values["hogst"])
    st.session_state[_TARGET] = page
    st.session_state["foljda"] = st.session_state.get("foljda", 0) + 1


def go_if_followed(pages: dict[str, Any]) -> None:
    """Switch page when a part was clicked.

    Called after the filters are drawn. The empty parameters matter: without them Streamlit tries
    to clear bound ones and fails; the filters write themselves to the address on the new page.
    """
    target = st.session_state.pop(_TARGET, None)
    if target is not None:
        st.switch_page(pages[target], query_params={})
