from types import SimpleNamespace

import pytest

from dashboard.charts import ladder
from dashboard.components.downloads import file_name
from dashboard.components.tables import in_words
from pipelines.model.columns import COLUMN
from pipelines.model.region import EXAMPLE_MARK
from pipelines.warehouse.delimited import write_csv
from tests.dashboard.ladders import wide


@pytest.mark.parametrize(
    ("is_example", "expected"),
    [(True, "exempeldata_karta_2026-11-23_excel.csv"), (False, "norr_karta_2026-11-23_excel.csv")],
)
def test_a_file_name_says_what_it_is(is_example: bool, expected: str):
    region = SimpleNamespace(is_example=is_example, name="norr")
    view = SimpleNamespace(region=region, edition_day="2026-11-23")

    assert file_name(view, "karta", "excel") == expected


def test_a_chart_and_its_file_hold_the_same_numbers():
    rows = wide(("ÖP", 4, 3), ("ÖP", 0, 2), ("ÖP", None, 1))
    words = {"title": "T", "subtitle": "S", "unit_label": "Typ"}
    chart = ladder.ladder(rows, SimpleNamespace(palette=_palette(), mark=""), name="x", **words)

    text = write_csv(chart.table, chart.columns, "excel", EXAMPLE_MARK).decode("utf-8-sig")
    head, row = text.splitlines()

    assert head.split(";")[:7] == ["Typ", "Ingen", "Nämns", "Avsikt", "Bör", "Ska", "Ej läst"]
    assert row.split(";")[:7] == ["ÖP", "2", "0", "0", "0", "3", "1"]
    assert row.split(";")[9] == "60,0"
    assert row.endswith(EXAMPLE_MARK)


def test_values_are_written_in_words():
    assert in_words(None, COLUMN["pages"]) == "–"
    assert in_words(2024, COLUMN["year"]) == "2024"
    assert in_words(12345, COLUMN["population"]) == "12\u00a0345"
    assert in_words(["energi", "mobilitet"], COLUMN["themes"]) == "Energi, Mobilitet"
    assert in_words(True, COLUMN["is_open"]) == "ja"


def _palette():
    from dashboard.theme import LIGHT

    return LIGHT
