"""The pages of the dashboard: one record a page, in the order of the navigation.

A page is a folder ``app_pages/<address>/`` with ``page.py``, which Streamlit runs, and its record
here. The navigation, the help on the page, the guide and the tests read these records.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.roles import Action


@dataclass(frozen=True)
class Page:
    """What is known of a page outside its own folder.

    Attributes:
        address: the last part of its URL.
        title: its name in the navigation and in the browser's tab.
        menu: the menu of the top navigation that lists it; empty when it is no part of a menu.
        question: what the page answers.
        reading: how to read the answer, in one sentence.
        ignores: keys of the shared filters that the page does not use.
        is_hidden: whether it is reached from another page only.
        needs: what somebody must be allowed to do to see it, as in ``roles.ACTIONS``.
        file: the script in ``app_pages/`` where it is not the page's own ``page.py``.
    """

    address: str
    title: str
    menu: str = ""
    question: str = ""
    reading: str = ""
    ignores: tuple[str, ...] = ()
    is_hidden: bool = False
    needs: Action = "read"
    file: str = ""

    @property
    def script(self) -> str:
        """The file that Streamlit runs, relative to ``frame.py``."""
        return f"app_pages/{self.file or f'{self.address}/page.py'}"


_PLANS, _PRACTICE, _FOLLOW_UP, _EVIDENCE, _ABOUT = (
    "Planer", "Test och upphandling", "Uppföljning", "Belägg", "Om",
)  # fmt: skip
_PAGES = (
    Page(
        address="laget",
        title="Läget",
        question="Hur mycket innovation är inskriven i regionens planer, var, och hur bindande?",
        reading="Rubriken är svaret och de fem fynden under den leder vidare; staplarna går från "
        "ljust (Ingen) till mörkt (Ska), och streckat är det som inte är läst.",
    ),
    Page(
        address="mote",
        title="Möte",
        question="Hur går vi igenom detta tillsammans på mötet?",
        reading="Bygg en dagordning av vyer, starta mötet och stega med piltangenterna; beslut "
        "skrivs vid varje punkt och hämtas som fil.",
        needs="meet",
    ),
    Page(
        address="oversiktsplaner",
        title="Översiktsplaner",
        menu=_PLANS,
        question="Hur bindande skriver kommunerna om innovation i översiktsplanen, och om vad?",
        reading="Varje stapel är en kommuns handlingar efter högsta förpliktelsegrad; klicka på "
        "en del för att läsa orden.",
        file="planer/oversiktsplaner.py",
    ),
    Page(
        address="detaljplaner",
        title="Detaljplaner",
        menu=_PLANS,
        question="Hur bindande skriver kommunerna om innovation i detaljplaner, och om vad?",
        reading="Varje stapel är en kommuns planer efter högsta förpliktelsegrad; ett Ska i en "
        "detaljplan behöver ha stöd i lagen.",
        file="planer/detaljplaner.py",
    ),
    Page(
        address="markanvisningar",
        title="Markanvisningar",
        menu=_PLANS,
        question="Vad kräver kommunerna av den som ska bygga på deras mark?",
        reading="Varje stapel är en kommuns markanvisningar och riktlinjer efter högsta "
        "förpliktelsegrad; klicka på en del för att läsa orden.",
        file="planer/markanvisningar.py",
    ),
    Page(
        address="roda_traden",
        title="Röda tråden",
        menu=_PLANS,
        question="Följer det som står i översiktsplanen med hela vägen till test på plats?",
        reading="Läs från vänster till höger, led för led: där talet sjunker tar tråden slut, "
        "och streck betyder att nästa led inte är läst.",
        ignores=("typ", "skede", "fran", "till", "hogst"),
    ),
    Page(
        address="tidsfonster",
        title="Tidsfönster",
        menu=_PLANS,
        question="Vad går ännu att påverka, och vad finns att hämta hos andra?",
        reading="Varje rad är en handling i tidigt skede; välj en för att se vad den saknar, "
        "vilka tester som passar och vad lagen låter kommunen kräva.",
    ),
    Page(
        address="testverksamhet",
        title="Testverksamhet",
        menu=_PRACTICE,
        question="Vad prövas i verkligheten, var, och vad förs vidare till fler platser?",
        reading="Kartan visar var det prövas och staplarna hur långt det har kommit; uppgifter "
        "som källan inte ger är streck.",
    ),
    Page(
        address="upphandling",
        title="Upphandling och SMF",
        menu=_PRACTICE,
        question="Köper det offentliga nytt, och når köpen små och medelstora företag?",
        reading="Talen gäller de upphandlingar som är kända; registren är insamlade för hand och "
        "inte fullständiga.",
    ),
    Page(
        address="att_kontrollera",
        title="Att kontrollera",
        menu=_FOLLOW_UP,
        question="Vad behöver kontrolleras eller samlas in, och vad skulle svaret ändra?",
        reading="Det som kan ändra mest står först; öppna adressen, se efter och för in svaret i "
        "nästa leverans, så försvinner raden.",
        ignores=("skede", "fran", "till", "tema", "styrmedel", "minst", "hogst"),
    ),
    Page(
        address="handlingsplanen",
        title="Handlingsplanen",
        menu=_FOLLOW_UP,
        question="Hur går det för handlingsplanens tretton aktiviteter?",
        reading="Status är det som ansvariga har rapporterat; måtten bredvid visar vad som syns "
        "i underlaget men inte vad som orsakat det.",
    ),
    Page(
        address="kommun",
        title="Kommun",
        menu=_FOLLOW_UP,
        question="Hur ser det ut i en kommun, bredvid dem som är mest lika?",
        reading="Välj kommun överst och jämför raderna; sidan går att skriva ut på två A4-sidor.",
    ),
    Page(
        address="innovationsindex",
        title="Innovationsindex",
        menu=_FOLLOW_UP,
        question="Hur starkt, brett, tätt och genomgående skriver kommunerna in innovation?",
        reading="Punkten är indexet och linjen hur säkert det är; en plats står bara där den "
        "håller, och vikterna kan du ändra.",
    ),
    Page(
        address="utforska",
        title="Utforska",
        menu=_FOLLOW_UP,
        question="Hur hänger två mått ihop, kommun för kommun eller handling för handling?",
        reading="Välj vad som är vågrätt, lodrätt, färg och storlek; dra en ruta runt punkter för "
        "att få deras rader och belägg, och kopiera länken till just den bilden.",
    ),
    Page(
        address="belagg",
        title="Belägg",
        menu=_EVIDENCE,
        question="Exakt vad står det, på vilken sida och i vilket dokument?",
        reading="Sök med ett eller flera ord; i varje citat är ordet som avgör "
        "förpliktelsegraden markerat.",
    ),
    Page(
        address="formuleringsbank",
        title="Formuleringsbank",
        menu=_EVIDENCE,
        question="Hur har andra formulerat krav och avsikter?",
        reading="De starkaste skrivningarna står först; kopiera med källa och kontrollera mot er "
        "egen rådighet.",
    ),
    Page(
        address="metod",
        title="Metod och kvalitet",
        menu=_ABOUT,
        question="Hur räknas måtten, och hur säkra är de?",
        reading="Börja med förpliktelsegraden och det som saknas; längre ned står varje mått med "
        "formel och förbehåll, kodboken och alla begrepp.",
    ),
    Page(
        address="tank_om",
        title="Tänk om",
        menu=_ABOUT,
        question="Hur rör sig talen om andra ord eller gränser hade räknats?",
        reading="Stäng av ord eller flytta en gräns och läs publicerat tal, talet om och "
        "skillnaden; inget publicerat ändras.",
    ),
    Page(
        address="data",
        title="Data",
        menu=_ABOUT,
        question="Hur får jag ut allt som filer, och vad är utgåvan gjord av?",
        reading="Varje tabell finns för Excel och i ett standardformat; ordlistan säger vad "
        "varje kolumn betyder.",
    ),
    Page(
        address="kontrollera",
        title="Kontrollera fil",
        menu=_ABOUT,
        question="Går min leverans att läsa in?",
        reading="Släpp filen så visas varje fel med rad, värde och åtgärd; ingenting sparas.",
        needs="hand_in",
    ),
    Page(address="bild", title="Mötesbild", is_hidden=True, file="mote/bild.py"),
)

FIRST = "laget"
"""The page at the root, where a reader without a link arrives; its own address leads there."""
PAGES = {page.address: page for page in _PAGES}
"""Address → page, hidden ones too."""
IN_MENU = {address: page for address, page in PAGES.items() if not page.is_hidden}
"""The pages that the navigation shows."""
MENUS = {
    menu: [page.address for page in PAGES.values() if page.menu == menu]
    for menu in dict.fromkeys(page.menu for page in PAGES.values())
}
"""Menu → addresses of its pages; those of no menu are beside the menus."""
