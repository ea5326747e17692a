"""Plans of a municipality's own map service or file, by a mapping of columns and stages.

Every municipality names its columns in its own way. ``planinnovation source propose`` makes the
mapping from a sample; a person confirms it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery
from pipelines.fetching.layers import Feature, Format, Layer
from pipelines.fetching.plans import FoundPlan, Plans
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import Web
from pipelines.model.codes import PLAN_STAGE
from pipelines.model.columns import plain_name
from pipelines.model.region import Region

Meaning = Literal[
    "id", "name", "case_number", "stage", "stage_date", "adopted_date", "legal_force_date",
    "dwellings", "link",
]  # fmt: skip
HEADERS: dict[Meaning, str] = {
    "name": r"plan_?namn|planens_namn|namn|benamning|titel|name",
    "case_number": r"diarie|dnr|plannummer|plannr|beteckning|aktnr|akt_?beteckning",
    "stage": r"skede|status|fas\b",
    "stage_date": r"skede.*dat|status.*dat|dat.*(?:skede|status)|samrad|granskning",
    "legal_force_date": r"laga_?kraft|lagakraft|lk_?dat",
    "adopted_date": r"antag",
    "dwellings": r"bostader|lagenheter",
    "link": r"lank|url|webb|hemsida|www",
    "id": r"objektidentitet|plan_?id|objectid|globalid|^id$|fid",
}
"""Words in the names of columns, by which a mapping is proposed."""
_WORDS = {
    "startad": "planuppdrag", "programskede": "program", "plansamråd": "samrad",
    "samrådsskede": "samrad", "granskningsskede": "granskning", "utställning": "granskning",
    "vunnit laga kraft": "laga_kraft", "lagakraftvunnen": "laga_kraft", "avskriven": "avbruten",
}  # fmt: skip
"""What municipalities call stages besides the register's own words and their synonyms."""


class Options(Settings):
    """The mapping: which column holds what, and which of the register's stages a word means."""

    municipality: str = Field(pattern=r"^\d{4}$")
    format: Format
    layer: str = ""
    crs: str = "EPSG:3006"
    page_size: int = 1000
    kind: Literal["op", "fop", "tillagg", "program", "dp"] = "dp"
    stage: str = ""
    columns: dict[Meaning, str]
    stages: dict[str, str] = Field({})


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Deliver the plans of a layer."""
    options = source.read_options(Options)
    plans = Plans(out)
    _check(source, options, plans)
    layer = Layer(
        source.address, options.format, options.layer, options.crs, options.page_size, region.folder
    )
    for number, feature in enumerate(layer.features(web), start=1):
        if missing := [c for c in options.columns.values() if c not in feature.columns]:
            out.reject("plan", f"objekt {number}", f"Kolumnen {missing[0]} saknas.")
        elif not _cell(feature, options, "name"):
            out.reject("plan", f"objekt {number}", "Planen har inget namn.")
        else:
            plans.add(_found(feature, options))
    if source.coverage:
        out.note(source.coverage)


def _check(source: Source, options: Options, plans: Plans) -> None:
    faults = [
        (not options.columns.get("name"), "saknar kolumn för planens namn (columns.name)"),
        (not (options.stage or options.columns.get("stage")), "säger inte vilket skede som gäller"),
        (options.municipality not in plans.municipalities, "gäller en kommun utanför regionen"),
    ]
    for word, stage in (*options.stages.items(), ("stage", options.stage)):
        faults.append((bool(stage) and stage not in PLAN_STAGE.labels, f"anger skedet {stage!r}"))
        faults.append((not stage and word != "stage", f"säger inte vad ”{word}” betyder"))
    for is_fault, words in faults:
        if is_fault:
            raise SourceError(
                f"Källan {source.name} {words}.",
                expected=f"Skeden: {', '.join(PLAN_STAGE.labels)}.",
                do="Gör klart avbildningen i källans beskrivning; docs/sources.md visar hur.",
            )


def stage_of(word: str, stages: dict[str, str]) -> str:
    """Return the register's stage that a word means; the word itself where none does."""
    plain = " ".join(word.casefold().split())
    own = {key.casefold(): stage for key, stage in stages.items()}
    return own.get(plain) or PLAN_STAGE.spellings.get(plain) or _WORDS.get(plain) or word


def _found(feature: Feature, options: Options) -> FoundPlan:
    def cell(meaning: Meaning) -> str:
        return _cell(feature, options, meaning)

    case, name, word = cell("case_number"), cell("name"), cell("stage")
    source_id = plain_name(cell("id") or case or name).replace("_", "-")
    link = cell("link")
    return FoundPlan(
        source_id, options.municipality, options.kind, name,
        stage_of(word, options.stages) if word else options.stage, word,
        day_of(cell("stage_date")), case, day_of(cell("adopted_date")),
        day_of(cell("legal_force_date")), cell("dwellings"),
        link if link.startswith(("http://", "https://")) else "", feature.geometry,
    )  # fmt: skip


def _cell(feature: Feature, options: Options, meaning: Meaning) -> str:
    value: Any = feature.columns.get(options.columns.get(meaning, ""))
    return " ".join(str(value).split()) if value is not None else ""


def day_of(text: str) -> str:
    """Return a day as ISO 8601 from what services write: with time, without dashes, as epoch.

    >>> [day_of(t) for t in ("2026-02-20T00:00:00Z", "20260220", "1771545600000", "2026-02", "")]
    ['2026-02-20', '2026-02-20', '2026-02-20', '2026-02', '']
    """
    if re.fullmatch(r"-?\d{11,14}", text):  # ArcGIS: milliseconds since 1970
        return datetime.fromtimestamp(int(text) / 1000, UTC).date().isoformat()
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text[:10]
