"""What a source is: address, key, licence, when it was checked and how sure we are of its form."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import SourceError
from pipelines.fetching.web import RefusedError
from pipelines.model.region import Region
from pipelines.model.tables import TABLE

BUILT_IN = Path(__file__).parent / "sources"
"""Sources that every region has."""
_OF_REGION = "kallor"
"""Folder of a region with sources of its own, and with other values for those that all have."""


class Settings(BaseModel):
    """Base of what a record decides: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Options = TypeVar("Options", bound=Settings)


class Source(Settings):
    """One source as its TOML record describes it.

    ``adapter`` is the module of ``pipelines.fetching`` that asks it. ``hosts`` are hosts that may
    be asked besides that of ``address``, ``key_env`` environment variables that hold keys,
    ``seen`` and ``recalled`` what of the form was read in a document or a client and what was
    not, ``coverage`` in Swedish what the source does not hold, ``options`` what the adapter wants
    to know besides.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    label: str = Field(min_length=1)
    adapter: str = Field(pattern=r"^[a-z][a-z_]*$")
    address: str = Field(default="", pattern=r"^$|^https?://\S+$|^[^:]+$")
    hosts: tuple[str, ...] = ()
    key_env: tuple[str, ...] = ()
    licence: str = Field(min_length=1)
    attribution: str = Field(min_length=1)
    last_checked: date | None = None
    seen: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    coverage: str = ""
    tables: tuple[str, ...] = Field(min_length=1)
    options: dict[str, Any] = {}

    def keys(self) -> tuple[str, ...]:
        """Return the keys from the environment, in the order of ``key_env``.

        Raises:
            RefusedError: one of them is not set.
        """
        for name in self.key_env:
            if not os.environ.get(name):
                raise RefusedError(
                    f"{self.label} kräver en nyckel, och miljövariabeln {name} är inte satt.",
                    expected=f"Nyckel i {' och '.join(self.key_env)}.",
                    do="Beställ nyckeln hos källan och sätt variabeln; skriv den aldrig i en fil "
                    "som delas.",
                )
        return tuple(os.environ[name] for name in self.key_env)

    @property
    def lacks_key(self) -> bool:
        """Whether a key is needed that is not set."""
        return any(not os.environ.get(name) for name in self.key_env)

    def read_options(self, model: type[Options]) -> Options:
        """Return ``options`` as the adapter's own model.

        Raises:
            SourceError: one is missing, unknown or of another kind.
        """
        try:
            return model.model_validate(self.options)
        except ValidationError as error:
            raise _broken(self.name, error, model) from error


def load_sources(region: Region) -> dict[str, Source]:
    """Return the sources of a region by name: those of all regions, and its own over them.

    Raises:
        SourceError: a record cannot be read or has a field that is missing, unknown or wrong.
    """
    fields: dict[str, dict[str, Any]] = {}
    for file in (*sorted(BUILT_IN.glob("*.toml")), *sorted(_own_folder(region).glob("*.toml"))):
        try:
            read = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SourceError(
                f"Källans beskrivning {file.name} går inte att läsa: {error}",
                expected="TOML i UTF-8.",
                do="Rätta filen.",
            ) from error
        before = fields.get(file.stem, {})
        options = {**before.get("options", {}), **read.get("options", {})}
        fields[file.stem] = {**before, **read, "name": file.stem, "options": options}
    sources = {}
    for name, values in fields.items():
        try:
            source = Source.model_validate(values)
        except ValidationError as error:
            raise _broken(name, error, Source) from error
        if unknown := [each for each in source.tables if each not in TABLE]:
            raise SourceError(
                f"Källan {name} säger sig fylla tabellen {unknown[0]}, som inte finns.",
                expected="Namn på register ur docs/data.md.",
                do="Rätta tables i källans beskrivning.",
            )
        sources[name] = source
    return sources


def own_file(region: Region, name: str) -> Path:
    """Return where a region's own record of a source is."""
    return _own_folder(region) / f"{name}.toml"


def _own_folder(region: Region) -> Path:
    return region.folder / _OF_REGION


def _broken(name: str, error: ValidationError, model: type[BaseModel]) -> SourceError:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return SourceError(
        f"Källan {name} har ett fel i fältet {field}: {first['msg']}.",
        expected=f"Fälten {', '.join(model.model_fields)}; se docs/sources.md.",
        do="Rätta fältet i källans beskrivning.",
    )
