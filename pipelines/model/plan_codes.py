"""Code lists of plans, their stages and their documents."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

OBJECT_TYPE = CodeList(
    name="object_type",
    label="Handlingstyp",
    codes=(
        Code(
            code="op",
            label="Översiktsplan",
            meaning="Översiktsplan, fördjupning eller tillägg (3 kap. PBL).",
        ),
        Code(
            code="dp",
            label="Detaljplan",
            meaning="Detaljplan eller planprogram (4 och 5 kap. PBL).",
        ),
        Code(
            code="ma",
            label="Markanvisning",
            meaning="Markanvisning eller riktlinjer för markanvisningar (lag 2014:899).",
        ),
    ),
)

PLAN_KIND = CodeList(
    name="plan_kind",
    label="Planslag",
    codes=(
        Code(
            code="op",
            label="Översiktsplan",
            meaning="Kommuntäckande översiktsplan.",
            synonyms=("öp",),
        ),
        Code(
            code="fop",
            label="Fördjupad översiktsplan",
            meaning="Fördjupning för en del av kommunen.",
            synonyms=("föp", "fördjupning"),
        ),
        Code(
            code="tillagg",
            label="Tillägg till översiktsplan",
            meaning="Tillägg för ett allmänt intresse.",
            synonyms=("tillägg", "tematiskt tillägg"),
        ),
        Code(
            code="program",
            label="Planprogram",
            meaning="Program inför en eller flera detaljplaner.",
            synonyms=("planprogram",),
        ),
        Code(code="dp", label="Detaljplan", meaning="Detaljplan enligt 4 kap. PBL."),
    ),
)

PLAN_STAGE = CodeList(
    name="plan_stage",
    label="Skede",
    codes=(
        Code(
            code="under_framtagande",
            label="Under framtagande",
            meaning="Arbete pågår; källan anger inget skede.",
            synonyms=("pågående", "startskede", "påbörjad"),
        ),
        Code(
            code="planbesked",
            label="Planbesked",
            meaning="Kommunen har svarat på en begäran om plan.",
        ),
        Code(
            code="planuppdrag",
            label="Planuppdrag",
            meaning="Nämnden har gett uppdrag att ta fram planen.",
            synonyms=("uppdrag", "start"),
        ),
        Code(
            code="program",
            label="Program",
            meaning="Planprogram tas fram eller är på samråd.",
            synonyms=("programskede",),
        ),
        Code(
            code="samrad",
            label="Samråd",
            meaning="Förslaget är ute för synpunkter.",
            synonyms=("plansamråd",),
        ),
        Code(
            code="granskning",
            label="Granskning",
            meaning="Förslaget är ute för granskning; utställning enligt äldre lag.",
            synonyms=("utstallning", "utställning"),
        ),
        Code(
            code="infor_antagande",
            label="Inför antagande",
            meaning="Antagandehandling finns men inget beslut är sett; räknas inte som antagen.",
            synonyms=("antagande",),
        ),
        Code(code="antagen", label="Antagen", meaning="Beslut om antagande är fattat."),
        Code(code="overklagad", label="Överklagad", meaning="Antagandet är överklagat."),
        Code(
            code="laga_kraft",
            label="Laga kraft",
            meaning="Beslutet har vunnit laga kraft.",
            synonyms=("lagakraft", "gällande"),
        ),
        Code(code="upphavd", label="Upphävd", meaning="Planen gäller inte längre."),
        Code(
            code="avbruten",
            label="Avbruten",
            meaning="Planarbetet är avslutat utan antagande.",
            synonyms=("avslutad", "nedlagd"),
        ),
    ),
)
"""Municipalities name stages differently; the source's own word is kept in ``stage_source``."""

STAGES_BEFORE_REVIEW = ("under_framtagande", "planbesked", "planuppdrag", "program", "samrad")
"""Stages in which a plan can still take in something new (before granskning, 5 kap. PBL)."""

STAGES_BEFORE_ADOPTION = (*STAGES_BEFORE_REVIEW, "granskning", "infor_antagande")
"""Stages that pass by themselves: a plan in one of them has a status with a shelf life."""

STAGES_ENDED = ("upphavd", "avbruten")

DOCUMENT_KIND = CodeList(
    name="document_kind",
    label="Dokumentslag",
    codes=(
        Code(code="op", label="Översiktsplan", meaning="Översiktsplanens planhandling."),
        Code(code="fop", label="Fördjupad översiktsplan", meaning="Fördjupningens planhandling."),
        Code(code="tillagg", label="Tillägg", meaning="Tilläggets planhandling."),
        Code(
            code="program",
            label="Planprogram",
            meaning="Planprogram, kvalitetsprogram eller hållbarhetsprogram.",
        ),
        Code(
            code="dp",
            label="Planbeskrivning",
            meaning="Detaljplanens planbeskrivning.",
            synonyms=("planbeskrivning",),
        ),
        Code(
            code="samradsredogorelse",
            label="Samrådsredogörelse",
            meaning="Inkomna synpunkter med kommunens svar.",
        ),
        Code(
            code="granskningsutlatande",
            label="Granskningsutlåtande",
            meaning="Synpunkter i granskningen med kommunens svar.",
            synonyms=("särskilt utlåtande",),
        ),
        Code(
            code="mkb",
            label="Miljökonsekvensbeskrivning",
            meaning="Miljö- eller hållbarhetskonsekvensbeskrivning.",
            synonyms=("miljöbedömning",),
        ),
        Code(
            code="ma_policy",
            label="Riktlinjer för markanvisning",
            meaning="Kommunens riktlinjer enligt lagen (2014:899).",
        ),
        Code(
            code="ma_decision",
            label="Markanvisningsbeslut",
            meaning="Beslut eller avtal om markanvisning.",
        ),
        Code(
            code="tavling", label="Tävlingsprogram", meaning="Inbjudan till markanvisningstävling."
        ),
        Code(code="other", label="Annat", meaning="Annat underlag."),
    ),
)

OWN_VOICE_DOCUMENTS = (
    "op",
    "fop",
    "tillagg",
    "program",
    "dp",
    "ma_policy",
    "ma_decision",
    "tavling",
)
"""Kinds in which the municipality itself speaks; the others alone do not make an object *read*."""

LINK_KIND = CodeList(
    name="link_kind",
    label="Koppling",
    codes=(
        Code(
            code="registered", label="Registrerad", meaning="Dokumentet står i dokumentregistret."
        ),
        Code(code="folder", label="Mapp", meaning="Kopplat genom mappens namn."),
        Code(
            code="case_number",
            label="Diarienummer",
            meaning="Föreslagen koppling: samma diarienummer.",
        ),
        Code(
            code="name",
            label="Namn",
            meaning="Föreslagen koppling: planens namn står på första sidan.",
        ),
        Code(
            code="municipality",
            label="Kommun",
            meaning="Bara kommunen är känd; ny handling föreslås.",
        ),
    ),
)
