"""Columns of coded texts: passages and summaries."""

from __future__ import annotations

from pipelines.model import codes, common_codes
from pipelines.model.column import ID_PATTERN, Column

COLUMNS: tuple[Column, ...] = (
    Column(
        name="instruments",
        label="Styrmedel",
        meaning="Styrmedel som passagen talar om.",
        kind="codes",
        codes=codes.INSTRUMENT,
    ),
    Column(
        name="themes",
        label="Teman",
        meaning="Teman som passagen eller verksamheten gäller.",
        kind="codes",
        codes=codes.THEME,
    ),
    Column(
        name="commitment",
        label="Förpliktelsegrad",
        meaning="Hur starkt kommunen binder sig, från Ingen till Ska.",
        kind="code",
        codes=codes.COMMITMENT,
    ),
    Column(name="summary_id", label="Referat-id", meaning="Referatets id.", pattern=ID_PATTERN),
    Column(
        name="summary",
        label="Referat",
        meaning="Passagens innehåll i andra ord, med sanna namn, år och tal; aldrig ett citat.",
    ),
    Column(
        name="is_unsure", label="Osäker kodning", meaning="Om kodaren var osäker.", kind="boolean"
    ),
    Column(
        name="coded_on",
        label="Kodad datum",
        meaning="Dagen då passagen kodades; säger inget om när läget gällde.",
        kind="date",
    ),
    Column(name="passage_id", label="Belägg-id", meaning="Beläggets id."),
    Column(
        name="page",
        label="Sida",
        meaning="Sidan i filen; omslaget är sida 1.",
        kind="integer",
        minimum=1,
    ),
    Column(
        name="page_end",
        label="Sista sida",
        meaning="Sidan där passagen slutar.",
        kind="integer",
        minimum=1,
    ),
    Column(name="section", label="Avsnitt", meaning="Närmaste rubrik."),
    Column(name="quote", label="Citat", meaning="Passagen ordagrant, med avstavade ord hopfogade."),
    Column(name="before", label="Före", meaning="Meningen före."),
    Column(name="after", label="Efter", meaning="Meningen efter."),
    Column(
        name="char_start",
        label="Tecken från",
        meaning="Första tecknet i sidans rensade text.",
        kind="integer",
        minimum=0,
    ),
    Column(
        name="char_end",
        label="Tecken till",
        meaning="Sista tecknet i sidans rensade text.",
        kind="integer",
        minimum=0,
    ),
    Column(name="form", label="Form", meaning="Mening, punkt i lista eller rad i tabell."),
    Column(
        name="confidence",
        label="Säkerhet i kodningen",
        meaning="Sannolikheten att passagen är ett belägg.",
        kind="decimal",
        minimum=0,
        maximum=1,
    ),
    Column(
        name="is_negated",
        label="Nekad",
        meaning="Om passagen säger att något inte görs.",
        kind="boolean",
    ),
    Column(name="condition", label="Förbehåll", meaning="Ord som gör åtagandet villkorat."),
    Column(name="actor", label="Aktör", meaning="Den som ska handla."),
    Column(
        name="voice",
        label="Röst",
        meaning="Vem som talar; bara planen själv räknas.",
        kind="code",
        codes=codes.VOICE,
    ),
    Column(
        name="legal_flag",
        label="Kontrollera lagstöd",
        meaning="Ett tekniskt krav i detaljplan som kan strida mot 8 kap. 4 a § PBL.",
        kind="boolean",
    ),
    Column(name="figures", label="Mått", meaning="Angivna mått med enhet.", kind="texts"),
    Column(
        name="spans", label="Markeringar", meaning="Avgörande ord med läge i citatet, som JSON."
    ),
    Column(name="explanation", label="Förklaring", meaning="Varför passagen kodats så."),
    Column(
        name="is_counted", label="Räknas", meaning="Om belägget räknas i måtten.", kind="boolean"
    ),
    Column(
        name="coded_by",
        label="Kodad av",
        meaning="Maskin eller människa.",
        kind="code",
        codes=common_codes.CODED_BY,
    ),
)
