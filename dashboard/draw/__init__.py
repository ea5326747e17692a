"""One chart record and its renderers: HTML, Plotly, PowerPoint and paper."""
