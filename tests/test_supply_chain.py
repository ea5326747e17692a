"""What the product runs with: licences by a tool, none that binds an MIT project; audit counts."""

import json
import sys
from pathlib import Path

import pytest

from tests import supply_chain

FOUND = supply_chain.licences()


def test_nothing_at_run_time_is_under_gpl_or_agpl():
    assert "streamlit" in FOUND
    assert "starlette" in FOUND  # what others bring counts too
    assert "pytest" not in FOUND
    assert supply_chain.copyleft(FOUND) == []
    assert set(supply_chain.CHOSEN) <= set(FOUND)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "GNU Affero General Public License v3", "AGPL-3.0-only", "UNKNOWN",
     "GNU General Public License v2 or later (GPLv2+)"],
)  # fmt: skip
def test_copyleft_would_be_found(licence: str):
    assert supply_chain.copyleft({"ett": licence, "två": "LGPL-2.1-or-later"}) == ["ett"]


def test_the_table_of_licences_is_true():
    """Written anew by `make licences`."""
    lines = supply_chain.TABLE.read_text("utf-8").splitlines()
    assert set(supply_chain.written(FOUND).splitlines()) <= set(lines)


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ("", 2, "NOT AUDITED: pip-audit reached no source"),
        (
            [{"name": "a", "version": "1", "vulns": []}],
            0,
            "1 of 1 packages answered for, 0 of them weak",
        ),
        ([{"name": "a", "skip_reason": "not found"}], 2, "NOT AUDITED: no source answered about a"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}],
            1,
            "a 1: X-1, mended in 2",
        ),
    ],
)
def test_an_audit_without_answers_is_no_clean_audit(tmp_path: Path, capsys, answer, code, words):
    tool = tmp_path / "tool.py"
    told = json.dumps({"dependencies": answer}) if answer else ""
    tool.write_text(f"print({told!r})")
    assert supply_chain.audit([sys.executable, str(tool)]) == code
    assert words in capsys.readouterr().out
