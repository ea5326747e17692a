"""The audit log: who did what with what, and when; one JSON line each, in a file a month.

Lines are only ever added, by one system call each, so that several dashboards can write to the same
folder. A file whose month has passed the retention is removed whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.model.region import editions_folder

FOLDER = "PLANINNOVATION_AUDIT"
"""Environment variable: the folder of the log; ``handelser`` beside the editions without it."""
MONTHS = "PLANINNOVATION_AUDIT_MONTHS"
"""Environment variable: how many whole months are kept beside the running one."""
KEPT_MONTHS = 13
LONGEST = 300
_NAME = "handelser-{month}.jsonl"


class Event(NamedTuple):
    """One line: time (UTC, ISO 8601), pseudonym or subject, roles, action, about, and outcome.

    ``outcome`` is *tillåtet* or *nekat*, as decided before it is done.
    """

    at: str
    who: str
    roles: str
    action: str
    about: str
    outcome: str


def audit_folder() -> Path:
    """Return the folder that the log is written to."""
    return Path(os.environ.get(FOLDER) or editions_folder() / "handelser")


def record(who: str, roles: str, action: str, about: str, outcome: str, now: datetime) -> Event:
    """Add one event and return it.

    Raises:
        OSError: the folder cannot be written to; nothing was recorded.
    """
    at = now.astimezone(UTC)
    event = Event(at.isoformat(timespec="seconds"), who, roles, action, about[:LONGEST], outcome)
    folder = audit_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    file = folder / _NAME.format(month=f"{at:%Y-%m}")
    if not file.exists():
        _remove_old(folder, at)
    line = json.dumps(event._asdict(), ensure_ascii=False) + "\n"
    target = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(target, line.encode())
    finally:
        os.close(target)
    return event


def events() -> Iterator[Event]:
    """Give every event, oldest first; a line that is not one of ours is passed over."""
    for file in sorted(audit_folder().glob(_NAME.format(month="*"))):
        for line in file.read_text("utf-8", errors="replace").splitlines():
            try:
                yield Event(**json.loads(line))
            except (ValueError, TypeError):
                continue


def _remove_old(folder: Path, now: datetime) -> None:
    kept = os.environ.get(MONTHS, "")
    months = now.year * 12 + now.month - 1 - (int(kept) if kept.isdigit() else KEPT_MONTHS)
    oldest = _NAME.format(month=f"{months // 12:04}-{months % 12 + 1:02}")
    for file in folder.glob(_NAME.format(month="*")):
        if file.name < oldest:
            file.unlink(missing_ok=True)
