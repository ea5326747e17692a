"""Headlines that a page and a slide of a meeting share, made from their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from dashboard.charts.values import counted, whole
from dashboard.draw.levels import LEVELS
from dashboard.text import (
    DASH,
    TYPE_PLURAL,
    TYPE_SINGULAR,
    capital,
    count,
    listing,
    number,
    of_type,
    part,
    word,
)
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.scope import UNKNOWN_STATE
from pipelines.indicators.values import FEWEST
from pipelines.model.codes import OBJECT_TYPE

SHALL = len(LEVELS) - 1
_WHERE = {"op": "i översiktsplanen", "dp": "i någon detaljplan", "ma": "i någon markanvisning"}


@dataclass(frozen=True)
class Finding:
    """``headline`` is the finding, ``lead`` why it matters or what is missing."""

    headline: str
    lead: str


def region_today(ladders: pl.DataFrame, places: pl.DataFrame) -> Finding:
    """Open *Läget*: ``ladders`` is the widened ladder by type, ``places`` the map's rows for ÖP."""
    read = int(ladders["read"].sum()) if ladders.height else 0
    if not read:
        return _nothing_read(ladders, places)
    with_plan = places.filter(pl.col("read") > 0)
    writes = with_plan.filter(pl.col("level") > 0).height
    demands = with_plan.filter(pl.col("level") == SHALL).height
    if not with_plan.height:
        headline = _few_read(ladders, read)
    else:
        headline = (
            f"{capital(part(writes, with_plan.height))} {municipality_word(with_plan.height)} "
            "med läst översiktsplan "
            f"skriver om innovation i den – {demand(demands)}"
        )
    return Finding(headline, _levers(ladders))


def is_little_read(ladders: pl.DataFrame) -> bool:
    """Whether no type of plan has enough read to compare; ``ladders`` is the ladder by type."""
    return all(read < FEWEST for read in ladders["read"])


def type_today(object_type: str, ladder: pl.DataFrame, places: pl.DataFrame) -> Finding:
    """Open a page about one type: ``ladder`` is its widened row, ``places`` its map rows."""
    known = int(ladder["known"].sum()) if ladder.height else 0
    read = int(ladder["read"].sum()) if ladder.height else 0
    plural = TYPE_PLURAL[object_type]
    if not known:
        return Finding(f"Inga {plural} är kända i urvalet", "Lätta på ett filter för att se fler.")
    if not read:
        return Finding(
            f"Ingen av {known} kända {plural} är läst ännu",
            "Sidan visar vad som är känt. Ej insamlad betyder inte noll: "
            "belägg visas när handlingarna är insamlade och lästa.",
        )
    row = ladder.row(0, named=True)
    found = read - row["level_0"]
    headline = (
        f"{capital(part(found, read))} lästa {plural} innehåller innovation"
        f" – {demand(row['level_4'])}"
    )
    if read == 1:
        headline = f"En läst {TYPE_SINGULAR[object_type]}: " + (
            f"den når {LEVELS[_top(row)]}" if found else "inget belägg funnet"
        )
    return Finding(headline, _type_lead(object_type, row, places))


def demand(number_of: int) -> str:
    """``tre ställer krav``, ``ingen ställer krav``."""
    return f"{word(number_of) if number_of else 'ingen'} ställer krav"


def municipality_word(number_of: int) -> str:
    """``kommun`` or ``kommuner``."""
    return "kommun" if number_of == 1 else "kommuner"


def count_words(municipalities: int) -> str:
    """``en kommun``, ``tolv kommuner``."""
    return f"{word(municipalities)} {municipality_word(municipalities)}"


def _top(row: dict[str, int]) -> int:
    return max(level for level in range(len(LEVELS)) if row[f"level_{level}"])


def _nothing_read(ladders: pl.DataFrame, places: pl.DataFrame) -> Finding:
    known = int(ladders["known"].sum()) if ladders.height else 0
    if not known:
        return Finding(
            "Inga planer eller markanvisningar i urvalet", "Lätta på ett filter för att se fler."
        )
    rows = {row["unit_id"]: row["known"] for row in ladders.to_dicts()}
    parts = [of_type(rows[each], each) for each in TYPE_PLURAL if each in rows]
    where = f" i {count_words(_with_known(places))}" if "op" in rows else ""
    return Finding(
        f"{number(known)} planer och markanvisningar är kända, ingen är läst ännu",
        f"{capital(listing(parts))}{where}. Ej insamlad betyder inte noll: figurerna fylls när "
        "handlingarna läggs i inkorgen och en ny utgåva byggs.",
    )


