"""Upphandling och SMF: which innovation tools buyers use, who wins, and what allocations weigh."""

import polars as pl
import streamlit as st

from dashboard.charts import procurement as charts
from dashboard.components import allocation_panels, page, procurement_panels
from dashboard.components.card import chart_card
from dashboard.components.procurement_finding import finding
from dashboard.components.view import current_view
from dashboard.queries import procurement

view = current_view()
kinds = view.ask(procurement.by_kind, view.filters)
buyers = view.ask(procurement.buyers, view.filters)
every = view.ask(procurement.procurement_list, view.filters)
undated = every.filter(pl.col("procurement_year").is_null()).height
source = procurement_panels.SOURCE

page.opening(finding(kinds, buyers))

with st.container(key="tvaspalt"):
    left, right = st.columns([50, 50], gap="medium")
with left:
    winners = charts.sme_winners(kinds, view.style)
    chart_card(view, winners, key="smf", source=source)
    procurement_panels.tools(view, kinds)
    yearly = charts.years(view.ask(procurement.by_year, view.filters), undated, view.style)
    chart_card(view, yearly, key="upphandlingsar", source=source)
with right:
    allocation_panels.criteria(view)
    allocation_panels.proof(view)
    procurement_panels.buyers(view, buyers)

procurement_panels.procurement_list(view, every)
