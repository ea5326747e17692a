"""Columns of documents, as registered and as read."""

from __future__ import annotations

from pipelines.model import codes, plan_codes
from pipelines.model.column import ID_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(name="document_id", label="Dokument-id", meaning="Dokumentets id.", pattern=ID_PATTERN),
    Column(
        name="object_id",
        label="Handling-id",
        meaning="Den plan eller markanvisning som dokumentet hör till.",
        pattern=ID_PATTERN,
    ),
    Column(
        name="document_kind",
        label="Dokumentslag",
        meaning="Vilket slag av dokument det är.",
        kind="code",
        codes=plan_codes.DOCUMENT_KIND,
    ),
    Column(
        name="document_date", label="Dokumentdatum", meaning="Datum på dokumentet.", kind="date"
    ),
    Column(
        name="document_stage",
        label="Dokumentets skede",
        meaning="Planens skede när dokumentet togs fram.",
        kind="code",
        codes=plan_codes.PLAN_STAGE,
    ),
    Column(name="document_title", label="Dokumentnamn", meaning="Dokumentets titel."),
    Column(name="file_name", label="Fil", meaning="Filens namn i leveransen."),
    Column(
        name="object_type",
        label="Handlingstyp",
        meaning="Översiktsplan, detaljplan eller markanvisning.",
        kind="code",
        codes=plan_codes.OBJECT_TYPE,
    ),
    Column(name="sha256", label="SHA-256", meaning="Filens kontrollsumma."),
    Column(name="format", label="Filformat", meaning="pdf, docx, html eller text."),
    Column(
        name="pages", label="Sidor", meaning="Antal sidor.", kind="integer", unit="sidor", minimum=0
    ),
    Column(
        name="readable_share",
        label="Läsbar andel",
        meaning="Andel av sidorna som har läsbar text.",
        kind="decimal",
        minimum=0,
        maximum=1,
    ),
    Column(name="language", label="Språk", meaning="Textens språk."),
    Column(
        name="is_ocr",
        label="Optiskt läst",
        meaning="Om texten är tolkad ur bild (OCR).",
        kind="boolean",
    ),
    Column(
        name="coverage",
        label="Underlag finns",
        meaning="Om handlingen är läst och varför den annars saknas.",
        kind="code",
        codes=codes.COVERAGE,
    ),
    Column(
        name="coverage_reason",
        label="Skäl",
        meaning="Varför underlaget saknas eller är ofullständigt.",
    ),
    Column(
        name="link_kind",
        label="Koppling",
        meaning="Hur dokumentet kopplades till handlingen.",
        kind="code",
        codes=plan_codes.LINK_KIND,
    ),
    Column(
        name="is_latest",
        label="Senaste versionen",
        meaning="Om dokumentet är handlingens senaste och räknas.",
        kind="boolean",
    ),
    Column(
        name="year",
        label="År",
        meaning="Året som handlingen eller dokumentet hänförs till.",
        kind="integer",
    ),
    Column(
        name="passages",
        label="Belägg",
        meaning="Antal belägg som räknas.",
        kind="integer",
        unit="belägg",
        minimum=0,
    ),
    Column(
        name="level",
        label="Nivå",
        meaning="Förpliktelsegraden som siffra, 0 Ingen till 4 Ska.",
        kind="integer",
        minimum=0,
        maximum=4,
    ),
)
