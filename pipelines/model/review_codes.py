"""Code lists of human review: why a passage was drawn."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

SAMPLING_STRATUM = CodeList(
    name="sampling_stratum",
    label="Urvalsgrupp",
    codes=(
        Code(
            code="near_threshold",
            label="Nära gränsen",
            meaning="Maskinen var osäker på om passagen är ett belägg.",
        ),
        Code(
            code="weak_class",
            label="Svår klass",
            meaning="Belägg med en kod som människor och maskin hittills varit oeniga om.",
        ),
        Code(code="other_hit", label="Övriga belägg", meaning="Belägg som dragits slumpvis."),
        Code(
            code="considered",
            label="Prövad och avvisad",
            meaning="Passage med något av kodbokens ord som maskinen inte räknar som belägg.",
        ),
        Code(
            code="no_hit",
            label="Utan träff",
            meaning="Passage utan något av kodbokens ord, dragen för att finna det som missats.",
        ),
    ),
)
"""Every passage that can be coded belongs to exactly one group, so that weights add up."""

AGREEMENT_PAIR = CodeList(
    name="agreement_pair",
    label="Vilka som jämförs",
    codes=(
        Code(
            code="machine_human",
            label="Maskin och människa",
            meaning="Kodboken mot det som kodarna tillsammans kom fram till, på dragna passager.",
        ),
        Code(
            code="human_human",
            label="Människa och människa",
            meaning="Kodarna mot varandra, på passager som minst två har kodat.",
        ),
    ),
)

AGREEMENT_MEASURE = CodeList(
    name="agreement_measure",
    label="Mått på samstämmighet",
    codes=(
        Code(
            code="precision",
            label="Precision",
            meaning="Andel av maskinens belägg som människor håller med om, vägd till allt läst.",
        ),
        Code(
            code="recall",
            label="Täckning av beläggen",
            meaning="Andel av de belägg som finns i allt läst som maskinen hittar.",
        ),
        Code(
            code="kappa",
            label="Kappa, belägg eller inte",
            meaning="Samstämmighet utöver slumpen om passagen är ett belägg.",
        ),
        Code(
            code="weighted_kappa",
            label="Viktad kappa, förpliktelsegrad",
            meaning="Samstämmighet utöver slumpen, där stora avstånd på trappan väger mer.",
        ),
        Code(
            code="alpha_relevant",
            label="Krippendorffs alfa, belägg eller inte",
            meaning="Samstämmighet utöver slumpen mellan alla kodare.",
        ),
        Code(
            code="alpha_commitment",
            label="Krippendorffs alfa, förpliktelsegrad",
            meaning="Samstämmighet utöver slumpen på trappan mellan alla kodare.",
        ),
        Code(
            code="f1_instruments",
            label="Samstämmighet i styrmedel (F1)",
            meaning="På passager som båda kallar belägg.",
        ),
        Code(
            code="f1_themes",
            label="Samstämmighet i teman (F1)",
            meaning="På passager som båda kallar belägg.",
        ),
    ),
)
