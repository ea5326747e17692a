"""Each page's question and how to read it, in two sentences: for the page itself and the guide."""

from __future__ import annotations

from typing import NamedTuple


class PageHelp(NamedTuple):
    """``question`` is what the page answers, ``reading`` how to read the answer."""

    question: str
    reading: str


PAGE_HELP: dict[str, PageHelp] = {
    "laget": PageHelp(
        "Hur mycket innovation är inskriven i regionens planer, var, och hur bindande?",
        "Rubriken är svaret och de fem fynden under den leder vidare; staplarna går från ljust "
        "(Ingen) till mörkt (Ska), och streckat är det som inte är läst.",
    ),
    "mote": PageHelp(
        "Hur går vi igenom detta tillsammans på mötet?",
        "Bygg en dagordning av vyer, starta mötet och stega med piltangenterna; beslut skrivs vid "
        "varje punkt och hämtas som fil.",
    ),
    "oversiktsplaner": PageHelp(
        "Hur bindande skriver kommunerna om innovation i översiktsplanen, och om vad?",
        "Varje stapel är en kommuns handlingar efter högsta förpliktelsegrad; klicka på en del "
        "för att läsa orden.",
    ),
    "detaljplaner": PageHelp(
        "Hur bindande skriver kommunerna om innovation i detaljplaner, och om vad?",
        "Varje stapel är en kommuns planer efter högsta förpliktelsegrad; ett Ska i en detaljplan "
        "behöver ha stöd i lagen.",
    ),
    "markanvisningar": PageHelp(
        "Vad kräver kommunerna av den som ska bygga på deras mark?",
        "Varje stapel är en kommuns markanvisningar och riktlinjer efter högsta förpliktelsegrad; "
        "klicka på en del för att läsa orden.",
    ),
    "roda_traden": PageHelp(
        "Följer det som står i översiktsplanen med hela vägen till test på plats?",
        "Läs från vänster till höger, led för led: där talet sjunker tar tråden slut, och streck "
        "betyder att nästa led inte är läst.",
    ),
    "tidsfonster": PageHelp(
        "Vad går ännu att påverka, och vad finns att hämta hos andra?",
        "Varje rad är en handling i tidigt skede; välj en för att se vad den saknar, vilka tester "
        "som passar och vad lagen låter kommunen kräva.",
    ),
    "testverksamhet": PageHelp(
        "Vad prövas i verkligheten, var, och vad förs vidare till fler platser?",
        "Kartan visar var det prövas och staplarna hur långt det har kommit; uppgifter som källan "
        "inte ger är streck.",
    ),
    "upphandling": PageHelp(
        "Köper det offentliga nytt, och når köpen små och medelstora företag?",
        "Talen gäller de upphandlingar som är kända; registren är insamlade för hand och inte "
        "fullständiga.",
    ),
    "handlingsplanen": PageHelp(
        "Hur går det för handlingsplanens tretton aktiviteter?",
        "Status är det som ansvariga har rapporterat; måtten bredvid visar vad som syns i "
        "underlaget men inte vad som orsakat det.",
    ),
    "kommun": PageHelp(
        "Hur ser det ut i en kommun, bredvid dem som är mest lika?",
        "Välj kommun överst och jämför raderna; sidan går att skriva ut på två A4-sidor.",
    ),
    "innovationsindex": PageHelp(
        "Hur starkt, brett, tätt och genomgående skriver kommunerna in innovation?",
        "Punkten är indexet och linjen hur säkert det är; en plats står bara där den håller, och "
        "vikterna kan du ändra.",
    ),
    "belagg": PageHelp(
        "Exakt vad står det, på vilken sida och i vilket dokument?",
        "Sök med ett eller flera ord; i varje citat är ordet som avgör förpliktelsegraden "
        "markerat.",
    ),
    "formuleringsbank": PageHelp(
        "Hur har andra formulerat krav och avsikter?",
        "De starkaste skrivningarna står först; kopiera med källa och kontrollera mot er egen "
        "rådighet.",
    ),
    "metod": PageHelp(
        "Hur räknas måtten, och hur säkra är de?",
        "Börja med förpliktelsegraden och det som saknas; längre ned står varje mått med formel "
        "och förbehåll, kodboken och alla begrepp.",
    ),
    "tank_om": PageHelp(
        "Hur rör sig talen om andra ord eller gränser hade räknats?",
        "Stäng av ord eller flytta en gräns och läs publicerat tal, talet om och skillnaden; inget "
        "publicerat ändras.",
    ),
    "data": PageHelp(
        "Hur får jag ut allt som filer, och vad är utgåvan gjord av?",
        "Varje tabell finns för Excel och i ett standardformat; ordlistan säger vad varje kolumn "
        "betyder.",
    ),
    "kontrollera": PageHelp(
        "Går min leverans att läsa in?",
        "Släpp filen så visas varje fel med rad, värde och åtgärd; ingenting sparas.",
    ),
}
"""Page → its help, in the order of the navigation."""
