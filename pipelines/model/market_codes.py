"""Code lists of land allocations, test activities, procurements and the action plan."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList
from pipelines.model.plan_codes import PLAN_STAGE

ALLOCATION_KIND = CodeList(
    name="allocation_kind",
    label="Slag av markanvisning",
    codes=(
        Code(
            code="decision",
            label="Beslut",
            meaning="En enskild markanvisning.",
            synonyms=("markanvisning", "tävling"),
        ),
        Code(
            code="policy",
            label="Riktlinjer",
            meaning="Kommunens riktlinjer för markanvisningar.",
            synonyms=("policy",),
        ),
    ),
)

ALLOCATION_METHOD = CodeList(
    name="allocation_method",
    label="Metod",
    codes=(
        Code(
            code="direktanvisning",
            label="Direktanvisning",
            meaning="Kommunen väljer byggherre utan jämförelse.",
            synonyms=("direkt",),
        ),
        Code(
            code="jamforelseforfarande",
            label="Jämförelseförfarande",
            meaning="Flera byggherrar jämförs efter angivna kriterier.",
            synonyms=("jämförelse",),
        ),
        Code(
            code="markanvisningstavling",
            label="Markanvisningstävling",
            meaning="Öppen tävling om idé, gestaltning eller pris.",
            synonyms=("tävling", "tavling", "anbudsförfarande"),
        ),
        Code(
            code="okant",
            label="Okänd",
            meaning="Källan anger inte metoden.",
            synonyms=("okänd", "okänt"),
        ),
    ),
)

ALLOCATION_STATUS = CodeList(
    name="allocation_status",
    label="Läge",
    codes=(
        Code(
            code="planned",
            label="Planerad",
            meaning="Kommunen har aviserat en markanvisning.",
            synonyms=("aviserad",),
        ),
        Code(
            code="open",
            label="Utlyst",
            meaning="Intresserade kan anmäla sig; ingen är vald.",
            synonyms=("pågående",),
        ),
        Code(
            code="awarded",
            label="Beslutad",
            meaning="Byggherre är vald.",
            synonyms=("tilldelad", "avgjord"),
        ),
        Code(code="in_force", label="Gällande", meaning="Riktlinjerna gäller."),
        Code(code="cancelled", label="Avbruten", meaning="Ingen byggherre valdes."),
        Code(
            code="unknown", label="Okänt", meaning="Källan anger inte läget.", synonyms=("okant",)
        ),
    ),
)

ALLOCATIONS_OPEN = ("planned", "open")
"""States in which criteria can still be written in."""

ALLOCATIONS_BEFORE_AWARD = (*ALLOCATIONS_OPEN, "unknown")
"""States that pass by themselves; one that the source does not give passes too."""

OBJECT_STAGE = CodeList(
    name="object_stage",
    label="Skede eller läge",
    codes=(*PLAN_STAGE.codes, *ALLOCATION_STATUS.codes),
)
"""Where a plan or an allocation stands, under one name."""

LAND_TENURE = CodeList(
    name="land_tenure",
    label="Markupplåtelse",
    codes=(
        Code(code="forsaljning", label="Försäljning", meaning="Marken säljs."),
        Code(code="tomtratt", label="Tomträtt", meaning="Marken upplåts med tomträtt."),
        Code(
            code="okant",
            label="Okänd",
            meaning="Källan anger inte upplåtelsen.",
            synonyms=("okänt", "okänd"),
        ),
    ),
)

ORGANISATION_TYPE = CodeList(
    name="organisation_type",
    label="Slag av organisation",
    codes=(
        Code(code="kommun", label="Kommun", meaning="Kommun eller kommunalt bolag."),
        Code(code="region", label="Region", meaning="Region eller regionalt bolag."),
        Code(code="stat", label="Stat", meaning="Statlig myndighet eller statligt bolag."),
        Code(code="akademi", label="Akademi", meaning="Universitet eller högskola."),
        Code(code="institut", label="Institut", meaning="Forskningsinstitut."),
        Code(code="foretag", label="Företag", meaning="Privat företag.", synonyms=("företag",)),
        Code(
            code="forening",
            label="Förening",
            meaning="Förening eller stiftelse.",
            synonyms=("förening",),
        ),
        Code(code="samverkan", label="Samverkan", meaning="Flera organisationer tillsammans."),
    ),
)

TESTING_KIND = CodeList(
    name="testing_kind",
    label="Slag av testverksamhet",
    codes=(
        Code(
            code="testbadd",
            label="Testbädd",
            meaning="Miljö för återkommande tester.",
            synonyms=("testbädd",),
        ),
        Code(
            code="living_lab",
            label="Living lab",
            meaning="Test i vardagen tillsammans med användare.",
        ),
        Code(code="pilot", label="Pilot", meaning="Ett enskilt försök."),
        Code(code="demonstration", label="Demonstration", meaning="En lösning visas i full skala."),
    ),
)

TESTING_PHASE = CodeList(
    name="testing_phase",
    label="Fas",
    codes=(
        Code(
            code="ide", label="Idé", meaning="Planeras eller söker finansiering.", synonyms=("idé",)
        ),
        Code(code="test", label="Test", meaning="Prövas på plats."),
        Code(code="demonstration", label="Demonstration", meaning="Visas i drift."),
        Code(code="uppskalning", label="Uppskalning", meaning="Sprids eller görs till standard."),
        Code(code="avslutad", label="Avslutad", meaning="Har upphört."),
    ),
)

PHASES_ACTIVE = ("test", "demonstration", "uppskalning")
PHASE_ENDED = "avslutad"

PROCUREMENT_KIND = CodeList(
    name="procurement_kind",
    label="Slag av upphandling",
    codes=(
        Code(
            code="innovationsupphandling",
            label="Innovationsupphandling",
            meaning="Upphandling av något som inte finns på marknaden.",
        ),
        Code(
            code="funktionsupphandling",
            label="Funktionsupphandling",
            meaning="Upphandling med krav på funktion.",
        ),
        Code(
            code="dialogupphandling",
            label="Dialogupphandling",
            meaning="Konkurrenspräglad dialog eller tidig dialog.",
        ),
        Code(
            code="innovationspartnerskap",
            label="Innovationspartnerskap",
            meaning="Utveckling och köp i samma förfarande.",
        ),
        Code(
            code="fkup",
            label="Förkommersiell upphandling",
            meaning="Upphandling av forskning och utveckling.",
            synonyms=("förkommersiell upphandling",),
        ),
        Code(
            code="ordinary",
            label="Annan upphandling",
            meaning="Upphandling utan innovationsverktyg.",
            synonyms=("annan",),
        ),
    ),
)

INNOVATION_PROCUREMENT = tuple(kind for kind in PROCUREMENT_KIND.values if kind != "ordinary")

ACTION_STATUS = CodeList(
    name="action_status",
    label="Status",
    codes=(
        Code(code="not_started", label="Ej påbörjad", meaning="Inget arbete har startat."),
        Code(code="ongoing", label="Pågår", meaning="Arbete pågår.", synonyms=("pågående",)),
        Code(
            code="done", label="Genomförd", meaning="Aktiviteten är genomförd.", synonyms=("klar",)
        ),
        Code(code="paused", label="Pausad", meaning="Arbetet har stannat."),
        Code(
            code="unknown", label="Okänd", meaning="Ingen uppgift är lämnad.", synonyms=("okänt",)
        ),
    ),
)
