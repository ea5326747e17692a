"""The measures are those of the libraries, and every disagreement is shown with a cause."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from pipelines.reading.codebook import load_codebook
from pipelines.reading.coding.code import code_passages, code_texts
from pipelines.reading.coding.training import read_gold
from pipelines.reading.evaluation import agreement
from pipelines.reading.evaluation.documents import compare, evaluate_documents, same_passage
from pipelines.reading.evaluation.errors import by_cause
from pipelines.reading.evaluation.passages import cross_validated_codings, evaluate_passages
from pipelines.reading.evaluation.render import render_documents, render_passages
from pipelines.reading.passage import Passage

BOOK = load_codebook()
RANDOM = np.random.default_rng(7)
ONE = RANDOM.integers(0, 5, 200)
OTHER = np.where(RANDOM.random(200) < 0.7, ONE, RANDOM.integers(0, 5, 200))

ROWS = [
    (
        "a1",
        "op",
        "Kommunen vill prova förarlösa bussar i ett pilotprojekt.",
        True,
        "aim",
        ["pilot_demonstration"],
        ["mobilitet"],
    ),
    ("a2", "op", "Längs bäcken löper en stig med belysning.", False, "none", [], []),
    (
        "h1",
        "dp",
        "Byggherren ska hålla en testbädd för nya tjänster.",
        True,
        "shall",
        ["testbadd"],
        ["generell_innovation"],
    ),
    ("h2", "dp", "Markprover togs längs diket i våras.", False, "none", [], []),
    ("h3", "dp", "Grönytan sköts av föreningen.", True, "mention", [], ["gronska_ekosystem"]),
]


def _row(values: tuple[Any, ...]) -> dict[str, Any]:
    names = ("id", "doc_type", "text", "label_relevant", "commitment", "instruments", "themes")
    return dict(zip(names, values, strict=True))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(_row(row)) for row in ROWS), "utf-8")
    return path


def test_kappas_are_those_of_the_library() -> None:
    assert agreement.kappa(ONE, OTHER) == pytest.approx(cohen_kappa_score(ONE, OTHER))
    assert agreement.weighted_kappa(ONE, OTHER) == pytest.approx(
        cohen_kappa_score(ONE, OTHER, weights="quadratic")
    )


def test_f1_is_that_of_the_library() -> None:
    one, other = ONE > 2, OTHER > 2
    assert agreement.f1(one.astype(np.int64), other.astype(np.int64)) == pytest.approx(
        f1_score(one, other)
    )


def test_perfect_agreement_and_nothing_to_measure() -> None:
    assert agreement.kappa(ONE, ONE) == pytest.approx(1.0)
    assert agreement.alpha(ONE, ONE, ordinal=True) == pytest.approx(1.0)
    nothing = np.array([], dtype=np.int64)
    assert math.isnan(agreement.f1(nothing, nothing))
    assert math.isnan(agreement.alpha(np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)))
    assert str(agreement.measured(agreement.f1, nothing, nothing)) == "–"


def test_the_interval_holds_the_value_and_narrows_with_more_passages() -> None:
    few = agreement.measured(agreement.kappa, ONE[:40], OTHER[:40], draws=200)
    many = agreement.measured(agreement.kappa, ONE, OTHER, draws=200)
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_report_on_passages(gold: Path) -> None:
    report = evaluate_passages(gold, BOOK, cross_validate=False, draws=50)
    assert report.overall.passages == len(ROWS)
    assert report.overall.relevant == 3
    assert [group.group for group in report.by_source] == ["a", "h"]
    assert [group.group for group in report.by_document] == ["dp", "op"]
    assert report.by_source[0].f1.value == 1.0
    assert [error.cause for error in report.errors if error.id == "h3"] == [
        "Missat: inget ord i kodboken öppnar"
    ]
    assert by_cause(report.errors)
    text = render_passages(report)
    assert "Missat: inget ord i kodboken öppnar" in text
    assert "Förpliktelsegrad" in text


def test_cross_validation_never_trains_on_the_passage(gold: Path) -> None:
    passages = read_gold([gold])
    codings = cross_validated_codings(passages, passages[:0], BOOK, folds=[0, 0, 1, 1, 1])
    assert len(codings) == len(passages)
    own = code_texts([p.text for p in passages], [p.doc_type for p in passages], BOOK)
    assert [c.confidence for c in codings] != [c.confidence for c in own]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kommunen vill prova.", "kommunen vill prova", True),
        ("En test- bädd öppnas i hamnen.", "En testbädd öppnas i hamnen.", True),
        ("Kommunen vill prova bussar.", "Marken är plan och torr.", False),
        ("Prova.", "Kommunen vill prova nya sätt att resa i hela staden.", False),
        ("", "Kommunen", False),
    ],
)
def test_the_same_passage_after_cleaning(one: str, other: str, same: bool) -> None:
    assert same_passage(one, other) is same


def test_documents_are_read_coded_and_compared(tmp_path: Path) -> None:
    found = "Kommunen vill prova förarlösa bussar i ett pilotprojekt, vilket är nytt för kommunen."
    plain = "Längs bäcken löper en stig som sköts av hembygdsföreningen."
    (tmp_path / "plan.txt").write_text(f"Trafik\n\n{plain}\n\n{found}\n\n{plain}\n", "utf-8")
    codes = {"commitment": "aim", "themes": ["mobilitet"], "instruments": ["pilot_demonstration"]}
    rows = [
        {"file": "plan.txt", "doc_type": "op", "page": 1, "text": found, **codes},
        {"file": "plan.txt", "doc_type": "op", "page": 1, "text": "En mening som saknas.", **codes},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    report = evaluate_documents(tmp_path, BOOK, draws=50)
    assert (report.overall.gold, report.overall.found, report.overall.right) == (2, 1, 1)
    assert report.overall.page_share == 1.0
    assert [row.text for row in report.missed] == ["En mening som saknas."]
    assert report.false_alarms == ()
    assert "Missade (1)" in render_documents(report)


def test_a_gold_passage_is_found_once() -> None:
    text = "Kommunen vill prova förarlösa bussar i ett pilotprojekt, vilket är nytt för kommunen."
    passages = [
        Passage(page, page, "", (), text, "", "", 0, 1, "sentence", page) for page in (1, 2)
    ]
    codings = code_passages(passages, doc_kind="op", codebook=BOOK)
    row = {"text": text, "page": 2, "commitment": "aim", "themes": [], "instruments": []}
    pairs = compare("plan.txt", [row], passages, codings)
    assert [pair.gold is not None for pair in pairs] == [True, False]
