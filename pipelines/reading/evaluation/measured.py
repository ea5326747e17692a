"""What the current codebook measures, kept beside it as ``measured.csv`` and shown in editions.

The file names the hash of the codebook that was measured: one measured before a change of the
codebook is stale and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipelines.reading.codebook import DIRECTORY, Codebook
from pipelines.reading.coding.training import own_passages
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.agreement import Measure
from pipelines.reading.evaluation.answer_key import KeyDocument, pair_with_key, pairs_measured
from pipelines.reading.evaluation.passages import cross_validated_codings, report_of

MEASURED_FILE = "measured.csv"
OWN, EXAMPLE = "own_passages", "example_key"
SOURCES = {
    OWN: "Egna märkta passager, korsvaliderade",
    EXAMPLE: "Exempelregionens facit, en kommun i taget hållen utanför vikterna",
}
MEASURES = {
    "recall": "Täckning",
    "precision": "Precision",
    "f1": "F1 för belägg",
    "kappa": "Cohens kappa för belägg",
    "commitment_kappa": "Förpliktelsegrad, vägd kappa",
    "commitment_exact": "Rätt förpliktelsegrad",
    "themes": "Tema, F1",
    "instruments": "Styrmedel, F1",
}
"""Measure → Swedish label. The last three are over what both people and machine call relevant."""
SCHEMA = {
    "codebook_hash": pl.String,
    "source": pl.String,
    "source_label": pl.String,
    "n": pl.Int64,
    "measure": pl.String,
    "measure_label": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
DECIMALS = 3


def measure_codebook(
    codebook: Codebook,
    documents: Sequence[KeyDocument],
    *,
    directory: Path = DIRECTORY,
    draws: int = agreement.DRAWS,
) -> pl.DataFrame:
    """Measure ``codebook`` on its own labelled passages and on documents with an answer key.

    No passage is coded with weights that have seen it: the own passages are cross-validated, and
    the documents of a municipality are coded with weights fitted without that municipality.
    ``n`` is the number of passages, or of passages in the key; ``low`` and ``high`` bound the
    95 % bootstrap interval.
    """
    own = own_passages(directory)
    said = cross_validated_codings(own, (), codebook)
    report = report_of(own, said, OWN, codebook.hash, cross_validated=True, draws=draws).overall
    of_own = {
        name: value for name in MEASURES if isinstance(value := getattr(report, name), Measure)
    }
    rows = _rows(codebook.hash, OWN, len(own), of_own)
    if documents:
        pairs = pair_with_key(documents, own, codebook)
        in_key = sum(len(document.key) for document in documents)
        rows += _rows(codebook.hash, EXAMPLE, in_key, pairs_measured(pairs, draws))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(
    codebook_hash: str, source: str, n: int, measures: dict[str, Measure]
) -> list[tuple[str | int | float, ...]]:
    return [
        (
            codebook_hash,
            source,
            SOURCES[source],
            n,
            name,
            MEASURES[name],
            *(round(part, DECIMALS) for part in (found.value, found.low, found.high)),
        )
        for name, found in measures.items()
    ]


def write_measured(frame: pl.DataFrame, directory: Path = DIRECTORY) -> Path:
    """Write ``measured.csv`` beside the codebook."""
    path = directory / MEASURED_FILE
    frame.write_csv(path)
    return path


def read_measured(directory: Path = DIRECTORY) -> pl.DataFrame:
    """Read ``measured.csv``; an empty frame where the codebook has not been measured."""
    path = directory / MEASURED_FILE
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    return pl.read_csv(path, schema=SCHEMA)
