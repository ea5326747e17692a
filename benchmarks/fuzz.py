"""Damaged documents and registers through the product's own readers: nothing may end a run.

``python -m benchmarks.fuzz`` reads 20 000 documents (PDF, Word, web pages, text, made from the
fictional region's) with the limits of a build and codes what can be read, and loads 2 000 registers
(CSV, workbooks). Every file is made from its number alone, so that one that fails can be made again
(``--keep FOLDER``); portions continue with ``--first``. It ends with 1 when anything was not typed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import xlsxwriter

from benchmarks.mutations import mutate, without_pictures
from pipelines.errors import PlanInnovationError
from pipelines.example.build import build_documents
from pipelines.model.region import PROJECT, load_region, map_extent
from pipelines.reading.codebook import load_codebook
from pipelines.reading.coded import CodeWhatIsRead
from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import Limits, read_documents
from pipelines.sources.deliveries import recognise
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import load_register

_BATCH = 250
_SEEDS = {".pdf": 8, ".docx": 4, ".html": 4, ".txt": 4}
"""How many of the smallest documents of each kind are damaged."""
_SHARES = {".pdf": 5, ".docx": 5, ".html": 6, ".txt": 4}
_KINDS = ("planbeskrivning", "oversiktsplan", "markanvisningsbeslut")
_LIMITS = Limits(timeout_s=30.0)
_STOPPED = ("Läsningen avbröts", "kräver för mycket minne", "Läsaren kunde inte tolka")
"""Reasons that name a limit, or a defect of ours, and not a fault of the file."""


def document_seeds() -> dict[str, list[bytes]]:
    """Return the smallest documents of the fictional region by ending."""
    files = build_documents(load_region("exempel"))
    seeds: dict[str, list[bytes]] = {}
    for ending, number in _SEEDS.items():
        of_kind = sorted((f for f in files if f.suffix == ending), key=lambda f: f.stat().st_size)
        seeds[ending] = [file.read_bytes() for file in of_kind[:number]]
    seeds[".docx"] = [without_pictures(content) for content in seeds[".docx"]]
    return seeds


def make_document(number: int, seeds: dict[str, list[bytes]], folder: Path) -> Path:
    """Write the damaged document with a number."""
    choose = random.Random(f"document/{number}")
    ending = choose.choices(list(_SHARES), list(_SHARES.values()))[0]
    content, other = choose.choice(seeds[ending]), choose.choice(seeds[ending])
    file = folder / f"{number}{ending}"
    file.write_bytes(mutate(content, other, choose))
    return file


def documents(numbers: range, *, until: float, workers: int) -> tuple[int, Counter[str], list[str]]:
    """Read and code damaged documents; returns how many, outcomes, and what was not typed."""
    seeds, codebook = document_seeds(), load_codebook()
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    done = 0
    for start in range(numbers.start, numbers.stop, _BATCH):
        if time.monotonic() > until:
            break
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            batch = range(start, min(start + _BATCH, numbers.stop))
            files = [make_document(number, seeds, folder) for number in batch]
            kinds = {str(f): _KINDS[i % len(_KINDS)] for i, f in enumerate(files)}
            then = CodeWhatIsRead(kinds, codebook, folder / "codes")
            try:
                read = read_documents(
                    files, cache_dir=None, workers=workers, limits=_LIMITS, ocr=False, then=then
                )
            except Exception:  # what a build would have died of
                faults.append(f"{batch}: {traceback.format_exc(limit=-3)}")
                continue
        for file, document in zip(files, read, strict=True):
            outcome = _outcome(document)
            outcomes[f"{file.suffix[1:]}: {outcome}"] += 1
            if outcome.startswith("NOT TYPED") or any(each in outcome for each in _STOPPED):
                faults.append(f"{file.name}: {outcome}")
        done += len(files)
        _say(f"{done} documents, {len(faults)} to look at")
    return done, outcomes, faults


def _outcome(document: ExtractedDocument) -> str:
    if document.status == "read":
        return "read" if document.passages else "NOT TYPED: read without passages"
    if document.status not in ("unreadable", "not_understood") or not document.reason.strip():
        return f"NOT TYPED: {document.status} without a reason"
    if document.passages:
        return f"NOT TYPED: {document.status} with passages"
    return f"{document.status}: {document.reason[:110]}"


def register_seeds() -> list[tuple[str, bytes]]:
    """Return the registers of both regions as CSV, and as workbooks."""
    seeds = []
    with tempfile.TemporaryDirectory() as place:
        for file in sorted(PROJECT.glob("data/*/register/*.csv")):
            content = file.read_bytes()
            lines = content.splitlines(keepends=True)[:40]
            seeds.append((".csv", b"".join(lines)))
            book = Path(place) / "book.xlsx"
            with xlsxwriter.Workbook(str(book)) as out:
                sheet = out.add_worksheet()
                for row, line in enumerate(lines):
                    sheet.write_row(row, 0, line.decode("utf-8-sig").rstrip().split(";"))
            seeds.append((".xlsx", book.read_bytes()))
    return seeds


def registers(numbers: range, *, until: float) -> tuple[int, Counter[str], list[str]]:
    """Load damaged registers; returns how many, outcomes, and what was not typed."""
    seeds, extent = register_seeds(), map_extent(load_region("exempel"))
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    done = 0
    for number in numbers:
        if time.monotonic() > until:
            break
        choose = random.Random(f"register/{number}")
        ending = choose.choices((".csv", ".xlsx"), (3, 1))[0]  # a workbook costs a process
        content = choose.choice([data for kind, data in seeds if kind == ending])
        other = choose.choice([data for kind, data in seeds if kind == ending])
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / f"{number}{ending}"
            file.write_bytes(mutate(content, other, choose))
            try:
                outcome = _load(file, extent)
            except PlanInnovationError as error:
                parts = (error.found, error.expected, error.do)
                outcome = "refused" if all(parts) else f"NOT TYPED: {parts}"
            except Exception:  # any fault that is not ours is what the run looks for
                outcome = f"NOT TYPED: {traceback.format_exc(limit=-3)}"
        outcomes[f"{ending[1:]}: {outcome[:110]}"] += 1
        if outcome.startswith("NOT TYPED"):
            faults.append(f"register {number}: {outcome}")
        done += 1
        if done % 100 == 0:
            _say(f"{done} registers, {len(faults)} to look at")
    return done, outcomes, faults


def _load(file: Path, extent: tuple[float, float, float, float] | None) -> str:
    raws = read_tables(file)
    outcome = "loaded"
    for raw in raws:
        table = recognise(raw)
        rows, deliveries = load_register(table, [raw], {}, extent)
        for delivery in deliveries:
            loaded, coming = delivery.rows_loaded, delivery.rows_in
            told = {issue.row_number for issue in delivery.issues if issue.severity == "rejected"}
            if coming != raw.rows.height or loaded != rows.height or loaded > coming:
                return f"NOT TYPED: {coming} rows in, {loaded} loaded, {rows.height} in the table"
            if loaded < coming and not told:
                return "NOT TYPED: rows are rejected and none is named"
            if loaded < coming:
                outcome = "loaded in part, the rest rejected by row"
    return outcome


def main() -> None:
    """Run as many as asked for, or as the time allows, and print what became of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=20_000)
    asked.add_argument("--registers", type=int, default=2_000)
    asked.add_argument("--first", type=int, default=0, help="number of the first file")
    asked.add_argument("--seconds", type=float, default=3600.0, help="end after this time")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--keep", type=Path, help="only write the documents to this folder")
    options = asked.parse_args()
    first, until = options.first, time.monotonic() + options.seconds
    numbers = range(first, first + options.documents)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        seeds = document_seeds()
        for number in numbers:
            make_document(number, seeds, options.keep)
        return
    runs = {
        "registers": registers(range(first, first + options.registers), until=until),
        "documents": documents(numbers, until=until, workers=options.workers),
    }
    untyped = 0
    for name, (done, outcomes, faults) in runs.items():
        _say(f"\n{name}: {done} of {getattr(options, name)}")
        for outcome, count in sorted(outcomes.items()):
            _say(f"  {count:6} {outcome}")
        for fault in faults:
            _say(f"  LOOK AT {fault}")
        untyped += sum("NOT TYPED" in fault or "Traceback" in fault for fault in faults)
    _say(f"\nnot typed: {untyped}")
    sys.exit(1 if untyped else 0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
