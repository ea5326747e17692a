from dashboard.filters import Filters
from dashboard.queries import edition, objects, passages, testing
from pipelines.model.tables import TABLE

ALL = Filters("liten")


def test_unread_is_null_and_never_zero(connection):
    frame = objects.object_list(connection, ALL)
    unread = frame.filter(~frame["coverage"].is_in(["read_found", "read_none"]))

    assert unread.height
    assert unread["level"].is_null().all()
    assert unread["passages"].is_null().all()


def test_filters_narrow_by_place_type_year_and_highest_level(connection):
    place = objects.object_list(connection, Filters("liten", municipalities=("9803",)))
    kind = objects.object_list(connection, Filters("liten", object_types=("ma",)))
    year = objects.object_list(connection, Filters("liten", year_from=2023, year_to=2023))
    highest = objects.object_list(connection, Filters("liten", highest=0))

    assert place["object_id"].to_list() == ["dp-vreta"]
    assert set(kind["object_type"]) == {"ma"}
    assert set(year["year"]) == {2023}
    assert highest["coverage"].to_list() == ["read_none"] * highest.height
    assert highest.height > 0


def test_values_are_bound_and_not_read_as_sql(connection):
    hostile = Filters("liten", municipalities=("9801'; DROP TABLE plan; --",))

    assert objects.object_list(connection, hostile).height == 0
    assert passages.count_passages(connection, ALL, ("' OR 1=1 --",)) == 0


def test_search_needs_every_word_in_any_case(connection):
    words = passages.search_words("Testbädd ENERGI")

    found = passages.find_passages(connection, ALL, words)

    assert words == ("testbädd", "energi")
    assert found.height == passages.count_passages(connection, ALL, words) >= 1
    assert all("testbädd" in quote.lower() for quote in found["quote"])
    assert passages.count_passages(connection, ALL, ("testbädd", "finnsinte")) == 0


def test_the_lowest_commitment_leaves_out_weaker_passages(connection):
    strong = passages.find_passages(connection, Filters("liten", minimum=4))
    total = passages.count_passages(connection, ALL)

    assert 0 < strong.height < total
    assert set(strong["level"]) == {4}


def test_quotations_come_from_different_municipalities(connection):
    found = passages.best_quotations(connection, ALL, 5)

    assert found["municipality_code"].is_unique().all()


def test_tests_follow_the_choice_of_theme(connection):
    assert testing.testing_list(connection, ALL).height == 1
    assert testing.testing_list(connection, Filters("liten", themes=("mobilitet",))).height == 0


def test_every_table_can_be_taken_out(connection):
    counts = edition.row_counts(connection)

    assert set(counts["table_name"]) == set(TABLE)
    for name, rows in counts.select("table_name", "rows").rows():
        assert edition.whole_table(connection, name).height == rows
