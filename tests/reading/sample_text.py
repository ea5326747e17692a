"""A plan document of a town that does not exist, as text and as PDF in one and two columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

HEAD = "ALMVIKS KOMMUN   Utvecklingsplan för hamnen"

PARTS: list[tuple[str, list[str]]] = [
    (
        "Trafik i hamnen",
        [
            "Hamngatan byggs om till ett gångfartsområde. Kommunen vill låta företag pröva nya "
            "sätt att leverera varor under två år. Försöket följs av en grupp med boende, och "
            "lärdomarna redovisas för nämnden.",
            "Parkeringsnormen revideras eftersom behovet har minskat. Den gäller fr.o.m. 1 jan. "
            "2027 för samtliga nya hus.",
        ],
    ),
    (
        "Krav på byggherrar",
        [
            "Byggherren ska:",
            "- redovisa en klimatkalkyl för stommen och grunden,",
            "- ansluta huset till det gemensamma lagret för återbrukat material som kommunen "
            "öppnar vid varvet,",
            "- mäta energianvändningen i fem år.",
            "Kraven gäller mark som kommunen äger. För övrig mark gäller 8 kap. 4 a § PBL.",
        ],
    ),
    (
        "Vatten och grönska",
        [
            "Strandparken skyddar staden mot höga vattenstånd. I parken anläggs en provyta där "
            "forskare och stadsträdgårdsmästaren jämför vass, sten och trä under tio år. "
            "Ytan hålls öppen för skolornas undervisning.",
            "Regnbäddar fördröjer dagvattnet innan det når viken. De dimensioneras för ett "
            "regn som återkommer vart tjugonde år.",
        ],
    ),
    (
        "Genomförande",
        [
            "Kommunen leder arbetet med el- och värmenät tillsammans med bolagen. Utbyggnaden "
            "sker i tre etapper och beräknas ta tolv år. Uppföljning sker varje år, och planen "
            "ändras när kunskapen har ökat.",
        ],
    ),
]


def wrapped(width: int) -> Iterator[str]:
    """Yield the document as printed lines, words broken with a hyphen, "" between paragraphs."""
    for heading, paragraphs in PARTS:
        yield from ("", heading.upper(), "")
        for paragraph in paragraphs:
            indent = "  " if paragraph.startswith("- ") else ""
            for line in textwrap.wrap(_hyphenated(paragraph), width, subsequent_indent=indent):
                yield _whole(line)
            if not paragraph.startswith("- "):
                yield ""


BROKEN = ["energianvänd-ningen", "stadsträdgårds-mästaren", "återbru-kat", "gångfarts-område"]


def _hyphenated(text: str) -> str:
    """Give the wrapper places to break long words, as a typesetter does."""
    for word in BROKEN:
        text = text.replace(word.replace("-", ""), word)
    return text


def _whole(line: str) -> str:
    """Take away the places that were not used."""
    for word in BROKEN:
        line = line.replace(word, word.replace("-", ""))
    return line


def as_text(width: int = 62, lines_per_page: int = 24) -> str:
    """Return the document as text with form feeds, running heads and page numbers."""
    body = list(wrapped(width))
    pages = [body[start : start + lines_per_page] for start in range(0, len(body), lines_per_page)]
    cover = "\n\nUTVECKLINGSPLAN FÖR HAMNEN\nAlmviks kommun\n\nAntagen 2026-03-01\n"
    printed = [
        "\n".join(
            [f"{HEAD}          {number}", "", *page, "", f"Sida {number} av {len(pages) + 1}"]
        )
        for number, page in enumerate(pages, 2)
    ]
    return "\f".join([cover, *printed])


def write_pdf(path: Path, *, columns: int, by_rows: bool = False) -> None:
    """Write the document as PDF; `by_rows` draws the columns line by line across the page."""
    body = list(wrapped(84 if columns == 1 else 46))
    per_column = 30 if by_rows else 24
    paper = canvas.Canvas(str(path), pagesize=A4)
    for number, start in enumerate(range(0, len(body), per_column * columns), 1):
        page = body[start : start + per_column * columns]
        paper.setFont("Helvetica", 8)
        paper.drawString(60, 805, HEAD)
        paper.drawRightString(535, 40, f"Sida {number}")
        places = [
            (60 + 250 * (index // per_column), 770 - 13 * (index % per_column), line)
            for index, line in enumerate(page)
            if line
        ]
        if by_rows:
            places.sort(key=lambda place: (-place[1], place[0]))
        for x, y, line in places:
            paper.setFont("Helvetica-Bold" if line.isupper() else "Helvetica", 9)
            indent = 8 if line.startswith("  ") else 0
            paper.drawString(x + indent, y, line.strip())
        paper.showPage()
    paper.save()
