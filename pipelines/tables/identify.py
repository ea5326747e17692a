"""Which plan or allocation an unregistered document belongs to, from its folder and first pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

import polars as pl

from pipelines.reading.passage import ExtractedDocument
from pipelines.sources.characters import composed, shown_name
from pipelines.sources.homes import Homes
from pipelines.sources.written_dates import dates_in, dates_with_words

FIRST_PAGES = 3
_SHORTEST_NAME = 6
_KIND_SIGNS: tuple[tuple[str, str], ...] = (
    ("samradsredogorelse", r"samrådsredogörelse|redogörelse för samråd"),
    ("granskningsutlatande", r"granskningsutlåtande|särskilt utlåtande|utlåtande efter granskning"),
    ("mkb", r"miljökonsekvensbeskrivning|hållbarhetskonsekvens"),
    ("tavling", r"tävlingsprogram|inbjudan till markanvisning|markanvisningstävling"),
    ("ma_policy", r"riktlinjer för (kommunala )?markanvisning|markanvisningspolicy"),
    ("ma_decision", r"markanvisningsavtal|beslut om markanvisning|\bmarkanvisning\b"),
    ("dp", r"planbeskrivning|detaljplan för|\bdetaljplan"),
    ("program", r"planprogram|kvalitetsprogram|hållbarhetsprogram|program för"),
    ("fop", r"fördjupad översiktsplan|fördjupning av översiktsplan"),
    ("op", r"översiktsplan"),
)
"""Tried in order on the file name and the first page: the more special a kind, the earlier."""

_OPINION_NAME = re.compile(r"yttrande")
_LETTERHEAD = re.compile(r"\W*länsstyrelsen\b")
"""A county board's opinion names the plan that it is about: its letterhead tells it from a plan."""

OBJECT_TYPE_OF_DOCUMENT = {
    "op": "op", "fop": "op", "tillagg": "op",
    "program": "dp", "dp": "dp",
    "ma_policy": "ma", "ma_decision": "ma", "tavling": "ma",
}  # fmt: skip
"""The object type that a document kind implies when nothing else tells."""

_STAGE_SIGNS: tuple[tuple[str, str], ...] = (
    ("infor_antagande", r"antagandehandling"),
    ("granskning", r"granskningshandling|utställningshandling"),
    ("samrad", r"samrådshandling"),
    ("laga_kraft", r"laga[ -]?kraft-?handling"),
)
"""What a document calls itself; the one that is named first is its stage."""
_WEAK_STAGE_SIGNS: tuple[tuple[str, str], ...] = (
    ("antagen", r"antagen av|antagen (?:i|den)\b"),
    ("laga_kraft", r"(?:vann|vunnit|vinner) laga ?kraft|laga ?kraft (?:den )?\d"),
    ("granskning", r"granskningsutlåtande|\bgranskning\b|utställning"),
    ("samrad", r"samråd"),
)
"""Words that speak of a stage; the first counts where a document does not call itself by one."""
_STAGE_NAMES: tuple[tuple[str, str], ...] = (
    ("laga_kraft", r"laga[ _-]?kraft"),
    ("infor_antagande", r"antagand"),
    ("antagen", r"antagen"),
    ("granskning", r"granskning|utställning"),
    ("samrad", r"samr[åa]d"),
    ("program", r"planprogram"),
)
"""Words in names of files and folders."""
_REVISED = re.compile(r"(?:revider|rev\.|justera|kompletter|uppdatera)[^.\d]{0,30}$", re.I)


@dataclass(frozen=True, slots=True)
class Identification:
    """A suggestion: ``municipality_code`` and ``object_id`` are empty where nothing was found.

    ``question`` is a Swedish sentence where several objects or municipalities fit as well.
    """

    municipality_code: str
    object_id: str
    document_kind: str
    stage: str
    date: str
    case_number: str
    link_kind: str
    reason: str
    question: str = ""


