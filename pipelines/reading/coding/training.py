"""Labelled passages → weights: the only place where scikit-learn is used for coding.

One regularised logistic regression for relevance, one for each instrument and theme. Nothing is
random, so the same passages and codebook give the same file.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.reading.codebook import CONSTANT, DIRECTORY, WEIGHTS_FILE, Codebook
from pipelines.reading.coding.code import look_at, stays, surroundings
from pipelines.reading.coding.context import NEAR_INSTRUMENTS, NEAR_THEMES
from pipelines.reading.coding.words import ABOVE, BEFORE, WORD

STRENGTH_RELEVANT = 0.4
STRENGTH_INSTRUMENTS, STRENGTH_THEMES = 0.6, 1.0
INVENTED_COUNTS = 0.5
"""What an invented passage counts beside one of retold municipal prose."""
LEAST_SEEN = 2
"""Passages in which a word must stand to get a weight of its own."""
THEME_SHARE, INSTRUMENT_SHARE = 0.35, 0.25
"""Probability from which a code is given; below one half because the codes are rare."""
AROUND = tuple(where + WORD for where in (ABOVE, BEFORE))
SMALLEST_WEIGHT, SMALLEST_CODE_WEIGHT = 0.03, 0.08
NOT_JUDGED = (
    "dokument:",
    "forekod:",
    "grannkod:",
    "rubrikkod:",
    NEAR_THEMES,
    NEAR_INSTRUMENTS,
    *AROUND,
    "begrepp:tema_",
    "ord:tema_",
    *(f"kod:{theme}" for theme in THEME.values),
)
"""What relevance must not know, so that a new kind of document or theme is read as well."""
_SEEN = ("kod:", "begrepp:", "tema:", WORD)
OF_THEMES = (*_SEEN, "forekod:", "grannkod:", "rubrikkod:", NEAR_THEMES, *AROUND)
OF_INSTRUMENTS = (
    *_SEEN, "ord:", "rubrik:", "granne:", "fore:", "par:", "form:", NEAR_INSTRUMENTS
)  # fmt: skip
"""What themes and instruments are told by; terms of a theme would be learned by heart."""
ONE_SIDED = 5.0
"""Log-odds where every passage has, or none has, the code: nothing can be learned."""
OWN_PASSAGES = "passages*.jsonl"

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage with people's codes; ``category`` is relevant, near_miss or plain.

    ``source`` is the stretch of text that it was taken from, "" for single sentences. ``share`` is
    the share of its coders that call it relevant: one half where two disagreed.
    """

    id: str
    doc_type: str
    text: str
    before: str
    section: str
    relevant: bool
    instruments: tuple[str, ...]
    themes: tuple[str, ...]
    commitment: str
    legal_flag: bool
    category: str
    source: str = ""
    share: float | None = None


def read_gold(paths: Sequence[Path]) -> list[LabelledPassage]:
    """Labelled passages of JSONL files, in the order of the files."""
    return [
        LabelledPassage(
            id=str(row["id"]),
            doc_type=row.get("doc_type") or row.get("doc_kind") or "other",
            text=row["text"],
            before=row.get("before", ""),
            section=row.get("section", ""),
            relevant=bool(row["label_relevant"]),
            instruments=tuple(row.get("instruments", ())),
            themes=tuple(row.get("themes", ())),
            commitment=row.get("commitment", "none"),
            legal_flag=bool(row.get("legal_flag", False)),
            category=row.get("category", ""),
            source=row.get("source") or row.get("document") or "",
            share=0.5 if row.get("contested") else None,
        )
        for path in paths
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]


def features_of(passages: Sequence[LabelledPassage], codebook: Codebook) -> list[Features | None]:
    """Named features of each passage, None for a line of the contents."""
    found: list[Features | None] = []
    around = surroundings(
        [p.text for p in passages],
        [p.before for p in passages],
        [p.section for p in passages],
        [p.source for p in passages],
        codebook,
    )
    for p, beside in zip(passages, around, strict=True):
        look = look_at(p.text, p.doc_type, codebook, p.before, p.section)
        found.append({**look.features, **beside} if stays(look) else None)
    return found


