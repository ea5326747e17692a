"""From the texts of a fictional region to its inbox; what has not changed is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipelines.errors import SourceError
from pipelines.example.blocks import parse_body
from pipelines.example.look import look_of
from pipelines.example.source import Source, read_source
from pipelines.model.region import Region

Progress = Callable[[int, int], None]
"""Called with (documents done, documents in all)."""

STAMP = ".gjorda.json"
"""What was made of which text: beside the inbox, where every file counts as a delivery."""
_LIBRARIES = ("typst", "python-docx", "pypdfium2", "pillow", "markdown-it-py")


def build_documents(region: Region, *, progress: Progress | None = None) -> list[Path]:
    """Make every document of a fictional region.

    Returns the files in the inbox, made now or before, in the order of their texts. A document
    whose text, and the code that makes it, is unchanged is left alone; one whose text is gone is
    removed.

    Raises:
        SourceError: some texts cannot be used; the others have been made.
    """
    texts = sorted(region.texts.glob("*/*.md"))
    stamp = region.inbox.with_name(STAMP)
    if (former := region.inbox / STAMP).is_file():
        former.replace(stamp)
    before = _read_stamp(stamp)
    made: dict[str, str] = {}
    faults: list[SourceError] = []
    for done, text in enumerate(texts, start=1):
        try:
            source = read_source(text)
            place = _free_place(source, made)
            made[place] = _make_if_changed(source, region.inbox / place, before.get(place))
        except SourceError as fault:
            faults.append(fault)
        if progress:
            progress(done, len(texts))
    if not faults:
        _remove(region.inbox, set(before) - set(made))
    kept = {**before, **made} if faults else made
    if kept != before:
        region.inbox.mkdir(parents=True, exist_ok=True)
        stamp.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if faults:
        raise _summary(faults)
    return [region.inbox / place for place in made]


def make_document(source: Source) -> bytes:
    """Make one document in the format that its file name asks for."""
    blocks = parse_body(source, numbered=look_of(source.kommunkod).numbered)
    if source.format == ".docx":
        from pipelines.example.word import make_docx

        return make_docx(source, blocks)
    if source.format == ".html":
        from pipelines.example.web import make_html

        return make_html(source, blocks)
    if source.format == ".txt":
        from pipelines.example.plain import make_text

        return make_text(source, blocks)
    from pipelines.example.pdf import make_pdf

    pdf = make_pdf(source, blocks)
    if source.layout != "skannad":
        return pdf
    from pipelines.example.scan import make_scan

    return make_scan(source, pdf)


@cache
def builder_version() -> str:
    """Return a digest of this package and of the libraries that decide how documents look."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.*")):
        if file.suffix in (".py", ".typ", ".svg", ".toml", ".html"):
            digest.update(file.read_bytes())
    for library in _LIBRARIES:
        digest.update(version(library).encode())
    return digest.hexdigest()


def _make_if_changed(source: Source, target: Path, before: str | None) -> str:
    """Make a document unless it is there already; return what it was made from."""
    key = hashlib.sha256(f"{source.sha256} {builder_version()}".encode()).hexdigest()
    if key == before and target.is_file():
        return key
    content = make_document(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Renamed when whole, so that an interrupted build never leaves half a document.
    part = target.with_name(f".{target.name}.del")
    part.write_bytes(content)
    part.replace(target)
    return key


def _free_place(source: Source, made: dict[str, str]) -> str:
    place = source.place.as_posix()
    if place in made:
        raise SourceError(
            f"Två texter ger samma fil, {place}.",
            expected="Ett filnamn som bara förekommer en gång i mappen.",
            do=f"Ge texten {source.id} ett eget filnamn.",
        )
    return place


def _read_stamp(stamp: Path) -> dict[str, str]:
    try:
        found = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remove(inbox: Path, places: set[str]) -> None:
    for place in sorted(places):
        file = inbox / place
        file.unlink(missing_ok=True)
        if file.parent != inbox and file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()


def _summary(faults: list[SourceError]) -> SourceError:
    if len(faults) == 1:
        return faults[0]
    return SourceError(
        f"{len(faults)} texter går inte att använda. " + " ".join(f.found for f in faults),
        expected=faults[0].expected,
        do="Rätta texterna en i taget.",
    )
