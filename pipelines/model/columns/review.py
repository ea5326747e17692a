"""Columns of human review: a person's codes, how the passage was drawn, what the machine said."""

from __future__ import annotations

from pipelines.model import codes, review_codes
from pipelines.model.column import Column

CODER_PATTERN = r"[Kk]odare [0-9A-Za-zÅÄÖåäö]{1,2}|[a-zåäö][a-zåäö -]*(?: [0-9A-ZÅÄÖ]{1,2})?"
"""A role or a pseudonym in lower case; a name of a person, which has capitals, does not pass."""

CODE_SLOTS = (1, 2, 3)
"""A drop-down holds one value, so a passage has three cells each for instruments and themes."""

COLUMNS: tuple[Column, ...] = (
    Column(
        name="is_relevant",
        label="Skriver in innovation",
        meaning="Om passagen skriver in innovation i planen eller markanvisningen.",
        kind="boolean",
    ),
    *(
        Column(
            name=f"instrument_{slot}",
            label=f"Styrmedel {slot}",
            meaning="Ett styrmedel som passagen talar om; tomt om inget.",
            kind="code",
            codes=codes.INSTRUMENT,
        )
        for slot in CODE_SLOTS
    ),
    *(
        Column(
            name=f"theme_{slot}",
            label=f"Tema {slot}",
            meaning="Ett tema som passagen gäller; tomt om inget.",
            kind="code",
            codes=codes.THEME,
        )
        for slot in CODE_SLOTS
    ),
    Column(
        name="coder",
        label="Kodare",
        meaning="Roll eller beteckning för den som kodat, aldrig ett personnamn.",
        pattern=CODER_PATTERN,
        example="kodare A",
    ),
    Column(
        name="sampling_key",
        label="Urvalsnyckel",
        meaning="Hur passagen drogs, skrivet så att det inte påverkar kodningen.",
        pattern=r"[0-9a-zA-Z-]+",
    ),
    Column(name="sample_id", label="Urval", meaning="Urvalet som passagen drogs i."),
    Column(
        name="sampling_stratum",
        label="Urvalsgrupp",
        meaning="Varför passagen drogs.",
        kind="code",
        codes=review_codes.SAMPLING_STRATUM,
    ),
    Column(
        name="inclusion_probability",
        label="Urvalssannolikhet",
        meaning="Sannolikheten att just den passagen drogs.",
        kind="decimal",
        minimum=0,
        maximum=1,
    ),
    Column(
        name="machine_relevant",
        label="Belägg enligt maskinen",
        meaning="Om kodboken räknar passagen som belägg.",
        kind="boolean",
    ),
    Column(
        name="machine_instruments",
        label="Styrmedel enligt maskinen",
        meaning="Styrmedel enligt kodboken.",
        kind="codes",
        codes=codes.INSTRUMENT,
    ),
    Column(
        name="machine_themes",
        label="Teman enligt maskinen",
        meaning="Teman enligt kodboken.",
        kind="codes",
        codes=codes.THEME,
    ),
    Column(
        name="machine_commitment",
        label="Förpliktelsegrad enligt maskinen",
        meaning="Förpliktelsegraden enligt kodboken.",
        kind="code",
        codes=codes.COMMITMENT,
    ),
    Column(name="coders", label="Kodarna", meaning="Alla som har kodat passagen.", kind="texts"),
    Column(
        name="coders_agree",
        label="Kodarna eniga",
        meaning="Om kodarna gav samma svar och samma förpliktelsegrad; tomt när bara en kodat.",
        kind="boolean",
    ),
    Column(
        name="machine_agrees",
        label="Maskinen instämmer",
        meaning="Om maskinen gav samma svar och samma förpliktelsegrad som människorna.",
        kind="boolean",
    ),
)
