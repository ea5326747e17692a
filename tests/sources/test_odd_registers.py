"""Registers as people send them: each row is loaded or rejected, each doubt is told of."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipelines.errors import SourceError
from pipelines.model.tables import TABLE
from pipelines.sources import raw_table, workbook
from pipelines.sources.deliveries import collect, recognise, register_of_name
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import Delivery, load_register

KNOWN = {"municipality": frozenset({"9901"})}
HEADER = "Plan-id;Kommunkod;Planslag;Plannamn;Diarienummer;Skede;Skedesdatum;Antal bostäder"
STOCKHOLM = (17.0, 58.7, 19.5, 60.3)


def plan(number: int, name: str = "", case: str = "", day: str = "", homes: str = "") -> str:
    name, case = name or f"Kvarter {number}", case or f"KS 2024/{number}"
    return f"dp-{number};9901;Detaljplan;{name};{case};Samråd;{day};{homes}"


def text_file(folder: Path, *rows: str, header: str = HEADER, name: str = "planer.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([header, *rows, ""]), "utf-8-sig")
    return file


def book_file(folder: Path, sheets: dict[str, list[list[object]]], name: str = "planer.xlsx"):
    file = folder / name
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book, file


def load(file: Path, table: str = "plan", extent=None):
    rows, deliveries = load_register(TABLE[table], read_tables(file), KNOWN, extent)
    for delivery in deliveries:
        rejected = {i.row_number for i in delivery.issues if i.severity == "rejected"}
        assert delivery.rows_rejected == delivery.rows_in - delivery.rows_loaded
        assert bool(delivery.rows_rejected) == bool(rejected - {0})
        for issue in delivery.issues:
            assert issue.table_name == table
            assert issue.message
            assert issue.expected
            assert issue.remedy.endswith(".")
    return rows, deliveries


def rules(delivery: Delivery) -> list[tuple[int, str]]:
    return [(issue.row_number, issue.rule) for issue in delivery.issues]


# Quotation marks and separators


def test_an_open_quote_costs_no_row_and_its_row_is_named(tmp_path: Path):
    file = text_file(tmp_path, plan(1), plan(2, '"Gamla bryggeriet (del av'), plan(3), plan(4))
    rows, [delivery] = load(file)
    assert rows["plan_name"].to_list()[1] == "Gamla bryggeriet (del av"
    assert (delivery.rows_in, rules(delivery)) == (4, [(3, "oavslutat_citat")])


def test_an_open_quote_that_a_later_cell_closes_costs_no_row(tmp_path: Path):
    file = text_file(tmp_path, plan(1, '"Kajen'), plan(2), plan(3, '"Torget; norra"'))
    rows, [delivery] = load(file)
    assert rows["plan_name"].to_list() == ["Kajen", "Kvarter 2", "Torget; norra"]
    assert rules(delivery) == [(2, "oavslutat_citat")]


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path):
    file = text_file(tmp_path, plan(1, '"Kajen,\nnorra delen\n\nkv. ""Ankaret"""'), plan(2))
    rows, [delivery] = load(file)
    assert rows["plan_name"][0] == 'Kajen,\nnorra delen\n\nkv. "Ankaret"'
    assert (delivery.rows_in, delivery.issues) == (2, [])


def test_a_first_cell_of_several_lines_is_one_cell(tmp_path: Path):
    header = "Anmärkning;" + HEADER
    file = text_file(tmp_path, '"a\nb";' + plan(1), '"x;\ny";' + plan(2), header=header)
    rows, [delivery] = load(file)
    assert rows.select("plan_id", "note").rows() == [("dp-1", "a\nb"), ("dp-2", "x;\ny")]
    assert delivery.issues == []


def test_a_mark_in_every_row_is_told_of_in_every_row(tmp_path: Path):
    rows, [delivery] = load(text_file(tmp_path, *(plan(n, f'"Kv {n}') for n in range(300))))
    assert rows.height == 300
    assert rules(delivery) == [(n + 2, "oavslutat_citat") for n in range(300)]


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\n", "\ufeff", ""])
def test_a_line_for_excel_and_a_second_byte_order_mark_are_no_headings(tmp_path: Path, first: str):
    rows, [delivery] = load(text_file(tmp_path, plan(1), header=first + HEADER))
    assert (rows.height, delivery.issues) == (1, [])


