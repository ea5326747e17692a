"""The five findings of *Läget*: a figure and its words, which together read as one sentence."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from dashboard.findings import count_words
from dashboard.text import DASH, TYPE_PLURAL, capital, number, word
from pipelines.indicators.facts import MUNICIPALITY


class Short(NamedTuple):
    """``figure`` and ``words`` read as a sentence; ``page`` is where it can be followed up."""

    figure: str
    words: str
    page: str


def five(values: pl.DataFrame) -> list[Short]:
    """Say how the region chooses, what carries through, can still change, is tested and bought.

    ``values`` are the rows of ``pages.overview`` under the reader's choice.
    """
    return [
        choosing(values),
        thread(values),
        windows(values),
        tests(values),
        buying(values),
    ]


def choosing(values: pl.DataFrame) -> Short:
    """How many land allocations say that innovation or climate decides who may build (3.1)."""
    row = _whole(values, "3.1", "alla")
    plural = TYPE_PLURAL["ma"]
    if row["n"]:
        words = f"{plural} väljs med kriterier för innovation eller klimat"
        return Short(_of(row), words, "markanvisningar")
    known = row["known"]
    words = f"kända {plural}, kriterierna är inte insamlade" if known else f"inga kända {plural}"
    return Short(number(known) if known else DASH, words, "markanvisningar")


def thread(values: pl.DataFrame) -> Short:
    """How many steps after the comprehensive plan carry its themes on."""
    row = _whole(values, "1.6", "alla")
    if row["n"]:
        words = "led håller det som översiktsplanen säger"
        return Short(_of(row), words, "roda_traden")
    return Short(DASH, "röda tråden går inte att följa ännu", "roda_traden")


def windows(values: pl.DataFrame) -> Short:
    """How many can still be influenced, and what is read of them."""
    now, read, empty = open_windows(values)
    if not now:
        return Short(DASH, "inget tidsfönster är öppet", "tidsfonster")
    plural = "handling kan" if now == 1 else "handlingar kan"
    return Short(number(now), f"{plural} ännu påverkas, {_read(read, empty)}", "tidsfonster")


def open_windows(values: pl.DataFrame) -> tuple[int, int, int]:
    """Return how many are open, how many of those are read, and read without evidence (1.8)."""
    own = _own(values, "1.8")
    everything = pl.col("part").str.starts_with("oppna:")
    now = own.filter(everything)["numerator"].sum()
    read = own.filter(~everything)
    return int(now), int(read["n"].sum()), int(read["numerator"].sum())


def windows_title(values: pl.DataFrame) -> str:
    """Title of the list of what can be influenced: the same numbers as :func:`windows`."""
    found = windows(values)
    return f"{found.figure} {found.words}" if found.figure != DASH else capital(found.words)


def tests(values: pl.DataFrame) -> Short:
    """How many test activities run, and in how many municipalities (2.1)."""
    row = _whole(values, "2.1", "alla")
    running = int(row["numerator"] or 0)
    if not running:
        return Short(DASH, "ingen pågående testverksamhet", "testverksamhet")
    places = values.filter(
        pl.col("indicator_id") == "2.1",
        pl.col("part") == "alla",
        pl.col("unit_kind") == MUNICIPALITY,
        pl.col("numerator") > 0,
    ).height
    tested = "test pågår" if running == 1 else "tester pågår"
    return Short(number(running), f"{tested} i {count_words(places)}", "testverksamhet")


def buying(values: pl.DataFrame) -> Short:
    """How often small firms win with an innovation tool; without winners, what is known."""
    row = _whole(values, "3.3", "smf")
    if row["n"]:
        words = "upphandlingar av nytt vanns av mindre företag"
        return Short(_of(row), words, "upphandling")
    known = int(_whole(values, "3.2", "alla")["numerator"] or 0)
    if not known:
        return Short(DASH, "inga kända upphandlingar av nytt", "upphandling")
    what = "upphandling" if known == 1 else "upphandlingar"
    words = f"{what} av nytt, vinnarna är inte insamlade"
    return Short(number(known), words, "upphandling")


def _whole(values: pl.DataFrame, indicator: str, part: str) -> dict[str, Any]:
    return _own(values, indicator).filter(pl.col("part") == part).row(0, named=True)


def _own(values: pl.DataFrame, indicator: str) -> pl.DataFrame:
    whole = values["unit_id"][0]
    return values.filter(pl.col("indicator_id") == indicator, pl.col("unit_id") == whole)


def _of(row: dict[str, Any]) -> str:
    return f"{number(row['numerator'])} av {number(row['n'])}"


def _read(read: int, empty: int) -> str:
    if not read:
        return "ingen är läst"
    if not empty:
        return f"{word(read)} är {'läst' if read == 1 else 'lästa'}"
    some = "den lästa" if read == 1 else f"{word(empty)} av {word(read)} lästa"
    return f"{some} saknar belägg"
