"""Many documents: worker processes, the cache, and documents that take a worker down."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from pipelines.errors import ReadingError
from pipelines.reading import page_cache, worker_pool
from pipelines.reading.passage import ExtractedDocument, from_json_object, to_json_object
from pipelines.reading.reader import Limits, read_document, read_documents
from tests.reading.sample_text import as_text, write_pdf


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    write_pdf(tmp_path / "a.pdf", columns=2)
    (tmp_path / "b.txt").write_text(as_text(), encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    return [tmp_path / "a.pdf", tmp_path / "b.txt", tmp_path / "c.pdf", tmp_path / "d.pdf"]


def test_documents_come_in_order_and_from_the_cache_the_second_time(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []

    def on_done(path: Path, document: ExtractedDocument, cached: bool) -> None:
        assert document.file_name == path.name
        seen.append((path.name, cached))

    first = read_documents(files[:3], cache_dir=tmp_path / "cache", on_done=on_done, workers=2)
    assert [d.status for d in first] == ["read", "read", "unreadable"]
    assert first == [read_document(path) for path in files[:3]]

    def no_workers(*_: object, **__: object) -> None:
        raise AssertionError("a cached document must not start workers")

    monkeypatch.setattr(worker_pool, "_start", no_workers)
    again = read_documents(files[:3], cache_dir=tmp_path / "cache", on_done=on_done)
    assert again == first
    assert sorted(seen[:3]) == [(path.name, False) for path in files[:3]]
    assert seen[3:] == [(path.name, True) for path in files[:3]]


def test_a_copy_under_another_name_is_cached_under_its_own_name(
    files: list[Path], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    read_documents([files[1]], cache_dir=cache, workers=0)
    copy = tmp_path / "kopia.txt"
    copy.write_bytes(files[1].read_bytes())
    (document,) = read_documents([copy], cache_dir=cache, workers=0)
    assert document.file_name == "kopia.txt"


def test_a_damaged_cache_file_is_written_anew(files: list[Path], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (first,) = read_documents([files[1]], cache_dir=cache, workers=0)
    (kept,) = cache.rglob("*.entry")
    kept.write_bytes(kept.read_bytes()[:40])
    assert read_documents([files[1]], cache_dir=cache, workers=0) == [first]
    assert page_cache.load(kept) == first
    assert list(cache.rglob("*.part")) == []


def test_one_flipped_bit_anywhere_in_a_cache_file_and_it_is_read_anew(
    files: list[Path], tmp_path: Path
) -> None:
    file = tmp_path / "page.entry"
    page_cache.store(file, page_cache.pack(read_document(files[1])))
    whole = file.read_bytes()
    assert page_cache.load(file) is not None
    for place in range(0, len(whole), max(1, len(whole) // 500)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        assert page_cache.load(file) is None, place


def test_a_missing_file_is_unreadable_and_not_cached(files: list[Path], tmp_path: Path) -> None:
    (document,) = read_documents([files[3]], cache_dir=tmp_path / "cache", workers=0)
    assert document.reason == "Filen finns inte."
    assert list((tmp_path / "cache").rglob("*.entry")) == []


def test_packed_documents_are_the_same_documents(files: list[Path]) -> None:
    document = read_document(files[0])
    assert page_cache.unpack(page_cache.pack(document)) == document
    assert from_json_object(to_json_object(document)) == document


def _work(path: str, alive: Callable[[], None]) -> bytes:
    """What the name of the file says."""
    name = Path(path).stem
    if name == "crash":
        os.abort()
    if name == "hang":
        time.sleep(600)
    if name == "greedy":
        return bytes(4_000_000_000)[:1]
    if name == "slow":
        for _ in range(6):
            time.sleep(0.3)
            alive()
    return name.encode()


def test_a_crash_a_hang_and_a_glutton_cost_only_themselves() -> None:
    names = ["crash", "one", "hang", "two", "greedy", "slow", "three"]
    runs = worker_pool.run(
        [Path(name) for name in names],
        _work,
        workers=2,
        timeout_s=1.0,
        memory_mb=300,
        preload=[],
    )
    assert dict(runs) == {
        0: "crash",
        1: b"one",
        2: "timeout",
        3: b"two",
        4: "crash",
        5: b"slow",  # longer than the limit, but it gives signs of life
        6: b"three",
    }


def test_failures_of_workers_become_unreadable_documents(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(paths: list[Path], *_: object, **__: object) -> list[tuple[int, object]]:
        return [(1, "timeout"), (0, "crash")][: len(paths)]

    monkeypatch.setattr(worker_pool, "run", run)
    crashed, hung = read_documents(files[:2], cache_dir=None, limits=Limits(timeout_s=7))
    assert crashed.reason == (
        "Läsningen avbröts: dokumentet är skadat eller kräver för mycket minne."
    )
    assert hung.reason == "Läsningen avbröts: dokumentet gav inget resultat på 7 sekunder."
    assert {crashed.status, hung.status} == {"unreadable"}
    assert crashed.sha256 == read_document(files[0]).sha256


def test_reading_can_be_handed_to_an_executor(files: list[Path]) -> None:
    with ThreadPoolExecutor(1) as executor:
        documents = read_documents(
            files[:3], cache_dir=None, executor=executor, limits=Limits(memory_mb=0)
        )
    assert [d.status for d in documents] == ["read", "read", "unreadable"]


class _Broken(Executor):
    """An engine whose workers have died."""

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future:  # type: ignore[type-arg]  # as the base class
        future: Future[object] = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_what_a_broken_executor_leaves_is_read_here(files: list[Path]) -> None:
    documents = read_documents(files[:2], cache_dir=None, executor=_Broken(), workers=0)
    assert [d.status for d in documents] == ["read", "read"]


def test_a_worker_that_cannot_start_is_no_fault_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_pool, "_serve", _dies_at_once)
    runs = worker_pool.run([Path("one")], _work, workers=1, timeout_s=5, memory_mb=0, preload=[])
    with pytest.raises(ReadingError, match="läsprocess kunde inte starta"):
        list(runs)


def _dies_at_once(*_: object) -> None:
    """A worker that ends before it says that it is ready."""
