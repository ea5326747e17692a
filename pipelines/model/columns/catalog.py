"""Columns that describe deliveries and their issues."""

from __future__ import annotations

from pipelines.model import common_codes
from pipelines.model.column import Column

COLUMNS: tuple[Column, ...] = (
    Column(name="region", label="Region", meaning="Regionens kortnamn."),
    Column(name="table_name", label="Tabell", meaning="Tabellens namn."),
    Column(name="column_name", label="Kolumn", meaning="Kolumnens namn."),
    Column(name="bytes", label="Storlek", meaning="Filens storlek.", kind="integer", unit="byte"),
    Column(name="rows_in", label="Rader in", meaning="Rader i leveransen.", kind="integer"),
    Column(
        name="rows_loaded", label="Inlästa rader", meaning="Rader som lästes in.", kind="integer"
    ),
    Column(
        name="rows_rejected",
        label="Avvisade rader",
        meaning="Rader som inte lästes in.",
        kind="integer",
    ),
    Column(
        name="row_number",
        label="Rad",
        meaning="Radens nummer i filen; rubrikraden är rad 1.",
        kind="integer",
    ),
    Column(name="found_value", label="Funnet värde", meaning="Värdet som står i filen."),
    Column(name="rule", label="Regel", meaning="Regeln som bröts."),
    Column(name="message", label="Fel", meaning="Vad som hittades."),
    Column(name="expected", label="Väntat", meaning="Vad som väntades."),
    Column(name="remedy", label="Åtgärd", meaning="Vad man gör åt det."),
    Column(
        name="severity",
        label="Allvar",
        meaning="Om raden avvisats eller bara bör ses över.",
        kind="code",
        codes=common_codes.SEVERITY,
    ),
)
