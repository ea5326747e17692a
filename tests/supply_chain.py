"""``make licences`` and ``make audit``: what the product runs with, under which terms, how safe.

pip-licenses reads the licences from the installed packages, pip-audit asks its public sources which
versions of the lock have known weaknesses.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent
TABLE = PROJECT / "docs" / "licences.md"
LOCK = PROJECT / "requirements.lock"
CHOSEN = {"pyphen": "MPL 1.1"}
"""Packages whose users choose among several licences, and the one that the product chooses."""
_HEAD = """# Licences of what the product runs with

Written by `make licences` from what pip-licenses finds in the installed packages; development tools
are not part of it. None is under GPL or AGPL alone (`tests/test_supply_chain.py`).

| package | licence |
|---|---|
"""


def at_run_time() -> set[str]:
    """Return the normalised names of all packages that the product needs, and that those need."""
    found: set[str] = set()
    waiting = [Requirement("planinnovation")]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        extras = asked.extras or {""}
        if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
            continue
        try:
            needs = [Requirement(text) for text in requires(asked.name) or ()]
        except PackageNotFoundError:
            continue
        waiting += [
            need
            for need in needs
            if canonicalize_name(need.name) not in found
            and (need.marker is None or any(need.marker.evaluate({"extra": e}) for e in extras))
        ]
        found.add(name)
    return found - {"planinnovation"}


def licences() -> dict[str, str]:
    """Return package → licence of everything at run time, as pip-licenses finds it."""
    listed = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(listed.stdout)
    installed = {canonicalize_name(row["Name"]): row["License"] for row in rows}
    return {name: installed.get(name, "UNKNOWN") for name in sorted(at_run_time())}


def copyleft(found: dict[str, str]) -> list[str]:
    """Return the packages under GPL or AGPL that leave no other choice, or under no known terms."""
    binding = re.compile(r"UNKNOWN|\bA?GPL|Affero|GNU General")
    return [
        name for name, licence in found.items() if name not in CHOSEN and binding.search(licence)
    ]


def written(found: dict[str, str]) -> str:
    """Return the text of the table."""
    rows = [
        f"| {name} | {licence}{f' (chosen: {CHOSEN[name]})' if name in CHOSEN else ''} |\n"
        for name, licence in found.items()
    ]
    return _HEAD + "".join(rows)


def audit(command: Iterable[str] = ("pip-audit",)) -> int:
    """Ask for known weaknesses in the lock; returns 0 none, 1 some, 2 when not all was answered.

    pip-audit itself ends well where it reaches no source for a package, so its answers are counted.
    """
    asked = subprocess.run(
        [*command, "-r", str(LOCK), "--disable-pip", "--progress-spinner=off", "--format=json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        answers = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (asked.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"NOT AUDITED: pip-audit reached no source ({reason[:200]}).")
        return 2
    unanswered = [each["name"] for each in answers if "skip_reason" in each]
    weak = [each for each in answers if each.get("vulns")]
    for each in weak:
        for weakness in each["vulns"]:
            fixed = ", ".join(weakness["fix_versions"]) or "no version yet"
            print(f"{each['name']} {each['version']}: {weakness['id']}, mended in {fixed}")
    known = len(answers) - len(unanswered)
    print(f"{known} of {len(answers)} packages answered for, {len(weak)} of them weak.")
    if unanswered:
        print(f"NOT AUDITED: no source answered about {', '.join(unanswered)}.")
    return 1 if weak else 2 if unanswered else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["audit"]:
        sys.exit(audit(sys.argv[2:] or ("pip-audit",)))
    TABLE.write_text(written(licences()), encoding="utf-8")
    print(f"{TABLE.relative_to(PROJECT)} written.")
