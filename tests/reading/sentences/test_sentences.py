"""Swedish sentences that a full stop does not end, and those it does."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.reading.sentences import sentence_spans, split_sentences

TRICKY = [
    ["Kommunen vill pröva nya lösningar, t.ex. Almviks modell för garage.", "Arbetet börjar nu."],
    ["Det gäller bl.a. Regionens bolag och länets kommuner.", "Övriga hörs senare."],
    ["Planen redovisar skolor, torg, parker m.m.", "Kommunen ansvarar för dem."],
    ["Medverkande är väghållaren, grannarna m.fl. i bygden.", "De kallas till möte."],
    ["Sådana lösningar finns i Almvik, Ekeby m.fl.", "Kommunen följer dem."],
    ["Enligt 4 kap. 2 § PBL ska en detaljplan tas fram.", "Undantag finns."],
    ["Reglerna står i 8 kap. 4 a § PBL.", "De gäller hela landet."],
    ["Bestämmelsen finns i 6 kap. 39–42 §§ PBL.", "Avtal tecknas därefter."],
    ["Samråd hålls fr.o.m. 3 april t.o.m. 5 maj.", "Handlingarna visas i receptionen."],
    ["Mötet hålls kl. 18.30 i stadshuset.", "Anmälan behövs inte."],
    ["Beslutet fattades den 1 jan. 2024 av nämnden.", "Det vann laga kraft i feb.", "Så blev det."],
    ["Området rymmer ca. 300 bostäder.", "Hälften är hyresrätter."],
    ["Den s.k. Almviksmodellen används.", "Den är ny."],
    ["Byggherren, dvs. Exempelbolaget AB, bekostar gatan.", "Kommunen sköter den."],
    ["Gatorna, parkerna, torgen osv. underhålls av kommunen.", "Träden ägs av föreningen."],
    ["Det omfattar nr. 3 och nr. 5 i listan.", "Nr 4 utgår."],
    ["3. Markanvisning sker genom jämförelse.", "Priset är fast."],
    ["Se kapitel 3.", "Där beskrivs metoden."],
    ["Området avgränsas i avsnitt 2.4.", "Kartan visar läget."],
    ["Utredningen är gjord av K. Exempel och P.-O. Provberg.", "Den är från 2019."],
    ["Förslaget ritades av arkitekten A. Provberg 1962.", "Det byggdes aldrig."],
    ["Platsen är kvarter B.", "Där byggs en skola."],
    ["Visningen sker vid Hall C.", "Deltagarna bär hjälm."],
    ["”Vi vill bygga i trä.”", "Så sade nämnden."],
    ["Vad händer sedan?", "Planen ställs ut."],
    ["Hur ska vi nå målet?", "(Se även bilaga 2.)", "Svaret ges här."],
    ["Kommunen ska (om medel finns) bygga en brygga.", "Den blir 40 meter."],
    ["Priset är 1.200 kr per kvm.", "Avgiften är 3.5 procent."],
    ["Nivån är 0,5 p-platser per bostad.", "10 platser laddas."],
    ["Det rör resp. Fastighetsägare i kvarteret.", "De underrättas."],
    ["Flera sätt prövades, jfr. Bilaga 4, men avfärdades.", "Skälen redovisas."],
    ["Kravet är 240 kg CO2e/m².", "Det följs upp."],
    ["Handlingarna finns på www.almvik.example/plan.", "Där finns kartan."],
    ["Stommen kan t ex vara av trä.", "Fasaden är fri."],
    ["Allt gäller bostäder, lokaler etc.", "Övrigt prövas i bygglov."],
    ["Byggherren ska: a) visa kalkyl, b) mäta energi.", "Uppföljning sker årligen."],
    ["Underlaget togs fram av institutet.2", "Vid mötet deltog fyrtio personer."],
    ["Planen antogs av fullmäktige 2017-12-11, § 203.", "Den gäller ännu."],
]


@pytest.mark.parametrize("sentences", TRICKY, ids=lambda sentences: sentences[0][:32])
def test_sentences_are_cut_where_they_end(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


def test_spans_lose_nothing_but_the_white_between_sentences() -> None:
    text = " ".join(" ".join(sentences) for sentences in TRICKY)
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(
        " ", ""
    )
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_an_empty_paragraph_has_no_sentences() -> None:
    assert sentence_spans("") == []
