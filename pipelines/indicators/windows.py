"""Plans and allocations that can still be influenced, and what they lack (1.8)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import names_of
from pipelines.indicators.scope import TYPES, UNKNOWN_STATE, Scope
from pipelines.indicators.values import Values
from pipelines.indicators.waiting import Wait, WaitingRoom
from pipelines.model.codes import OBJECT_TYPE, THEME
from pipelines.model.tables import OPEN_WINDOW

WINDOWS = Indicator(
    id="1.8",
    label="Öppna tidsfönster",
    question="Vilka handlingar kan ännu påverkas och saknar innovation?",
    unit="antal",
    formula="Lästa planer före granskning och markanvisningar före beslut, utan belägg. Delmåttet "
    "öppna räknar alla kända som ännu kan påverkas, lästa eller inte; okänt läge dem vars skede "
    "eller läge har passerat sin hållbarhet eller saknar datum, så att ingen vet.",
    needs="Planer med skede och markanvisningar med läge; för belägg krävs lästa handlingar.",
    direction="none",
    goals=(1,),
    actions=("1.2",),
    caveats=("Skedet gäller per källans datum.", "En oläst handling räknas inte som tom."),
)
DEFINITIONS = (WINDOWS,)
_MOST_THEMES = 5
_ENOUGH = 2
"""A theme is usual when this many of the similar municipalities have it."""


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by object type."""
    return windows(scope)


def windows(scope: Scope) -> Values:
    """1.8: number of open objects that are read and hold no passage, and of all open ones.

    Three of Ekö's detailed plans are open, two of them read, one of those without innovation.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(windows(worked_scope()), parts="(oppna:)?(dp|ma)")
    dp: 1.00 n=2/3
    ma: – n=0/1 Ej insamlat: 1 kända, inga lästa.
    oppna:dp: 3.00 n=6/6
    oppna:ma: 1.00 n=2/2
    """
    is_open = scope.known & scope.index.objects.is_open
    read = is_open & scope.index.objects.is_read
    empty, n, known = (
        scope.by_type(each) for each in (read & (scope.found.passages == 0), read, is_open)
    )
    unread = np.where(known > 0, values.unread(scope), values.NONE_KNOWN)
    everything = scope.by_type(scope.known)
    unknown = scope.by_type(scope.known & scope.index.objects.is_unknown)
    parts = [(f"oppna:{kind}", f"{label}, alla öppna") for kind, label in TYPES]
    unsure = [(f"{UNKNOWN_STATE[0][0]}:{kind}", f"{label}, okänt läge") for kind, label in TYPES]
    return [
        *values.rows(WINDOWS, scope.units, TYPES, values.amount(empty, n, known, unread)),
        *values.rows(WINDOWS, scope.units, parts, values.amount(known, everything, everything)),
        *values.rows(WINDOWS, scope.units, unsure, values.amount(unknown, everything, everything)),
    ]


def open_windows(scope: Scope) -> pl.DataFrame:
    """Return the table ``open_window``: each open object, how long it stays so, what it lacks.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> open_windows(worked_scope()).select("object_id", "months_median", "durations").rows()
    [('dp-2', 12.0, 5), ('dp-5', 12.0, 5), ('dp-6', None, 1), ('ma-2', None, 0)]
    """
    index = scope.index
    chosen = np.flatnonzero(scope.known & index.objects.is_open)
    objects = index.objects.frame[chosen]
    kinds = dict(scope.facts["plan"].select("plan_id", "plan_kind").iter_rows())
    room = WaitingRoom(scope.facts)
    usual = _UsualThemes(scope)
    rows: list[dict[str, object]] = []
    for position, row in zip(chosen, objects.iter_rows(named=True), strict=True):
        wait = (
            room.wait(
                row["object_id"],
                row["municipality_code"],
                kinds[row["object_id"]],
                row["object_stage"],
            )
            if row["object_id"] in kinds
            else _NO_WAIT
        )
        lacks, basis = usual.lacking(int(position))
        rows.append(
            {
                **{name: row[name] for name in OPEN_WINDOW.computed if name in row},
                "since": wait.since,
                "months_median": wait.median,
                "months_low": wait.low,
                "months_high": wait.high,
                "months_left": wait.left,
                "durations": wait.count,
                "basis": wait.basis,
                "lacks": lacks,
                "lacks_basis": basis,
            }
        )
    return pl.DataFrame(rows, schema=pl.Schema(OPEN_WINDOW.polars_schema)).sort("object_id")


_NO_WAIT = Wait(None, None, None, None, None, 0, "Registret har inga daterade steg")


class _UsualThemes:
    """Themes by municipality and object type in what is read, to compare open objects with."""

    def __init__(self, scope: Scope) -> None:
        index, found = scope.index, scope.found
        self._scope = scope
        size = len(index.codes) * len(TYPES)
        key = index.objects.municipality * len(TYPES) + index.objects.kind
        read = index.objects.is_read
        self._read = np.bincount(key[read], minlength=size).reshape(-1, len(TYPES))
        self._has = np.stack(
            [
                np.bincount(
                    key[read & (((found.themes >> theme) & 1) > 0)], minlength=size
                ).reshape(-1, len(TYPES)) > 0
                for theme in range(len(THEME.values))
            ],
            axis=-1,
        )  # fmt: skip
        place = {code: number for number, code in enumerate(index.codes)}
        self._similar: dict[str, list[int]] = {}
        for code, other in index.similar.select("municipality_code", "similar_code").iter_rows():
            self._similar.setdefault(code, []).append(place[other])
        self._names = index.municipalities["municipality_name"].to_list()

    def lacking(self, position: int) -> tuple[list[str], str]:
        """Return themes that similar municipalities have and this object has not, and why."""
        objects = self._scope.index.objects
        kind = int(objects.kind[position])
        label = OBJECT_TYPE.labels[OBJECT_TYPE.values[kind]].lower()
        code = self._scope.index.codes[objects.municipality[position]]
        alike = [each for each in self._similar.get(code, []) if self._read[each, kind]]
        if not alike:
            return [], f"Ingen {label} är läst i liknande kommuner"
        holders = self._has[alike, kind].sum(axis=0)
        own = names_of(int(self._scope.found.themes[position]), THEME.values)
        order = sorted(range(len(THEME.values)), key=lambda theme: (-holders[theme], theme))
        usual = [
            THEME.values[theme] for theme in order if holders[theme] >= min(_ENOUGH, len(alike))
        ]
        lacks = [theme for theme in usual if theme not in own][:_MOST_THEMES]
        names = ", ".join(self._names[each] for each in alike)
        basis = f"{label.capitalize()} i liknande kommuner: {names}"
        if not objects.is_read[position]:
            basis += "; handlingen är inte läst, så temana kan finnas i den"
        return lacks, basis
