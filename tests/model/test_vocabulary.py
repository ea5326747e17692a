from collections import Counter

import pytest

from pipelines.model import dictionary
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLE, TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_tables_headers_and_labels_differ(table):
    for names in (
        [column.header for column in table.columns],
        [column.label for column in table.columns],
    ):
        assert max(Counter(names).values()) == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_requirements_and_references_exist(table):
    names = {column.name for column in table.columns}
    assert set(table.key) <= names
    assert set(table.required) <= set(table.delivered)
    assert set(table.references) <= names
    assert set(table.references.values()) <= set(TABLE)


def test_every_column_is_used():
    used = {column.name for table in TABLES for column in table.columns}
    assert used == set(COLUMN)


@pytest.mark.parametrize("column", COLUMN.values(), ids=lambda column: column.name)
def test_a_column_is_explained_in_a_sentence(column):
    assert column.meaning.endswith(".")
    assert column.kind not in ("code", "codes") or column.codes is not None


def test_the_ladder_has_five_steps_in_order():
    assert [COMMITMENT.position(code) for code in COMMITMENT.values] == [0, 1, 2, 3, 4]
    assert list(COMMITMENT.labels.values()) == ["Ingen", "Nämns", "Avsikt", "Bör", "Ska"]


def test_the_data_dictionary_is_up_to_date():
    assert dictionary.FILE.read_text("utf-8") == dictionary.render_dictionary()
