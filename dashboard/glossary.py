"""Planning and method words explained in one plain sentence, and where they stand in a text.

What a code list already explains is taken from there, so that each meaning is written once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import htpy as h

from dashboard.text import listing
from pipelines.model.codes import COMMITMENT, INSTRUMENT, PROCUREMENT_KIND, CodeList


class Term(NamedTuple):
    """A word and its meaning; ``stem`` is the pattern that finds its forms in a text."""

    name: str
    meaning: str
    stem: str


def _code(codes: CodeList, code: str, stem: str) -> Term:
    known = codes.codes[codes.position(code)]
    return Term(known.label, known.meaning, stem)


PLANNING = (
    Term(
        "Översiktsplan",
        "Kommunens långsiktiga plan för hur mark och vatten ska användas; den vägleder men är inte "
        "bindande.",
        r"översiktsplan\w*",
    ),
    Term(
        "Detaljplan",
        "Bindande regler för vad som får byggas på en plats och hur marken får användas.",
        r"detaljplan\w*",
    ),
    Term(
        "Planprogram",
        "Mål och utgångspunkter som kommunen kan ta fram innan arbetet med en detaljplan börjar.",
        r"planprogram\w*",
    ),
    Term(
        "Planbesked",
        "Kommunens svar till den som vill att en detaljplan ska tas fram.",
        r"planbesked\w*",
    ),
    Term(
        "Samråd",
        "Den tidiga rundan då ett planförslag visas och vem som helst kan lämna synpunkter.",
        r"samråd\w*",
    ),
    Term(
        "Granskning",
        "Den sista rundan för synpunkter innan kommunen beslutar om en plan; stora ändringar "
        "kräver då en ny runda.",
        r"(?<=före )granskning\w*|granskningsskede\w*",
    ),
    Term(
        "Antagande",
        "Kommunens beslut att planförslaget blir en plan.",
        r"antagande\w*",
    ),
    Term(
        "Laga kraft",
        "Beslutet går inte längre att överklaga, och planen gäller.",
        r"laga kraft",
    ),
    Term(
        "Markanvisning",
        "En byggherre får under en viss tid ensam förhandla med kommunen om att bygga på "
        "kommunens mark.",
        r"markanvisning\w*",
    ),
    Term(
        "Rådighet",
        "Vad kommunen själv får bestämma: genom lag, genom avtal eller för att den äger marken.",
        r"rådighet\w*",
    ),
    Term(
        "Små och medelstora företag",
        "Företag med färre än 250 anställda; förkortas SMF.",
        r"små och medelstora företag\w*|SMF\b|mindre företag\w*",
    ),
)
"""Words of planning law and practice."""

TOOLS = (
    _code(INSTRUMENT, "testbadd", r"testbädd\w*"),
    _code(INSTRUMENT, "funktionskrav", r"funktionskrav\w*"),
    _code(PROCUREMENT_KIND, "innovationsupphandling", r"innovationsupphandling\w*"),
    _code(PROCUREMENT_KIND, "innovationspartnerskap", r"innovationspartnerskap\w*"),
    _code(INSTRUMENT, "incitament", r"incitament\w*"),
    _code(INSTRUMENT, "uppskalning", r"uppskalning\w*|skalas upp"),
)
"""Tools for innovation, as the code lists explain them."""

METHOD = (
    Term(
        "Belägg",
        "En passage som handlar om innovation, återgiven ordagrant med sida och källa.",
        r"belägg\w*",
    ),
    Term(
        "Förpliktelsegrad",
        f"Hur starkt kommunen binder sig, i stegen {listing(COMMITMENT.labels.values())}; verbet "
        "avgör.",
        r"förpliktelsegrad\w*",
    ),
    Term(
        "Styrmedel",
        "Det verktyg som en skrivning använder, till exempel testbädd, funktionskrav eller "
        "tävling.",
        r"styrmedel\w*",
    ),
    Term(
        "Referat",
        "Det som någon har sett på en sida eller i ett utdrag, återgivet med andra ord; räknas för "
        "sig och ingår inte i någon andel.",
        r"referat\w*",
    ),
    Term(
        "Röda tråden",
        "Att det som står i översiktsplanen följer med till detaljplan, markanvisning och test på "
        "plats.",
        r"röda tråden\w*",
    ),
    Term(
        "Genomslag",
        "Hur stor del av leden som håller: det som står i översiktsplanen finns kvar i nästa.",
        r"genomslag\w*",
    ),
    Term(
        "Tidsfönster",
        "Den tid då en plan eller markanvisning ännu kan ta in något nytt.",
        r"tidsfönst\w*",
    ),
    Term(
        "Täckning",
        "Hur stor del av de kända handlingarna som är insamlade och lästa.",
        r"täckning\w*",
    ),
    Term(
        "Intervall",
        "Det spann där den verkliga andelen rimligen ligger; ju fler lästa, desto smalare.",
        r"(?:konfidens|osäkerhets)?intervall\w*",
    ),
    Term(
        "Precision",
        "Hur stor del av maskinens träffar som människor håller med om.",
        r"precision\w*",
    ),
    Term(
        "Kodbok",
        "Listan över de ord och regler som avgör vad en passage räknas som.",
        r"kodbok\w*",
    ),
    Term(
        "Utgåva",
        "Ett dagtecknat läge av allt som är insamlat och räknat; alla tal på sidan kommer ur "
        "samma utgåva.",
        r"utgåv\w*",
    ),
)
"""Words of this method."""

GLOSSARY = tuple(sorted((*PLANNING, *TOOLS, *METHOD), key=lambda term: term.name.casefold()))
HARDEST = (
    "Förpliktelsegrad",
    "Rådighet",
    "Genomslag",
    "Intervall",
    "Funktionskrav",
    "Innovationspartnerskap",
    "Innovationsupphandling",
    "Precision",
    "Kodbok",
    "Referat",
    "Planbesked",
    "Laga kraft",
    "Markanvisning",
    "Röda tråden",
    "Belägg",
    "Täckning",
)
"""Words worth a mark in running text, hardest first; those who plan know the others."""
_FINDER = re.compile(
    "|".join(rf"(?<!\w)(?P<t{place}>{term.stem})" for place, term in enumerate(GLOSSARY)), re.I
)


def hard_words(text: str) -> list[str]:
    """The names of the hard words that stand in a text, hardest first.

    >>> hard_words("Krav i detaljplanen, högsta förpliktelsegraden per markanvisning")
    ['Förpliktelsegrad', 'Markanvisning']
    """
    found = {_term(match).name for match in _FINDER.finditer(text)}
    return [name for name in HARDEST if name in found]


def _term(match: re.Match[str]) -> Term:
    return GLOSSARY[int(str(match.lastgroup)[1:])]


def explained(text: str, is_new: Callable[[Term], bool]) -> h.Fragment:
    """Return a text as HTML in which the terms that ``is_new`` accepts carry their meaning.

    A term is a button, so that it can be reached and opened by keyboard and on a touch screen;
    the browser's script shows the meaning beside it.
    """
    parts: list[h.Node] = []
    end = 0
    for match in _FINDER.finditer(text):
        term = _term(match)
        if is_new(term):
            word = h.button(".begrepp", type="button", data_betyder=term.meaning)[match.group()]
            parts += [text[end : match.start()], word]
            end = match.end()
    return h.fragment[parts, text[end:]]