def identify(
    path: Path, inbox: Path, document: ExtractedDocument, homes: Homes, objects: pl.DataFrame
) -> Identification:
    """Suggest where an unregistered document belongs.

    The folder decides before the case number, that before the name. What fits several is not
    guessed.

    Args:
        path: the file.
        inbox: the folder that it was delivered in.
        document: its text.
        homes: municipalities and objects by the names of folders.
        objects: known plans and allocations: ``object_id``, ``municipality_code``,
            ``object_name``, ``case_number``, ``object_type``.
    """
    cover = composed("\n".join(page.text for page in document.pages[:FIRST_PAGES]))
    stem = composed(shown_name(path.stem))
    kind = document_kind(stem, cover)
    below = path.relative_to(inbox).parts[:-1]
    code, why, question = _municipality((inbox.name, *below), cover, homes)
    here = objects.filter(pl.col("municipality_code") == code)
    first_page = f"{stem}\n{composed(document.title)}\n{cover[:1500]}"
    found = _Object("", "municipality", why)
    if code:
        in_folder = homes.object(below, code)
        found = (
            _Object(in_folder, "folder", "mappens namn är handlingens")
            if in_folder
            else _object(here, cover, first_page, kind) or found
        )
    return Identification(
        municipality_code=code,
        object_id=found.object_id,
        document_kind=kind,
        stage=stage_of(path.relative_to(inbox), cover),
        date=date_of(cover),
        case_number=case_number(cover),
        link_kind=found.link_kind,
        reason=found.reason,
        question=question or found.question,
    )


@dataclass(frozen=True, slots=True)
class _Object:
    """The known object, how it was found and why in Swedish; no object where several fit."""

    object_id: str
    link_kind: str
    reason: str
    question: str = ""


def _object(here: pl.DataFrame, cover: str, first_page: str, kind: str) -> _Object | None:
    by_case = same_case_number(here, cover)
    by_name = _same_name(here, first_page, kind)
    if len(by_case) > 1 and len(both := [each for each in by_case if each in by_name]) == 1:
        by_case = both
    for found, link, reason in (
        (by_case, "case_number", "samma diarienummer på första sidan"),
        (by_name, "name", "handlingens namn är på första sidan"),
    ):
        if len(found) == 1:
            return _Object(found[0], link, reason)
        if found:
            which = " eller ".join(found)
            return _Object(
                "",
                "municipality",
                "bara kommunen är säker",
                f"Det kan höra till {which} ({reason}).",
            )
    return None


def document_kind(stem: str, cover: str) -> str:
    """Tell the kind of a document from its file name and first page; *other* when neither does."""
    first = cover[:3000].casefold()
    name = stem.replace("_", " ").casefold()
    if _OPINION_NAME.search(name) or _LETTERHEAD.match(first):
        return "granskningsutlatande"  # only what the municipality answers is the plan's own words
    for text in (name, first):
        for kind, sign in _KIND_SIGNS:
            if re.search(sign, text):
                return kind
    return "other"


def _municipality(folders: tuple[str, ...], cover: str, homes: Homes) -> tuple[str, str, str]:
    """The code, how it was found, and a question where two municipalities fit as well."""
    if code := homes.municipality(folders):
        return code, "mappens namn är kommunens", ""
    text = " ".join(cover.casefold().split())
    counts = {
        name: len(re.findall(rf"(?<![\w-]){re.escape(name)}s? (?:kommun|stad)\b", text))
        for name in homes.names
    }
    most = max(counts.values(), default=0)
    best = [name for name, number in counts.items() if number == most]
    if not most:
        return "", "varken mapp eller text anger kommun", ""
    if len(best) > 1:
        which = " och ".join(name.title() for name in best)
        return "", "kommunen är oviss", f"{which} nämns lika ofta på de första sidorna."
    return homes.names[best[0]], "kommunens namn är på de första sidorna", ""


