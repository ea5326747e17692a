"""The rules a delivered row can break, each with its Swedish message, expectation and remedy."""

from __future__ import annotations

from pipelines.model.columns import Column
from pipelines.model.tables import TABLE, Table
from pipelines.sources.issues import REJECTED, WARNING, Issue
from pipelines.sources.same_plan import Twin

_SHOWN = 80


def shorten(value: str) -> str:
    """Cut a value that is too long to be shown."""
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"


def unclosed_quote(file: str, row: int) -> Issue:
    """Describe a row in which a quotation mark is opened and never closed."""
    return Issue(
        "", file, row, "", '"', "oavslutat_citat",
        f"Citattecknet på rad {row} avslutas aldrig. Raden lästes till radens slut, utan tecknet, "
        "och raderna efter den för sig.",
        'citattecken i par; ett citattecken inne i ett värde skrivs två gånger ("")',
        "Ta bort eller avsluta citattecknet.",
        WARNING,
    )  # fmt: skip


def rows_above(file: str, rows: list[int], header_row: int) -> Issue:
    """Describe titles and notes above the headings, which are not read."""
    return Issue(
        "", file, header_row, "", "", "rader_over_rubriker",
        f"Rubrikerna hittades på rad {header_row}; {len(rows)} "
        f"{'rad' if len(rows) == 1 else 'rader'} ovanför lästes inte som uppgifter.",
        "rubrikerna på första raden",
        "Ta bort raderna ovanför rubrikerna om något i dem skulle ha lästs.",
        WARNING,
    )  # fmt: skip


def struck_row(file: str, row: int) -> Issue:
    """Describe a row that is struck through in Excel."""
    return Issue(
        "", file, row, "", "överstruken", "struken_rad",
        "Raden är överstruken i Excel. Den lästes in; gäller den?",
        "rader som gäller",
        "Ta bort raden om den inte gäller, annars överstrykningen.",
        WARNING,
    )  # fmt: skip


def note_row(table: Table, file: str, row: int, cell: str, *, is_heading: bool) -> Issue:
    """Describe a note with one cell, or the headings once more: neither is a row."""
    what = (
        "Raden upprepar rubrikerna" if is_heading else f"Bara en cell är ifylld: ”{shorten(cell)}”"
    )
    return Issue(
        table.name, file, row, "", shorten(cell), "ingen_uppgift",
        f"{what}. Raden lästes inte som uppgifter.",
        f"en rad är {table.row}",
        "Ta bort raden, eller fyll i den om den är en uppgift.",
    )  # fmt: skip


def sheet_left_out(file: str, sheet: str, rows: int, *, is_hidden: bool) -> Issue:
    """Describe a sheet with content that is not read, with the number of its rows."""
    why, remedy = (
        ("är dolt", "Visa bladet (högerklicka på flikarna, Ta fram) om det ska läsas.")
        if is_hidden
        else (
            "har inga rubriker som känns igen",
            "Skriv mallens rubriker överst om bladet ska läsas, annars kan det ligga kvar.",
        )
    )
    return Issue(
        "", file, 0, "", shorten(sheet), f"blad_ej_last_{'dolt' if is_hidden else 'okant'}",
        f"Bladet {shorten(sheet)} {why}. Dess {rows} rader lästes inte.",
        "synliga blad med mallens rubriker",
        remedy,
        WARNING,
    )  # fmt: skip


def sum_row(table: Table, file: str, row: int, cell: str) -> Issue:
    """Describe a row of totals, which is no fact of its own."""
    return Issue(
        table.name, file, row, "", shorten(cell), "summarad",
        f"Raden börjar med ”{shorten(cell)}” och är en summering.",
        f"en rad är {table.row}",
        "Inget behöver göras; ta gärna bort raden.",
    )  # fmt: skip


def same_file_again(table: Table, file: str, first: str) -> Issue:
    """Describe a register file that is another one's copy; none of its rows is loaded again."""
    return Issue(
        table.name, file, 0, "", "", "samma_fil",
        f"Filen har samma innehåll som {first}. Raderna lästes in en gång.",
        "varje register en gång",
        "Ta bort den ena filen.",
        WARNING,
    )  # fmt: skip


