"""Columns that say who and where."""

from __future__ import annotations

from pipelines.model import common_codes
from pipelines.model.column import ID_PATTERN, MUNICIPALITY_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(
        name="municipality_code",
        label="Kommunkod",
        meaning="SCB:s fyrsiffriga kod, alltid text.",
        pattern=MUNICIPALITY_PATTERN,
        example="0180",
    ),
    Column(name="municipality_name", label="Kommun", meaning="Kommunens namn utan ordet kommun."),
    Column(
        name="municipality_codes",
        label="Kommunkoder",
        meaning="Koderna för de kommuner som berörs.",
        kind="texts",
    ),
    Column(
        name="population",
        label="Folkmängd",
        meaning="Antal invånare den 31 december.",
        kind="integer",
        unit="invånare",
        minimum=0,
    ),
    Column(
        name="population_year",
        label="Folkmängd år",
        meaning="Året som folkmängden avser.",
        kind="integer",
        minimum=1900,
        maximum=2100,
    ),
    Column(
        name="area_km2",
        label="Landareal",
        meaning="Kommunens landareal.",
        kind="decimal",
        unit="km²",
        minimum=0,
    ),
    Column(name="website", label="Webbplats", meaning="Kommunens webbplats.", kind="url"),
    Column(
        name="owns_land",
        label="Äger mark",
        meaning="Om kommunen äger mark som kan markanvisas.",
        kind="code",
        codes=common_codes.YES_NO,
    ),
    Column(
        name="core_id",
        label="Stadskärna-id",
        meaning="Den regionala stadskärnans id.",
        pattern=ID_PATTERN,
    ),
    Column(name="core_name", label="Stadskärna", meaning="Den regionala stadskärnans namn."),
    Column(
        name="science_environment",
        label="Kunskapsmiljö",
        meaning="Forsknings- eller testmiljö i stadskärnan.",
    ),
    Column(
        name="lon",
        label="Longitud",
        meaning="Läge i WGS 84.",
        kind="decimal",
        unit="grader",
        minimum=-180,
        maximum=180,
    ),
    Column(
        name="lat",
        label="Latitud",
        meaning="Läge i WGS 84.",
        kind="decimal",
        unit="grader",
        minimum=-90,
        maximum=90,
    ),
)
