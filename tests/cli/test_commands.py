"""The command line as outside scripts use it, on a tiny region."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.model.tables import TABLES
from tests.conftest import World

READ_KEYS = ["file", "page", "section", "quote", "relevant"]
READ_KEYS += ["instruments", "themes", "commitment", "confidence", "spans"]
CODE_KEYS = {"id", "relevant", "instruments", "themes", "commitment", "confidence", "matches"}


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_run_status_and_export(world: World, tmp_path: Path):
    built = run("run", "--region", "liten")
    assert built.returncode == 0, built.stderr
    assert "Ny utgåva" in built.stdout

    status = json.loads(run("status", "--format", "json").stdout)
    plans = next(d for d in status["deliveries"] if d["table"] == "plan")
    assert plans == {
        "region": "liten", "table": "plan", "file": "planer.csv",
        "rows_in": 5, "rows_loaded": 5, "rows_rejected": 0,
    }  # fmt: skip
    assert all(d["rows_in"] == d["rows_loaded"] + d["rows_rejected"] for d in status["deliveries"])

    states = {each["table"]: each for each in status["regions"][0]["states"]}
    assert set(states) == {"planning_object", "testing_activity"}
    assert "har okänt läge" in built.stdout

    folder = tmp_path / "ut"
    exported = run("export", "--region", "liten", "--format", "csv", str(folder))
    assert exported.returncode == 0, exported.stderr
    assert {file.stem for file in folder.iterdir()} == {table.file for table in TABLES}
    with (folder / "indikatorer.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {"id", "enhet"} <= set(rows[0])
    assert any(row["id"] == "1.1" for row in rows)
    excel = tmp_path / "excel"
    assert run("export", "--region", "liten", "--dialect", "excel", str(excel)).returncode == 0
    assert (excel / "kommuner.csv").read_bytes().startswith(b"\xef\xbb\xbfKommunkod;")
    assert all(row["exempeldata"] for row in rows)


def test_read_gives_one_json_line_for_each_relevant_passage(world: World):
    folder = world.data / "liten/inbox/9801"
    result = run("read", str(folder / "op-ny/op.txt"), str(folder / "dp-kvarnen/kvarnen.txt"))
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(row)[: len(READ_KEYS)] for row in rows] == [READ_KEYS] * len(rows)
    assert [(row["page"], row["section"], row["commitment"]) for row in rows] == [
        (2, "Inriktning", "aim")
    ]
    for span in rows[0]["spans"]:
        assert rows[0]["quote"][span["start"] : span["end"]] == span["text"]

    everything = run("read", "--all", str(folder / "op-ny/op.txt")).stdout.splitlines()
    assert len(everything) > len(rows)


def test_read_answers_for_a_file_that_cannot_be_read(tmp_path: Path):
    file = tmp_path / "tom.pdf"
    file.write_bytes(b"")
    result = run("read", str(file))
    assert result.returncode == 0
    row = json.loads(result.stdout)
    assert (row["status"], row["relevant"]) == ("unreadable", False)
    assert row["reason"]


def test_read_for_people(world: World):
    result = run("read", "--format", "table", str(world.data / "liten/inbox/9801/op-ny/op.txt"))
    assert "Avsikt" in result.stdout


def test_code_keeps_order_and_answers_every_line():
    texts = {
        "b": ("ma_decision", "Byggherren ska upplåta en lägenhet som testbädd för nya produkter."),
        "a": ("dp", "Marken består av lera på fast botten."),
    }
    lines = [
        json.dumps({"id": key, "doc_type": kind, "text": text})
        for key, (kind, text) in texts.items()
    ]
    result = run("code", "-", stdin="\n".join(lines) + "\n")
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["b", "a"]
    assert [row["relevant"] for row in rows] == [True, False]
    for row in rows:
        assert set(row) >= CODE_KEYS
        assert row["commitment"] in COMMITMENT.values
        assert set(row["instruments"]) <= set(INSTRUMENT.values)
        assert set(row["themes"]) <= set(THEME.values)


def test_code_answers_a_bad_line_in_its_place():
    good = '{"id": "x", "doc_type": "dp", "text": "Marken är plan."}'
    result = run("code", stdin=f'{good}\nsmörja\n{{"id": "y"}}\n')
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [row["id"] for row in rows] == ["x", None, "y"]
    assert "error" in rows[1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run", "--region", "finns_inte"), 2),
        (("read", "finns_inte.pdf"), 2),
        (("export", "--region", "liten", "ut"), 2),
    ],
)
def test_a_mistake_ends_with_code_2_and_no_trace(
    world: World, tmp_path: Path, arguments, code: int
):
    result = run(*arguments)
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()


def test_a_file_is_checked_in_swedish(world: World, tmp_path: Path):
    file = tmp_path / "markanvisningar.csv"
    file.write_text(
        "Markanvisning-id;Kommunkod;Slag av markanvisning;Område;Metod\n"
        "m;9801;Beslut;Kajen;Lotteri\n"
    )
    result = run("check", str(file), "--region", "liten")
    assert result.returncode == 1
    assert "markanvisningar.csv, rad 2, kolumnen Metod: Värdet ”Lotteri”" in result.stdout
    assert "Rader in: 1. Godkända: 0. Avvisade: 1." in result.stdout
