"""Inhabitants of municipalities from Statistics Sweden (SCB), PxWebApi 2 with JSON-stat 2."""

from __future__ import annotations

from math import prod
from typing import Literal
from urllib.parse import quote

from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, Web
from pipelines.model.region import Region
from pipelines.tables.municipality import INHABITANTS, INHABITANTS_ID


class Options(Settings):
    """Which table of the database holds inhabitants, and which of its contents."""

    table: str = "TAB638"
    content: str = ""


class Category(Payload):
    """The codes of a dimension in their order; a list, or code → place."""

    index: dict[str, int] | list[str]

    @property
    def codes(self) -> list[str]:
        """Codes in the order of the values."""
        if isinstance(self.index, list):
            return self.index
        return sorted(self.index, key=self.index.__getitem__)


class Dimension(Payload):
    """One dimension of the cube."""

    category: Category


class Cube(Payload):
    """A data set of JSON-stat 2: values row by row over ``id``, the last dimension fastest."""

    version: Literal["2.0"]
    id: tuple[str, ...]
    size: tuple[int, ...]
    dimension: dict[str, Dimension]
    value: tuple[float | None, ...]


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Deliver the newest number of inhabitants of each municipality as a comparison figure."""
    options = source.read_options(Options)
    names = dict(
        out.known("municipality").select("municipality_code", "municipality_name").iter_rows()
    )
    chosen = {"Region": ",".join(names), "Tid": "top(1)"}
    if options.content:
        chosen["ContentsCode"] = options.content
    asked = "&".join(f"valueCodes[{name}]={quote(value)}" for name, value in chosen.items())
    url = f"{source.address}/tables/{options.table}/data?{asked}&outputFormat=json-stat2&lang=sv"
    cube = out.expect(Cube, web.get(url).json(), "svaret")
    codes, year = _axes(cube, options)
    seen = set()
    for code, value in zip(codes, cube.value, strict=True):
        seen.add(code)
        if code not in names:
            out.reject("reference_figure", code, "Kommunen hör inte till regionen.")
        elif value is None:
            out.reject("reference_figure", names[code], f"SCB har inget värde för {year}.")
        else:
            out.add("reference_figure", {
                "figure_id": f"{INHABITANTS_ID}{code}", "figure_name": INHABITANTS,
                "figure_place": names[code], "municipality_code": code, "figure_period": year,
                "figure_values": [f"{value:.0f}"], "figure_unit": "invånare",
                "source_url": f"{source.address}/tables/{options.table}",
                "as_of": f"{year}-12-31", "certainty": "registered",
            })  # fmt: skip
    if missing := sorted(names[code] for code in names.keys() - seen):
        out.note(f"SCB gav inget svar för {', '.join(missing)}.")
    out.note(source.coverage)


def _axes(cube: Cube, options: Options) -> tuple[list[str], str]:
    """Return the municipalities in the order of the values, and the year.

    Raises:
        ChangedError: the cube has other dimensions, or more values in them, than were asked for.
    """
    sizes = dict(zip(cube.id, cube.size, strict=False))
    others = [name for name in cube.id if name != "Region" and sizes.get(name) != 1]
    if (
        "Region" not in cube.dimension
        or "Tid" not in cube.dimension
        or others
        or len(cube.value) != prod(cube.size)
        or len(cube.dimension["Region"].category.codes) != sizes.get("Region")
    ):
        raise ChangedError(
            f"SCB: tabellen {options.table} har måtten {', '.join(cube.id)} "
            f"({'×'.join(map(str, cube.size))}) och {len(cube.value)} värden.",
            expected="Ett värde för varje kommun och ett år.",
            do="Ange content i källans beskrivning, eller en tabell utan ålder och kön.",
        )
    return cube.dimension["Region"].category.codes, cube.dimension["Tid"].category.codes[0]
