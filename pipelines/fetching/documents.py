"""Documents by address: what the registers point at, and what plan pages link to.

Each file is put where a build reads it, ``inbox/<kommunkod>/<handling-id>/``, and noted in a
manifest as soon as it is whole. A fetch that was cut off goes on where it ended; one that was not
asks only whether what it has is still the newest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery, last_outcome, write_whole
from pipelines.fetching.pages import (
    HTML_SUFFIXES,
    Link,
    Robots,
    file_name,
    file_type,
    read_page,
    site_of,
    suffix_of,
)
from pipelines.fetching.source import Source
from pipelines.fetching.web import Reply, UnreachableError, Web, host_of, hosts_of
from pipelines.intake import reading_caches
from pipelines.model.columns import plain_name
from pipelines.model.region import Region
from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import read_documents
from pipelines.sources.characters import composed
from pipelines.sources.inbox import DOCUMENT_SUFFIXES
from pipelines.tables import identify, known_objects

_SHORTEST_NAME = 6
_CLIMATE = "klimatplan"
_DOWN = 3
"""Addresses of a host that fail one after the other before the rest of them are left."""
_LEFT = "länkade filer hämtades inte: kartor, utredningar, annat underlag eller utan talande namn"


class Options(BaseModel):
    """What the record of the source decides; ``sources/documents.toml`` explains each."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[str, ...]
    sites: tuple[str, ...] = ()
    start: dict[str, tuple[str, ...]] = {}
    most_pages: int = 300
    most_files: int = 60
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Task:
    """An address to ask: a page to look for links on, or a file to keep.

    ``object_id`` is the plan or allocation that it belongs to as far as is known, ``plan_page`` an
    id made from the page that links to it where none is, ``start`` the page that led here, ``page``
    the one that links to it, ``is_known`` that another register has the document's row already.
    """

    url: str
    code: str
    object_id: str = ""
    plan_page: str = ""
    kind: str = ""
    title: str = ""
    page: str = ""
    start: str = ""
    depth: int = 0
    is_file: bool = False
    is_known: bool = False
    name: str = ""


