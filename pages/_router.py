"""The shared frame and the menu; every page of the site runs inside it."""

import streamlit as st

from layout.dashboard import draw_frame, nothing_to_show
from layout.frame.menu import PAGES, file_of_page
from layout.frame.missing import MISSING, unknown_name
from routes.connections.work import page_first

st.set_page_config(layout="wide")
with page_first():
    pages = {name: st.Page(f"{name}.py", title=name, url_path=name, default=name == "home") for name in PAGES}
    if name := unknown_name(st.context.url, PAGES):
        pages[MISSING] = st.Page("_missing.py", title=MISSING, url_path=name)  # else the platform draws the front page
    chosen = st.navigation(list(pages.values()), position="hidden")
    if nothing_to_show():
        st.stop()
    draw_frame(pages, file_of_page(next(name for name, page in pages.items() if page == chosen)))
    chosen.run()
