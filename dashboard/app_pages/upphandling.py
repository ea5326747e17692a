"""Upphandling och SMF: which innovation tools buyers use, who wins, and what allocations weigh."""

import streamlit as st

from dashboard.charts import procurement as charts
from dashboard.charts.procurement_counts import by_buyer, by_kind
from dashboard.charts.public_actors import doors, public_actors
from dashboard.components import allocation_panels, page, procurement_list, procurement_panels
from dashboard.components.card import chart_card
from dashboard.components.procurement_finding import finding
from dashboard.components.view import current_view

view = current_view()
frames = procurement_panels.measured(view)
values, procurements = frames["values"], frames["procurements"]
buyers = by_buyer(procurements)
source = procurement_panels.SOURCE
every_source = procurement_panels.EVERY_SOURCE

page.opening(finding(values, buyers.height))

# One flow of two columns: cards keep the height of their content, and only the ends differ.
left, right = st.columns(2, gap="medium")
with left:
    chart_card(view, charts.sme_winners(by_kind(procurements)), key="smf", source=source)
    chart_card(view, doors(values), key="dorrar", source=every_source)
    procurement_panels.tools(view, procurements)
    chart_card(view, charts.years(procurements), key="upphandlingsar", source=source)
with right:
    allocation_panels.criteria(view)
    chart_card(view, public_actors(values), key="aktorer", source=every_source)
    allocation_panels.proof(view)
    procurement_panels.buyers(view, buyers)

procurement_list.procurement_list(view, procurement_panels.listed(view, procurements))
