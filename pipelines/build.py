"""THE MAP: one region's deliveries to a published edition, step by step.

deliveries → registers → documents → passages → objects → indicators → edition
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import polars as pl

from pipelines.indicators.catalog import catalog_indicators, derive_all
from pipelines.indicators.facts import Facts
from pipelines.intake import (
    Work,
    homes_of,
    leave_out_later,
    load_registers,
    read_documents,
    reading_caches,
)
from pipelines.model.region import Region
from pipelines.model.tables import TABLE
from pipelines.progress import Progress
from pipelines.reading.codebook import Codebook, load_codebook
from pipelines.reading.coded import Finding, ToCode, code_documents
from pipelines.reading.passage import READER_VERSION, ExtractedDocument
from pipelines.reading.review.agreement import agreement
from pipelines.sources.inbox import InboxFile
from pipelines.sources.issues import Issue, issue_frame
from pipelines.sources.registers import Delivery
from pipelines.tables import (
    document,
    excerpts,
    human_code,
    known_objects,
    municipality,
    passage,
    plan_stage_event,
    planning_object,
    status,
    to_check,
)
from pipelines.tables.status import Clock
from pipelines.warehouse import kept_documents
from pipelines.warehouse.catalogs import (
    catalog_calibration,
    catalog_codebook,
    catalog_evaluation,
)
from pipelines.warehouse.edition import (
    Inputs,
    Published,
    content_hash,
    current_file,
    prepare,
    publish,
    was_published,
)
from pipelines.warehouse.losses import LOSSES, LossError, accepted_tables, judge

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


def build_with_earlier(
    region: Region,
    inbox: Path | None = None,
    *,
    progress: Progress,
    accept_loss: Collection[str] = (),
) -> Build:
    """Build a region; a fictional one without any edition first gets its earlier one."""
    if region.is_example and region.earlier and current_file(region.name) is None:
        build_region(region, inbox, progress=progress, known_on=region.earlier)
    return build_region(region, inbox, progress=progress, accept_loss=accept_loss)


def build_region(
    region: Region,
    inbox: Path | None = None,
    *,
    progress: Progress,
    known_on: date | None = None,
    today: date | None = None,
    accept_loss: Collection[str] = (),
) -> Build:
    """Build and publish an edition of one region.

    Args:
        region: whose deliveries are built.
        inbox: a further folder of documents and registers, beside the region's own.
        progress: told about each step.
        known_on: build the edition of this day instead: documents dated later are known but not
            collected, and what people have coded since is not there.
        today: the day on which the age of a status is judged; if not given that of ``known_on``,
            else the day that a fictional region lives on, else the calendar's.
        accept_loss: tables that may shrink more than the region's limits allow.

    Raises:
        LossError: the edition would lack too much of the current one, which stays.
        EditionError: the disk has no room.
        ContractError: our own output breaks a contract; the last good edition stays current.
    """
    accepted = accepted_tables(accept_loss)
    prepare(region)
    if region.texts.is_dir():
        _make_example(region, progress)
    inboxes = (region.inbox, *([inbox] if inbox else []))
    codebook = load_codebook()
    work = Work()
    load_registers(work, region, inboxes, progress)
    later = leave_out_later(work, known_on) if known_on else frozenset()
    found, readings = read_documents(
        work, inboxes, codebook, progress, ocr=region.ocr, leave_out=later
    )
    objects, coded, texts = _join_documents(work, found, readings, codebook, progress)
    _review(work, coded, texts, codebook)
    judged_on = today or known_on or region.today or date.today()
    _derive(work, objects, Clock(judged_on, region.shelf_life))
    people = _measure(work, region)
    inputs = Inputs(READER_VERSION, codebook.version, codebook.hash)
    catalogs = {
        "catalog_indicator": catalog_indicators(),
        "catalog_codebook": catalog_codebook(codebook),
        "catalog_evaluation": catalog_evaluation(codebook),
        "catalog_calibration": catalog_calibration(codebook),
        "catalog_agreement": people,
        LOSSES: _judge(work, region, inputs, accepted, known_on),
    }
    progress.step("Sparar handlingarna")
    kept_documents.keep(region, _built_from(work.frames["document"], readings))
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
    kept_documents.sweep(region)
    return Build(
        region, published, work.deliveries, work.issues, work.frames, work.fresh, work.cached
    )


def _judge(
    work: Work, region: Region, inputs: Inputs, accepted: frozenset[str], known_on: date | None
) -> pl.DataFrame:
    """Stop at losses that nobody accepted; the way back to what was published once is none."""
    # An edition of an earlier day lacks what was not collected yet, and loses nothing.
    before = None if known_on else current_file(region.name)
    made_with = (READER_VERSION, inputs.codebook_hash)
    limits = region.loss_limits
    try:
        return judge(region.name, before, work.frames, limits, accepted, made_with)
    except LossError:
        if not was_published(region.name, content_hash(work.frames, inputs)):
            raise
        everything = frozenset(TABLE)
        return judge(region.name, before, work.frames, limits, everything, made_with)


def _built_from(
    documents: pl.DataFrame, readings: dict[Path, ExtractedDocument]
) -> list[tuple[Path, ExtractedDocument]]:
    """The files that the edition's documents were read from, but those that are withheld."""
    withheld = documents.filter(pl.col("coverage") == "withheld")["sha256"]
    wanted = set(documents["sha256"].drop_nulls()) - set(withheld)
    return [(path, reading) for path, reading in readings.items() if reading.sha256 in wanted]


