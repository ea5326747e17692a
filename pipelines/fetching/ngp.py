"""Detailed plans from Lantmäteriet's national geodata platform (NGP): all stages, with documents.

Names and codes as in reference schema 2.2 and specification 4.1; the platform has only part of the
plans, which the report says each time.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal
from urllib.parse import urljoin

from pydantic import AliasPath, Field, field_validator

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.files import Files, Wanted
from pipelines.fetching.plans import FoundPlan, Geometry, Plans, to_wgs84
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, UnreachableError, Web, hosts_of
from pipelines.model.region import Region, map_extent

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_SWEREF_99_TM = "EPSG:3006"
_STAGES = {
    "påbörjad": "under_framtagande", "samråd": "samrad", "granskning": "granskning",
    "antagen": "antagen", "överklagad": "overklagad", "tillsyn": "antagen",
    "laga kraft": "laga_kraft", "upphävd": "upphavd", "avslutad": "avbruten",
}  # fmt: skip
"""*Tillsyn*: the county board looks into an adopted plan (11 kap. PBL); it is not in force."""
_MOST_PAGES = 200


class Options(Settings):
    """What the record of the source decides; ``sources/ngp.toml`` explains each."""

    token_address: str = ""
    page_size: int = 1000
    types: tuple[str, ...] = ("detaljplan",)
    begun_from: str = ""
    download: bool = True


class Provider(Payload):
    """Who made or keeps a plan; ``kod`` is the municipality's."""

    kod: str | None = None
    roles: tuple[str, ...] = ()


class Asset(Payload):
    """A file that belongs to a plan."""

    href: str
    title: str = ""
    roles: tuple[str, ...] = ()


