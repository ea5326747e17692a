"""``make faults``: what brought the product down, tried again; prints the rows of a table.

Builds killed at random moments, a disk that fills up, a folder that cannot be written to, file
names that are not UTF-8, flipped bits in what is kept, files made to break a reader, and no
network. Then the tests that docs/reliability.md names. ``--files FOLDER`` also reads the files of
a folder. It ends with 1 when something did not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import hostile
from pipelines.errors import PlanInnovationError
from pipelines.model.region import PROJECT, load_region
from pipelines.reading.reader import read_documents
from pipelines.sources.check import check_file
from pipelines.sources.raw_table import SUFFIXES
from pipelines.warehouse.edition import current_file, list_editions
from pipelines.warehouse.kept_documents import folder as kept_folder
from pipelines.warehouse.sealed import is_sound
from tests.tiny_region import write_region

_RUN = [sys.executable, "-m", "pipelines", "run", "--region", "liten", "--quiet"]
_NAMED_TEST = re.compile(r"tests/[\w/]+\.py")
_DOCUMENT = PROJECT / "docs" / "reliability.md"
_SPARE_MB = 100
"""Room on the small disk beside what a build asks for before it begins."""


@dataclass(frozen=True)
class Tried:
    """A row of the table; ``wrong`` says what did not hold."""

    fault: str
    times: int
    happened: str
    wrong: tuple[str, ...] = ()


class Small:
    """A small region in folders of its own, to build and to harm."""

    def __init__(self, place: Path, *, documents: int = 0) -> None:
        self.data, self.editions = place / "data", place / "editions"
        self.region = write_region(self.data)
        for number in range(documents):
            file = self.region / f"inbox/9801/op-ny/bilaga{number}.txt"
            file.write_text(f"Bilaga {number}\n\n" + "Staden prövar nya lösningar. " * 400, "utf-8")
        os.environ["PLANINNOVATION_DATA"] = str(self.data)
        os.environ["PLANINNOVATION_EDITIONS"] = str(self.editions)

    def change(self, number: int) -> None:
        """Change a register, so that the next build gives another edition."""
        file = self.region / "register/upphandlingar.csv"
        rows = file.read_text("utf-8-sig").splitlines()[:2]
        rows.append(f"u{number + 2};Ulvsunds kommun;9801;Köp {number};Funktionsupphandling;2024")
        file.write_text("\n".join(rows) + "\n", "utf-8-sig")

    def run(self) -> subprocess.CompletedProcess[str]:
        """Build it by the command, as people do."""
        return subprocess.run(_RUN, capture_output=True, text=True, check=False, cwd=PROJECT)


def killed(place: Path, times: int) -> Tried:
    """End builds with SIGKILL at random moments; after each the edition is whole, at last built."""
    small = Small(place, documents=12)
    start = time.monotonic()
    small.run().check_returncode()
    whole = time.monotonic() - start
    choose, wrong, finished = random.Random(1), [], 0
    for number in range(times):
        small.change(number)
        before = current_file("liten")
        build = subprocess.Popen(
            _RUN, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            build.wait(choose.uniform(0.05, 1.0) * whole)
            finished += 1
        except subprocess.TimeoutExpired:
            build.kill()
            build.wait()
        after = current_file("liten")
        if after is None or not is_sound(after) or before is None:
            wrong.append(f"kill {number}: no whole edition")
        if number % 6 == 5 and (again := small.run()).returncode:
            wrong.append(f"build after kill {number}: {again.stderr[-200:]}")
    left = [file.name for file in (small.editions / "liten").glob(".*")]
    if left or not all(is_sound(file) for file in list_editions("liten")):
        wrong.append(f"left behind: {left}")
    happened = (
        f"the edition before or the new one is whole every time ({finished} had ended already); "
        "the next build succeeds and sweeps"
    )
    return Tried("build killed (SIGKILL) at a random moment", times, happened, tuple(wrong))


def full_disk(place: Path) -> Tried:
    """Fill a small disk while a build is writing; where none can be mounted, limit file sizes."""
    small = Small(place)
    small.editions.mkdir()
    options = f"size={64 + _SPARE_MB}m"
    mounted = _mount(small.editions, options)
    told: list[str] = []
    if mounted:
        build = subprocess.Popen(_RUN, cwd=PROJECT, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + 60
        while time.monotonic() < end and not (small.editions / "cache").exists():
            time.sleep(0.005)
        try:
            with (small.editions / "fyllning").open("wb", buffering=0) as filler:
                while True:
                    filler.write(bytes(1 << 16))
        except OSError:
            told.append(build.communicate(timeout=120)[1])
        told.append(small.run().stderr)  # too little room is said before anything is read
        (small.editions / "fyllning").unlink()
    else:
        limit = (20_000, 20_000)
        done = subprocess.run(
            _RUN, cwd=PROJECT, capture_output=True, text=True, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )  # fmt: skip
        told.append(done.stderr)
    wrong = [words[-300:] for words in told if "Gör så här" not in words or "Traceback" in words]
    if current_file("liten") is not None:
        wrong.append("an edition was published")
    if small.run().returncode:
        wrong.append("no build after there is room again")
    if mounted:
        _unmount(small.editions)
    how = "disk full in the middle of a build" if mounted else "files that may not grow in a build"
    happened = "Swedish words, nothing published; with room it builds"
    return Tried(how, len(told), happened, tuple(wrong))


def read_only(place: Path) -> Tried:
    """Build where the folder of editions can only be read, with a good edition in it."""
    small = Small(place)
    small.editions.mkdir()
    if not _mount(small.editions, "size=200m"):
        return Tried("read-only folder", 0, "not tried: this account may mount nothing")
    small.run().check_returncode()
    before = current_file("liten")
    subprocess.run(["mount", "-o", "remount,ro", str(small.editions)], check=True)
    small.change(1)
    done = small.run()
    words = done.stderr
    wrong = [] if done.returncode == 2 and "Mappen är skrivskyddad" in words else [words[-300:]]
    if current_file("liten") != before:
        wrong.append("the edition is another")
    _unmount(small.editions)
    happened = "Swedish words, exit 2, the edition stays"
    return Tried("editions on a read-only disk", 1, happened, tuple(wrong))


def odd_names(place: Path) -> Tried:
    """Deliver documents whose names are not UTF-8 or not composed, as ZIP files give them."""
    small = Small(place)
    folder = os.fsencode(small.region / "inbox/9801/op-ny")
    names = (
        b"\x99versiktsplan.txt", "Åtgärder.txt".encode("cp850"), "Översikt.txt".encode("latin-1"),
        "A\u030angstro\u0308m.txt".encode(), b"rad\nbrytning.txt", b"\xff\xfe.txt", b"-rf.txt",
    )  # fmt: skip
    for number, name in enumerate(names):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(f"Bilaga {number}\n\nKommunen prövar nya lösningar i stadens kvarter.")
    done = small.run()
    wrong = [] if done.returncode == 0 else [done.stderr[-300:]]
    if done.returncode == 0:
        import duckdb

        with duckdb.connect(str(current_file("liten")), read_only=True) as con:
            query = "SELECT count(*) FROM document WHERE link_kind != 'registered'"
            [(count,)] = con.execute(query).fetchall()
        if count != len(names):
            wrong.append(f"{count} of {len(names)} are in the edition")
    return Tried("document names not in UTF-8, decomposed, with a line break", len(names),
                 "read and shown in Swedish", tuple(wrong))  # fmt: skip


def flipped_bits(place: Path, times: int) -> Tried:
    """Flip a bit in what a build keeps (pages, codes, documents); the next build mends it."""
    small = Small(place)
    small.run().check_returncode()
    before = current_file("liten")
    files = [f for f in (small.editions / "cache").rglob("*") if f.is_file()]
    files += [f for f in kept_folder("liten").rglob("*") if f.is_file()]
    whole = {file: file.read_bytes() for file in files}
    choose, wrong = random.Random(2), []
    for _ in range(times):
        for file, content in whole.items():
            data = bytearray(content)
            at = choose.randrange(10, len(data))  # the first ten of a packed file mean nothing
            data[at] ^= 1 << choose.randrange(8)
            file.write_bytes(data)
        done = small.run()
        if done.returncode or current_file("liten") != before:
            wrong.append(done.stderr[-300:] or "another edition")
        damaged = [file for file, content in whole.items() if file.read_bytes() != content]
        wrong += [f"{file.name} is still damaged" for file in damaged]
    what = "one bit flipped in every entry of the cache and every kept document"
    told = "all are made anew, the edition is the same"
    return Tried(what, times * len(files), told, tuple(wrong[:5]))


def hostile_files(place: Path) -> list[Tried]:
    """Read files made to break a reader, with the limits of a build."""
    books, texts = place / "books", place / "texts"
    books.mkdir(parents=True)
    texts.mkdir()
    bombs = "documents: bombs, entities, levels, loops, giant pages"
    return [
        _read("workbooks: far cells, bombs, one text in many, cut", hostile.workbooks(books)),
        _read(bombs, hostile.documents(texts)),
    ]


def _read(what: str, files: Iterable[Path]) -> Tried:
    """Read documents in workers and check registers; time, own memory and outcome are shown."""
    files = list(files)
    wrong, slowest = [], 0.0
    region = load_region("exempel")
    for file in files:
        start = time.monotonic()
        try:
            if file.suffix.casefold() in SUFFIXES:
                found = check_file(file, region)
                told = f"{found.rows_loaded} of {found.rows_in} rows"
            else:
                [document] = read_documents([file], cache_dir=None, workers=1, ocr=False)
                told = f"{document.status}, {document.pages_total} pages: {document.reason}"
                if document.status != "read" and not document.reason:
                    wrong.append(f"{file.name}: no reason")
        except PlanInnovationError as error:
            told = error.found
        except Exception as error:  # what a build or a server would have died of
            told = repr(error)
            wrong.append(f"{file.name}: {told}")
        seconds = time.monotonic() - start
        slowest = max(slowest, seconds)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _say(f"  {file.name:24} {seconds:6.1f} s {held:5.0f} MB  {told[:110]}")
        if seconds > 130 or held > 800:
            wrong.append(f"{file.name}: {seconds:.0f} s, {held:.0f} MB")
    happened = (
        f"read, or refused with the reason, in {slowest:.0f} s at most; the process that asks "
        f"holds {held:.0f} MB"
    )
    return Tried(what, len(files), happened, tuple(wrong))


def without_net(place: Path) -> Tried:
    """Build, serve and read every page in a network of its own that leads nowhere."""
    probe = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    if probe.returncode:
        return Tried("no network at all", 0, "not tried: this account may make no network")
    Small(place)
    script = 'ip link set lo up && exec "$0" -m benchmarks.every_page liten'
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", script, sys.executable],
        capture_output=True, text=True, check=False, cwd=PROJECT,
    )  # fmt: skip
    wrong = () if done.returncode == 0 else (done.stderr[-400:] + done.stdout[-400:],)
    what = "no network at all: build, server, every page"
    return Tried(what, 1, done.stdout.strip()[-120:], wrong)


def named_tests() -> Tried:
    """Run the tests that docs/reliability.md names."""
    names = sorted(set(_NAMED_TEST.findall(_DOCUMENT.read_text("utf-8"))))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", *names],
        capture_output=True, text=True, check=False, cwd=PROJECT,
    )  # fmt: skip
    last = (done.stdout.strip().splitlines() or ["nothing"])[-1]
    passed = re.search(r"(\d+) passed", done.stdout)
    wrong = () if done.returncode == 0 else (done.stdout[-1500:],)
    return Tried(f"the {len(names)} files of tests named in docs/reliability.md",
                 int(passed[1]) if passed else 0, last, wrong)  # fmt: skip


def _mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Try everything once, or the parts that are named, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", help="killed, full_disk, read_only, …; all without")
    asked.add_argument("--times", type=int, default=36, help="kills")
    asked.add_argument("--files", type=Path, help="a folder of further files to read")
    options = asked.parse_args()
    parts: dict[str, Callable[[Path], Tried | list[Tried]]] = {
        "killed": lambda place: killed(place, options.times),
        "full_disk": full_disk,
        "read_only": read_only,
        "odd_names": odd_names,
        "flipped_bits": lambda place: flipped_bits(place, 3),
        "hostile_files": hostile_files,
        "without_net": without_net,
        "named_tests": lambda _: named_tests(),
    }
    if options.files:
        listed = sorted(f for f in options.files.iterdir() if f.is_file() and f.suffix != ".md")
        parts["files"] = lambda _: _read(f"the files of {options.files.name}", listed)
    environment = dict(os.environ)
    rows: list[Tried] = []
    for name, part in parts.items():
        if options.parts and name not in (*options.parts, "files"):
            continue
        place = Path(tempfile.mkdtemp())
        _say(f"{name} …")
        try:
            found = part(place)
        finally:
            os.environ.clear()
            os.environ.update(environment)
            if not any(os.path.ismount(each) for each in place.iterdir()):
                shutil.rmtree(place, ignore_errors=True)
        rows += found if isinstance(found, list) else [found]
    _say("\n| fault | times | what happens |\n|---|---|---|")
    for row in rows:
        _say(f"| {row.fault} | {row.times} | {'; '.join(row.wrong) or row.happened} |")
    broken = [row.fault for row in rows if row.wrong]
    _say(f"\ndid not hold: {', '.join(broken) or 'nothing'}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
