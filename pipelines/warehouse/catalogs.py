"""The codebook and its measurement as catalog tables: what an edition was read with, how well."""

from __future__ import annotations

import polars as pl

from pipelines.reading.codebook import Codebook
from pipelines.reading.evaluation.measured import (
    read_calibration,
    read_independent,
    read_measured,
)


def catalog_codebook(codebook: Codebook) -> pl.DataFrame:
    """Every entry: ``entry_id, kind, label, meaning, terms, instruments, themes, level, voice``."""
    lists = ("terms", "instruments", "themes", "examples", "counterexamples")
    rows = [
        {
            "entry_id": entry.id,
            "kind": entry.kind,
            "label": entry.label,
            "meaning": entry.meaning,
            "level": entry.level,
            "voice": entry.voice,
            **{name: list(getattr(entry, name)) for name in lists},
        }
        for entry in codebook.entries
    ]
    return pl.DataFrame(rows, schema_overrides={name: pl.List(pl.String) for name in lists})


def catalog_evaluation(codebook: Codebook) -> pl.DataFrame:
    """How well the reader agrees with people: on text never used first, then on kept passages.

    ``codebook_hash, source, source_label, n, measure, measure_label, value, low, high,
    measured_on, coded_by``. What never used text gave stands whatever codebook was current then;
    a measurement of kept passages with another codebook says nothing of this one and is left out.
    """
    own = read_measured().filter(pl.col("codebook_hash") == codebook.hash)
    return pl.concat([read_independent(), own])


def catalog_calibration(codebook: Codebook) -> pl.DataFrame:
    """What this codebook's confidence is worth: ``low, high, n, confidence, share_right``."""
    return read_calibration().filter(pl.col("codebook_hash") == codebook.hash)
