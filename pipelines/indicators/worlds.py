"""Facts between two editions: what they would be if only some of the causes had come about.

Each document, passage and object follows one cause, so every set of causes gives a whole and
consistent world; none of them gives the old edition and all of them the new one.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import polars as pl

from pipelines.indicators.facts import OWN_WORDS, Facts, bits
from pipelines.indicators.scope import NOT_KNOWN, READ
from pipelines.model.codes import (
    CAUSE,
    INSTRUMENT,
    OWN_VOICE_DOCUMENTS,
    STAGES_BEFORE_REVIEW,
    THEME,
)
from pipelines.model.tables import TABLE

NEW, REVISED, CODEBOOK, CORRECTIONS, REGISTERS = CAUSE.values
_OBJECT = ("object_id", "object_type", "object_kind", "object_name", "municipality_code",
           "core_id", "case_number", "object_stage", "is_open",
           "is_stale", "year", "coverage")  # fmt: skip
_DOCUMENT = ("document_id", "municipality_code", "object_id", "document_kind", "document_stage",
             "sha256", "pages", "coverage", "is_latest", "document_date", "as_of")  # fmt: skip
_SOURCES = ("municipality", "regional_core", "plan", "plan_stage_event", "land_allocation",
            "testing_activity", "procurement", "action", "action_log", "summary_passage",
            "climate_demand",
            "delivery")  # fmt: skip
_AFTER = "_after"
_SAID = ("document_id", "level", "theme_bits", "instrument_bits", "would_count", "is_own")
"""What a passage says to a number; two passages that say the same are the same."""
_SAID_IN_EDITION = f"""
WITH own AS (
    SELECT p.*, coalesce(voice = 'plan' AND NOT is_negated, false) AS is_own,
           coalesce(d.is_latest, true) AS is_latest
    FROM passage p LEFT JOIN (SELECT document_id, is_latest FROM document) d USING (document_id)
    WHERE {OWN_WORDS}
)
SELECT document_id, level, {bits("themes", THEME.values)} AS theme_bits,
       {bits("instruments", INSTRUMENT.values)} AS instrument_bits, is_own,
       coalesce(is_counted, false) OR (is_own AND NOT is_latest) AS would_count,
       list_contains($by_hand::VARCHAR[], passage_id) AS is_by_hand, count(*) AS passages
FROM own GROUP BY ALL
"""
"""An older version's passages would count, were it the latest."""


class Worlds:
    """Two editions of a region and all that lies between them."""

    def __init__(self, before: Facts, after: Facts) -> None:
        self.before, self.after = before, after
        self._kept: dict[frozenset[str], Facts] = {}

    @property
    def ends(self) -> tuple[Facts, Facts]:
        """Both editions as they were published."""
        return self.before, self.after

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """The causes that are at work at all; the others cannot explain anything."""
        documents = self._documents
        at_work = {
            NEW: (documents["cause"] == NEW).any() or self._latest_changed,
            REVISED: (documents["cause"] == REVISED).any(),
            CODEBOOK: (documents["coverage"] != documents["coverage" + _AFTER]).any()
            or self._differs(CODEBOOK),
            CORRECTIONS: self._differs(CORRECTIONS),
            REGISTERS: self._registers_changed,
        }
        return tuple(cause for cause, works in at_work.items() if works)

    def facts(self, causes: frozenset[str]) -> Facts:
        """Return the world with some of the causes: the tables of one of the editions.

        Documents, plans and ``object_codes`` are the world's own; nothing else of it may be asked
        about passages.
        """
        if causes not in self._kept:
            source = self.after if REGISTERS in causes else self.before
            documents = self._world_documents(causes)
            codes = self._world_codes(causes, documents)
            own = ("object_id", "theme_bits", "instrument_bits", "level", "is_counted", "is_early")
            self._kept[causes] = source.instead(
                {
                    "document": documents,
                    "planning_object": self._world_objects(causes, documents, codes),
                    "object_codes": codes.group_by(own).agg(pl.col("passages").sum()),
                }
            )
        return self._kept[causes]

    @cached_property
    def _documents(self) -> pl.DataFrame:
        """Documents of both editions side by side, each with its cause."""
        query = f"SELECT {', '.join(_DOCUMENT)} FROM document"
        old, new = (facts.sql(query) for facts in self.ends)
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
        ).sort("document_id")

    @cached_property
    def _codes(self) -> pl.DataFrame:
        """What the passages of both editions say, by document, added up, each with its cause.

        Those of a new or revised document follow the document; others follow the codebook, or
        corrections where a person has coded them in either edition. ``would_count`` says whether
        a passage counts when its document is the latest version.
        """
        by_hand = pl.concat(
            facts.sql("SELECT passage_id FROM passage WHERE coded_by = 'human'")["passage_id"]
            for facts in self.ends
        ).unique()
        causes = self._documents.select("document_id", "cause")
        both = pl.concat(
            facts.sql(_SAID_IN_EDITION, by_hand=by_hand.to_list()).with_columns(
                pl.lit(is_after).alias("is_after")
            )
            for is_after, facts in zip((False, True), self.ends, strict=True)
        )
        coded = pl.when("is_by_hand").then(pl.lit(CORRECTIONS)).otherwise(pl.lit(CODEBOOK))
        return both.join(causes, on="document_id").with_columns(
            pl.coalesce("cause", coded).alias("cause")
        )

    def _differs(self, cause: str) -> bool:
        """Whether the documents that follow a cause say something else in the later edition."""
        own = self._codes.filter(pl.col("cause") == cause)
        old, new = (
            own.filter(pl.col("is_after") == after)
            .group_by(_SAID).agg(pl.col("passages").sum()).sort(_SAID)
            for after in (False, True)
        )  # fmt: skip
        return not old.equals(new)

    def _world_codes(self, causes: Collection[str], documents: pl.DataFrame) -> pl.DataFrame:
        """What is said in a world: the columns of ``object_codes`` and ``document_id``."""
        is_early = pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW).fill_null(value=False)
        there = documents.select(
            "document_id",
            "object_id",
            pl.col("is_latest").fill_null(value=False),
            is_early.alias("is_early"),
        )
        return (
            self._codes.filter(pl.col("is_after") == pl.col("cause").is_in(list(causes)))
            .join(there, on="document_id")
            .with_columns((pl.col("would_count") & pl.col("is_latest")).alias("is_counted"))
            .filter(pl.col("is_counted") | pl.col("is_own"))
        )

    @cached_property
    def _latest_changed(self) -> bool:
        changed = self._documents["is_latest"] != self._documents["is_latest" + _AFTER]
        return bool(changed.any())

    @cached_property
    def _registers_changed(self) -> bool:
        same = all(
            self.before[name].sort(key := TABLE[name].key).equals(self.after[name].sort(key))
            for name in _SOURCES
        )
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
        ).select("document_id", *(side(each, cause) for each, cause in columns.items()))

    def _world_objects(
        self, causes: Collection[str], documents: pl.DataFrame, codes: pl.DataFrame
    ) -> pl.DataFrame:
        own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS) & pl.col("is_latest")
        read = own & pl.col("coverage").is_in(READ)
        counted = codes.filter("is_counted").group_by("document_id").agg(pl.col("passages").sum())
        counts = documents.join(counted, on="document_id", how="left").with_columns(
            pl.col("passages").fill_null(0)
        )
        from_documents = counts.group_by("object_id").agg(
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
