"""Columns of plans and land allocations."""

from __future__ import annotations

from pipelines.model import common_codes, market_codes, plan_codes
from pipelines.model.column import ID_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(
        name="plan_id",
        label="Plan-id",
        meaning="Planens id i registret.",
        pattern=ID_PATTERN,
        example="0180-dp-001",
    ),
    Column(
        name="parent_plan_id",
        label="Överordnad plan",
        meaning="Id för den plan som denna följer.",
        pattern=ID_PATTERN,
    ),
    Column(
        name="replaces_plan_id",
        label="Ersätter plan",
        meaning="Id för den plan som denna ersätter.",
        pattern=ID_PATTERN,
    ),
    Column(
        name="plan_kind",
        label="Planslag",
        meaning="Vilket slag av plan det är.",
        kind="code",
        codes=plan_codes.PLAN_KIND,
    ),
    Column(name="plan_name", label="Plannamn", meaning="Planens namn."),
    Column(
        name="case_number", label="Diarienummer", meaning="Kommunens diarienummer eller plannummer."
    ),
    Column(
        name="plan_stage",
        label="Skede",
        meaning="Skedet enligt PBL.",
        kind="code",
        codes=plan_codes.PLAN_STAGE,
    ),
    Column(
        name="stage_source", label="Skede enligt källan", meaning="Källans eget ord för skedet."
    ),
    Column(
        name="stage_date",
        label="Skedesdatum",
        meaning="Datum då skedet inleddes eller beslutades; för samråd och granskning dagen då "
        "förslaget ställdes ut, inte redogörelsens dag.",
        kind="date",
        example="2024-06-13",
    ),
    Column(
        name="adopted_date",
        label="Antagen datum",
        meaning="Datum för beslutet att anta just denna plan, inte dess föregångare eller "
        "planeringsstrategin.",
        kind="date",
    ),
    Column(
        name="legal_force_date",
        label="Laga kraft datum",
        meaning="Datum då just denna plan vann laga kraft.",
        kind="date",
    ),
    Column(
        name="dwellings",
        label="Antal bostäder",
        meaning="Antal bostäder som planen eller anvisningen omfattar.",
        kind="integer",
        unit="bostäder",
        minimum=0,
    ),
    Column(
        name="allocation_id",
        label="Markanvisning-id",
        meaning="Markanvisningens id i registret.",
        pattern=ID_PATTERN,
        example="0180-ma-001",
    ),
    Column(
        name="allocation_kind",
        label="Slag av markanvisning",
        meaning="Enskilt beslut eller riktlinjer.",
        kind="code",
        codes=market_codes.ALLOCATION_KIND,
    ),
    Column(
        name="allocation_name",
        label="Område",
        meaning="Området, fastigheten eller riktlinjernas namn.",
    ),
    Column(
        name="allocation_method",
        label="Metod",
        meaning="Hur byggherren väljs.",
        kind="code",
        codes=market_codes.ALLOCATION_METHOD,
    ),
    Column(
        name="allocation_status",
        label="Läge",
        meaning="Om byggherre är vald.",
        kind="code",
        codes=market_codes.ALLOCATION_STATUS,
    ),
    Column(
        name="decision_date",
        label="Beslutsdatum",
        meaning="Datum för beslutet om markanvisning; före beslut dagen då den utlystes.",
        kind="date",
        example="2024-06-13",
    ),
    Column(name="developer", label="Byggherre", meaning="Den byggherre som får anvisningen."),
    Column(
        name="developer_sme",
        label="Byggherre SMF",
        meaning="Om byggherren är ett litet eller medelstort företag.",
        kind="code",
        codes=common_codes.YES_NO,
    ),
    Column(
        name="gross_floor_area_m2",
        label="Bruttoarea",
        meaning="Bruttoarea (BTA) ovan mark.",
        kind="decimal",
        unit="m²",
        minimum=0,
    ),
    Column(
        name="land_tenure",
        label="Markupplåtelse",
        meaning="Om marken säljs eller upplåts.",
        kind="code",
        codes=market_codes.LAND_TENURE,
    ),
    Column(
        name="criteria",
        label="Kriterier",
        meaning="Utvärderingskriterier enligt beslutet.",
        kind="texts",
    ),
    Column(
        name="criteria_weights",
        label="Kriteriernas vikt",
        meaning="Vikt i procent per kriterium, till exempel pris:50.",
        kind="texts",
        unit="procent",
    ),
    Column(name="object_name", label="Handling", meaning="Planens eller markanvisningens namn."),
    Column(name="object_kind", label="Slag", meaning="Planslag eller slag av markanvisning."),
    Column(
        name="object_stage",
        label="Skede eller läge",
        meaning="Planens skede eller markanvisningens läge.",
        kind="code",
        codes=market_codes.OBJECT_STAGE,
    ),
    Column(
        name="is_open",
        label="Kan påverkas",
        meaning="Före granskning respektive före beslut, och läget är inte okänt.",
        kind="boolean",
    ),
    Column(
        name="status_per",
        label="Läget per",
        meaning="Den nyaste dag som skedet, läget eller fasen är känd för: uppgiftens egen dag, "
        "stegens eller dokumentens datum; aldrig dagen då någon kodade eller läste in.",
        kind="date",
    ),
    Column(
        name="is_stale",
        label="Läget okänt",
        meaning="Läget har passerat sin hållbarhet eller saknar datum: varken öppet eller stängt, "
        "varken pågående eller avslutat.",
        kind="boolean",
    ),
    Column(
        name="documents_known",
        label="Kända dokument",
        meaning="Antal dokument i registret.",
        kind="integer",
        minimum=0,
    ),
    Column(
        name="documents_read",
        label="Lästa dokument",
        meaning="Antal dokument med läst text.",
        kind="integer",
        minimum=0,
    ),
)
