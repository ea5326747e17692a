"""The sentence that opens *Formuleringsbank*."""

from __future__ import annotations

import polars as pl

from dashboard.app_pages.formuleringsbank.cards import Choice
from dashboard.parts.findings import Finding
from dashboard.text import capital, listing, word


def finding(frame: pl.DataFrame, chosen: Choice, place: str) -> Finding:
    """How many wordings there are to borrow, and whose come first."""
    if not frame.height:
        return Finding(
            "Inga skrivningar att låna i urvalet",
            "Banken fylls av lästa handlingar med minst nivån Avsikt. Ej insamlad betyder inte "
            "noll.",
        )
    groups = frame["grp"].n_unique()
    binding = frame.filter(pl.col("level") >= 3)["passage_id"].n_unique()
    shown = frame["passage_id"].n_unique()
    kind = {"instrument": "styrmedel", "theme": "teman", "document_kind": "slags dokument"}
    headline = (
        f"{capital(word(shown))} skrivningar att låna för {word(groups)} {kind[chosen.order]}"
        f" – {word(binding)} säger bör eller ska"
    )
    if chosen.names:
        lead = f"Först de från kommuner som liknar {place}: {listing(chosen.names)}."
    else:
        lead = "Välj din kommun, så kommer skrivningar från liknande kommuner först."
    return Finding(headline, f"{lead} Pröva alltid lagstödet i ditt eget skede.")
