"""What can be wrong with human codes once the documents are read, in Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from pipelines.model.tables import HUMAN_CODE
from pipelines.reading.review.sample import decode
from pipelines.sources.issues import WARNING, Issue

_SHOWN = 60
Row = dict[str, Any]


def not_read(document_id: str, rows: Sequence[Row], *, is_known: bool) -> Issue:
    """Describe codings of a document that the region does not have, or that was not read."""
    why = "är inte läst" if is_known else "finns inte i regionen"
    return _issue(
        document_id, "Dokument-id", document_id, "granskat_dokument_saknas",
        f"{_codings(rows)} gäller dokumentet {document_id}, som {why}; de påverkar inga mått.",
        "ett dokument som är läst i samma utgåva",
        "Kontrollera dokumentets id, eller lämna in filen igen.",
    )  # fmt: skip


def of_document(rows: Sequence[Row], documents: pl.DataFrame, document_id: str) -> list[Issue]:
    """Describe what is amiss with the codings of one document, each kind of fault once.

    ``rows`` carry ``passage``: None where the quote was not found.
    """
    name, sha256 = documents.filter(pl.col("document_id") == document_id).select(
        "file_name", "sha256"
    ).row(0)  # fmt: skip
    found: list[Issue] = []
    if lost := [row for row in rows if not row["passage"]]:
        found.append(_quote_missing(name, sha256, lost))
    relevant = [row for row in rows if row["is_relevant"] and not row["is_negated"]]
    if vague := [row for row in relevant if row["commitment"] in (None, "none")]:
        found.append(_without_commitment(name, vague))
    if broken := [row for row in rows if _key_is_broken(row)]:
        found.append(_key_changed(name, broken))
    return found


def _key_is_broken(row: Row) -> bool:
    key = row["sampling_key"]
    return bool(key) and decode(key, row["document_id"], row["quote"]) is None


def _quote_missing(name: str, sha256: str | None, rows: Sequence[Row]) -> Issue:
    quotes = "; ".join(f"sidan {row['page'] or 'okänd'} ”{row['quote'][:_SHOWN]}”" for row in rows)
    changed = any(row["sha256"] and row["sha256"] != sha256 for row in rows)
    since = " Filen har ändrats sedan kodningen." if changed else ""
    return _issue(
        name, "Citat", rows[0]["quote"][:_SHOWN], "citat_saknas",
        f"{_codings(rows)} har ett citat som inte står i dokumentet: {quotes}.{since}",
        "citatet ordagrant som det står i dokumentet",
        "Rätta citatet, eller koda om passagen i det nya dokumentet. Tills dess påverkar "
        "kodningen inga mått.",
    )  # fmt: skip


def _without_commitment(name: str, rows: Sequence[Row]) -> Issue:
    pages = ", ".join(str(row["page"] or "okänd") for row in rows)
    return _issue(
        name, "Förpliktelsegrad", "", "grad_saknas",
        f"{_codings(rows)} säger att passagen skriver in innovation men anger ingen "
        f"förpliktelsegrad (sidan {pages}).",
        "Nämns, Avsikt, Bör eller Ska",
        "Fyll i graden. Tills dess gäller maskinens grad, eller Nämns där maskinen inte såg något.",
    )  # fmt: skip


def _key_changed(name: str, rows: Sequence[Row]) -> Issue:
    return _issue(
        name, "Urvalsnyckel", str(rows[0]["sampling_key"])[:_SHOWN], "urvalsnyckel_andrad",
        f"{_codings(rows)} har en urvalsnyckel som inte hör till citatet. Koderna gäller, men "
        "räknas inte med när träffsäkerheten skattas.",
        "nyckeln oförändrad från kodningsfilen",
        "Hämta nyckeln ur den ursprungliga filen.",
    )  # fmt: skip


def _codings(rows: Sequence[Row]) -> str:
    return "En kodning" if len(rows) == 1 else f"{len(rows)} kodningar"


def _issue(
    name: str, column: str, found: str, rule: str, message: str, expected: str, remedy: str
) -> Issue:
    return Issue(HUMAN_CODE.name, name, 0, column, found, rule, message, expected, remedy, WARNING)
