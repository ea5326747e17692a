"""One page of a document as HTML: its picture or text with the passage marked, and the way on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.filters import level_label
from dashboard.handling import pictures
from dashboard.handling.address import page_address, source_address
from dashboard.handling.asked import Asked, NotShownError
from dashboard.handling.marks import marked
from dashboard.handling.places import Range, over_pages
from dashboard.text import PRODUCT, number
from dashboard.web.page import resource_version
from pipelines.model.codes import DOCUMENT_KIND, INSTRUMENT, PLAN_STAGE, THEME, VOICE
from pipelines.warehouse.kept_documents import KeptPage

Row = Mapping[str, Any]
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TALL = 1000
"""Units across a page in the drawing of marks."""


class Picture(NamedTuple):
    """A page's picture: address, size in the drawing's units, and the marks on it."""

    address: str
    width: int
    height: int
    marks: tuple[tuple[float, float, float, float], ...]


def show(asked: Asked, params: Mapping[str, str]) -> str:
    """Return a document's page.

    Raises:
        NotShownError: the page is not kept, or the document has no such page.
    """
    pages = asked.pages()
    if not pages:
        raise NotShownError(
            404,
            "Handlingens sidor är inte sparade",
            "Utgåvan byggdes innan handlingar sparades, eller så har filen tagits bort.",
            asked,
        )
    passages = asked.passages()
    place = _place_of(passages, params.get("belagg", ""))
    passage = passages[place] if place is not None else None
    page = _page_asked(asked, pages, passage, params.get("sida", ""))
    runs = _runs(passage, page.number)
    picture, is_marked = _picture(asked, pages, page, runs)
    segments = list(_segments(page.text, _marks(pages, page, runs)))
    return _TEMPLATES.get_template("page.html").render(
        _common(asked)
        | {
            "page": page,
            "pages": len(pages),
            "is_pdf": asked.is_pdf,
            "picture": picture,
            "is_marked": is_marked,
            "paragraphs": _paragraphs(segments),
            "passage": _card(passage) if passage else None,
            "page_of_passage": passage["page"] if passage else 0,
            "is_here": bool(runs),
            "reason": asked.document["coverage_reason"] or "",
            "is_unknown": bool(params.get("belagg")) and passage is None,
            "elsewhere": _to(asked, passage=passage) if passage and not runs else "",
            "place": (place or 0) + 1,
            "of_all": len(passages),
            "earlier": _to(asked, passage=passages[place - 1]) if place else "",
            "later": _to(asked, passage=passages[place + 1])
            if place is not None and place + 1 < len(passages)
            else "",
            "first": _to(asked, passage=passages[0]) if place is None and passages else "",
            "before": _to(asked, page=page.number - 1) if page.number > 1 else "",
            "after": _to(asked, page=page.number + 1) if page.number < len(pages) else "",
            "original": source_address(
                asked.region, asked.document["source_url"], page.number if asked.is_pdf else None
            ),
            "ocr": number(page.ocr_confidence) if page.ocr_confidence is not None else "",
        }
    )


def refused(error: NotShownError) -> str:
    """Return the page that says why nothing is shown, with the source where there is one."""
    asked = error.asked
    context = _common(asked) if asked else _frame("")
    original = source_address(asked.region, asked.document["source_url"]) if asked else ""
    return _TEMPLATES.get_template("refused.html").render(
        context
        | {
            "heading": error.heading,
            "text": error.text,
            "original": original,
            "has_document": asked is not None,
        }
    )


def _frame(mark: str) -> dict[str, Any]:
    return {"product": PRODUCT, "version": resource_version(), "example": mark, "back": "../belagg"}


def _common(asked: Asked) -> dict[str, Any]:
    row = asked.document
    kind = DOCUMENT_KIND.labels.get(row["document_kind"], "")
    stage = PLAN_STAGE.labels.get(row["document_stage"] or "", "")
    region = {"region": asked.region.label}
    facts = [
        ("Kommun", row["municipality_name"]),
        ("Handling", row["object_name"] if row["object_name"] != asked.title else None),
        ("Dokumentslag", kind),
        ("Version", stage if row["is_latest"] else f"{stage or 'Äldre'}, inte den senaste"),
        ("Datum", row["document_date"]),
        ("Diarienummer", row["case_number"]),
    ]
    place = {**region, "kommun": row["municipality_name"]}
    return _frame(asked.region.mark) | {
        "title": asked.title,
        "facts": [(label, str(value)) for label, value in facts if value],
        "edition": asked.edition_id,
        "region": asked.region.name,
        "is_other_edition": asked.is_other_edition,
        "back": f"../belagg?{urlencode(region)}",
        "municipality": f"../kommun?{urlencode(place)}" if row["municipality_name"] else "",
        "municipality_name": row["municipality_name"] or "",
    }


def _place_of(passages: list[dict[str, Any]], passage_id: str) -> int | None:
    return next((i for i, each in enumerate(passages) if each["passage_id"] == passage_id), None)


def _page_asked(
    asked: Asked, pages: tuple[KeptPage, ...], passage: Row | None, wanted: str
) -> KeptPage:
    """Return the page asked for; without one, where the passage begins, or the first."""
    number = passage["page"] if passage else 1
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 0
    if not 1 <= number <= len(pages):
        raise NotShownError(
            404,
            "Sidan finns inte",
            f"Handlingen har {len(pages)} {'sida' if len(pages) == 1 else 'sidor'}.",
            asked,
        )
    return pages[number - 1]


class _Runs(NamedTuple):
    """The passage that is marked, the pages that it runs over, and which of them is shown."""

    passage: Row
    numbers: tuple[int, ...]
    shown: int


def _runs(passage: Row | None, number: int) -> _Runs | None:
    if passage is None or not passage["page"] <= number <= passage["page_end"]:
        return None
    numbers = tuple(range(passage["page"], passage["page_end"] + 1))
    return _Runs(passage, numbers, numbers.index(number))


def _marks(pages: tuple[KeptPage, ...], page: KeptPage, runs: _Runs | None) -> list[Range]:
    """Return where the passage is in the page's text."""
    if runs is None:
        return []
    texts = [pages[each - 1].text for each in runs.numbers]
    before = texts[0][: runs.passage["char_start"]]
    return over_pages(runs.passage["quote"], texts, before)[runs.shown]


