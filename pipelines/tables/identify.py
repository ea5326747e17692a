"""Which plan or allocation an unregistered document belongs to, from its folder and first pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.reading.passage import ExtractedDocument

_FIRST_PAGES = 3
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
    ("laga_kraft", r"laga ?kraft"),
    ("infor_antagande", r"antagandehandling"),
    ("granskning", r"granskningshandling|granskningsutlåtande|utställning"),
    ("samrad", r"samrådshandling|samråd"),
    ("antagen", r"antagen av"),
)


@dataclass(frozen=True, slots=True)
class Identification:
    """A suggestion: ``municipality_code`` and ``object_id`` are empty where nothing was found."""

    municipality_code: str
    object_id: str
    document_kind: str
    stage: str
    date: str
    case_number: str
    link_kind: str
    reason: str


def identify(
    path: Path,
    inbox: Path,
    document: ExtractedDocument,
    municipalities: pl.DataFrame,
    objects: pl.DataFrame,
) -> Identification:
    """Suggest where an unregistered document belongs.

    Args:
        path: the file.
        inbox: the folder that it was delivered in.
        document: its text.
        municipalities: ``municipality_code``, ``municipality_name``.
        objects: known plans and allocations: ``object_id``, ``municipality_code``,
            ``object_name``, ``case_number``, ``object_type``.
    """
    cover = "\n".join(page.text for page in document.pages[:_FIRST_PAGES])
    kind = document_kind(path.stem, cover)
    folders = [part for part in (inbox.name, *path.relative_to(inbox).parts[:-1]) if part]
    code, why = _municipality(folders, cover, municipalities)
    here = objects.filter(pl.col("municipality_code") == code)
    first_page = f"{path.stem}\n{document.title}\n{cover[:1500]}"
    object_id, link, reason = _object(here, folders, cover, first_page, kind) or (
        "",
        "municipality",
        why,
    )
    return Identification(
        municipality_code=code,
        object_id=object_id,
        document_kind=kind,
        stage=next((stage for stage, sign in _STAGE_SIGNS if re.search(sign, cover, re.I)), ""),
        date=_date(cover),
        case_number=_case_number(cover),
        link_kind=link,
        reason=reason,
    )


def _object(
    here: pl.DataFrame, folders: list[str], cover: str, first_page: str, kind: str
) -> tuple[str, str, str] | None:
    """The known object, how it was found and why in Swedish; folder before number before name."""
    in_folder = here.filter(pl.col("object_id").is_in(folders))
    if in_folder.height:
        return str(in_folder["object_id"][0]), "folder", "mappens namn är handlingens id"
    if by_case := _same_case_number(here, cover):
        return by_case, "case_number", "samma diarienummer på första sidan"
    if by_name := _same_name(here, first_page, kind):
        return by_name, "name", "handlingens namn står på första sidan"
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


def _municipality(folders: list[str], cover: str, municipalities: pl.DataFrame) -> tuple[str, str]:
    by_name = {
        name.casefold(): code
        for code, name in municipalities.select("municipality_code", "municipality_name").rows()
    }
    codes = set(by_name.values())
    for folder in folders:
        if folder in codes:
            return folder, "mappens namn är kommunkoden"
        if folder.casefold() in by_name:
            return by_name[folder.casefold()], "mappens namn är kommunens"
    text = cover.casefold()
    counts = {
        code: len(re.findall(rf"\b{re.escape(name)}s? kommun", text))
        for name, code in by_name.items()
    }
    best = max(counts, key=lambda code: counts[code], default="")
    if best and counts[best]:
        return best, "kommunens namn står på de första sidorna"
    return "", "varken mapp eller text anger kommun"


def _case_number(cover: str) -> str:
    found = re.search(
        r"(?:dnr|diarienummer|diarienr|ärendenummer)[.:]?\s*"
        r"([A-ZÅÄÖ]{0,6}[ .-]?\d{2,4}[ ./-]\d{1,6}(?:-\d+)?)",
        cover,
        re.I,
    ) or re.search(r"\b([A-ZÅÄÖ]{2,5}[ .-]?(?:19|20)\d{2}[ ./-]\d{1,6})\b", cover)
    return found.group(1).strip() if found else ""


def _date(cover: str) -> str:
    """The first whole date on the first pages, in the form that plan documents use."""
    found = re.search(r"\b((?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b", cover)
    return found.group(1) if found else ""


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-zåäö]", "", text.casefold())


def _same_case_number(objects: pl.DataFrame, cover: str) -> str:
    text = _plain(cover)
    for object_id, case in objects.select("object_id", "case_number").drop_nulls().rows():
        if len(_plain(case)) >= _SHORTEST_NAME and _plain(case) in text:
            return str(object_id)
    return ""


def _same_name(objects: pl.DataFrame, text: str, kind: str) -> str:
    """The known object whose whole name stands on the first page; the longest name wins."""
    plain = _plain(text)
    wanted = OBJECT_TYPE_OF_DOCUMENT.get(kind)
    names = [
        (len(_plain(name)), str(object_id))
        for object_id, name, object_type in objects.select(
            "object_id", "object_name", "object_type"
        ).rows()
        if wanted in (None, object_type)
        and len(_plain(name)) >= _SHORTEST_NAME
        and _plain(name) in plain
    ]
    return max(names)[1] if names else ""
