"""The passages of two editions as arrays, each with the cause that it follows.

They are laid out once. A world between the editions is then a choice among them: which causes have
come about, and where their documents lie in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from pipelines.indicators.change_causes import CODEBOOK, CORRECTIONS
from pipelines.indicators.fact_arrays import Bits, Bools, Ints, Objects, Small
from pipelines.indicators.facts import Facts
from pipelines.indicators.passage_arrays import Passages
from pipelines.model.codes import CAUSE, STAGES_BEFORE_REVIEW

CAUSES = CAUSE.values
_SAID = ("document", "level", "themes", "instruments", "would_count", "is_own")
"""What a passage says to a number; two passages that say the same are the same."""


@dataclass(frozen=True)
class Between:
    """The passages of both editions, one element each, those of a document together.

    ``document`` is a row of the documents of both editions, ``cause`` a position in ``CAUSES``;
    ``would_count`` says whether a passage counts when its document is the latest version.
    """

    document: npt.NDArray[np.int32]
    cause: Small
    is_after: Bools
    level: Small
    themes: Bits
    instruments: Bits
    would_count: Bools
    is_own: Bools
    differs: frozenset[str]

    def in_world(self, causes: Collection[str], documents: World) -> Chosen:
        """Return the passages that are there when some causes have come about."""
        come = np.array([cause in causes for cause in CAUSES], np.bool_)
        there = np.flatnonzero(
            (self.is_after == come[self.cause]) & documents.is_there[self.document]
        )
        document = self.document[there]
        return Chosen(
            self, documents, there, self.would_count[there] & documents.is_latest[document]
        )


@dataclass(frozen=True)
class World:
    """Documents of both editions as they are in a world, one element each."""

    is_there: Bools
    is_latest: Bools
    is_early: Bools
    holder: pl.Series

    @classmethod
    def of(cls, documents: pl.DataFrame, size: int) -> World:
        """Lay out a world's ``document``, with ``number``, its row among those of both editions."""
        at = documents["number"].to_numpy()
        columns = documents.select(
            pl.lit(value=True).alias("there"),
            pl.col("is_latest").fill_null(value=False),
            pl.col("document_stage").is_in(STAGES_BEFORE_REVIEW).fill_null(value=False),
        )
        laid = np.zeros((3, size), np.bool_)
        for row, column in zip(laid, columns, strict=True):
            row[at] = column.to_numpy()
        there, latest, early = laid
        return cls(there, latest, early, documents["object_id"])

    @cached_property
    def rows(self) -> Ints:
        """Rows of the documents that are there, in order."""
        return np.flatnonzero(self.is_there)

    def places(self, objects: Objects) -> Ints:
        """The position of each document's object; −1 for one that is not among them."""
        place = objects.frame.select("object_id").with_row_index("place")
        found = self.holder.to_frame().join(
            place, left_on=self.holder.name, right_on="object_id", how="left", maintain_order="left"
        )
        places = np.full(self.is_there.size, -1, np.int64)
        places[self.rows] = found["place"].cast(pl.Int64).fill_null(-1).to_numpy()
        return places


@dataclass(frozen=True)
class Chosen:
    """The passages of one world: where they stand in all, and which of them count."""

    between: Between
    documents: World
    there: Ints
    is_counted: Bools

    @cached_property
    def counted(self) -> Ints:
        """How many count in each document that is there, in the order of the documents."""
        document = self.between.document[self.there[self.is_counted]]
        size = self.documents.is_there.size
        return np.bincount(document, minlength=size)[self.documents.rows]

    def arrays(self, _facts: Facts, objects: Objects) -> Passages:
        """Lay them out in the order of their objects; ``row`` is their place in both editions."""
        own, documents = self.between, self.documents
        document = own.document[self.there]
        place = documents.places(objects)[document]
        use = np.flatnonzero((place >= 0) & (self.is_counted | own.is_own[self.there]))
        use = use[np.argsort(place[use], kind="stable")]
        there = self.there[use]
        return Passages(
            object=place[use].astype(np.int32),
            row=there.astype(np.uint32),
            level=own.level[there],
            themes=own.themes[there],
            instruments=own.instruments[there],
            is_counted=self.is_counted[use],
            is_early=documents.is_early[document[use]],
        )


def between(
    documents: pl.DataFrame, editions: tuple[Facts, Facts], words: tuple[pl.DataFrame, pl.DataFrame]
) -> Between:
    """Put the passages of both editions side by side.

    Those of a new or revised document follow the document; others follow the codebook, or
    corrections where a person has coded them in either edition.

    Args:
        documents: those of both editions, ``document_id`` and ``cause``, null for one that stays.
        editions: the earlier and the later one.
        words: their :func:`~pipelines.indicators.passage_arrays.own_words`.
    """
    by_hand = pl.concat(
        facts["passage"].filter(pl.col("coded_by") == "human")["passage_id"] for facts in editions
    ).unique()
    numbered = documents.select("document_id", "cause").with_row_index("document")
    both = pl.concat(
        _of_edition(facts, own, numbered, is_after=is_after)
        for is_after, facts, own in zip((False, True), editions, words, strict=True)
    )
    cause = pl.coalesce(
        "cause",
        pl.when(pl.col("passage_id").is_in(by_hand.implode()))
        .then(pl.lit(CORRECTIONS))
        .otherwise(pl.lit(CODEBOOK)),
    ).cast(pl.Enum(CAUSES))
    laid = (
        both.lazy()
        .select(cause.alias("cause"), "is_after", *_SAID)
        .sort("document", maintain_order=True)
        .collect()
    )
    differs = frozenset(each for each in (CODEBOOK, CORRECTIONS) if _differs(laid, each))
    numbers = laid.with_columns(
        pl.col("document").cast(pl.Int32), pl.col("cause").to_physical().cast(pl.Int8)
    )
    return Between(**{name: numbers[name].to_numpy() for name in numbers.columns}, differs=differs)


def _of_edition(
    facts: Facts, own: pl.DataFrame, numbered: pl.DataFrame, *, is_after: bool
) -> pl.DataFrame:
    """An edition's passages with their document's number and cause; without document, none."""
    latest = facts["document"].select(
        "document_id", pl.col("is_latest").fill_null(value=True).alias("is_latest")
    )
    # An older version's passages would count, were it the latest.
    would_count = pl.col("is_counted") | (pl.col("is_own") & ~pl.col("is_latest"))
    return (
        own.lazy()
        .join(numbered.join(latest, on="document_id", how="left").lazy(), on="document_id")
        .select(
            "passage_id",
            "cause",
            pl.lit(is_after).alias("is_after"),
            would_count.fill_null(value=False).alias("would_count"),
            *(name for name in _SAID if name != "would_count"),
        )
        .collect()
    )


def _differs(passages: pl.DataFrame, cause: str) -> bool:
    """Whether the documents that follow a cause say something else in the later edition."""
    own = passages.filter(pl.col("cause") == cause)
    old, new = (
        own.filter(pl.col("is_after") == after).select(_SAID).sort(_SAID) for after in (False, True)
    )
    return not old.equals(new)
