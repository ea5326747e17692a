"""The coding file as XLSX: passages with drop-downs, the rules, and the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME, VOICE, CodeList
from pipelines.model.columns import Column
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review.sample import DocumentToSample, Drawn, encode

CODED = (
    "is_relevant",
    "commitment",
    *(name for name in HUMAN_CODE.delivered if name.startswith(("instrument_", "theme_"))),
    "is_negated",
    "voice",
    "note",
    "coder",
    "coded_on",
)
"""What people fill in; the rest of the register is given."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the document register says of a document, as the coder sees it."""

    title: str
    file_name: str
    source_url: str | None


def coding_sheet(
    drawn: Iterable[Drawn],
    documents: Mapping[str, DocumentToSample],
    origins: Mapping[str, Origin],
    *,
    coder: str | None,
    certainty: str,
) -> pl.DataFrame:
    """Return one row per drawn passage with the delivered columns of *granskningar*, codes empty.

    ``coder`` is filled in on every row when it is given; ``certainty`` marks invented data.
    """
    rows = []
    for item in drawn:
        key = item.candidate.document_id
        document, origin = documents[key].document, origins[key]
        passage = document.passages[item.candidate.ordinal]
        given = {
            "document_title": origin.title,
            "document_kind": item.candidate.kind,
            "page": passage.page,
            "section": passage.section or None,
            "before": passage.lead_in or passage.header or passage.before or None,
            "quote": passage.text,
            "after": passage.after or None,
            "coder": coder,
            "file_name": origin.file_name,
            "source_url": origin.source_url,
            "document_id": key,
            "sha256": document.sha256,
            "sampling_key": encode(item.draw, key, passage.text),
            "certainty": certainty,
        }
        rows.append(dict.fromkeys(HUMAN_CODE.delivered) | given)
    return pl.DataFrame(rows, schema=pl.Schema(HUMAN_CODE.delivered_schema))


