"""The action plan: what has been done (1.10) and where each activity stands (F.1–F.13)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import ACTION_LOG_KIND, ACTION_STATUS, ACTIVITY

_LOG = "Registret aktivitetslogg."

DONE = Indicator(
    id="1.10",
    label="Insatser i handlingsplanen",
    question="Hur många kartläggningar, mötesplatser, studier och projektidéer har det blivit?",
    unit="antal",
    formula="Insatser i aktivitetsloggen fram till mätdagen, per slag.",
    needs=_LOG,
    goals=(1,),
    actions=("1.1", "1.2", "1.3", "1.4", "1.5", "1.6"),
    caveats=("Bara insatser som lämnats till loggen räknas.",),
)


def _status(number: int, code: str, label: str, meaning: str) -> Indicator:
    return Indicator(
        id=f"F.{number}",
        label=label,
        question=f"Hur långt har aktiviteten kommit? {meaning}",
        unit="antal",
        formula="Status enligt registret aktiviteter står som delmått; värdet är antalet underlag: "
        "de som registret anger och insatserna i aktivitetsloggen.",
        needs="Registret aktiviteter med status, och registret aktivitetslogg.",
        direction="none",
        goals=(int(code[0]),),
        actions=(code,),
        caveats=("Status är den ansvarigas egen uppgift.",),
    )


STATUS = tuple(
    _status(number, code.code, code.label, code.meaning)
    for number, code in enumerate(ACTIVITY.codes, start=1)
)
DEFINITIONS = (DONE, *STATUS)


def compute(scope: Scope) -> Values:
    """Compute the family; the action plan belongs to the whole region."""
    return done(scope) + status(scope)


def done(scope: Scope) -> Values:
    """1.10: number of logged pieces of work, all and by kind.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(done(worked_scope()), parts="alla|slag:m.*")
    alla: 2.00 n=2/2
    slag:mapping: 1.00 n=2/2
    slag:meeting_place: 1.00 n=2/2
    """
    log = _logged(scope)
    kinds = log["action_log_kind"]
    counts = [float(log.height), *(float((kinds == code).sum()) for code in ACTION_LOG_KIND.values)]
    parts = (
        *EVERYTHING,
        *((f"slag:{code}", label) for code, label in ACTION_LOG_KIND.labels.items()),
    )
    n = np.full((1, len(parts)), float(log.height))
    return values.rows(DONE, scope.whole, parts, values.amount(np.array([counts]), n, n))


def status(scope: Scope) -> Values:
    """F.1–F.13: the status of each activity and the number of pieces of evidence behind it.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(status(worked_scope())[:3])
    ongoing: 2.00 n=1/1
    unknown: – n=0/1 Uppgiften saknas i registret (1 rad).
    unknown: – n=0/0 Ingen känd.
    """
    plan = action_plan(scope)
    blocks = []
    for definition, row in zip(STATUS, plan.iter_rows(named=True), strict=True):
        stated = float(row["action_status"] != "unknown")
        cells = values.amount(
            np.array([[float(row["evidence_count"])]]),
            np.array([[stated]]),
            np.array([[float(row["is_registered"])]]),
        )
        parts = ((row["action_status"], f"Status: {ACTION_STATUS.labels[row['action_status']]}"),)
        blocks += values.rows(definition, scope.whole, parts, cells)
    return blocks


def action_plan(scope: Scope) -> pl.DataFrame:
    """Return the thirteen activities in order with status, milestones, evidence and logged work.

    Columns: ``indicator_id``, ``action_id``, ``goal``, ``action_title``, ``responsible``,
    ``action_status``, ``milestones``, ``milestones_passed`` (those whose year has come),
    ``evidence``, ``log_titles``, ``evidence_count``, ``is_registered``, ``as_of``.
    """
    log = (
        _logged(scope)
        .explode("action_ids")
        .drop_nulls("action_ids")
        .group_by(pl.col("action_ids").alias("action_id"))
        .agg(pl.col("log_title").alias("log_titles"))
    )
    now = scope.facts.as_of.year
    year = pl.element().str.extract(r"^(\d{4})").cast(pl.Int64, strict=False)
    activities = pl.DataFrame(
        {
            "indicator_id": [each.id for each in STATUS],
            "action_id": ACTIVITY.values,
            "short_title": list(ACTIVITY.labels.values()),
        }
    )
    return (
        activities.join(scope.facts["action"], on="action_id", how="left", maintain_order="left")
        .join(log, on="action_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("action_status").is_not_null().alias("is_registered"),
            pl.col("action_status").fill_null("unknown"),
            pl.coalesce("action_title", "short_title").alias("action_title"),
            pl.col("action_id").str.slice(0, 1).cast(pl.Int64).alias("goal"),
            pl.col("milestones").list.eval(year <= now).list.sum().fill_null(0).alias(
                "milestones_passed"
            ),
            pl.col("milestones", "evidence", "log_titles").fill_null([]),
        )
        .with_columns(
            (pl.col("evidence").list.len() + pl.col("log_titles").list.len()).alias(
                "evidence_count"
            )
        )
        .drop("short_title", "note")
    )  # fmt: skip


def _logged(scope: Scope) -> pl.DataFrame:
    """Log rows until the measuring day, within the period of the selection."""
    wanted, year = scope.selection, pl.col("log_date").str.slice(0, 4).cast(pl.Int64, strict=False)
    rows = scope.facts["action_log"].filter(year <= scope.facts.as_of.year)
    if wanted.year_from is not None:
        rows = rows.filter(year >= wanted.year_from)
    if wanted.year_to is not None:
        rows = rows.filter(year <= wanted.year_to)
    return rows