def fit_weights(
    passages: Sequence[LabelledPassage],
    features: Sequence[Features | None],
    copies: Sequence[float] | None = None,
) -> dict[str, dict[str, float]]:
    """Fit every scorer; ``copies`` says how often each passage counts (default once)."""
    opened = [n for n, seen in enumerate(features) if seen is not None]
    weigh = np.array([_weight(passages[n]) * (copies[n] if copies else 1.0) for n in opened])
    table = [features[n] or {} for n in opened]
    answers = np.array([_share(passages[n]) for n in opened])
    judged = _without_rare_words(
        [{k: v for k, v in row.items() if not k.startswith(NOT_JUDGED)} for row in table]
    )
    weights = {"relevant": _logistic(judged, answers, weigh, STRENGTH_RELEVANT)}
    kept = [row for row, n in enumerate(opened) if passages[n].relevant]
    families: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float, float], ...] = (
        ("instrument", INSTRUMENT.values, OF_INSTRUMENTS, STRENGTH_INSTRUMENTS, INSTRUMENT_SHARE),
        ("theme", THEME.values, OF_THEMES, STRENGTH_THEMES, THEME_SHARE),
    )
    for family, values, prefixes, strength, least in families:
        shown = _without_rare_words([_only(table[row], prefixes) for row in kept])
        for code in values:
            has = np.array(
                [float(code in getattr(passages[opened[r]], family + "s")) for r in kept]
            )
            if has.sum() >= 3:
                fitted = _logistic(shown, has, weigh[kept], strength, SMALLEST_CODE_WEIGHT)
                fitted[CONSTANT] -= float(np.log(least / (1 - least)))
                weights[f"{family}:{code}"] = fitted
    return weights


def _weight(passage: LabelledPassage) -> float:
    return 1.0 if passage.source else INVENTED_COUNTS


def _share(passage: LabelledPassage) -> float:
    return float(passage.relevant) if passage.share is None else passage.share


def _without_rare_words(table: list[Features]) -> list[Features]:
    """Without the word stems of a single passage: they would only be learned by heart."""
    words = (WORD, *AROUND)
    seen = Counter(name for row in table for name in row if name.startswith(words))
    return [
        {k: v for k, v in row.items() if not k.startswith(words) or seen[k] >= LEAST_SEEN}
        for row in table
    ]


def _only(features: Features, prefixes: tuple[str, ...]) -> Features:
    return {name: value for name, value in features.items() if name.startswith(prefixes)}


def _logistic(
    table: Sequence[Features],
    answers: npt.NDArray[np.float64],
    weigh: npt.NDArray[np.float64],
    strength: float,
    smallest: float = SMALLEST_WEIGHT,
) -> dict[str, float]:
    """One regression; an answer between 0 and 1 counts for both sides by its share."""
    from scipy import sparse
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    if answers.min() == 1.0 or answers.max() == 0.0:
        return {CONSTANT: ONE_SIDED if answers.all() else -ONE_SIDED}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(list(table))
    model = LogisticRegression(C=strength, max_iter=3000, tol=1e-4)
    yes, no = np.flatnonzero(answers > 0), np.flatnonzero(answers < 1)
    model.fit(
        sparse.vstack([matrix[yes], matrix[no]]),
        np.repeat([1, 0], [len(yes), len(no)]),
        sample_weight=np.r_[weigh[yes] * answers[yes], weigh[no] * (1 - answers[no])],
    )
    names = vectorizer.get_feature_names_out()
    found = {
        str(name): round(float(weight), 4)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= smallest
    }
    found[CONSTANT] = round(float(model.intercept_[0]), 4)
    return found


def own_passages(directory: Path = DIRECTORY) -> list[LabelledPassage]:
    """The labelled passages that are kept with the codebook."""
    return read_gold(sorted(directory.glob(OWN_PASSAGES)))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def trained_on(directory: Path, gold: Path) -> bool:
    """Whether the weights in ``directory`` were fitted on this very file."""
    with (directory / WEIGHTS_FILE).open(encoding="utf-8") as file:
        head = [line for line in file if line.startswith("#")]
    return any(_digest(gold) in line for line in head)


def write_weights(
    path: Path, weights: Mapping[str, Mapping[str, float]], source: str, files: Sequence[Path]
) -> None:
    """Write ``weights.csv``: target, feature, weight in log-odds, and what it was fitted on."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# Vikter i log-odds, anpassade på {source}.\n")
        file.write(f"# Underlag (sha256): {' '.join(_digest(gold) for gold in files)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["target", "feature", "weight"])
        for target, table in weights.items():
            for feature, weight in sorted(table.items()):
                writer.writerow([target, feature, weight])


def train(gold_files: Sequence[Path], codebook: Codebook, out: Path, source: str = "") -> Codebook:
    """Fit the weights on ``gold_files`` and write them to ``out``/``weights.csv``.

    ``source`` is the Swedish phrase that the file says it was fitted on; default the file names.
    """
    passages = read_gold(gold_files)
    weights = fit_weights(passages, features_of(passages, codebook))
    names = source or ", ".join(path.name for path in gold_files)
    write_weights(out / WEIGHTS_FILE, weights, f"{names} ({len(passages)} passager)", gold_files)
    return codebook.with_weights(weights)
