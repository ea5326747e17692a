"""A comprehensive plan that is published as map layers (ÖP-modell 2.1, GeoPackage): its texts.

The model's areas carry what the plan says of each place. The texts are written as one web page, by
layer, category and area, which a build reads and codes like any other planning document. Which
columns hold them is not known for the published model, so that a record has to say it.
"""

from __future__ import annotations

from collections import Counter
from html import escape

from pydantic import Field

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery, write_whole
from pipelines.fetching.layers import Feature, Layer
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, Web
from pipelines.model.region import Region

CATEGORIES = (
    "Mångfunktionell bebyggelse", "Sammanhängande bostadsbebyggelse", "Verksamheter och industri",
    "Transportinfrastruktur", "Teknisk anläggning", "Areell näring", "Grönområde och park",
    "Natur och friluftsliv", "Landsbygd", "Vatten",
)  # fmt: skip
"""Categories of land and water use in the model; another one is told and kept."""


class Options(Settings):
    """Whose plan it is, and which columns of which layers hold what."""

    municipality: str = Field(pattern=r"^\d{4}$")
    plan_id: str
    layers: tuple[str, ...] = Field(min_length=1)
    name: str
    texts: tuple[str, ...] = Field(min_length=1)
    category: str = ""


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Write the texts of a comprehensive plan as a document of it."""
    options = source.read_options(Options)
    plans = {row["plan_id"]: row for row in out.known("plan").iter_rows(named=True)}
    if options.plan_id not in plans:
        raise SourceError(
            f"Källan {source.name} hör till planen {options.plan_id}, som inte finns i registret.",
            expected="Översiktsplanens plan-id i planer.csv.",
            do="Rätta plan_id i källans beskrivning, eller lägg till planen i registret.",
        )
    name = str(plans[options.plan_id]["plan_name"])
    parts = [f"<h1>{escape(name)}</h1>"]
    for layer in options.layers:
        where = Layer(source.address, "file", layer, home=region.folder)
        parts += _written(layer, list(where.features(web)), options, out)
    if len(parts) == 1:
        raise ChangedError(
            f"{source.label}: inget område har någon text.",
            expected=f"Text i kolumnerna {', '.join(options.texts)}.",
            do="Rätta texts i källans beskrivning.",
        )
    page = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{escape(name)}</title>'
    )
    file = f"oversiktsplan-{source.name}.html"
    folder = region.inbox / options.municipality / options.plan_id
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / file, f"{page}</head><body>{''.join(parts)}</body></html>\n")
    out.add(
        "document",
        {
            "document_id": f"{options.plan_id}-{source.name}",
            "municipality_code": options.municipality, "object_id": options.plan_id,
            "document_kind": "op", "document_title": name, "file_name": file,
            "source_url": source.address if "//" in source.address else None,
            "certainty": "seen", "note": f"Texter ur kartlagren {', '.join(options.layers)}.",
        },
    )  # fmt: skip


def _written(layer: str, features: list[Feature], options: Options, out: Delivery) -> list[str]:
    """The texts of a layer's areas; the same text of several areas is written once."""
    wanted = (options.name, *options.texts, *filter(None, [options.category]))
    there = features[0].columns if features else {}
    if features and (missing := [column for column in wanted if column not in there]):
        raise ChangedError(
            f"Lagret {layer} saknar kolumnen {missing[0]}.",
            expected=f"En av: {', '.join(there)}.",
            do="Rätta name, texts eller category i källans beskrivning.",
        )
    by_category: dict[str, dict[str, list[str]]] = {}
    unknown: Counter[str] = Counter()
    empty = 0
    for feature in features:
        texts = [str(feature.columns.get(column) or "").strip() for column in options.texts]
        category = str(feature.columns.get(options.category) or "")
        if category and category not in CATEGORIES:
            unknown[category] += 1
        if not any(texts):
            empty += 1
            continue
        areas = by_category.setdefault(category, {})
        written = "".join(f"<p>{escape(text)}</p>" for text in texts if text)
        areas.setdefault(written, []).append(str(feature.columns.get(options.name) or ""))
    out.note(f"{layer}: {len(features)} områden, {len(features) - empty} med text, {empty} utan.")
    for category, number in unknown.items():
        out.note(f"Okänd kategori ”{category}” ({number} områden); texten togs med ändå.")
    parts = [f"<h2>{escape(layer.replace('_', ' '))}</h2>"]
    for category, areas in sorted(by_category.items()):
        parts += [f"<h3>{escape(category)}</h3>"] if category else []
        for written, names in areas.items():
            heading = ", ".join(dict.fromkeys(filter(None, names)))
            parts.append((f"<h4>{escape(heading)}</h4>" if heading else "") + written)
    return ["".join(parts)] if by_category else []
