"""Searching by keys gives what reading every passage gives; long lists wait until opened."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from dashboard.database import current_edition
from dashboard.filters import Filters
from dashboard.parts.unfold import MOST, rest_label
from dashboard.queries import objects, passages
from dashboard.text import NBSP
from pipelines.warehouse.lookup import open_with_keys
from tests.dashboard.conftest import Place

CHOICES = (
    Filters("exempel"),
    Filters("exempel", municipalities=("9901", "9903")),
    Filters("exempel", object_types=("dp",), year_from=2020, year_to=2025),
    Filters("exempel", themes=("energi",)),
    Filters("exempel", themes=("energi", "mobilitet"), instruments=("testbadd",)),
    Filters("exempel", minimum=3),
    Filters("exempel", themes=("mobilitet",), highest=4),
)
WORDS = (
    (),
    ("testbädd",),
    ("ska", "energi"),
    ("ÅTERBRUK".casefold(),),
    ("askhamn",),
    ("ingenstans",),
)

_PLAIN = """
SELECT p.passage_id FROM passage p
JOIN planning_object o USING (object_id)
JOIN municipality m ON m.municipality_code = o.municipality_code
LEFT JOIN (
    SELECT object_id, max(level) AS level FROM passage
    WHERE is_counted AND ($no_themes OR list_has_any(themes, $themes::VARCHAR[]))
      AND ($no_instruments OR list_has_any(instruments, $instruments::VARCHAR[]))
    GROUP BY object_id
) r USING (object_id)
WHERE o.coverage NOT IN ('superseded', 'not_applicable')
  AND ($no_places OR list_contains($places::VARCHAR[], o.municipality_code))
  AND ($no_types OR list_contains($types::VARCHAR[], o.object_type))
  AND coalesce(o.year, -1) BETWEEN coalesce($first, -1) AND coalesce($last, 9999)
  AND ($highest IS NULL OR (o.coverage IN ('read_found', 'read_none')
       AND coalesce(r.level, 0) = $highest))
  AND (p.is_counted OR $everything)
  AND (p.level >= $minimum OR ($everything AND p.is_negated))
  AND ($no_themes OR list_has_any(p.themes, $themes::VARCHAR[]))
  AND ($no_instruments OR list_has_any(p.instruments, $instruments::VARCHAR[]))
  AND list_bool_and([true] || list_transform($words::VARCHAR[], lambda w: contains(
        lower(concat_ws(' ', p.quote, p.section, o.object_name, m.municipality_name)), w)))
ORDER BY p.is_counted DESC, p.level DESC, p.confidence DESC, p.passage_id
"""


@pytest.fixture
def example(regions: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    """The example region's edition with all its texts read."""
    for name, value in regions.environment().items():
        monkeypatch.setenv(name, value)
    with open_with_keys(current_edition("exempel")) as con:
        yield con


def _plainly(con, choice: Filters, words: tuple[str, ...], *, everything: bool) -> list[str]:
    values = {
        "themes": list(choice.themes), "no_themes": not choice.themes,
        "instruments": list(choice.instruments), "no_instruments": not choice.instruments,
        "places": list(choice.municipalities), "no_places": not choice.municipalities,
        "types": list(choice.object_types), "no_types": not choice.object_types,
        "first": choice.year_from, "last": choice.year_to, "highest": choice.highest,
        "minimum": choice.minimum, "everything": everything, "words": list(words),
    }  # fmt: skip
    return [row[0] for row in con.execute(_PLAIN, values).fetchall()]


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("choice", CHOICES)
def test_a_search_finds_what_reading_every_passage_finds(example, choice, everything):
    for words in WORDS:
        wanted = _plainly(example, choice, words, everything=everything)
        hits = passages.search(example, choice, words, everything)
        shown = passages.passages_at(example, hits.rows[:10])
        later = passages.find_passages(example, choice, words, everything, 10, 10)
        whole = passages.all_passages(example, choice, words, everything)

        assert hits.total == len(wanted)
        assert passages.count_passages(example, choice, words, everything) == len(wanted)
        assert shown["passage_id"].to_list() == wanted[:10]
        assert later["passage_id"].to_list() == wanted[10:20]
        assert whole["passage_id"].to_list() == wanted


def test_the_choices_find_something_and_leave_something_out(example):
    totals = [passages.search(example, choice).total for choice in CHOICES]

    assert all(totals)
    assert max(totals[1:]) < totals[0]


def test_the_first_plans_are_the_first_of_the_file(example):
    for choice in CHOICES:
        whole = objects.object_list(example, choice)
        first = objects.first_objects(example, choice, 5)

        assert objects.count_objects(example, choice) == whole.height
        assert first.rows() == whole.head(5).rows()


def test_a_closed_list_is_not_made_until_it_is_opened(open_page, regions):
    test = open_page(regions, "detaljplaner", region="Exempelregionen")
    closed = _captions(test)
    test.session_state["mer-lista-dp"] = True
    test.session_state["tabell-kommuner-dp"] = True
    test.run()

    assert not [text for text in closed if text.endswith("fortsättning")]
    assert [text for text in _captions(test) if text.endswith("fortsättning")]
    assert len(_captions(test)) == len(closed) + 2


def test_a_long_list_says_that_the_file_has_all():
    assert rest_label(45, ("handling", "handlingar")) == f"Visa 45{NBSP}handlingar till"
    assert rest_label(1, ("handling", "handlingar")) == f"Visa 1{NBSP}handling till"
    assert rest_label(MOST + 1, ("handling", "handlingar")) == (
        f"Visa {MOST + 1}{NBSP}handlingar till, {MOST} i taget"
    )


def _captions(test) -> list[str]:
    bodies = [element.proto.body for element in test.get("html")]
    return [
        body.split("<caption>")[1].split("</caption>")[0] for body in bodies if "<caption>" in body
    ]


@pytest.mark.parametrize(
    "choice",
    [
        Filters("exempel"),
        Filters("exempel", minimum=3),
        Filters("exempel", object_types=("op", "ma"), year_from=2018),
        Filters("exempel", themes=("energi",)),
    ],
)
def test_a_quotation_is_the_strongest_fit_passage_of_its_municipality(example, choice):
    plain = """
        SELECT p.passage_id FROM passage p JOIN planning_object o USING (object_id)
        WHERE o.coverage NOT IN ('superseded', 'not_applicable') AND p.is_counted
          AND p.level >= $minimum AND NOT p.legal_flag AND length(p.quote) BETWEEN 60 AND 260
          AND (len($types::VARCHAR[]) = 0 OR list_contains($types::VARCHAR[], o.object_type))
          AND (len($themes::VARCHAR[]) = 0 OR list_has_any(p.themes, $themes::VARCHAR[]))
          AND coalesce(o.year, -1) >= coalesce($first, -1)
        QUALIFY row_number() OVER (PARTITION BY p.municipality_code ORDER BY {order}) = 1
        ORDER BY {order}"""
    codes = "len(p.instruments) + len(p.themes)"
    order = f"p.level DESC, {codes} DESC, p.confidence DESC, passage_id"
    values = {
        "minimum": choice.minimum, "types": list(choice.object_types),
        "themes": list(choice.themes), "first": choice.year_from,
    }  # fmt: skip
    wanted = [row[0] for row in example.execute(plain.format(order=order), values).fetchall()]

    assert len(wanted) > 3
    assert passages.best_quotations(example, choice, 20)["passage_id"].to_list() == wanted
