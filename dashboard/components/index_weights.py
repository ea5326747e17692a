"""A reader's own weights for the innovation index: kept in the address, scaled to sum to one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.charts.innovation_index import PART_LABELS
from dashboard.components.card import card
from dashboard.components.link_values import keep_in_link
from dashboard.text import NBSP, apportioned, number
from pipelines.indicators.innovation_index import COMPONENTS, EQUAL

_EVEN = 5
_MOST = 10
_MEANINGS = {
    "depth": "Hur starkt handlingarna binder: medel av deras högsta förpliktelsegrad.",
    "breadth": "Hur många teman och styrmedel som finns, av 22.",
    "density": "Hur tätt beläggen står: tio per tio sidor ger 100.",
    "carry": "Hur stor andel av leden som håller, från översiktsplan till test på plats.",
}
_KEYS = {
    "depth": "vikt_djup",
    "breadth": "vikt_bredd",
    "density": "vikt_tathet",
    "carry": "vikt_genomslag",
}
"""Address parameter of each component's weight."""


def reset() -> None:
    """Give the four components the same weight."""
    for key in _KEYS.values():
        st.session_state[key] = _EVEN


def scaled(points: Mapping[str, int]) -> dict[str, float]:
    """Weights that sum to one; four zeros say nothing, so all count equally then.

    >>> scaled({"depth": 6, "breadth": 2, "density": 2, "carry": 0})
    {'depth': 0.6, 'breadth': 0.2, 'density': 0.2, 'carry': 0.0}
    """
    total = sum(points.values())
    return {name: points[name] / total for name in COMPONENTS} if total else dict(EQUAL)


def whole_percent(weights: Mapping[str, float]) -> dict[str, int]:
    """Weights in whole percent that sum to 100.

    >>> whole_percent({"depth": 1 / 3, "breadth": 1 / 3, "density": 1 / 3, "carry": 0.0})
    {'depth': 34, 'breadth': 33, 'density': 33, 'carry': 0}
    """
    shares = apportioned([100 * weight for weight in weights.values()])
    return {name: int(share) for name, share in zip(weights, shares, strict=True)}


def choice() -> dict[str, float]:
    """Draw one slider a component and return the weights."""
    with card("vikter", "Vad ska väga mest?", "Dra i reglagen: index och platser räknas om direkt"):
        points = {}
        for pair in (COMPONENTS[:2], COMPONENTS[2:]):
            # A row for each pair, so that a phone keeps the order of the components.
            for name, column in zip(pair, st.columns(2, gap="medium"), strict=True):
                points[name] = column.slider(
                    PART_LABELS[name],
                    0,
                    _MOST,
                    _EVEN,
                    key=_KEYS[name],
                    bind="query-params",
                    help=_MEANINGS[name],
                )
        for name, value in points.items():
            keep_in_link(_KEYS[name], str(value))
        weights = scaled(points)
        shares = " · ".join(
            f"{PART_LABELS[name].lower()} {number(share)}{NBSP}%"
            for name, share in whole_percent(weights).items()
        )
        empty = "" if any(points.values()) else "Alla reglage står på noll: delarna väger lika. "
        st.html(
            f'<p class="under" role="status">{empty}Vikterna räknas om till 100 procent: {shares}.'
            "</p>"
        )
        st.button(
            "Återställ vikter",
            key="aterstall-vikter",
            on_click=reset,
            type="tertiary",
            disabled=is_even(weights),
        )
    return weights


def is_even(weights: Mapping[str, float]) -> bool:
    """Whether these are the published weights."""
    return dict(weights) == dict(EQUAL)
