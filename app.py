"""The application: the dashboard's pages, its data routes, its headers, and what it warms up once it is healthy."""

from pathlib import Path

import streamlit as st

from layout.failure import calm_failure
from routes.application import lifespan, middleware, routes

app = st.App(Path(__file__).parent / "pages" / "_router.py", routes=routes, middleware=middleware, lifespan=lifespan, on_script_error=calm_failure)
