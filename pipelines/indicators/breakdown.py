"""Numbers of a selection laid out for drawing: by year, by theme, by instrument and level."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.fact_arrays import Bits
from pipelines.indicators.intervals import FEWEST, wilson_limits
from pipelines.indicators.planning import INCLUSION
from pipelines.indicators.scope import TYPES, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import COMMITMENT, INSTRUMENT, OBJECT_TYPE, THEME

NO_INSTRUMENT = "none"
"""Stands where a passage names no instrument."""


def inclusion_by_year(scope: Scope) -> pl.DataFrame:
    """Return 1.1 year by year for the whole, to show whether it grows.

    Columns: ``year``, ``object_type``, ``value``, ``low``, ``high``, ``numerator``, ``n``,
    ``known``, ``absence``. A year with fewer than five read has no value.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> found = inclusion_by_year(worked_scope()).filter(pl.col("object_type") == "dp")
    >>> found.select("year", "numerator", "n", "known").rows()
    [(2021, 0, 1, 1), (2022, 1, 1, 1), (2023, 0, 2, 2), (2024, 1, 1, 1)]
    """
    objects = scope.index.objects
    frame = pl.DataFrame(
        {
            "year": objects.year,
            "kind": objects.kind,
            "hit": scope.read & (scope.found.passages > 0),
            "read": scope.read,
            "known": scope.known,
        }
    )
    counted = (
        frame.filter(pl.col("known"), pl.col("year") > 0)
        .group_by("year", "kind")
        .agg(
            pl.col("hit").sum().alias("numerator"),
            pl.col("read").sum().alias("n"),
            pl.len().alias("known"),
        )
        .sort("year", "kind")
    )
    low, high = wilson_limits(counted["numerator"].to_numpy(), counted["n"].to_numpy())
    enough = pl.col("n") >= FEWEST
    return counted.with_columns(
        pl.col("kind")
        .replace_strict(dict(enumerate(OBJECT_TYPE.values)), return_dtype=pl.String)
        .alias("object_type"),
        pl.Series("low", low),
        pl.Series("high", high),
    ).select(
        "year",
        "object_type",
        pl.when(enough).then(pl.col("numerator") / pl.col("n")).alias("value"),
        *(pl.when(enough).then(name).alias(name) for name in ("low", "high")),
        pl.col("numerator", "n", "known").cast(pl.Int64),
        pl.when(~enough).then(pl.format("För få: {} av minst {}.", "n", pl.lit(FEWEST)))
        .alias("absence"),
    )  # fmt: skip


def ladder_by_year(scope: Scope) -> pl.DataFrame:
    """Return 1.2 year by year for the whole: ``year, object_type, level, objects``.

    ``level`` is the position in the ladder, null for what is known and not read; those without a
    year are left out.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> ladder_by_year(worked_scope()).filter(pl.col("object_type") == "dp").rows()
    [(2021, 'dp', 0, 1), (2022, 'dp', 4, 1), (2023, 'dp', 0, 2), (2024, 'dp', 1, 1)]
    """
    objects = scope.index.objects
    return (
        pl.DataFrame(
            {
                "year": objects.year,
                "object_type": objects.frame["object_type"],
                "level": scope.found.level.astype(np.int64),
                "read": scope.read,
                "known": scope.known,
            }
        )
        .filter(pl.col("known"), pl.col("year") > 0)
        .group_by("year", "object_type", pl.when("read").then("level").alias("level"))
        .agg(pl.len().cast(pl.Int64).alias("objects"))
        .sort("year", "object_type", "level", nulls_last=True)
    )


def themes_by_unit(scope: Scope) -> Values:
    """Return for each unit and theme the share of read objects that speak of it, as 1.1 by theme.

    The part is *object type:theme*.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(themes_by_unit(worked_scope()), parts="dp:energi")
    dp:energi: 0.20 (0.04–0.62) n=5/6
    """
    return _by_code(scope, scope.found.themes, THEME.labels)


def instruments_by_unit(scope: Scope) -> Values:
    """Return the same as :func:`themes_by_unit` for instruments."""
    return _by_code(scope, scope.found.instruments, INSTRUMENT.labels)


def themes_by_level(scope: Scope) -> pl.DataFrame:
    """Return the number of counted passages by theme and commitment in the chosen objects.

    Columns: ``theme``, ``commitment``, ``passages``; a passage on two themes counts for both.
    """
    return _passages_by(scope, "themes", THEME.labels, "theme")


def instruments_by_level(scope: Scope) -> pl.DataFrame:
    """Return the number of counted passages by instrument and commitment in the chosen objects."""
    return _passages_by(scope, "instruments", INSTRUMENT.labels, "instrument")


def passages_with_theme(scope: Scope) -> int:
    """Return how many counted passages name a theme: what :func:`themes_by_instrument` is made of.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> passages_with_theme(worked_scope())
    6
    """
    return int(np.count_nonzero(scope.passages.themes[scope.counted]))


def themes_by_instrument(scope: Scope) -> pl.DataFrame:
    """Return how many counted passages name a theme and an instrument, and how far they reach.

    Columns: ``theme``, ``instrument`` (``none`` for a theme without any), ``passages`` and the
    highest ``level``. A passage stands in every cell that it names.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> themes_by_instrument(worked_scope()).filter(pl.col("theme") == "mobilitet").rows()
    [('mobilitet', 'none', 2, 3)]
    """
    passages, use = scope.passages, scope.counted
    tools, levels = len(INSTRUMENT.values), len(COMMITMENT.values)
    # Passages are many and the sets of codes that they carry are few: count sets, then open them.
    key = (passages.themes[use].astype(np.int64) << tools) | passages.instruments[use]
    sets = np.flatnonzero(np.bincount(key))
    place = np.zeros(int(sets[-1]) + 1 if sets.size else 1, np.int64)
    place[sets] = np.arange(sets.size)
    counted = np.bincount(
        place[key] * levels + passages.level[use], minlength=sets.size * levels
    ).reshape(-1, levels)
    has_tool = {code: (sets >> i) & 1 > 0 for i, code in enumerate(INSTRUMENT.values)}
    has_tool[NO_INSTRUMENT] = sets & ((1 << tools) - 1) == 0
    rows = []
    for at, theme in enumerate(THEME.values):
        has_theme = (sets >> (tools + at)) & 1 > 0
        for tool, named in has_tool.items():
            by_level = counted[has_theme & named].sum(axis=0)
            if by_level.any():
                rows.append((theme, tool, int(by_level.sum()), int(np.flatnonzero(by_level)[-1])))
    names = {"theme": pl.String, "instrument": pl.String, "passages": pl.Int64, "level": pl.Int64}
    return pl.DataFrame(rows, schema=names, orient="row")


def _by_code(scope: Scope, bits: Bits, labels: dict[str, str]) -> Values:
    width = len(labels)
    hits = _objects_by(scope, bits, width)
    cells = values.share(
        hits.reshape(hits.shape[0], -1),
        np.repeat(scope.by_type(scope.read), width, axis=1),
        np.repeat(scope.by_type(scope.known), width, axis=1),
        np.repeat(values.unread(scope), width, axis=1),
    )
    parts = [
        (f"{kind}:{code}", f"{type_label}: {label}")
        for kind, type_label in TYPES
        for code, label in labels.items()
    ]
    return values.rows(INCLUSION, scope.units, parts, cells)


def _passages_by(scope: Scope, field: str, labels: dict[str, str], name: str) -> pl.DataFrame:
    passages, levels = scope.passages, len(COMMITMENT.values)
    # One count of whole sets first, then sets are opened: sets are few, passages are many.
    sets = 1 << len(labels)
    bits, level = getattr(passages, field)[scope.counted], passages.level[scope.counted]
    key = bits.astype(np.int64) * levels + level
    counted = np.bincount(key, minlength=sets * levels).reshape(sets, levels)
    has = (np.arange(sets)[None, :] >> np.arange(len(labels))[:, None]) & 1
    return pl.DataFrame(
        {
            name: np.repeat(list(labels), levels),
            "commitment": list(COMMITMENT.values) * len(labels),
            "passages": (has @ counted).ravel(),
        }
    ).filter(pl.col("commitment") != COMMITMENT.values[0])


def _objects_by(scope: Scope, bits: Bits, width: int) -> values.Floats:
    """Count read objects by unit, object type and code of their set."""
    codes = ((bits >> code) & 1 for code in range(width))
    return np.stack([scope.by_type(scope.read & (has > 0)) for has in codes], axis=-1)
