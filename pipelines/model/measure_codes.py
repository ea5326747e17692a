"""Code lists of the measuring layer: absence, steps of the chain, links, causes of change."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

ABSENCE = CodeList(
    name="absence_kind",
    label="Slag av frånvaro",
    codes=(
        Code(code="too_few", label="För få", meaning="Färre än fem ingår, så måttet visas inte."),
        Code(
            code="not_collected",
            label="Ej insamlat",
            meaning="Handlingarna är kända men inga är lästa.",
        ),
        Code(
            code="excerpt_only",
            label="Endast utdrag",
            meaning="Bara utdrag är kodade; det som inte hittats säger ingenting.",
        ),
        Code(code="unreadable", label="Oläsbart", meaning="Dokumenten saknar läsbar text."),
        Code(
            code="not_understood",
            label="Ej förstått",
            meaning="Dokumenten har text som inte kunde förstås.",
        ),
        Code(code="withheld", label="Sekretess", meaning="Handlingarna får inte lämnas ut."),
        Code(
            code="not_applicable",
            label="Ej tillämpligt",
            meaning="Frågan gäller inte, till exempel där kommunen saknar mark.",
        ),
        Code(code="none_known", label="Ingen känd", meaning="Registret har ingen rad att räkna."),
        Code(
            code="not_reported",
            label="Uppgift saknas",
            meaning="Raderna finns men registret saknar uppgiften som måttet behöver.",
        ),
        Code(
            code="not_reached",
            label="Ej nått",
            meaning="Hälften har ännu inte nått dit, så medianen finns inte.",
        ),
        Code(
            code="overlapping",
            label="Går inte att skilja",
            meaning="Platsens intervall överlappar en annan kommuns, så platsen visas inte.",
        ),
        Code(
            code="not_comparable",
            label="Går inte att jämföra",
            meaning="Värdet saknas i minst en av utgåvorna.",
        ),
    ),
)
"""Why a measure has no value; none of these is a zero."""

STEP = CodeList(
    name="step",
    label="Led",
    codes=(
        Code(code="op", label="Översiktsplan", meaning="Nivån i översiktsplanen som gällde."),
        Code(code="dp", label="Detaljplan", meaning="Detaljplaner efter översiktsplanen."),
        Code(code="ma", label="Markanvisning", meaning="Markanvisningar efter översiktsplanen."),
        Code(code="test", label="Test på plats", meaning="Testverksamhet i kommunen."),
    ),
)
"""The chain from comprehensive plan to a test on site."""

OUTCOME = CodeList(
    name="outcome",
    label="Utfall",
    codes=(
        Code(code="start", label="Utgångsnivå", meaning="Nivån i översiktsplanen."),
        Code(code="grows", label="Växer", meaning="Ledet binder starkare än översiktsplanen."),
        Code(code="holds", label="Håller", meaning="Ledet binder lika starkt, eller test finns."),
        Code(code="weakens", label="Försvagas", meaning="Temat finns kvar men binder svagare."),
        Code(code="leaks", label="Läcker ut", meaning="Ledet är läst och temat finns inte där."),
        Code(code="unknown", label="Okänt", meaning="Inget i ledet är läst eller kartlagt."),
        Code(
            code="not_applicable", label="Ej tillämpligt", meaning="Kommunen äger ingen mark där."
        ),
    ),
)

HELD = ("grows", "holds")
JUDGED = ("grows", "holds", "weakens", "leaks")

CHAIN_LINK = CodeList(
    name="chain_link",
    label="Koppling i kedjan",
    codes=(
        Code(code="parent", label="Överordnad plan", meaning="Registret anger sambandet."),
        Code(code="case_number", label="Diarienummer", meaning="Samma diarienummer."),
        Code(code="area", label="Område", meaning="Samma regionala stadskärna."),
        Code(code="municipality", label="Kommun", meaning="Bara kommunen är gemensam."),
    ),
)
"""Strongest first."""

CAUSE = CodeList(
    name="cause",
    label="Orsak till ändring",
    codes=(
        Code(
            code="new_documents",
            label="Nya dokument",
            meaning="Dokument som tillkommit eller utgått.",
        ),
        Code(
            code="revised_documents",
            label="Ändrade dokument",
            meaning="Dokument med nytt innehåll i filen.",
        ),
        Code(
            code="codebook",
            label="Ändrad kodbok eller läsare",
            meaning="Oförändrade dokument som kodas på annat sätt.",
        ),
        Code(
            code="corrections",
            label="Mänskliga rättelser",
            meaning="Passager som en människa har kodat om.",
        ),
        Code(
            code="registers",
            label="Ändrade register",
            meaning="Nya eller ändrade rader i registren, till exempel skede.",
        ),
    ),
)
"""What makes a number differ between two editions; the parts sum to the change."""

MATCH_KIND = CodeList(
    name="match_kind",
    label="Slag av förslag",
    codes=(
        Code(code="test", label="Testverksamhet", meaning="En pågående test på temat."),
        Code(
            code="clause",
            label="Formulering",
            meaning="En bindande passage om temat i en liknande kommuns handling.",
        ),
    ),
)

BARRIER = CodeList(
    name="barrier_kind",
    label="Slag av hinder",
    codes=(
        Code(
            code="finance",
            label="Finansiering och lönsamhet",
            meaning="Pengar saknas, eller lösningen är dyrare.",
            synonyms=("finans", "lönsam", "pris", "kostnad"),
        ),
        Code(
            code="rules",
            label="Regler och tillstånd",
            meaning="Regler är oklara eller tillstånd dröjer.",
            synonyms=("regel", "regler", "tillstånd", "anmälan", "brandskydd", "standard"),
        ),
        Code(
            code="responsibility",
            label="Ansvar och ägande",
            meaning="Det är oklart vem som äger eller svarar för något.",
            synonyms=("ansvar", "äger", "ägare", "huvudmän", "avtal", "garanti", "försäkring"),
        ),
        Code(
            code="competence",
            label="Kompetens och erfarenhet",
            meaning="Få kan eller har gjort det.",
            synonyms=("kompetens", "erfarenhet", "kunskap"),
        ),
        Code(
            code="data",
            label="Data och säkerhet",
            meaning="Data är skyddade eller delade på flera.",
            synonyms=("data", "personuppgift", "säkerhet"),
        ),
        Code(code="other", label="Annat", meaning="Annat hinder, med verksamhetens egna ord."),
    ),
)
"""Synonyms are parts of words; the first kind with one in the text is chosen."""
