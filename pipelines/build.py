"""THE MAP: one region's deliveries to a published edition, step by step.

deliveries → registers → documents → passages → objects → indicators → edition
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from pipelines.indicators.catalog import catalog_indicators, derive_all
from pipelines.indicators.facts import Facts
from pipelines.model.region import Region, editions_folder
from pipelines.model.registers import REGISTERS
from pipelines.model.tables import TABLE
from pipelines.progress import Progress
from pipelines.reading.codebook import Codebook, load_codebook
from pipelines.reading.coded import Caches, Finding, ToCode, code_documents, read_and_code
from pipelines.reading.passage import READER_VERSION, ExtractedDocument
from pipelines.reading.review.agreement import agreement
from pipelines.sources.inbox import InboxFile, find_documents, match_register
from pipelines.sources.issues import Issue, issue_frame
from pipelines.sources.registers import Delivery, find_register_files, load_register
from pipelines.tables import (
    document,
    human_code,
    known_objects,
    passage,
    plan_stage_event,
    planning_object,
)
from pipelines.warehouse.catalogs import catalog_codebook, catalog_evaluation
from pipelines.warehouse.edition import Inputs, Published, current_file, publish

_MORNING = time(9)


@dataclass(slots=True)
class Build:
    """What one build took in and gave; the report is made from it."""

    region: Region
    published: Published
    deliveries: list[Delivery]
    issues: list[Issue]
    frames: dict[str, pl.DataFrame]
    documents_read: int
    documents_cached: int


@dataclass(slots=True)
class _Work:
    """Frames under way, by table name, with everything worth reporting."""

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    fresh: int = 0
    cached: int = 0


def build_with_earlier(region: Region, inbox: Path | None = None, *, progress: Progress) -> Build:
    """Build a region; a fictional one without any edition first gets its earlier one."""
    if region.is_example and region.earlier and current_file(region.name) is None:
        build_region(region, inbox, progress=progress, known_on=region.earlier)
    return build_region(region, inbox, progress=progress)


def build_region(
    region: Region,
    inbox: Path | None = None,
    *,
    progress: Progress,
    known_on: date | None = None,
) -> Build:
    """Build and publish an edition of one region.

    Args:
        region: whose deliveries are built.
        inbox: a further folder of documents and registers, beside the region's own.
        progress: told about each step.
        known_on: build the edition of this day instead: documents dated later are known but not
            collected, and what people have coded since is not there.

    Raises:
        ContractError: our own output breaks a contract; the last good edition stays current.
    """
    if region.texts.is_dir():
        _make_example(region, progress)
    inboxes = (region.inbox, *([inbox] if inbox else []))
    codebook = load_codebook()
    work = _Work()
    _load_registers(work, (region.registers, *([inbox] if inbox else [])), progress)
    later = _leave_out_later(work, known_on) if known_on else frozenset()
    found, readings = _read(work, inboxes, codebook, progress, ocr=region.ocr, leave_out=later)
    objects, coded, texts = _join_documents(work, found, readings, codebook, progress)
    _review(work, coded, texts, codebook)
    _derive(work, objects)
    people = _measure(work, region)
    inputs = Inputs(READER_VERSION, codebook.version, codebook.hash)
    catalogs = {
        "catalog_indicator": catalog_indicators(),
        "catalog_codebook": catalog_codebook(codebook),
        "catalog_evaluation": catalog_evaluation(codebook),
        "catalog_agreement": people,
    }
    progress.step("Skriver och kontrollerar utgåvan")
    published = publish(
        region,
        work.frames,
        catalogs,
        inputs,
        datetime.combine(known_on, _MORNING)
        if known_on
        else datetime.now().astimezone().replace(tzinfo=None, microsecond=0),
    )
    return Build(
        region, published, work.deliveries, work.issues, work.frames, work.fresh, work.cached
    )


def _make_example(region: Region, progress: Progress) -> None:
    """Make a fictional region's documents from its texts; unchanged ones are left as they are."""
    from pipelines.example.build import build_documents  # PDF writing is slow to import

    total = len(list(region.texts.rglob("*.md")))
    with progress.bar("Skapar exempelregionens dokument", total) as advance:
        build_documents(region, progress=lambda *_: advance())


