"""Stable addresses for data: ``/filer/<region>/<table>.csv`` always gives the current edition.

``?form=excel`` gives the file that Swedish Excel opens rightly, ``?utgava=<id>`` a certain edition,
and ``.json`` in place of ``.csv`` what the columns mean. ``/filer`` lists all there is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import database
from dashboard.queries.edition import edition_facts, row_counts, whole_table
from pipelines.errors import EditionError, PlanInnovationError
from pipelines.model.region import load_region, region_names
from pipelines.model.tables import TABLE, Table
from pipelines.warehouse.delimited import DIALECT_LABELS, write_csv
from pipelines.warehouse.edition import find_edition, list_editions

_BY_FILE = {table.file: table for table in TABLE.values()}


class _Wanted(NamedTuple):
    """What an address asks for."""

    region: str
    table: Table
    edition: Path
    is_frozen: bool


def regions(_request: Request) -> JSONResponse:
    """List regions that have an edition."""
    found = [name for name in region_names() if database.has_edition(name)]
    return JSONResponse({"regioner": [_region(name) for name in found]})


def tables(request: Request) -> Response:
    """List an edition's tables with their addresses."""
    try:
        name = _known_region(request.path_params["region"])
        edition, _ = _edition(name, request.query_params.get("utgava", ""))
    except PlanInnovationError as error:
        return _refused(error)
    listed = [
        {
            "tabell": row["label"],
            "en_rad_ar": row["row"],
            "rader": row["rows"],
            "adress": f"filer/{name}/{row['file']}.csv",
        }
        for row in database.ask_now(edition, row_counts).to_dicts()
    ]
    return JSONResponse(_region(name) | _facts(edition) | {"tabeller": listed})


def table_file(request: Request) -> Response:
    """Send a table as CSV, or what its columns mean as JSON."""
    try:
        wanted, kind = _wanted(request)
        form = request.query_params.get("form", "standard")
        if form not in DIALECT_LABELS:
            raise EditionError(
                f"Formen {form} finns inte.",
                expected=f"En av {', '.join(DIALECT_LABELS)}.",
                do="Ändra form i adressen.",
            )
    except PlanInnovationError as error:
        return _refused(error)
    etag = f'"{wanted.edition.stem}-{wanted.table.file}-{kind}-{form}"'
    kept = "public, max-age=86400" if wanted.is_frozen else "no-cache"
    headers = {"ETag": etag, "Cache-Control": kept}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if kind == "json":
        return JSONResponse(_meaning(wanted), headers=headers)
    mark = load_region(wanted.region).mark
    frame = database.ask_now(wanted.edition, whole_table, wanted.table.name)
    body = write_csv(frame, wanted.table.columns, form, mark)
    first = "exempeldata" if mark else wanted.region
    name = f"{first}_{wanted.table.file}_{wanted.edition.stem}_{form}.csv"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8")


def _wanted(request: Request) -> tuple[_Wanted, str]:
    region = _known_region(request.path_params["region"])
    stem, _, kind = request.path_params["name"].rpartition(".")
    if stem not in _BY_FILE or kind not in ("csv", "json"):
        raise EditionError(
            f"Filen {request.path_params['name']} finns inte.",
            expected=f"En av {', '.join(sorted(_BY_FILE))} med ändelsen .csv eller .json.",
            do=f"Se filer/{region} för alla adresser.",
        )
    edition, is_frozen = _edition(region, request.query_params.get("utgava", ""))
    if _BY_FILE[stem].name not in database.ask_now(edition, row_counts)["table_name"]:
        raise EditionError(
            f"Utgåvan {edition.stem} har ingen tabell {stem}.",
            expected="En tabell som fanns när utgåvan byggdes.",
            do=f"Se filer/{region}?utgava={edition.stem} för dess tabeller.",
        )
    return _Wanted(region, _BY_FILE[stem], edition, is_frozen), kind


def _known_region(name: str) -> str:
    if name not in region_names():
        raise EditionError(
            f"Regionen {name} finns inte.",
            expected=f"En av {', '.join(region_names())}.",
            do="Se filer för alla regioner.",
        )
    return name


def _edition(region: str, asked: str) -> tuple[Path, bool]:
    """The edition asked for, and whether it was named; only names that exist in the folder."""
    if not asked:
        return database.current_edition(region), False
    found = find_edition(region, asked)
    if found is None:
        held = ", ".join(sorted(file.stem for file in list_editions(region)))
        raise EditionError(
            f"Utgåvan {asked} finns inte kvar.",
            expected=f"En av {held or 'inga utgåvor'}.",
            do="Byt utgåva i adressen, eller ta bort den för att få den senaste.",
        )
    return found, True


def _region(name: str) -> dict[str, Any]:
    region = load_region(name)
    found: dict[str, Any] = {"region": name, "namn": region.label, "adress": f"filer/{name}"}
    return found | ({"exempeldata": region.mark} if region.mark else {})


def _facts(edition: Path) -> dict[str, Any]:
    row = database.ask_now(edition, edition_facts)
    return {
        "utgava": row["edition_id"],
        "byggd": str(row["built_at"]),
        "kontrollsumma": row["content_hash"],
        "karta": row["attribution"],
    }


def _meaning(wanted: _Wanted) -> dict[str, Any]:
    columns = [
        {
            "kolumn": column.label,
            "rubrik": column.header,
            "betydelse": column.meaning,
            "enhet": column.unit,
            "koder": column.codes.labels if column.codes else None,
        }
        for column in wanted.table.columns
    ]
    about = {"tabell": wanted.table.label, "en_rad_ar": wanted.table.row, "kolumner": columns}
    return _region(wanted.region) | _facts(wanted.edition) | about


def _refused(error: PlanInnovationError) -> JSONResponse:
    body = {"fel": error.found, "vantat": error.expected, "gor": error.do}
    return JSONResponse(body, status_code=404)


FILE_ROUTES = [
    Route("/filer", regions),
    Route("/filer/{region}", tables),
    Route("/filer/{region}/{name}", table_file),
]