@dataclass(slots=True)
class Kept:
    """One file as the manifest has it; ``file`` is its path below the inbox."""

    url: str
    code: str
    object_id: str
    kind: str
    title: str
    page: str
    file: str
    sha256: str
    bytes: int
    fetched_at: str
    etag: str = ""
    last_modified: str = ""
    is_known: bool = False
    is_read: bool = False
    stage: str = ""
    date: str = ""
    case_number: str = ""


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Fetch documents and deliver their rows of the document register."""
    out.each_alone = True
    walk = _Walk(source.read_options(Options), region, web, out)
    walk.since = last_outcome(region, source).fetched_at
    walk.run()
    walk.read_new()
    for kept in walk.kept.values():
        if (
            not kept.is_known
            and kept.object_id != _CLIMATE
            and (region.inbox / kept.file).is_file()
        ):
            out.add("document", _row(kept))


class _Walk:
    """One walk over the web: hosts in turn, so that no pause is waited for in vain."""

    def __init__(self, options: Options, region: Region, web: Web, out: Delivery) -> None:
        self.options, self.region, self.web, self.out = options, region, web, out
        self.manifest = out.folder / "manifest.jsonl"
        self.kept = _load(self.manifest)
        self.since = ""
        self.robots = Robots(web)
        self.objects = known_objects.build(out.known("plan"), out.known("land_allocation"))
        self.queues: dict[str, deque[Task]] = {}
        self.asked: set[str] = set()
        self.failed: Counter[str] = Counter()
        self.last_fault = ""
        self.pages: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self.new = self.answered = 0

    # Where to begin -------------------------------------------------------------------------------

    def run(self) -> None:
        """Ask the addresses of the registers, then the pages that the source's record names."""
        for tasks in (self._of_registers(), self._of_record()):
            for task in tasks:
                self.web.hosts |= hosts_of([task.url])
                self._queue(task)
            while self.queues:
                for host in list(self.queues):
                    self._visit(self.queues[host].popleft())
                    if not self.queues[host]:
                        del self.queues[host]
        self._save()
        self._say()
        if self.last_fault and not self.answered:
            raise UnreachableError(
                f"Ingen webbplats svarade. {self.last_fault}",
                expected="Svar från åtminstone en.",
                do="Kontrollera nätet och försök igen; det som hämtades förut ligger kvar.",
            )

    def _of_registers(self) -> Iterator[Task]:
        documents = self.out.known("document").filter(pl.col("source_url").is_not_null())
        for row in documents.iter_rows(named=True):
            yield Task(
                row["source_url"], row["municipality_code"], row["object_id"],
                kind=row["document_kind"], title=row["document_title"] or "", is_file=True,
                is_known=True, name=row["file_name"],
            )  # fmt: skip
        objects = self.objects.filter(pl.col("source_url").is_not_null())
        shared = Counter(objects["source_url"])
        walkable = self._sites()
        for row in objects.iter_rows(named=True):
            url, code = row["source_url"], row["municipality_code"]
            own = row["object_id"] if shared[url] == 1 else ""
            is_file = suffix_of(url) in DOCUMENT_SUFFIXES and suffix_of(url) not in HTML_SUFFIXES
            if is_file:
                yield Task(url, code, own, title=row["object_name"], is_file=True)
            elif (sites := walkable.get(code)) is None or site_of(url) in sites:
                yield Task(url, code, own, start=url)
            else:
                self.said["adresser ligger inte hos kommunen och följdes inte"] += 1
        for row in self.out.known("climate_demand").iter_rows(named=True):
            if url := row["climate_plan_url"]:
                title = row["climate_plan"] or ""
                yield Task(
                    url, row["municipality_code"], _CLIMATE, kind="other", title=title, is_file=True
                )

    def _of_record(self) -> Iterator[Task]:
        for code, urls in self.options.start.items():
            for url in urls:
                yield Task(url, code, start=url)

    def _sites(self) -> dict[str, set[str] | None]:
        """Municipality → sites that may be walked; None where its own site is not known."""
        rows = self.out.known("municipality").select("municipality_code", "website").rows()
        return {
            code: {site_of(website), *self.options.sites} if website else None
            for code, website in rows
        }

    # One address ----------------------------------------------------------------------------------

    def _queue(self, task: Task) -> None:
        host = host_of(task.url)
        if task.url in self.asked:
            return
        if not task.is_file:
            if self.pages[host] >= self.options.most_pages:
                self.said[f"sidor hos {host} lämnades: gränsen är {self.options.most_pages}"] += 1
                return
            self.pages[host] += 1
        self.asked.add(task.url)
        self.queues.setdefault(host, deque()).append(task)

    def _visit(self, task: Task) -> None:
        host = host_of(task.url)
        if self.failed[host] >= _DOWN:
            self.said[f"adresser hos {host} lämnades, för värden svarar inte"] += 1
            return
        table = "document" if task.is_file else ""
        try:
            if not self.robots.allow(task.url):
                self.out.reject(table, task.url, "Webbplatsens robots.txt tillåter inte hämtning.")
                return
            if task.is_file:
                self._fetch(task)
            else:
                self._look(task)
        except UnreachableError as error:
            self.failed[host] += 1
            self.last_fault = error.found
            self.out.reject(table, task.url, error.found)
            return
        except SourceError as error:
            self.out.reject(table, task.url, error.found)
        self.failed[host] = 0
        self.answered += 1

    def _look(self, task: Task) -> None:
        reply = self.web.get(task.url)
        if file_type(reply.body) != ".html":
            self._take(replace(task, is_file=True), reply)
            return
        page = read_page(reply)
        files = [link for link in page.links if link.is_file or link.kind not in ("", "-")]
        if task.page and suffix_of(task.url) in HTML_SUFFIXES and not files:
            self._take(replace(task, is_file=True), reply)  # the document itself is a web page
            return
        task = replace(task, object_id=task.object_id or self._named(page.heading, task.code))
        wanted = [link for link in files if self._is_wanted(link, task)]
        if len(wanted) > self.options.most_files:
            self.out.note(
                f"{task.url} länkar till {len(wanted)} filer; de första "
                f"{self.options.most_files} hämtades."
            )
        for link in wanted[: self.options.most_files]:
            own = task.object_id or self._named(link.text, task.code)
            title = link.text or page.heading
            found = replace(
                task, url=link.url, object_id=own, plan_page=_slug(task, page.heading),
                kind=link.kind, title=title, page=task.url, is_file=link.is_file,
                depth=task.depth + 1,
            )  # fmt: skip
            self._enqueue_linked(found)  # one that is no file may be a page with the file on it
        self.said[
            "länkade filer är kartor, utredningar eller annat underlag och hämtades inte"
        ] += len(files) - len(wanted)
        if task.depth < self.options.depth:
            for link in page.links:
                if not link.is_file and link.leads_on(task.start or task.url):
                    # what a page of all plans leads to may be any plan's
                    follow = replace(task, url=link.url, kind="", title="", page="", is_file=False)
                    self._enqueue_linked(replace(follow, depth=task.depth + 1))

    def _is_wanted(self, link: Link, task: Task) -> bool:
        if link.kind:
            return link.kind in self.options.kinds
        return bool(task.object_id)  # a file without a telling name, on the page of one plan

    def _enqueue_linked(self, task: Task) -> None:
        if site_of(task.url) != site_of(task.page or task.start):
            if task.is_file:
                self.said["länkade filer ligger hos en annan webbplats och hämtades inte"] += 1
            return
        self.web.hosts |= hosts_of([task.url])
        self._queue(task)

    def _named(self, text: str, code: str) -> str:
        """The one object of a municipality whose case number or whole name is in a text."""
        here = self.objects.filter(pl.col("municipality_code") == code)
        if len(by_case := identify.same_case_number(here, text)) == 1:
            return by_case[0]
        flat = f" {_words(text)} "
        found = [
            (len(name), str(object_id))
            for object_id, name in here.select("object_id", "object_name").rows()
            if len(name) >= _SHORTEST_NAME and f" {_words(name)} " in flat
        ]
        longest = max(found, default=(0, ""))[0]
        best = [object_id for length, object_id in found if length == longest]
        return best[0] if len(best) == 1 else ""

    # One file -------------------------------------------------------------------------------------

    def _fetch(self, task: Task) -> None:
        before = self.kept.get(task.url)
        folder = self._home(task)
        if before and (folder / before.file).is_file():
            if before.fetched_at > max(self.since, _yesterday()):  # of a fetch that was cut off
                return
            known = {"etag": before.etag, "last_modified": before.last_modified}
            reply = self.web.fetch_file(task.url, known)
            if reply.is_unchanged or reply.sha256 == before.sha256:
                return
        elif task.is_known and (folder / _place(task, task.name)).is_file():
            return  # somebody has put it there by hand
        else:
            reply = self.web.fetch_file(task.url)
        self._take(task, reply)

    def _take(self, task: Task, reply: Reply) -> None:
        task = replace(task, object_id=task.object_id or task.plan_page or _slug(task, ""))
        ending = file_type(reply.body)
        asked_for = suffix_of(task.url)
        if not reply.body:
            self.out.reject("document", task.url, "Filen är tom (0 byte).")
        elif not ending:
            self.out.reject("document", task.url, f"Filtypen ({reply.media_type}) läses inte.")
        elif ending == ".html" and asked_for not in (*HTML_SUFFIXES, "") and not task.is_known:
            self.out.reject("document", task.url, "Adressen gav en webbsida i stället för filen.")
        else:
            before = self.kept.get(task.url)
            if (
                before
                and before.sha256 == reply.sha256
                and (self._home(task) / before.file).is_file()
            ):
                return
            place = before.file if before else self._free(task, reply, ending)
            (self._home(task) / place).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._home(task) / place, reply.body)
            kept = Kept(
                task.url, task.code, task.object_id, task.kind, task.title, task.page, place,
                reply.sha256, len(reply.body), reply.at, reply.headers.get("etag", ""),
                reply.headers.get("last-modified", ""), is_known=task.is_known,
            )  # fmt: skip
            self.kept[task.url] = kept
            self.new += 1
            with self.manifest.open("a", encoding="utf-8") as out:
                out.write(json.dumps(asdict(kept), ensure_ascii=False) + "\n")

    def _home(self, task: Task) -> Path:
        """The inbox; climate plans are kept beside it, because they are no planning objects."""
        return self.out.folder if task.object_id == _CLIMATE else self.region.inbox

    def _free(self, task: Task, reply: Reply, ending: str) -> str:
        """A place that no other address's file has; addresses of one content share it."""
        name = task.name or file_name(reply, ending)
        place = _place(task, name)
        if any(kept.file.casefold() == place.casefold() for kept in self.kept.values()):
            stem, _, last = name.rpartition(".")
            place = _place(task, f"{stem}-{_short(task.url)}.{last}")
        return place

    # After the walk -------------------------------------------------------------------------------

    def read_new(self) -> None:
        """Read the first pages of what is new: its kind where the link did not tell, date, stage.

        The build finds the readings in its cache, so nothing is read twice.
        """
        new = [k for k in self.kept.values() if not k.is_read and k.object_id != _CLIMATE]
        paths = [self.region.inbox / kept.file for kept in new]
        cache = reading_caches().pages
        for kept, read in zip(
            new, read_documents(paths, cache_dir=cache, ocr=self.region.ocr), strict=True
        ):
            _describe(kept, read)
        self._save()

    def _save(self) -> None:
        lines = (json.dumps(asdict(kept), ensure_ascii=False) + "\n" for kept in self.kept.values())
        self.manifest.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.manifest, "".join(lines))

    def _say(self) -> None:
        self.out.note(
            f"{self.new} nya eller ändrade filer, {len(self.kept)} sammanlagt i manifestet; "
            f"{sum(self.pages.values())} sidor hos {len(self.pages)} webbplatser."
        )
        for words, number in self.said.items():
            if number:
                self.out.note(f"{number} {words}.")


