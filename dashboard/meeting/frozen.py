"""A point's own view: its frozen filters against the edition of the agenda."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.database import ask, current_edition
from dashboard.draw.chart import Style
from dashboard.filters import Filters
from dashboard.meeting.agenda import Agenda, Item
from dashboard.parts.filter_bar import choice_in_words
from dashboard.parts.view import View
from dashboard.queries.edition import edition_facts, municipality_names
from dashboard.text import NBSP
from pipelines.model.region import load_region
from pipelines.warehouse.edition import find_edition as kept_edition


@dataclass(frozen=True)
class Frozen:
    """The agenda's edition: its file, and whether it is another than the one that was frozen."""

    file: Path
    is_replaced: bool
    is_newest: bool


def find_edition(agenda: Agenda) -> Frozen:
    """Find the frozen edition; when it has been pruned, the current one stands in and says so.

    Raises:
        EditionError: the region has no edition at all.
    """
    current = current_edition(agenda.region)
    wanted = kept_edition(agenda.region, agenda.edition_id)
    if wanted is not None:
        return Frozen(wanted, is_replaced=False, is_newest=wanted == current)
    return Frozen(current, is_replaced=True, is_newest=True)


def meeting_view(view: View, agenda: Agenda, file: Path) -> View:
    """Return the view of the whole meeting: its region and edition, no filters."""
    region = load_region(agenda.region)
    return View(
        region=region,
        edition=file,
        facts=ask(file, edition_facts),
        filters=Filters(agenda.region),
        style=Style(view.style.palette, region.mark),
        places=ask(file, municipality_names),
        regions={**view.regions, region.name: region.label},
    )


def point_view(whole: View, item: Item) -> View:
    """Return the view of one point."""
    return replace(whole, filters=item.filters)


def choice_words(view: View) -> str:
    """The choice in words."""
    parts = choice_in_words(view.filters, view.regions, view.places)
    return f"{NBSP}· ".join(words + value for words, value in parts)
