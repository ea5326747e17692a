"""The codes that passages carry: instrument, theme, commitment, voice, and why something is absent.

Source: the measuring framework in ``docs/method.md``.
"""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

INSTRUMENT = CodeList(
    name="instrument",
    label="Styrmedel",
    codes=(
        Code(
            code="testbadd",
            label="Testbädd",
            meaning="Plats eller miljö som hålls öppen för återkommande tester.",
        ),
        Code(
            code="pilot_demonstration",
            label="Pilot eller demonstration",
            meaning="Ett enskilt försök eller en visning av något nytt.",
        ),
        Code(
            code="innovationsupphandling",
            label="Innovationsupphandling",
            meaning="Upphandling som efterfrågar eller öppnar för nya lösningar.",
        ),
        Code(
            code="funktionskrav",
            label="Funktionskrav",
            meaning="Krav på vad som ska uppnås som lämnar lösningen fri.",
        ),
        Code(
            code="dialog_samverkan",
            label="Dialog och samverkan",
            meaning="Samverkan med företag, akademi eller boende för att få fram nya lösningar.",
        ),
        Code(
            code="markanvisning_kriterier",
            label="Kriterier i markanvisning",
            meaning="Kriterier, poäng eller villkor i en markanvisning.",
        ),
        Code(code="tavling", label="Tävling", meaning="Val av aktör eller lösning genom tävling."),
        Code(
            code="incitament",
            label="Incitament",
            meaning="En fördel som pris, parkeringsnorm, företräde eller snabbare handläggning.",
        ),
        Code(
            code="uppskalning",
            label="Uppskalning",
            meaning="Ett resultat görs till standard eller sprids till fler platser.",
        ),
        Code(
            code="kunskap_uppfoljning",
            label="Kunskap och uppföljning",
            meaning="Lärande, mätning och återföring av resultat från nya lösningar.",
        ),
        Code(
            code="digital_data",
            label="Digitala verktyg och data",
            meaning="Data, modeller eller digitala tvillingar som styrmedel.",
        ),
    ),
)

THEME = CodeList(
    name="theme",
    label="Tema",
    codes=(
        Code(
            code="energi",
            label="Energi",
            meaning="Produktion, lagring, delning och effektiv användning av energi.",
        ),
        Code(
            code="klimatpaverkan_byggande",
            label="Byggandets klimatpåverkan",
            meaning="Klimatavtryck från material, anläggning och byggskede.",
        ),
        Code(
            code="cirkularitet_aterbruk",
            label="Cirkularitet och återbruk",
            meaning="Återbruk, delning och kretslopp av material och produkter.",
        ),
        Code(
            code="mobilitet",
            label="Mobilitet",
            meaning="Resor, parkering och transporter av människor.",
        ),
        Code(
            code="vatten_dagvatten_klimatanpassning",
            label="Vatten och klimatanpassning",
            meaning="Dagvatten, skyfall, vattenförsörjning och anpassning till ett ändrat klimat.",
            synonyms=("vatten_klimatanpassning",),
        ),
        Code(
            code="gronska_ekosystem",
            label="Grönska och ekosystem",
            meaning="Grönstruktur, biologisk mångfald och ekosystemtjänster.",
        ),
        Code(
            code="digitalisering",
            label="Digitalisering",
            meaning="Sensorer, uppkoppling, data och digitala tjänster.",
        ),
        Code(
            code="social_innovation",
            label="Social innovation",
            meaning="Nya sätt att bo, mötas, dela och delta.",
        ),
        Code(
            code="material_trabyggande",
            label="Material och träbyggande",
            meaning="Trä, biobaserade och andra nya byggmaterial.",
            synonyms=("materialbyggande_tra",),
        ),
        Code(
            code="avfall_logistik",
            label="Avfall och logistik",
            meaning="Avfallssystem, godsleveranser och bygglogistik.",
        ),
        Code(
            code="generell_innovation",
            label="Innovation i allmänhet",
            meaning="Innovation utan att något annat tema nämns.",
        ),
    ),
)

COMMITMENT = CodeList(
    name="commitment",
    label="Förpliktelsegrad",
    codes=(
        Code(code="none", label="Ingen", meaning="Inget belägg för innovation."),
        Code(code="mention", label="Nämns", meaning="Innovation beskrivs eller ges som bakgrund."),
        Code(code="aim", label="Avsikt", meaning="Kommunen vill, avser, möjliggör eller föreslår."),
        Code(
            code="should",
            label="Bör",
            meaning="Något bör göras, uppmuntras, prioriteras eller premieras.",
        ),
        Code(code="shall", label="Ska", meaning="Något ska göras, krävs eller är ett villkor."),
    ),
)

VOICE = CodeList(
    name="voice",
    label="Röst",
    codes=(
        Code(
            code="plan",
            label="Planen själv",
            meaning="Kommunen talar i sitt eget dokument; bara detta räknas.",
        ),
        Code(
            code="restated",
            label="Återgivet",
            meaning="En sammanfattning eller konsekvensbeskrivning upprepar planen.",
        ),
        Code(
            code="proposed",
            label="Förslag",
            meaning="En utredares eller konsults förslag som inte är antaget.",
        ),
        Code(
            code="other",
            label="Någon annan",
            meaning="Synpunkter, andra aktörers åtaganden eller lagtext.",
        ),
    ),
)

COVERAGE = CodeList(
    name="coverage",
    label="Underlag",
    codes=(
        Code(
            code="read_found",
            label="Läst, belägg funna",
            meaning="Handlingen är läst och innehåller minst ett belägg.",
        ),
        Code(
            code="read_none",
            label="Läst, inget funnet",
            meaning="Handlingen är läst i sin helhet utan belägg. Endast detta räknas som noll.",
        ),
        Code(
            code="excerpt_only",
            label="Endast utdrag",
            meaning="Kodat från ett utdrag; det som inte hittats säger ingenting.",
        ),
        Code(
            code="not_collected",
            label="Ej insamlad",
            meaning="Handlingen är känd men dokumenten är inte insamlade.",
        ),
        Code(
            code="unreadable",
            label="Oläsbar",
            meaning="Dokumentet saknar text som går att läsa, till exempel en skanning.",
        ),
        Code(
            code="not_understood",
            label="Ej förstådd",
            meaning="Text finns men kunde inte förstås: annat språk än svenska, typsnitt utan "
            "teckentabell, formulär eller bifogade filer som inte öppnas.",
        ),
        Code(
            code="not_applicable",
            label="Ej tillämplig",
            meaning="Frågan gäller inte, till exempel där kommunen saknar mark.",
        ),
        Code(
            code="superseded",
            label="Ersatt",
            meaning="Handlingen är ersatt av en nyare och räknas inte.",
        ),
        Code(code="withheld", label="Sekretess", meaning="Handlingen får inte lämnas ut."),
    ),
)
"""``read_found`` and ``read_none`` are what the framework calls *read*; the rest is absence."""
