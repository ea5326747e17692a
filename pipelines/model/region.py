"""A region: its name, whether it is fictional, and where its deliveries lie."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import SourceError
from pipelines.model.shelf_life import ShelfLife

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE_MARK = "Exempeldata – påhittade kommuner"
"""Stands on every page, chart and file of a fictional region."""
LICENCE_NAME = "CC0-1.0"
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The address exactly as DCAT-AP-SE wants it."""
TERMS = (
    "Regionens egna uppgifter och beräkningar är fria att använda (CC0 1.0). Citat och uppgifter "
    "ur andras källor följer källans villkor; källan anges på raden."
)


class LossLimits(BaseModel):
    """Shares of the edition before; a build in which more is gone stops until it is accepted.

    ``rows`` holds for each register, ``plans`` for the known plans and allocations of each type,
    ``documents`` for read documents, ``passages`` for passages. What falls to nothing always stops
    a build. A region overrides them in the table ``[loss_limits]`` of its ``region.toml``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: float = Field(default=0.1, ge=0, le=1)
    plans: float = Field(default=0.1, ge=0, le=1)
    documents: float = Field(default=0.1, ge=0, le=1)
    passages: float = Field(default=0.2, ge=0, le=1)


class OpenData(BaseModel):
    """Who publishes a region's open data, and where.

    ``publisher`` is shown in the catalogue (the region's label when empty), ``publisher_uri``
    identifies the organisation, ``contact`` is a function's e-mail address (never a person's) and
    ``address`` the public address of the region's files, such as
    ``https://example.org/filer/stockholm``; without it all addresses in the catalogue are relative
    to its own. A region sets them in the table ``[open_data]`` of its ``region.toml``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: str = ""
    publisher_uri: str = Field(default="", pattern=r"^(https?://\S+)?$")
    contact: str = Field(default="", pattern=r"^([^@\s]+@[^@\s]+)?$")
    address: str = Field(default="", pattern=r"^(https?://\S+[^/\s])?$")


class Region(BaseModel):
    """One region with its own registers, documents, map and editions; regions never mix.

    ``name`` is used in commands and addresses, ``label`` is shown, ``is_example`` says that
    everything is invented, ``map_file`` is GeoJSON whose features carry ``kommun_kod``, and
    ``attribution`` credits the map. ``ocr = false`` leaves scanned pages unread even where
    tesseract is installed, so that the region's numbers are the same on every machine.
    ``show_documents = false`` keeps no documents beside the editions, so that the dashboard shows
    no pages and links lead to the source alone. ``earlier`` is a day: a fictional region without
    any edition first gets one as of that day, so that a newcomer has something to compare with.
    ``today`` is the day that a fictional region lives on, so that its example does not age; a real
    region lives on the day of the build. ``shelf_life`` says how long a status holds,
    ``loss_limits`` how much a new edition may lack of the one before, ``open_data`` who publishes
    the files and where. ``hand_in = true`` lets those who may deliver hand in checked files on the
    page *Kontrollera fil*.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    is_example: bool
    map_file: str
    attribution: str
    ocr: bool = True
    show_documents: bool = True
    earlier: date | None = None
    today: date | None = None
    shelf_life: ShelfLife = ShelfLife()
    loss_limits: LossLimits = LossLimits()
    open_data: OpenData = OpenData()
    hand_in: bool = False
    folder: Path

    @property
    def registers(self) -> Path:
        """The folder of delivered registers."""
        return self.folder / "register"

    @property
    def inbox(self) -> Path:
        """The folder of delivered documents."""
        return self.folder / "inbox"

    @property
    def texts(self) -> Path:
        """The folder of source texts from which a fictional region's documents are made."""
        return self.folder / "texter"

    @property
    def mark(self) -> str:
        """The mark that every page and file of a fictional region carries, else an empty text."""
        return EXAMPLE_MARK if self.is_example else ""


def data_folder() -> Path:
    """Return the folder of deliveries; ``PLANINNOVATION_DATA`` points elsewhere in tests."""
    return Path(os.environ.get("PLANINNOVATION_DATA", PROJECT / "data"))


def editions_folder() -> Path:
    """Return the folder of editions and caches; ``PLANINNOVATION_EDITIONS`` points elsewhere."""
    return Path(os.environ.get("PLANINNOVATION_EDITIONS", PROJECT / "data" / "editions"))


def load_region(name: str) -> Region:
    """Read ``data/<name>/region.toml``.

    Raises:
        SourceError: there is no such region, or its file has a field that is missing, unknown or
            of another kind; the error names the field.
    """
    folder = data_folder() / name
    file = folder / "region.toml"
    if not file.is_file():
        known = ", ".join(region_names()) or "ingen"
        raise SourceError(
            f"Regionen {name} finns inte.",
            expected=f"En av: {known}.",
            do="Välj en av dem med --region, eller lägg en region.toml i en ny mapp under data.",
        )
    region = _read(file)
    if region.today and not region.is_example:
        raise SourceError(
            f"{file.name} för {name} anger today = {region.today}.",
            expected="Ingen fast dag: en verklig region åldras med kalendern.",
            do="Ta bort raden; fast dag är till för påhittade regioner.",
        )
    return region


def _read(file: Path) -> Region:
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8"))
        return Region.model_validate({**fields, "folder": file.parent})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found = f"går inte att läsa: {error}"
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        found = f"har ett fel i fältet {field}: {first['msg']}"
    known = ", ".join(field for field in Region.model_fields if field != "folder")
    raise SourceError(
        f"{file.name} för {file.parent.name} {found}.",
        expected=f"TOML i UTF-8 med fälten {known}; de beskrivs i pipelines/model/region.py.",
        do="Rätta fältet i filen och kör igen.",
    )


def region_names() -> tuple[str, ...]:
    """Return the names of all regions that have a ``region.toml``, in alphabetical order."""
    return tuple(sorted(file.parent.name for file in data_folder().glob("*/region.toml")))


def map_extent(region: Region) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of a region's map in degrees; None without a map."""
    try:
        text = (data_folder() / region.map_file).read_text(encoding="utf-8")
        shapes = [each["geometry"]["coordinates"] for each in json.loads(text)["features"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    points = [point for shape in shapes for point in _points(shape)]
    if not points:
        return None
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _points(shape: Any) -> Iterator[tuple[float, float]]:
    if shape and isinstance(shape[0], int | float):
        yield float(shape[0]), float(shape[1])
        return
    for part in shape:
        yield from _points(part)
