"""What surrounds Streamlit on the wire: Swedish, security headers, own resources and health."""
