"""Columns of test activities, procurements and the action plan."""

from __future__ import annotations

from pipelines.model import common_codes, market_codes
from pipelines.model.column import ID_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(
        name="activity_id", label="Test-id", meaning="Testverksamhetens id.", pattern=ID_PATTERN
    ),
    Column(
        name="parent_activity_id",
        label="Del av test",
        meaning="Id för den verksamhet som denna är en del av.",
        pattern=ID_PATTERN,
    ),
    Column(name="activity_name", label="Testverksamhet", meaning="Verksamhetens namn."),
    Column(name="host", label="Värd", meaning="Organisationen som håller i verksamheten."),
    Column(
        name="host_type",
        label="Slag av värd",
        meaning="Vilket slag av organisation värden är.",
        kind="code",
        codes=market_codes.ORGANISATION_TYPE,
    ),
    Column(name="partners", label="Partner", meaning="Organisationer som deltar.", kind="texts"),
    Column(
        name="partner_types",
        label="Slag av partner",
        meaning="Vilka slag av organisationer som deltar.",
        kind="codes",
        codes=market_codes.ORGANISATION_TYPE,
    ),
    Column(
        name="testing_kind",
        label="Slag av test",
        meaning="Testbädd, living lab, pilot eller demonstration.",
        kind="code",
        codes=market_codes.TESTING_KIND,
    ),
    Column(
        name="testing_phase",
        label="Fas",
        meaning="Var verksamheten befinner sig.",
        kind="code",
        codes=market_codes.TESTING_PHASE,
    ),
    Column(
        name="is_running",
        label="Pågår",
        meaning="Om verksamheten är i fasen test, demonstration eller uppskalning och läget inte "
        "är okänt.",
        kind="boolean",
    ),
    Column(
        name="start_year",
        label="Startår",
        meaning="Året då testet började.",
        kind="integer",
        minimum=1950,
        maximum=2100,
    ),
    Column(
        name="end_year",
        label="Slutår",
        meaning="Året då testet slutade, eller enligt källan ska sluta.",
        kind="integer",
        minimum=1950,
        maximum=2100,
    ),
    Column(
        name="scaled_year",
        label="Uppskalat år",
        meaning="Året då resultatet började skalas upp.",
        kind="integer",
        minimum=1950,
        maximum=2100,
    ),
    Column(name="scaled_into", label="Uppskalat till", meaning="Vad testet ledde till."),
    Column(
        name="open_to_smes",
        label="Öppen för SMF",
        meaning="Om små och medelstora företag får testa.",
        kind="code",
        codes=common_codes.YES_NO,
    ),
    Column(
        name="contact_published",
        label="Kontaktväg finns",
        meaning="Om adress, kontakt och villkor är publika.",
        kind="code",
        codes=common_codes.YES_NO,
    ),
    Column(
        name="funders", label="Finansiärer", meaning="Organisationer som finansierar.", kind="texts"
    ),
    Column(
        name="barriers",
        label="Hinder",
        meaning="Hinder mot uppskalning som verksamheten nämner.",
        kind="texts",
    ),
    Column(
        name="procurement_id",
        label="Upphandling-id",
        meaning="Upphandlingens id.",
        pattern=ID_PATTERN,
    ),
    Column(name="buyer", label="Köpare", meaning="Den upphandlande organisationen."),
    Column(
        name="buyer_type",
        label="Slag av köpare",
        meaning="Vilket slag av organisation köparen är.",
        kind="code",
        codes=market_codes.ORGANISATION_TYPE,
    ),
    Column(name="procurement_title", label="Upphandling", meaning="Vad som upphandlas."),
    Column(
        name="procurement_kind",
        label="Slag av upphandling",
        meaning="Vilket verktyg som används.",
        kind="code",
        codes=market_codes.PROCUREMENT_KIND,
    ),
    Column(
        name="procurement_year",
        label="Upphandlingsår",
        meaning="Året för annons eller tilldelning.",
        kind="integer",
        minimum=1990,
        maximum=2100,
    ),
    Column(
        name="cpv",
        label="CPV-kod",
        meaning="Kod enligt gemensam terminologi för upphandling.",
        pattern=r"\d{8}(-\d)?",
    ),
    Column(
        name="value_sek",
        label="Värde",
        meaning="Kontraktets värde.",
        kind="decimal",
        unit="kronor",
        minimum=0,
    ),
    Column(name="winner", label="Leverantör", meaning="Den som tilldelades kontraktet."),
    Column(
        name="winner_sme",
        label="Leverantör SMF",
        meaning="Om leverantören är ett litet eller medelstort företag.",
        kind="code",
        codes=common_codes.YES_NO,
    ),
    Column(
        name="action_id",
        label="Aktivitet-id",
        meaning="Aktivitetens nummer, mål och ordning.",
        pattern=r"\d\.\d",
        example="1.1",
    ),
    Column(
        name="goal",
        label="Mål",
        meaning="Handlingsplanens mål.",
        kind="integer",
        minimum=1,
        maximum=3,
    ),
    Column(name="action_title", label="Aktivitet", meaning="Aktivitetens korta namn."),
    Column(name="responsible", label="Ansvarig", meaning="Organisation som ansvarar."),
    Column(
        name="action_status",
        label="Status",
        meaning="Hur långt arbetet har kommit.",
        kind="code",
        codes=market_codes.ACTION_STATUS,
    ),
    Column(name="milestones", label="Milstolpar", meaning="Avtalade steg med år.", kind="texts"),
    Column(
        name="evidence",
        label="Underlag",
        meaning="Adress eller beskrivning som styrker status.",
        kind="texts",
    ),
)
