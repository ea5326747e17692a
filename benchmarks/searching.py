"""*Belägg* over three million passages: seconds of a search, cold and warm."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import large_edition
from dashboard.filters import Filters
from dashboard.queries import passages
from pipelines.warehouse.edition import current_file
from pipelines.warehouse.lookup import open_with_keys

ROUNDS = 5
SEARCHES = {
    "one frequent word": (Filters("stor"), "kvarteret"),
    "one word": (Filters("stor"), "testbädd"),
    "a rare word": (Filters("stor"), "Lärkhöjden"),
    "a word that is nowhere": (Filters("stor"), "xylofon"),
    "Swedish letters": (Filters("stor"), "återbruk"),
    "two words": (Filters("stor"), "ska återbruk"),
    "three frequent words": (Filters("stor"), "kvarteret ska energi"),
    "words in one municipality": (Filters("stor", municipalities=("1003",)), "ska energi"),
    "words and codes": (Filters("stor", themes=("energi",), instruments=("testbadd",)), "ska"),
    "codes alone": (Filters("stor", themes=("mobilitet", "energi"), minimum=3), ""),
    "a period and a type": (Filters("stor", object_types=("dp",), year_from=2020), ""),
}


def main(folder: str | None = None, scale: float = 1.0) -> None:
    """Time what the page asks for: count and first page, then a page further on."""
    with ExitStack() as stack:
        place = Path(folder or stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(large_edition.large_region(place, scale, large_edition.MUNICIPALITIES))
        file = current_file("stor")
        assert file is not None
        _say("\nBelägg: seconds until count and first page, cold file, then warm median and worst")
        warm = [_search(file, name, *asked) for name, asked in SEARCHES.items()]
        times = sorted(seconds for each in warm for seconds in each)
        late = times[int(0.95 * (len(times) - 1))]
        _say(f"  warm p95 of all {late:.2f} s")
        con = open_with_keys(file)
        page = _timed(lambda: passages.find_passages(con, Filters("stor"), ("ska",), offset=5000))
        _say(f"  page 501 of a frequent word {page:.2f} s")


def _search(file: Path, name: str, filters: Filters, text: str) -> list[float]:
    words = passages.search_words(text)
    _forget(file)
    con = open_with_keys(file)

    def ask() -> None:
        hits = passages.search(con.cursor(), filters, words)
        passages.passages_at(con.cursor(), hits.rows[:10])

    cold = _timed(ask)
    times = [_timed(ask) for _ in range(ROUNDS)]
    con.close()
    _say(f"  {name:28}{cold:8.2f}{statistics.median(times):8.2f}{max(times):8.2f}")
    return times


def _forget(file: Path) -> None:
    """Ask the system to drop the file from its cache, so that the next reading is from disk."""
    with file.open("rb") as opened:
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
