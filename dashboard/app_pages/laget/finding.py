"""The five findings of *Läget*: a figure and its words, which together read as one sentence."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Short, count_words, of_all, region_row, unknown, windows
from dashboard.text import (
    DASH,
    TYPE_PLURAL,
    listing,
    number,
)
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.indicators.values import FEWEST


def ladder_title(ladders: pl.DataFrame) -> str:
    """Where along the chain demands are most common, when enough is read to say so."""
    rows = [row for row in ladders.to_dicts() if row["read"] >= FEWEST]
    if len(rows) < 2:
        known = int(ladders["known"].sum()) if ladders.height else 0
        read = int(ladders["read"].sum()) if ladders.height else 0
        return f"För få lästa handlingar för att jämföra: {read} av {known}"
    shares = {row["unit_id"]: row["level_4"] / row["read"] for row in rows}
    high, low = max(shares.values()), min(shares.values())
    if high == low:
        return "Krav är lika vanliga i alla led"
    most = listing(TYPE_PLURAL[each] for each in shares if shares[each] == high)
    least = listing(TYPE_PLURAL[each] for each in shares if shares[each] == low)
    return f"Krav är vanligast i {most}, ovanligast i {least}"


def five(values: pl.DataFrame) -> list[Short]:
    """Say how the region chooses, what carries through, can still change, is tested and bought.

    ``values`` are the rows of ``measures.overview`` under the reader's choice.
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
    row = region_row(values, "3.1", "alla")
    plural = TYPE_PLURAL["ma"]
    if row["n"]:
        words = f"{plural} väljs med kriterier för innovation eller klimat"
        return Short(of_all(row), words, "markanvisningar")
    known = row["known"]
    words = f"kända {plural}, kriterierna är inte insamlade" if known else f"inga kända {plural}"
    return Short(number(known) if known else DASH, words, "markanvisningar")


def thread(values: pl.DataFrame) -> Short:
    """How many steps after the comprehensive plan carry its themes on."""
    row = region_row(values, "1.6", "alla")
    if row["n"]:
        words = "led håller det som översiktsplanen säger"
        return Short(of_all(row), words, "roda_traden")
    return Short(DASH, "röda tråden går inte att följa ännu", "roda_traden")


def tests(values: pl.DataFrame) -> Short:
    """How many test activities run, and in how many municipalities (2.1)."""
    row = region_row(values, "2.1", "alla")
    running = int(row["numerator"] or 0)
    stale = unknown(values, "2.1")
    if not running:
        return Short(DASH, "inget test pågår säkert", "testverksamhet", stale)
    places = values.filter(
        pl.col("indicator_id") == "2.1",
        pl.col("part") == "alla",
        pl.col("unit_kind") == MUNICIPALITY,
        pl.col("numerator") > 0,
    ).height
    tested = "test pågår" if running == 1 else "tester pågår"
    words = f"{tested} i {count_words(places)}"
    return Short(number(running), words, "testverksamhet", stale)


def buying(values: pl.DataFrame) -> Short:
    """How often small firms win with an innovation tool; without winners, what is known."""
    row = region_row(values, "3.3", "smf")
    if row["n"]:
        words = "upphandlingar av nytt vanns av mindre företag"
        return Short(of_all(row), words, "upphandling")
    known = int(region_row(values, "3.2", "alla")["numerator"] or 0)
    if not known:
        return Short(DASH, "inga kända upphandlingar av nytt", "upphandling")
    what = "upphandling" if known == 1 else "upphandlingar"
    words = f"{what} av nytt, vinnarna är inte insamlade"
    return Short(number(known), words, "upphandling")
