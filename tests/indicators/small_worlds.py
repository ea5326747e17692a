"""Small made-up regions for property tests: every combination of absence, level, year and place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

from pipelines.indicators.facts import MEASURED_TABLES, Facts
from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.model.tables import TABLE

CODES = ("9901", "9902", "9903")
_COVERAGE = ("read_found", "read_none", "not_collected", "unreadable", "superseded",
             "excerpt_only", "not_understood")  # fmt: skip
_KIND = {"op": "Översiktsplan", "dp": "Detaljplan", "ma": "Beslut"}
_OWN = {"op": "op", "dp": "dp", "ma": "ma_decision"}
_STAGES = ("samrad", "granskning", "antagen", "laga_kraft")
_THEMES = st.lists(st.sampled_from(THEME.values[:4]), unique=True, max_size=2)
_INSTRUMENTS = st.lists(st.sampled_from(INSTRUMENT.values[:3]), unique=True, max_size=2)

Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Rows of a small region, by table."""

    objects: tuple[Row, ...]
    passages: tuple[Row, ...]
    activities: tuple[Row, ...]
    owns_land: tuple[str, ...]

    def facts(self) -> Facts:
        return Facts("liten", "Litenregionen", {
            "municipality": _frame("municipality", [
                {"municipality_code": code, "municipality_name": code, "owns_land": owns,
                 "population": 1000 * (n + 1)}
                for n, (code, owns) in enumerate(zip(CODES, self.owns_land, strict=True))
            ]),
            "planning_object": _frame("planning_object", self.objects),
            "document": _frame("document", [_document(row) for row in self.objects]),
            "passage": _frame("passage", self.passages),
            "testing_activity": _frame("testing_activity", self.activities),
            "plan": _frame("plan", [
                {"plan_id": row["object_id"], "municipality_code": row["municipality_code"],
                 "plan_kind": row["object_type"], "plan_stage": row["object_stage"],
                 "plan_name": row["object_id"]}
                for row in self.objects if row["object_type"] != "ma"
            ]),
            "land_allocation": _frame("land_allocation", [
                {"allocation_id": row["object_id"],
                 "municipality_code": row["municipality_code"]}
                for row in self.objects if row["object_type"] == "ma"
            ]),
            "procurement": _frame("procurement", [
                {"procurement_id": "u1", "buyer": "Köparen", "procurement_title": "Belysning",
                 "procurement_kind": "ordinary", "as_of": "2025-06-01"},
            ]),
        })  # fmt: skip

    def with_object(self, row: Row) -> World:
        return replace(self, objects=(*self.objects, row))


def object_row(number: int, kind: str, code: str, coverage: str, year: int | None, stage: str,
               pages: int) -> Row:  # fmt: skip
    read = coverage in ("read_found", "read_none")
    return {
        "object_id": f"h{number:02d}", "object_type": kind, "object_kind": _KIND[kind],
        "object_name": f"Handling {number}", "municipality_code": code, "object_stage": stage,
        "is_open": stage == "samrad", "year": year, "coverage": coverage,
        "pages": pages if read else 0, "passages": 0 if read else None,
    }  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn, least: int = 0, *, dense: bool = False) -> World:
    """Draw a small region.

    A dense one is a municipality where most is read, adopted and said, after a plan that starts.
    """
    coverage = ("read_found", "read_found", "read_none", "not_collected") if dense else _COVERAGE
    years = st.integers(2016, 2022) if dense else st.none() | st.integers(2016, 2025)
    objects = [
        object_row(number, *draw(st.tuples(
            st.sampled_from(tuple(_KIND)), st.sampled_from(CODES[:1] if dense else CODES),
            st.sampled_from(coverage), years,
            st.sampled_from(_STAGES[2:] if dense else _STAGES), st.integers(1, 60),
        )))
        for number in range(draw(st.integers(least, 14)))
    ]  # fmt: skip
    passages = []
    if dense:
        year = draw(st.integers(2016, 2018))
        start = object_row(90, "op", CODES[0], "read_found", year, "laga_kraft", 10)
        passages.append(
            passage_row(90, start, draw(st.integers(2, 4)), ["energi"], [], counted=True)
        )
        objects.append(start)
    holders = [row for row in objects if row["coverage"] == "read_found"]
    passages += [
        passage_row(
            number, draw(st.sampled_from(holders)), draw(st.integers(1, 4)),
            ["energi"] if dense else draw(_THEMES), draw(_INSTRUMENTS), dense or draw(st.booleans())
        )
        for number in range(draw(st.integers(10 if dense else 0, 16)) if holders else 0)
    ]  # fmt: skip
    activities = [
        {"activity_id": f"t{number}", "activity_name": f"Test {number}",
         "municipality_code": draw(st.sampled_from(CODES)), "testing_kind": "pilot",
         "themes": draw(_THEMES), "testing_phase": draw(st.sampled_from(["ide", "test",
                                                                          "avslutad"])),
         "start_year": draw(st.none() | st.integers(2014, 2025)),
         "end_year": draw(st.none() | st.integers(2019, 2025)),
         "open_to_smes": draw(st.sampled_from(["ja", "nej", "okant"]))}
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    owns = draw(st.tuples(*[st.sampled_from(["ja", "nej"])] * len(CODES)))
    return World(tuple(objects), tuple(passages), tuple(activities), owns)


def passage_row(number: int, holder: Row, level: int, themes: list[str], instruments: list[str],
             counted: bool) -> Row:  # fmt: skip
    return {
        "passage_id": f"p{number:02d}", "object_id": holder["object_id"],
        "document_id": f"d-{holder['object_id']}", "level": level,
        "commitment": COMMITMENT.values[level], "themes": themes, "instruments": instruments,
        "is_counted": counted, "voice": "plan" if counted else "other", "is_negated": False,
        "legal_flag": False, "confidence": 0.9, "coded_by": "machine", "spans": "[]",
    }  # fmt: skip


def _document(row: Row) -> Row:
    return {
        "document_id": f"d-{row['object_id']}", "municipality_code": row["municipality_code"],
        "object_id": row["object_id"], "document_kind": _OWN[row["object_type"]],
        "document_stage": row["object_stage"], "coverage": row["coverage"], "is_latest": True,
        "pages": row["pages"], "sha256": row["object_id"],
    }  # fmt: skip


def _frame(table: str, rows: Any) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=pl.Schema(TABLE[table].polars_schema))


def changed(facts: Facts, **tables: pl.DataFrame) -> Facts:
    """Return the same facts with other rows in some tables, as another delivery would give them."""
    own = {name: facts[name] for name in MEASURED_TABLES}
    return Facts(facts.region_name, facts.region_label, {**own, **tables})
