"""Human codes overrule the machine's, downstream too, and both are kept."""

import polars as pl
import pytest

from pipelines.build import Build
from tests.conftest import World
from tests.review.deliveries import LEASE, STATION, TESTBED, coding, deliver, refused


def build_with(world: World, *rows: dict[str, object]) -> Build:
    deliver(world.data / "liten" / "register", *rows)
    return world.build()


def object_row(build: Build, object_id: str) -> dict[str, object]:
    frame = build.frames["planning_object"]
    return frame.filter(pl.col("object_id") == object_id).row(0, named=True)


def passages_of(build: Build, document_id: str) -> list[dict[str, object]]:
    return build.frames["passage"].filter(pl.col("document_id") == document_id).to_dicts()


def issues_of(build: Build) -> dict[str, str]:
    return {i.rule: i.message for i in build.issues if i.table_name == "human_code"}


def test_without_reviews_every_code_is_the_machines(world: World):
    build = world.untouched()
    assert build.frames["human_code"].is_empty()
    assert build.frames["passage_review"].is_empty()
    assert set(build.frames["passage"]["coded_by"]) == {"machine"}


def test_a_no_takes_the_passage_and_the_object_becomes_read_without_findings(world: World):
    assert object_row(world.untouched(), "op-ny")["coverage"] == "read_found"
    build = build_with(world, refused())
    assert passages_of(build, "d1") == []
    plan = object_row(build, "op-ny")
    assert (plan["coverage"], plan["passages"], plan["level"]) == ("read_none", 0, 0)
    review = build.frames["passage_review"].row(0, named=True)
    assert (review["machine_relevant"], review["is_relevant"]) == (True, False)
    assert (review["machine_commitment"], review["commitment"]) == ("aim", "none")
    assert review["coders_agree"] is None
    assert review["machine_agrees"] is False


def test_another_commitment_moves_the_objects_level(world: World):
    build = build_with(world, coding(commitment="Ska", instrument_2="Uppskalning"))
    row = passages_of(build, "d1")[0]
    assert (row["commitment"], row["level"], row["coded_by"]) == ("shall", 4, "human")
    assert row["instruments"] == ["testbadd", "uppskalning"]
    assert row["is_counted"]
    assert row["explanation"].startswith("Kodad av människa (kodare A). Maskinen:")
    assert '"role": "deciding"' in row["spans"], "the machine's marks stay"
    assert object_row(build, "op-ny")["level"] == 4


def test_what_the_machine_passed_over_becomes_a_passage(world: World):
    build = build_with(world, coding(STATION, commitment="Bör", theme_1="Mobilitet"))
    found = {row["quote"]: row for row in passages_of(build, "d1")}
    assert set(found) == {STATION, TESTBED}
    row = found[STATION]
    assert (row["coded_by"], row["commitment"], row["themes"]) == ("human", "should", ["mobilitet"])
    assert (row["page"], row["section"]) == (2, "Inriktning")
    assert build.frames["passage_review"]["machine_relevant"].to_list() == [False]
    assert object_row(build, "op-ny")["passages"] == 2


def test_another_voice_or_a_negation_is_kept_but_not_counted(world: World):
    by_other = build_with(world, coding(voice="Någon annan"))
    row = passages_of(by_other, "d1")[0]
    assert (row["voice"], row["is_counted"], row["commitment"]) == ("other", False, "aim")
    negated = build_with(world, refused(is_negated="ja"))
    row = passages_of(negated, "d1")[0]
    assert (row["is_negated"], row["is_counted"], row["level"]) == (True, False, 0)


def test_what_coders_leave_open_stays_the_machines(world: World):
    build = build_with(world, coding(commitment=""), coding(STATION, commitment=""))
    levels = {row["quote"]: row["commitment"] for row in passages_of(build, "d1")}
    assert levels == {TESTBED: "aim", STATION: "mention"}
    assert "2 kodningar" in issues_of(build)["grad_saknas"]


def test_a_quote_survives_new_spaces_hyphens_and_page_numbers(world: World):
    mangled = TESTBED.replace("testbädd", "test-\nbädd").replace(" som ", "  som ") + " "
    build = build_with(world, refused(mangled, page=7))
    assert passages_of(build, "d1") == []


def test_the_file_is_known_by_its_hash_when_the_documents_id_has_changed(world: World):
    sha256 = world.untouched().frames["document"].filter(document_id="d3")["sha256"][0]
    build = build_with(world, refused(LEASE, document_id="d3-gammalt", sha256=sha256, page=1))
    assert passages_of(build, "d3") == []


def test_a_missing_quote_is_an_issue_and_not_a_crash(world: World):
    lost = "Kommunen ska bygga en rymdhiss."
    build = build_with(world, coding(lost), coding("Ännu ett citat som saknas."), refused())
    assert "2 kodningar" in issues_of(build)["citat_saknas"]
    assert lost in issues_of(build)["citat_saknas"]
    codings = build.frames["human_code"]
    assert codings.height == 3
    assert codings["passage_id"].null_count() == 2
    assert build.frames["passage_review"].height == 1


def test_a_missing_quote_in_a_changed_file_says_that_it_has_changed(world: World):
    build = build_with(world, coding("Struken mening.", sha256="0" * 64))
    assert "Filen har ändrats sedan kodningen" in issues_of(build)["citat_saknas"]


@pytest.mark.parametrize(
    ("document_id", "words"), [("d9", "finns inte i regionen"), ("d4", "är inte läst")]
)
def test_codings_of_unread_documents_are_issues(world: World, document_id: str, words: str):
    build = build_with(world, coding(document_id=document_id))
    assert words in issues_of(build)["granskat_dokument_saknas"]
    assert build.frames["human_code"].height == 1


def test_bad_rows_are_rejected_by_the_common_checks(world: World):
    build = build_with(
        world,
        coding(coder="Anna Andersson"),
        coding(is_relevant="kanske"),
        coding(is_relevant=""),
        coding(commitment="Lovar"),
        coding(),
        coding(),
    )
    delivery = next(d for d in build.deliveries if d.table_name == "human_code")
    assert (delivery.rows_in, delivery.rows_loaded, delivery.rows_rejected) == (6, 1, 5)
    rules = sorted(issue.rule for issue in delivery.issues)
    assert rules == sorted(["fel_form", "fel_ja_nej", "varde_saknas", "okand_kod", "dubblett"])


def test_a_shall_on_technology_in_a_detailed_plan_gets_the_legal_flag_from_people(world: World):
    quote = "Byggnaderna får vara högst tolv meter höga."
    rows = coding(quote, document_id="d2", commitment="Ska", instrument_1="Funktionskrav")
    build = build_with(world, rows)
    assert passages_of(build, "d2")[0]["legal_flag"]
    build = build_with(world, rows | {"commitment": "Bör"})
    assert not passages_of(build, "d2")[0]["legal_flag"]


def test_reviews_do_not_disturb_a_build_that_is_repeated(world: World):
    first = build_with(world, coding(commitment="Ska"))
    again = world.build()
    assert again.published.edition_id == first.published.edition_id
    assert not again.published.is_new
