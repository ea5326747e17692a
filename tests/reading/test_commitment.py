"""The verb that governs the innovation decides: clauses with the level that a coder gives them."""

from __future__ import annotations

import pytest

from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.clauses import clause_of, is_passive, subordinate_verbs
from pipelines.reading.coding.code import lead_level
from pipelines.reading.coding.commitment import decide
from pipelines.reading.coding.features import see
from pipelines.reading.coding.judge import anchor

BOOK = load_codebook()

CLAUSES = [
    # shall
    ("op", "Byggherren ska prova en ny stomme.", "shall"),
    ("op", "Byggherren skall redovisa försöket.", "shall"),
    ("op", "Varje etapp måste innehålla en testyta.", "shall"),
    ("ma_policy", "Det krävs att bolaget upplåter en lägenhet för tester.", "shall"),
    ("ma_policy", "Det är ett villkor att nya produkter får provas i huset.", "shall"),
    ("dp", "Parterna förbinder sig att hålla två provlägenheter.", "shall"),
    ("ma_decision", "Bolaget åtar sig att dela sina mätdata från försöket.", "shall"),
    ("op", "Stadens tillväxt kräver innovationer i byggandet.", "shall"),
    ("ma_policy", "Utsläppen får uppgå till högst 200 kg CO2e per kvadratmeter.", "shall"),
    ("op", "Säkerställ att varje kvarter har en försöksyta.", "shall"),
    ("op", "Använd funktionskrav när nya system upphandlas.", "shall"),
    ("op", "Ta alltid fram en plan för hur försöket sprids.", "shall"),
    ("ma_policy", "För markanvisning gäller att en ny lösning provas.", "shall"),
    ("op", "Testbädden ska vara öppen, och resultaten ska delas.", "shall"),
    ("program", "När andra bygger på kommunens mark ska den nya metoden användas.", "shall"),
    ("other", "Nästa höst blir det nytt: då ska bussar utan förare köra till byn.", "shall"),
    ("op", "Fullmäktige har bestämt att all mark ska anvisas genom tävling.", "shall"),
    ("ma_policy", "Ett krav för den lägre avgiften är att taket ger egen el.", "shall"),
    ("op", "Kunskapen om nya klimatlösningar ska spridas.", "shall"),
    (
        "op",
        "Den stenläggning som visat sig klara vintern på provgatan ska läggas överallt.",
        "shall",
    ),
    # should
    ("ma_policy", "Den som bygger innovativt får marken billigare.", "should"),
    ("op", "Om försöket med hållplatser slår väl ut ska sådana byggas överallt.", "should"),
    ("op", "Om utmaningen antas ska försöken bli fler.", "should"),
    ("op", "Försöket bör spridas till fler kvarter.", "should"),
    ("op", "Möjligheterna till test behöver bli fler.", "should"),
    ("ma_policy", "Den som testar en ny stomme premieras.", "should"),
    ("ma_policy", "Sökande som åtar sig att driva en testbädd bör ges företräde.", "should"),
    ("ma_policy", "Förslag med oprövade lösningar prioriteras.", "should"),
    ("ma_policy", "Nya boendeformer är meriterande.", "should"),
    ("ma_policy", "Innovativa lösningar ger extra poäng.", "should"),
    ("op", "Byggherrar uppmuntras att testa nya material.", "should"),
    ("op", "Prioritera projekt som prövar ny teknik.", "should"),
    ("op", "Uppmuntra nya slags gemensamma verkstäder.", "should"),
    ("op", "Pilotprojekt ska, där så är lämpligt, genomföras i varje etapp.", "should"),
    ("op", "Lösningen ska så långt möjligt provas i kommunens egna hus.", "should"),
    ("op", "Om försöket faller väl ut ska metoden användas i nästa etapp.", "should"),
    (
        "ma_decision",
        "Bolaget åtar sig att använda pilotens system under förutsättning att det fungerar.",
        "should",
    ),
    # aim
    ("op", "Kommunen vill prova nya former av odling.", "aim"),
    ("op", "Kommunen avser att öppna en testbädd.", "aim"),
    ("op", "Kommunen strävar efter innovativa lösningar.", "aim"),
    ("op", "Kommunen verkar för att en testbädd etableras.", "aim"),
    ("op", "Målet är att nya lösningar ska provas.", "aim"),
    ("op", "Avsikten är att försöket ska spridas.", "aim"),
    ("op", "Tanken är att metoden ska bli standard.", "aim"),
    ("op", "Kommunens ambition är att området blir en testarena.", "aim"),
    ("op", "Torget kan användas som försöksplats.", "aim"),
    ("op", "Planen möjliggör ett pilotprojekt.", "aim"),
    ("op", "Kommunen hoppas att byggherrarna vågar välja oprövade stommar.", "aim"),
    ("op", "Kommunen överväger en innovationsupphandling.", "aim"),
    ("op", "I Tallbacken prövas lokala energigemenskaper.", "aim"),
    ("dp", "Under torget anläggs ett säsongslager som ska visa tekniken.", "aim"),
    ("dp", "Bryggan utförs med ett virke som aldrig provats i kommunen.", "aim"),
    ("op", "Vid kajen föreslås ett demonstrationsstråk.", "aim"),
    ("op", "Verka för fler testmiljöer.", "aim"),
    ("op", "Främja nya former av gemensamt ägande.", "aim"),
    ("op", "Undersök hur gatorna kan bli testbäddar.", "aim"),
    ("op", "Kartlägg testverksamhet i kommunen.", "aim"),
    ("op", "Genomför pilotprojekt med flera aktörer.", "aim"),
    ("op", "Skapa ett nätverk för innovationsprojekt.", "aim"),
    ("op", "Ytan reserveras för återkommande försök.", "aim"),
    (
        "op",
        "För att hantverkare ska kunna testa nya material är avsikten att hålla en verkstad öppen.",
        "aim",
    ),
    ("op", "Bruket är en plats där kommunen vill se oprövade byggsätt.", "aim"),
    ("ma_policy", "Kommunen förbehåller sig att välja ett pilotprojekt i varje etapp.", "aim"),
    ("op", "När piloten ska summeras vill kommunen sprida lärdomarna.", "aim"),
    ("ma_policy", "I första hand vill kommunen se oprövade lösningar.", "aim"),
    ("other", "De förarlösa småbussarna börjar rulla till hösten.", "aim"),
    ("other", "Med projektet ville kommunen pröva en ny metod.", "aim"),
    ("other", "Ett mål till var att pröva innovativa lösningar.", "aim"),
    ("other", "Vi kommer metodiskt att pröva innovativa lösningar.", "aim"),
    (
        "other",
        "När kommunen till hösten lägger om trafiken vill man prova busskurer på hjul.",
        "aim",
    ),
    ("program", "Meningen är att vi ska pröva nya sätt att arbeta.", "aim"),
    ("other", "Att digitalisera hur maten beställs med ny teknik.", "aim"),
    ("other", "Pengarna går till ett försök som ska visa vad tekniken klarar.", "aim"),
    ("ma_policy", "Kommunen har bestämt att prova en ny metod.", "aim"),
    # mention
    ("program", "Vi prövar nya sätt att arbeta.", "mention"),
    ("ma_policy", "I kvarteret tillämpas ett nyskapande system med poäng.", "mention"),
    ("program", "Staden får nu ett program för innovation.", "mention"),
    ("op", "Den som har idén får i testbädden en chans.", "mention"),
    ("program", "Staden är en testbädd för företag som vill ta fram nya lösningar.", "mention"),
    ("program", "Innovatörer arbetar nära oss för att varje bit ska hamna rätt.", "mention"),
    ("other", "Staden arbetar efter ett nytt system för hur träd ska planteras.", "mention"),
    ("ma_decision", "Företagen har i anbuden tänkt nytt.", "mention"),
    ("program", "Den har räknats fram på prov för kvarter som planeras i väster.", "mention"),
    ("op", "Det finns möjligheter till testbäddar i hamnen.", "mention"),
    ("op", "Det finns utrymme för försök på torget.", "mention"),
    ("op", "Testbädden har hus för flera företags prototyper.", "mention"),
    ("op", "Försöket har pågått sedan 2021.", "mention"),
    ("op", "Kommunens första trähus byggdes 2020 som pilotprojekt.", "mention"),
    ("op", "Lösningen har prövats i två områden.", "mention"),
    ("op", "Området är ett pilotprojekt för hållbart byggande.", "mention"),
    ("op", "En testbädd ligger i hamnen.", "mention"),
    ("op", "Innovationer kan bidra till lägre utsläpp.", "mention"),
    ("other", "I stadsdelen testas nya tjänster.", "mention"),
    ("op", "En eldriven pråm provkördes i kanalen förra hösten.", "mention"),
    ("op", "Bostadsbolaget är skickligt när det gäller nytänkande förvaltning.", "mention"),
    ("op", "Sedan 2020 provas samlastning på torget.", "mention"),
    ("op", "Kvarteret utmärks av innovation.", "mention"),
]


