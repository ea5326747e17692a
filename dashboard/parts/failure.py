"""What a reader sees when something breaks: what, and what to do, in Swedish."""

from __future__ import annotations

import logging

import streamlit as st

from pipelines.errors import PlanInnovationError

_LOG = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Show an error in place of Streamlit's English box; the whole of it goes to the log."""
    if isinstance(error, PlanInnovationError):
        explain(error)
        return True
    _LOG.exception("Sidan kunde inte visas", exc_info=error)
    st.error(
        "**Sidan kunde inte visas.** Något gick fel i programmet, inte i ditt val. "
        "Ladda om sidan. Kommer felet tillbaka, meddela den som driver tjänsten; "
        "felet finns i serverns logg."
    )
    return True


def explain(error: PlanInnovationError) -> None:
    """Show what was found, what was expected and what to do."""
    st.warning(
        f"**{error.found}** Väntat: {error.expected[:1].lower()}{error.expected[1:]} {error.do}"
    )
