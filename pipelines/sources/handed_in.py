"""Files that were handed in on the page: kept with hash, who and when; taken by the next build.

Each hand-in is a folder ``inlamnat/<id>/`` beside the region's editions: the file, and
``inlamning.json``. It appears whole or not at all, and is never changed; undoing it adds
``angrad.json``, so that who did what stays known.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from pipelines.errors import PlanInnovationError, SourceError
from pipelines.model.region import Region, editions_folder
from pipelines.model.tables import TABLE, Table
from pipelines.sources.deliveries import Delivered
from pipelines.sources.issues import Issue
from pipelines.sources.raw_table import read_tables
from pipelines.sources.registers import Delivery

FOLDER = "inlamnat"
Replaces = Literal["rows", "municipalities"]
REPLACES: dict[Replaces, str] = {
    "rows": "Raderna i filen läggs till eller byts ut. Övriga rader ligger kvar.",
    "municipalities": "Filen är allt för sina kommuner. Deras rader som saknas i filen tas bort.",
}
_ABOUT, _UNDONE = "inlamning.json", "angrad.json"
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")
_MOST = 200
"""Hand-ins of a region that wait at the same time; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """One hand-in: the name as shown, registers of its tables, rows, hash, who and when (UTC).

    ``undone_at`` is empty until somebody undoes it.
    """

    hand_in_id: str
    file_name: str
    stored_as: str
    registers: tuple[str, ...]
    replaces: Replaces
    rows: int
    sha256: str
    who: str
    at: str
    undone_by: str = ""
    undone_at: str = ""

    @property
    def label(self) -> str:
        """The registers in words."""
        return ", ".join(dict.fromkeys(TABLE[name].label for name in self.registers))


