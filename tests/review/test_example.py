"""The example's human codings are a sound delivery and show what reviews are for."""

from collections import Counter

import pytest

from pipelines.model.region import PROJECT
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review.sample import decode
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import load_register


@pytest.fixture(scope="module")
def codings():
    file = PROJECT / "data" / "exempel" / "register" / "granskningar.csv"
    rows, deliveries = load_register(HUMAN_CODE, read_tables(file), {})
    assert deliveries[0].issues == []
    return rows.to_dicts()


def test_two_coders_have_coded_enough_passages_for_agreement(codings):
    coders = Counter((row["document_id"], row["quote"]) for row in codings)
    assert {row["coder"] for row in codings} == {"kodare A", "kodare B"}
    assert sum(count > 1 for count in coders.values()) >= 30
    assert {row["certainty"] for row in codings} == {"example"}


def test_every_row_tells_how_it_was_drawn_and_some_had_no_hit(codings):
    draws = [decode(row["sampling_key"], row["document_id"], row["quote"]) for row in codings]
    assert all(draws)
    strata = Counter(draw.stratum for draw in draws)
    assert strata["no_hit"] >= 8
    assert len({draw.sample_id for draw in draws}) == 1


def test_the_quotes_stand_in_the_source_texts(codings):
    def letters(text: str) -> str:
        return "".join(character for character in text.casefold() if character.isalnum())

    folder = PROJECT / "data" / "exempel" / "texter"
    text = letters("\n".join(file.read_text("utf-8") for file in folder.glob("*/*.md")))
    missing = [row["quote"] for row in codings if letters(row["quote"]) not in text]
    assert missing == []
