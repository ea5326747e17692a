"""Planning figures of municipalities from Kolada v3, as comparison figures.

The query form of ``/data`` answers empty without an error, so the path form is used; women, men and
total come in no fixed order, so the total is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, Web
from pipelines.model.region import Region

_MOST_IDS = 25
_MOST_PAGES = 50
_COUNTRY = "0000"
_PAGE = "https://www.kolada.se/?_p=jamforelse&focus={}"


class Options(Settings):
    """``figures`` names figure → unit in Swedish; ``since`` is the first year that is asked for."""

    since: int = Field(2019, ge=1990)
    figures: dict[str, str] = Field(min_length=1)


class Figure(Payload):
    """A figure of the catalogue."""

    id: str
    title: str


class Measured(Payload):
    """One value; null with a status where it is missing."""

    gender: Literal["T", "K", "M"]
    value: float | None
    isdeleted: bool = False


class Year(Payload):
    """The values of one figure, municipality and year."""

    kpi: str
    municipality: str
    period: int
    values: tuple[Measured, ...]


class Page(Payload):
    """One page of a reply; clients know the link under two names."""

    values: tuple[dict[str, object], ...]
    next_url: str | None = None
    next_page: str | None = None


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Deliver every figure of every municipality, and of the country, with its years in order."""
    options = source.read_options(Options)
    names = dict(
        out.known("municipality").select("municipality_code", "municipality_name").iter_rows()
    )
    titles = _titles(source, options, web, out)
    series: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for year in _years(source, options, [*names, _COUNTRY], web, out):
        what = f"{year.kpi} {year.municipality} {year.period}"
        totals = [v.value for v in year.values if v.gender == "T" and not v.isdeleted]
        series_of = series[year.kpi, year.municipality]
        if year.kpi not in options.figures or year.municipality not in {*names, _COUNTRY}:
            out.reject("reference_figure", what, "Det har ingen frågat efter.")
        elif len(totals) > 1 or year.period in series_of:
            out.reject("reference_figure", what, "Värdet finns två gånger i svaret.")
        elif totals and totals[0] is not None and year.period >= options.since:
            series_of[year.period] = totals[0]
    known = _known(out)
    for (kpi, code), years in sorted(series.items()):
        if not years:
            continue
        where = names.get(code, "Riket")
        if (kpi, code) in known:
            why = f"Finns redan i registret som {known[kpi, code]}."
            out.reject("reference_figure", f"{kpi} {where}", why, is_fault=False)
            continue
        out.add("reference_figure", {
            "figure_id": f"kolada-{kpi.lower()}-{code}",
            "figure_name": f"{titles[kpi]} (Kolada {kpi})",
            "figure_place": where,
            "municipality_code": "" if code == _COUNTRY else code,
            "figure_period": ", ".join(str(year) for year in sorted(years)),
            "figure_values": [f"{years[year]:g}".replace(".", ",") for year in sorted(years)],
            "figure_unit": options.figures[kpi],
            "source_url": _PAGE.format(kpi),
            "as_of": f"{max(years)}-12-31",
            "certainty": "registered",
        })  # fmt: skip
    out.note(source.coverage)
    if without := sorted(names[code] for code in names if not any(series[k, code] for k in titles)):
        out.note(f"Inga värden för {', '.join(without)}.")


def _titles(source: Source, options: Options, web: Web, out: Delivery) -> dict[str, str]:
    found: dict[str, str] = {}
    for ids in _batches(list(options.figures)):
        for item in _pages(f"{source.address}/kpi/{','.join(ids)}", web, out):
            figure = out.expect(Figure, item, "ett nyckeltal")
            found[figure.id] = figure.title
    if missing := [each for each in options.figures if each not in found]:
        raise ChangedError(
            f"Kolada känner inte {', '.join(missing)}.",
            expected="Nyckeltal som finns.",
            do="Rätta figures i källans beskrivning.",
        )
    return found


def _years(
    source: Source, options: Options, codes: list[str], web: Web, out: Delivery
) -> list[Year]:
    """Every year of every figure, 25 municipalities a call; a missing page stops the fetch."""
    found = []
    for some in _batches(codes):
        path = (
            f"{source.address}/data/kpi/{','.join(options.figures)}/municipality/{','.join(some)}"
        )
        for item in _pages(path, web, out):
            what = f"{item.get('kpi')} {item.get('municipality')} {item.get('period')}"
            if year := out.parse(Year, item, "reference_figure", what):
                found.append(year)
    return found


def _pages(url: str, web: Web, out: Delivery) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for _ in range(_MOST_PAGES):
        page = out.expect(Page, web.get(url).json(), "svaret")
        found.extend(page.values)
        url = page.next_url or page.next_page or ""
        if not url:
            return found
    raise ChangedError(
        f"Kolada: bläddringen tar aldrig slut ({len(found)} värden lästes).",
        expected=f"Högst {_MOST_PAGES} sidor.",
        do="Tjänsten kan ha ändrats. Det gamla ligger kvar; jämför svaren (mappen hamtat).",
    )


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _MOST_IDS):
        yield ids[first : first + _MOST_IDS]


def _known(out: Delivery) -> dict[tuple[str, str], str]:
    """Figures that other registers hold, by Kolada's number and the place."""
    rows = out.known("reference_figure").iter_rows(named=True)
    return {
        (word.strip("()"), row["municipality_code"] or _COUNTRY): row["figure_id"]
        for row in rows
        for word in row["figure_name"].split()
        if word.startswith("N0")
    }
