"""The reader's choice: one frozen value that every query takes, and its form in an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from pipelines.indicators.scope import LOWEST, STALE, Selection
from pipelines.model.codes import COMMITMENT, INSTRUMENT, OBJECT_STAGE, OBJECT_TYPE, THEME, CodeList
from pipelines.model.columns import COLUMN

FIRST_YEAR, LAST_YEAR = 2005, 2035
"""Fixed, because an address leaves out defaults: a moving limit would change what old links say."""

STALE_LABEL = COLUMN["is_stale"].label
STAGES: dict[str, tuple[str, ...]] = {
    label: tuple(code for code, each in OBJECT_STAGE.labels.items() if each == label)
    for label in OBJECT_STAGE.labels.values()
} | {STALE_LABEL: (STALE,)}
"""Word for a stage → codes: a plan and an allocation that are *Avbruten* have a code each.

The last is no stage: whatever stage is known, it is too old or undated."""

Value = TypeVar("Value")
Params = Mapping[str, str | Iterable[str]]
"""Address parameters: name → one value or several."""


class Filters(Selection):
    """What the reader has chosen, and how its parts are named in an address.

    The parts and what they mean are those of the indicators (see
    :class:`~pipelines.indicators.scope.Selection`).
    """

    def only(self, object_type: str) -> Filters:
        """Return the same choice for one type of document, whatever types are chosen."""
        return replace(self, object_types=(object_type,))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of what narrows the view, in the order of the filter row."""
        return tuple(
            name for name, free in FREE.items() if getattr(self, free.field) != free.everything
        )

    def without(self, name: str) -> Filters:
        """Return the same choice with one filter, by its name in the address, set to all."""
        return replace(self, **{FREE[name].field: FREE[name].everything})


class Free(NamedTuple):
    """A filter set to all: its field of :class:`Filters`, the value there, its name in a text."""

    field: str
    everything: Any
    words: str


FREE = {
    "kommun": Free("municipalities", (), "kommun"),
    "typ": Free("object_types", (), "handlingstyp"),
    "skede": Free("stages", (), "skede"),
    "fran": Free("year_from", None, "från och med år"),
    "till": Free("year_to", None, "till och med år"),
    "tema": Free("themes", (), "tema"),
    "styrmedel": Free("instruments", (), "styrmedel"),
    "minst": Free("minimum", LOWEST, "lägsta förpliktelsegrad"),
    "hogst": Free("highest", None, "handlingens högsta grad"),
}
"""Every filter but the region by its name in the address, in the order of the filter row."""


def to_params(
    filters: Filters, *, regions: Mapping[str, str], places: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return every value spelled out in Swedish labels.

    ``regions`` maps region name → label, ``places`` municipality code → name.
    """
    values: dict[str, list[str]] = {
        "region": [regions[filters.region]],
        "kommun": [places[code] for code in filters.municipalities if code in places],
        "typ": _labels(OBJECT_TYPE, filters.object_types),
        "skede": stage_labels(filters.stages),
        "fran": [str(filters.year_from)] if filters.year_from else [],
        "till": [str(filters.year_to)] if filters.year_to else [],
        "tema": _labels(THEME, filters.themes),
        "styrmedel": _labels(INSTRUMENT, filters.instruments),
        "minst": [level_label(filters.minimum)],
        "hogst": [level_label(filters.highest)] if filters.highest is not None else [],
    }
    return {name: value for name, value in values.items() if value}


def from_params(
    params: Params, *, regions: Mapping[str, str], places: Mapping[str, str]
) -> Filters:
    """Read an address; what is not known is left out, a missing region is the first one."""
    codes = {label: code for code, label in places.items()}
    region = _known(params, "region", {label: name for name, label in regions.items()})
    years = {str(year): year for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    levels = {label: level for level, label in enumerate(COMMITMENT.labels.values())}
    minimum = [level for level in _known(params, "minst", levels) if level >= LOWEST]
    return Filters(
        region=region[0] if region else next(iter(regions)),
        municipalities=tuple(_known(params, "kommun", codes)),
        object_types=tuple(_known(params, "typ", _codes(OBJECT_TYPE))),
        stages=tuple(code for codes in _known(params, "skede", STAGES) for code in codes),
        year_from=next(iter(_known(params, "fran", years)), None),
        year_to=next(iter(_known(params, "till", years)), None),
        themes=tuple(_known(params, "tema", _codes(THEME))),
        instruments=tuple(_known(params, "styrmedel", _codes(INSTRUMENT))),
        minimum=minimum[0] if minimum else LOWEST,
        highest=next(iter(_known(params, "hogst", levels)), None),
    )


def address(
    filters: Filters,
    *,
    regions: Mapping[str, str],
    places: Mapping[str, str],
    more: Mapping[str, list[str]] | None = None,
    is_short: bool = False,
) -> str:
    """Return the query string of a link to this view, beginning with a question mark.

    ``more`` holds a page's own parameters; they go before a filter of the same name. A short one,
    for the hundreds of links within a page, leaves out the lowest level where it is no choice.
    """
    params = to_params(filters, regions=regions, places=places) | dict(more or {})
    if is_short and filters.minimum == LOWEST:
        params.pop("minst")
    return "?" + urlencode(params, doseq=True)


def stage_labels(stages: Iterable[str]) -> list[str]:
    """The words for stages, each once."""
    words = OBJECT_STAGE.labels | {STALE: STALE_LABEL}
    return list(dict.fromkeys(words[code] for code in stages))


def level_label(level: int | None) -> str:
    """The ladder's word for a level; an empty text for none."""
    return "" if level is None else COMMITMENT.codes[level].label


def lowest_listed(minimum: int, highest: int) -> int:
    """The lowest level to list when a link leads to plans that reach a level and no higher.

    >>> lowest_listed(3, highest=2), lowest_listed(3, highest=4), lowest_listed(3, highest=0)
    (2, 3, 1)
    """
    return max(min(minimum, highest), LOWEST)


def _labels(codes: CodeList, chosen: Iterable[str]) -> list[str]:
    return [codes.labels[code] for code in chosen]


def _codes(codes: CodeList) -> dict[str, str]:
    return {label: code for code, label in codes.labels.items()}


def _known(params: Params, name: str, values: Mapping[str, Value]) -> list[Value]:
    raw = params.get(name, ())
    given = [raw] if isinstance(raw, str) else list(raw)
    return [values[each] for each in given if each in values]
