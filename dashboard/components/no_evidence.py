"""What stands where a quotation would, when the choice holds none."""

from __future__ import annotations

from dashboard.components import page
from dashboard.components.panels import summary_instead
from dashboard.components.view import View


def no_evidence(view: View) -> None:
    """Say why there is nothing to quote, and show summaries as long as nothing is read."""
    if not page.no_evidence(view):
        summary_instead(view)
