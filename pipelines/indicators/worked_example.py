"""The little region of the worked examples: small enough to count on one's fingers.

Ekö has a comprehensive plan, six detailed plans of which five are read, and two land allocations
of which one is read. Lunda's comprehensive plan is a scan and the municipality owns no land.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import AS_PUBLISHED, Scope, Selection, WhatIf
from pipelines.indicators.values import Values, value_table
from pipelines.model.codes import COMMITMENT
from pipelines.model.tables import TABLE

_E, _L = "9701", "9702"
_OBJECTS: tuple[tuple[object, ...], ...] = (
    ("dp-1", "dp", "Detaljplan", _E, "laga_kraft", False, 2022, "read_found", 20),
    ("dp-2", "dp", "Detaljplan", _E, "samrad", True, 2024, "read_found", 10),
    ("dp-3", "dp", "Detaljplan", _E, "granskning", False, 2023, "read_none", 10),
    ("dp-4", "dp", "Detaljplan", _E, "laga_kraft", False, 2021, "read_none", 10),
    ("dp-5", "dp", "Detaljplan", _E, "samrad", True, 2023, "read_none", 10),
    ("dp-6", "dp", "Detaljplan", _E, "planuppdrag", True, None, "not_collected", 0),
    ("ma-1", "ma", "Beslut", _E, "awarded", False, 2023, "read_found", 5),
    ("ma-2", "ma", "Beslut", _E, "open", True, 2024, "not_collected", 0),
    ("ma-3", "ma", "Beslut", _L, "awarded", False, 2023, "not_applicable", 0),
    ("op-1", "op", "Översiktsplan", _E, "laga_kraft", False, 2020, "read_found", 40),
    ("op-2", "op", "Översiktsplan", _L, "antagen", False, 2019, "unreadable", 0),
)
_PASSAGES: tuple[tuple[object, ...], ...] = (
    ("p1", "op-1", "d-op-1", "aim", ["energi"], ["testbadd"], True),
    ("p2", "op-1", "d-op-1", "shall", ["energi"], ["pilot_demonstration"], True),
    ("p3", "op-1", "d-op-1", "should", ["mobilitet"], [], True),
    ("p4", "dp-1", "d-dp-1-samrad", "aim", ["energi"], ["funktionskrav"], False),
    ("p5", "dp-1", "d-dp-1", "shall", ["energi"], ["funktionskrav"], True),
    ("p6", "dp-2", "d-dp-2", "mention", ["mobilitet"], [], True),
    ("p7", "ma-1", "d-ma-1", "should", ["energi"], ["markanvisning_kriterier"], True),
)
_ACTIVITIES: tuple[tuple[object, ...], ...] = (
    ("t1", _E, "Ekö kommun", "kommun", ["Lunda kommun", "Högskolan"], ["kommun", "akademi"],
     ["energi"], "testbadd", "test", 2021, None, None, "ja", "ja", "dp-1", []),
    ("t2", _E, "Ekö kommun", "kommun", ["Högskolan"], ["akademi"],
     ["mobilitet"], "pilot", "uppskalning", 2018, None, 2022, "ja", "ja", None, ["Finansiering"]),
    ("t3", _E, "Bygg AB", "foretag", ["Ekö kommun"], ["kommun"],
     ["energi"], "pilot", "test", 2020, None, None, "nej", "nej", None, ["Oklara regler"]),
    ("t4", _E, "Högskolan", "akademi", [], [],
     ["digitalisering"], "testbadd", "demonstration", 2019, None, None, "ja", "ja", None, []),
    ("t5", _E, "Ekö kommun", "kommun", ["Bygg AB"], ["foretag"],
     ["energi"], "pilot", "test", 2022, None, None, "ja", "okant", None, ["Finansiering"]),
    ("t6", _E, "Ekö kommun", "kommun", [], [],
     ["mobilitet"], "pilot", "avslutad", 2017, 2019, None, "nej", "ja", None, []),
    ("t7", _E, "Bygg AB", "foretag", ["Högskolan"], ["akademi"],
     ["energi"], "pilot", "uppskalning", 2016, None, 2020, "nej", "ja", None, []),
)  # fmt: skip
_EVENTS: tuple[tuple[object, ...], ...] = (
    *((f"dp-{n}", "samrad", f"{2018 + n}-01-15") for n in range(1, 6)),
    *((f"dp-{n}", "granskning", f"{2019 + n}-01-15") for n in (1, 3, 4)),
    ("dp-6", "planuppdrag", "2024-03-01"),
)


def _rows(table: str, columns: str, rows: tuple[tuple[object, ...], ...]) -> pl.DataFrame:
    names = columns.split()
    return pl.DataFrame(
        [dict(zip(names, row, strict=True)) for row in rows],
        schema=pl.Schema(TABLE[table].polars_schema),
    )


def _documents() -> pl.DataFrame:
    stage = {"dp-1": "laga_kraft", "dp-2": "samrad", "dp-3": "samrad", "dp-5": "samrad"}
    own = {"op": "op", "dp": "dp", "ma": "ma_decision"}
    rows = [
        (f"d-{o[0]}", o[3], o[0], own[str(o[1])], stage.get(str(o[0])), o[1], o[7], True, o[8])
        for o in _OBJECTS
        if o[8] or o[7] == "unreadable"
    ]
    rows.append(("d-dp-1-samrad", _E, "dp-1", "dp", "samrad", "dp", "read_found", False, 20))
    return _rows(
        "document",
        "document_id municipality_code object_id document_kind document_stage object_type "
        "coverage is_latest pages",
        tuple(rows),
    )


def _passages() -> pl.DataFrame:
    rows = tuple(
        (p[0], p[1], p[2], p[3], COMMITMENT.position(str(p[3])), p[4], p[5], p[6], "plan", False,
         False, 0.9, "machine", "[]")
        for p in _PASSAGES
    )  # fmt: skip
    return _rows(
        "passage",
        "passage_id object_id document_id commitment level themes instruments is_counted voice "
        "is_negated legal_flag confidence coded_by spans",
        rows,
    )


def _market() -> dict[str, pl.DataFrame]:
    weights = ["Pris:40", "Innovation för klimat:35", "Gestaltning:25"]
    criteria = [text.split(":")[0] for text in weights]
    return {
        "land_allocation": _rows(
            "land_allocation",
            "allocation_id municipality_code allocation_kind allocation_name allocation_method "
            "allocation_status decision_date criteria criteria_weights plan_id",
            (
                ("ma-1", _E, "decision", "Kajen", "jamforelseforfarande", "awarded", "2023-11-01",
                 criteria, weights, "dp-1"),
                ("ma-2", _E, "decision", "Torget", "direktanvisning", "open", "2024-02-01", None,
                 None, None),
                ("ma-3", _L, "decision", "Ängen", "okant", "awarded", "2023-02-01", None, None,
                 None),
            ),
        ),
        "procurement": _rows(
            "procurement",
            "procurement_id buyer buyer_type municipality_code procurement_kind procurement_year "
            "value_sek winner winner_sme",
            (
                ("u1", "Ekö kommun", "kommun", _E, "funktionsupphandling", 2022, 2e6, "A AB", "ja"),
                ("u2", "Ekö kommun", "kommun", _E, "ordinary", 2022, 9e6, "B AB", "nej"),
                ("u3", "Ekö kommun", "kommun", _E, "ordinary", 2023, 1e6, "B AB", "nej"),
                ("u4", "Ekö kommun", "kommun", _E, "fkup", 2023, 3e6, "C AB", "ja"),
                ("u5", "Lunda kommun", "kommun", _L, "ordinary", 2024, None, None, "okant"),
            ),
        ),
    }  # fmt: skip


def _plans() -> pl.DataFrame:
    rows = tuple(
        (o[0], o[3], o[1], o[0], o[4], "op-1" if o[0] == "dp-1" else None, "2024-07-01")
        for o in _OBJECTS
        if o[1] != "ma"
    )
    columns = "plan_id municipality_code plan_kind plan_name plan_stage parent_plan_id as_of"
    return _rows("plan", columns, rows)


@cache
def worked_facts() -> Facts:
    """Return the facts of the little region; the measuring date is 1 July 2024."""
    objects = tuple((*o, o[0], "eko-c" if o[3] == _E else None) for o in _OBJECTS)
    tables = {
        "municipality": _rows(
            "municipality",
            "municipality_code municipality_name population area_km2 owns_land as_of",
            (
                (_E, "Ekö", 40_000, 100.0, "ja", "2024-07-01"),
                (_L, "Lunda", 10_000, 200.0, "nej", "2024-07-01"),
            ),
        ),
        "regional_core": _rows(
            "regional_core",
            "core_id core_name municipality_codes lon lat",
            (("eko-c", "Ekö centrum", [_E], 18.0, 59.0),),
        ),
        "plan": _plans(),
        "plan_stage_event": _rows("plan_stage_event", "plan_id plan_stage stage_date", _EVENTS),
        "document": _documents(),
        "passage": _passages(),
        "planning_object": _rows(
            "planning_object",
            "object_id object_type object_kind municipality_code object_stage is_open year "
            "coverage pages object_name core_id",
            objects,
        ),
        "testing_activity": _rows(
            "testing_activity",
            "activity_id municipality_code host host_type partners partner_types themes "
            "testing_kind testing_phase start_year end_year scaled_year open_to_smes "
            "contact_published plan_id barriers activity_name core_id",
            tuple((*a, f"Test {a[0]}", "eko-c") for a in _ACTIVITIES),
        ),
        "action": _rows(
            "action",
            "action_id goal action_title action_status milestones evidence as_of",
            (
                ("1.1", 1, "Kartläggningar", "ongoing", ["2023: start", "2025: klart"],
                 ["Rapport"], "2024-06-01"),
                ("1.2", 1, "Mötesplatser", "unknown", None, None, None),
            ),
        ),
        "action_log": _rows(
            "action_log",
            "log_id action_log_kind log_date log_title action_ids",
            (
                ("l1", "mapping", "2023-05", "Aktörer", ["1.1"]),
                ("l2", "meeting_place", "2024-02-01", "Träff", ["1.2", "1.4"]),
            ),
        ),
        "climate_demand": _rows(
            "climate_demand",
            "municipality_code climate_survey climate_barometer",
            ((_E, "ja", "ja"), (_L, "no_answer", "nej")),
        ),
        "delivery": _rows(
            "delivery",
            "region table_name file_name rows_in rows_loaded rows_rejected",
            (("prov", "plan", "planer.csv", 10, 9, 1),),
        ),
        **_market(),
    }  # fmt: skip
    return Facts("prov", "Provregionen", tables)


def worked_scope(selection: Selection | None = None, what_if: WhatIf = AS_PUBLISHED) -> Scope:
    """Return the little region under a selection."""
    return Scope(worked_facts(), selection, what_if)


def told(found: Values, unit: str = "prov", parts: str = ".*") -> None:
    """Print a unit's numbers, one a line: part, value with interval, n of known, or the reason.

    A decimal point, as in Python, because these lines are read by programmers.

    Args:
        found: what a measure has found.
        unit: whose numbers.
        parts: a pattern of the parts to print.
    """
    for row in value_table(found).filter(pl.col("unit_id") == unit).iter_rows(named=True):
        if not re.fullmatch(parts, row["part"]):
            continue
        value = "–" if row["value"] is None else f"{row['value']:.2f}"
        ends = ["" if row[end] is None else f"{row[end]:.2f}" for end in ("low", "high")]
        interval = f" ({'–'.join(ends)})" if any(ends) else ""
        why = f" {row['absence']}" if row["absence"] else ""
        print(f"{row['part']}: {value}{interval} n={row['n']}/{row['known']}{why}")  # noqa: T201 - doctests read it
