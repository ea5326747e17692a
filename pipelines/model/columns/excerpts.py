"""Columns of excerpts, typed answers, comparison figures and the to-do list."""

from __future__ import annotations

from pipelines.model import excerpt_codes
from pipelines.model.column import ID_PATTERN, Column

_REFERENCE = (
    Column(name="figure_id", label="Jämförelsetal-id", meaning="Talets id.", pattern=ID_PATTERN),
    Column(name="figure_name", label="Jämförelsetal", meaning="Vad talet mäter."),
    Column(name="figure_place", label="Gäller för", meaning="Kommunen eller riket."),
    Column(name="figure_period", label="Period", meaning="Åren som talen gäller."),
    Column(
        name="figure_values",
        label="Tal",
        meaning="Talen i den ordning källan ger dem; året för vart och ett är inte alltid känt.",
        kind="texts",
    ),
    Column(name="figure_unit", label="Talens enhet", meaning="Enheten som talen har."),
    Column(
        name="figure_n",
        label="Antal bakom talet",
        meaning="Antal kommuner bakom talet.",
        kind="integer",
        minimum=0,
    ),
)

_CHECK = (
    Column(
        name="check_subject",
        label="Vad det gäller",
        meaning="Om det är en handling, ett dokument, ett test eller en klimatplan.",
        kind="code",
        codes=excerpt_codes.CHECK_SUBJECT,
    ),
    Column(name="subject_id", label="Postens id", meaning="Id i sitt register."),
    Column(name="subject_name", label="Namn", meaning="Handlingens, testets eller planens namn."),
    Column(
        name="check_reasons",
        label="Att göra",
        meaning="Varför posten står i listan: läget är okänt, eller texten saknas.",
        kind="codes",
        codes=excerpt_codes.CHECK_REASON,
    ),
    Column(name="last_step", label="Senast kända steg", meaning="Skedet, läget eller fasen."),
    Column(
        name="look_at",
        label="Titta här",
        meaning="Källans adress; där den saknas kommunens webbplats.",
        kind="url",
    ),
    Column(name="would_change", label="Svaret ändrar", meaning="Vad ett svar skulle ändra."),
    Column(
        name="check_page",
        label="Sidan som ändras",
        meaning="Adressen till sidan i panelen där svaret syns.",
    ),
    Column(
        name="priority",
        label="Angelägenhet",
        meaning="1 avgör ett tidsfönster, 2 ett pågående test, 3 en text som finns men inte är "
        "läst, 4 en text som inte är insamlad, 5 övrigt.",
        kind="integer",
        minimum=1,
        maximum=5,
    ),
    Column(
        name="check_order",
        label="Turordning",
        meaning="Plats i listan: angelägenhet, sedan det som senast var känt först.",
        kind="integer",
        minimum=1,
    ),
)

COLUMNS: tuple[Column, ...] = (
    Column(
        name="source_kind",
        label="Vad som är sett",
        meaning="Om referatet bygger på handlingen, kommunens egen sida eller någon annans text.",
        kind="code",
        codes=excerpt_codes.SOURCE_KIND,
    ),
    Column(name="verb", label="Avgörande verb", meaning="Verbet som avgör förpliktelsegraden."),
    Column(
        name="is_general",
        label="Allmänt uttalande",
        meaning="Ett allmänt konstaterande: nivån gäller bokstavligt men räknas inte på stegen.",
        kind="boolean",
    ),
    Column(
        name="summary_scope",
        label="Gäller",
        meaning="Om referatet gäller en kommun eller regionen.",
        kind="code",
        codes=excerpt_codes.SUMMARY_SCOPE,
    ),
    Column(name="excerpts", label="Utdrag", meaning="Antal referat.", kind="integer", minimum=0),
    Column(
        name="unsure_excerpts",
        label="Osäkert kodade",
        meaning="Antal av utdragen där kodaren var osäker.",
        kind="integer",
        minimum=0,
    ),
    Column(
        name="climate_survey",
        label="Klimatkrav enligt enkät",
        meaning="Om kommunen ställer klimatkrav i upphandling, enligt den nationella "
        "upphandlingsenkäten 2022.",
        kind="code",
        codes=excerpt_codes.ANSWER,
    ),
    Column(
        name="climate_barometer",
        label="Klimatkrav enligt Miljöbarometern",
        meaning="Om kommunen ställer klimatkrav i upphandling, enligt Miljöbarometern.",
        kind="code",
        codes=excerpt_codes.ANSWER,
    ),
    Column(name="climate_plan", label="Klimatplan", meaning="Den antagna klimatplanens namn."),
    Column(
        name="climate_plan_year",
        label="Klimatplan antagen",
        meaning="Året då klimatplanen antogs.",
        kind="integer",
        minimum=1990,
        maximum=2100,
    ),
    Column(
        name="climate_plan_url",
        label="Klimatplanens adress",
        meaning="Adressen där klimatplanen finns.",
        kind="url",
    ),
    *_REFERENCE,
    *_CHECK,
)
