"""``read`` and ``code``: the reader on a file or on loose passages."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import output
from pipelines.model.codes import COMMITMENT, COVERAGE


class ReadFormat(StrEnum):
    """How passages are printed."""

    json = "json"
    table = "table"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(read)
    app.command()(code)


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="PDF, DOCX, HTML or text; a form feed ends a page.", exists=True, dir_okay=False
        ),
    ],
    all_passages: Annotated[
        bool, typer.Option("--all", help="Passages that are not relevant too.")
    ] = False,
    format: Annotated[
        ReadFormat, typer.Option("--format", help="json (lines) or table.")
    ] = ReadFormat.json,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Document kind; told from name and first page when left out."),
    ] = None,
) -> None:
    """Print the relevant passages of documents as JSON lines.

    A document that cannot be read gives one line with status "unreadable" and the reason; that is
    an answer, not an error, so the exit code is 0.
    """
    from pipelines.reading.codebook import load_codebook
    from pipelines.reading.coding.code import code_passages
    from pipelines.reading.reader import read_documents
    from pipelines.tables.identify import document_kind

    codebook = load_codebook()
    rows: list[dict[str, Any]] = []
    for file, document in zip(files, read_documents(files, cache_dir=None), strict=True):
        if document.status != "read":
            output.note(f"{file}: {COVERAGE.labels[document.status]}. {document.reason}")
            _emit(
                {"file": str(file), **_EMPTY, "status": document.status, "reason": document.reason},
                format,
                rows,
            )
            continue
        cover = "\n".join(page.text for page in document.pages[:3])
        doc_kind = kind or document_kind(file.stem, cover)
        codings = code_passages(
            document.passages, doc_kind=doc_kind, codebook=codebook, explained=all_passages
        )
        for passage, coding in zip(document.passages, codings, strict=True):
            if coding.relevant or all_passages:
                row = {
                    "file": str(file),
                    "page": passage.page,
                    "section": passage.section,
                    "quote": passage.text,
                    "relevant": coding.relevant,
                    "instruments": list(coding.instruments),
                    "themes": list(coding.themes),
                    "commitment": coding.commitment,
                    "confidence": round(coding.confidence, 4),
                    "spans": [asdict(span) for span in coding.spans],
                    "page_end": passage.page_end,
                    "voice": coding.voice,
                    "negated": coding.negated,
                    "condition": coding.condition,
                    "actor": coding.actor,
                    "legal_flag": coding.legal_flag,
                    "figures": [asdict(figure) for figure in coding.figures],
                    "explanation": coding.explanation,
                    "status": document.status,
                    "reason": document.reason,
                }  # fmt: skip
                _emit(row, format, rows)
    if format is ReadFormat.table:
        _print_table(rows)


_EMPTY: dict[str, Any] = {
    "page": None, "section": "", "quote": "", "relevant": False, "instruments": [], "themes": [],
    "commitment": "none", "confidence": 0.0, "spans": [],
}  # fmt: skip


def _emit(row: dict[str, Any], format: ReadFormat, rows: list[dict[str, Any]]) -> None:
    if format is ReadFormat.json:
        output.json_line(row)
    else:
        rows.append(row)


def _print_table(rows: list[dict[str, Any]]) -> None:
    output.table(
        ("Fil", "Sida", "Grad", "Citat", "Varför"),
        [
            (Path(row["file"]).name, row["page"] or "–", COMMITMENT.labels[row["commitment"]],
             row["quote"] or row["reason"], row.get("explanation", ""))
            for row in rows
        ],
    )  # fmt: skip


def code(
    file: Annotated[
        str,
        typer.Argument(
            help="JSON lines with id, doc_type and text, and before (the sentence before), "
            "section (the heading) and document (its name) where they are known; - is standard "
            "input."
        ),
    ] = "-",
) -> None:
    """Code loose passages: one JSON line out for each line in, in the same order.

    A line that is not such an object comes out with an `error`, and the exit code is 1.
    """
    from pipelines.reading.codebook import load_codebook
    from pipelines.reading.coding.code import code_texts

    lines = _lines(file)
    parsed = [_parse(line) for line in lines]
    good = [item for item in parsed if "error" not in item]
    codings = iter(
        code_texts(
            [item["text"] for item in good],
            [item["doc_type"] for item in good],
            load_codebook(),
            [item["before"] for item in good],
            [item["section"] for item in good],
            [item["document"] for item in good],
        )
    )
    for item in parsed:
        if "error" in item:
            output.json_line(item)
            continue
        coding = next(codings)
        output.json_line(
            {
                "id": item["id"],
                "relevant": coding.relevant,
                "instruments": list(coding.instruments),
                "themes": list(coding.themes),
                "commitment": coding.commitment,
                "confidence": round(coding.confidence, 4),
                "matches": [asdict(span) for span in coding.spans],
                "explanation": coding.explanation,
            }
        )
    if len(good) < len(parsed):
        raise typer.Exit(1)


def _lines(file: str) -> list[str]:
    if file == "-":
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    elif Path(file).is_file():
        text = Path(file).read_text("utf-8-sig")
    else:
        raise typer.BadParameter(f"{file} does not exist.")
    return [line for line in text.split("\n") if line.strip()]


def _parse(line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"Raden är inte JSON: {error.msg}."}
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        identity = item.get("id") if isinstance(item, dict) else None
        return {"id": identity, "error": "Raden saknar fältet text."}
    return {
        "id": item.get("id"),
        "doc_type": str(item.get("doc_type") or "other"),
        "text": item["text"],
        "before": str(item.get("before") or ""),
        "section": str(item.get("section") or ""),
        "document": str(item.get("document") or ""),
    }
