"""Data: every table as a file, what the edition was made of, and what was turned away."""

from dashboard.components import data_panels, page
from dashboard.components.view import current_view
from dashboard.queries import edition

view = current_view()
tables = view.ask(edition.row_counts)
deliveries = view.ask(edition.deliveries)
issues = view.ask(edition.issues)

page.opening(data_panels.finding(deliveries, issues))

data_panels.facts(view)
data_panels.delivered(view, deliveries)
data_panels.turned_away(view, issues)
data_panels.files(view, tables)
data_panels.dictionary(view)
