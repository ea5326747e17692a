import csv
import io
from pathlib import Path

import polars as pl
import pytest

from pipelines.model.columns import COLUMN
from pipelines.sources.raw_table import read_tables
from pipelines.warehouse.delimited import write_csv

COLUMNS = tuple(
    COLUMN[name] for name in ("plan_name", "area_km2", "themes", "commitment", "is_open")
)
FRAME = pl.DataFrame(
    {
        "plan_name": ['=HYPERLINK("x")', "Åsen; norra"],
        "area_km2": [1234.5, None],
        "themes": [["energi", "mobilitet"], []],
        "commitment": ["shall", None],
        "is_open": [True, False],
    }
)


def rows(dialect: str, mark: str = "") -> tuple[bytes, list[list[str]]]:
    data = write_csv(FRAME, COLUMNS, dialect, mark)
    text = data.decode("utf-8-sig")
    return data, list(csv.reader(io.StringIO(text), delimiter=";" if dialect == "excel" else ","))


def test_excel_gets_semicolons_decimal_comma_bom_and_labels():
    data, table = rows("excel")
    assert data.startswith(b"\xef\xbb\xbf")
    assert table[0] == ["Plannamn", "Landareal", "Teman", "Förpliktelsegrad", "Kan påverkas"]
    assert table[1][1:] == ["1234,5", "Energi; Mobilitet", "Ska", "ja"]


def test_programs_get_commas_points_and_codes():
    data, table = rows("standard")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert table[0] == ["plannamn", "landareal", "teman", "forpliktelsegrad", "kan_paverkas"]
    assert table[1][1:] == ["1234.5", "energi;mobilitet", "shall", "ja"]


@pytest.mark.parametrize(
    "text",
    [
        "0180",
        "2024-06",
        "1.1",
        "12e45",
        "1234567890123456",
        "12/3/2021",
        "mar-21",
        "12-mar",
        "12:30",
    ],
)
def test_excel_keeps_what_is_text_as_text_and_programs_get_it_plain(text: str, tmp_path: Path):
    frame = FRAME.with_columns(pl.lit(text).alias("plan_name"))
    data = {dialect: write_csv(frame, COLUMNS, dialect) for dialect in ("excel", "standard")}

    cells = {}
    for dialect, separator in (("excel", ";"), ("standard", ",")):
        lines = io.StringIO(data[dialect].decode("utf-8-sig"))
        cells[dialect] = next(iter(list(csv.reader(lines, delimiter=separator))[1:]))[0]

    assert cells == {"excel": f'="{text}"', "standard": text}
    delivered = tmp_path / "planer.csv"
    delivered.write_bytes(data["excel"])
    assert read_tables(delivered)[0].rows["0"].to_list() == [text, text]


@pytest.mark.parametrize("dialect", ["excel", "standard"])
def test_control_characters_do_not_leave_the_house(dialect: str):
    frame = FRAME.with_columns(pl.lit("\u0002Åsen\u001f\u000bsödra\ufeff").alias("plan_name"))
    text = write_csv(frame, COLUMNS, dialect).decode("utf-8-sig")
    assert '"Åsen\nsödra"' in text


def test_a_date_in_a_column_of_dates_is_a_date_for_excel():
    frame = pl.DataFrame({"adopted_date": ["2024-06-13"]})
    text = write_csv(frame, (COLUMN["adopted_date"],), "excel").decode("utf-8-sig")
    assert "\n2024-06-13" in text.replace("\r", "")


@pytest.mark.parametrize("text", ["2024", "180", "Åsen 1.1", "dp-0180", "Mars park", "KS 2021/12"])
def test_other_text_is_left_as_it_is(text: str):
    frame = FRAME.with_columns(pl.lit(text).alias("plan_name"))

    assert f"\n{text};" in write_csv(frame, COLUMNS, "excel").decode("utf-8-sig")


@pytest.mark.parametrize("dialect", ["excel", "standard"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_text_can_run_as_a_formula(dialect: str, start: str):
    frame = FRAME.with_columns(pl.lit(f"{start}1+1").alias("plan_name"))
    text = write_csv(frame, COLUMNS, dialect).decode("utf-8-sig")
    assert f"'{start}1+1" in text


@pytest.mark.parametrize("dialect", ["excel", "standard"])
def test_every_row_of_a_fictional_region_says_so(dialect: str):
    _, table = rows(dialect, "Exempeldata – påhittade kommuner")
    assert table[0][-1].casefold() == "exempeldata"
    assert all(row[-1] == "Exempeldata – påhittade kommuner" for row in table[1:])
