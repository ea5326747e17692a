from pathlib import Path

import openpyxl
import pytest

from pipelines.errors import SourceError
from pipelines.model.region import load_region
from pipelines.model.tables import REGISTERS
from pipelines.sources.check import check_file
from pipelines.sources.deliveries import recognise
from pipelines.sources.raw_table import read_tables
from pipelines.sources.template import write_template


@pytest.mark.parametrize("table", REGISTERS, ids=lambda table: table.file)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_template_is_recognised_and_has_every_delivered_column(
    tmp_path: Path, table, suffix: str
):
    file = tmp_path / f"mall{suffix}"
    write_template(table, file)
    raw = read_tables(file)[0]
    assert raw.headers == tuple(column.label for column in table.delivered_columns)
    assert recognise(raw).name == table.name


def test_the_excel_template_explains_itself(tmp_path: Path):
    file = tmp_path / "mall.xlsx"
    write_template(REGISTERS[0], file)
    assert openpyxl.load_workbook(file).sheetnames[:2] == [REGISTERS[0].label, "Hjälp"]


def test_a_template_of_another_kind_is_refused(tmp_path: Path):
    with pytest.raises(SourceError):
        write_template(REGISTERS[0], tmp_path / "mall.pdf")


def test_a_delivery_is_checked_against_the_regions_own_codes(world):
    file = world.data / "markanvisningar_ny.csv"
    file.write_text(
        "Markanvisning-id;Kommunkod;Slag av markanvisning;Område;Metod\n"
        "x1;9801;Beslut;Torget;Direkt\nx2;0180;Beslut;Torget;Direkt\n"
    )
    delivery = check_file(file, load_region("liten"))
    assert (delivery.table_name, delivery.rows_loaded, delivery.rows_rejected) == (
        "land_allocation",
        1,
        1,
    )


def test_headings_that_fit_nothing_are_refused(tmp_path: Path):
    file = tmp_path / "okand.csv"
    file.write_text("a;b;c\n1;2;3\n")
    with pytest.raises(SourceError):
        recognise(read_tables(file)[0])