def _load_registers(work: _Work, folders: tuple[Path, ...], progress: Progress) -> None:
    progress.step("Läser register")
    known: dict[str, frozenset[str]] = {}
    for table in REGISTERS:
        rows, deliveries = load_register(table, find_register_files(table, folders), known)
        known[table.name] = frozenset(rows[table.key[0]])
        work.frames[table.name] = rows
        work.deliveries.extend(deliveries)
        work.issues.extend(issue for delivery in deliveries for issue in delivery.issues)


def _leave_out_later(work: _Work, known_on: date) -> frozenset[str]:
    """Drop what people coded after a day, and return the documents that are dated after it."""
    day = known_on.isoformat()
    work.frames["human_code"] = work.frames["human_code"].filter(pl.col("coded_on") <= day)
    documents = work.frames["document"].filter(pl.col("document_date") > day)
    return frozenset(documents["document_id"])


def _read(
    work: _Work,
    inboxes: tuple[Path, ...],
    codebook: Codebook,
    progress: Progress,
    *,
    ocr: bool,
    leave_out: frozenset[str],
) -> tuple[list[InboxFile], dict[Path, ExtractedDocument]]:
    files, issues = match_register(work.frames["document"], find_documents(inboxes))
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
        read = read_and_code(paths, kinds, codebook, caches=_caches(), ocr=ocr, on_done=done)
    return found, dict(zip(paths, read, strict=True))


def _caches() -> Caches:
    folder = editions_folder() / "cache"
    return Caches(folder / "pages", folder / "codes")


def _join_documents(
    work: _Work,
    found: list[InboxFile],
    readings: dict[Path, ExtractedDocument],
    codebook: Codebook,
    progress: Progress,
) -> tuple[pl.DataFrame, dict[str, list[Finding]], dict[str, ExtractedDocument]]:
    frames = work.frames
    objects = known_objects.build(frames["plan"], frames["land_allocation"])
    added, added_paths, issues = document.register_unknown(
        found, readings, frames["municipality"], objects
    )
    work.issues.extend(issues)
    registered = frames["document"].with_columns(pl.lit("registered").alias("link_kind"))
    paths = {file.document_id: file.path for file in found if file.document_id} | added_paths
    frames["document"] = document.build(pl.concat([registered, added]), paths, readings, objects)
    to_code = [
        ToCode(document_id, readings[paths[document_id]], kind)
        for document_id, kind, coverage in frames["document"]
        .select("document_id", "document_kind", "coverage")
        .rows()
        if coverage == "read_none"
    ]
    with progress.bar("Kodar passager", len(to_code)) as advance:
        coded = code_documents(to_code, codebook, caches=_caches(), on_done=lambda *_: advance())
    return objects, coded, {item.document_id: item.document for item in to_code}


def _review(
    work: _Work,
    coded: dict[str, list[Finding]],
    texts: dict[str, ExtractedDocument],
    codebook: Codebook,
) -> None:
    frames = work.frames
    people = human_code.overlay(coded, frames["human_code"], frames["document"], texts, codebook)
    work.issues.extend(people.issues)
    frames["human_code"], frames["passage_review"] = people.codings, people.reviews
    frames["passage"] = passage.build(people.coded, frames["document"], people.by_people)


def _derive(work: _Work, objects: pl.DataFrame) -> None:
    frames = work.frames
    frames["document"] = document.count(frames["document"], frames["passage"])
    frames["plan_stage_event"] = plan_stage_event.build(frames["plan_stage_event"], frames["plan"])
    everything = planning_object.add_unregistered(objects, frames["document"])
    frames["planning_object"] = planning_object.build(
        everything, frames["document"], frames["passage"], frames["municipality"]
    )


def _measure(work: _Work, region: Region) -> pl.DataFrame:
    """Compute every number and derived table; the agreement of people and machine is answered."""
    frames = work.frames
    contract = TABLE["delivery"]
    rows = [
        {
            "region": region.name,
            **{
                name: getattr(delivery, name) for name in contract.polars_schema if name != "region"
            },
        }
        for delivery in work.deliveries
    ]
    frames["delivery"] = pl.DataFrame(rows, schema=pl.Schema(contract.polars_schema)).sort(
        contract.key
    )
    frames["issue"] = issue_frame(work.issues)
    people = agreement(frames["human_code"])
    facts = Facts(region.name, region.label, frames, agreement=people)
    frames |= derive_all(facts)
    return people
