"""Coding in the processes that read, and from what they kept."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.reading import coded, findings_cache, worker_pool
from pipelines.reading.codebook import Codebook, load_codebook
from pipelines.reading.coded import Caches, ToCode, code_documents, read_and_code
from tests.reading.sample_text import as_text

BOOK = load_codebook()
RELEVANT = "Kommunen ska pröva en testbädd för återbruk i hamnen."
TEXT = f"{RELEVANT} Gatan får nya träd."


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(as_text(), encoding="utf-8")
    return [tmp_path / "a.txt", tmp_path / "b.txt"]


@pytest.fixture
def caches(tmp_path: Path) -> Caches:
    return Caches(tmp_path / "pages", tmp_path / "codes")


def _to_code(paths: list[Path], book: Codebook, caches: Caches) -> list[ToCode]:
    documents = read_and_code(paths, dict.fromkeys(paths, "dp"), book, caches=caches)
    return [ToCode(path.name, read, "dp") for path, read in zip(paths, documents, strict=True)]


def test_what_is_read_is_coded_in_the_same_trip(paths: list[Path], caches: Caches) -> None:
    items = _to_code(paths, BOOK, caches)
    known: list[bool] = []
    found = code_documents(items, BOOK, caches=caches, on_done=lambda _, kept: known.append(kept))
    assert known == [True, True]
    assert found == code_documents(items, BOOK, caches=None)
    assert [passage.text for passage, _ in found["a.txt"]] == [
        TEXT.split(". ", maxsplit=1)[0] + "."
    ]


def test_a_document_without_a_kind_is_coded_when_it_has_one(
    paths: list[Path], caches: Caches
) -> None:
    documents = read_and_code(paths, {}, BOOK, caches=caches)
    assert not caches.codes.exists()
    items = [ToCode(read.file_name, read, "op") for read in documents]
    assert code_documents(items, BOOK, caches=caches) == code_documents(items, BOOK, caches=None)


def test_a_changed_codebook_codes_anew_in_workers_without_reading(
    paths: list[Path], caches: Caches, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = _to_code(paths, BOOK, caches)
    changed = BOOK.without(["testbadd"])
    for path in paths:
        path.unlink()
    monkeypatch.setattr(coded, "_MANY", 0)
    started: list[object] = []
    start: Callable[..., object] = worker_pool._start
    monkeypatch.setattr(worker_pool, "_start", lambda *a: started.append(a) or start(*a))
    found = code_documents(items, changed, caches=caches)
    assert started
    assert found == code_documents(items, changed, caches=None)
    assert found != code_documents(items, BOOK, caches=caches)


def test_damaged_findings_are_as_good_as_none(caches: Caches) -> None:
    findings_cache.store(caches.codes, "a", b"damaged")
    assert findings_cache.load(caches.codes, "a") is None
    assert findings_cache.load(caches.codes, "b") is None


def test_the_codebook_travels_to_workers_unchanged() -> None:
    assert pickle.loads(pickle.dumps(BOOK.without(["testbadd"]))).hash != BOOK.hash


def test_what_breaks_the_limits_of_a_worker_is_not_coded_without_them(
    paths: list[Path], caches: Caches, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = _to_code(paths, BOOK, caches)
    monkeypatch.setattr(coded, "_MANY", 0)

    def breaks(files: list[Path], *_: object, **__: object) -> list[tuple[int, str]]:
        return [(place, "crash") for place in range(len(files))]

    monkeypatch.setattr(worker_pool, "run", breaks)
    monkeypatch.setattr(coded, "_code", lambda *_: pytest.fail("coded without limits"))
    assert code_documents(items, BOOK.without(["testbadd"]), caches=caches) == {}
