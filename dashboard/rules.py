"""Other rules of counting in an address, in the words of the page that has them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from pipelines.indicators.scope import WhatIf
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME

PARAMETER = {
    "off_entries": "utan",
    "off_themes": "utan_tema",
    "off_instruments": "utan_styrmedel",
    "counts_from": "raknas_fran",
    "carries_from": "genomslag_fran",
    "requires_from": "krav_fran",
}
"""Field of :class:`WhatIf` → parameter of the address and key of its widget."""
_LEVELS = ("counts_from", "carries_from", "requires_from")


def to_params(rules: WhatIf, entries: Mapping[str, str]) -> dict[str, list[str]]:
    """Return every rule spelled out; lists that are empty are left out.

    Args:
        rules: the rules.
        entries: codebook entry → its label; labels are unique.
    """
    labels: dict[str, Mapping[str, str]] = {
        "off_entries": entries,
        "off_themes": THEME.labels,
        "off_instruments": INSTRUMENT.labels,
        **dict.fromkeys(_LEVELS, COMMITMENT.labels),
    }
    found = {}
    for field, name in PARAMETER.items():
        value = getattr(rules, field)
        codes = value if isinstance(value, tuple) else (value,)
        found[name] = [labels[field][code] for code in codes if code in labels[field]]
    return {name: values for name, values in found.items() if values}


def query(rules: WhatIf, entries: Mapping[str, str]) -> str:
    """Return the rules as the last part of an address, without a leading sign."""
    return urlencode(to_params(rules, entries), doseq=True)
