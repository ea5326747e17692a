"""The rules of counting that a reader can change; each is bound to the address."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import polars as pl
import streamlit as st

from dashboard.components.card import card
from dashboard.components.link_values import keep_in_link
from dashboard.components.view import View
from dashboard.queries import method
from dashboard.rules import PARAMETER, query, to_params
from pipelines.indicators.counterfactual import SWITCHABLE
from pipelines.indicators.selection import AS_PUBLISHED, WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

_EXPLAINED = (
    "Ett avstängt ord tar med sig passager som inget annat ord öppnar och koder som inget annat "
    "ord talar för, räknat på utgåvans egna passager – en minsta ändring, för en ny kodning "
    "skulle också väga om orden som är kvar."
)


def entries_of(view: View) -> dict[str, str]:
    """Codebook entry → label, of those that can be switched off, in the codebook's order."""
    codebook = view.ask(method.codebook).filter(pl.col("kind").is_in(SWITCHABLE))
    return dict(codebook.select("entry_id", "label").rows())


def reset() -> None:
    """Give back the published rules."""
    for field, key in PARAMETER.items():
        value = getattr(AS_PUBLISHED, field)
        st.session_state[key] = list(value) if isinstance(value, tuple) else value


def choice(view: View, entries: Mapping[str, str]) -> WhatIf:
    """Draw the rules and return them; the link spells out every one."""
    with card("regler", "Ändra reglerna", "Talen räknas om direkt. Inget publicerat ändras."):
        rules = WhatIf(
            off_entries=_off("Ord i kodboken att stänga av", "off_entries", entries),
            off_themes=_off("Teman att stänga av", "off_themes", THEME.labels),
            off_instruments=_off("Styrmedel att stänga av", "off_instruments", INSTRUMENT.labels),
            counts_from=_level("Räknas som belägg från", "counts_from"),
            carries_from=_level("Börjar en tråd från", "carries_from"),
            requires_from=_level("Kallas krav från", "requires_from"),
        )
        for name, values in to_params(rules, entries).items():
            keep_in_link(name, *values)
        _buttons(view, rules, entries)
        st.html(
            "<details class=fot><summary>Vad händer när ett ord stängs av?</summary>"
            f"<p>{_EXPLAINED}</p></details>"
        )
    return rules


def _buttons(view: View, rules: WhatIf, entries: Mapping[str, str]) -> None:
    address = f"{view.link('')}&{query(rules, entries)}"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.html(
            f'<button type="button" class="lank" data-copy="{escape(address, quote=True)}">'
            "Kopiera länk till reglerna</button>",
            width="content",
        )
        st.button(
            "Återställ reglerna",
            key="aterstall-regler",
            on_click=reset,
            type="tertiary",
            disabled=rules.is_published,
        )


def _off(label: str, field: str, options: Mapping[str, str]) -> tuple[str, ...]:
    chosen: list[str] = st.multiselect(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        placeholder="Inget avstängt",
        select_all=False,
        key=PARAMETER[field],
        bind="query-params",
    )
    return tuple(code for code in chosen if code in options)


def _level(label: str, field: str) -> str:
    published: str = getattr(AS_PUBLISHED, field)
    chosen = st.segmented_control(
        label,
        COMMITMENT.values[1:],
        format_func=COMMITMENT.labels.__getitem__,
        default=published,
        required=True,
        key=PARAMETER[field],
        bind="query-params",
    )
    return chosen or published
