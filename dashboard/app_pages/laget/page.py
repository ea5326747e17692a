"""Läget: the region on one screen.

Where plans are read: five findings, map, ladder, what has changed. Where little is read: what
excerpts say, what is certain and what to find out first. Where nothing is registered: the region's
municipalities and what to collect.
"""

from dashboard import measures
from dashboard.app_pages.laget import cards, unread, unregistered
from dashboard.app_pages.laget.finding import five
from dashboard.charts import ladder_rows
from dashboard.filters import Filters
from dashboard.parts import findings, page
from dashboard.parts.view import current_view
from dashboard.queries.excerpts import climate_answers, excerpt_counts
from pipelines.indicators import planning

view = current_view()
page.follow_up_style()
values = view.measure(measures.overview)
types = ladder_rows.by_type(view.measure(planning.ladder))

counts = view.ask(excerpt_counts, view.filters)
if counts.height and findings.is_little_read(types):
    answers = view.ask(climate_answers, view.filters)
    page.opening(unread.finding(view, counts, types))
    page.how_well_read(view, types)
    cards.five_findings(view, unread.short_findings(view, values, answers))
    unread.draw(view, counts, answers)
elif not page.known_objects(view)(Filters(view.filters.region)):
    page.opening(unregistered.finding(view))
    unregistered.draw(view)
else:
    places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)
    page.opening(findings.region_today(types, places))
    page.how_well_read(view, types)
    cards.five_findings(view, five(values))
    cards.read_plans(view, types, places)
