"""Small Streamlit pieces that own their keys."""
