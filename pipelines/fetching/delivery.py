"""A delivery as a person could have written it: checked as a build would, put in place whole."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.errors import PlanInnovationError
from pipelines.fetching.source import Source
from pipelines.fetching.web import ChangedError
from pipelines.model.columns import COLUMN
from pipelines.model.region import Region, map_extent
from pipelines.model.tables import REGISTERS, TABLE, Table
from pipelines.sources.deliveries import collect
from pipelines.sources.issues import REJECTED
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import load_register

_MOST_LOST = 0.5
"""Share of the rows before, or of what is fetched now, that may go without anybody saying so."""
_FEW = 4
"""Of so few rows the share says nothing."""
_STATE = "lage.json"
Item = TypeVar("Item", bound=BaseModel)


class Payload(BaseModel):
    """What a service sends: fields that we do not know are let by, those that we use are typed."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


@dataclass(frozen=True)
class Rejection:
    """One thing that was fetched and not delivered: of which register, what, and why in Swedish.

    It is no fault of the source where a register has it already.
    """

    table: str
    what: str
    reason: str
    is_fault: bool = True


@dataclass
class Counted:
    """Rows of one register: ``fetched`` = ``loaded`` + ``rejected``; and what is new since last."""

    file: str
    fetched: int = 0
    loaded: int = 0
    rejected: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0


@dataclass
class Outcome:
    """How a fetch went, as it is kept and shown. Without ``error`` the delivery is in place."""

    source: str
    label: str
    tried_at: str
    fetched_at: str = ""
    requests: int = 0
    counts: dict[str, Counted] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def age_days(self) -> int | None:
        """Days since the last fetch that succeeded; None when there never was one."""
        if not self.fetched_at:
            return None
        return (datetime.now(UTC) - datetime.fromisoformat(self.fetched_at)).days