def _load(manifest: Path) -> dict[str, Kept]:
    kept: dict[str, Kept] = {}
    lines = manifest.read_text("utf-8").splitlines() if manifest.is_file() else []
    for line in lines:
        try:
            each = Kept(**json.loads(line))
        except (ValueError, TypeError):  # the process ended in the middle of a line
            continue
        kept[each.url] = each
    return kept


def _describe(kept: Kept, read: ExtractedDocument) -> None:
    cover = composed("\n".join(page.text for page in read.pages[: identify.FIRST_PAGES]))
    kept.kind = kept.kind or identify.document_kind(Path(kept.file).stem, cover)
    kept.stage = identify.stage_of(Path(kept.file), cover)
    kept.date = identify.date_of(cover)
    kept.case_number = identify.case_number(cover)
    kept.is_read = True


def _row(kept: Kept) -> dict[str, object]:
    return {
        "document_id": f"{kept.object_id}-{kept.kind}-{_short(kept.url)}",
        "municipality_code": kept.code,
        "object_id": kept.object_id,
        "document_kind": kept.kind,
        "document_title": kept.title,
        "document_stage": kept.stage,
        "document_date": kept.date,
        "file_name": Path(kept.file).name,
        "case_number": kept.case_number,
        "source_url": kept.url,
        "certainty": "seen",
        "note": f"Hämtat {kept.fetched_at[:10]}" + (f" från {kept.page}" if kept.page else ""),
    }


def _place(task: Task, name: str) -> str:
    return f"{task.code}/{task.object_id or 'okand'}/{name}"


def _slug(task: Task, heading: str) -> str:
    """An id for a plan that no register knows, after the page that links to its documents."""
    return f"{task.code}-{plain_name(heading).replace('_', '-')[:40] or _short(task.url)}"


def _short(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def _yesterday() -> str:
    return (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\d+(?::\d+)*|\w+", composed(text).casefold()))
