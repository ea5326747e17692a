"""Two hundred files of all kinds: each is taken or named, each row loaded or rejected."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import openpyxl

from tests.conftest import World

_KINDS: dict[str, bytes] = {
    "plan.txt": b"Planbeskrivning\n\nMarken \xc3\xa4r plan och best\xc3\xa5r av lera.\n",
    "plan.html": b"<html><body><h1>Planbeskrivning</h1><p>Marken best\xc3\xa5r av lera.</p></body>",
    "plan.xhtml": b"<html><body><p>Planbeskrivning. Marken best\xc3\xa5r av lera.</p></body>",
    "plan": b"Planbeskrivning utan \xc3\xa4ndelse. Marken best\xc3\xa5r av lera.",
    "plan.pdf": b"%PDF-1.7 trasig",
    "plan.pdf_1": b"%PDF-1.7 trasig",
    "plan.docx": b"PK\x03\x04 trasig",
    "plan.doc": b"\xd0\xcf\x11\xe0gammal",
    "plan.rtf": b"{\\rtf1 gammal}",
    "plan.odt": b"PK\x03\x04 odt",
    "plan.md": b"# Planbeskrivning\n\nMarken best\xc3\xa5r av lera.\n",
    "bilder.pptx": b"PK\x03\x04 ppt/slides",
    "karta.dwg": b"AC1027\x00\x01",
    "foto.jpg": b"\xff\xd8\xff\xe0",
    "allt.zip": b"PK\x03\x04 zip",
    "allt.7z": b"7z\xbc\xaf",
    "lista.xlsx": b"PK\x03\x04 xlsx",
    "lista.csv": b"a;b\n1;2\n",
    "tom.pdf": b"",
    "~$plan.docx": b"lock",
    ".~lock.plan.odt#": b"lock",
    "plan.pdf.crdownload": b"half",
    "plan.docx.bak": b"old",
    ".DS_Store": b"\x00",
    "Thumbs.db": b"\xd0\xcf\x11\xe0",
}
_FOLDERS = (
    "9801/dp-kvarnen",
    "9801/op-ny",
    "9801/okand",
    "9803/dp-vreta",
    "9802",
    "inkommet",
    "9801/dp-kvarnen/samråd",
    "",
)
_REGISTERS = {
    "Planer (1).csv": "Plan-id;Kommunkod;Planslag;Plannamn;Skede\n"
    'dp-ny-1;9801;Detaljplan;"Öppen;Samråd\ndp-ny-2;9801;Detaljplan;Sluten;Samråd\n;;;;\n',
    "Upphandlingar 2025.csv": "Upphandling-id;Köpare;Kommunkod;Upphandling;Slag av upphandling\n"
    "u7;Torpa kommun;9802;Belysning;Funktionsupphandling\nu8;;9802;Bänk;Annan\nSumma;;;;\n",
    "anteckning.txt": "Kom ihåg.",
    "trasig.xlsx": "ingen arbetsbok",
    "dokument.xls": "gammal",
}


_WHOLE_FILE = ("rader_over_rubriker", "oavslutat_citat", "for_manga_celler")
"""Rules about a row as a whole, which no value shows."""


def deliver(region: Path) -> None:
    """Lay the files out: each kind in each folder, with names of its own and bytes of its own."""
    inbox = region / "inbox"
    for folder in _FOLDERS:
        (inbox / folder).mkdir(parents=True, exist_ok=True)
        for name, content in _KINDS.items():
            own = f" {folder}".encode() if content and not name.startswith("tom") else b""
            (inbox / folder / name).write_bytes(content + own)
    with zipfile.ZipFile(inbox / "9801" / "nastlad.docx", "w") as package:
        package.writestr("innanför.zip", b"PK")
    decomposed = unicodedata.normalize("NFD", "översikt.txt")
    (inbox / "9802" / decomposed).write_text("Översikt över Torpa kommun och dess lera.")
    with open(os.fsencode(inbox / "9802") + b"/\x94versikt2.txt", "wb") as file:
        file.write(b"Planbeskrivning som kom i en gammal zip.")
    (inbox / "9802" / "lank.pdf").symlink_to(inbox / "9801" / "nastlad.docx")
    (inbox / "lankad").symlink_to(region / "register")
    os.mkfifo(inbox / "9802" / "ror.pdf")
    for name, text in _REGISTERS.items():
        (region / "register" / name).write_text(text, "utf-8")
    book = openpyxl.Workbook()
    head = ["Markanvisning-id", "Kommunkod", "Slag av markanvisning", "Område", "Metod"]
    for title, rows in (("Norr", 2), ("Söder", 3)):
        sheet = book.create_sheet(title)
        sheet.append(head)
        for number in range(rows):
            sheet.append([f"ma-{title}-{number}".lower(), "9801", "Beslut", "Kajen", "Direkt"])
    book.save(region / "register" / "markanvisningar nya.xlsx")


def test_files_in_are_taken_or_named_and_rows_in_are_loaded_or_rejected(world: World):
    region = world.data / "liten"
    deliver(region)
    files = [
        path
        for folder in ("inbox", "register")
        for path in (region / folder).rglob("*")
        if path.is_symlink() or not path.is_dir()
    ]
    assert len(files) >= 200

    build = world.build()

    issues = build.frames["issue"]
    named = set(issues["file_name"])
    registered = {
        f"{row['municipality_code']}/{row['object_id']}/{row['file_name']}"
        for row in build.frames["document"].filter(link_kind="registered").to_dicts()
        if row["sha256"]
    }
    delivered = {delivery.file_name.partition(", bladet ")[0] for delivery in build.deliveries}
    silent = []
    for path in files:
        folder = region / ("inbox" if (region / "inbox") in path.parents else "register")
        place = unicodedata.normalize("NFC", os.fsencode(path.relative_to(folder)).decode("cp850"))
        plain = unicodedata.normalize(
            "NFC", os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
        )
        if not {place, plain} & (named | registered | delivered):
            silent.append(plain)
    assert silent == []

    rows = {d.file_name: (d.rows_in, d.rows_loaded, d.rows_rejected) for d in build.deliveries}
    assert all(rows_in == ok + bad for rows_in, ok, bad in rows.values())
    assert rows["Planer (1).csv"] == (2, 2, 0)
    assert rows["Upphandlingar 2025.csv"] == (3, 1, 2)
    assert rows["markanvisningar nya.xlsx, bladet Norr"] == (2, 2, 0)
    assert rows["markanvisningar nya.xlsx, bladet Söder"] == (3, 3, 0)
    for issue in build.issues:
        assert issue.message, issue
        assert issue.expected, issue
        assert issue.remedy.endswith("."), issue
        if issue.row_number:  # a whole row has no column, but says which value it began with
            assert issue.column_name or issue.found_value or issue.rule in _WHOLE_FILE, issue
        assert issue.file_name.encode("utf-8")