class Delivery:
    """Rows under way from one source to the registers of a region."""

    def __init__(self, region: Region, source: Source) -> None:
        self.region, self.source = region, source
        self.folder = fetched_folder(region) / source.name
        self.notes: list[str] = []
        self.rejections: list[Rejection] = []
        self.each_alone = False
        """Whether rows come from addresses of their own, so that many faults are no new form."""
        self._rows: dict[str, list[dict[str, str]]] = {name: [] for name in source.tables}
        self._places: list[dict[str, Any]] = []
        self._known = self._others()

    def known(self, table: str) -> pl.DataFrame:
        """Return the rows of a register that others have delivered, as the contract types them."""
        return self._known[table]

    def add(self, table: str, values: Mapping[str, object]) -> None:
        """Add a row; keys are column names, None and "" are empty cells, lists are joined."""
        self._rows[table].append(
            {name: _cell(value) for name, value in values.items() if value not in (None, "")}
        )

    def place(self, key: str, name: str, geometry: Mapping[str, Any]) -> None:
        """Keep where something is, in WGS 84, in a GeoJSON file beside what is fetched."""
        properties = {"id": key, "namn": name}
        feature = {"type": "Feature", "properties": properties, "geometry": dict(geometry)}
        self._places.append(feature)

    def reject(self, table: str, what: str, reason: str, *, is_fault: bool = True) -> None:
        """Name something that was fetched and is not delivered."""
        self.rejections.append(Rejection(table, what, reason, is_fault))

    def note(self, text: str) -> None:
        """Say something about the whole fetch."""
        self.notes.append(text)

    def expect(self, model: type[Item], values: object, what: str) -> Item:
        """Return a typed payload that all depends on, such as the envelope of a page.

        Raises:
            ChangedError: it is of another form; nothing is delivered.
        """
        try:
            return model.model_validate(values)
        except ValidationError as error:
            raise ChangedError(
                f"{self.source.label}: {what} har en annan form än väntat. {payload_fault(error)}",
                expected=f"Fälten {', '.join(model.model_fields)}.",
                do="Tjänsten kan ha ändrats. Det gamla ligger kvar; jämför svaret (mappen hamtat) "
                "med källans beskrivning.",
            ) from error

    def parse(self, model: type[Item], values: object, table: str, what: str) -> Item | None:
        """Return a typed payload, or reject it with the field and the value that do not fit."""
        try:
            return model.model_validate(values)
        except ValidationError as error:
            self.reject(table, what, payload_fault(error))
            return None

    def commit(self, outcome: Outcome, *, accept_loss: bool = False) -> None:
        """Check every row as a build would, and put the files in place when all are checked.

        Raises:
            ChangedError: most of what was fetched does not fit, or most of what was there is gone;
                nothing is put in place.
        """
        drafts = self.folder / "utkast"
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.mkdir(parents=True)
        known = {name: frozenset(rows[TABLE[name].key[0]]) for name, rows in self._known.items()}
        try:
            for table in REGISTERS:
                if table.name in self._rows:
                    counted = self._draft(table, drafts, known, accept_loss=accept_loss)
                    outcome.counts[table.name] = counted
            for file in sorted(drafts.iterdir()):
                os.replace(file, self.region.registers / file.name)
            if self._places:
                places = {"type": "FeatureCollection", "features": self._places}
                text = json.dumps(places, ensure_ascii=False, separators=(",", ":"))
                write_whole(self.folder / "lagen.geojson", text)
        finally:
            shutil.rmtree(drafts, ignore_errors=True)
            outcome.rejections, outcome.notes = self.rejections, self.notes

    def _draft(
        self, table: Table, drafts: Path, known: dict[str, frozenset[str]], *, accept_loss: bool
    ) -> Counted:
        name = own_register(table, self.source)
        fetched = self._rows[table.name]
        rejected = [each for each in self.rejections if each.table == table.name]
        counted = Counted(name, fetched=len(fetched) + len(rejected))
        before = _read(self.region.registers / name)
        loaded = []
        if fetched:
            _write(drafts / name, table, fetched)
            rows, (delivery,) = load_register(
                table, read_tables(drafts / name), known, map_extent(self.region)
            )
            bad = {
                issue.row_number: f"{issue.message} Väntat: {issue.expected}."
                for issue in delivery.issues
                if issue.severity == REJECTED
            }
            for number, row in enumerate(fetched, start=2):
                if reason := bad.get(number):
                    self.reject(table.name, row.get(table.key[0], f"rad {number}"), reason)
                else:
                    loaded.append(row)
            if len(loaded) != rows.height:
                raise ChangedError(
                    f"{self.source.label}: {rows.height} rader av {len(fetched)} i {name} går att "
                    f"läsa in, men {len(loaded)} har inget fel.",
                    expected="Samma antal.",
                    do="Hör av dig till den som sköter programmet; det gamla ligger kvar.",
                )
            known[table.name] = known.get(table.name, frozenset()) | frozenset(rows[table.key[0]])
            loaded.sort(key=lambda row: [row.get(column, "") for column in table.key])
            _write(drafts / name, table, loaded)
        counted.loaded, counted.rejected = len(loaded), counted.fetched - len(loaded)
        self._compare(table, counted, before, loaded)
        if not accept_loss:
            self._stop_at_loss(table, counted, len(before))
        if not loaded and before:
            _write(drafts / name, table, [])
        elif not loaded:
            (drafts / name).unlink(missing_ok=True)
        return counted

    def _compare(
        self,
        table: Table,
        counted: Counted,
        before: list[dict[str, str]],
        now: list[dict[str, str]],
    ) -> None:
        old, new = (
            {tuple(row.get(column, "") for column in table.key): row for row in rows}
            for rows in (before, now)
        )
        counted.added, counted.removed = len(new.keys() - old), len(old.keys() - new)
        counted.changed = sum(new[key] != old[key] for key in new.keys() & old)

    def _stop_at_loss(self, table: Table, counted: Counted, before: int) -> None:
        faults = [each for each in self.rejections if each.table == table.name and each.is_fault]
        known = counted.rejected - len(faults)
        reasons = Counter(each.reason for each in faults)
        often = f" Vanligast: {reasons.most_common(1)[0][0]}" if reasons else ""
        if (
            not self.each_alone
            and counted.fetched > _FEW
            and (len(faults) > (counted.fetched - known) * _MOST_LOST)
        ):
            found = (
                f"{self.source.label}: {len(faults)} av {counted.fetched} rader till "
                f"{counted.file} passar inte.{often}"
            )
        elif before and counted.loaded < before * _MOST_LOST:
            found = (
                f"{self.source.label} gav {counted.loaded} rader till {counted.file}; förra gången "
                f"var de {before}.{often}"
            )
        else:
            return
        raise ChangedError(
            found,
            expected="Ungefär det som källan brukar ge.",
            do="Ingenting är ändrat. Jämför källans svar (mappen hamtat) med dess beskrivning; "
            "stämmer det, kör igen med --accept-loss.",
        )

    def _others(self) -> dict[str, pl.DataFrame]:
        own = {own_register(table, self.source) for table in REGISTERS}
        delivered = collect((self.region.registers,))
        known: dict[str, frozenset[str]] = {}
        frames = {}
        for table in REGISTERS:
            raws = [r for r in delivered.tables.get(table.name, []) if r.file.name not in own]
            frames[table.name], _ = load_register(table, raws, known)
            known[table.name] = frozenset(frames[table.name][table.key[0]])
        return frames


