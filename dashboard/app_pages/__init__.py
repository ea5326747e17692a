"""One folder a page: `page.py` is run by Streamlit and reads like a table of contents."""
