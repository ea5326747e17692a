"""Procurements from TED (search API v3) with the codes of eForms (BT-06, BT-776, BT-105, BT-165).

A procurement has several notices; the newest result counts, else the newest notice.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from pydantic import Field, field_validator

from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.organisations import Municipalities, organisation_kind
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, Web
from pipelines.model.region import Region

_FIELDS = (
    "publication-number", "publication-date", "notice-type", "notice-title", "procedure-identifier",
    "procedure-type", "buyer-name", "buyer-identifier", "classification-cpv",
    "strategic-procurement-lot", "innovative-acquisition-lot", "winner-name", "winner-size",
    "tender-value", "tender-value-cur",
)  # fmt: skip
_PAGE_SIZE = 250
_MOST_PAGES = 400
_LINK = "https://ted.europa.eu/sv/notice/-/detail/{}"
_SMALL = frozenset({"micro", "small", "medium", "sme"})
_BY_PROCEDURE = {"innovation": "innovationspartnerskap", "comp-dial": "dialogupphandling"}
Aim = Literal["env-imp", "inn-pur", "soc-obj", "none"]
New = Literal["mar-nov", "proc-innov", "prod-innov", "rd-act"]
Size = Literal["micro", "small", "medium", "large", "sme"]


class Options(Settings):
    """``since`` is the first day of publication (YYYYMMDD), ``places`` county → NUTS 3."""

    since: str = Field(pattern=r"^\d{8}$")
    places: dict[str, str]


def _words(value: object) -> object:
    """A text, a list, or either by language: Swedish, else English, else the first."""
    if isinstance(value, dict):
        value = value.get("swe") or value.get("eng") or next(iter(value.values()), ())
    if value is None:
        return ()
    return [value] if isinstance(value, str | int | float) else value


class Notice(Payload):
    """One notice. Lists of different fields are not in step with each other across lots."""

    number: str = Field(alias="publication-number")
    published: str = Field(alias="publication-date", pattern=r"^\d{4}-\d{2}-\d{2}")
    kind: str = Field(alias="notice-type")
    titles: tuple[str, ...] = Field(alias="notice-title", min_length=1)
    procedure: str = Field("", alias="procedure-identifier")
    procedure_type: str = Field("", alias="procedure-type")
    buyers: tuple[str, ...] = Field(alias="buyer-name", min_length=1)
    buyer_numbers: tuple[str, ...] = Field((), alias="buyer-identifier")
    cpv: tuple[str, ...] = Field((), alias="classification-cpv")
    aims: tuple[Aim, ...] = Field((), alias="strategic-procurement-lot")
    new: tuple[New, ...] = Field((), alias="innovative-acquisition-lot")
    winners: tuple[str, ...] = Field((), alias="winner-name")
    sizes: tuple[Size, ...] = Field((), alias="winner-size")
    values: tuple[float, ...] = Field((), alias="tender-value")
    currencies: tuple[str, ...] = Field((), alias="tender-value-cur")

    _as_words = field_validator(
        "titles", "buyers", "buyer_numbers", "cpv", "aims", "new", "winners", "sizes", "values",
        "currencies", mode="before",
    )(_words)  # fmt: skip

    @field_validator("procedure", "procedure_type", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        return value[0] if isinstance(value, list) and value else value or ""

    @property
    def is_result(self) -> bool:
        """Whether it tells how a procurement ended."""
        return self.kind.startswith("can-")

    @property
    def tool(self) -> str:
        """The register's kind: the procedure says most, then what is bought, then the aim."""
        if self.procedure_type in _BY_PROCEDURE:
            return _BY_PROCEDURE[self.procedure_type]
        return "innovationsupphandling" if self.new or "inn-pur" in self.aims else "ordinary"

    @property
    def winner_sme(self) -> str:
        """Whether a small or medium-sized company won; empty where winners differ or lack size."""
        answers = {"ja" if size in _SMALL else "nej" for size in self.sizes}
        return answers.pop() if len(answers) == 1 else ""


