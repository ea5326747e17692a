"""Coding and building measured against the plain way, as ratios of one run."""

from __future__ import annotations

import gc
import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from pipelines.build import build_region
from pipelines.example.build import build_documents
from pipelines.model.region import Region, load_region
from pipelines.progress import Progress
from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.code import code_passages
from pipelines.reading.matching import term_pattern
from pipelines.reading.reader import read_documents

_PLAIN_CHARACTERS = 60_000
"""How much text the plain alternation is given: it crawls, and speed is per character."""


@dataclass(frozen=True, slots=True)
class CodingSpeed:
    """Megabytes of text per processor second: coding, and one `re` alternation of the terms."""

    coded: float
    alternation: float
    terms: int

    def __str__(self) -> str:
        return (
            f"{self.terms} termer: re-alternation {self.alternation:.3f} MB/s, "
            f"hela kodningen {self.coded:.1f} MB/s, kvot {self.coded / self.alternation:.0f}"
        )


@dataclass(frozen=True, slots=True)
class BuildSpeed:
    """Seconds of a build from nothing, and of one with nothing changed."""

    first: float
    again: float

    def __str__(self) -> str:
        return (
            f"från ingenting {self.first:.1f} s, oförändrat {self.again:.1f} s, "
            f"kvot {self.again / self.first:.2f}"
        )


def example_documents() -> list[Path]:
    """Make the example region's documents and return them."""
    return build_documents(load_region("exempel"))


def coding_speed(paths: list[Path], *, rounds: int) -> CodingSpeed:
    """Code the passages of documents, and search a part of the same text with plain `re`."""
    codebook = load_codebook()
    documents = read_documents(paths, cache_dir=None, ocr=False)
    texts = ["\n".join(p.text for p in document.passages) for document in documents]
    size = sum(len(text.encode()) for text in texts) / 1e6
    terms = sorted({term for entry in codebook.entries for term in entry.terms})
    alternation = re.compile("|".join(f"(?:{term_pattern(term)})" for term in terms))
    sample = "\n".join(texts)[:_PLAIN_CHARACTERS].lower()

    def code_all() -> None:
        for document in documents:
            code_passages(document.passages, doc_kind="dp", codebook=codebook)

    coded, plain = [], []
    code_all()  # builds the automata once, as a running service has them
    gc.collect()
    gc.disable()  # as in the workers that code
    try:
        for _ in range(rounds):
            coded.append(size / _seconds(code_all, time.process_time))
            searched = _seconds(lambda: alternation.findall(sample), time.process_time)
            plain.append(len(sample.encode()) / 1e6 / searched)
    finally:
        gc.enable()
    return CodingSpeed(statistics.median(coded), statistics.median(plain), len(terms))


def rebuild_speed() -> BuildSpeed:
    """Build the example region from its texts in an empty folder, then with nothing changed.

    The documents are made too: the folder holds texts and registers only.
    """
    quiet = Progress(quiet=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _copy_sources(data)
        places = {"PLANINNOVATION_DATA": str(data), "PLANINNOVATION_EDITIONS": f"{folder}/editions"}
        with mock.patch.dict(os.environ, places):
            return _first_and_again(load_region("exempel"), quiet)


def _copy_sources(target: Path) -> None:
    """Copy what is delivered of the example region, without the documents made from it."""
    source = load_region("exempel")
    made = shutil.ignore_patterns(source.inbox.name)
    shutil.copytree(source.folder, target / source.name, ignore=made)
    shutil.copytree(source.folder.parent / "reference", target / "reference")


def _first_and_again(region: Region, quiet: Progress) -> BuildSpeed:
    first = _seconds(lambda: build_region(region, progress=quiet))
    again = _seconds(lambda: build_region(region, progress=quiet))
    return BuildSpeed(first, again)


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start
