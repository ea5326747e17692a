"""What there is: editions of a region, their coverage, deliveries and rejected rows."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.model.region import load_region
from pipelines.warehouse.edition import current_file, list_editions, open_edition

_DELIVERIES = """SELECT region, table_name AS "table", file_name AS file, rows_in, rows_loaded,
                        rows_rejected FROM delivery ORDER BY table_name, file_name"""
_COVERAGE = """SELECT object_type, coverage, count(*) AS objects
               FROM planning_object GROUP BY ALL ORDER BY ALL"""
_ISSUES = "SELECT severity, count(*) AS issues FROM issue GROUP BY ALL ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class RegionStatus:
    """The state of one region; everything but ``name`` is empty where no edition is built."""

    name: str
    label: str
    is_example: bool
    current: str | None
    editions: tuple[str, ...]
    edition: dict[str, object]
    coverage: list[dict[str, object]]
    issues: list[dict[str, object]]
    deliveries: list[dict[str, object]]

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
            "issues": self.issues,
        }


def region_status(name: str) -> RegionStatus:
    """Read the state of a region from its current edition."""
    region = load_region(name)
    file = current_file(name)
    editions = tuple(edition.stem for edition in list_editions(name))
    if file is None:
        return RegionStatus(name, region.label, region.is_example, None, editions, {}, [], [], [])
    with open_edition(name) as con:
        rows = {
            key: con.sql(query).pl().to_dicts()
            for key, query in {
                "edition": "SELECT * FROM edition",
                "coverage": _COVERAGE,
                "issues": _ISSUES,
                "deliveries": _DELIVERIES,
            }.items()
        }
    return RegionStatus(
        name=name,
        label=region.label,
        is_example=region.is_example,
        current=file.stem,
        editions=editions,
        edition=rows["edition"][0],
        coverage=rows["coverage"],
        issues=rows["issues"],
        deliveries=rows["deliveries"],
    )
