"""The dashboard as an ASGI application: `streamlit run dashboard/app.py`, or any ASGI server."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.parts.failure import show_failure
from dashboard.web.guard import GuardMiddleware
from dashboard.web.login import LoginMiddleware
from dashboard.web.middleware import SwedishMiddleware
from dashboard.web.routes import CLOSED, HANDLERS, ROUTES
from dashboard.web.uploads import UploadMiddleware

app = st.App(
    Path(__file__).with_name("frame.py"),
    routes=ROUTES,
    middleware=[
        Middleware(GuardMiddleware),
        Middleware(LoginMiddleware, closed=CLOSED),
        Middleware(UploadMiddleware),
        Middleware(SwedishMiddleware),
    ],
    exception_handlers=HANDLERS,
    on_script_error=show_failure,
)
