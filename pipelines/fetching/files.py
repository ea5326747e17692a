"""Files that are fetched: put where a build reads them, noted at once, and read for what they are.

A manifest has a line for each as soon as it is whole, so that a fetch that was cut off goes on
where it ended, and the next one asks only whether what is there is still the newest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.fetching.delivery import Delivery, last_outcome, write_whole
from pipelines.fetching.pages import HTML_SUFFIXES, file_name, file_type, suffix_of
from pipelines.fetching.web import Reply, Web
from pipelines.intake import reading_caches
from pipelines.model.region import Region
from pipelines.reading.passage import ExtractedDocument
from pipelines.reading.reader import read_documents
from pipelines.sources.characters import composed
from pipelines.tables import identify


@dataclass(frozen=True)
class Wanted:
    """A file to fetch.

    ``object_id`` is the plan or allocation that it belongs to, ``kind`` the kind of document where
    it is known, ``page`` the page that links to it, ``name`` the file's name where a register says
    it, ``is_known`` that another register has the document's row already, ``is_beside`` that it is
    kept beside the inbox and never read.
    """

    url: str
    code: str
    object_id: str = ""
    kind: str = ""
    title: str = ""
    page: str = ""
    name: str = ""
    is_known: bool = False
    is_beside: bool = False


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
    is_beside: bool = False
    is_read: bool = False
    stage: str = ""
    date: str = ""
    case_number: str = ""


class Files:
    """The files of one source in a region, with their manifest."""

    def __init__(self, region: Region, web: Web, out: Delivery) -> None:
        self.region, self.web, self.out = region, web, out
        self.manifest = out.folder / "manifest.jsonl"
        self.kept = _load(self.manifest)
        self.new = 0
        yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
        self._since = max(last_outcome(region, out.source).fetched_at, yesterday)

    def fetch(self, wanted: Wanted, headers: Mapping[str, str] | None = None) -> None:
        """Ask for a file that is not there, or for a newer one; faults of the web are raised."""
        before = self.kept.get(wanted.url)
        home = self._home(wanted)
        if before and (home / before.file).is_file():
            if before.fetched_at > self._since:  # of a fetch that was cut off
                return
            known = {"etag": before.etag, "last_modified": before.last_modified}
            reply = self.web.fetch_file(wanted.url, known, headers)
            if reply.is_unchanged:
                return
        elif wanted.is_known and (home / _place(wanted, wanted.name)).is_file():
            return  # somebody has put it there by hand
        else:
            reply = self.web.fetch_file(wanted.url, headers=headers)
        self.take(wanted, reply)

    def take(self, wanted: Wanted, reply: Reply) -> None:
        """Put a file that was sent in its place, or reject it by what it holds."""
        ending = file_type(reply.body)
        if not reply.body:
            self.out.reject("document", wanted.url, "Filen är tom (0 byte).")
        elif not ending:
            self.out.reject("document", wanted.url, f"Filtypen ({reply.media_type}) läses inte.")
        elif ending == ".html" and suffix_of(wanted.url) not in (*HTML_SUFFIXES, ""):
            self.out.reject("document", wanted.url, "Adressen gav en webbsida i stället för filen.")
        else:
            self._put(wanted, reply, ending)

    def _put(self, wanted: Wanted, reply: Reply, ending: str) -> None:
        before, home = self.kept.get(wanted.url), self._home(wanted)
        if before and before.sha256 == reply.sha256 and (home / before.file).is_file():
            return
        place = before.file if before else self._free(wanted, reply, ending)
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        write_whole(home / place, reply.body)
        kept = Kept(
            wanted.url, wanted.code, wanted.object_id, wanted.kind, wanted.title, wanted.page,
            place, reply.sha256, len(reply.body), reply.at, reply.headers.get("etag", ""),
            reply.headers.get("last-modified", ""), wanted.is_known, wanted.is_beside,
        )  # fmt: skip
        self.kept[wanted.url] = kept
        self.new += 1
        with self.manifest.open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(kept), ensure_ascii=False) + "\n")

    def _home(self, wanted: Wanted | Kept) -> Path:
        return self.out.folder if wanted.is_beside else self.region.inbox

    def _free(self, wanted: Wanted, reply: Reply, ending: str) -> str:
        """A place that no other address's file has."""
        name = wanted.name or file_name(reply, ending)
        place = _place(wanted, name)
        if any(kept.file.casefold() == place.casefold() for kept in self.kept.values()):
            stem, _, last = name.rpartition(".")
            place = _place(wanted, f"{stem}-{short(wanted.url)}.{last}")
        return place

    def deliver(self) -> None:
        """Read the first pages of what is new, and add a row of the document register for each.

        They tell the kind where nothing else did, date, stage and case number. The build finds the
        readings in its cache, so nothing is read twice.
        """
        new = [k for k in self.kept.values() if not k.is_read and not k.is_beside]
        paths = [self.region.inbox / kept.file for kept in new]
        cache = reading_caches().pages
        readings = read_documents(paths, cache_dir=cache, ocr=self.region.ocr)
        for kept, read in zip(new, readings, strict=True):
            _describe(kept, read)
        lines = (json.dumps(asdict(kept), ensure_ascii=False) + "\n" for kept in self.kept.values())
        write_whole(self.manifest, "".join(lines))
        for kept in self.kept.values():
            if not (kept.is_known or kept.is_beside) and (self._home(kept) / kept.file).is_file():
                self.out.add("document", _row(kept))


def short(url: str) -> str:
    """Return a few letters that tell an address from others."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


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
        "document_id": f"{kept.object_id}-{kept.kind}-{short(kept.url)}",
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


def _place(wanted: Wanted, name: str) -> str:
    return f"{wanted.code}/{wanted.object_id or 'okand'}/{name}"
