"""What the current codebook measures, kept beside it and shown in editions.

``measured.csv`` is what the kept passages give, each coded by weights that have not seen it, and
``calibration.csv`` what its confidence was worth; both name the hash of the codebook that was
measured, and one measured before a change of the codebook is stale. ``independent.csv`` is what
text that the project never used gave, whatever codebook was current then: ``planinnovation evaluate
--keep`` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.model.codes import COMMITMENT
from pipelines.reading.codebook import DIRECTORY, MEASURED_FILE, Codebook
from pipelines.reading.coding.result import Coding
from pipelines.reading.coding.training import LabelledPassage, own_passages
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.agreement import Labels, Measure
from pipelines.reading.evaluation.answer_key import KeyDocument, pair_with_key, pairs_measured
from pipelines.reading.evaluation.passages import (
    PassageAgreement,
    cross_validated_codings,
    report_of,
)

CALIBRATION_FILE = "calibration.csv"
INDEPENDENT_FILE = "independent.csv"
INDEPENDENT, UNSEEN, PROSE = "independent", "unseen_sources", "prose"
OWN, EXAMPLE = "own_passages", "example_key"
SOURCES = {
    UNSEEN: "Osedda källor, 44 av de första 217: "
    "undanhållna också när ord, regler och gränser valdes",
    PROSE: "Omskriven kommunal prosa, en källa i taget hållen utanför vikterna",
    OWN: "Egna påhittade passager, korsvaliderade",
    EXAMPLE: "Exempelregionens facit, en kommun i taget hållen utanför vikterna",
}
TWICE = "två kodare var för sig, skillnaderna avgjorda efteråt"
WRITERS = "de som skrev texterna"
CODED_BY = {UNSEEN: TWICE, PROSE: TWICE, OWN: WRITERS, EXAMPLE: WRITERS}
PROSE_SOURCES = "prose_sources.csv"
MEASURES = {
    "recall": "Täckning",
    "precision": "Precision",
    "f1": "F1 för belägg",
    "kappa": "Cohens kappa för belägg",
    "commitment_kappa": "Förpliktelsegrad, vägd kappa",
    "commitment_exact": "Rätt förpliktelsegrad",
    "themes": "Tema, F1",
    "instruments": "Styrmedel, F1",
    "calibration_error": "Säkerhetens medelfel",
}
"""Measure → Swedish label. Right commitment, themes and instruments are over what both people and
machine call relevant."""
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
    "measured_on": pl.String,
    "coded_by": pl.String,
}
CALIBRATION_SCHEMA = {
    "codebook_hash": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "n": pl.Int64,
    "confidence": pl.Float64,
    "share_right": pl.Float64,
}
BOUNDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Steps of confidence of which the share of right answers is told."""
PROSE_FOLDS = 8
DECIMALS = 3