def store(
    region: Region,
    name: str,
    content: bytes,
    register: str | None,
    replaces: Replaces,
    who: str,
    now: datetime,
) -> HandIn:
    """Check a file once more and keep it until the next build.

    Args:
        region: where it is handed in; its settings must allow it.
        name: the file's name as delivered.
        content: its bytes.
        register: the register, where it was chosen; else it is told from the file.
        replaces: one of :data:`REPLACES`.
        who: the subject of the one who hands in, or a pseudonym; never a name.
        now: the moment.

    Raises:
        SourceError: the region takes no files, the file cannot be read, rows would be rejected, or
            it has been handed in already.
    """
    from pipelines.sources.check import read_and_check  # the check asks here what is handed in

    if not region.hand_in:
        raise SourceError(
            f"{region.label} tar inte emot filer här.",
            expected="En region som har hand_in = true i region.toml.",
            do="Skicka filen till regionen på vanligt sätt.",
        )
    digest = hashlib.sha256(content).hexdigest()
    before = hand_ins(region)
    active = [each for each in before if not each.undone_at]
    if same := next((each for each in active if each.sha256 == digest), None):
        raise SourceError(
            f"Filen är redan inlämnad ({same.at[:10]}).",
            expected="En fil som inte väntar redan.",
            do="Ångra den förra inlämningen om den ska lämnas på nytt.",
        )
    if len(active) >= _MOST:
        raise SourceError(
            f"{_MOST} inlämningar väntar redan.",
            expected="Högst så många åt gången.",
            do="Be den som driver panelen att föra över dem till registren.",
        )
    hand_in_id = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{digest[:8]}"
    home = _home(region)
    draft = home / f".{hand_in_id}.{os.getpid()}.tmp"
    draft.mkdir(parents=True)
    try:
        file = draft / _safe(name)
        file.write_bytes(content)
        checked = read_and_check(file, region, register)
        delivery = checked.delivery
        if delivery.rows_rejected or not delivery.rows_in:
            raise SourceError(
                f"{delivery.rows_rejected} av {delivery.rows_in} rader avvisas.",
                expected="En fil där alla rader går att läsa in.",
                do="Rätta felen och kontrollera filen igen.",
            )
        found = HandIn(
            hand_in_id, name[-_MOST:], file.name, checked.registers, replaces,
            delivery.rows_in, digest, who, now.astimezone(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip
        text = json.dumps(asdict(found), ensure_ascii=False, indent=1)
        (draft / _ABOUT).write_text(text, "utf-8")
        os.replace(draft, home / hand_in_id)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return found


def undo(region: Region, hand_in_id: str, who: str, now: datetime) -> HandIn:
    """Leave a hand-in out from the next build on; it stays on record.

    Raises:
        SourceError: there is none with that id, or it is undone already.
    """
    found = next((each for each in hand_ins(region) if each.hand_in_id == hand_in_id), None)
    if found is None or found.undone_at:
        raise SourceError(
            f"Inlämningen {hand_in_id[:40]} {'är redan ångrad' if found else 'finns inte'}.",
            expected="En inlämning som gäller.",
            do=f"Se planinnovation handed-in list --region {region.name}.",
        )
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    text = json.dumps({"undone_by": who, "undone_at": at}, ensure_ascii=False)
    file = _home(region) / hand_in_id / _UNDONE
    draft = file.with_name(f".{_UNDONE}.{os.getpid()}.tmp")
    draft.write_text(text, "utf-8")
    os.replace(draft, file)
    return replace(found, undone_by=who, undone_at=at)


def hand_ins(region: Region) -> list[HandIn]:
    """Return all hand-ins of a region, the newest first; a folder that holds none is passed."""
    found = []
    for folder in sorted(_home(region).glob("*"), reverse=True):
        if _ID.fullmatch(folder.name) and not folder.is_symlink():
            try:
                fields = json.loads((folder / _ABOUT).read_text("utf-8"))
                if (folder / _UNDONE).is_file():
                    fields |= json.loads((folder / _UNDONE).read_text("utf-8"))
                found.append(HandIn(**{**fields, "registers": tuple(fields["registers"])}))
            except (OSError, ValueError, TypeError, KeyError):
                continue
    return found


def add_to(delivered: Delivered, region: Region) -> None:
    """Put the hand-ins that are not undone before the other deliveries of their registers."""
    newest_first = [each for each in hand_ins(region) if not each.undone_at]
    for found in reversed(newest_first):
        file = _home(region) / found.hand_in_id / found.stored_as
        shown = f"inlämning {found.hand_in_id}"
        try:
            raws = read_tables(file)
            if hashlib.sha256(file.read_bytes()).hexdigest() != found.sha256:
                raise SourceError(
                    f"Filen i {shown} har ändrats efter att den lämnades in.",
                    expected=f"Kontrollsumman {found.sha256[:12]}….",
                    do="Ångra inlämningen och lämna in filen på nytt.",
                )
            pairs = list(zip(raws, found.registers, strict=True))
        except (PlanInnovationError, ValueError) as error:
            table = found.registers[0]
            words = (
                (error.found, error.expected, error.do)
                if isinstance(error, PlanInnovationError)
                else (f"{shown} har andra blad än förut.", "samma blad", "Lämna in filen på nytt.")
            )
            issue = Issue(table, shown, 0, "", "", "olasbar_fil", *words)
            delivered.unreadable.append(Delivery(table, shown, found.sha256, 0, 0, 0, [issue]))
            continue
        for raw, register in pairs:
            name = f"{raw.name} ({shown})"
            issues = tuple(replace(issue, file_name=name) for issue in raw.issues)
            own = replace(raw, name=name, issues=issues, replaces=found.replaces)
            delivered.tables.setdefault(register, []).insert(0, own)


def _home(region: Region) -> Path:
    return editions_folder() / region.name / FOLDER


def _safe(name: str) -> str:
    """A name that is no path and no hidden file, and still tells which register it is."""
    stem, _, suffix = Path(name.replace("\\", "/")).name.rpartition(".")
    plain = re.sub(r"[^0-9A-Za-zÅÄÖåäö ()_-]+", "_", stem).strip(" _")[:80]
    return f"{plain or 'fil'}.{re.sub(r'[^a-z]', '', suffix.casefold())[:5]}"


# What a hand-in changes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What a file would change in one register: rows by key.

    ``cells`` has a row for each changed cell: ``key, column, before, after``.
    """

    table: Table
    new: list[str]
    changed: list[str]
    gone: list[str]
    same: int
    cells: pl.DataFrame


def change(table: Table, before: pl.DataFrame, rows: pl.DataFrame, replaces: Replaces) -> Change:
    """Compare a file's rows with an edition's."""
    old, new = _by_key(table, before), _by_key(table, rows)
    changed = [key for key in new if key in old and new[key] != old[key]]
    cells = [
        (key, column.label, _shown(was), _shown(now))
        for key in changed
        for column, was, now in zip(table.delivered_columns, old[key], new[key], strict=True)
        if was != now
    ]
    gone: list[str] = []
    if replaces == "municipalities" and "municipality_code" in table.delivered:
        place = table.delivered.index("municipality_code")
        covered = {values[place] for values in new.values()}
        gone = [key for key, values in old.items() if values[place] in covered and key not in new]
    return Change(
        table,
        [key for key in new if key not in old],
        changed,
        gone,
        len(new) - len(changed) - sum(key not in old for key in new),
        pl.DataFrame(
            cells, schema=dict.fromkeys(("key", "column", "before", "after"), pl.String),
            orient="row",
        ),
    )  # fmt: skip


def _by_key(table: Table, frame: pl.DataFrame) -> dict[str, tuple[object, ...]]:
    rows = frame.select(table.delivered).rows()
    places = [table.delivered.index(name) for name in table.key]
    return {" / ".join(str(row[place]) for place in places): row for row in rows}


def _shown(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None else str(value)
