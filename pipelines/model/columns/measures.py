"""Columns of indicator values."""

from __future__ import annotations

from pipelines.model import measure_codes
from pipelines.model.column import Column

COLUMNS: tuple[Column, ...] = (
    Column(name="indicator_id", label="Id", meaning="Måttets id."),
    Column(name="indicator_label", label="Mått", meaning="Måttets namn."),
    Column(name="unit_kind", label="Enhetstyp", meaning="Region, urval, kommun eller stadskärna."),
    Column(name="unit_id", label="Enhetskod", meaning="Enhetens kod."),
    Column(name="unit_name", label="Enhet", meaning="Enhetens namn."),
    Column(name="part", label="Del", meaning="Delmåttets kod, till exempel handlingstyp."),
    Column(name="part_label", label="Delmått", meaning="Delmåttet i ord."),
    Column(
        name="value",
        label="Värde för måttet",
        meaning="Måttets värde; tomt när det saknas.",
        kind="decimal",
    ),
    Column(name="value_unit", label="Måttenhet", meaning="Enheten som värdet har."),
    Column(
        name="numerator",
        label="Antal träffar",
        meaning="Antal som uppfyller villkoret; också när värdet inte visas.",
        kind="decimal",
    ),
    Column(
        name="n",
        label="Antal i måttet",
        meaning="Antal lästa, eller antal rader där uppgiften finns.",
        kind="integer",
        minimum=0,
    ),
    Column(
        name="known",
        label="Antal kända",
        meaning="Antal kända, lästa eller ej.",
        kind="integer",
        minimum=0,
    ),
    Column(name="low", label="Intervall från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Intervall till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(
        name="absence_kind",
        label="Slag av frånvaro",
        meaning="Vilket slag av frånvaro som gör värdet tomt.",
        kind="code",
        codes=measure_codes.ABSENCE,
    ),
    Column(name="absence", label="Varför värde saknas", meaning="Skälet när värdet är tomt."),
)