def given_way(table: Table, file: str, rows: int) -> Issue:
    """Describe rows in whose place those of a file that was handed in are loaded."""
    return Issue(
        table.name, file, 0, "", "", "ersatta_rader",
        f"{rows} {'rad' if rows == 1 else 'rader'} är {'ersatt' if rows == 1 else 'ersatta'} av en "
        "fil som har lämnats in i panelen.",
        "en rad i en av filerna",
        "Inget behöver göras. Är inlämningen fel, ångra den på Kontrollera fil eller med "
        "planinnovation handed-in undo.",
    )  # fmt: skip


def missing_column(table: Table, file: str, row: int, column: Column) -> Issue:
    """Describe a required column that the file lacks; no row of the file can be loaded."""
    return Issue(
        table.name, file, row, column.label, "", "kolumn_saknas",
        f"Kolumnen {column.label} saknas bland rubrikerna på rad {row}.",
        f"en rubrik som lyder {column.label} eller {column.header}",
        "Lägg till kolumnen och lämna filen igen.",
    )  # fmt: skip


def unknown_header(table: Table, file: str, row: int, header: str) -> Issue:
    """Describe a header that no column of the table has; the column is left out."""
    return Issue(
        table.name, file, row, shorten(header), shorten(header), "okand_kolumn",
        f"Rubriken {shorten(header)} känns inte igen och kolumnen läses inte in.",
        f"någon av: {', '.join(column.label for column in table.delivered_columns)}",
        "Rätta rubriken om uppgiften ska med, annars kan den stå kvar.",
        WARNING,
    )  # fmt: skip


def repeated_header(table: Table, file: str, row: int, header: str) -> Issue:
    """Describe a second column with a heading that is there already; the first one is read."""
    return Issue(
        table.name, file, row, shorten(header), shorten(header), "upprepad_kolumn",
        f"Rubriken {shorten(header)} finns mer än en gång; den första kolumnen lästes.",
        "varje rubrik en gång",
        "Ta bort eller döp om den kolumn som inte ska läsas.",
        WARNING,
    )  # fmt: skip


def surplus_cells(table: Table, file: str, row: int) -> Issue:
    """Describe a row with more cells than there are headers."""
    return Issue(
        table.name, file, row, "", "", "for_manga_celler",
        "Raden har fler celler än rubrikraden.",
        "lika många celler som rubriker",
        "Sätt citattecken om värden som innehåller skiljetecknet.",
    )  # fmt: skip


def empty_cell(table: Table, file: str, row: int, column: Column) -> Issue:
    """Describe a required cell without a value."""
    return Issue(
        table.name, file, row, column.label, "", "varde_saknas",
        f"{column.label} är tom.",
        column.expected,
        "Fyll i värdet; är cellerna sammanfogade i Excel delas de först."
        if ".xls" in file.casefold()
        else "Fyll i värdet.",
    )  # fmt: skip


def bad_value(table: Table, file: str, row: int, column: Column, cell: str) -> Issue:
    """Describe a value that is not of the column's kind, list or range.

    It costs the row only where the row is nothing without it.
    """
    rule, fault = {
        "code": ("okand_kod", "finns inte i kodlistan"),
        "codes": ("okand_kod", "finns inte i kodlistan"),
        "date": ("fel_datum", "är inte ett giltigt datum, eller kan läsas på två sätt"),
        "integer": ("fel_tal", "är inte ett tillåtet heltal"),
        "decimal": ("fel_tal", "är inte ett tillåtet tal"),
        "boolean": ("fel_ja_nej", "är varken ja eller nej"),
        "url": ("fel_adress", "är inte en webbadress"),
    }.get(column.kind, ("fel_form", "har fel form"))
    expected = column.expected
    remedy = _REMEDY.get(rule, "Rätta värdet.")
    if column.name == "municipality_code":
        expected = "fyra siffror, till exempel 0180"
    if column.unit == "grader":
        expected = "grader i WGS 84, till exempel 18,07 (longitud) och 59,33 (latitud)"
        remedy = "Skriv läget i decimala grader (WGS 84); meter i SWEREF 99 räknas om först."
    elif rule == "fel_tal" and column.minimum == 0 and cell.lstrip().startswith(("-", "−")):
        remedy = "Skriv talet med siffror, utan enhet; negativa tal godtas inte här."
    return Issue(
        table.name, file, row, column.label, shorten(cell), rule,
        f"Värdet ”{shorten(cell)}” {fault}.{'' if costs_row(table, column) else KEPT}",
        expected,
        remedy,
        REJECTED if costs_row(table, column) else WARNING,
    )  # fmt: skip


