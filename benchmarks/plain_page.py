"""The dashboard's pages the straightforward way: a Streamlit app as one writes it first.

A new DuckDB connection each run, every row fetched to pandas, filtered and grouped there, figures
by plotly express and the rows as a data frame. The same filters, rows and number of figures; the
three million passages are left out altogether, which makes it faster than the real thing.
"""

from __future__ import annotations

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

from pipelines.indicators.values import wilson
from pipelines.model.codes import COMMITMENT, INSTRUMENT, OBJECT_TYPE, THEME
from pipelines.warehouse.edition import current_file

st.set_page_config(layout="wide")
page = st.query_params.get("sida", "laget")
file = current_file(st.query_params.get("namn", "stor"))
connection = duckdb.connect(str(file), read_only=True)
rows = connection.execute(
    """SELECT o.*, m.municipality_name
       FROM planning_object o JOIN municipality m USING (municipality_code)"""
).df()
connection.close()

years = list(range(2035, 2004, -1))
levels = list(COMMITMENT.values)
columns = st.columns(4)
with columns[0]:
    places = st.multiselect("Kommuner", sorted(rows.municipality_name.unique()), key="kommun")
    kinds = st.multiselect("Handlingstyp", list(OBJECT_TYPE.values), key="typ")
with columns[1]:
    themes = st.multiselect("Teman", list(THEME.values), key="tema")
    tools = st.multiselect("Styrmedel", list(INSTRUMENT.values), key="styrmedel")
with columns[2]:
    first = st.selectbox("Från och med år", years, index=None, key="fran")
    last = st.selectbox("Till och med år", years, index=None, key="till")
with columns[3]:
    lowest = st.selectbox("Lägsta", levels[1:], index=None, key="minst")
    highest = st.selectbox("Högsta", levels, index=None, key="hogst")

rows = rows[~rows.coverage.isin(["superseded", "not_applicable"])]
if page == "detaljplaner":
    rows = rows[rows.object_type == "dp"]
if places:
    rows = rows[rows.municipality_name.isin(places)]
if kinds:
    rows = rows[rows.object_type.isin(kinds)]
if first:
    rows = rows[rows.year >= first]
if last:
    rows = rows[rows.year <= last]
if themes:
    rows = rows[rows.themes.map(lambda codes: bool(set(codes) & set(themes)))]
if tools:
    rows = rows[rows.instruments.map(lambda codes: bool(set(codes) & set(tools)))]
if lowest:
    rows = rows[rows.level >= levels.index(lowest)]
if highest:
    rows = rows[rows.level == levels.index(highest)]
read = rows[rows.coverage.isin(["read_found", "read_none"])]

st.title(f"{len(rows)} handlingar")
left, right = st.columns(2)
unit = "municipality_name" if page == "detaljplaner" else "object_type"
reached = rows.assign(reached=rows.commitment.fillna("Ej läst"))
spread = reached.groupby([unit, "reached"]).size().reset_index(name="antal")
with left:
    st.plotly_chart(px.bar(spread, x="antal", y=unit, color="reached", orientation="h"))
    if page == "detaljplaner":
        pairs = read[["level", "themes", "instruments"]].explode("themes").explode("instruments")
        table = pd.crosstab(pairs.themes, pairs.instruments)
        st.dataframe(table)
    else:
        chain = read[read.level >= 2][["municipality_code", "object_type", "themes"]]
        chain = chain.explode("themes").drop_duplicates()
        st.dataframe(pd.crosstab(chain.themes, chain.object_type))
with right:
    best = read.groupby("municipality_name")["level"].max().reset_index()
    st.plotly_chart(px.bar(best, x="municipality_name", y="level", color="level"))
    if page == "detaljplaner":
        per_year = read.groupby(["year", "commitment"]).size().reset_index(name="antal")
        st.plotly_chart(px.bar(per_year, x="year", y="antal", color="commitment"))
        shares = read.groupby("municipality_name")["level"].agg(lambda own: (own > 0).mean())
        counts = read.groupby("municipality_name")["level"].agg(lambda own: (own == 4).sum())
        sizes = read.groupby("municipality_name").size()
        limits = [wilson(int(counts[name]), int(sizes[name])) for name in sizes.index]
        st.dataframe(pd.DataFrame({"andel": shares, "intervall": [str(each) for each in limits]}))
st.dataframe(rows.head(1000))