def _make_example(region: Region, progress: Progress) -> None:
    """Make a fictional region's documents from its texts; unchanged ones are left as they are."""
    from pipelines.example.build import build_documents  # PDF writing is slow to import

    total = len(list(region.texts.rglob("*.md")))
    with progress.bar("Skapar exempelregionens dokument", total) as advance:
        build_documents(region, progress=lambda *_: advance())


def _join_documents(
    work: Work,
    found: list[InboxFile],
    readings: dict[Path, ExtractedDocument],
    codebook: Codebook,
    progress: Progress,
) -> tuple[pl.DataFrame, dict[str, list[Finding]], dict[str, ExtractedDocument]]:
    frames = work.frames
    objects = known_objects.build(frames["plan"], frames["land_allocation"])
    added, added_paths, issues = document.register_unknown(
        found, readings, homes_of(frames), objects
    )
    work.issues.extend(issues)
    registered = frames["document"].with_columns(pl.lit("registered").alias("link_kind"))
    paths = {file.document_id: file.path for file in found if file.document_id} | added_paths
    rows = known_objects.under_one_id(pl.concat([registered, added]), objects)
    frames["document"], issues = document.build(rows, paths, readings, objects)
    work.issues.extend(issues)
    to_code = [
        ToCode(document_id, readings[paths[document_id]], kind)
        for document_id, kind, coverage in frames["document"]
        .select("document_id", "document_kind", "coverage")
        .rows()
        if coverage == "read_none"
    ]
    with progress.bar("Kodar passager", len(to_code)) as advance:
        coded = code_documents(
            to_code, codebook, caches=reading_caches(), on_done=lambda *_: advance()
        )
    frames["document"] = document.mark_not_coded(
        frames["document"], [item.document_id for item in to_code if item.document_id not in coded]
    )
    return objects, coded, {item.document_id: item.document for item in to_code}


def _review(
    work: Work,
    coded: dict[str, list[Finding]],
    texts: dict[str, ExtractedDocument],
    codebook: Codebook,
) -> None:
    frames = work.frames
    people = human_code.overlay(coded, frames["human_code"], frames["document"], texts, codebook)
    work.issues.extend(people.issues)
    frames["human_code"], frames["passage_review"] = people.codings, people.reviews
    frames["passage"] = passage.build(people.coded, frames["document"], people.by_people)


def _derive(work: Work, objects: pl.DataFrame, clock: Clock) -> None:
    frames = work.frames
    frames["document"] = document.count(frames["document"], frames["passage"])
    frames["plan_stage_event"] = plan_stage_event.build(frames["plan_stage_event"], frames["plan"])
    everything = status.objects_with_status(
        planning_object.add_unregistered(objects, frames["document"]),
        frames["plan"],
        frames["plan_stage_event"],
        frames["land_allocation"],
        frames["document"],
        clock,
    )
    for table, key in (("plan", "plan_id"), ("land_allocation", "allocation_id")):
        frames[table] = status.register_with_status(frames[table], key, everything)
    frames["testing_activity"] = status.activities_with_status(frames["testing_activity"], clock)
    frames["summary_passage"] = excerpts.resolve(frames["summary_passage"], everything)
    frames["planning_object"] = planning_object.build(
        everything,
        frames["document"],
        frames["passage"],
        frames["municipality"],
        frames["summary_passage"],
    )


def _measure(work: Work, region: Region) -> pl.DataFrame:
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
    frames["municipality"] = municipality.with_newest_inhabitants(
        frames["municipality"], frames["reference_figure"]
    )
    frames["excerpt_count"] = excerpts.count(
        frames["summary_passage"], frames["municipality"], region.name, region.label
    )
    frames["to_check"] = to_check.build(
        frames["planning_object"],
        frames["document"],
        frames["testing_activity"],
        frames["climate_demand"],
        frames["municipality"],
    )
    people = agreement(frames["human_code"])
    facts = Facts(region.name, region.label, frames, agreement=people)
    frames |= derive_all(facts)
    return people