def stage_of(place: PurePath, cover: str) -> str:
    """Tell a document's stage: by what it calls itself, else its folder or name, else by words.

    ``place`` is the path below the inbox, ``cover`` the text of the first pages.
    """
    named = [
        (found.start(), stage)
        for stage, sign in _STAGE_SIGNS
        if (found := re.search(sign, cover[:4000], re.I))
    ]
    if named:
        return min(named)[1]
    for part in reversed((*place.parts[:-1], place.stem)[-2:]):
        name = composed(shown_name(part)).casefold()
        if _NO_STAGE_IN_NAME.search(name):
            continue
        for stage, sign in _STAGE_NAMES:
            if re.search(sign, name):
                return stage
    spoken = [
        (found.start(), stage)
        for stage, sign in _WEAK_STAGE_SIGNS
        if (found := re.search(sign, cover[:2500], re.I))
    ]
    return min(spoken)[1] if spoken else ""


_NO_STAGE_IN_NAME = re.compile(r"samr[åa]dsredog|granskningsutl")


def case_number(cover: str) -> str:
    """Return the case number on the first pages, "" where there is none."""
    found = re.search(
        r"(?:dnr|diarienummer|diarienr|ärendenummer)[.:]?\s*"
        r"([A-ZÅÄÖ]{0,6}[ .-]?\d{2,4}[ ./-]\d{1,6}(?:-\d+)?)",
        cover,
        re.I,
    ) or re.search(r"\b([A-ZÅÄÖ]{2,5}[ .-]?(?:19|20)\d{2}[ ./-]\d{1,6})\b", cover)
    return found.group(1).strip() if found else ""


def date_of(cover: str) -> str:
    """A document's date: the newest that it says it was revised on, else the first on its pages."""
    first = " ".join(cover[:6000].split())
    revised = [day for day, before in dates_with_words(first) if _REVISED.search(before)]
    days = dates_in(first)
    whole = [day for day in days if len(day) == 10]
    return max(revised, default=next(iter(whole or days), ""))


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-zåäö]", "", text.casefold())


def same_case_number(objects: pl.DataFrame, cover: str) -> list[str]:
    """Return the objects whose case number is on the pages as a whole: 2021/20 is not in 2021/204.

    The marks between its parts may differ, and zeros before a number.
    """
    text = " ".join(cover.split())
    return [
        str(object_id)
        for object_id, case in objects.select("object_id", "case_number").drop_nulls().rows()
        if len(_plain(case)) >= _SHORTEST_NAME and _case_pattern(case).search(text)
    ]


def _case_pattern(case: str) -> re.Pattern[str]:
    parts = re.findall(r"\d+|[^\W\d_]+", composed(case))
    signs = [
        f"0*{part.lstrip('0') or '0'}" if part.isdigit() else re.escape(part) for part in parts
    ]
    # a number without letters may be a date or a part of one
    after = r"(?![\w])" if not parts[0].isdigit() else r"(?![\w]|[-/.:]\d)"
    return re.compile(r"(?<![\w])(?<!\d[-/.:])" + r"[\W_]{0,3}".join(signs) + after, re.I)


def _same_name(objects: pl.DataFrame, text: str, kind: str) -> list[str]:
    """The known objects whose whole name is on the first page; the longest name wins."""
    flat = _words(text)
    wanted = OBJECT_TYPE_OF_DOCUMENT.get(kind)
    names = [
        (len(_plain(name)), str(object_id))
        for object_id, name, object_type in objects.select(
            "object_id", "object_name", "object_type"
        ).rows()
        if wanted in (None, object_type)
        and len(_plain(name)) >= _SHORTEST_NAME
        and re.search(rf"(?<!\S){re.escape(_words(name))}s?(?!\S)", flat)
    ]
    longest = max(names, default=(0, ""))[0]
    return [object_id for length, object_id in names if length == longest]


def _words(text: str) -> str:
    """Words parted by single spaces; a property's number, as 3:12, is one word."""
    return " ".join(re.findall(r"\d+(?::\d+)*|\w+", composed(text).casefold()))
