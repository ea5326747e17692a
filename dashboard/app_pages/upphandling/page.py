"""Upphandling och SMF: which innovation tools buyers use, who wins, and what allocations weigh."""

import streamlit as st

from dashboard import measures
from dashboard.app_pages.upphandling import allocations, cards
from dashboard.app_pages.upphandling.finding import finding
from dashboard.charts import procurement as charts
from dashboard.charts.procurement import by_buyer, by_kind
from dashboard.charts.public_actors import doors, public_actors
from dashboard.parts import page
from dashboard.parts.card import chart_card
from dashboard.parts.climate import climate_card
from dashboard.parts.view import current_view
from dashboard.queries.excerpts import climate_answers

view = current_view()
frames = view.measure(measures.procurement)
values, procurements = frames["values"], frames["procurements"]
buyers = by_buyer(procurements)
source = cards.SOURCE
every_source = cards.EVERY_SOURCE

page.opening(finding(values, buyers.height))

# One flow of two columns: cards keep the height of their content, and only the ends differ.
left, right = st.columns(2, gap="medium")
with left:
    climate_card(view, view.ask(climate_answers, view.filters))
    chart_card(view, charts.sme_winners(by_kind(procurements)), key="smf", source=source)
    chart_card(view, doors(values), key="dorrar", source=every_source)
    cards.tools(view, procurements)
    chart_card(view, charts.years(procurements), key="upphandlingsar", source=source)
with right:
    allocations.criteria(view)
    chart_card(view, public_actors(values), key="aktorer", source=every_source)
    allocations.proof(view)
    cards.buyers(view, buyers)

cards.procurement_list(view, cards.listed(view, procurements))
