"""The least that Streamlit can show: what its own front end costs before we add anything."""

import streamlit as st

st.title("Tom sida")
