"""Roles and what they allow, as data: the one place that defines them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Action = Literal["read", "hand_in", "review", "meet", "follow_up"]
ACTIONS: Mapping[Action, str] = {
    "read": "läsa panelen",
    "hand_in": "kontrollera och lämna in filer",
    "review": "koda och rätta",
    "meet": "hålla möten och skriva protokoll",
    "follow_up": "ändra status på uppgifter",
}
"""What can be allowed → the words for it after *får*."""


@dataclass(frozen=True)
class Role:
    """A name that people are given, and what it allows beside reading."""

    label: str
    may: frozenset[Action]


ROLES: Mapping[str, Role] = {
    "reader": Role("läsare", frozenset()),
    "deliverer": Role("leverantör", frozenset({"hand_in"})),
    "reviewer": Role("granskare", frozenset({"review"})),
    "coordinator": Role("samordnare", frozenset({"meet", "follow_up"})),
}
"""Code → role, from least to most. Somebody may have several; whoever has one may read."""
