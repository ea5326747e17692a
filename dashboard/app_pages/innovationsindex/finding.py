"""The sentence that opens *Innovationsindex*: how many can have an index, and how far apart."""

from __future__ import annotations

import polars as pl

from dashboard.parts.findings import Finding, municipality_word
from dashboard.text import capital, number, part, word
from pipelines.indicators.values import FEWEST

_WHAT = (
    "Indexet väger djup, bredd, täthet och genomslag på skalan 0–100. En plats står bara där den "
    "håller när vikter, normering och sammanvägning varieras."
)
_NEEDS = (
    f"Ett index kräver minst {word(FEWEST)} lästa handlingar och {word(FEWEST)} led som kan "
    "bedömas i kommunen."
)


def finding(ranks: pl.DataFrame, read: int, *, own_weights: bool) -> Finding:
    """Say how many municipalities have what an index needs; without it the reason, never a zero.

    Args:
        ranks: the table ``index_rank``.
        read: number of read plans and allocations in the choice.
        own_weights: whether the reader has moved a weight.
    """
    scores = ranks["score"].drop_nulls().to_list()
    if not ranks.height:
        return Finding(
            "Inga kommuner i urvalet att räkna index för", "Lätta på ett filter för att se fler."
        )
    if not read:
        return Finding(
            "Inget index går att räkna ännu: ingen handling är läst",
            f"{_NEEDS} Ej insamlad betyder inte noll.",
        )
    both = len(scores) == ranks.height == 2
    which = "kommunerna" if both else municipality_word(ranks.height)
    have = f"{capital(part(len(scores), ranks.height))} {which}"
    if not scores:
        return Finding(
            f"{have} har underlag för ett innovationsindex",
            f"{_NEEDS} En kommun med mindre får skälet i stället för ett tal.",
        )
    low, high = number(min(scores)), number(max(scores))
    span = f"{high} av 100" if low == high else f"från {low} till {high} av 100"
    mine = "Med egna vikter. " if own_weights else ""
    return Finding(f"{have} har underlag för ett innovationsindex – {span}", f"{mine}{_WHAT}")
