"""What there is: editions of a region, their coverage, deliveries and rejected rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import PlanInnovationError
from pipelines.model.region import load_region
from pipelines.warehouse.edition import find_current, list_editions, set_aside
from pipelines.warehouse.lookup import open_with_keys
from pipelines.warehouse.losses import read_accepted

_DELIVERIES = """SELECT region, table_name AS "table", file_name AS file, rows_in, rows_loaded,
                        rows_rejected FROM delivery ORDER BY table_name, file_name"""
_COVERAGE = """SELECT object_type, coverage, count(*) AS objects
               FROM planning_object GROUP BY ALL ORDER BY ALL"""
_STATES = """SELECT 'planning_object' AS "table", count(*) AS rows,
                  CASE WHEN count(is_stale) > 0 OR count(*) = 0
                       THEN count(*) FILTER (is_stale) END AS unknown_state,
                  count(*) FILTER (is_open) AS certain FROM planning_object
           UNION ALL
           SELECT 'testing_activity', count(*),
                  CASE WHEN count(is_stale) > 0 OR count(*) = 0
                       THEN count(*) FILTER (is_stale) END,
                  count(*) FILTER (is_running) FROM testing_activity"""
"""How many have an unknown state (null in editions that did not judge it), are open or run."""
_ISSUES = "SELECT severity, count(*) AS issues FROM issue GROUP BY ALL ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """The state of one region; everything but ``name`` is empty where no edition is built.

    ``faults`` are sentences in Swedish: damaged editions, a pointer that is not followed, settings
    that cannot be read.
    """

    name: str
    label: str
    is_example: bool
    current: str | None
    editions: tuple[str, ...]
    edition: dict[str, object]
    coverage: list[dict[str, object]]
    states: list[dict[str, object]]
    issues: list[dict[str, object]]
    deliveries: list[dict[str, object]]
    faults: tuple[str, ...] = ()
    accepted_losses: tuple[dict[str, object], ...] = ()

    def summary(self) -> dict[str, object]:
        """The state without the deliveries, which are listed for all regions together."""
        return {
            "region": self.name,
            "label": self.label,
            "is_example": self.is_example,
            "current": self.current,
            "editions": list(self.editions),
            "edition": self.edition,
            "coverage": self.coverage,
            "states": self.states,
            "issues": self.issues,
            "faults": list(self.faults),
            "accepted_losses": list(self.accepted_losses),
        }


def region_status(name: str) -> RegionStatus:
    """Read the state of a region from its current edition; what is wrong is told, never raised."""
    try:
        region = load_region(name)
    except PlanInnovationError as error:
        return RegionStatus(name, name, False, None, (), {}, [], [], [], [], (error.found,))
    current = find_current(name)
    faults = [f"Utgåvan {damaged} är skadad och visas inte." for damaged in current.damaged]
    known = {f"{damaged}.duckdb" for damaged in current.damaged}
    faults += [
        f"Lagd åt sidan som skadad: {aside}."
        for aside in set_aside(name)
        if aside.rpartition(".")[0] not in known
    ]
    if current.pointer_fault:
        faults.append(f"{current.pointer_fault}; den nyaste hela utgåvan gäller.")
    editions = tuple(edition.stem for edition in list_editions(name))
    rows: dict[str, list[dict[str, object]]] = {}
    if current.file is not None:
        try:
            rows = _rows(current.file)
        except duckdb.Error as error:
            faults.append(f"Utgåvan {current.file.stem} går inte att läsa: {error}")
    return RegionStatus(
        name=name,
        label=region.label,
        is_example=region.is_example,
        current=current.file.stem if current.file and rows else None,
        editions=editions,
        edition=rows["edition"][0] if rows else {},
        coverage=rows.get("coverage", []),
        states=rows.get("states", []),
        issues=rows.get("issues", []),
        deliveries=rows.get("deliveries", []),
        faults=tuple(faults),
        accepted_losses=tuple(rows.get("losses", [])),
    )


def _rows(file: Path) -> dict[str, list[dict[str, object]]]:
    with open_with_keys(file) as con:  # an edition of a former version lacks columns
        rows = {
            key: con.sql(query).pl().to_dicts()
            for key, query in {
                "edition": "SELECT * FROM edition",
                "coverage": _COVERAGE,
                "states": _STATES,
                "issues": _ISSUES,
                "deliveries": _DELIVERIES,
            }.items()
        }
        return rows | {"losses": read_accepted(con).to_dicts()}
