"""The rules of coding in plain Swedish, as they stand in the file that coders fill in.

Source: the measuring framework in ``docs/method.md``.
"""

from __future__ import annotations

TITLE = "Så här kodar du"

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Gör så här",
        (
            "Varje rad på bladet Kodning är en passage ur en plan, en markanvisning eller "
            "riktlinjer. Läs citatet tillsammans med avsnittets rubrik och meningarna före och "
            "efter. Svara i de gula cellerna. De grå cellerna ska vara som de är.",
            "Räcker inte sammanhanget: öppna dokumentet på den angivna sidan.",
            "Koda själv, utan att jämföra med någon annan. Filen visar inte vad datorn har kommit "
            "fram till, och du behöver inte gissa det. Många passager är dragna slumpvis, så det "
            "är väntat att svaret ofta är nej.",
            "Skriv en roll eller en beteckning i kolumnen Kodare, till exempel kodare A. Skriv "
            "aldrig ditt namn.",
            "Spara filen med ett namn som börjar med granskningar och lämna den som en vanlig "
            "leverans. Koderna går före datorns, och båda sparas.",
        ),
    ),
    (
        "Skriver passagen in innovation? Svara ja när den",
        (
            "• säger att något är nytt för platsen eller branschen, eller använder ord som visar "
            "det: först ut, obeprövat, nytt arbetssätt",
            "• handlar om ett test, en pilot, en demonstration eller en testbädd",
            "• vill sprida eller göra standard av ett resultat",
            "• använder ett styrmedel, till exempel en upphandling eller en tävling, för att få "
            "fram nya lösningar",
            "• ställer ett krav med en siffra som går längre än lag och standard för energi, "
            "klimat, kretslopp eller vatten, och låter den som bygger välja lösning",
            "• låter hållbarhet eller innovation avgöra valet av byggherre i stället för priset",
            "• bygger vidare på kommunens egna tidigare försök",
        ),
    ),
    (
        "Svara nej när den",
        (
            "• bara anger sådant som hör till varje plan: mått, avstånd, riktvärden för buller, "
            "antal bostäder, andel yta",
            "• bara säger att en möjlighet ska utredas",
            "• beskriver vanlig dialog, vanliga möten eller vanlig uppföljning",
            "• beskriver välkända åtgärder utan något nytt: lågenergihus, certifiering, "
            "cykelställ, solceller som tillåts",
            "• ger bakgrund om andras forskning och försök, eller återger lagtext och definitioner",
            "• bara råkar innehålla ordet, som i ett gatunamn eller en provtagning",
            "• är en vision för näringslivet som inte styr något i planen",
            "• säger att något inte blir av. Välj då ja i kolumnen Nekad.",
            "Nyheten ska gå att läsa i citatet, i rubriken eller i meningen före om citatet syftar "
            "tillbaka på den. Att du själv vet att något var nytt räcker inte.",
        ),
    ),
    (
        "Förpliktelsegrad (bara när du svarat ja)",
        (
            "Gå efter verbet som styr innovationen, inte det starkaste verbet i meningen.",
            "Nämns – texten beskriver eller berättar: ligger, har provats, kan bidra till.",
            "Avsikt – kommunen vill, avser, möjliggör eller föreslår; så också när planen "
            "beskriver sitt eget förslag (reserveras, anläggs) och när en åtgärd står i "
            "uppmaningsform: pröva, utred, främja.",
            "Bör – bör, behöver, gärna, uppmuntras, prioriteras, ger poäng.",
            "Ska – ska, måste, krävs, gäller, är ett villkor, förbinder sig; säkerställ.",
            "Ett förbehåll som ”om möjligt” eller ”där så är lämpligt” sänker Ska till Bör. "
            "”Målet är att något ska” är Avsikt. Vad lagen eller någon annan ska göra är inget "
            "åtagande i planen.",
        ),
    ),
    (
        "Styrmedel och tema",
        (
            "Välj upp till tre av varje; ordningen spelar ingen roll. Vad de betyder står på "
            "bladet Kodlistor. Lämna cellerna tomma när inget passar. Finns inget tema räknas "
            "passagen till innovation i allmänhet.",
            "En testbädd är en plats som hålls öppen för flera tester; en pilot är ett enda "
            "försök. Tävling är när en aktör väljs genom tävling; kriterier är poäng eller villkor "
            "i en markanvisning. Uppskalning gör ett resultat till standard; kunskap och "
            "uppföljning mäter och lär.",
        ),
    ),
    (
        "Röst",
        (
            "Lämna tomt när kommunen talar i sitt eget dokument. Välj annars: Återgivet när en "
            "sammanfattning eller konsekvensbeskrivning upprepar planen, Förslag när en utredare "
            "eller konsult föreslår, Någon annan när en remissinstans, en annan aktör eller lagen "
            "talar.",
        ),
    ),
)
"""(heading, paragraphs) in the order of the columns."""