class Page(Payload):
    """One page of the search."""

    notices: tuple[dict[str, Any], ...]
    total: int = Field(alias="totalNoticeCount")
    token: str | None = Field(None, alias="iterationNextToken")
    timed_out: bool = Field(default=False, alias="timedOut")


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Ask for every notice with a place in the region's counties, and deliver its procurements."""
    options = source.read_options(Options)
    municipalities = Municipalities(out.known("municipality"))
    newest: dict[str, Notice] = {}
    for values in _notices(source, options, municipalities, web, out):
        what = str(values.get("publication-number", "utan nummer"))
        notice = out.parse(Notice, values, "procurement", what)
        if notice is None:
            continue
        key = notice.procedure or notice.number
        same = [each for each in (newest.get(key), notice) if each]
        same.sort(key=lambda each: (each.is_result, each.published))
        newest[key] = same.pop()
        for older in same:
            why = f"Samma upphandling som {newest[key].number}, som är nyare eller säger utfallet."
            out.reject("procurement", older.number, why, is_fault=False)
    known = _known(out)
    for notice in newest.values():
        if notice.number in known:
            why = f"Finns redan i registret som {known[notice.number]}."
            out.reject("procurement", notice.number, why, is_fault=False)
        else:
            out.add("procurement", _row(notice, municipalities))
    _say_coverage(list(newest.values()), source, out)


def _notices(
    source: Source, options: Options, municipalities: Municipalities, web: Web, out: Delivery
) -> list[dict[str, Any]]:
    counties = {code[:2] for code in municipalities.names}
    places = " OR ".join(
        f"place-of-performance={options.places[county]}"
        for county in sorted(counties & options.places.keys())
    )
    body: dict[str, Any] = {
        "query": f"buyer-country=SWE AND ({places}) AND PD>={options.since} SORT BY PD DESC",
        "fields": list(_FIELDS), "limit": _PAGE_SIZE, "scope": "ALL", "paginationMode": "ITERATION",
    }  # fmt: skip
    found: list[dict[str, Any]] = []
    total = 0
    for _ in range(_MOST_PAGES):
        page = out.expect(Page, web.post(source.address, body).json(), "sökningens svar")
        found.extend(page.notices)
        total = page.total
        if page.timed_out or not page.token or not page.notices:
            break
        body = {**body, "iterationNextToken": page.token}
    if len(found) < total:
        raise ChangedError(
            f"TED lovade {total} annonser och gav {len(found)}.",
            expected="Alla annonser som sökningen hittar.",
            do="Kör igen senare; det gamla ligger kvar.",
        )
    return found


def _row(notice: Notice, municipalities: Municipalities) -> dict[str, object]:
    codes = {code for code in map(municipalities.code, notice.buyers) if code}
    number = notice.buyer_numbers[0] if notice.buyer_numbers else ""
    is_one_value = len(notice.values) == 1 and set(notice.currencies) == {"SEK"}
    return {
        "procurement_id": f"ted-{notice.number}",
        "buyer": "; ".join(dict.fromkeys(notice.buyers)),
        "buyer_type": "kommun" if codes else organisation_kind(notice.buyers[0], number),
        "municipality_code": codes.pop() if len(codes) == 1 else "",
        "procurement_title": notice.titles[0],
        "procurement_kind": notice.tool,
        "procurement_year": notice.published[:4],
        "cpv": notice.cpv[0] if notice.cpv else "",
        "value_sek": f"{notice.values[0]:.0f}" if is_one_value else "",
        "winner": "; ".join(dict.fromkeys(notice.winners)),
        "winner_sme": notice.winner_sme,
        "source_url": _LINK.format(notice.number),
        "as_of": notice.published[:10],
        "certainty": "registered",
    }


def _known(out: Delivery) -> dict[str, str]:
    """Notices that other registers refer to, by the number in their address."""
    rows = out.known("procurement").select("procurement_id", "source_url").drop_nulls()
    found = {}
    for key, url in rows.iter_rows():
        if "ted.europa.eu" in url:
            found[url.partition("?")[0].rstrip("/").rpartition("/")[2]] = key
    return found


def _say_coverage(notices: list[Notice], source: Source, out: Delivery) -> None:
    results = [notice for notice in notices if notice.is_result]
    named = sum(bool(notice.winners) for notice in results)
    sized = sum(bool(notice.sizes) for notice in results)
    flagged = Counter("inn-pur" in n.aims or bool(n.new) for n in notices if n.aims or n.new)
    out.note(source.coverage)
    out.note(
        f"Av {len(results)} avgjorda upphandlingar har {named} en namngiven leverantör och {sized} "
        "leverantörens storlek."
    )
    out.note(
        f"Av {len(notices)} upphandlingar har {sum(flagged.values())} svarat på frågan om syfte, "
        f"och {flagged[True]} av dem anger innovation."
    )
