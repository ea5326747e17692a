"""Objects of a map layer, whatever gives them: WFS, ArcGIS, GeoPackage, GeoJSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from lxml import etree

from pipelines.errors import SourceError
from pipelines.fetching.plans import Geometry, crs_of, to_wgs84
from pipelines.fetching.web import ChangedError, Web
from pipelines.sources.csv_records import decode

Format = Literal["wfs", "arcgis", "file"]
_MOST_PAGES = 500
_TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Feature:
    """One object: its columns as the source names them, and its place in WGS 84."""

    columns: dict[str, Any]
    geometry: Geometry | None


@dataclass(frozen=True)
class Layer:
    """Where a layer is; ``name`` is its name in the service or file, ``crs`` where it does not say.

    ``address`` is a web address, or a file below the region's folder.
    """

    address: str
    format: Format
    name: str = ""
    crs: str = "EPSG:3006"
    page_size: int = 1000
    home: Path = Path()

    def features(self, web: Web, pages: int = _MOST_PAGES) -> Iterator[Feature]:
        """Yield every object, page after page.

        Args:
            web: what asks.
            pages: pages that are wanted; more than there can be by default.

        Raises:
            ChangedError: a reply is no page of objects, or the pages never end.
        """
        if self.format == "file":
            return self._of_file(web)
        return self._of_wfs(web, pages) if self.format == "wfs" else self._of_arcgis(web, pages)

    def _of_wfs(self, web: Web, pages: int) -> Iterator[Feature]:
        asked: dict[str, str | int] = {
            "service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": self.name,
            "outputFormat": "application/json", "srsName": self.crs, "count": self.page_size,
        }  # fmt: skip
        got, before = 0, ""
        for _ in range(pages):
            reply = web.get(self.address, params={**asked, "startIndex": got})
            if fault := re.search(rb"ExceptionText>([^<]+)", reply.body):
                raise ChangedError(
                    f"{self.address} svarade: {fault[1].decode('utf-8', 'replace').strip()}",
                    expected="Ett lager som finns.",
                    do=f"Ange lagret i källans beskrivning. Tjänstens lager: {self._names(web)}.",
                )
            page = _collection(reply.json(), self.address)
            self._not_again(before, reply.sha256)
            before = reply.sha256
            yield from _of(page, self.crs)
            got += len(page["features"])
            total = page.get("numberMatched")
            if len(page["features"]) < self.page_size or (isinstance(total, int) and got >= total):
                return

    def _of_arcgis(self, web: Web, pages: int) -> Iterator[Feature]:
        asked: dict[str, str | int] = {
            "where": "1=1", "outFields": "*", "f": "geojson", "outSR": 4326,
            "resultRecordCount": self.page_size,
        }  # fmt: skip
        got, before = 0, ""
        for _ in range(pages):
            url = f"{self.address.rstrip('/')}/query"
            reply = web.get(url, params={**asked, "resultOffset": got})
            page = _collection(reply.json(), self.address)
            self._not_again(before, reply.sha256)
            before = reply.sha256
            yield from _of(page, "EPSG:4326")
            got += len(page["features"])
            more = {**page, **(page.get("properties") or {})}.get("exceededTransferLimit")
            if not page["features"] or not (more or len(page["features"]) >= self.page_size):
                return

    def _not_again(self, before: str, now: str) -> None:
        if before == now:
            raise ChangedError(
                f"{self.address} ger samma sida om och om igen.",
                expected="Nästa sida.",
                do="Tjänsten bläddrar inte: höj page_size i källans beskrivning.",
            )

    def _of_file(self, web: Web) -> Iterator[Feature]:
        if "//" in self.address:
            content = web.get(self.address).body
            name = PurePosixPath(urlsplit(self.address).path).name
        else:
            file = self.home / self.address
            if not file.is_file():
                raise SourceError(
                    f"Filen {self.address} finns inte i regionens mapp.",
                    expected="En fil eller en webbadress.",
                    do="Lägg filen där, eller rätta address i källans beskrivning.",
                )
            content, name = file.read_bytes(), file.name
        if Path(name).suffix.casefold() in _TABLES:
            return _of_table(content)
        if Path(name).suffix.casefold() in (".json", ".geojson", ""):
            try:
                page = _collection(json.loads(content), self.address)
            except ValueError as error:
                raise ChangedError(
                    f"{name} är inte JSON ({error}).",
                    expected="GeoJSON.",
                    do="Kontrollera adressen.",
                ) from error
            # without a word of it GeoJSON is in degrees; numbers that are none are the layer's own
            return _of(page, self.crs if _is_metric(page) else "EPSG:4326")
        return self._of_gdal(content, name, web.folder)

    def _of_gdal(self, content: bytes, name: str, folder: Path) -> Iterator[Feature]:
        """Objects of a file that GDAL reads, which also moves them to WGS 84."""
        import pyogrio
        from pyogrio.errors import DataLayerError, DataSourceError

        given = folder / f"lager{Path(name).suffix or '.geojson'}"
        given.write_bytes(content)
        moved = folder / "lager.wgs84.geojson"
        moved.unlink(missing_ok=True)
        try:
            meta, table = pyogrio.read_arrow(given, layer=self.name or None)
            pyogrio.write_arrow(
                table, moved, driver="GeoJSON", RFC7946="YES", crs=meta["crs"] or self.crs,
                geometry_name=meta["geometry_name"] or "wkb_geometry",
                geometry_type=meta["geometry_type"] or "Unknown",
            )  # fmt: skip
        except DataLayerError as error:
            layers = ", ".join(str(each[0]) for each in pyogrio.list_layers(given))
            raise SourceError(
                f"Lagret {self.name} finns inte i {name}.",
                expected=f"Ett av: {layers}.",
                do="Ange lagret i källans beskrivning.",
            ) from error
        except DataSourceError as error:
            raise ChangedError(
                f"{name} går inte att läsa som kartlager ({error}).",
                expected="GeoPackage, GeoJSON eller CSV.",
                do="Spara filen på nytt ur källan.",
            ) from error
        page = json.loads(moved.read_text("utf-8"))
        given.unlink()
        moved.unlink()
        return _of(page, "EPSG:4326")

    def _names(self, web: Web) -> str:
        asked = {"service": "WFS", "version": "2.0.0", "request": "GetCapabilities"}
        try:
            tree = etree.fromstring(web.get(self.address, params=asked).body)
        except (SourceError, etree.XMLSyntaxError):
            return "okända"
        found = cast(list[str], tree.xpath("//*[local-name()='FeatureType']/*[1]/text()"))
        return ", ".join(found[:50]) or "okända"


def _collection(page: Any, address: str) -> dict[str, Any]:
    if isinstance(page, dict) and isinstance(page.get("features"), list):
        return page
    error = page.get("error") if isinstance(page, dict) else None
    words = error.get("message", error) if isinstance(error, dict) else str(page)[:100]
    raise ChangedError(
        f"{address} svarade inte med objekt: {words}",
        expected="En FeatureCollection (GeoJSON).",
        do="Kontrollera adress och lager i källans beskrivning; det gamla ligger kvar så länge.",
    )


def _is_metric(page: dict[str, Any]) -> bool:
    first: Any = next((f["geometry"] for f in page["features"] if f.get("geometry")), {})
    first = first.get("coordinates")
    while isinstance(first, list) and first and isinstance(first[0], list):
        first = first[0]
    return bool(first) and max(map(abs, first[:2])) > 180


def _of(page: dict[str, Any], usual: str) -> Iterator[Feature]:
    crs = crs_of(page, usual)
    for each in page["features"]:
        columns = dict(each.get("properties") or {})
        if "id" in each:
            columns.setdefault("id", each["id"])
        yield Feature(columns, to_wgs84(each.get("geometry"), crs))


def _of_table(content: bytes) -> Iterator[Feature]:
    text = decode(content)
    first = text.partition("\n")[0]
    separator = max(";,\t|", key=first.count)
    for row in csv.DictReader(io.StringIO(text), delimiter=separator):
        yield Feature({name.strip(): cell for name, cell in row.items() if name}, None)
