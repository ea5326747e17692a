from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines.errors import SourceError
from pipelines.model.tables import TABLE
from pipelines.sources.deliveries import collect
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import load_register

KNOWN = {"municipality": frozenset({"0180", "9901"}), "plan": frozenset({"dp-1"})}
HEADER = "Markanvisning-id;Kommunkod;Slag av markanvisning;Område;Metod;Beslutsdatum;Bruttoarea"


def deliver(
    folder: Path, *rows: str, name: str = "markanvisningar.csv", encoding: str = "utf-8"
) -> Path:
    file = folder / name
    file.write_bytes("\n".join([HEADER, *rows, ""]).encode(encoding))
    return file


def load(*files: Path):
    raws = [raw for file in files for raw in read_tables(file)]
    return load_register(TABLE["land_allocation"], raws, KNOWN)


FIVE_ERRORS = {
    "fel_form": ("m2;99X1;Beslut;Kajen;Tävling;2024-05-06;10", "Kommunkod", "99X1"),
    "fel_datum": ("m3;9901;Beslut;Kajen;Tävling;2024-13-06;10", "Beslutsdatum", "2024-13-06"),
    "dubblett": ("m1;9901;Beslut;Kajen;Tävling;2024-05-06;10", "Markanvisning-id", "m1"),
    "okand_kod": ("m5;9901;Beslut;Kajen;Lottning;2024-05-06;10", "Metod", "Lottning"),
    "fel_tal": ("m6;9901;Beslut;Kajen;Tävling;2024-05-06;-4", "Bruttoarea", "-4"),
}


def test_good_rows_load_and_bad_ones_are_explained(tmp_path: Path):
    good = "m1;9901;Beslut;Kajen;Tävling;2024-05-06;10 400,5"
    rows, deliveries = load(deliver(tmp_path, good, *(row for row, _, _ in FIVE_ERRORS.values())))
    assert rows["allocation_id"].to_list() == ["m1", "m3", "m6"]
    assert rows["gross_floor_area_m2"].to_list() == [10400.5, 10, None]
    assert rows["decision_date"].to_list() == ["2024-05-06", None, "2024-05-06"]
    assert (deliveries[0].rows_in, deliveries[0].rows_loaded, deliveries[0].rows_rejected) == (
        6,
        3,
        3,
    )
    issues = {issue.rule: issue for issue in deliveries[0].issues}
    for number, (rule, (_, column, value)) in enumerate(FIVE_ERRORS.items(), start=3):
        issue = issues[rule]
        assert (issue.file_name, issue.row_number) == ("markanvisningar.csv", number)
        assert (issue.column_name, issue.found_value) == (column, value)
        assert issue.expected
        assert issue.remedy.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str):
    file = deliver(tmp_path, "m1;9901;Beslut;Åsjön;Tävling;2024;", encoding=encoding)
    rows, _ = load(file)
    assert rows["allocation_name"].to_list() == ["Åsjön"]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_separator_is_read(tmp_path: Path, separator: str):
    file = deliver(tmp_path, "m1;9901;Beslut;Kajen;Tävling;2024;3")
    file.write_text(file.read_text().replace(";", separator))
    rows, _ = load(file)
    assert rows["gross_floor_area_m2"].to_list() == [3.0]


def test_excel_numbers_become_codes_and_integers(tmp_path: Path):
    file = tmp_path / "markanvisningar.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADER.split(";"), "Antal bostäder"])
        sheet.write_row(1, 0, ["m1", 180, "Beslut", "Kajen", "Tävling", "2024-05-06", 1200.5, 40])
    rows, deliveries = load(file)
    assert rows.select("municipality_code", "gross_floor_area_m2", "dwellings").rows() == [
        ("0180", 1200.5, 40)
    ]
    assert [issue.rule for issue in deliveries[0].issues] == ["nolla_borttappad"]


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_dates_of_reduced_precision_are_kept_as_written(tmp_path: Path, date: str):
    rows, _ = load(deliver(tmp_path, f"m1;9901;Beslut;Kajen;Tävling;{date};"))
    assert rows["decision_date"].to_list() == [date]