def test_the_separator_is_that_of_the_headings_below_a_title_with_commas(tmp_path: Path):
    title = "Detaljplaner, uttag 2025-02-01, kl. 10,5,1,2,3,4,5,6,7,8\n\n"
    rows, [delivery] = load(text_file(tmp_path, plan(1), header=title + HEADER))
    assert rows.height == 1
    assert rules(delivery) == [(3, "rader_over_rubriker")]


@pytest.mark.parametrize(
    "heading",
    ["Plannamn *", "PLANNAMN:", "Plan\u00adnamn", "plannamn", "plan_namn", " Plannamn\u200b"],
)
def test_headings_with_marks_are_the_headings(tmp_path: Path, heading: str):
    header = HEADER.replace("Plannamn", heading)
    if "\u00ad" in heading:
        header = header.replace("\u00ad", "")
    rows, [delivery] = load(text_file(tmp_path, plan(1), header=header))
    assert (rows["plan_name"].to_list(), delivery.issues) == (["Kvarter 1"], [])


def test_a_heading_over_two_lines_and_a_repeated_one(tmp_path: Path):
    header = HEADER.replace("Antal bostäder", '"Antal\nbostäder";Plannamn')
    rows, [delivery] = load(text_file(tmp_path, plan(1, homes="7") + ";annat", header=header))
    assert rows.select("plan_name", "dwellings").rows() == [("Kvarter 1", 7)]
    assert rules(delivery) == [(1, "upprepad_kolumn")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman"])
def test_codes_without_a_mark_are_told_by_their_swedish_letters(tmp_path: Path, encoding: str):
    file = tmp_path / "planer.csv"
    file.write_bytes(f"{HEADER}\n{plan(1, 'Åsjöns ängar')}\n".encode(encoding))
    rows, _ = load(file)
    assert rows["plan_name"].to_list() == ["Åsjöns ängar"]


def test_decomposed_letters_are_stored_composed_and_control_characters_are_not(tmp_path: Path):
    row = plan(1, "Björk\u0002ås\u001f")
    text = unicodedata.normalize("NFD", f"{HEADER}\n{row}\n")
    file = tmp_path / unicodedata.normalize("NFD", "planer_åsen.csv")
    file.write_text(text, "utf-8")
    rows, [delivery] = load(file)
    assert rows.select("plan_name", "plan_stage").rows() == [("Björkås", "samrad")]
    assert delivery.file_name == "planer_åsen.csv"


# Cells


@pytest.mark.parametrize(
    ("cell", "read", "rule"),
    [
        ("0204-03-05", None, "orimligt_datum"),
        ("2099-01-01", "2099-01-01", "orimligt_datum"),
        ("45356", "2024-03-05", "serienummer"),
        ("#SAKNAS!", None, "excelfel"),
        ("snart", None, "fel_datum"),
    ],
)
def test_an_optional_date_is_questioned_and_the_row_kept(tmp_path, cell, read, rule):
    rows, [delivery] = load(text_file(tmp_path, plan(1, day=cell)))
    assert rows["stage_date"].to_list() == [read]
    [issue] = delivery.issues
    assert (issue.row_number, issue.rule, issue.column_name) == (2, rule, "Skedesdatum")
    assert issue.found_value == cell


@pytest.mark.parametrize(
    ("cell", "read", "told"),
    [
        ("10.400", 10400, ["tusental"]),
        ("1,200", 1200, ["tusental"]),
        ("1 200 st", 1200, []),
        ("-4", None, ["fel_tal"]),
        ("cirka 40", None, ["fel_tal"]),
        ("#REFERENS!", None, ["excelfel"]),
        ("#####", None, ["excelfel"]),
    ],
)
def test_numbers_in_all_forms(tmp_path: Path, cell: str, read: int | None, told: list[str]):
    rows, [delivery] = load(text_file(tmp_path, plan(1, homes=cell)))
    assert rows["dwellings"].to_list() == [read]
    assert [issue.rule for issue in delivery.issues] == told


@pytest.mark.parametrize("case", ["2021-03-12", "mar-21", "12-mar"])
def test_a_case_number_that_excel_made_a_day_is_questioned(tmp_path: Path, case: str):
    rows, [delivery] = load(text_file(tmp_path, plan(1, case=case)))
    assert rows["case_number"].to_list() == [None]
    assert rules(delivery) == [(2, "diarienummer_datum")]


def test_words_that_programs_take_for_nothing_are_words(tmp_path: Path):
    rows, [delivery] = load(text_file(tmp_path, plan(1, "NA", "None"), plan(2, "null", "N/A")))
    assert rows.select("plan_name", "case_number").rows() == [("NA", "None"), ("null", "N/A")]
    assert delivery.issues == []


def test_a_reference_to_an_unknown_plan_is_told_of_across_files(tmp_path: Path):
    header = HEADER + ";Ersätter plan"
    text_file(tmp_path, plan(1) + ";dp-2", plan(3) + ";dp-99", header=header, name="planer_a.csv")
    text_file(tmp_path, plan(2), name="planer_b.csv")
    rows, deliveries = load_register(TABLE["plan"], collect((tmp_path,)).tables["plan"], KNOWN)
    assert dict(rows.select("plan_id", "replaces_plan_id").rows())["dp-1"] == "dp-2"
    told = [(i.file_name, i.row_number, i.found_value) for d in deliveries for i in d.issues]
    assert told == [("planer_a.csv", 3, "dp-99")]


def test_known_themes_are_kept_beside_an_unknown_one(tmp_path: Path):
    file = tmp_path / "testverksamhet.csv"
    file.write_text(
        "Test-id;Testverksamhet;Kommunkod;Slag av test;Fas;Teman\n"
        "t1;Labbet;9901;Testbädd;Test;Energi; Mobilitet\n"
        't2;Verket;9901;Testbädd;Test;"Energi; Rymdfart"\n'
    )
    rows, [delivery] = load(file, "testing_activity")
    assert rows.select("activity_id", "themes").rows() == [("t2", ["energi"])]
    assert rules(delivery) == [(2, "for_manga_celler"), (3, "okand_kod")]


@pytest.mark.parametrize(
    ("lon", "lat", "read", "rule"),
    [
        ("18,07", "59,33", (18.07, 59.33), None),
        ("18°04'12\" Ö", "59°19'48\" N", (18.07, 59.33), None),
        ("59,33", "18,07", (18.07, 59.33), "lage_swapped"),
        ("0", "0", (None, None), "lage_zero"),
        ("674032", "6580822", (None, None), "lage_metres"),
        ("6580822", "674032", (None, None), "lage_metres"),
        ("153210,5", "6580100", (None, None), "lage_metres"),
        ("18,07", "5933", (None, None), "lage_no_degrees"),
        ("11,97", "57,70", (11.97, 57.7), "lage_outside"),
        ("18,07", "", (18.07, None), "halvt_lage"),
        ("Kista", "59,33", (None, 59.33), "fel_tal"),
    ],
)
def test_places_are_in_degrees_and_in_the_region_or_questioned(tmp_path, lon, lat, read, rule):
    file = tmp_path / "testverksamhet.csv"
    file.write_text(
        "Test-id;Testverksamhet;Kommunkod;Slag av test;Fas;Longitud;Latitud\n"
        f"t1;Labbet;9901;Testbädd;Test;{lon.replace(chr(34), '″')};{lat.replace(chr(34), '″')}\n"
    )
    rows, [delivery] = load(file, "testing_activity", STOCKHOLM)
    assert rows.select("lon", "lat").row(0) == pytest.approx(read, abs=1e-9)
    assert [issue.rule for issue in delivery.issues] == ([rule] if rule else [])
    assert all("negativa" not in issue.remedy for issue in delivery.issues)


# The same plan twice


def test_a_plan_under_two_ids_is_told_of(tmp_path: Path):
    file = text_file(
        tmp_path,
        plan(1, "Kvarnen 3", "BN 2021/204"),
        plan(2, "Detaljplan för Kvarnen 3", "BN 2021-0204").replace("Samråd", "Granskning"),
        plan(3, "Kvarnen 4", "BN 2021/204"),
        plan(4, "Kajen", "BN 2022/1"),
        plan(5, "Kajen", "BN 2023/9"),
    )
    rows, [delivery] = load(file)
    assert rows.height == 5
    assert rules(delivery) == [(2, "samma_plan"), (4, "samma_plan")]
    assert "räknas som en" in delivery.issues[0].message
    assert "Båda räknas" in delivery.issues[1].message


# Workbooks


def test_titles_above_and_sums_below_are_no_rows(tmp_path: Path):
    rows = [["Detaljplaner"], [], HEADER.split(";"), plan(1).split(";"), plan(2).split(";")]
    book, file = book_file(tmp_path, {"Planer": [*rows, ["Summa", *[None] * 6, 200]]})
    book.save(file)
    loaded, [delivery] = load(file)
    assert loaded["plan_id"].to_list() == ["dp-1", "dp-2"]
    assert rules(delivery) == [(3, "rader_over_rubriker"), (6, "summarad")]


def test_notes_and_repeated_headings_are_no_rows_and_say_so_once(tmp_path: Path):
    rows = [plan(1), HEADER, plan(2), "* preliminära uppgifter", "Källa: kommunen"]
    loaded, [delivery] = load(text_file(tmp_path, *rows))
    assert loaded["plan_id"].to_list() == ["dp-1", "dp-2"]
    assert rules(delivery) == [(row, "ingen_uppgift") for row in (3, 5, 6)]


@pytest.mark.parametrize("code", ["9901", "'9901", "9901.0", "9901,0", '"=""9901"""'])
def test_a_code_is_read_as_programs_write_it(tmp_path: Path, code: str):
    loaded, [delivery] = load(text_file(tmp_path, plan(1).replace("9901", code)))
    assert (loaded["municipality_code"].to_list(), delivery.issues) == (["9901"], [])


def test_a_row_that_is_struck_through_in_excel_is_asked_about(tmp_path: Path):
    rows = [HEADER.split(";"), plan(1).split(";"), plan(2).split(";")]
    book, file = book_file(tmp_path, {"Planer": rows})
    for cell in book["Planer"][3]:
        cell.font = Font(strike=True)
    book.save(file)
    loaded, [delivery] = load(file)
    assert (loaded.height, rules(delivery)) == (2, [(3, "struken_rad")])


def test_every_visible_sheet_with_headings_is_read_and_the_others_are_named(tmp_path: Path):
    head = HEADER.split(";")
    book, file = book_file(
        tmp_path,
        {
            "Omslag": [["Planer i Askhamn"], ["2025"]],
            "Norr": [head, plan(1).split(";")],
            "Söder": [head, plan(2).split(";"), plan(3).split(";")],
            "Arkiv": [head, plan(4).split(";")],
            "Hjälp": [["Planer: en rad är en plan."]],
        },
    )
    book["Arkiv"].sheet_state = "hidden"
    book.save(file)
    rows, deliveries = load(file)
    assert rows["plan_id"].to_list() == ["dp-1", "dp-2", "dp-3"]
    names = ["planer.xlsx, bladet Norr", "planer.xlsx, bladet Söder"]
    assert [(d.file_name, d.rows_in) for d in deliveries] == list(zip(names, (1, 2), strict=True))
    assert rules(deliveries[0]) == [(0, "blad_ej_last_okant"), (0, "blad_ej_last_dolt")]
    assert "Bladet Arkiv är dolt. Dess 2 rader" in deliveries[0].issues[1].message


def test_errors_and_formulas_that_were_never_worked_out_are_told_of(tmp_path: Path):
    row = plan(1).split(";")
    row[-1] = "=1+1"  # saved by a program that does not calculate
    other = plan(2).split(";")
    other[3] = "#N/A"
    book, file = book_file(tmp_path, {"Planer": [HEADER.split(";"), row, other]})
    book.active["D3"].data_type = "e"
    book.save(file)
    rows, [delivery] = load(file)
    assert rows.select("plan_id", "dwellings").rows() == [("dp-1", None)]
    assert rules(delivery) == [(3, "excelfel"), (2, "excelfel")]
    assert [i.severity for i in delivery.issues] == ["rejected", "warning"]


def test_numbers_of_days_count_from_the_books_own_epoch(tmp_path: Path):
    row: list[object] = list(plan(1).split(";"))
    row[6] = 43894
    book, file = book_file(tmp_path, {"Planer": [HEADER.split(";"), row]})
    book.epoch = CALENDAR_MAC_1904
    book.save(file)
    rows, _ = load(file)
    assert rows["stage_date"].to_list() == ["2024-03-05"]


@pytest.mark.parametrize("cell", ["XFD1048576", "A200000", "ZZ3"])
def test_a_value_far_outside_is_refused_before_it_takes_memory(tmp_path: Path, cell: str):
    book, file = book_file(tmp_path, {"Planer": [HEADER.split(";"), plan(1).split(";")]})
    book.active[cell] = 1
    book.save(file)
    with pytest.raises(SourceError, match="celler längre") as caught:
        read_tables(file)
    assert "Ctrl+End" in caught.value.do


def test_one_text_in_many_cells_is_counted_as_often_as_it_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "CHARACTERS", 5_000)
    book, file = book_file(tmp_path, {"Planer": [[*["x" * 900] * 3] for _ in range(5)]})
    book.save(file)
    answer = workbook.answer_for(str(file))
    assert "5000 tecken" in answer["too_much"]


