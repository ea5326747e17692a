"""Why a number differs between two editions, split so that the parts sum to the change.

The parts are Shapley values: each cause's effect on the number, averaged over all orders in which
the causes could have come about (Shorrocks 2013, Journal of Economic Inequality 11, 99–126). So no
order is favoured and nothing is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import combinations
from math import factorial, fsum

import polars as pl

from pipelines.indicators import (
    actions,
    chain,
    market,
    planning,
    quality,
    scaling,
    testing,
    windows,
)
from pipelines.indicators.scope import Scope, Selection
from pipelines.indicators.values import Values, value_table
from pipelines.indicators.worlds import Worlds
from pipelines.model.codes import CAUSE

Measure = Callable[[Scope], Values]
Key = tuple[str, str]
Numbers = dict[Key, float | None]

_FROM_TEXTS: Mapping[str, Measure] = {
    "1.1": planning.inclusion,
    "1.3": planning.requirement,
    "1.4": planning.breadth,
    "1.5": planning.density,
    "1.7": planning.early,
    "1.6": chain.carry_through,
    "1.8": windows.windows,
    "3.1": market.criteria,
    "K.1": quality.coverage,
    "K.2": quality.readability,
}
_FROM_REGISTERS: Mapping[str, Measure] = {
    "1.10": actions.done,
    "2.1": testing.active,
    "2.2": testing.published,
    "2.3": testing.openness,
    "2.5": scaling.scaled_share,
    "3.2": market.procurements,
    "3.3": market.sme_winners,
    "3.4": market.public_actors,
    "3.5": market.pilots,
}
"""Public actors also lean on allocations' texts; those follow 3.1 and are counted as registers."""
HEADLINE = {
    "1.1": ("op", "dp", "ma"), "1.3": ("op", "dp", "ma"), "1.4": ("themes", "instruments"),
    "1.5": ("op", "dp", "ma"), "1.6": ("alla", "dp", "ma", "test"), "1.7": ("dp",),
    "1.8": ("op", "dp", "ma"), "1.10": ("alla",), "2.1": ("alla",), "2.2": ("alla",),
    "2.3": ("smf", "partnerslag"), "2.5": ("andel",), "3.1": ("alla",),
    "3.2": ("alla", "varde", "andel"), "3.3": ("smf", "nya"), "3.4": ("alla",), "3.5": ("alla",),
    "K.1": ("op", "dp", "ma"), "K.2": ("alla",),
}  # fmt: skip
"""The headline numbers: one for the whole region and each part."""


def split_change(
    worlds: Worlds,
    selection: Selection | None = None,
    indicators: Collection[str] | None = None,
) -> pl.DataFrame:
    """Return each headline number's change between two editions, one row for each cause.

    Columns: ``indicator_id``, ``indicator_label``, ``part``, ``part_label``, ``value_unit``,
    ``before``, ``after``, ``change``, ``cause``, ``cause_label``, ``contribution``, ``absence``.
    Where a number is missing in either edition there is no change to split: ``contribution`` is
    null and ``absence`` says why.

    Args:
        worlds: the earlier edition and the later one, with what lies between them.
        selection: what both are narrowed to.
        indicators: the ids to split, because each costs time; all when left out.

    >>> from pipelines.indicators.worked_example import worked_facts
    >>> same = split_change(Worlds(worked_facts(), worked_facts()))
    >>> same["change"].drop_nulls().abs().sum()
    0.0
    """
    selection = selection or Selection()
    old, new = (Scope(facts, selection) for facts in worlds.ends)
    texts = [name for name in _FROM_TEXTS if indicators is None or name in indicators]
    registers = [name for name in _FROM_REGISTERS if indicators is None or name in indicators]
    published_old, published_new = (_frame(scope, texts + registers) for scope in (old, new))
    parts = _text_parts(worlds, selection, (published_old, published_new), texts)
    earlier = {(row["indicator_id"], row["part"]): row for row in published_old.to_dicts()}
    rows: list[dict[str, object]] = []
    for row in published_new.iter_rows(named=True):
        key = (row["indicator_id"], row["part"])
        rows += _rows(earlier.get(key, {}), row, parts.get(key))
    return pl.DataFrame(rows, schema=_SCHEMA)


