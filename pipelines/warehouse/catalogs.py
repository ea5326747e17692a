"""The codebook as a catalog table, so that pages can show what an edition was read with."""

from __future__ import annotations

import polars as pl

from pipelines.reading.codebook import Codebook


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
