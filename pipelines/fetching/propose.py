"""A proposed record of a plan layer, made from a sample: what each column seems to hold."""

from __future__ import annotations

import json
import re
from collections import Counter

from pipelines.errors import SourceError
from pipelines.fetching.delivery import fetched_folder
from pipelines.fetching.layers import Feature, Format, Layer
from pipelines.fetching.plan_layer import HEADERS, Meaning, stage_of
from pipelines.fetching.source import own_file
from pipelines.fetching.web import USUAL, Limits, Web, hosts_of
from pipelines.model.codes import PLAN_STAGE
from pipelines.model.columns import plain_name
from pipelines.model.region import Region

_SAMPLE = 500


def propose(
    region: Region, address: str, municipality: str, layer: str = "", limits: Limits = USUAL
) -> str:
    """Return a record as TOML, to be read by a person before it is used.

    Columns are recognised by their names, stages by the words in the sample; what is not
    recognised is listed in comments, and an unknown word of a stage is left empty, which stops a
    fetch until somebody fills it in.

    Raises:
        SourceError: the address gives no objects.
    """
    web = Web(
        hosts_of([address] if "//" in address else []), fetched_folder(region) / "prov", limits
    )
    form = _format(address)
    sample: list[Feature] = []
    try:
        where = Layer(address, form, layer, page_size=_SAMPLE, home=region.folder)
        sample = list(where.features(web, pages=1))
    finally:
        web.close()
    if not sample:
        raise SourceError(
            f"{address} gav inga objekt.",
            expected="Ett lager med planer.",
            do="Ange ett annat lager med --layer, eller kontrollera adressen.",
        )
    columns = {name: [f.columns.get(name) for f in sample] for name in sample[0].columns}
    mapping = _columns(columns)
    words = Counter(
        " ".join(str(value).split())
        for value in columns.get(mapping.get("stage", ""), [])
        if value is not None
    )
    return _written(address, municipality, form, layer, mapping, words, columns)


def save(region: Region, name: str, text: str) -> str:
    """Write a proposed record where the region's sources are; nothing is overwritten."""
    file = own_file(region, name)
    if file.exists():
        raise SourceError(
            f"{file.name} finns redan.",
            expected="Ett namn som ingen källa har.",
            do="Ange ett annat med --name, eller ta bort filen först.",
        )
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return str(file)


def _format(address: str) -> Format:
    if re.search(r"/(?:Feature|Map)Server/\d+", address, re.I):
        return "arcgis"
    return "wfs" if re.search(r"\bwfs\b", address, re.I) and "//" in address else "file"


def _columns(columns: dict[str, list[object]]) -> dict[Meaning, str]:
    """The best column of each meaning: its words as the whole name, else in it, and not empty."""
    taken: dict[Meaning, str] = {}
    for meaning, words in HEADERS.items():
        ranked = [
            (not re.fullmatch(words, plain_name(name)), position, name)
            for position, (name, values) in enumerate(columns.items())
            if name not in taken.values()
            and re.search(words, plain_name(name))
            and any(value not in (None, "") for value in values)
        ]
        if ranked:
            taken[meaning] = min(ranked)[2]
    return taken


def _written(
    address: str, municipality: str, form: Format, layer: str, mapping: dict[Meaning, str],
    words: Counter[str], columns: dict[str, list[object]],
) -> str:  # fmt: skip
    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [
        "# Föreslagen ur ett stickprov: läs igenom, rätta och fyll i innan källan hämtas.",
        f"label = {text(f'Planer i {municipality}')}",
        'adapter = "plan_layer"',
        f"address = {text(address)}",
        'licence = "okänd: fråga kommunen"',
        'attribution = "Kommunen"',
        'coverage = ""',
        'tables = ["plan"]',
        f'seen = ["columns of a sample: {len(next(iter(columns.values())))} objects"]',
        "",
        "[options]",
        f"municipality = {text(municipality)}",
        f"format = {text(form)}",
        f"layer = {text(layer)}",
        'crs = "EPSG:3006"   # där svaret inte säger något annat',
        'stage = ""          # hela lagrets skede, där ingen kolumn har det',
        "",
        "[options.columns]",
        *(f"{meaning} = {text(name)}" for meaning, name in mapping.items()),
    ]
    for name, values in columns.items():
        if name not in mapping.values():
            shown = next((str(v)[:40] for v in values if v not in (None, "")), "tom")
            lines.append(
                f"# oanvänd: {' '.join(name.split())} (till exempel {' '.join(shown.split())})"
            )
    lines += ["", f"[options.stages]   # till: {', '.join(PLAN_STAGE.labels)}"]
    for word, number in words.most_common():
        stage = stage_of(word, {})
        known = stage if stage in PLAN_STAGE.labels else ""
        lines.append(f"{text(word)} = {text(known)}   # {number} i stickprovet")
    return "\n".join(lines) + "\n"