@pytest.mark.parametrize("date", ["2023-02-29", "24-02-01", "2024-00", "snart", "05/03/2024"])
def test_dates_that_cannot_be_read_are_left_out_with_a_word(tmp_path: Path, date: str):
    rows, deliveries = load(deliver(tmp_path, f"m1;9901;Beslut;Kajen;Tävling;{date};"))
    assert rows["decision_date"].to_list() == [None]
    issue = deliveries[0].issues[0]
    assert (issue.rule, issue.row_number, issue.found_value) == ("fel_datum", 2, date)


def test_unknown_municipality_rejects_but_unknown_plan_only_warns(tmp_path: Path):
    file = tmp_path / "markanvisningar.csv"
    file.write_text(
        "Markanvisning-id;Kommunkod;Slag av markanvisning;Område;Metod;Plan-id\n"
        "m1;9999;Beslut;Kajen;Direkt;dp-1\nm2;9901;Beslut;Kajen;Direkt;dp-2\n"
    )
    rows, deliveries = load(file)
    assert rows.select("allocation_id", "plan_id").rows() == [("m2", None)]
    assert {issue.severity for issue in deliveries[0].issues} == {"rejected", "warning"}


def test_a_file_without_a_required_column_loads_nothing_and_says_so(tmp_path: Path):
    file = tmp_path / "markanvisningar.csv"
    file.write_text("Markanvisning-id;Område\nm1;Kajen\nm2;Torget\n")
    rows, deliveries = load(file)
    assert rows.is_empty()
    assert deliveries[0].rows_rejected == 2
    assert {issue.column_name for issue in deliveries[0].issues} >= {"Kommunkod", "Metod"}


def test_a_row_with_surplus_cells_is_rejected(tmp_path: Path):
    rows, deliveries = load(deliver(tmp_path, "m1;9901;Beslut;Kajen;Tävling;2024;3;extra"))
    assert rows.is_empty()
    assert deliveries[0].issues[0].rule == "for_manga_celler"


def test_the_same_id_in_a_second_file_is_a_duplicate(tmp_path: Path):
    row = "m1;9901;Beslut;Kajen;Tävling;2024;"
    first = deliver(tmp_path, row)
    second = deliver(tmp_path, row, name="markanvisningar_2.csv")
    rows, deliveries = load(first, second)
    assert rows.height == 1
    assert [delivery.rows_rejected for delivery in deliveries] == [0, 1]


@pytest.mark.parametrize("content", [b"", b"\x00\x01PK", b"\n\n"])
def test_a_file_that_is_no_table_is_reported_not_fatal(tmp_path: Path, content: bytes):
    file = tmp_path / "markanvisningar.xlsx"
    file.write_bytes(content)
    delivered = collect((tmp_path,))
    assert not delivered.tables
    told = [*delivered.issues, *(i for d in delivered.unreadable for i in d.issues)]
    assert [issue.rule for issue in told] == ["olasbar_fil" if content else "tom_fil"]


def test_a_missing_file_says_what_to_do(tmp_path: Path):
    with pytest.raises(SourceError) as caught:
        read_tables(tmp_path / "saknas.csv")
    assert "saknas.csv" in caught.value.found
    assert caught.value.do


def test_lists_and_codes_accept_labels_and_codes(tmp_path: Path):
    file = tmp_path / "testverksamhet.csv"
    file.write_text(
        "test_id;testverksamhet;kommunkod;slag_av_test;fas;teman\n"
        "t1;Labbet;9901;testbadd;Test;energi|Mobilitet\n"
    )
    rows, _ = load_register(TABLE["testing_activity"], read_tables(file), KNOWN)
    assert rows["themes"].to_list() == [["energi", "mobilitet"]]
    assert rows.schema["themes"] == pl.List(pl.String)