class Plan(Payload):
    """One plan of the search, as far as it is used."""

    id: str
    geometry: dict[str, Any] | None = None
    providers: tuple[Provider, ...] = Field(validation_alias=AliasPath("properties", "providers"))
    identity: str = Field(validation_alias=AliasPath("properties", "detaljplan", "objektidentitet"))
    number: str | None = Field(
        None, validation_alias=AliasPath("properties", "detaljplan", "beteckning")
    )
    name: str = Field(validation_alias=AliasPath("properties", "detaljplan", "namn"))
    status: Literal[
        "påbörjad", "samråd", "granskning", "antagen", "överklagad", "tillsyn", "laga kraft",
        "upphävd", "avslutad",
    ] = Field(validation_alias=AliasPath("properties", "detaljplan", "status"))  # fmt: skip
    type: Literal["avstyckningsplan", "byggnadsplan", "detaljplan", "stadsplan"] = Field(
        validation_alias=AliasPath("properties", "detaljplan", "typ")
    )
    begun: str | None = Field(
        None, validation_alias=AliasPath("properties", "detaljplan", "datumPaborjat")
    )
    changed: str | None = Field(
        None, validation_alias=AliasPath("properties", "detaljplan", "datumStatusforandring")
    )
    in_force: str | None = Field(
        None, validation_alias=AliasPath("properties", "detaljplan", "datumLagakraft")
    )
    assets: dict[str, Asset] = Field({})

    @field_validator("begun", "changed", "in_force", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        """A date or a time, in the domain object a list of them: the newest day."""
        if isinstance(value, list):
            value = max(value, default=None)
        return value[:10] if isinstance(value, str) else value

    @property
    def municipality(self) -> str:
        """The code of the municipality that made it."""
        return next((p.kod for p in self.providers if "producer" in p.roles and p.kod), "")


class Next(Payload):
    """A link of a page; only *next* is used."""

    rel: str
    href: str = ""
    method: str = "GET"
    body: dict[str, Any] = Field({})
    merge: bool = False


class Found(Payload):
    """One page of the search."""

    type: Literal["FeatureCollection"]
    features: tuple[dict[str, Any], ...]
    links: tuple[Next, ...] = ()


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Ask for every plan within the region's map, and deliver those of its municipalities."""
    options = source.read_options(Options)
    key, secret = source.keys()
    web.hosts |= hosts_of([options.token_address] if options.token_address else [])
    header = web.token(options.token_address or urljoin(source.address, "/token"), key, secret)
    plans, files = Plans(out), Files(region, web, out)
    seen: set[str] = set()
    said: Counter[str] = Counter()
    for feature in _features(source, options, region, web, out, header):
        plan = out.parse(Plan, feature, "plan", _what(feature))
        if plan is None:
            continue
        if plan.id in seen:
            out.reject("plan", _what(feature), "Planen finns två gånger i svaret.")
        elif why := _why_left(plan, options, plans.municipalities):
            said[why] += 1
        else:
            geometry, is_moved = _placed(plan.geometry)
            said["lägen kom i SWEREF 99 TM och räknades om till WGS 84"] += is_moved
            if plan_id := plans.add(_found(plan, geometry, source)):
                _steps(plan, plan_id, out)
                if options.download:
                    _documents(plan, plan_id, files, header, out)
        seen.add(plan.id)
    if options.download:
        files.deliver()
    out.note(source.coverage)
    for words, number in said.items():
        if number:
            out.note(f"{number} {words}.")


def _why_left(plan: Plan, options: Options, municipalities: frozenset[str]) -> str:
    if plan.municipality not in municipalities:
        return "planer ligger i andra kommuner inom kartans ram"
    newest = max(filter(None, (plan.begun, plan.changed, plan.in_force)), default="")
    if plan.type not in options.types or (newest and newest < options.begun_from):
        return f"planer är äldre än {options.begun_from} eller av äldre slag och lämnades"
    return ""


def _features(
    source: Source,
    options: Options,
    region: Region,
    web: Web,
    out: Delivery,
    header: dict[str, str],
) -> list[dict[str, Any]]:
    """Every feature of the search, page after page; rules of plans are features and not asked."""
    url = f"{source.address.rstrip('/')}/search?crs={_CRS84}&bbox-crs={_CRS84}"
    body: dict[str, Any] = {
        "limit": options.page_size,
        "query": {"feature.typ": {"eq": "detaljplan"}},
    }
    if extent := map_extent(region):
        body["bbox"] = [round(each, 4) for each in extent]
    headers = {**header, "Accept": "application/geo+json"}
    found: list[dict[str, Any]] = []
    cursors: set[str] = set()
    for _ in range(_MOST_PAGES):
        page = out.expect(Found, web.post(url, body, headers=headers).json(), "sökningens svar")
        found.extend(page.features)
        follow = next((link for link in page.links if link.rel == "next"), None)
        last = str(page.features[-1].get("id", "")) if page.features else ""
        if follow is None and len(page.features) < options.page_size:
            return found
        if not last or last in cursors:
            break
        cursors.add(last)
        if follow is not None and follow.body:
            body = {**body, **follow.body} if follow.merge else follow.body
        else:
            body = {**body, "afterId": last}
    raise ChangedError(
        f"{source.label}: bläddringen tar aldrig slut ({len(found)} planer lästes).",
        expected=f"En sista sida med färre än {options.page_size} planer, eller utan länken next.",
        do="Tjänsten kan ha ändrats. Det gamla ligger kvar; jämför svaren (mappen hamtat).",
    )


def _what(feature: dict[str, Any]) -> str:
    title = (feature.get("properties") or {}).get("title", "")
    return f"{title} {feature.get('id', '')}".strip()


def _placed(geometry: dict[str, Any] | None) -> tuple[Geometry | None, bool]:
    """The place in WGS 84, and whether it came in SWEREF 99 TM although WGS 84 was asked for."""
    first: Any = (geometry or {}).get("coordinates")
    while isinstance(first, list) and first and isinstance(first[0], list):
        first = first[0]
    if first and max(map(abs, first[:2])) > 180:
        return to_wgs84(geometry, _SWEREF_99_TM), True
    return geometry, False


def _found(plan: Plan, geometry: Geometry | None, source: Source) -> FoundPlan:
    is_adopted = plan.status == "antagen"
    return FoundPlan(
        plan.identity[:13], plan.municipality, "dp", plan.name, _STAGES[plan.status], plan.status,
        plan.changed or "", plan.number or "", (plan.changed or "") if is_adopted else "",
        plan.in_force or "", geometry=geometry, link=source.address,
    )  # fmt: skip


def _steps(plan: Plan, plan_id: str, out: Delivery) -> None:
    is_new = plan_id == f"{plan.municipality}-{out.source.name}-{plan.identity[:13]}"
    if is_new and plan.begun and plan.status != "påbörjad":
        begun = {"plan_id": plan_id, "plan_stage": "under_framtagande", "stage_date": plan.begun}
        out.add("plan_stage_event", begun)


def _documents(
    plan: Plan, plan_id: str, files: Files, header: dict[str, str], out: Delivery
) -> None:
    for asset in plan.assets.values():
        if "planbeskrivning" not in asset.roles:
            continue
        wanted = Wanted(asset.href, plan.municipality, plan_id, "dp", asset.title or plan.name)
        try:
            files.fetch(wanted, header)
        except UnreachableError:
            raise  # the rest of them is not there either
        except SourceError as error:
            out.reject("document", asset.href, error.found)
