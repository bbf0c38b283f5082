"""The application: the dashboard's pages, its data routes, its headers, and what it warms up once it is healthy."""

from pathlib import Path

import streamlit as st

from routes.application import lifespan, middleware, routes
from routes.compression import widen

widen()


def failed(error: Exception) -> bool:
    """Called when a page fails: the reader gets one calm sentence (imported late, so that the server is healthy sooner)."""
    from layout.failure import calm_failure

    return calm_failure(error)


app = st.App(Path(__file__).parent / "pages" / "_router.py", routes=routes, middleware=middleware, lifespan=lifespan, on_script_error=failed)
