"""What stands where a quotation would, when the choice holds none."""

from __future__ import annotations

from dashboard.components.page import nothing
from dashboard.components.panels import summary_instead
from dashboard.components.view import View
from dashboard.queries.objects import coverage_counts
from dashboard.text import count

_READ = ("read_found", "read_none")


def no_evidence(view: View, advice: View | None = None) -> None:
    """Say why there is nothing to quote: nothing in the choice, read without a hit, or not read.

    ``advice`` is the view whose filters the reader has set, where ``view`` is narrower than those.
    """
    counts: dict[str, int] = {}
    for _, coverage, objects in view.ask(coverage_counts, view.filters).rows():
        counts[coverage] = counts.get(coverage, 0) + objects
    read = sum(counts.get(each, 0) for each in _READ)
    if not counts:
        nothing(advice or view, "Inga handlingar i urvalet.")
    elif read:
        documents = count(read, "läst handling", "lästa handlingar")
        nothing(advice or view, f"Inget sådant belägg i {documents} i urvalet.")
    else:
        summary_instead(view)
