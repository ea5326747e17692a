"""Facts between two editions: what they would be if only some of the causes had come about.

Each document, passage and object follows one cause, so every set of causes gives a whole and
consistent world; none of them gives the old edition and all of them the new one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property, partial

import polars as pl

from pipelines.indicators.change_causes import CODEBOOK, CORRECTIONS, NEW, REGISTERS, REVISED
from pipelines.indicators.change_passages import Between, Chosen, World, between
from pipelines.indicators.fact_arrays import NOT_KNOWN, READ
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import Facts
from pipelines.indicators.passage_arrays import own_words, passage_arrays
from pipelines.model.codes import OWN_VOICE_DOCUMENTS

_OBJECT = ("object_id", "object_type", "object_kind", "object_name", "municipality_code",
           "core_id", "case_number", "object_stage", "is_open",
           "is_stale", "year", "coverage")  # fmt: skip
_DOCUMENT = ("document_id", "municipality_code", "object_id", "document_kind", "document_stage",
             "sha256", "pages", "coverage", "is_latest", "document_date", "as_of")  # fmt: skip
_SOURCES = ("municipality", "regional_core", "plan", "plan_stage_event", "land_allocation",
            "testing_activity", "procurement", "action", "action_log", "summary_passage",
            "climate_demand", "delivery")  # fmt: skip
_ROOM = 4_000_000
"""Passages of all worlds together that may be kept in memory, as narrow arrays."""
_AFTER = "_after"


class Worlds:
    """Two editions of a region and all that lies between them."""

    def __init__(self, before: Facts, after: Facts) -> None:
        self.before, self.after = before, after
        self._kept: dict[frozenset[str], FactIndex] = {}

    @cached_property
    def ends(self) -> tuple[FactIndex, FactIndex]:
        """Both editions as they were published."""
        before, after = (
            FactIndex(facts, partial(passage_arrays, own=own))
            for facts, own in zip((self.before, self.after), self._words, strict=True)
        )
        return before, after

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """The causes that are at work at all; the others cannot explain anything."""
        documents, differs = self._documents, self._passages.differs
        at_work = {
            NEW: (documents["cause"] == NEW).any() or self._latest_changed,
            REVISED: (documents["cause"] == REVISED).any(),
            CODEBOOK: (documents["coverage"] != documents["coverage" + _AFTER]).any()
            or CODEBOOK in differs,
            CORRECTIONS: CORRECTIONS in differs,
            REGISTERS: self._registers_changed,
        }
        return tuple(cause for cause, works in at_work.items() if works)

    def index(self, causes: frozenset[str]) -> FactIndex:
        """Return the world with some of the causes; kept for the next question while there is room.

        Its facts hold every table but the passages, which stand in its arrays alone.
        """
        found = self._kept.get(causes) or self._made(causes)
        if (len(self._kept) + 1) * self.after["passage"].height <= _ROOM:
            self._kept[causes] = found
        return found

    def _made(self, causes: frozenset[str]) -> FactIndex:
        source = self.after if REGISTERS in causes else self.before
        documents = self._world_documents(causes)
        passages = self._passages.in_world(causes, World.of(documents, self._documents.height))
        tables = {name: source[name] for name in _SOURCES}
        tables["document"] = documents.drop("number")
        tables["planning_object"] = self._world_objects(causes, documents, passages)
        facts = Facts(source.region_name, source.region_label, tables)
        return FactIndex(facts, passages.arrays)

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
        return (
            both.with_columns(
                pl.when(came_or_went)
                .then(pl.lit(NEW))
                .when(pl.col("sha256") != pl.col("sha256" + _AFTER))
                .then(pl.lit(REVISED))
                .alias("cause")
            )
            .sort("document_id")
            .with_row_index("number")
        )

    @cached_property
    def _words(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        return own_words(self.before), own_words(self.after)

    @cached_property
    def _passages(self) -> Between:
        return between(self._documents, (self.before, self.after), self._words)

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
        return self._documents.filter(
            pl.when(pl.col("cause").is_null()).then(True).otherwise(there)
        ).select("number", "document_id", *(side(each, cause) for each, cause in columns.items()))

    def _world_objects(
        self, causes: Collection[str], documents: pl.DataFrame, passages: Chosen
    ) -> pl.DataFrame:
        own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS) & pl.col("is_latest")
        read = own & pl.col("coverage").is_in(READ)
        counted = pl.Series("passages", passages.counted, pl.Int64)
        from_documents = documents.with_columns(counted).group_by("object_id").agg(
            read.any().alias("has_read"),
            pl.col("pages").filter(read).sum().alias("pages"),
            pl.col("passages").sum(),
        )  # fmt: skip
        has_read = pl.col("has_read").fill_null(value=False)
        gone = pl.col("coverage").is_in(NOT_KNOWN)
        found = pl.col("passages").fill_null(0)
        return (
            self._attributes(causes)
            .join(from_documents, on="object_id", how="left")
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
                # Where nothing is read, what is found in an excerpt says that it was found.
                pl.when(has_read | (found > 0)).then(found).alias("passages"),
            )
        )

    def _attributes(self, causes: Collection[str]) -> pl.DataFrame:
        """The register's side of the objects; one that no register knows comes with its file."""
        old, new = (facts["planning_object"].select(_OBJECT) for facts in (self.before, self.after))
        registered = pl.col("object_id").is_in(self._registered)
        in_both = pl.col("object_id").is_in(self._in_both)
        cause = (
            pl.when(in_both | registered).then(pl.lit(REGISTERS)).otherwise(pl.lit(NEW))
        ).is_in(list(causes))
        return pl.concat([old.filter(~cause), new.filter(cause)]).sort("object_id")

    @cached_property
    def _registered(self) -> pl.Series:
        """Objects that a register of either edition knows."""
        names = [
            facts[table][key]
            for facts in (self.before, self.after)
            for table, key in (("plan", "plan_id"), ("land_allocation", "allocation_id"))
        ]
        return pl.concat([each.rename("object_id") for each in names]).unique().implode()

    @cached_property
    def _in_both(self) -> pl.Series:
        old, new = (facts["planning_object"]["object_id"] for facts in (self.before, self.after))
        return old.filter(old.is_in(new.implode())).implode()
