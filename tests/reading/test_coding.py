"""Passages get the codes that the rules of the framework give them, with the words that made it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.code import code_passages, code_texts
from pipelines.reading.coding.features import codes_in, look_up
from pipelines.reading.coding.figures import figures_in
from pipelines.reading.coding.result import Coding
from pipelines.reading.coding.text import compared
from pipelines.reading.passage import Passage, PassageForm

BOOK = load_codebook()

PILOT = "Kommunen vill prova förarlösa bussar i ett pilotprojekt, vilket är nytt för kommunen."
TESTBED = "Byggherren ska hålla två lägenheter som testbädd för nya tjänster i fem år."
PLAIN = [
    "Planområdet ligger väster om järnvägen och omfattar två hektar.",
    "Längs bäcken löper en stig med belysning.",
    "Byggnadshöjden begränsas till nio meter.",
    "Parkering ska lösas inom den egna fastigheten.",
    "Genomförandetiden är fem år från laga kraft.",
    "Bullernivån vid fasad beräknas till 54 dBA.",
]


def _code(text: str, doc_kind: str = "op") -> Coding:
    return code_texts([text], [doc_kind], BOOK)[0]


def _passages(
    texts: list[str], section: str = "Planförslag", form: PassageForm = "sentence"
) -> list[Passage]:
    return [
        Passage(1, 1, section, (section,), text, texts[n - 1] if n else "", "", 0, 1, form, n)
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("text", "doc_kind"),
    [
        (PILOT, "op"),
        (TESTBED, "ma_policy"),
        ("Faller försöket med gåfart väl ut ska utformningen användas i fler stadsdelar.", "op"),
        ("Belysningen bör upphandlas efter funktion så att nya lösningar kan föreslås.", "program"),
        (
            "Utsläppen ska vara högst 220 kg CO2e/m² BTA och byggherren väljer själv hur.",
            "ma_policy",
        ),
        ("Huset blir kommunens första med stomme av återbrukad betong.", "dp"),
        ("Förslag med oprövade sätt att dela lokaler ges extra poäng.", "ma_decision"),
    ],
)
def test_passages_that_write_innovation_into_the_plan(text: str, doc_kind: str) -> None:
    assert _code(text, doc_kind).relevant


@pytest.mark.parametrize(
    "text",
    [
        *PLAIN,
        "Markprover togs längs diket i våras.",
        "Detaljplanen prövar om tomten är lämplig för ett äldreboende.",
        "Ett gångstråk dras längs Innovationsgatan.",
        "Fasaderna i kvarteret Piloten putsas om varsamt.",
        "Ingen testbädd planeras inom området.",
        "Hela kvarteret certifieras enligt Svanen.",
        "Enligt lagen ska riktlinjer för markanvisning antas.",
        "5.4 Testbäddar och pilotprojekt ................ 87",
        "Trafikverket prövar alternativa spårlägen i järnvägsplanen.",
        "",
    ],
)
def test_near_misses_and_plain_planning_are_left_alone(text: str) -> None:
    coding = _code(text)
    assert not coding.relevant
    assert coding.commitment == "none"
    assert coding.instruments == coding.themes == ()


def test_the_negated_is_recorded_as_negated() -> None:
    coding = _code("Ingen testbädd planeras inom området.")
    assert coding.negated
    assert "säger att det inte blir av" in coding.explanation


def test_a_near_miss_says_what_it_is() -> None:
    assert "namn" in _code("Ett gångstråk dras längs Innovationsgatan.").explanation


def test_codes_actor_condition_and_explanation() -> None:
    coding = _code(
        "Byggherren ska, där så är lämpligt, hålla två provlägenheter som testbädd.", "dp"
    )
    assert coding.commitment == "should"
    assert coding.condition == "där så är lämpligt"
    assert coding.actor == "Byggherren"
    assert "testbadd" in coding.instruments
    assert coding.explanation.startswith("Bör: ”ska” styr")
    assert "sänks ett steg av ”där så är lämpligt”" in coding.explanation


def test_a_technical_requirement_in_a_detailed_plan_is_flagged_but_not_in_an_agreement() -> None:
    text = (
        "Energianvändningen ska understiga byggreglerna med 20 procent, och byggherren väljer hur."
    )
    assert _code(text, "dp").legal_flag
    assert not _code(text, "ma_policy").legal_flag
    assert not _code(
        "I markanvisningsavtalet anges att " + text[0].lower() + text[1:], "dp"
    ).legal_flag


def test_general_innovation_only_where_no_other_theme_is_named() -> None:
    assert _code("Kommunen vill vara en testbädd för nya idéer.").themes == ("generell_innovation",)
    assert "generell_innovation" not in _code(PILOT).themes


def test_words_broken_over_lines_are_joined_and_spans_keep_the_passages_own_places() -> None:
    text = "Kommunen vill öppna en test-\nbädd för sam-\nlastning och el- och värmelager."
    coding = _code(text)
    assert coding.relevant
    assert any(span.text == "test-\nbädd" for span in coding.spans)
    for span in coding.spans:
        assert text[span.start : span.end] == span.text
    assert compared(text).lower == (
        "kommunen vill öppna en testbädd för samlastning och el- och värmelager."
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*PLAIN, PILOT, TESTBED, "- ", "\n", "byggher- rarna"]), max_size=5)
)
def test_spans_always_show_their_own_words(parts: list[str]) -> None:
    text = " ".join(parts)
    coding = _code(text)
    assert 0.0 <= coding.confidence <= 1.0
    for span in coding.spans:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("högst 240 kg CO2e/m² BTA", 240.0, "kg CO2e/m² BTA"),
        ("minst 20 procent lägre", 20.0, "procent"),
        ("0,5 p-platser per lägenhet", 0.5, "p-platser"),
        ("45 kWh/m² Atemp", 45.0, "kWh/m²"),
        ("grönytefaktor 0,9", 0.9, "grönytefaktor"),
        ("1 200 kg CO2e", 1200.0, "kg CO2e"),
        ("20 mm regn", 20.0, "mm"),
        ("30 % av stommen", 30.0, "procent"),
    ],
)
def test_performance_figures(text: str, value: float, unit: str) -> None:
    figures = [figure for _, _, figure in figures_in(text)]
    assert [(figure.value, figure.unit) for figure in figures] == [(value, unit)]


@pytest.mark.parametrize("text", ["nockhöjd 14 meter", "54 dBA", "år 2030", "tre våningar", ""])
def test_ordinary_numbers_are_not_performance(text: str) -> None:
    assert figures_in(text) == []


def test_a_document_is_coded_passage_by_passage_and_headings_are_not() -> None:
    texts = [*PLAIN, PILOT]
    codings = code_passages(_passages(texts), doc_kind="op", codebook=BOOK)
    assert [coding.relevant for coding in codings] == [False] * len(PLAIN) + [True]
    headings = code_passages(_passages([PILOT], form="heading"), doc_kind="op", codebook=BOOK)
    assert not headings[0].relevant


def test_an_empty_document_and_an_unknown_kind() -> None:
    assert code_passages([], doc_kind="op", codebook=BOOK) == []
    assert len(code_passages(_passages([PILOT]), doc_kind="okänd", codebook=BOOK)) == 1


def test_what_is_said_twice_counts_once() -> None:
    texts = [PILOT, *PLAIN, PILOT.replace("Kommunen", "kommunen")]
    codings = code_passages(_passages(texts), doc_kind="op", codebook=BOOK)
    assert codings[0].voice == "plan"
    assert codings[-1].relevant
    assert codings[-1].voice == "restated"


@pytest.mark.parametrize(
    ("section", "doc_kind", "voice"),
    [
        ("Planförslag", "dp", "plan"),
        ("Sammanfattning", "dp", "restated"),
        ("Konsekvenser för miljön", "dp", "restated"),
        ("Konsultens förslag", "program", "proposed"),
        ("Ställningstaganden", "mkb", "restated"),
        ("Ord och begrepp", "op", "other"),
        ("Upphävda bestämmelser", "dp", "other"),
    ],
)
def test_headings_say_who_speaks(section: str, doc_kind: str, voice: str) -> None:
    codings = code_passages(_passages([PLAIN[0]], section), doc_kind=doc_kind, codebook=BOOK)
    assert codings[0].voice == voice


def test_in_a_consultation_report_only_the_answer_is_the_municipality() -> None:
    texts = [
        "Föreningen anser att kommunen ska prova elfärjor.",
        "Kommentar: Kommunen vill prova elfärjor i ett pilotprojekt.",
        "Försöket utvärderas efter två år.",
    ]
    passages = _passages(texts, "Naturföreningen")
    passages.append(dataclasses.replace(passages[0], section="Båtklubben", ordinal=3))
    answer = "Kommunen svarar: Vi vill prova elfärjor i ett pilotprojekt."
    passages.append(dataclasses.replace(passages[0], text=answer, section="Båtklubben", ordinal=4))
    codings = code_passages(passages, doc_kind="samradsredogorelse", codebook=BOOK)
    assert [coding.voice for coding in codings] == ["other", "plan", "plan", "other", "plan"]


@pytest.mark.parametrize(
    ("path", "text", "voice"),
    [
        (("Ändringar efter samrådet",), TESTBED, "plan"),
        (("4 Sammanfattning av ändringar av planförslaget inför antagandet",), TESTBED, "plan"),
        (("Justeringar", "Plankartan"), TESTBED, "plan"),
        (("Justeringar", "Länsstyrelsen"), TESTBED, "other"),
        (("Önskade ändringar",), TESTBED, "other"),
        (("Ändringar som boende begär",), TESTBED, "other"),
        (("Sammanfattning av inkomna synpunkter",), TESTBED, "other"),
        (
            ("Ändringar efter samrådet",),
            "Länsstyrelsen anser att kommunen ska prova elfärjor i ett pilotprojekt.",
            "other",
        ),
    ],
)
def test_what_the_municipality_changes_after_a_consultation_is_its_own_word(
    path: tuple[str, ...], text: str, voice: str
) -> None:
    passages = [
        dataclasses.replace(each, section_path=path)
        for each in _passages(["Föreningen anser att kommunen ska prova elfärjor."], "Inkomna")
        + _passages([text], path[-1])
    ]
    passages[0] = dataclasses.replace(passages[0], section_path=("Inkomna",))
    codings = code_passages(passages, doc_kind="samradsredogorelse", codebook=BOOK)
    assert [coding.voice for coding in codings] == ["other", voice]


def test_a_consultants_proposal_inside_a_plan_is_not_the_plans_word() -> None:
    text = "Utredningen föreslår att en testbädd för nya dagvattenlösningar prövas på torget."
    assert _code(text).voice == "proposed"


def test_a_list_item_takes_its_level_from_the_lead_in() -> None:
    passage = dataclasses.replace(
        _passages(["en testbädd för nya slags förråd"], form="list_item")[0],
        lead_in="Byggherren ska redovisa:",
    )
    (coding,) = code_passages([passage], doc_kind="ma_policy", codebook=BOOK)
    assert coding.relevant
    assert coding.commitment == "shall"


def test_a_sentence_that_leans_on_a_trial_is_read_with_it() -> None:
    texts = [
        "Försöket med gårdsgata i Lövsta har pågått i två år.",
        "Modellen bör därför användas även i Granlunda.",
    ]
    alone = code_texts([texts[1]], ["op"], BOOK)[0]
    after = code_texts([texts[1]], ["op"], BOOK, before=[texts[0]])[0]
    assert after.confidence > alone.confidence
    assert after.relevant


def test_the_subject_of_its_stretch_gives_a_passage_its_theme() -> None:
    story = [
        "Bussar utan förare ska köra mellan stationen och byn.",
        "Bussresan beställs med en app och bussen hämtar vid hållplatsen.",
        "Kollektivtrafiken på landsbygden blir då bättre.",
    ]
    trial = "Piloten prövar en ny lösning som ingen annan kommun har."
    before = ["", *story]
    told = code_texts([*story, trial], ["other"] * 4, BOOK, before)[-1]
    alone = code_texts([trial], ["other"], BOOK)[0]
    named = code_texts([*story, trial], ["other"] * 4, BOOK, documents=["d"] * 4)[-1]
    assert told.relevant
    assert "mobilitet" in told.themes
    assert "mobilitet" in named.themes
    assert alone.themes == ("generell_innovation",)


def test_codes_of_the_surroundings_are_those_of_a_full_look() -> None:
    texts = [text for entry in BOOK.entries for text in (*entry.examples, *entry.counterexamples)]
    BOOK.looks.clear()
    BOOK.looks_at_codes.clear()
    assert codes_in(texts, BOOK) == [look_up(text, BOOK).codes for text in texts]


def test_in_a_document_what_is_far_from_relevant_is_explained_on_request() -> None:
    texts = [
        PLAIN[0],
        "Parkeringsplatser ska erbjuda laddning och samnyttjas i första hand.",
        PILOT,
    ]
    brief = code_passages(_passages(texts), doc_kind="op", codebook=BOOK)
    told = code_passages(_passages(texts), doc_kind="op", codebook=BOOK, explained=True)
    bare = [dataclasses.replace(c, spans=(), explanation="") for c in brief]
    assert bare == [dataclasses.replace(c, spans=(), explanation="") for c in told]
    assert brief[-1] == told[-1]
