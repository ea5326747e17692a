from types import SimpleNamespace

import pytest

from dashboard.charts import ladder
from dashboard.filters import Filters
from dashboard.parts.downloads import file_name
from dashboard.parts.table import in_words
from pipelines.model.codes import THEME
from pipelines.model.columns import COLUMN
from pipelines.model.region import EXAMPLE_MARK
from pipelines.warehouse.delimited import write_csv
from tests.dashboard.ladders import wide


def seen(filters: Filters, *, is_example: bool = True) -> SimpleNamespace:
    return SimpleNamespace(
        region=SimpleNamespace(is_example=is_example, name="norr"),
        edition_day="2026-11-23",
        filters=filters,
        regions={"norr": "Norr"},
        places={"9801": "Östra Å", "9802": "Torpa", "9803": "Vreta"},
    )


@pytest.mark.parametrize(
    ("is_example", "expected"),
    [(True, "exempeldata_karta_2026-11-23_excel.csv"), (False, "norr_karta_2026-11-23_excel.csv")],
)
def test_a_file_name_says_what_it_is(is_example: bool, expected: str):
    view = seen(Filters("norr"), is_example=is_example)

    assert file_name(view, "karta", "excel") == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"municipalities": ("9801",)}, "ostra-a"),
        ({"year_from": 2020, "minimum": 3}, "fran-2020_minst-bor"),
        ({"themes": ("energi",), "highest": 0}, "energi_hogst-ingen"),
        ({"municipalities": ("9801", "9802"), "themes": THEME.values}, "2-kommun_11-tema"),
    ],
)
def test_a_file_name_says_what_is_chosen(chosen, expected: str):
    view = seen(Filters("norr", **chosen))

    assert file_name(view, "karta", "excel") == (
        f"exempeldata_karta_2026-11-23_{expected}_excel.csv"
    )
    assert expected not in file_name(view, "karta", "excel", filtered=False)


def test_a_chart_and_its_file_hold_the_same_numbers():
    rows = wide(("ÖP", 4, 3), ("ÖP", 0, 2), ("ÖP", None, 1))
    words = {"title": "T", "subtitle": "S", "unit_label": "Typ"}
    chart = ladder.ladder(rows, name="x", **words)

    text = write_csv(chart.table, chart.columns, "excel", EXAMPLE_MARK).decode("utf-8-sig")
    head, row = text.splitlines()

    assert head.split(";")[:7] == ["Typ", "Ingen", "Nämns", "Avsikt", "Bör", "Ska", "Ej läst"]
    assert row.split(";")[:7] == ["ÖP", "2", "0", "0", "0", "3", "1"]
    assert row.split(";")[9] == "60,0"
    assert row.split(";")[10:] == ["23,1", "88,2", "", EXAMPLE_MARK]


def test_a_share_that_is_not_there_says_why_in_the_file():
    chart = ladder.ladder(
        wide(("Få", 4, 2), ("Inga", None, 3)),
        name="x", title="T", subtitle="S", unit_label="Typ",
    )  # fmt: skip

    text = write_csv(chart.table, chart.columns, "excel").decode("utf-8-sig")

    few, none = (line.split(";") for line in text.splitlines()[1:])
    assert few[9:] == ["", "", "", "För få."]
    assert none[9:] == ["", "", "", "Ej insamlat."]


def test_values_are_written_in_words():
    assert in_words(None, COLUMN["pages"]) == "–"
    assert in_words(2024, COLUMN["year"]) == "2024"
    assert in_words(12345, COLUMN["population"]) == "12\u00a0345"
    assert in_words(["energi", "mobilitet"], COLUMN["themes"]) == "Energi, Mobilitet"
    assert in_words(True, COLUMN["is_open"]) == "ja"