def _level(doc_kind: str, text: str) -> str:
    look = see(text, BOOK, doc_kind)
    condition = next((hit for entry, hit in look.hits if entry.kind == "condition"), None)
    return decide(look.text.lower, look.hits, anchor(look, BOOK), doc_kind, condition).level


@pytest.mark.parametrize(("doc_kind", "text", "level"), CLAUSES, ids=[c[1][:40] for c in CLAUSES])
def test_the_governing_verb_decides(doc_kind: str, text: str, level: str) -> None:
    assert _level(doc_kind, text) == level


def test_there_are_enough_clauses() -> None:
    assert len(CLAUSES) >= 60
    assert {level for _, _, level in CLAUSES} == {"mention", "aim", "should", "shall"}


@pytest.mark.parametrize(
    ("word", "passive"),
    [
        ("provas", True),
        ("används", True),
        ("kommunens", False),
        ("provats", False),
        ("infördes", False),
        ("planens", False),
        ("byggs", True),
        ("gjorts", False),
        ("hus", False),
        ("företags", False),
        ("cities", False),
        ("sorters", False),
        ("databas", False),
        ("läses", True),
        ("upplåts", True),
        ("säkerställs", True),
    ],
)
def test_present_passive_is_told_from_genitive_and_past(word: str, passive: bool) -> None:
    assert is_passive(word) is passive


def test_a_relative_clause_takes_the_verb_after_som() -> None:
    low = "aktörer som åtar sig att prova teknik bör prioriteras"
    assert subordinate_verbs(low) == {low.index("åtar"): "relative"}


def test_a_lead_in_gives_its_list_its_level() -> None:
    lead = "Den byggherre som vill vara med ska:"
    assert lead_level(lead, BOOK, "program") == "shall"
    assert lead_level("Så gör vi.", BOOK, "program") == ""


def test_the_clause_is_cut_at_men() -> None:
    low = "taket ska vara rött, men kommunen vill prova nya material"
    start, end = clause_of(low, (low.index("prova"), low.index("prova") + 5))
    assert low[start:end].strip().startswith("kommunen vill")
