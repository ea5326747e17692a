"""The codebook: what the reader knows, as data that officials can read, question and change.

``data/codebook/*.toml`` hold the entries. An entry is a few ways of writing one thing, what it
means, which codes it speaks for, and example sentences for and against that are its tests.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import ContractError
from pipelines.reading.codebook_check import check_entries, check_terms
from pipelines.reading.matching import TermMatcher

DIRECTORY = Path(__file__).resolve().parents[2] / "data" / "codebook"
WEIGHTS_FILE = "weights.csv"
SETTINGS_FILE, MEASURED_FILE = "codebook.toml", "measured.csv"
CONSTANT = "konstant"
"""The feature that every passage has."""

Kind = Literal[
    "concept",  # says innovation, test, spread or steering: opens the question
    "novelty",  # says that something is new to the place or the sector: opens the question
    "support",  # strengthens a concept, opens nothing by itself
    "signal",  # turns the judgement, for or against, but opens nothing
    "theme",  # what it is about
    "near_miss",  # looks like a concept and is not: takes away the hits it covers
    "deciding",  # how binding
    "condition",
    "negation",
    "actor",
    "section",  # heading that tells who speaks
]


Place = str | int | tuple[str, ...]
"""Part of a phrase: words in a row, the most words that may stand between, or alternatives."""


class Entry(BaseModel):
    """One entry; see the module for what it is.

    ``words`` are matched as they stand, ``stems`` begin a word, ``heads`` are the last part of a
    compound (or a word by themselves), ``parts`` stand anywhere in a compound. ``phrases`` are
    words in a row with alternatives and gaps. ``except`` names words that no term of the entry
    means. ``level`` is the commitment a deciding word gives, ``voice`` the voice a section heading
    gives, ``cancels`` the entries whose hits a near miss takes away (empty: all that it touches).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    kind: Kind
    label: str
    meaning: str
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    phrases: tuple[str | tuple[Place, ...], ...] = ()
    exceptions: tuple[str, ...] = Field(default=(), alias="except")
    instruments: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    level: str = ""
    voice: str = ""
    cancels: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Every way of writing it in the notation of ``matching``."""
        return (
            *self.words,
            *(f"{stem}*" for stem in self.stems),
            *(f"*{head}" for head in self.heads),
            *(f"*{part}*" for part in self.parts),
            *(phrase_term(phrase) for phrase in self.phrases),
        )

    @property
    def opens(self) -> bool:
        """A passage without any opening entry is not relevant and costs nothing."""
        return self.kind in ("concept", "novelty")


def phrase_term(phrase: str | tuple[Place, ...]) -> str:
    """A phrase in the notation of ``matching``: ``ny|nya ~2 lösning*``."""
    if isinstance(phrase, str):
        return phrase
    return " ".join(
        f"~{place}" if isinstance(place, int) else place if isinstance(place, str)
        else "|".join(place)
        for place in phrase
    )  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Numbers that decide, from ``codebook.toml``.

    ``threshold`` and ``document_threshold`` are the probabilities from which a passage counts,
    loose or in a whole document. ``loose_rate`` is the share of relevant passages among labelled
    ones, ``loose_opening`` the share of their ordinary passages that hold an opening word. The
    ``document_`` numbers say the same of whole documents before they are read, and how many
    passages that expectation weighs; see ``scorer.document_shift``.
    """

    version: str
    threshold: float
    document_threshold: float
    loose_rate: float
    loose_opening: float
    document_rate: float
    document_rate_weight: float
    document_rate_floor: float
    document_opening: float
    document_opening_weight: float
    lowest_shift: float


