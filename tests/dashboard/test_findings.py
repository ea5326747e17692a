import polars as pl

from dashboard.app_pages.laget.finding import ladder_title
from dashboard.parts import findings
from tests.dashboard.ladders import wide


def places(*rows: tuple[str, int, int, int | None]) -> pl.DataFrame:
    names = ["municipality_name", "known", "read", "level"]
    return pl.DataFrame(
        list(rows), schema=names, orient="row", schema_overrides={"level": pl.Int64}
    )


def test_the_region_is_told_in_one_sentence():
    map_rows = places(("Aby", 1, 1, 4), ("Boda", 1, 1, 2), ("Cedra", 1, 1, 0), ("Dala", 1, 0, None))

    found = findings.region_today(wide(("op", 4, 1), ("op", 2, 1), ("op", 0, 1)), map_rows)

    assert found.headline == (
        "Två av tre kommuner med läst översiktsplan skriver om innovation i den – en ställer krav"
    )
    assert "1 av 3 lästa översiktsplaner" in found.lead


def test_nothing_read_is_said_and_not_shown_as_zero():
    found = findings.region_today(
        wide(("op", None, 46), ("dp", None, 97)), places(("Aby", 1, 0, None))
    )

    assert found.headline == "143 planer och markanvisningar är kända, ingen är läst ännu"
    assert "betyder inte noll" in found.lead


def test_an_empty_choice_says_so():
    found = findings.type_today("dp", wide(), places())

    assert found.headline == "Inga detaljplaner är kända i urvalet"


def test_one_type_names_the_strong_and_the_silent():
    found = findings.type_today(
        "ma",
        wide(("ma", 4, 1), ("ma", 0, 2), ("ma", None, 3)),
        places(("Aby", 2, 2, 4), ("Boda", 1, 1, 0)),
    )

    assert (
        found.headline == "En av tre lästa markanvisningar innehåller innovation – en ställer krav"
    )
    assert "Aby ställer krav i någon markanvisning." in found.lead
    assert "Boda har lästa handlingar utan belägg." in found.lead
    assert "3\u00a0kända handlingar är ej lästa och räknas inte." in found.lead


def test_steps_are_compared_only_when_enough_is_read():
    few = ladder_title(wide(("op", 4, 2), ("dp", 0, 9)))
    enough = ladder_title(wide(("op", 4, 5), ("dp", 0, 9), ("ma", 4, 6)))

    assert few == "För få lästa handlingar för att jämföra: 11 av 11"
    assert enough == (
        "Krav är vanligast i översiktsplaner och markanvisningar, ovanligast i detaljplaner"
    )
