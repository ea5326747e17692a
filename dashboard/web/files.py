"""Stable addresses for open data.

``/filer/<region>/planer.csv`` always gives the current edition, with ``.parquet`` or ``.json`` in
place of ``.csv`` in another form, and ``/filer/<region>/indikatorer/1.1.csv`` one indicator.
``/filer/<region>/utgava/<id>/planer.csv`` gives the same of a named edition and remains. Beside the
data are ``datapackage.json``, ``planer.csv-metadata.json``, ``dcat.ttl``, ``dcat.jsonld`` and
``SHA256SUMS``. ``?form=excel`` gives the CSV that Swedish Excel opens rightly. ``/filer`` and
``/filer/<region>`` list all there is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import duckdb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.budget import question
from dashboard.limits import LimitError
from pipelines.errors import EditionError, PlanInnovationError
from pipelines.indicators.asking import running
from pipelines.model.region import Region, load_region, region_names
from pipelines.warehouse import open_data
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect
from pipelines.warehouse.edition import find_edition, list_archived, list_editions

_METADATA = {
    "datapackage.json": "application/json",
    "dcat.ttl": "text/turtle",
    "dcat.jsonld": "application/ld+json",
    open_data.SUMS: "text/plain",
}
_SCHEMA, _SCHEMA_TYPE = ".csv-metadata.json", "application/csvm+json"
_ONE_AT_A_TIME = threading.Lock()


def regions(_request: Request) -> JSONResponse:
    """List regions that have an edition."""
    found = [load_region(name) for name in region_names() if database.has_edition(name)]
    return JSONResponse({"regioner": [_region(region) for region in found]})


def files(request: Request) -> Response:
    """List an edition's files with their addresses, and the editions that can be asked for."""
    try:
        region = _known_region(request)
        edition_id, is_frozen = _asked(region, request)
        with _opened(region, edition_id) as con:
            facts = open_data.edition_facts(con)
            listed = open_data.resources(con)
            rows = {each.stem: each.count(con) for each in listed}
    except LimitError:
        raise  # answered as busy, with the time to wait, as for every address
    except PlanInnovationError as error:
        return _refused(error)
    base = f"filer/{region.name}" + (f"/utgava/{edition_id}" if is_frozen else "")
    tables = [
        {
            "tabell": each.title,
            "en_rad_ar": each.table.row,
            "rader": rows[each.stem],
            "adress": f"{base}/{each.stem}.csv",
            "former": [f"{base}/{each.stem}.{form}" for form in open_data.FORMS],
            "kolumner": f"{base}/{each.stem}{_SCHEMA}",
        }
        for each in listed
    ]
    held = [file.stem for file in list_editions(region.name)]
    about = {
        "utgava": edition_id,
        "byggd": str(facts["built_at"]),
        "kontrollsumma": facts["content_hash"],
        "karta": facts["attribution"],
        "metadata": [f"{base}/{name}" for name in _METADATA],
        "utgavor": [
            f"filer/{region.name}/utgava/{each}" for each in list_archived(region.name) + held
        ],
    }
    whole = [row for row, each in zip(tables, listed, strict=True) if not each.indicator]
    parts = [row for row, each in zip(tables, listed, strict=True) if each.indicator]
    return JSONResponse(_region(region) | about | {"tabeller": whole, "indikatorer": parts})


def file(request: Request) -> Response:
    """Send one file of an edition."""
    name = request.path_params["name"]
    try:
        region = _known_region(request)
        edition_id, is_frozen = _asked(region, request)
        form = _dialect(request.query_params.get("form", "standard"))
        etag = f'"{edition_id}-{name.encode().hex()}-{form}"'
        kept = "public, max-age=86400" if is_frozen else "no-cache"
        headers = {"ETag": etag, "Cache-Control": kept}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        content, kind = _content(region, edition_id, name, form)
    except LimitError:
        raise  # answered as busy, with the time to wait, as for every address
    except PlanInnovationError as error:
        return _refused(error)
    stem, _, ending = name.rpartition(".")
    if kind in (open_data.FORMS["csv"], open_data.FORMS["parquet"]):
        first = "exempeldata" if region.mark else region.name
        shown = f"{first}_{stem.replace('/', '_')}_{edition_id}_{form}.{ending}"
        headers["Content-Disposition"] = f'attachment; filename="{shown}"'
    return Response(content, headers=headers, media_type=kind)


