"""The same plan under two ids: found by case number, name and stage, and counted once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.model.codes import PLAN_STAGE

_WORDS_BEFORE = re.compile(
    r"^(?:förslag till )?(?:(?:detaljplan|planprogram|program|fördjupad översiktsplan|dp|fop)\b"
    r"(?: för)?)? ?(?:kvarteret |kv\.? )?"
)


@dataclass(frozen=True, slots=True)
class PlanSigns:
    """What tells one plan from another; empty texts where not known."""

    plan_id: str
    municipality_code: str
    plan_kind: str
    name: str
    case_number: str
    stage: str
    day: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """A plan that is another one under a second id, or (not certain) may be."""

    plan_id: str
    kept_id: str
    is_certain: bool


def twins(plans: Iterable[PlanSigns]) -> list[Twin]:
    """Find plans that are there twice.

    Certain: same municipality, kind and name, and the same case number, or the same stage where
    neither case numbers nor dates differ. The one at the latest stage is kept, then the newest,
    then the first id. Not certain: the same case number with another name, or the same name at
    another stage. Plans that say that one follows or replaces the other are two plans.
    """
    groups: dict[tuple[str, ...], list[PlanSigns]] = defaultdict(list)
    for plan in plans:
        where = (plan.municipality_code, plan.plan_kind)
        if len(name := plain_plan_name(plan.name)) > 2:
            groups[(*where, "name", name)].append(plan)
        if case := case_key(plan.case_number):
            groups[(*where, "case", case)].append(plan)
    found: dict[str, Twin] = {}
    for key in sorted(groups, key=lambda key: key[2] != "name"):
        kept, *others = sorted(groups[key], key=_order)
        for other in others:
            if other.plan_id in found or other.plan_id == kept.plan_id or _differ(kept, other):
                continue
            found[other.plan_id] = Twin(other.plan_id, kept.plan_id, _certain(kept, other))
    return [replace(twin, kept_id=_last(twin, found)) for twin in found.values()]


def _last(twin: Twin, found: dict[str, Twin]) -> str:
    """The id that is kept where a kept one is another's twin itself."""
    kept, seen = twin.kept_id, {twin.plan_id}
    while twin.is_certain and kept in found and found[kept].is_certain and kept not in seen:
        seen.add(kept)
        kept = found[kept].kept_id
    return kept


def plain_plan_name(name: str) -> str:
    """A plan's name without words before it, marks and blanks: ``Detaljplan för Kv. Bävern 3``."""
    return re.sub(r"[^0-9a-zåäöé]", "", _WORDS_BEFORE.sub("", name.casefold().strip()))


def case_key(case_number: str) -> str:
    """A case number without the marks between its parts and the zeros before a number."""
    parts = re.findall(r"\d+|[^\W\d_]+", case_number.casefold())
    return "/".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _order(plan: PlanSigns) -> tuple[int, str, str]:
    known = PLAN_STAGE.values
    stage = known.index(plan.stage) if plan.stage in known else -1
    newest_first = "".join(chr(0x10FFFF - ord(letter)) for letter in plan.day)
    return -stage, newest_first or "\U0010ffff", plan.plan_id


def _differ(one: PlanSigns, other: PlanSigns) -> bool:
    """Whether the register says that they are two plans."""
    if other.plan_id in one.related or one.plan_id in other.related:
        return True
    cases = case_key(one.case_number), case_key(other.case_number)
    if all(cases) and cases[0] != cases[1]:
        return True
    same_case = all(cases)
    return bool(not same_case and one.day and other.day and one.day != other.day)


def _certain(one: PlanSigns, other: PlanSigns) -> bool:
    if plain_plan_name(one.name) != plain_plan_name(other.name):
        return False
    return bool(one.case_number and other.case_number) or one.stage == other.stage
