"""The narrow tables say the same as the contract tables, and older editions get them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.warehouse.lookup import ALOUD, KEYS, open_with_keys
from tests.indicators.regions import Edition

_WHOLE = "SELECT p.*, k.* FROM passage_key k JOIN passage p ON p.rowid = k.passage_row"


@pytest.fixture
def con(editions: dict[str, Edition]) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_with_keys(editions["exempel"].file) as opened:
        yield opened


def test_every_passage_has_one_key_with_its_object_level_and_words(con):
    rows = con.sql(
        f"""SELECT w.*, n.object_id AS owner
            FROM ({_WHOLE}) w JOIN object_key n USING (object_no)"""
    ).pl()
    total = con.sql("SELECT count(*) FROM passage").fetchall()[0][0]

    assert rows.height == total > 100
    assert rows["passage_id"].is_unique().all()
    assert (rows["object_id"] == rows["owner"]).all()
    for row in rows.to_dicts():
        assert row["level"] == row["level_1"]
        assert row["is_counted"] == row["is_counted_1"]
        text = " ".join(part for part in (row["quote"], row["section"]) if part is not None)
        assert row["words"] == text.lower()


@pytest.mark.parametrize(
    ("column", "bits", "codes"),
    [("themes", "theme_bits", THEME), ("instruments", "instrument_bits", INSTRUMENT)],
)
def test_each_bit_is_a_code_in_its_place(con, column, bits, codes):
    for row in con.sql(_WHOLE).pl().to_dicts():
        set_bits = {code for place, code in enumerate(codes.values) if row[bits] >> place & 1}
        assert set_bits == set(row[column])


def test_strength_puts_counted_strong_and_sure_passages_first(con):
    rows = con.sql(f"SELECT * FROM ({_WHOLE}) ORDER BY strength").pl()
    by_hand = sorted(
        rows.to_dicts(),
        key=lambda row: (
            not row["is_counted"], -row["level"], -row["confidence"], row["passage_id"]
        ),
    )  # fmt: skip

    assert rows["strength"].to_list() == list(range(1, rows.height + 1))
    assert rows["passage_id"].to_list() == [row["passage_id"] for row in by_hand]


def test_only_whole_counted_passages_without_legal_doubt_are_read_aloud(con):
    rows = con.sql(_WHOLE).pl().to_dicts()
    fit = {
        row["passage_id"]
        for row in rows
        if ALOUD[0] <= len(row["quote"]) <= ALOUD[1] and row["is_counted"] and not row["legal_flag"]
    }

    assert fit
    assert fit == {row["passage_id"] for row in rows if row["aloud"] is not None}


def test_an_edition_from_before_the_keys_answers_from_memory(
    editions: dict[str, Edition], tmp_path: Path
):
    file = editions["exempel"].file
    old = tmp_path / "old's.duckdb"
    with duckdb.connect(str(old)) as con:
        con.execute(f"ATTACH '{file}' AS newer (READ_ONLY)")
        con.execute('COPY FROM DATABASE newer TO "old\'s"')
        con.execute(f"DROP TABLE {KEYS[0]}")
        con.execute(f"COMMENT ON TABLE {KEYS[1]} IS '0'")
    before = old.read_bytes()

    ask = "SELECT count(*), sum(strength), sum(theme_bits) FROM passage_key"
    with open_with_keys(old) as held, open_with_keys(file) as own:
        assert held.cursor().execute(ask).fetchall() == own.execute(ask).fetchall()
    assert old.read_bytes() == before
