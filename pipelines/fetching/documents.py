"""Documents by address: what the registers point at, and what plan pages link to.

Each file is put where a build reads it, ``inbox/<kommunkod>/<handling-id>/``, and noted in a
manifest as soon as it is whole. A fetch that was cut off goes on where it ended; one that was not
asks only whether what it has is still the newest.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl
from pydantic import Field

from pipelines.errors import SourceError
from pipelines.fetching.delivery import Delivery
from pipelines.fetching.files import Files, Wanted, short
from pipelines.fetching.pages import (
    HTML_SUFFIXES,
    Link,
    Robots,
    file_type,
    read_page,
    site_of,
    suffix_of,
)
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import UnreachableError, Web, host_of, hosts_of
from pipelines.model.columns import plain_name
from pipelines.model.region import Region
from pipelines.sources.characters import composed
from pipelines.sources.inbox import DOCUMENT_SUFFIXES
from pipelines.tables import identify, known_objects

_SHORTEST_NAME = 6
_CLIMATE = "klimatplan"
_DOWN = 3
"""Addresses of a host that fail one after the other before the rest of them are left."""
_LEFT = "länkade filer hämtades inte: kartor, utredningar, annat underlag eller utan talande namn"


class Options(Settings):
    """What the record of the source decides; ``sources/documents.toml`` explains each."""

    kinds: tuple[str, ...]
    sites: tuple[str, ...] = ()
    start: dict[str, tuple[str, ...]] = Field({})
    most_pages: int = 300
    most_files: int = 60
    depth: int = 2


@dataclass(frozen=True)
class Task(Wanted):
    """An address to ask: a page to look for links on, or a file to keep.

    ``plan_page`` is an id made from the page that links to it, for what no register knows,
    ``start`` the page that led here, ``depth`` how many pages down.
    """

    plan_page: str = ""
    start: str = ""
    depth: int = 0
    is_file: bool = False


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Fetch documents and deliver their rows of the document register."""
    out.each_alone = True
    files = Files(region, web, out)
    _Walk(source.read_options(Options), web, out, files).run()
    files.deliver()


class _Walk:
    """One walk over the web: hosts in turn, so that no pause is waited for in vain."""

    def __init__(self, options: Options, web: Web, out: Delivery, files: Files) -> None:
        self.options, self.web, self.out, self.files = options, web, out, files
        self.robots = Robots(web)
        self.objects = known_objects.build(out.known("plan"), out.known("land_allocation"))
        self.queues: dict[str, deque[Task]] = {}
        self.asked: set[str] = set()
        self.failed: Counter[str] = Counter()
        self.last_fault = ""
        self.pages: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self.answered = 0

    # Where to begin -------------------------------------------------------------------------------

    def run(self) -> None:
        """Ask the addresses of the registers, then the pages that the source's record names."""
        of_record = (
            Task(url, code, start=url) for code, urls in self.options.start.items() for url in urls
        )
        for tasks in (self._of_registers(), of_record):
            for task in tasks:
                self.web.hosts |= hosts_of([task.url])
                self._queue(task)
            while self.queues:
                for host in list(self.queues):
                    self._visit(self.queues[host].popleft())
                    if not self.queues[host]:
                        del self.queues[host]
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
                    url,
                    row["municipality_code"],
                    _CLIMATE,
                    kind="other",
                    title=title,
                    is_file=True,
                    is_beside=True,
                )

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
                self.files.fetch(_owned(task))
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
            self.files.take(_owned(task), reply)
            return
        page = read_page(reply)
        files = [link for link in page.links if link.is_file or link.kind not in ("", "-")]
        if task.page and suffix_of(task.url) in HTML_SUFFIXES and not files:
            self.files.take(_owned(task), reply)  # the document itself is a web page
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
        self.said[_LEFT] += len(files) - len(wanted)
        if task.depth < self.options.depth:
            for link in page.links:
                if not link.is_file and link.leads_on(task.start or task.url):
                    own = task.object_id if link.is_of(task.url) else ""
                    follow = replace(task, url=link.url, object_id=own, kind="", title="", page="")
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

    def _say(self) -> None:
        self.out.note(
            f"{self.files.new} nya eller ändrade filer, {len(self.files.kept)} i manifestet; "
            f"{sum(self.pages.values())} sidor hos {len(self.pages)} webbplatser."
        )
        for words, number in self.said.items():
            if number:
                self.out.note(f"{number} {words}.")


def _owned(task: Task) -> Task:
    return replace(task, object_id=task.object_id or task.plan_page or _slug(task, ""))


def _slug(task: Task, heading: str) -> str:
    """An id for a plan that no register knows, after the page that links to its documents."""
    return f"{task.code}-{plain_name(heading).replace('_', '-')[:40] or short(task.url)}"


def _words(text: str) -> str:
    return " ".join(re.findall(r"\d+(?::\d+)*|\w+", composed(text).casefold()))
