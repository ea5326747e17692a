"""Metadata of the open data: Frictionless data package, CSVW and DCAT-AP-SE 3.0.1.

All of it is made from the contracts of columns and tables and from the edition itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import polars as pl
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, Namespace, URIRef

from pipelines.model.columns import Column
from pipelines.model.region import LICENCE, LICENCE_NAME, TERMS, Region
from pipelines.model.tables import TABLE
from pipelines.warehouse.open_data import FORMS, Resource

PACKAGE = "datapackage.json"
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_LIST = " Flera värden skiljs åt med semikolon."
_FRICTIONLESS = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
_CSVW = {"integer": "integer", "decimal": "double", "boolean": "boolean", "timestamp": "dateTime"}
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_PREFIXES = {
    "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "spdx": _SPDX, "vcard": _VCARD, "xsd": XSD
}  # fmt: skip
_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3, which rdflib's list does not have yet
_AUTHORITY = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True, slots=True)
class Part:
    """A resource as it was written: its columns, the hosts of its sources, bytes and SHA-256."""

    resource: Resource
    columns: tuple[Column, ...]
    sources: tuple[str, ...]
    sizes: dict[str, tuple[int, str]]


def sources_of(frame: pl.DataFrame) -> tuple[str, ...]:
    """Return the hosts that the rows' sources are at, in alphabetical order."""
    if "source_url" not in frame.columns:
        return ()
    hosts = {urlsplit(url).hostname for url in frame["source_url"].drop_nulls().unique()}
    return tuple(sorted(host for host in hosts if host))


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _about(text: str, region: Region) -> str:
    return f"{region.mark}. {text}" if region.mark else text


# Frictionless ------------------------------------------------------------------------------------


def package(parts: Sequence[Part], region: Region, facts: dict[str, Any]) -> bytes:
    """Return ``datapackage.json``: the standard CSV files with a Table Schema each."""
    licence = {"name": LICENCE_NAME, "path": LICENCE, "title": "CC0 1.0"}
    return _json(
        {
            "name": region.name,
            "title": f"Innovation i planeringen: {region.label}",
            "description": _about(TERMS, region),
            "version": facts["edition_id"],
            "created": f"{facts['built_at']:%Y-%m-%dT%H:%M:%SZ}",
            "licenses": [licence],
            "sources": [{"title": facts["attribution"]}] if facts["attribution"] else [],
            "contributors": [{"title": _publisher(region), "role": "publisher"}],
            "resources": [_resource(part, parts, region) for part in parts],
        }
    )


def _resource(part: Part, parts: Sequence[Part], region: Region) -> dict[str, Any]:
    resource = part.resource
    size, digest = part.sizes["csv"]
    return {
        "name": resource.name,
        "path": f"{resource.stem}.csv",
        "title": resource.title,
        "description": _about(resource.about, region),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": FORMS["csv"],
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "header": True},
        "sources": [{"title": host, "path": f"https://{host}/"} for host in part.sources],
        "schema": table_schema(part, {each.resource.name for each in parts}),
    }


def table_schema(part: Part, known: set[str]) -> dict[str, Any]:
    """Return the Table Schema of a resource; references to resources outside ``known`` are left."""
    table = part.resource.table
    header = {column.name: column.header for column in part.columns}
    keys = [
        {
            "fields": [header[name]],
            "reference": {
                "resource": TABLE[target].file,
                "fields": [next(c.header for c in TABLE[target].columns if c.name == key)],
            },
        }
        for name, target in table.references.items()
        for key in TABLE[target].key
        if name in header
        and TABLE[target].file in known
        and not next(c for c in part.columns if c.name == name).is_list
    ]
    return {
        "fields": [_field(column, column.name in table.required) for column in part.columns],
        "missingValues": [""],
        "primaryKey": [header[name] for name in table.key if name in header],
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column, is_required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.header,
        "title": column.label,
        "description": column.meaning + (_LIST if column.is_list else ""),
        "type": _FRICTIONLESS.get(column.kind, "string"),
    }
    if column.unit:
        field["unit"] = column.unit
    if column.kind == "boolean":
        field |= {"trueValues": ["ja"], "falseValues": ["nej"]}
    if column.kind == "url":
        field["format"] = "uri"
    constraints: dict[str, Any] = {"required": True} if is_required else {}
    if column.kind == "date":
        constraints["pattern"] = _DATE
    elif column.pattern and not column.is_list:
        constraints["pattern"] = column.pattern
    if column.codes is not None:
        field["categories"] = [
            {"value": code, "label": label} for code, label in column.codes.labels.items()
        ]
        if not column.is_list:
            constraints["enum"] = list(column.codes.values)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    return field | ({"constraints": constraints} if constraints else {})


# CSVW --------------------------------------------------------------------------------------------


def csvw(part: Part, region: Region, facts: dict[str, Any]) -> bytes:
    """Return ``<file>.csv-metadata.json``, where a CSVW reader looks for it."""
    resource = part.resource
    table = resource.table
    header = {column.name: column.header for column in part.columns}
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
            "url": f"{resource.stem.rpartition('/')[2]}.csv",
            "dc:title": resource.title,
            "dc:description": _about(resource.about, region),
            "dc:license": {"@id": LICENCE},
            "dc:rights": TERMS,
            "dc:publisher": _publisher(region),
            "dc:source": list(part.sources),
            "dc:modified": {"@value": f"{facts['built_at']:%Y-%m-%d}", "@type": "xsd:date"},
            "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
            "tableSchema": {
                "columns": [_csvw_column(c, c.name in table.required) for c in part.columns],
                "primaryKey": [header[name] for name in table.key if name in header],
            },
        }
    )


