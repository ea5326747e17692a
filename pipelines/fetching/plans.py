"""Plans that a service has: those that a register knows are not doubled, places become WGS 84."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery
from pipelines.model.codes import PLAN_STAGE
from pipelines.model.region import map_extent
from pipelines.sources.same_plan import case_key, plain_plan_name

Geometry = Mapping[str, Any]
_MARGIN = 0.2
"""Degrees around the region's map within which a plan's place is believed."""


@dataclass(frozen=True)
class FoundPlan:
    """A plan as a service has it; ``stage`` is the register's code or the source's own word."""

    source_id: str
    municipality_code: str
    kind: str
    name: str
    stage: str
    stage_source: str = ""
    stage_date: str = ""
    case_number: str = ""
    adopted_date: str = ""
    legal_force_date: str = ""
    dwellings: str = ""
    link: str = ""
    geometry: Geometry | None = None


class Plans:
    """The plans that registers know, by which what a service has is recognised."""

    def __init__(self, out: Delivery) -> None:
        self.out = out
        self._extent = map_extent(out.region)
        self._known: dict[str, dict[str, Any]] = {}
        self._by_sign: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in out.known("plan").iter_rows(named=True):
            self._known[row["plan_id"]] = row
            code = row["municipality_code"]
            for sign in _signs(row["plan_name"], row["case_number"] or ""):
                self._by_sign[code, sign].add(row["plan_id"])
        self.municipalities = frozenset(out.known("municipality")["municipality_code"])

    def add(self, plan: FoundPlan) -> str:
        """Deliver a plan, or recognise the one that a register has; return its id, "" if rejected.

        One that is known keeps the register's row. Where the source gives another stage, that is
        named, because two sources that differ are for people to settle.
        """
        what = f"{plan.name} ({plan.case_number or plan.source_id})"
        if plan.geometry and not self._is_near(plan.geometry):
            self.out.reject(
                "plan", what, "Läget ligger utanför regionens karta: fel koordinatsystem?"
            )
            return ""
        signs = _signs(plan.name, plan.case_number)
        known = set().union(*(self._by_sign[plan.municipality_code, sign] for sign in signs))
        if len(known) > 1:
            which = " eller ".join(sorted(known))
            self.out.reject("plan", what, f"Kan vara {which}, som registret redan har.")
            return ""
        if known:
            return self._same(plan, what, self._known[known.pop()])
        plan_id = f"{plan.municipality_code}-{self.out.source.name}-{plan.source_id}"
        self.out.add(
            "plan",
            {
                "plan_id": plan_id, "municipality_code": plan.municipality_code,
                "plan_kind": plan.kind, "plan_name": plan.name, "case_number": plan.case_number,
                "plan_stage": plan.stage, "stage_source": plan.stage_source,
                "stage_date": plan.stage_date, "adopted_date": plan.adopted_date,
                "legal_force_date": plan.legal_force_date, "dwellings": plan.dwellings,
                "source_url": plan.link or self.out.source.address, "as_of": plan.stage_date,
                "certainty": "registered",
            },
        )  # fmt: skip
        if plan.geometry:
            self.out.place(plan_id, plan.name, plan.geometry)
        return plan_id

    def _same(self, plan: FoundPlan, what: str, known: Mapping[str, Any]) -> str:
        plan_id, stage = str(known["plan_id"]), str(known["plan_stage"])
        if plan.geometry:
            self.out.place(plan_id, plan.name, plan.geometry)
        reason = f"Finns redan i registret som {plan_id}."
        if plan.stage in PLAN_STAGE.labels and plan.stage != stage:
            reason += (
                f" Registret: {PLAN_STAGE.labels[stage]} {known['stage_date'] or 'utan datum'}; "
                f"källan: {PLAN_STAGE.labels[plan.stage]} {plan.stage_date or 'utan datum'}. "
                "Rätta raden, eller ta bort den så att källans gäller."
            )
        self.out.reject("plan", what, reason, is_fault=False)
        return plan_id

    def _is_near(self, geometry: Geometry) -> bool:
        if self._extent is None:
            return True
        west, south, east, north = self._extent
        points = list(_points(geometry.get("coordinates") or ()))
        return any(
            west - _MARGIN <= x <= east + _MARGIN and south - _MARGIN <= y <= north + _MARGIN
            for x, y in points
        )


def _signs(name: str, case_number: str) -> set[str]:
    signs = {f"name {plain}"} if len(plain := plain_plan_name(name)) > 4 else set()
    return signs | ({f"case {key}"} if (key := case_key(case_number)) else set())


def crs_of(payload: Mapping[str, Any], usual: str) -> str:
    """Return the reference system that a FeatureCollection names, else the usual one."""
    named = payload.get("crs")
    name = str((named.get("properties") or {}).get("name", "")) if isinstance(named, dict) else ""
    if "CRS84" in name:
        return "EPSG:4326"
    code = re.search(r"EPSG:{1,2}(\d+)", name)
    return f"EPSG:{code[1]}" if code else usual


def to_wgs84(geometry: Geometry | None, crs: str) -> Geometry | None:
    """Return a GeoJSON geometry in WGS 84, longitude first; None stays None.

    Raises:
        SourceError: there is no such reference system.
    """
    if geometry is None or crs == "EPSG:4326":
        return geometry
    to = _transformer(crs)
    return {"type": geometry["type"], "coordinates": _moved(geometry.get("coordinates"), to)}


@cache
def _transformer(crs: str) -> Transformer:
    try:
        return Transformer.from_crs(CRS.from_user_input(crs), 4326, always_xy=True)
    except CRSError as error:
        raise SourceError(
            f"Koordinatsystemet {crs} finns inte.",
            expected="En EPSG-kod, till exempel EPSG:3006 (SWEREF 99 TM).",
            do="Rätta crs i källans beskrivning.",
        ) from error


def _moved(part: Any, to: Transformer) -> Any:
    if part and isinstance(part[0], int | float):
        return [round(each, 6) for each in to.transform(part[0], part[1])]
    return [_moved(each, to) for each in part or ()]


def _points(part: Any) -> Any:
    if part and isinstance(part[0], int | float):
        yield part[0], part[1]
        return
    for each in part:
        yield from _points(each)
