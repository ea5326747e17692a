"""A new region's folder: its settings, municipalities, borders and empty registers.

Names, codes, counties and generalised borders of all 290 municipalities are in
``data/reference/kommuner.geojson``, so that a region is made without a network.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import SourceError
from pipelines.model.columns import COLUMN
from pipelines.model.region import PROJECT, Region, data_folder, load_region
from pipelines.model.tables import HUMAN_CODE, REGISTERS, TABLE
from pipelines.sources.map_drawing import with_drawing
from pipelines.sources.template import write_template

BORDERS = PROJECT / "data" / "reference" / "kommuner.geojson"
"""GeoJSON of all municipalities: code, name, county and where the name is written on a map."""
MAP_FILE = "karta.geojson"
_NAME = r"[a-z][a-z0-9-]*"
_NO_FOLDERS = frozenset({"codebook", "editions", "reference"})
"""Folders under data/ that are no regions."""
_MUNICIPALITIES = TABLE["municipality"]


@dataclass(frozen=True)
class Choice:
    """The municipalities of a region to make, as features of ``BORDERS``, and who drew them."""

    features: tuple[dict[str, Any], ...]
    attribution: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Four-digit codes in order."""
        return tuple(each["properties"]["kommun_kod"] for each in self.features)

    @property
    def county(self) -> str | None:
        """The name of the county that the choice is the whole of, else None."""
        counties = {each["properties"]["lan_kod"] for each in self.features}
        whole = [
            each for each in _borders()["features"] if each["properties"]["lan_kod"] in counties
        ]
        if len(counties) == 1 and len(whole) == len(self.features):
            return str(self.features[0]["properties"]["lan"])
        return None


def choose(counties: Sequence[str], municipalities: Sequence[str]) -> Choice:
    """Return the municipalities of whole counties together with single ones, in order of code.

    Args:
        counties: two-digit codes (*länskod*), for example ``03``.
        municipalities: four-digit codes (*kommunkod*), for example ``0380``.

    Raises:
        SourceError: nothing is chosen, or a code does not exist.
    """
    if not counties and not municipalities:
        raise SourceError(
            "Varken län eller kommuner är angivna.",
            expected="Minst en länskod (två siffror) eller kommunkod (fyra siffror).",
            do="Ange till exempel --county 03 eller --municipality 0380,0305.",
        )
    borders = _borders()
    facts = [each["properties"] for each in borders["features"]]
    in_county = {each["lan_kod"]: each["lan"] for each in facts}
    known = {each["kommun_kod"] for each in facts}
    for code in counties:
        if code not in in_county:
            raise SourceError(
                f"Länskoden {code} finns inte.",
                expected=f"En av: {', '.join(f'{key} {name}' for key, name in in_county.items())}.",
                do="Rätta koden efter --county; den är två siffror, med nolla först under 10.",
            )
    for code in municipalities:
        if code not in known:
            near = [f"{e['kommun_kod']} {e['kommun']}" for e in facts if e["lan_kod"] == code[:2]]
            raise SourceError(
                f"Kommunkoden {code} finns inte.",
                expected=f"En av: {', '.join(near)}."
                if near
                else "En av Sveriges 290 kommunkoder, fyra siffror som börjar med länskoden.",
                do="Rätta koden efter --municipality; den är fyra siffror, till exempel 0380.",
            )
    chosen = tuple(
        each
        for each in borders["features"]
        if each["properties"]["lan_kod"] in counties
        or each["properties"]["kommun_kod"] in municipalities
    )
    return Choice(chosen, str(borders["attribution"]))


def create_region(choice: Choice, name: str | None = None, label: str | None = None) -> Region:
    """Make ``data/<name>/`` with settings, map, municipalities and empty registers.

    A whole county or a single municipality gives the region its name and label where none is
    given. The folder appears when it is complete, so that an error leaves nothing behind.

    Raises:
        SourceError: several municipalities that are no whole county have no label, the name does
            not fit an address, or something with that name is there already.
    """
    label = label or _label(choice)
    name = name or _short(label)
    folder = data_folder() / name
    if not re.fullmatch(_NAME, name) or name in _NO_FOLDERS:
        raise SourceError(
            f"Regionen kan inte heta {name}.",
            expected="Små bokstäver a–z, siffror och bindestreck, till exempel vastra-gotaland; "
            f"inte {', '.join(sorted(_NO_FOLDERS))}.",
            do="Ange ett annat namn med --name.",
        )
    if folder.exists():
        raise SourceError(
            f"Mappen {name} finns redan under data.",
            expected="Ett namn som ingen region har; ingenting skrivs över.",
            do="Ange ett annat namn med --name, eller flytta mappen först.",
        )
    unfinished = folder.with_name(f".{name}.ny")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _write(unfinished, choice, name, label)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return load_region(name)


def _write(folder: Path, choice: Choice, name: str, label: str) -> None:
    registers = folder / "register"
    registers.mkdir(parents=True)
    (folder / "inbox").mkdir()
    settings = {
        "name": name,
        "label": label,
        "is_example": False,
        "map_file": f"{name}/{MAP_FILE}",
        "attribution": choice.attribution,
    }
    # A JSON text, truth value or number is written the same way in TOML.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
    borders = with_drawing(
        {
            "type": "FeatureCollection",
            "attribution": choice.attribution,
            "features": choice.features,
        }
    )
    text = json.dumps(borders, ensure_ascii=False, separators=(",", ":"))
    (folder / MAP_FILE).write_text(text + "\n", "utf-8")
    _write_municipalities(registers / f"{_MUNICIPALITIES.file}.csv", choice)
    for table in REGISTERS:
        # Codings by people are drawn with `sample`, from documents that do not exist yet.
        if table not in (_MUNICIPALITIES, HUMAN_CODE):
            write_template(
                table, registers / f"{table.file}.xlsx", {"municipality_code": choice.codes}
            )
    # Last, because a folder is a region once it has this file.
    (folder / "region.toml").write_text("\n".join(lines) + "\n", "utf-8")


def _write_municipalities(file: Path, choice: Choice) -> None:
    columns = [column.name for column in _MUNICIPALITIES.delivered_columns]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, columns, delimiter=";", restval="")
        writer.writerow({column: COLUMN[column].label for column in columns})
        for each in choice.features:
            facts = each["properties"]
            row = {
                "municipality_code": facts["kommun_kod"],
                "municipality_name": facts["kommun"],
            }
            writer.writerow(row)


def _label(choice: Choice) -> str:
    if choice.county:
        return choice.county
    if len(choice.features) == 1:
        return str(choice.features[0]["properties"]["kommun"])
    raise SourceError(
        f"Regionen saknar namn: de {len(choice.features)} kommunerna är inte ett helt län.",
        expected="Ett namn att visa, till exempel ”Mälardalen”.",
        do="Ange det med --label.",
    )


def _short(label: str) -> str:
    """``Västra Götalands län`` → ``vastra-gotaland``: the folder's name and the address."""
    short = label.casefold()
    if short.endswith(" län"):
        # No county's name ends in s but in the genitive.
        short = short.removesuffix(" län").removesuffix("s")
    plain = short.translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _borders() -> dict[str, Any]:
    borders: dict[str, Any] = json.loads(BORDERS.read_text("utf-8"))
    return borders