def _picture(
    asked: Asked, pages: tuple[KeptPage, ...], page: KeptPage, runs: _Runs | None
) -> tuple[Picture | None, bool]:
    """Return the page's picture with marks, and whether the passage is marked on it."""
    file = asked.file
    if not asked.is_pdf or file is None:
        return None, False
    numbers: tuple[int, ...] = (page.number,)
    wanted, before, shown = "", "", 0
    if runs is not None and page.ocr_confidence is None:
        numbers, wanted, shown = runs.numbers, runs.passage["quote"], runs.shown
        before = pages[numbers[0] - 1].text[: runs.passage["char_start"]]
    try:
        frames = pictures.boxes(file, numbers, wanted, before)
    except pictures.UndrawableError:
        return None, False
    frame = frames[shown]
    height = round(_TALL * frame.height / frame.width)
    marks = tuple(
        (round(left * _TALL, 1), round(top * height, 1),
         round((right - left) * _TALL, 1), round((bottom - top) * height, 1))
        for left, top, right, bottom in frame.boxes
    )  # fmt: skip
    values = {"region": asked.region.name, "utgava": asked.edition_id, "v": file.name[:12]}
    name = quote(str(asked.document["document_id"]), safe="")
    address = f"{name}/{page.number}.jpg?{urlencode(values)}"
    return Picture(address, _TALL, height, marks), bool(marks)


def _segments(text: str, ranges: list[Range]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, marked or not."""
    at = 0
    for start, end in ranges:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _paragraphs(segments: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """Return the lines of a text, each as its pieces."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, is_marked in segments:
        for place, piece in enumerate(text.split("\n")):
            if place:
                lines.append([])
            if piece:
                lines[-1].append((piece, is_marked))
    return [line for line in lines if line]


def _card(passage: Row) -> dict[str, Any]:
    codes = [INSTRUMENT.labels[each] for each in passage["instruments"] or []]
    codes += [THEME.labels[each] for each in passage["themes"] or []]
    notes = []
    if passage["is_negated"]:
        notes.append("Nekad, räknas inte")
    if passage["voice"] != "plan":
        notes.append(f"{VOICE.labels[passage['voice']]}, räknas inte")
    return {
        "quote": marked(passage["quote"], passage["spans"]),
        "section": passage["section"],
        "level": passage["level"],
        "label": level_label(passage["level"]),
        "codes": codes,
        "notes": notes,
    }


def _to(asked: Asked, *, passage: Row | None = None, page: int | None = None) -> str:
    """Return the address of another page or passage of the same document, from this page."""
    address = page_address(
        asked.region.name,
        str(asked.document["document_id"]),
        page=passage["page"] if passage else page,
        passage_id=passage["passage_id"] if passage else "",
        edition_id=asked.edition_id,
    )
    return address.partition("/")[2]
