"""``evaluate``, ``train``, ``sample`` and ``bench``: how well and how fast the reader reads."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import output
from pipelines.cli.building import ReportFormat
from pipelines.model.region import load_region

if TYPE_CHECKING:
    from pipelines.reading.evaluation.answer_key import KeyDocument

EXAMPLE_REGION = "exempel"

_GOLD = "JSON lines with id, doc_type, text, label_relevant, instruments, themes, commitment."
_FORMAT = typer.Option("--format", help="text or json.")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(evaluate)
    app.command()(train)
    app.command()(sample)
    app.command()(bench)


def evaluate(
    gold: Annotated[Path | None, typer.Argument(help=_GOLD, exists=True, dir_okay=False)] = None,
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            help="Folder with documents and gold.jsonl.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    cross_validate: Annotated[
        bool | None,
        typer.Option(
            "--cross-validate/--as-is",
            help="Code each passage with weights that have not seen it (default if trained on it).",
        ),
    ] = None,
    errors: Annotated[int, typer.Option("--errors", help="Examples per cause.", min=0)] = 3,
    format: Annotated[ReportFormat, _FORMAT] = ReportFormat.text,
    keep: Annotated[
        str, typer.Option("--keep", help="Keep the result of never used text under this label.")
    ] = "",
    coded_by: Annotated[
        str, typer.Option("--coded-by", help="Who coded the kept text, shown with the result.")
    ] = "",
    measured_on: Annotated[
        str, typer.Option("--measured-on", help="Day of the measurement, YYYY-MM-DD; today.")
    ] = "",
) -> None:
    """Measure agreement with people: passages in a file, or whole documents in a folder.

    With --keep the result goes first in independent.csv beside the codebook and leads the method
    page of editions built afterwards: name text only that nothing was trained or tuned on.
    """
    from pipelines.reading.evaluation.documents import evaluate_documents
    from pipelines.reading.evaluation.measured import independent_rows, keep_independent
    from pipelines.reading.evaluation.passages import evaluate_passages
    from pipelines.reading.evaluation.render import render_documents, render_passages

    if (gold is None) == (documents is None):
        raise typer.BadParameter("name either a file of passages or --documents with a folder.")
    as_text = format is ReportFormat.text
    if documents is not None:
        of_documents = evaluate_documents(documents)
        output.line(render_documents(of_documents) if as_text else _json(asdict(of_documents)))
    elif gold is not None:
        report = evaluate_passages(gold, cross_validate=cross_validate)
        if keep:
            if report.cross_validated:
                raise typer.BadParameter(
                    "the weights were trained on this file; it proves nothing."
                )
            day = measured_on or date.today().isoformat()
            rows = independent_rows(report.overall, report.codebook, keep, day, coded_by)
            output.note(f"Mätningen ligger först i {keep_independent(rows).name}.")
        output.line(render_passages(report, errors=errors) if as_text else _json(asdict(report)))


def train(
    gold: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Further files of labelled passages, beside the project's own.", exists=True
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for weights.csv; the codebook's when left out."),
    ] = None,
) -> None:
    """Fit the scorer's weights on the project's own labelled passages, and on further files.

    What the codebook then measures is written to measured.csv beside the weights.
    """
    from pipelines.reading.codebook import DIRECTORY, load_codebook
    from pipelines.reading.coding.training import OWN_PASSAGES
    from pipelines.reading.coding.training import train as fit
    from pipelines.reading.evaluation.measured import measure_codebook, write_measured

    files = [*sorted(DIRECTORY.glob(OWN_PASSAGES)), *(gold or [])]
    source = "egna och tillhandahållna märkta passager" if gold else "egna märkta passager"
    trained = fit(files, load_codebook(), out or DIRECTORY, source)
    output.line(
        f"Vikterna är anpassade på {len(files)} filer; kodbokens nya kod är {trained.hash[:12]}."
    )
    measured = write_measured(
        measure_codebook(trained, _example_documents(), measured_on=date.today().isoformat()),
        out or DIRECTORY,
    )
    output.line(f"Mätningen ligger i {measured.name}.")


def sample(
    region: Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")],
    out: Annotated[
        Path, typer.Option("--out", help="Where to write: .xlsx with drop-downs, or .csv.")
    ],
    n: Annotated[int, typer.Option("--n", min=1, max=5000, help="Number of passages.")] = 60,
    seed: Annotated[
        int, typer.Option("--seed", help="The same seed and documents give the same passages.")
    ] = 1,
    coder: Annotated[
        str | None,
        typer.Option("--coder", help='Filled in on every row: a role or "kodare A", never a name.'),
    ] = None,
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox",
            help="A further folder of documents, as given to run.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Draw passages for people to code, without showing what the machine made of them."""
    from pipelines.cli.review_file import write_review_file
    from pipelines.model.tables import HUMAN_CODE

    chosen = load_region(region)
    written = write_review_file(chosen, out, n, seed, coder=coder, inbox=inbox)
    output.line(f"{written} passager i {out.name}.")
    if written < n:
        output.note(f"Det finns bara {written} passager att dra ur.")
    output.note(
        f"Lägg den ifyllda filen bland regionens register, med ett namn som börjar med "
        f"{HUMAN_CODE.file}, och kör planinnovation run --region {region}."
    )


def bench(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="PDF documents; the example region's when left out.", exists=True),
    ] = None,
    rounds: Annotated[int, typer.Option("--rounds", help="Rounds that take turns.", min=1)] = 3,
) -> None:
    """Measure reading, coding and building against the plain way of doing the same."""
    from pipelines.benchmark import coding_speed, example_documents, rebuild_speed
    from pipelines.reading.benchmark import benchmark
    from pipelines.reading.codebook import load_codebook

    paths = [file for file in (files or example_documents()) if file.suffix.casefold() == ".pdf"]
    readable = _readable(paths)
    output.line(f"Läsning: {benchmark(readable, load_codebook(), rounds=rounds)}")
    output.line(f"Kodning: {coding_speed(readable, rounds=rounds)}")
    output.line(f"Bygge: {rebuild_speed()}")


def _example_documents() -> list[KeyDocument]:
    """The fictional region's documents, made and read, with the answer key of their writers."""
    from pipelines.example.build import build_documents
    from pipelines.reading.evaluation.answer_key import KEY_FOLDER, read_key_documents
    from pipelines.reading.reader import read_document

    region = load_region(EXAMPLE_REGION)
    build_documents(region)
    return read_key_documents(
        region.texts, region.inbox, region.texts.parent / KEY_FOLDER, read_document
    )


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _readable(paths: list[Path]) -> list[Path]:
    """Without scans: the floor of bare extraction has nothing to extract from a picture."""
    from pipelines.reading.reader import read_documents

    read = read_documents(paths, cache_dir=None, ocr=False)
    return [path for path, document in zip(paths, read, strict=True) if document.status == "read"]