def measure_codebook(
    codebook: Codebook,
    documents: Sequence[KeyDocument],
    *,
    measured_on: str,
    directory: Path = DIRECTORY,
    draws: int = agreement.DRAWS,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Measure ``codebook`` on its own labelled passages and on documents with an answer key.

    No passage is coded with weights that have seen it: retold prose is coded without its whole
    source, invented passages are cross-validated, and the documents of a municipality are coded
    with weights fitted without that municipality. ``n`` is the number of passages, or of passages
    in the key; ``low`` and ``high`` bound the 95 % bootstrap interval. Some sources
    of the prose were not looked at either when words, rules and thresholds were chosen (`unseen`)
    and are also measured alone. The second frame is the calibration on the retold prose.
    """
    rows_of = partial(_rows, codebook.hash, measured_on)
    own = own_passages(directory)
    prose = [p for p in own if p.source]
    invented = [p for p in own if not p.source]
    rows, calibration = [], pl.DataFrame(schema=CALIBRATION_SCHEMA)
    if prose:
        said = cross_validated_codings(prose, invented, codebook, _folds_of_sources(prose))
        calibration = _calibration(prose, said, codebook.hash)
        found = _measures(prose, said, PROSE, codebook.hash, draws)
        found["calibration_error"] = _calibration_error(prose, said, draws)
        rows += rows_of(PROSE, len(prose), found)
        held = unseen(directory)
        pairs = [(p, c) for p, c in zip(prose, said, strict=True) if p.source in held]
        if pairs:
            apart = [p for p, _ in pairs], [c for _, c in pairs]
            rows += rows_of(UNSEEN, len(pairs), _measures(*apart, UNSEEN, codebook.hash, draws))
    if invented:
        said = cross_validated_codings(invented, prose, codebook)
        found = _measures(invented, said, OWN, codebook.hash, draws)
        rows += rows_of(OWN, len(invented), found)
    if documents:
        keyed = pair_with_key(documents, own, codebook)
        in_key = sum(len(document.key) for document in documents)
        rows += rows_of(EXAMPLE, in_key, pairs_measured(keyed, draws))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row"), calibration


def unseen(directory: Path = DIRECTORY) -> set[str]:
    """The sources of the prose that `prose_sources.csv` marks as unseen, a fifth of the first."""
    path = directory / PROSE_SOURCES
    if not path.exists():
        return set()
    sources = pl.read_csv(path, infer_schema=False)
    return set(sources.filter(pl.col("unseen") == "ja")["source"])


def _folds_of_sources(passages: Sequence[LabelledPassage]) -> list[int]:
    sources = sorted({passage.source for passage in passages})
    return [sources.index(passage.source) % PROSE_FOLDS for passage in passages]


def _measures(
    passages: Sequence[LabelledPassage],
    said: Sequence[Coding],
    name: str,
    codebook_hash: str,
    draws: int,
) -> dict[str, Measure]:
    report = report_of(
        passages, said, name, codebook_hash, cross_validated=True, draws=draws
    ).overall
    found = {m: value for m in MEASURES if isinstance(value := getattr(report, m, None), Measure)}
    levels = COMMITMENT.position
    both = [(p, c) for p, c in zip(passages, said, strict=True) if p.relevant and c.relevant]
    if both:
        found["commitment_exact"] = agreement.measured(
            lambda gold, given: float((gold == given).mean()),
            np.array([levels(p.commitment) for p, _ in both], dtype=np.int64),
            np.array([levels(c.commitment) for _, c in both], dtype=np.int64),
            draws=draws,
        )
    return found


def _steps(said: Sequence[Coding]) -> npt.NDArray[np.int64]:
    confidence = np.array([coding.confidence for coding in said])
    return np.clip(np.searchsorted(BOUNDS, confidence, side="right") - 1, 0, len(BOUNDS) - 2)


def _calibration(
    passages: Sequence[LabelledPassage], said: Sequence[Coding], codebook_hash: str
) -> pl.DataFrame:
    step = _steps(said)
    right = np.array([passage.relevant for passage in passages])
    confidence = np.array([coding.confidence for coding in said])
    rows = [
        (
            codebook_hash,
            BOUNDS[number],
            BOUNDS[number + 1],
            int((step == number).sum()),
            round(float(confidence[step == number].mean()), DECIMALS),
            round(float(right[step == number].mean()), DECIMALS),
        )
        for number in sorted(set(step.tolist()))
    ]
    return pl.DataFrame(rows, schema=CALIBRATION_SCHEMA, orient="row")


def _calibration_error(
    passages: Sequence[LabelledPassage], said: Sequence[Coding], draws: int
) -> Measure:
    """Mean distance between confidence and share right over the steps, weighted by passages."""
    thousandths = np.array([round(coding.confidence * 1000) for coding in said], dtype=np.int64)
    right = np.array([int(passage.relevant) for passage in passages], dtype=np.int64)

    def error(gold: Labels, given: Labels) -> float:
        step = np.clip(np.searchsorted(BOUNDS, given / 1000, side="right") - 1, 0, len(BOUNDS) - 2)
        apart = [
            abs(gold[step == n].mean() - given[step == n].mean() / 1000) * (step == n).sum()
            for n in set(step.tolist())
        ]
        return float(sum(apart)) / len(gold)

    return agreement.measured(error, right, thousandths, draws=draws)


def _rows(
    codebook_hash: str, measured_on: str, source: str, n: int, measures: dict[str, Measure]
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
            measured_on,
            CODED_BY[source],
        )
        for name, found in measures.items()
    ]


def independent_rows(
    report: PassageAgreement, codebook_hash: str, label: str, measured_on: str, coded_by: str
) -> pl.DataFrame:
    """What text that the project never used gave, to be kept by ``keep_independent``."""
    found = {m: value for m in MEASURES if isinstance(value := getattr(report, m, None), Measure)}
    rows = [
        (codebook_hash, INDEPENDENT, label, report.passages, name, MEASURES[name],
         *(round(part, DECIMALS) for part in (value.value, value.low, value.high)),
         measured_on, coded_by)
        for name, value in found.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def keep_independent(frame: pl.DataFrame, directory: Path = DIRECTORY) -> Path:
    """Put the rows first in ``independent.csv``; an earlier measurement of the same text goes."""
    label = frame["source_label"][0]
    before = read_independent(directory).filter(pl.col("source_label") != label)
    path = directory / INDEPENDENT_FILE
    pl.concat([frame, before]).write_csv(path)
    return path


def read_independent(directory: Path = DIRECTORY) -> pl.DataFrame:
    """Read ``independent.csv``, the newest first; empty where nothing independent was measured."""
    return _read(directory / INDEPENDENT_FILE, SCHEMA)


def write_measured(
    measured: tuple[pl.DataFrame, pl.DataFrame], directory: Path = DIRECTORY
) -> Path:
    """Write ``measured.csv`` and ``calibration.csv`` beside the codebook; the path of the first."""
    path = directory / MEASURED_FILE
    measured[0].write_csv(path)
    measured[1].write_csv(directory / CALIBRATION_FILE)
    return path


def read_measured(directory: Path = DIRECTORY) -> pl.DataFrame:
    """Read ``measured.csv``; an empty frame where the codebook has not been measured."""
    return _read(directory / MEASURED_FILE, SCHEMA)


def read_calibration(directory: Path = DIRECTORY) -> pl.DataFrame:
    """Read ``calibration.csv``; an empty frame where the codebook has not been measured."""
    return _read(directory / CALIBRATION_FILE, CALIBRATION_SCHEMA)


def _read(path: Path, schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    if not path.exists():
        return pl.DataFrame(schema=schema)
    return pl.read_csv(path, schema=schema)