def payload_fault(error: ValidationError) -> str:
    """Say in Swedish which field of a payload does not fit and what it holds."""
    first = error.errors()[0]
    field_name = ".".join(str(part) for part in first["loc"]) or "svaret"
    if first["type"] == "missing":
        return f"Fältet {field_name} saknas."
    if first["type"] in ("literal_error", "enum"):
        expected = str((first.get("ctx") or {}).get("expected", "")).replace(" or ", " eller ")
        return f"Okänt värde {first['input']!r} i fältet {field_name}. Väntat: {expected}."
    return f"Fältet {field_name} har värdet {str(first['input'])[:60]!r}, som inte går att tolka."


def own_register(table: Table, source: Source) -> str:
    """Return the file of a register that a source delivers: ``planer_ngp.csv``."""
    return f"{table.file}_{source.name.replace('-', '_')}.csv"


def fetched_folder(region: Region) -> Path:
    """Return the folder of what is fetched: raw replies, caches, manifests, how it went."""
    return region.folder / "hamtat"


def last_outcome(region: Region, source: Source) -> Outcome:
    """Return how the last fetch went; an empty outcome where there was none."""
    file = fetched_folder(region) / source.name / _STATE
    try:
        kept = json.loads(file.read_text("utf-8"))
        kept["counts"] = {name: Counted(**values) for name, values in kept["counts"].items()}
        kept["rejections"] = [Rejection(**values) for values in kept["rejections"]]
        return Outcome(**kept)
    except (OSError, ValueError, KeyError, TypeError):
        return Outcome(source.name, source.label, "")


def keep_outcome(region: Region, outcome: Outcome) -> None:
    """Keep how a fetch went beside what it fetched."""
    folder = fetched_folder(region) / outcome.source
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / _STATE, json.dumps(asdict(outcome), ensure_ascii=False, indent=1) + "\n")


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    draft = file.with_name(f".{file.name}.tmp")
    data = content.encode() if isinstance(content, str) else content
    with draft.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, file)


def stopped(source: Source, before: Outcome, tried_at: str, error: PlanInnovationError) -> Outcome:
    """Return the outcome of a fetch that failed: what was there before stays, with its age."""
    kept = Outcome(source.name, source.label, tried_at, before.fetched_at, error=str(error))
    kept.counts = before.counts
    age = kept.age_days
    kept.notes = [
        "Ingen tidigare hämtning finns."
        if age is None
        else f"Leveransen från {before.fetched_at[:10]} ({age} dygn) ligger kvar."
    ]
    return kept


def _cell(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(each) for each in value)
    return str(value)


def _write(file: Path, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, table.delivered, delimiter=";", restval="")
        writer.writerow({name: COLUMN[name].label for name in table.delivered})
        writer.writerows(rows)


def _read(file: Path) -> list[dict[str, str]]:
    """Read a delivery of our own back, under column names and without empty cells."""
    if not file.is_file():
        return []
    names = {column.label: name for name, column in COLUMN.items()}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            {names.get(label, label): cell for label, cell in row.items() if cell}
            for row in csv.DictReader(lines, delimiter=";")
        ]
