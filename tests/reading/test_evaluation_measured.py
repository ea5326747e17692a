"""The kept measurement is that of the kept codebook, and no passage is coded by what saw it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl

from pipelines.reading.codebook import DIRECTORY, load_codebook
from pipelines.reading.coding.training import LabelledPassage, own_passages, read_gold
from pipelines.reading.evaluation.answer_key import (
    KeyDocument,
    pair_with_key,
    pairs_measured,
    read_key_documents,
)
from pipelines.reading.evaluation.measured import (
    EXAMPLE,
    INDEPENDENT,
    MEASURES,
    OWN,
    PROSE,
    SCHEMA,
    UNSEEN,
    independent_rows,
    keep_independent,
    measure_codebook,
    read_calibration,
    read_independent,
    read_measured,
    write_measured,
)
from pipelines.reading.evaluation.passages import code_labelled, report_of
from pipelines.reading.passage import ExtractedDocument, Passage
from pipelines.warehouse.catalogs import catalog_calibration, catalog_evaluation

BOOK = load_codebook()
PILOT = "Kommunen vill prova förarlösa bussar i ett pilotprojekt, vilket är nytt för kommunen."
KEY = {"text": PILOT, "commitment": "aim", "themes": ["mobilitet"]}
KEY_ROW = {**KEY, "instruments": ["pilot_demonstration"], "page": 0}


def _document(municipality: str = "9901") -> KeyDocument:
    passage = Passage(1, 1, "Trafik", ("Trafik",), PILOT, "", "", 0, 1, "sentence", 0)
    return KeyDocument("D01", municipality, "op", (passage,), (KEY_ROW,))


def test_the_kept_measurement_is_of_the_kept_codebook() -> None:
    """Fails when the codebook has changed since: run ``planinnovation train``."""
    measured = read_measured()
    assert set(measured["codebook_hash"]) == {BOOK.hash}
    assert set(measured["source"]) == {UNSEEN, PROSE, OWN, EXAMPLE}
    assert measured.filter(
        pl.col("coded_by").is_null() | pl.col("measured_on").is_null()
    ).is_empty()
    assert set(measured["measure"]) == set(MEASURES)
    assert measured.filter(~pl.col("value").is_between(pl.col("low"), pl.col("high"))).is_empty()


def test_an_edition_shows_only_the_measurement_of_its_own_codebook() -> None:
    assert catalog_evaluation(BOOK).height == read_measured().height + read_independent().height
    assert set(catalog_evaluation(BOOK.without(["testbadd"]))["source"]) <= {INDEPENDENT}
    assert catalog_calibration(BOOK).height == read_calibration().height > 5
    assert catalog_calibration(BOOK.without(["testbadd"])).is_empty()


def test_confidence_is_worth_what_it_says() -> None:
    error = read_measured().filter(source=PROSE, measure="calibration_error")["value"].item()
    assert error <= 0.05
    steps = read_calibration()
    assert steps["n"].sum() == read_measured().filter(source=PROSE)["n"][0]
    assert steps["share_right"].is_between(0, 1).all()


def test_never_used_text_is_kept_with_day_and_coder(tmp_path: Path) -> None:
    gold = DIRECTORY / "passages_d.jsonl"
    passages = read_gold([gold])
    report = report_of(
        passages, code_labelled(passages, BOOK), "x", BOOK.hash, cross_validated=False, draws=5
    )
    rows = independent_rows(report.overall, BOOK.hash, "Provtext", "2026-11-30", "en kodare")
    keep_independent(rows, tmp_path)
    keep_independent(rows, tmp_path)
    kept = read_independent(tmp_path)
    assert kept.equals(rows)
    assert set(kept["coded_by"]) == {"en kodare"}
    assert {"recall", "precision", "f1"} <= set(kept["measure"])


def test_the_file_survives_and_may_be_missing(tmp_path: Path) -> None:
    assert read_measured(tmp_path).is_empty()
    measured = read_measured()
    write_measured((measured, read_calibration()), tmp_path)
    assert read_measured(tmp_path).equals(measured)
    assert read_calibration(tmp_path).equals(read_calibration())


def test_measuring_gives_every_measure_of_both_sources(tmp_path: Path) -> None:
    lines = (DIRECTORY / "passages_e.jsonl").read_text("utf-8")
    (tmp_path / "passages_x.jsonl").write_text(lines, "utf-8")
    measured, _ = measure_codebook(
        BOOK, [_document()], measured_on="2026-11-30", directory=tmp_path, draws=20
    )
    assert dict(measured.schema) == SCHEMA
    assert set(measured.filter(source=EXAMPLE)["measure"]) == {
        "recall",
        "precision",
        "commitment_exact",
        "themes",
        "instruments",
    }
    assert measured.filter(source=OWN)["n"].unique().to_list() == [len(lines.splitlines())]


def test_a_municipality_is_coded_without_its_own_passages() -> None:
    own = read_gold([DIRECTORY / "passages_d.jsonl"])
    taught = next(p for p in own if not p.relevant and p.text)
    wrong = [dataclasses.replace(taught, id=f"9901-{n}", text=PILOT) for n in range(60)]

    def confidence(municipality: str, passages: list[LabelledPassage]) -> float | None:
        said = pair_with_key([_document(municipality)], passages, BOOK)[0].said
        return said.confidence if said else None

    assert confidence("9901", [*own, *wrong]) == confidence("9901", own)
    assert confidence("9902", [*own, *wrong]) != confidence("9902", own)


def test_the_key_is_read_with_its_documents(tmp_path: Path) -> None:
    texts = DIRECTORY.parent / "exempel" / "texter"
    one = Passage(1, 1, "", (), PILOT, "", "", 0, 1, "sentence", 0)
    asked: list[Path] = []

    def read(path: Path) -> ExtractedDocument:
        asked.append(path)
        return _read_as((one,) if path.suffix == ".pdf" else ())

    documents = read_key_documents(texts, tmp_path, texts.parent / "facit", read)
    assert {path.suffix for path in asked} > {".pdf"}
    assert 0 < len(documents) < len(asked)
    assert all(row["id"] == document.id for document in documents for row in document.key)


def _read_as(passages: tuple[Passage, ...]) -> ExtractedDocument:
    return ExtractedDocument("", "", "text", (), passages, 0, 1.0, "sv", False, "", "read", "")


def test_shares_are_over_pairs() -> None:
    pairs = pair_with_key([_document()], own_passages()[:600], BOOK)
    found = pairs_measured(pairs, 20)
    assert found["recall"].value == found["precision"].value == 1.0
