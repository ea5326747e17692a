import csv
import io

import polars as pl
import pytest

from pipelines.model.columns import COLUMN
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
