"""Excerpts are about what they name, are counted apart and never colour a share."""

import polars as pl

from pipelines.model.tables import TABLE
from tests.conftest import World
from tests.indicators.regions import Edition

_HEADERS = (
    "Referat-id;Kommunkod;Dokumentslag;Källa;Referat;Förpliktelsegrad;Röst;Vad som är sett;"
    "Handling-id;Allmänt uttalande;Osäker kodning\n"
)
_EXCERPTS = (
    ("e1", "9803", "Planprogram", "Ska prova nytt", "Ska", "plan", "egen_sida", "", "nej"),
    ("e2", "9802", "Markanvisningsbeslut", "Bör", "Bör", "other", "nyhet_andra", "ma-torpa", "nej"),
    ("e3", "9801", "Översiktsplan", "Kräver nytt", "Ska", "plan", "egen_sida", "", "ja"),
    ("e4", "", "Annat", "Regionen vill", "Avsikt", "plan", "egen_sida", "finns-inte", "nej"),
)
_ROWS = "".join(
    ";".join((*row[:3], f"https://exempel.invalid/{row[0]}", *row[3:], "nej")) + "\n"
    for row in _EXCERPTS
)


def build(world: World) -> dict[str, pl.DataFrame]:
    file = world.data / "liten" / "register" / "referat.csv"
    file.write_text(_HEADERS + _ROWS, "utf-8-sig")
    return world.build().frames


def coverage(frames: dict[str, pl.DataFrame]) -> dict[str, str]:
    return dict(frames["planning_object"].select("object_id", "coverage").iter_rows())


def test_an_excerpt_covers_only_the_object_that_it_is_about(world: World):
    before = coverage(world.untouched().frames)
    after = coverage(build(world))
    assert before["ma-torpa"] == "not_applicable"
    changed = {name for name, kind in after.items() if kind != before[name]}
    assert changed == {"ma-torpa"}
    assert after["ma-torpa"] == "excerpt_only"


def test_excerpts_enter_no_share_and_are_counted_apart(world: World):
    plain = world.untouched().frames["indicator_value"]
    frames = build(world)
    shares = pl.col("indicator_id").is_in(["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.9"])
    columns = ["unit_id", "part", "value", "numerator", "n"]
    assert (
        frames["indicator_value"].filter(shares).select(columns)
        .equals(plain.filter(shares).select(columns))
    )  # fmt: skip
    counted = {
        (row["unit_id"], row["voice"], row["commitment"], row["is_general"]): row["excerpts"]
        for row in frames["excerpt_count"].iter_rows(named=True)
    }
    assert counted == {
        ("9803", "plan", "shall", False): 1,
        ("9802", "other", "should", False): 1,
        ("9801", "plan", "shall", True): 1,
        ("liten", "plan", "aim", False): 1,
    }


def test_a_regional_excerpt_has_no_municipality_and_an_unknown_object_is_reported(world: World):
    frames = build(world)
    regional = frames["summary_passage"].filter(summary_id="e4").row(0, named=True)
    assert (regional["summary_scope"], regional["object_id"]) == ("region", None)
    issue = frames["issue"].filter(found_value="finns-inte").row(0, named=True)
    assert (issue["file_name"], issue["row_number"], issue["column_name"]) == (
        "referat.csv",
        5,
        "Handling-id",
    )


def test_stockholms_general_statements_colour_no_level(editions: dict[str, Edition]):
    tables = editions["stockholm"].tables
    general = tables["summary_passage"].filter("is_general")
    assert set(general["commitment"]) == {"shall"}
    ladder = tables["excerpt_count"].filter(~pl.col("is_general"))
    assert ladder["excerpts"].sum() == tables["summary_passage"].height - general.height
    assert TABLE["excerpt_count"].key[-1] == "is_general"