TITLE = "Så här kodar du"

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Gör så här",
        (
            "Varje rad på bladet Kodning är en passage ur en plan, en markanvisning eller "
            "riktlinjer. Läs citatet tillsammans med avsnittets rubrik och meningarna före och "
            "efter. Svara i de gula cellerna. De grå cellerna ska vara som de är.",
            "Räcker inte sammanhanget: öppna dokumentet på den angivna sidan.",
            "Koda själv, utan att jämföra med någon annan. Filen visar inte vad datorn har kommit "
            "fram till, och du behöver inte gissa det. Många passager är dragna slumpvis, så det "
            "är väntat att svaret ofta är nej.",
            "Skriv en roll eller en beteckning i kolumnen Kodare, till exempel kodare A. Skriv "
            "aldrig ditt namn.",
            "Spara filen med ett namn som börjar med granskningar och lämna den som en vanlig "
            "leverans. Koderna går före datorns, och båda sparas.",
        ),
    ),
    (
        "Skriver passagen in innovation? Svara ja när den",
        (
            "• säger att något är nytt för platsen eller branschen, eller använder ord som visar "
            "det: först ut, obeprövat, nytt arbetssätt",
            "• handlar om ett test, en pilot, en demonstration eller en testbädd",
            "• vill sprida eller göra standard av ett resultat",
            "• använder ett styrmedel, till exempel en upphandling eller en tävling, för att få "
            "fram nya lösningar",
            "• ställer ett krav med en siffra som går längre än lag och standard för energi, "
            "klimat, kretslopp eller vatten, och låter den som bygger välja lösning",
            "• låter hållbarhet eller innovation avgöra valet av byggherre i stället för priset",
            "• bygger vidare på kommunens egna tidigare försök",
        ),
    ),
    (
        "Svara nej när den",
        (
            "• bara anger sådant som hör till varje plan: mått, avstånd, riktvärden för buller, "
            "antal bostäder, andel yta",
            "• bara säger att en möjlighet ska utredas",
            "• beskriver vanlig dialog, vanliga möten eller vanlig uppföljning",
            "• beskriver välkända åtgärder utan något nytt: lågenergihus, certifiering, "
            "cykelställ, solceller som tillåts",
            "• ger bakgrund om andras forskning och försök, eller återger lagtext och definitioner",
            "• bara råkar innehålla ordet, som i ett gatunamn eller en provtagning",
            "• är en vision för näringslivet som inte styr något i planen",
            "• säger att något inte blir av. Välj då ja i kolumnen Nekad.",
            "Nyheten ska gå att läsa i citatet, i rubriken eller i meningen före om citatet syftar "
            "tillbaka på den. Att du själv vet att något var nytt räcker inte.",
        ),
    ),
    (
        "Förpliktelsegrad (bara när du svarat ja)",
        (
            "Gå efter verbet som styr innovationen, inte det starkaste verbet i meningen.",
            "Nämns – texten beskriver eller berättar: ligger, har provats, kan bidra till.",
            "Avsikt – kommunen vill, avser, möjliggör eller föreslår; så också när planen "
            "beskriver sitt eget förslag (reserveras, anläggs) och när en åtgärd står i "
            "uppmaningsform: pröva, utred, främja.",
            "Bör – bör, behöver, gärna, uppmuntras, prioriteras, ger poäng.",
            "Ska – ska, måste, krävs, gäller, är ett villkor, förbinder sig; säkerställ.",
            "Ett förbehåll som ”om möjligt” eller ”där så är lämpligt” sänker Ska till Bör. "
            "”Målet är att något ska” är Avsikt. Vad lagen eller någon annan ska göra är inget "
            "åtagande i planen.",
        ),
    ),
    (
        "Styrmedel och tema",
        (
            "Välj upp till tre av varje; ordningen spelar ingen roll. Vad de betyder står på "
            "bladet Kodlistor. Lämna cellerna tomma när inget passar. Finns inget tema räknas "
            "passagen till innovation i allmänhet.",
            "En testbädd är en plats som hålls öppen för flera tester; en pilot är ett enda "
            "försök. Tävling är när en aktör väljs genom tävling; kriterier är poäng eller villkor "
            "i en markanvisning. Uppskalning gör ett resultat till standard; kunskap och "
            "uppföljning mäter och lär.",
        ),
    ),
    (
        "Röst",
        (
            "Lämna tomt när kommunen talar i sitt eget dokument. Välj annars: Återgivet när en "
            "sammanfattning eller konsekvensbeskrivning upprepar planen, Förslag när en utredare "
            "eller konsult föreslår, Någon annan när en remissinstans, en annan aktör eller lagen "
            "talar.",
        ),
    ),
)
"""(heading, paragraphs) in the order of the columns."""


CODING, RULES, LISTS = "Kodning", TITLE, "Kodlistor"
YES_NO = ("ja", "nej")
_WIDTHS = {
    "before": 34, "quote": 64, "after": 34, "section": 22, "document_title": 26, "page": 6,
    "document_kind": 16, "note": 28, "is_relevant": 12, "is_negated": 9,
}  # fmt: skip
_WIDTH = 18
_COLOURS = {"given": "#EEF0F2", "coded": "#FFF8DC"}


def write_workbook(rows: pl.DataFrame, file: Path, mark: str = "") -> None:
    """Write the rows of :func:`coding_sheet` as a file to fill in.

    The given cells are locked without a password, so that a slip of the hand does not change a
    quote or a key; ``mark`` says on every sheet and printed page that the region is invented.
    """
    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False}) as book:
        sheet, rules, lists = (book.add_worksheet(name) for name in (CODING, RULES, LISTS))
        sources = _write_lists(lists, book.add_format({"bold": True}), mark)
        _write_coding(book, sheet, rows, sources)
        _write_rules(book, rules, mark)
        for page in (sheet, rules, lists):
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.set_header(f"&L{mark}&R&A")