def costs_row(table: Table, column: Column) -> bool:
    """Tell whether a row is rejected when the column's cell cannot be read.

    A person's coding is judged as a whole: without one of its codes it would say something else.
    """
    return column.name in table.required or table.name in ("human_code", "summary_passage")


KEPT = " Raden lästes in utan värdet."
_REMEDY = {
    "okand_kod": "Välj ett värde ur listan, eller lämna cellen tom om den inte är obligatorisk.",
    "fel_datum": "Skriv datumet som ÅÅÅÅ-MM-DD; är bara året känt räcker ÅÅÅÅ.",
    "fel_tal": "Skriv talet med siffror, utan enhet.",
    "fel_ja_nej": "Skriv ja eller nej.",
    "fel_adress": "Skriv hela adressen, med https:// först.",
    "fel_form": "Rätta värdet; koder skrivs som text så att inledande nollor står kvar.",
}


def lost_zero(table: Table, file: str, row: int, cell: str) -> Issue:
    """Describe a municipality code whose leading zero Excel has taken away."""
    return Issue(
        table.name, file, row, "Kommunkod", cell, "nolla_borttappad",
        f"Kommunkoden {cell} har förlorat sin inledande nolla och lästes som {cell.zfill(4)}.",
        "fyra siffror, som text",
        "Formatera kolumnen som text i Excel.",
        WARNING,
    )  # fmt: skip


def unknown_reference(
    table: Table, file: str, row: int, column: Column, cell: str, target: str, severity: str
) -> Issue:
    """Describe a code that points to something the region does not have."""
    missing = (
        f"{column.label} {shorten(cell)} finns inte bland regionens {TABLE[target].label.lower()}."
    )
    if severity == WARNING:
        missing += " Raden lästes in utan kopplingen."
    return Issue(
        table.name, file, row, column.label, shorten(cell), "okand_koppling",
        missing,
        f"ett värde som finns i {TABLE[target].file}",
        f"Rätta värdet, eller lägg till raden i {TABLE[target].file}.",
        severity,
    )  # fmt: skip


def unknown_object(table: Table, file: str, row: int, cell: str) -> Issue:
    """Describe a document or excerpt of something that is neither a plan nor an allocation."""
    what = (
        "Dokumentet lästes in och visas som en handling för sig."
        if table.name == "document"
        else "Raden lästes in utan kopplingen, om inget dokument har samma id."
    )
    return Issue(
        table.name, file, row, "Handling-id", shorten(cell), "okand_koppling",
        f"Handling-id {shorten(cell)} finns varken bland regionens planer eller markanvisningar. "
        f"{what}",
        "id för en plan eller markanvisning i registren",
        "Rätta id:t, eller lägg till handlingen i planer eller markanvisningar.",
        WARNING,
    )  # fmt: skip


def twin(table: Table, file: str, row: int, found: Twin) -> Issue:
    """Describe a plan that is, or may be, another one under a second id."""
    same, remedy = (
        (
            f"{found.plan_id} är samma plan som {found.kept_id} (samma namn, och samma "
            "diarienummer eller skede). De räknas som en.",
            "Ta bort den ena raden. Är det två planer: skriv deras diarienummer, eller vilken som "
            "ersätter eller följer den andra.",
        )
        if found.is_certain
        else (
            f"{found.plan_id} kan vara samma plan som {found.kept_id} (samma diarienummer eller "
            "namn). Båda räknas.",
            "Är det samma plan: ta bort den ena raden.",
        )
    )
    return Issue(
        table.name, file, row, "Plan-id", found.plan_id, "samma_plan", same,
        "varje plan under ett id", remedy, WARNING,
    )  # fmt: skip


def duplicate(
    table: Table, file: str, row: int, key: tuple[object, ...], first: int | None
) -> Issue:
    """Describe a row whose key has already been delivered."""
    value = " / ".join(str(part) for part in key)
    where = f"på rad {first}" if first else "i en annan fil"
    label = next(c.label for c in table.delivered_columns if c.name == table.key[0])
    return Issue(
        table.name, file, row, label, shorten(value), "dubblett",
        f"{label} {shorten(value)} finns redan {where}.",
        "ett id som bara förekommer en gång",
        "Ta bort raden, eller ge den ett eget id.",
    )  # fmt: skip
