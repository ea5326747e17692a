"""From the current edition and its documents to a coding file."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from pipelines.errors import SourceError
from pipelines.model.columns import COLUMN
from pipelines.model.region import Region, editions_folder
from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.codebook import load_codebook
from pipelines.reading.reader import read_documents
from pipelines.reading.review.sample import DocumentToSample, candidates, draw_sample, weak_classes
from pipelines.reading.review.workbook import Origin, coding_sheet, write_workbook
from pipelines.sources.inbox import find_documents
from pipelines.warehouse.delimited import write_csv
from pipelines.warehouse.edition import open_edition

_READ = ("read_found", "read_none")


def write_review_file(
    region: Region, out: Path, number: int, seed: int, *, coder: str | None, inbox: Path | None
) -> int:
    """Draw passages from the documents of the current edition and write them to ``out``.

    Returns how many were drawn.

    Raises:
        EditionError: the region has no edition.
        SourceError: ``out`` is neither .xlsx nor .csv, ``coder`` looks like a name, or none of
            the edition's documents is at hand.
    """
    _check(out, coder)
    with open_edition(region.name) as con:
        documents = con.table("document").pl()
        reviews = con.table("passage_review").pl()
    read = documents.filter(pl.col("coverage").is_in(_READ) & pl.col("is_latest"))
    inboxes = (region.inbox, *([inbox] if inbox else []))
    texts = {item.document_id: item for item in _documents(read, inboxes)}
    found = list(candidates(texts.values(), load_codebook(), weak_classes(reviews)))
    if not found:
        raise SourceError(
            f"Inga lästa dokument i {region.label} finns att dra passager ur.",
            expected="Minst ett läst dokument i den aktuella utgåvan, med filen kvar i inkorgen.",
            do="Lägg dokument i inkorgen och bygg om regionen, eller ange mappen med --inbox.",
        )
    drawn = draw_sample(found, number, seed)
    origins = {
        row["document_id"]: Origin(row["document_title"], row["file_name"], row["source_url"])
        for row in read.to_dicts()
    }
    certainty = "example" if region.is_example else "registered"
    rows = coding_sheet(drawn, texts, origins, coder=coder, certainty=certainty)
    if out.suffix.casefold() == ".csv":
        out.write_bytes(write_csv(rows, HUMAN_CODE.delivered_columns, "excel"))
    else:
        write_workbook(rows, out, region.mark)
    return len(drawn)


def _check(out: Path, coder: str | None) -> None:
    if out.suffix.casefold() not in (".xlsx", ".csv"):
        raise SourceError(
            f"Kodningsfilen kan inte skrivas som {out.suffix or 'fil utan ändelse'}.",
            expected="Ett filnamn som slutar på .xlsx eller .csv.",
            do="Byt ändelse.",
        )
    if coder is not None and not re.fullmatch(COLUMN["coder"].pattern, coder):
        raise SourceError(
            f"”{coder}” kan inte stå som kodare.",
            expected=f"En roll eller beteckning, till exempel {COLUMN['coder'].example}.",
            do="Använd aldrig ett personnamn.",
        )


def _documents(read: pl.DataFrame, inboxes: tuple[Path, ...]) -> list[DocumentToSample]:
    """The documents of the edition whose files are still the same, in the edition's order."""
    paths = [path for path, _ in find_documents(inboxes)]
    cache = editions_folder() / "cache" / "pages"
    by_hash = {document.sha256: document for document in read_documents(paths, cache_dir=cache)}
    columns = ("document_id", "municipality_code", "document_kind", "sha256")
    return [
        DocumentToSample(key, code, kind, by_hash[sha256])
        for key, code, kind, sha256 in read.select(columns).rows()
        if sha256 in by_hash
    ]