def _write_coding(
    book: xlsxwriter.Workbook, sheet: Worksheet, rows: pl.DataFrame, sources: dict[str, str]
) -> None:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9CED4"}
    given = book.add_format({**cell, "bg_color": _COLOURS["given"]})
    quote = book.add_format({**cell, "bg_color": _COLOURS["given"], "bold": True})
    coded = book.add_format({**cell, "bg_color": _COLOURS["coded"], "locked": False})
    # Text format keeps a date as the coder writes it.
    dated = book.add_format(
        {**cell, "bg_color": _COLOURS["coded"], "locked": False, "num_format": "@"}
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    for position, column in enumerate(HUMAN_CODE.delivered_columns):
        sheet.set_column(position, position, _WIDTHS.get(column.name, _WIDTH))
        sheet.write_string(0, position, column.label, head)
        sheet.write_comment(0, position, f"{column.meaning} Väntat: {_expected(column)}.")
        look = {"quote": quote, "coded_on": dated}.get(
            column.name, coded if column.name in CODED else given
        )
        for row, value in enumerate(rows[column.name], start=1):
            _write_cell(sheet, row, position, column, value, look)
        _restrict(sheet, position, column, rows.height, sources)
    _mark_missing(sheet, rows.height, book.add_format({"bg_color": "#F4C7A1"}))
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    sheet.autofilter(0, 0, rows.height, len(HUMAN_CODE.delivered) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_cell(
    sheet: Worksheet, row: int, position: int, column: Column, value: object, look: Format
) -> None:
    if value is None:
        sheet.write_blank(row, position, None, look)
    elif column.is_number:
        sheet.write_number(row, position, float(str(value)), look)
    else:
        text = str(value)
        label = column.codes.labels.get(text, text) if column.codes else text
        sheet.write_string(row, position, label, look)


def _restrict(
    sheet: Worksheet, position: int, column: Column, last: int, sources: dict[str, str]
) -> None:
    """Give a coded column its drop-down."""
    source = _source(column, sources)
    if column.name in CODED and source is not None:
        sheet.data_validation(
            1, position, last, position,
            {"validate": "list", "source": source, "ignore_blank": True,
             "error_title": "Okänt värde", "error_message": "Välj ett värde ur listan."},
        )  # fmt: skip


def _mark_missing(sheet: Worksheet, last: int, look: Format) -> None:
    """Colour the commitment of a yes until it is filled in."""
    answer, commitment = (HUMAN_CODE.delivered.index(n) for n in ("is_relevant", "commitment"))
    criteria = f'=AND(${xl_col_to_name(answer)}2="ja",${xl_col_to_name(commitment)}2="")'
    sheet.conditional_format(
        1, commitment, last, commitment,
        {"type": "formula", "criteria": criteria, "format": look},
    )  # fmt: skip


def _source(column: Column, sources: dict[str, str]) -> str | list[str] | None:
    if column.kind == "boolean":
        return list(YES_NO)
    return sources.get(column.codes.name) if column.codes else None


def _expected(column: Column) -> str:
    return "ett värde ur listan" if column.codes else column.expected


def _write_lists(sheet: Worksheet, head: Format, mark: str) -> dict[str, str]:
    """Write the code lists side by side and return where each one's labels stand."""
    sources: dict[str, str] = {}
    sheet.write_string(0, 0, mark)
    for number, codes in enumerate((COMMITMENT, INSTRUMENT, THEME, VOICE)):
        position, shown = 3 * number, _choices(codes)
        sheet.set_column(position, position, 30)
        sheet.set_column(position + 1, position + 1, 60)
        sheet.write_string(1, position, codes.label, head)
        sheet.write_string(1, position + 1, "Betydelse", head)
        for row, (label, meaning) in enumerate(shown, start=2):
            sheet.write_string(row, position, label)
            sheet.write_string(row, position + 1, meaning)
        letter = xl_col_to_name(position)
        sources[codes.name] = f"={LISTS}!${letter}$3:${letter}${len(shown) + 2}"
    return sources


def _choices(codes: CodeList) -> list[tuple[str, str]]:
    """Labels and meanings; no commitment at all is said by answering no."""
    left_out = "none" if codes.name == COMMITMENT.name else ""
    return [(code.label, code.meaning) for code in codes.codes if code.code != left_out]


def _write_rules(book: xlsxwriter.Workbook, sheet: Worksheet, mark: str) -> None:
    title = book.add_format({"bold": True, "font_size": 16})
    head = book.add_format({"bold": True, "font_size": 12, "top": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, TITLE, title)
    sheet.write_string(1, 0, mark)
    row = 3
    for heading, paragraphs in SECTIONS:
        sheet.write_string(row, 0, heading, head)
        for offset, paragraph in enumerate(paragraphs, start=1):
            sheet.write_string(row + offset, 0, paragraph, text)
        row += len(paragraphs) + 2
