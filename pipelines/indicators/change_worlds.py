"""Facts between two editions: what they would be if only some of the causes had come about.

Each document, passage and object follows one cause, so every set of causes gives a whole and
consistent world; none of them gives the old edition and all of them the new one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import polars as pl

from pipelines.indicators.fact_arrays import NOT_KNOWN, READ
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import PASSAGE_COLUMNS, Facts
from pipelines.model.plan_codes import OWN_VOICE_DOCUMENTS

NEW, REVISED, CODEBOOK, CORRECTIONS, REGISTERS = (
    "new_documents",
    "revised_documents",
    "codebook",
    "corrections",
    "registers",
)
_OBJECT = ("object_id", "object_type", "object_kind", "object_name", "municipality_code",
           "core_id", "case_number", "object_stage", "is_open", "year", "coverage")  # fmt: skip
_DOCUMENT = ("document_id", "municipality_code", "object_id", "document_kind", "document_stage",
             "sha256", "pages", "coverage", "is_latest", "document_date", "as_of")  # fmt: skip
_SOURCES = ("municipality", "regional_core", "plan", "plan_stage_event", "land_allocation",
            "testing_activity", "procurement", "action", "action_log", "summary_passage",
            "delivery")  # fmt: skip
_PASSAGE = tuple(name for name in PASSAGE_COLUMNS if name != "spans")
"""Marked words are for other rules of counting; no number here needs them."""
_ROOM = 1_000_000
"""Passages of all worlds together that may be kept in memory."""
_AFTER = "_after"


class Worlds:
    """Two editions of a region and all that lies between them."""

    def __init__(self, before: Facts, after: Facts) -> None:
        self.before, self.after = before, after
        self._kept: dict[frozenset[str], FactIndex] = {}

    @cached_property
    def ends(self) -> tuple[FactIndex, FactIndex]:
        """Both editions as they were published."""
        return FactIndex(self.before), FactIndex(self.after)

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """The causes that are at work at all; the others cannot explain anything."""
        documents, passages = self._documents, self._passages
        at_work = {
            NEW: (documents["cause"] == NEW).any() or self._latest_changed,
            REVISED: (documents["cause"] == REVISED).any(),
            CODEBOOK: (documents["coverage"] != documents["coverage" + _AFTER]).any()
            or self._differs(passages, CODEBOOK),
            CORRECTIONS: self._differs(passages, CORRECTIONS),
            REGISTERS: self._registers_changed,
        }
        return tuple(cause for cause, works in at_work.items() if works)

    def index(self, causes: frozenset[str]) -> FactIndex:
        """Return the world's arrays; kept for the next question while there is room."""
        found = self._kept.get(causes) or FactIndex(self.facts(causes))
        if (len(self._kept) + 1) * self.after["passage"].height <= _ROOM:
            self._kept[causes] = found
        return found

    def facts(self, causes: Collection[str]) -> Facts:
        """Return the facts as they would be with some of the causes."""
        source = self.after if REGISTERS in causes else self.before
        documents = self._world_documents(causes)
        passages = self._world_passages(causes, documents)
        tables = {name: source[name] for name in _SOURCES}
        tables["document"] = documents
        tables["passage"] = passages
        tables["planning_object"] = self._world_objects(causes, documents, passages)
        return Facts(source.region_name, source.region_label, tables)

    @cached_property
    def _documents(self) -> pl.DataFrame:
        """Documents of both editions side by side, each with its cause."""
        old, new = (facts["document"].select(_DOCUMENT) for facts in (self.before, self.after))
        both = old.with_columns(pl.lit(value=True).alias("there")).join(
            new.with_columns(pl.lit(value=True).alias("there")),
            on="document_id", how="full", coalesce=True, suffix=_AFTER,
        )  # fmt: skip
        came_or_went = (
            pl.col("there").is_null()
            | pl.col("there" + _AFTER).is_null()
            | (pl.col("sha256").is_null() != pl.col("sha256" + _AFTER).is_null())
        )
        return both.with_columns(
            pl.when(came_or_went)
            .then(pl.lit(NEW))
            .when(pl.col("sha256") != pl.col("sha256" + _AFTER))
            .then(pl.lit(REVISED))
            .alias("cause")
        )

    @cached_property
    def _passages(self) -> pl.DataFrame:
        """Passages of both editions, each with the cause that it follows.

        Those of a new or revised document follow the document; others follow the codebook, or
        corrections where a person has coded them in either edition.
        """
        frames = []
        for is_after, facts in ((False, self.before), (True, self.after)):
            latest = facts["document"].select("document_id", "is_latest")
            own = (pl.col("voice") == "plan") & ~pl.col("is_negated") & (pl.col("level") > 0)
            frames.append(
                facts["passage"]
                .select(_PASSAGE)
                .join(latest, on="document_id", how="left")
                .with_columns(
                    pl.lit(is_after).alias("is_after"),
                    # An older version's passages would count, were it the latest.
                    (pl.col("is_counted") | (own & ~pl.col("is_latest").fill_null(value=True)))
                    .alias("would_count"),
                )
                .drop("is_latest")
            )  # fmt: skip
        by_hand = (pl.col("coded_by") == "human").any().over("passage_id")
        return (
            pl.concat(frames)
            .join(self._documents.select("document_id", "cause"), on="document_id", how="left")
            .with_columns(
                pl.coalesce(
                    "cause", pl.when(by_hand).then(pl.lit(CORRECTIONS)).otherwise(pl.lit(CODEBOOK))
                ).alias("cause")
            )
        )

    @cached_property
    def _latest_changed(self) -> bool:
        changed = self._documents["is_latest"] != self._documents["is_latest" + _AFTER]
        return bool(changed.any())

    @cached_property
    def _registers_changed(self) -> bool:
        same = all(self.before[name].equals(self.after[name]) for name in _SOURCES)
        old, new = (
            facts["planning_object"]
            .select(*_OBJECT[:-1], pl.col("coverage").is_in(NOT_KNOWN))
            .sort("object_id")
            for facts in (self.before, self.after)
        )
        return not same or not old.equals(new)

    def _differs(self, passages: pl.DataFrame, cause: str) -> bool:
        own = passages.filter(pl.col("cause") == cause).drop("cause")
        old, new = (
            own.filter(pl.col("is_after") == after).drop("is_after").sort("passage_id")
            for after in (False, True)
        )
        return not old.equals(new)

    def _world_documents(self, causes: Collection[str]) -> pl.DataFrame:
        follows = pl.col("cause").is_in(list(causes)).fill_null(value=False)

        def side(column: str, cause: str) -> pl.Expr:
            """A document that stays follows this cause in the column, others their own."""
            stays = pl.lit(value=cause in causes)
            use_after = pl.when(pl.col("cause").is_null()).then(stays).otherwise(follows)
            return (
                pl.when(use_after).then(pl.col(column + _AFTER)).otherwise(pl.col(column))
            ).alias(column)

        there = pl.when(follows).then("there" + _AFTER).otherwise("there").fill_null(value=False)
        columns = dict.fromkeys(_DOCUMENT[1:], REGISTERS)
        columns |= {"is_latest": NEW, "coverage": CODEBOOK, "pages": CODEBOOK, "sha256": CODEBOOK}
        return (
            self._documents.filter(pl.when(pl.col("cause").is_null()).then(True).otherwise(there))
            .select("document_id", *(side(name, cause) for name, cause in columns.items()))
            .sort("document_id")
        )

    def _world_passages(self, causes: Collection[str], documents: pl.DataFrame) -> pl.DataFrame:
        follows = pl.col("cause").is_in(list(causes))
        return (
            self._passages.filter(pl.col("is_after") == follows)
            .join(
                documents.select("document_id", "is_latest", pl.col("object_id").alias("holder")),
                on="document_id",
            )
            .with_columns(
                (pl.col("would_count") & pl.col("is_latest")).alias("is_counted"),
                pl.col("holder").alias("object_id"),
            )
            .select(_PASSAGE)
            .sort("passage_id")
        )

    def _world_objects(
        self, causes: Collection[str], documents: pl.DataFrame, passages: pl.DataFrame
    ) -> pl.DataFrame:
        own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS) & pl.col("is_latest")
        read = own & pl.col("coverage").is_in(READ)
        from_documents = documents.group_by("object_id").agg(
            read.any().alias("has_read"), pl.col("pages").filter(read).sum().alias("pages")
        )
        counted = passages.filter("is_counted").group_by("object_id").agg(
            pl.len().cast(pl.Int64).alias("passages")
        )  # fmt: skip
        has_read = pl.col("has_read").fill_null(value=False)
        gone = pl.col("coverage").is_in(NOT_KNOWN)
        found = pl.col("passages").fill_null(0)
        return (
            self._attributes(causes)
            .join(from_documents, on="object_id", how="left")
            .join(counted, on="object_id", how="left")
            .with_columns(
                pl.when(gone)
                .then("coverage")
                .when(has_read & (found > 0))
                .then(pl.lit("read_found"))
                .when(has_read)
                .then(pl.lit("read_none"))
                .when(pl.col("coverage").is_in(READ))
                .then(pl.lit("not_collected"))
                .otherwise("coverage")
                .alias("coverage"),
                pl.col("pages").fill_null(0),
                pl.when(has_read).then(found).otherwise(pl.col("passages")).alias("passages"),
            )
        )

    def _attributes(self, causes: Collection[str]) -> pl.DataFrame:
        """The register's side of the objects; one that no register knows comes with its file."""
        old, new = (facts["planning_object"].select(_OBJECT) for facts in (self.before, self.after))
        known = set()
        for facts in (self.before, self.after):
            known |= set(facts["plan"]["plan_id"]) | set(facts["land_allocation"]["allocation_id"])
        registered = pl.col("object_id").is_in(list(known))
        in_both = pl.col("object_id").is_in(list(set(old["object_id"]) & set(new["object_id"])))
        cause = (
            pl.when(in_both | registered).then(pl.lit(REGISTERS)).otherwise(pl.lit(NEW))
        ).is_in(list(causes))
        return pl.concat([old.filter(~cause), new.filter(cause)]).sort("object_id")