def test_a_book_that_unpacks_to_more_than_allowed_is_not_unpacked(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(workbook, "UNPACKED_MB", 1)
    file = tmp_path / "planer.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (3 << 20))
    assert "3 MB" in workbook.answer_for(str(file))["too_much"]


def test_a_text_file_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(raw_table, "ROWS", 3)
    assert load(text_file(tmp_path, *(plan(n) for n in range(3))))[0].height == 3
    with pytest.raises(SourceError, match="fler än 3 rader"):
        read_tables(text_file(tmp_path, *(plan(n) for n in range(4))))


def test_a_sound_workbook_needs_no_word(tmp_path: Path):
    book, file = book_file(tmp_path, {"Planer": [HEADER.split(";"), plan(1).split(";")]})
    book.save(file)
    rows, [delivery] = load(file)
    assert (rows.height, delivery.rows_in, delivery.issues) == (1, 1, [])


# Which register a file is


@pytest.mark.parametrize(
    ("stem", "table"),
    [
        ("planer", "plan"),
        ("Planer", "plan"),
        ("PLANER_Askhamn", "plan"),
        ("markanvisningar (1)", "land_allocation"),
        ("Upphandlingar 2025", "procurement"),
        ("2025-02-01 Askhamn planer", "plan"),
        ("planskeden", "plan_stage_event"),
        ("Regionala stadskärnor", "regional_core"),
        ("planering", None),
        ("planer och dokument", "plan"),
        ("kopia av planer och dokument", None),
    ],
)
def test_a_file_is_known_by_its_name_in_any_form(stem: str, table: str | None):
    found = register_of_name(unicodedata.normalize("NFD", stem))
    assert (found.name if found else None) == table


def test_headings_decide_where_the_name_does_not(tmp_path: Path):
    file = text_file(tmp_path, plan(1), name="Uttag ur systemet.csv")
    assert recognise(read_tables(file)[0]).name == "plan"


def test_a_register_that_is_there_twice_is_loaded_once_and_named(tmp_path: Path):
    text_file(tmp_path, plan(1), plan(2))
    text_file(tmp_path, plan(1), plan(2), name="planer (1).csv")
    rows, deliveries = load_register(TABLE["plan"], collect((tmp_path,)).tables["plan"], KNOWN)
    assert rows.height == 2
    assert sum(delivery.rows_in for delivery in deliveries) == 4
    assert [issue.rule for d in deliveries for issue in d.issues] == ["samma_fil"]


def test_every_file_in_the_register_folder_is_taken_or_named(tmp_path: Path):
    text_file(tmp_path, plan(1))
    others = [
        "~$planer.xlsx", "planer.xlsx.crdownload", "planer.xls", "läs mig.docx", "allt.zip",
        ".DS_Store", "upphandlingar.csv", "2024/planer.csv",
    ]  # fmt: skip
    (tmp_path / "2024").mkdir()
    for name in others:
        (tmp_path / name).write_bytes(b"" if name.startswith("upph") else b"\xd0\xcf\x11\xe0rest")
    (tmp_path / "dokument.csv").symlink_to(tmp_path / "planer.csv")
    delivered = collect((tmp_path,))
    named = [i.file_name for i in delivered.issues]
    named += [i.file_name for d in delivered.unreadable for i in d.issues]
    assert sorted(named) == sorted([*others, "dokument.csv"])
    assert {d.table_name for d in delivered.unreadable} == {"procurement", "document", "plan"}