def _content(region: Region, edition_id: str, name: str, dialect: Dialect) -> tuple[bytes, str]:
    """Return a file's bytes and media type; its name is looked up and never a path.

    Raises:
        EditionError: the edition has no such file.
    """
    if name in _METADATA or name.endswith(_SCHEMA):
        with _ONE_AT_A_TIME:
            content = _metadata(region, edition_id).get(name)
        if content is not None:
            return content, _METADATA.get(name, _SCHEMA_TYPE)
    stem, _, ending = name.rpartition(".")
    with _opened(region, edition_id) as con:
        resource = open_data.find_resource(con, stem)
        if resource is None or ending not in open_data.FORMS:
            raise EditionError(
                f"Filen {name} finns inte i utgåvan {edition_id}.",
                expected=f"En tabell eller ett mått med ändelsen .{', .'.join(open_data.FORMS)}.",
                do=f"Se filer/{region.name} för alla adresser.",
            )
        frame = resource.read(con)
        if ending == "csv":
            content = open_data.table_csv(resource, frame, region.mark, dialect)
            return content, open_data.FORMS["csv"]
        facts = open_data.edition_facts(con)
        return open_data.encode(resource, frame, ending, region, facts), open_data.FORMS[ending]


@lru_cache(maxsize=8)
def _metadata(region: Region, edition_id: str) -> dict[str, bytes]:
    """Return the files that describe an edition's others, which are all made to be counted."""
    with _opened(region, edition_id) as con:
        return {
            name: content
            for name, content in open_data.open_files(con, region)
            if name in _METADATA or name.endswith(_SCHEMA)
        }


@contextmanager
def _opened(region: Region, edition_id: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read an edition through the held connection, or its tables in the archive."""
    kept = find_edition(region.name, edition_id)
    if kept is not None:
        cursor = database.connection(kept).cursor()
        with question(), running(cursor):
            yield cursor
    else:
        with open_data.opened(region.name, edition_id) as con:
            yield con


def _known_region(request: Request) -> Region:
    name = request.path_params["region"]
    if name not in region_names():
        raise EditionError(
            f"Regionen {name} finns inte.",
            expected=f"En av {', '.join(region_names())}.",
            do="Se filer för alla regioner.",
        )
    return load_region(name)


def _asked(region: Region, request: Request) -> tuple[str, bool]:
    """The id of the edition asked for, and whether it was named."""
    named = request.path_params.get("edition") or request.query_params.get("utgava")
    return (named, True) if named else (database.current_edition(region.name).stem, False)


def _dialect(asked: str) -> Dialect:
    for dialect in DIALECT_LABELS:
        if dialect == asked:
            return dialect
    raise EditionError(
        f"Formen {asked} finns inte.",
        expected=f"En av {', '.join(DIALECT_LABELS)}.",
        do="Ändra form i adressen.",
    )


def _region(region: Region) -> dict[str, Any]:
    found: dict[str, Any] = {
        "region": region.name,
        "namn": region.label,
        "adress": f"filer/{region.name}",
    }
    return found | ({"exempeldata": region.mark} if region.mark else {})


def _refused(error: PlanInnovationError) -> JSONResponse:
    body = {"fel": error.found, "vantat": error.expected, "gor": error.do}
    return JSONResponse(body, status_code=404)


FILE_ROUTES = [
    Route("/filer", regions),
    Route("/filer/{region}", files),
    Route("/filer/{region}/utgava/{edition}", files),
    Route("/filer/{region}/utgava/{edition}/{name:path}", file),
    Route("/filer/{region}/{name:path}", file),
]