def _csvw_column(column: Column, is_required: bool) -> dict[str, Any]:
    datatype: Any = _CSVW.get(column.kind, "string")
    if column.kind == "boolean":
        datatype = {"base": "boolean", "format": "ja|nej"}
    elif column.kind == "date":
        datatype = {"base": "string", "format": f"^{_DATE}$"}
    elif column.pattern and not column.is_list:
        datatype = {"base": "string", "format": f"^(?:{column.pattern})$"}
    elif column.is_number:
        limits = {"minimum": column.minimum, "maximum": column.maximum}
        limits = {key: limit for key, limit in limits.items() if limit is not None}
        datatype = {"base": datatype, **limits} if limits else datatype
    found: dict[str, Any] = {
        "name": column.header,
        "titles": column.header,
        "dc:title": column.label,
        "dc:description": column.meaning,
        "datatype": datatype,
    }
    if column.is_list:
        found["separator"] = ";"
    return found | ({"required": True} if is_required else {})


# DCAT-AP-SE --------------------------------------------------------------------------------------


def catalogue(parts: Sequence[Part], region: Region, facts: dict[str, Any]) -> dict[str, bytes]:
    """Return the catalogue as ``dcat.ttl`` and ``dcat.jsonld``: a dataset for each resource."""
    base = f"{region.open_data.address}/" if region.open_data.address else ""
    graph = Graph(bind_namespaces="none")
    for prefix, space in _PREFIXES.items():
        graph.bind(prefix, space)
    catalogue_id = URIRef(f"{base}dcat.ttl#katalog")
    publisher = URIRef(region.open_data.publisher_uri or f"{base}dcat.ttl#utgivare")
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(_publisher(region), "sv")))
    modified = Literal(f"{facts['built_at']:%Y-%m-%dT%H:%M:%S}", datatype=XSD.dateTime)
    graph.add((catalogue_id, RDF.type, DCAT.Catalog))
    title = f"Innovation i planeringen: {region.label}"
    about = "Hur mycket innovation som är inskriven i kommunernas planer, och vad som blir av det."
    _common(graph, catalogue_id, title, _about(about, region), publisher, modified)
    graph.add((catalogue_id, DCTERMS.license, URIRef(LICENCE)))
    for part in parts:
        dataset = URIRef(f"{base}dcat.ttl#{part.resource.name}")
        graph.add((catalogue_id, DCAT.dataset, dataset))
        graph.add((dataset, RDF.type, DCAT.Dataset))
        text = f"{_about(part.resource.about, region)} {TERMS}"
        _common(graph, dataset, part.resource.title, text, publisher, modified)
        graph.add((dataset, _VERSION, Literal(facts["edition_id"])))
        graph.add((dataset, DCAT.theme, URIRef(f"{_AUTHORITY}data-theme/REGI")))
        graph.add((dataset, DCTERMS.accessRights, URIRef(f"{_AUTHORITY}access-right/PUBLIC")))
        graph.add((dataset, DCTERMS.accrualPeriodicity, URIRef(f"{_AUTHORITY}frequency/IRREG")))
        graph.add((dataset, DCAT.keyword, Literal("innovation", "sv")))
        graph.add((dataset, DCAT.keyword, Literal("fysisk planering", "sv")))
        for host in part.sources:
            graph.add((dataset, DCTERMS.source, URIRef(f"https://{host}/")))
        if region.open_data.contact:
            contact = URIRef(f"{base}dcat.ttl#kontakt")
            graph.add((dataset, DCAT.contactPoint, contact))
            graph.add((contact, RDF.type, _VCARD.Organization))
            graph.add((contact, _VCARD.fn, Literal(_publisher(region))))
            graph.add((contact, _VCARD.hasEmail, URIRef(f"mailto:{region.open_data.contact}")))
        _distributions(graph, dataset, part, base, modified)
    return {
        "dcat.ttl": graph.serialize(format="turtle").encode(),
        "dcat.jsonld": graph.serialize(format="json-ld", auto_compact=True).encode(),
    }


def _distributions(graph: Graph, dataset: URIRef, part: Part, base: str, modified: Literal) -> None:
    for form, (size, digest) in part.sizes.items():
        file = URIRef(f"{base}{part.resource.stem}.{form}")
        given = URIRef(f"{base}dcat.ttl#{part.resource.name}-{form}")
        graph.add((dataset, DCAT.distribution, given))
        graph.add((given, RDF.type, DCAT.Distribution))
        graph.add((given, DCTERMS.title, Literal(form.upper(), "sv")))
        graph.add((given, DCAT.accessURL, file))
        graph.add((given, DCAT.downloadURL, file))
        graph.add((given, DCTERMS["format"], Literal(FORMS[form])))
        graph.add((given, DCTERMS.license, URIRef(LICENCE)))
        graph.add((given, DCTERMS.rights, Literal(TERMS, "sv")))
        graph.add((given, DCTERMS.modified, modified))
        graph.add((given, DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger)))
        if form == "csv":
            schema = URIRef(f"{file}-metadata.json")
            graph.add((given, DCTERMS.conformsTo, schema))
        checksum = URIRef(f"{given}-summa")
        graph.add((given, _SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, _SPDX.Checksum))
        graph.add((checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, _SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary)))


def _common(
    graph: Graph,
    subject: URIRef,
    title: str,
    about: str,
    publisher: URIRef,
    modified: Literal,
) -> None:
    graph.add((subject, DCTERMS.title, Literal(title, "sv")))
    graph.add((subject, DCTERMS.description, Literal(about, "sv")))
    graph.add((subject, DCTERMS.publisher, publisher))
    graph.add((subject, DCTERMS.language, URIRef(f"{_AUTHORITY}language/SWE")))
    graph.add((subject, DCTERMS.modified, modified))


def _publisher(region: Region) -> str:
    return region.open_data.publisher or region.label
