"""Reports as text for a terminal, in Swedish."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipelines.model.codes import COMMITMENT, INSTRUMENT, THEME
from pipelines.reading.evaluation.agreement import ClassAgreement
from pipelines.reading.evaluation.documents import DocumentReport
from pipelines.reading.evaluation.errors import by_cause
from pipelines.reading.evaluation.passages import PassageAgreement, PassageReport

SHOWN_CAUSES = 15
SHOWN_ERRORS = 3


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}".replace(".", ",")


def render_passages(report: PassageReport, *, errors: int = SHOWN_ERRORS) -> str:
    """The report on labelled passages; ``errors`` examples are shown per cause."""
    how = (
        "korsvaliderat: varje passage kodad med vikter som inte sett den"
        if report.cross_validated
        else "kodboken som den är"
    )
    lines = [f"Märkta passager: {report.gold} ({how})", "", *_groups(report), ""]
    for title, rows, labels in (
        ("Förpliktelsegrad", report.commitment, COMMITMENT.labels),
        ("Tema", report.themes, THEME.labels),
        ("Styrmedel", report.instruments, INSTRUMENT.labels),
    ):
        lines += [title, *_classes(rows, labels), ""]
    lines.append(f"Skillnader efter orsak ({len(report.errors)})")
    for cause, number in by_cause(report.errors)[:SHOWN_CAUSES]:
        lines.append(f"  {number:4d}  {cause}")
        shown = [error for error in report.errors if error.cause == cause][:errors]
        lines += [f"          {error.id}: {error.text[:110]}" for error in shown]
    return "\n".join(lines)


def _groups(report: PassageReport) -> list[str]:
    head = (
        f"{'':14s}{'n':>5s}{'belägg':>8s}  {'precision':18s}{'täckning':18s}{'F1':18s}"
        f"{'kappa':18s}{'grad, vägd kappa':18s}{'tema F1':18s}{'styrmedel F1':18s}"
    )
    groups = [report.overall, *report.by_source, *report.by_document]
    return [head, *(_group(group) for group in groups)]


def _group(row: PassageAgreement) -> str:
    measures = (
        row.precision,
        row.recall,
        row.f1,
        row.kappa,
        row.commitment_kappa,
        row.themes,
        row.instruments,
    )
    return f"{row.group:14s}{row.passages:5d}{row.relevant:8d}  " + "".join(
        f"{measure!s:18s}" for measure in measures
    )


def _classes(rows: Sequence[ClassAgreement], labels: dict[str, str]) -> list[str]:
    return [
        f"  {labels[row.code]:32s}{row.support:5d} st  precision {_number(row.precision)}  "
        f"täckning {_number(row.recall)}  F1 {_number(row.f1)}"
        for row in rows
    ]


def render_documents(report: DocumentReport) -> str:
    """The report on whole documents, with every missed passage and false alarm."""
    lines = [f"{'Dokument':44s}{'belägg':>7s}{'funna':>7s}{'rätt':>6s}  täckning  precision  sida"]
    lines += [
        f"{row.file:44s}{row.gold:7d}{row.found:7d}{row.right:6d}  {_number(row.recall):8s}  "
        f"{_number(row.precision):9s}  {_number(row.page_share)}"
        for row in (*report.documents, report.overall)
    ]
    lines += [
        "",
        f"Täckning {report.recall}  precision {report.precision}",
        f"Grad: vägd kappa {_number(report.commitment_kappa)}, "
        f"lika {_number(report.commitment_exact)}"
        f"  tema F1 {_number(report.themes)}  styrmedel F1 {_number(report.instruments)}",
    ]
    lines += ["", f"Missade ({len(report.missed)})"]
    lines += [f"  {row.file} s. {row.page_gold}: {row.text[:160]}" for row in report.missed]
    lines += ["", f"Falska ({len(report.false_alarms)})"]
    lines += [f"  {row.file} s. {row.page_said}: {row.text[:160]}" for row in report.false_alarms]
    return "\n".join(lines)
