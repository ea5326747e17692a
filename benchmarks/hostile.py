"""Files made to break a reader: bombs, loops, lies about size, thousands of levels.

They are written piece by piece, so that making them takes no memory that would be measured.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument"
_HEADINGS = ("Plan-id", "Kommunkod", "Planslag", "Plannamn")
_LAUGHS = "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' if level else '<!ENTITY a0 "skratt">'
    for level in range(10)
)
_SENTENCE = "Kommunen vill att området används som testbädd för nya energilösningar. "


Pieces = str | Sequence[tuple[str, int]]
"""A text, or texts with how often each is repeated."""


def workbooks(folder: Path) -> list[Path]:
    """Write hostile registers; the last is a sound one with two sheets."""
    far = '<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
    big = '<sst xmlns="' + _SHEET + '"><si><t>' + "&amp;" * 30_000 + "</t></si></sst>"
    row = '<row r="{n}">' + '<c t="s"><v>0</v></c>' * 300 + "</row>"
    laughs = f'<!DOCTYPE sst [{_LAUGHS}]><sst xmlns="{_SHEET}"><si><t>&a9;</t></si></sst>'
    made = [
        _book(folder / "horn.xlsx", [far.format(row=1_048_576, cell="XFD1048576")]),
        _book(folder / "langt_ut.xlsx", [far.format(row=200_000, cell="ZZ200000")]),
        _book(folder / "delad_text.xlsx", ["".join(row.format(n=n) for n in range(2, 900))], big),
        _book(folder / "uppackad.xlsx", [[(" " * (1 << 20), 400)]]),
        _book(folder / "entiteter.xlsx", ['<row r="2"><c t="s"><v>0</v></c></row>'], laughs),
        _book(folder / "tva_blad.xlsx", ["", ""]),
    ]
    whole = made[-1].read_bytes()
    for name, content in {
        "halv": whole[: len(whole) // 2],
        "last": b"\xd0\xcf\x11\xe0" * 99,
    }.items():
        made.insert(0, folder / f"{name}.xlsx")
        made[0].write_bytes(content)
    return made


def documents(folder: Path) -> list[Path]:
    """Write hostile documents of every kind that is read."""
    table = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    laughs, secret = f"<!DOCTYPE w [{_LAUGHS}]>", '<!DOCTYPE w [<!ENTITY a9 SYSTEM "/etc/passwd">]>'
    words = f"<w:p><w:r><w:t>{_SENTENCE}</w:t></w:r></w:p>"
    texts = {
        "sextio_mb.docx": lambda f: _word(f, [(words, 60_000_000 // len(words))]),
        "trehundra_mb.docx": lambda f: _word(f, [(" " * 1_000_000, 300)]),
        "tabeller.docx": lambda f: _word(f, table[0] * 3000 + words + table[1] * 3000),
        "entiteter.docx": lambda f: _word(f, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", laughs),
        "hemlig.docx": lambda f: _word(f, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", secret),
        "tabeller.html": _text("<table><tr><td>" * 7871 + _SENTENCE),
        "lador.html": _text("<div>" * 200_000 + _SENTENCE),
        "sextio_mb.html": _text([(f"<p>{_SENTENCE}</p>", 800_000)]),
        "en_rad.txt": _text(_SENTENCE * 200_000),
        "nollor.txt": _text("\0" * 5_000_000),
        "slinga.pdf": _pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        "jattesida.pdf": _pdf(_ONE_PAGE, box=b"0 0 1e9 1e9"),
        "bomb.pdf": _pdf(_ONE_PAGE, content=[(" " * 1_000_000, 800)]),
        "ord.pdf": _pdf(
            _ONE_PAGE, content=[("BT /F 9 Tf 9 9 Td ", 1), ("(testb) Tj " * 1000, 3000)]
        ),
        "djup.pdf": _pdf(_ONE_PAGE, content="[" * 2_000_000),
        "sidor.pdf": _pdf(b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
    }
    made = []
    for name, write in texts.items():
        write(folder / name)
        made.append(folder / name)
    return made


def _bytes(pieces: Pieces) -> Iterator[bytes]:
    for text, times in [(pieces, 1)] if isinstance(pieces, str) else pieces:
        for _ in range(times):
            yield text.encode()


def _text(pieces: Pieces) -> Callable[[Path], object]:
    def write(file: Path) -> object:
        with file.open("wb") as out:
            out.writelines(_bytes(pieces))
        return file

    return write


def _package(file: Path, parts: dict[str, Pieces]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, pieces in parts.items():
            with package.open(name, "w") as part:
                for data in _bytes(pieces):
                    part.write(data)
    return file


def _within(start: str, pieces: Pieces, end: str) -> Pieces:
    middle = [(pieces, 1)] if isinstance(pieces, str) else pieces
    return [(start, 1), *middle, (end, 1)]


def _relations(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'


def _types(parts: dict[str, str]) -> str:
    each = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{each}</Types>'
    )


def _book(file: Path, sheets: Sequence[Pieces], shared: str = "") -> Path:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in _HEADINGS)
    values = "".join(
        f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in ("a", "9901", "Detaljplan", "Kajen")
    )
    start = f'<row r="1">{cells}</row>'
    sound = f'{start}<row r="2">{values}</row>'
    places = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    parts = dict.fromkeys(places, "spreadsheetml.worksheet")
    parts["xl/workbook.xml"] = "spreadsheetml.sheet.main"
    targets = {place.removeprefix("xl/"): "worksheet" for place in places}
    if shared:
        parts["xl/sharedStrings.xml"] = "spreadsheetml.sharedStrings"
        targets["sharedStrings.xml"] = "sharedStrings"
    listed = "".join(
        f'<sheet name="Blad{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(sheets))
    )
    content: dict[str, Pieces] = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(targets),
    } | {
        place: _within(
            f'<worksheet xmlns="{_SHEET}"><sheetData>{start if rows else sound}',
            rows,
            "</sheetData></worksheet>",
        )
        for place, rows in zip(places, sheets, strict=True)
    }
    return _package(file, content | ({"xl/sharedStrings.xml": shared} if shared else {}))


def _word(file: Path, body: Pieces, before: str = "") -> Path:
    return _package(
        file,
        {
            "[Content_Types].xml": _types({"word/document.xml": "wordprocessingml.document.main"}),
            "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
            "word/document.xml": _within(
                f'{before}<w:document xmlns:w="{_WORD}"><w:body>', body, "</w:body></w:document>"
            ),
        },
    )


_ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def _pdf(
    pages: bytes, *, box: bytes = b"0 0 595 842", content: Pieces = ""
) -> Callable[[Path], object]:
    def write(file: Path) -> object:
        packer = zlib.compressobj()
        packed = b"".join(packer.compress(data) for data in _bytes(content)) + packer.flush()
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            pages,
            b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<</Font<</F "
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
            b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream",
        ]
        data, places = b"%PDF-1.7\n", []
        for number, each in enumerate(objects, start=1):
            places.append(len(data))
            data += b"%d 0 obj\n" % number + each + b"\nendobj\n"
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        end = b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF" % len(data)
        return file.write_bytes(data + b"xref\n0 5\n0000000000 65535 f \n" + table + end)

    return write