def shapley(causes: tuple[str, ...], worth: Mapping[frozenset[str], float]) -> dict[str, float]:
    """Return each cause's part of ``worth`` of all minus ``worth`` of none.

    Two causes that only together give 6 share it equally:

    >>> worth = {frozenset(): 0.0, frozenset("a"): 0.0, frozenset("b"): 0.0, frozenset("ab"): 6.0}
    >>> shapley(("a", "b"), worth)
    {'a': 3.0, 'b': 3.0}
    """
    n = len(causes)
    parts = {}
    for cause in causes:
        others = [other for other in causes if other != cause]
        parts[cause] = fsum(
            factorial(size) * factorial(n - size - 1) / factorial(n)
            * (worth[frozenset((*group, cause))] - worth[frozenset(group)])
            for size in range(n)
            for group in combinations(others, size)
        )  # fmt: skip
    return parts


def _text_parts(
    worlds: Worlds,
    selection: Selection,
    ends: tuple[pl.DataFrame, pl.DataFrame],
    texts: list[str],
) -> dict[Key, dict[str, float]]:
    if not texts:
        return {}
    causes = worlds.causes
    everything = frozenset(causes)
    found: dict[frozenset[str], Numbers] = {
        frozenset(): _numbers(ends[0]), everything: _numbers(ends[1])
    }  # fmt: skip
    for size in range(1, len(causes)):
        for group in combinations(causes, size):
            scope = Scope(worlds.facts(frozenset(group)), selection)
            found[frozenset(group)] = _numbers(_frame(scope, texts))
    parts = {}
    from_texts = {key for key in found[frozenset()] if key[0] in texts}
    for key in from_texts & set(found[everything]):
        start = found[frozenset()][key]
        if start is None or found[everything][key] is None:
            continue
        # A world without any read object has no share; it is taken as not changing anything.
        worth = {
            group: start if (value := numbers.get(key)) is None else value
            for group, numbers in found.items()
        }
        parts[key] = shapley(causes, worth)
    return parts


def _frame(scope: Scope, indicators: list[str]) -> pl.DataFrame:
    measures = {**_FROM_TEXTS, **_FROM_REGISTERS}
    values = value_table([block for name in indicators for block in measures[name](scope)])
    shown = [(key, part) for key, parts in HEADLINE.items() for part in parts]
    keys = pl.DataFrame(shown, schema=["indicator_id", "part"], orient="row")
    whole = values.filter(pl.col("unit_id") == scope.units["unit_id"][0])
    return whole.join(keys, on=["indicator_id", "part"], how="semi", maintain_order="left")


def _numbers(frame: pl.DataFrame) -> Numbers:
    """Numbers by key; a share of few is computed all the same, because it is only on the way."""
    few = (pl.col("value_unit") == "andel") & (pl.col("n") > 0)
    number = pl.coalesce("value", pl.when(few).then(pl.col("numerator") / pl.col("n")))
    return {
        (indicator, part): value
        for indicator, part, value in frame.select("indicator_id", "part", number).iter_rows()
    }


def _rows(
    before: Mapping[str, object], after: Mapping[str, object], parts: dict[str, float] | None
) -> list[dict[str, object]]:
    old, new = before.get("value"), after["value"]
    named = {
        name: after[name]
        for name in ("indicator_id", "indicator_label", "part", "part_label", "value_unit")
    }
    rows = []
    for cause, label in CAUSE.labels.items():
        row: dict[str, object] = {
            **named, "before": old, "after": new, "cause": cause, "cause_label": label
        }  # fmt: skip
        if isinstance(old, float) and isinstance(new, float):
            change = new - old
            only_registers = change if cause == "registers" else 0.0
            row["change"] = change
            row["contribution"] = only_registers if parts is None else parts.get(cause, 0.0)
        else:
            reason = before.get("absence") or after["absence"] or "Måttet fanns inte."
            row["absence"] = f"Går inte att jämföra. {reason}"
        rows.append(row)
    return rows


_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String, "indicator_label": pl.String, "part": pl.String,
        "part_label": pl.String, "value_unit": pl.String, "before": pl.Float64,
        "after": pl.Float64, "change": pl.Float64, "cause": pl.String, "cause_label": pl.String,
        "contribution": pl.Float64, "absence": pl.String,
    }
)  # fmt: skip