def _with_known(places: pl.DataFrame) -> int:
    """How many municipalities the choice knows anything of."""
    return places.filter(pl.col("known") > 0).height


def _of_these(places: pl.DataFrame) -> str:
    return municipality_word(_with_known(places))


def _few_read(ladders: pl.DataFrame, read: int) -> str:
    """The headline while no ÖP is read: how much is, and whether anything is found."""
    known = int(ladders["known"].sum())
    found = read - int(ladders["level_0"].sum())
    verb = "är läst" if read == 1 else "är lästa"
    what = f"{word(found)} innehåller innovation" if found else "inget belägg funnet"
    return f"{number(read)} av {number(known)} planer och markanvisningar {verb} – {what}"


def _levers(ladders: pl.DataFrame) -> str:
    """Where demands are made: the so-what of the region."""
    rows = {row["unit_id"]: row for row in ladders.to_dicts()}
    parts = [
        f"{row['level_4']} av {row['read']} lästa {TYPE_PLURAL[each]}"
        for each in ("ma", "dp", "op")
        if (row := rows.get(each)) and row["read"]
    ]
    return (
        "Krav – nivån Ska på förpliktelsegraden, som visar hur starkt kommunen binder sig – "
        f"ställs i {listing(parts)}."
    )


def _type_lead(object_type: str, row: dict[str, int], places: pl.DataFrame) -> str:
    strong = places.filter(pl.col("level") == SHALL)["municipality_name"].to_list()
    silent = places.filter(pl.col("level") == 0)["municipality_name"].to_list()
    parts = []
    if strong:
        parts.append(f"{listing(strong)} ställer krav {_WHERE[object_type]}.")
    if silent:
        parts.append(f"{listing(silent)} har lästa handlingar utan belägg.")
    if row["unread"]:
        unread = count(row["unread"], "känd handling", "kända handlingar")
        parts.append(
            f"{capital(unread)} är ej läst{'a' if row['unread'] > 1 else ''} och räknas inte."
        )
    return " ".join(parts)


def map_title(places: pl.DataFrame) -> str:
    """Where the strongest words stand: ``Starkast skrivning i Askhamn och Björkvalla``."""
    read = places.filter(pl.col("read") > 0)
    if not _with_known(places):
        return "Inga handlingar är kända i urvalet"
    if not read.height:
        return f"{capital(part(0, _with_known(places)))} {_of_these(places)} har läst underlag"
    top = read["level"].max()
    if not isinstance(top, int) or top == 0:
        return f"{capital(count_words(read.height))} lästa, inga belägg funna"
    names = read.filter(pl.col("level") == top)["municipality_name"].to_list()
    where = listing(names) if len(names) <= 4 else f"{len(names)} av {read.height} kommuner"
    return f"Starkast skrivning i {where}"


def tests_title(active: int, municipalities: int) -> str:
    """``21 pågående tester i åtta kommuner``."""
    if not active:
        return "Ingen pågående testverksamhet i urvalet"
    tests = "pågående test" if active == 1 else "pågående tester"
    return f"{capital(word(active, neuter=True))} {tests} i {count_words(municipalities)}"


class Short(NamedTuple):
    """``figure`` and ``words`` read as a sentence; ``page`` is where it can be followed up.

    ``unknown`` is how many have an unknown state and are left out of the figure.
    """

    figure: str
    words: str
    page: str
    unknown: int = 0


def windows(values: pl.DataFrame) -> Short:
    """How many can still be influenced, and what is read of them."""
    now, read, empty = count_windows(values)
    stale = unknown(values, "1.8")
    if not now:
        return Short(DASH, "inget tidsfönster är säkert öppet", "tidsfonster", stale)
    plural = "handling kan" if now == 1 else "handlingar kan"
    words = f"{plural} ännu påverkas, {_read(read, empty)}"
    return Short(number(now), words, "tidsfonster", stale)


