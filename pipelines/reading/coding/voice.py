"""Who speaks: the plan itself, a part that repeats it, a proposal, or somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.model.codes import VOICE
from pipelines.reading.matching import lower
from pipelines.reading.passage import Passage

PLAN, RESTATED, PROPOSED, OTHER = VOICE.values

CONSULTATION_KINDS = frozenset({"samradsredogorelse", "granskningsutlatande"})
ASSESSMENT_KINDS = frozenset({"mkb"})

_ANSWER = re.compile(
    r"^(?:kommentar(?:er)?|svar|bemötande|ställningstagande)\b|"
    r"^(?:kommunens|stadens|\w*kontorets|\w*förvaltningens|\w*nämndens|\w*avdelningens|\w*enhetens)"
    r" (?:\w+ ){0,2}?(?:kommentar(?:er)?|svar|ställningstagande|bemötande|bedömning)\b|"
    r"^(?:kommunen|staden|\w*kontoret|\w*förvaltningen|\w*nämnden) (?:svarar|kommenterar|bemöter)\b"
)
_OPINION = re.compile(
    r"^(?:synpunkt|yttrande|sammanfattning av|inkom|remissinstans|skrivelse|privatperson|"
    r"länsstyrelsen|trafikverket|region|sakägare|lantmäteriet|naturskydds|försvarsmakten)"
)
_DECIDES = re.compile(
    r"^(?:[\d.]+ )?(?:(?:sammanfattning|sammanställning|redovisning) av )?"
    r"(?:(?!önsk|föreslag|begär|yrkad)\w+ )?"
    r"(?:ändringar|förändringar|justeringar|revideringar|kompletteringar)(?: och \w+)?"
    r"(?: (?:av|i) (?:\w+ ){0,2}?\w*"
    r"(?:planen|kartan|förslaget|handlingarna|handlingar|beskrivningen|bestämmelserna))?"
    r"(?: (?:som )?(?:har )?(?:gjorts|görs|genomförts|genomförs))?"
    r"(?: (?:efter|sedan|inför|under|med anledning av|till följd av|utifrån) (?:\w+ ){0,2}?"
    r"(?:samråd|granskning|utställning|antagande|synpunkter|yttranden)\w*)?:?$"
)
"""Heading over what the municipality changes in its plan after the opinions."""
_RESTATES = re.compile(
    r"sammanfattning|\bkonsekvens|\w+konsekvens|miljöbedömning|nollalternativ|läsanvisning"
)
_DEFINES = re.compile(
    r"definition|ordlista|ordförklaring|\bbegrepp\b|ord och begrepp|förkortningar"
)
_PROPOSES = re.compile(
    r"(?:utredningens|konsultens|rapportens) (?:förslag|rekommendation)|idéskiss"
)
_PROPOSES_VERB = r"(?:föreslår|rekommenderar|förordar|anser|lyfter|förespråkar)"
_PROPOSER = re.compile(
    r"\b(?:konsulten|\w*utredningen|utredaren|rapporten|pm:et|förstudien|studien) "
    rf"(?:(?!som |där )\w+ ){{0,4}}?{_PROPOSES_VERB}|"
    rf"{_PROPOSES_VERB} (?:konsulten|utredaren|utredningen)\b|"
    r"\bi \w*(?:utredningen|förstudien|rapporten) (?:föreslås|rekommenderas|förordas)"
)
_SPEAKERS = (
    r"(?:länsstyrelsen|trafikverket|lantmäteriet|högskolan|universitetet|grannkommunen|partiet|"
    r"regionen|region \w+|remissinstans\w*|yttrande\w*|boende|flera|några|\w*föreningen|\w+ ab|"
    r"bolaget|\w*sällskapet|fastighetsägaren|skribenten|den yttrande)"
)
_OTHERS_OPINION = re.compile(
    rf"\b{_SPEAKERS} (?:(?!som |där )\w+ ){{0,3}}?"
    r"(?:anser|ansåg|menar|framför|framförde|föreslår|föreslog|önskar|påpekar|efterfrågar|tycker|"
    r"efterlyser|(?:vill|ville) (?:att|se))\b|"
    r"\b(?:remissvar\w*|remissyttrande\w*|yttrande\w*|skrivelse\w*|motion\w*|medborgarförslag\w*) "
    r"(?:\w+ ){0,3}?(?:föreslås|föreslogs|anges|framförs|framfördes|efterfrågas|önskas|anför\w*)|"
    r"\bi (?:regionens|statens|länsstyrelsens|trafikverkets|länets|grannkommunens) (?:\w+ ){1,4}?"
    r"(?:anges|framgår|står|pekas|föreslås|beskrivs|redovisas|sägs|framhålls)\b"
)
_AUTHORITY = (
    r"(?:länsstyrelsen|trafikverket|lantmäteriet|regeringen|staten|regionen|region \w+|boverket|"
    r"naturvårdsverket|försvarsmakten|vattenmyndigheten|energimyndigheten|svenska kraftnät)"
)
_OTHERS_DUTY = re.compile(
    rf"(?:^|[.,;:] (?:och |där |men )?){_AUTHORITY} (?:ska|skall|måste)\b|"
    r"^enligt (?:\d+ kap\w* (?:\w+ ){0,3}?)?(?:plan- och bygglagen|pbl|miljöbalken|\w+lagen|"
    r"\w*förordningen|\w*direktivet)\b[^.]{0,30} (?:ska|skall|måste)\b|"
    r"\b(?:rufs(?: \d+)?|regionplanen|propositionen|förarbeten\w*|lagen) "
    r"(?:(?!som )[\w-]+ ){0,6}?(?:anger|anges|anför\w*|framgår|säger|skriver|föreskriver)\b|"
    r"\b(?:regeringen|riksdagen) (?:skriver|anger|anför|framhåller|slår fast|säger)\b"
)
"""What the law, the state or the region must do or says: no commitment of the plan."""
_WITHDRAWN = re.compile(
    r"^(?:(?:följande|nedanstående|denna) )?(?:text(?:en)?|stycke(?:t)?|mening(?:en)?|"
    r"bestämmelse(?:n|r)?|skrivning(?:en)?|krav(?:et)?)\b[^.]{0,40}? (?:utgår|stryks|har strukits|"
    r"har tagits bort|upphävs)\b|"
    r"\b(?:samråds|gransknings|utställnings)(?:förslaget|handlingen|handlingarna|versionen) "
    r"(?:angavs|stod|föreslogs|framgick|fanns)\b"
)
_WITHDRAWN_HEADING = re.compile(
    r"(?:upphävda|utgångna|borttagna|strukna|tidigare) (?:\w+ )?"
    r"(?:bestämmelser|texter|text|krav|skrivningar|lydelse)\b|\b(?:utgår|upphävs)$"
)
_REPEATS_PLAN = re.compile(
    r"^(?:sammanfattningsvis (?:innebär|föreslår|möjliggör) (?:plan|förslag|översiktsplan)|"
    r"(?:i )?miljökonsekvensbeskrivningen \w+)"
)


def voices(passages: Sequence[Passage], doc_kind: str) -> list[str]:
    """The voice of every passage of a document, before anything is known of what it says."""
    if doc_kind in CONSULTATION_KINDS:
        return _consultation(passages)
    by_path: dict[tuple[str, ...], str] = {}
    found: list[str] = []
    for passage in passages:
        path = passage.section_path or (passage.section,)
        if path not in by_path:
            by_path[path] = _of_headings(path)
        found.append(RESTATED if doc_kind in ASSESSMENT_KINDS else by_path[path])
    return found


def _of_headings(path: tuple[str, ...]) -> str:
    heading = lower(" / ".join(path))
    if _PROPOSES.search(heading):
        return PROPOSED
    if _DEFINES.search(lower(path[-1])) or _WITHDRAWN_HEADING.search(lower(path[-1])):
        return OTHER
    return RESTATED if _RESTATES.search(heading) else PLAN


def _consultation(passages: Sequence[Passage]) -> list[str]:
    """In a report on a consultation the municipality speaks under its own comment and changes."""
    found: list[str] = []
    answering, section = False, None
    for passage in passages:
        heading, text = lower(passage.section), lower(passage.text)
        if passage.section != section:
            section = passage.section
            answering = bool(_ANSWER.match(heading)) or _is_decided(passage)
        if _ANSWER.match(text) or _ANSWER.match(lower(passage.lead_in)) or _DECIDES.match(text):
            answering = True
        elif passage.form == "heading" or (len(text) < 60 and _OPINION.match(text)):
            answering = bool(_ANSWER.match(text)) or (answering and not _OPINION.match(text))
        found.append(PLAN if answering else OTHER)
    return found


def _is_decided(passage: Passage) -> bool:
    """Tell whether a passage is under the municipality's own changes and under no party's name."""
    headings = [lower(heading) for heading in (*passage.section_path, passage.section)]
    decided = any(_DECIDES.match(heading) for heading in headings)
    return decided and not _OPINION.match(headings[-1])


def of_sentence(low: str, voice: str) -> str:
    """The voice once the sentence is read: an opinion, a proposal or a summary inside a plan."""
    if voice != PLAN:
        return voice
    for told, pattern, needs in _TOLD:
        for need in needs:
            if need in low:
                if pattern.search(low):
                    return told
                break
    return PLAN


_TOLD: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    (
        PROPOSED,
        _PROPOSER,
        ("föresl", "rekommender", "förord", "anser", "lyfter", "förespråkar"),
    ),
    (RESTATED, _REPEATS_PLAN, ("sammanfattningsvis", "miljökonsekvensbeskrivningen")),
    (
        OTHER,
        _OTHERS_OPINION,
        (
            *("anser", "ansåg", "menar", "framför", "föresl", "önska", "påpekar", "efterfrågas"),
            *("efterfrågar", "tycker", "efterlyser", "vill", "ange", "framgår", "anför", "står"),
            *("pekas", "beskrivs", "redovisas", "sägs", "framhålls"),
        ),
    ),
    (
        OTHER,
        _OTHERS_DUTY,
        (
            *("ska", "måste", "ange", "anför", "framgår", "säger", "skriver", "föreskriver"),
            *("framhåller", "slår fast"),
        ),
    ),
    (
        OTHER,
        _WITHDRAWN,
        (
            *("utgår", "stryks", "strukits", "bort", "upphävs", "angavs", "stod", "föreslogs"),
            *("framgick", "fanns"),
        ),
    ),
)
"""Voice, pattern, and parts of words without one of which the pattern cannot match."""
