"""What a build takes in: registers and documents, with everything worth reporting of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.model.region import Region, editions_folder, map_extent
from pipelines.model.tables import REGISTERS
from pipelines.progress import Progress
from pipelines.reading.codebook import Codebook
from pipelines.reading.coded import Caches, read_and_code
from pipelines.reading.passage import ExtractedDocument
from pipelines.sources import handed_in
from pipelines.sources.deliveries import collect
from pipelines.sources.homes import Homes
from pipelines.sources.inbox import InboxFile, find_files, match_register
from pipelines.sources.issues import Issue
from pipelines.sources.registers import Delivery, load_register
from pipelines.tables import known_objects


@dataclass(slots=True)
class Work:
    """Frames under way, by table name, with everything worth reporting."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    fresh: int = 0
    cached: int = 0


def load_registers(
    work: Work, region: Region, inboxes: tuple[Path, ...], progress: Progress
) -> None:
    """Load every register, in an order in which references can be checked.

    Registers are in the region's folder of registers, at the top of an inbox, or were handed in.
    """
    progress.step("Läser register")
    delivered = collect((region.registers,), also=inboxes)
    handed_in.add_to(delivered, region)
    extent = map_extent(region)
    known: dict[str, frozenset[str]] = {}
    for table in REGISTERS:
        rows, deliveries = load_register(table, delivered.tables.get(table.name, []), known, extent)
        known[table.name] = frozenset(rows[table.key[0]])
        work.frames[table.name] = rows
        work.deliveries.extend(deliveries)
    work.deliveries.extend(delivered.unreadable)
    work.issues.extend(issue for delivery in work.deliveries for issue in delivery.issues)
    work.issues.extend(delivered.issues)


def leave_out_later(work: Work, known_on: date) -> frozenset[str]:
    """Drop what people coded after a day, and return the documents that are dated after it."""
    day = known_on.isoformat()
    work.frames["human_code"] = work.frames["human_code"].filter(pl.col("coded_on") <= day)
    documents = work.frames["document"].filter(pl.col("document_date") > day)
    return frozenset(documents["document_id"])


def homes_of(frames: dict[str, pl.DataFrame]) -> Homes:
    """Return whose the folders of the inbox are, by the registers that are loaded."""
    objects = known_objects.build(frames["plan"], frames["land_allocation"])
    return Homes(frames["municipality"], objects)


def read_documents(
    work: Work,
    inboxes: tuple[Path, ...],
    codebook: Codebook,
    progress: Progress,
    *,
    ocr: bool,
    leave_out: frozenset[str],
) -> tuple[list[InboxFile], dict[Path, ExtractedDocument]]:
    """Find the documents and read them; those that the register knows the kind of are coded too.

    Args:
        work: the registers that are loaded; takes issues and how many were read.
        inboxes: folders of documents.
        codebook: what to code by.
        progress: told about each document.
        ocr: whether scans are read.
        leave_out: documents that are known and not yet collected.
    """
    homes = homes_of(work.frames)
    files, issues = match_register(work.frames["document"], find_files(inboxes), homes)
    found = [file for file in files if file.document_id not in leave_out]
    work.issues.extend(issues)
    with progress.bar("Läser dokument", len(found)) as advance:

        def done(_: Path, __: ExtractedDocument, cached: bool) -> None:
            work.cached += cached
            work.fresh += not cached
            advance()

        paths = [file.path for file in found]
        registered = dict(work.frames["document"].select("document_id", "document_kind").rows())
        kinds = {file.path: registered[file.document_id] for file in found if file.document_id}
        read = read_and_code(paths, kinds, codebook, caches=reading_caches(), ocr=ocr, on_done=done)
    return found, dict(zip(paths, read, strict=True))


def reading_caches() -> Caches:
    """Where pages and codes are kept between builds."""
    folder = editions_folder() / "cache"
    return Caches(folder / "pages", folder / "codes")