def unknown(values: pl.DataFrame, indicator: str) -> int:
    """How many have a state that is too old or undated, beside those that an indicator counts.

    They are neither open nor closed, neither running nor ended (1.8, 2.1, 3.4).
    """
    state = UNKNOWN_STATE[0][0]
    parts = pl.col("part").str.starts_with(state)
    return int(region_rows(values, indicator).filter(parts)["numerator"].sum() or 0)


def unknown_words(values: pl.DataFrame, indicator: str) -> str:
    """``; 52 har okänt läge``, to stand after a number; empty where every state is known."""
    found = unknown(values, indicator)
    return f"; {number(found)} har okänt läge" if found else ""


def count_windows(values: pl.DataFrame) -> tuple[int, int, int]:
    """Return how many are open, how many of those are read, and read without evidence (1.8)."""
    own = region_rows(values, "1.8")
    everything = pl.col("part").str.starts_with("oppna:")
    now = own.filter(everything)["numerator"].sum()
    read = own.filter(pl.col("part").is_in(OBJECT_TYPE.values))
    return int(now), int(read["n"].sum()), int(read["numerator"].sum())


def windows_title(values: pl.DataFrame) -> str:
    """Title of the list of what can be influenced: the same numbers as :func:`windows`."""
    found = windows(values)
    words = f"{found.words}{unknown_words(values, '1.8')}"
    return f"{found.figure} {words}" if found.figure != DASH else capital(words)


def region_row(values: pl.DataFrame, indicator: str, part: str) -> dict[str, Any]:
    """Return the value of one part of an indicator for the whole choice."""
    return region_rows(values, indicator).filter(pl.col("part") == part).row(0, named=True)


def region_rows(values: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """Return the values of an indicator for the whole choice, one row a part."""
    whole = values["unit_id"][0]
    return values.filter(pl.col("indicator_id") == indicator, pl.col("unit_id") == whole)


def of_all(row: dict[str, Any]) -> str:
    """``3 av 12``: numerator and n of a share."""
    return f"{number(row['numerator'])} av {number(row['n'])}"


def _read(read: int, empty: int) -> str:
    if not read:
        return "ingen är läst"
    if not empty:
        return f"{word(read)} är {'läst' if read == 1 else 'lästa'}"
    some = "den lästa" if read == 1 else f"{word(empty)} av {word(read)} lästa"
    return f"{some} saknar belägg"


def testing_today(values: pl.DataFrame) -> Finding:
    """How many run and where, how open they are, how many scale up; from 2.1 and 2.3."""
    parts = whole(values, "2.1")
    running = counted(parts["alla"])
    stale = unknown(values, "2.1")
    if not running:
        advice = "Lätta på ett filter för att se fler."
        return Finding(
            "Ingen pågående testverksamhet med känt läge i urvalet",
            _stale_tests(stale) if stale else advice,
        )
    open_to = whole(values, "2.3")["smf"]
    headline = tests_title(running, _places(values)) + unknown_words(values, "2.1")
    if open_to["n"] >= FEWEST:
        some = part(int(open_to["numerator"]), open_to["n"], neuter=True)
        headline += f" – {some} med uppgift är öppna för mindre företag"
    scaled, ended = (counted(parts[f"fas:{phase}"]) for phase in ("uppskalning", "avslutad"))
    verb = "är avslutad" if ended == 1 else "är avslutade"
    lead = [f"{_many(scaled)} skalas upp och {_many(ended).lower()} {verb}."]
    silent = running - open_to["n"]
    if silent:
        lead.append(f"För {number(silent)} säger källan inte om mindre företag får delta.")
    if stale:
        lead.insert(0, _stale_tests(stale))
    return Finding(headline, " ".join(lead))


def _stale_tests(stale: int) -> str:
    what = "test pågick när det senast sågs" if stale == 1 else "tester pågick när de senast sågs"
    return f"{number(stale)} {what}, men läget är okänt nu; de räknas inte."


def _many(tests: int) -> str:
    return capital(word(tests, neuter=True)) if tests else "Inget"


def _places(values: pl.DataFrame) -> int:
    """Municipalities with a running test."""
    return values.filter(
        pl.col("indicator_id") == "2.1",
        pl.col("unit_kind") == MUNICIPALITY,
        pl.col("part") == "alla",
        pl.col("value") > 0,
    ).height
