from pipelines.model import dictionary
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import COLUMN
from pipelines.model.tables import TABLES


def test_every_column_is_used():
    used = {column.name for table in TABLES for column in table.columns}
    assert used == set(COLUMN)


def test_the_ladder_has_five_steps_in_order():
    assert [COMMITMENT.position(code) for code in COMMITMENT.values] == [0, 1, 2, 3, 4]
    assert list(COMMITMENT.labels.values()) == ["Ingen", "Nämns", "Avsikt", "Bör", "Ska"]


def test_the_data_dictionary_is_up_to_date():
    assert dictionary.FILE.read_text("utf-8") == dictionary.render_dictionary()