@dataclass(frozen=True)
class CodeWeights:
    """Weights of instruments and themes: ``weights[rows[feature], column of the target]``."""

    rows: dict[str, int]
    targets: list[str]
    weights: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Codebook:
    """Entries, trained weights and settings; ``hash`` changes with anything that changes coding."""

    version: str
    settings: Settings
    entries: tuple[Entry, ...]
    weights: dict[str, dict[str, float]]
    off: frozenset[str] = frozenset()

    @cached_property
    def hash(self) -> str:
        """SHA-256 over entries, weights, settings and what is switched off."""
        content = {
            "settings": vars(self.settings),
            "entries": [entry.model_dump(mode="json") for entry in self.entries],
            "weights": self.weights,
            "off": sorted(self.off),
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entry id → entry, those switched off included."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def opening(self) -> TermMatcher:
        """Searches whole documents for the words that open the question."""
        return TermMatcher(self._terms(opening=True), self._exceptions)

    @cached_property
    def matcher(self) -> TermMatcher:
        """Searches a passage that has been opened for everything else too."""
        return TermMatcher(self._terms(opening=False), self._exceptions)

    @cached_property
    def code_weights(self) -> CodeWeights:
        """The weights of all instruments and themes as one table."""
        targets = [target for target, weights in self.weights.items() if ":" in target and weights]
        names = {CONSTANT: None, **{n: None for t in targets for n in self.weights[t]}}
        rows = {name: number for number, name in enumerate(names)}
        weights = np.zeros((len(rows), len(targets)))
        for column, target in enumerate(targets):
            for name, weight in self.weights[target].items():
                weights[rows[name], column] = weight
        return CodeWeights(rows, targets, weights)

    @cached_property
    def looks(self) -> dict[str, Any]:
        """What a look at a text gave, by text: headings and neighbours come again and again."""
        return {}

    @cached_property
    def looks_at_codes(self) -> dict[str, frozenset[str]]:
        """The codes that a look at a text gave, by text."""
        return {}

    @cached_property
    def coded(self) -> frozenset[int]:
        """Numbers of the entries that speak for a code, or take such hits away."""
        return frozenset(
            number
            for number, entry in enumerate(self.entries)
            if entry.instruments or entry.themes or entry.kind == "near_miss"
        )

    @property
    def relevance(self) -> dict[str, float]:
        """The weights of relevance; raises ``ContractError`` where none have been trained."""
        if "relevant" not in self.weights:
            raise ContractError(
                "Kodboken saknar vikter för relevans.",
                expected=f"Väntade {WEIGHTS_FILE} bredvid kodbokens poster.",
                do="Träna vikterna med planinnovation train.",
            )
        return self.weights["relevant"]

    @property
    def _exceptions(self) -> dict[int, tuple[str, ...]]:
        return {
            number: entry.exceptions
            for number, entry in enumerate(self.entries)
            if entry.exceptions
        }

    def _terms(self, *, opening: bool) -> list[tuple[int, str]]:
        return [
            (number, term)
            for number, entry in enumerate(self.entries)
            if entry.id not in self.off and (entry.opens or not opening)
            for term in entry.terms
        ]

    def without(self, entry_ids: Iterable[str]) -> Codebook:
        """The same codebook with entries switched off: what the figures would be without them."""
        return replace(self, off=self.off | frozenset(entry_ids))

    def with_weights(self, weights: dict[str, dict[str, float]]) -> Codebook:
        """The same codebook with other trained weights."""
        return replace(self, weights=weights)


def load_codebook(directory: Path = DIRECTORY) -> Codebook:
    """Read the codebook; raises ``ContractError`` with file and entry where it is not sound."""
    settings = tomllib.loads((directory / SETTINGS_FILE).read_text("utf-8"))
    entries: list[Entry] = []
    for path in sorted(directory.glob("*.toml")):
        if path.name != SETTINGS_FILE:
            entries.extend(_read_entries(path))
    book = Codebook(
        version=str(settings["version"]),
        settings=Settings(**settings),
        entries=tuple(entries),
        weights=read_weights(directory / WEIGHTS_FILE),
    )
    measured = directory / MEASURED_FILE
    if not measured.exists() or book.hash not in measured.read_text("utf-8"):
        # A codebook that has been measured has been checked; half a second is saved for every read.
        check_entries(entries)
        check_terms(book)
    return book


def _read_entries(path: Path) -> list[Entry]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return [Entry(**{"kind": raw.get("kind"), **item}) for item in raw["entry"]]
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise ContractError(
            f"Kodboken {path.name} går inte att läsa: {error}.",
            expected="Väntade poster under [[entry]] med id, label, meaning och termer.",
            do="Rätta filen och läs in den igen.",
        ) from error


def read_weights(path: Path) -> dict[str, dict[str, float]]:
    """``weights.csv`` (target, feature, weight) → target → feature → weight in log-odds."""
    weights: dict[str, dict[str, float]] = {}
    if not path.exists():
        return weights
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for target, feature, weight in csv.reader(lines[1:]):
        weights.setdefault(target, {})[feature] = float(weight)
    return weights
