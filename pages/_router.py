"""The shared frame and the menu; every page of the site runs inside it."""

import streamlit as st

from layout import frame
from layout.district import follow_pick
from layout.missing import MISSING, unknown_name
from routes.work import page_first

st.set_page_config(layout="wide")
with page_first():
    pages = {name: st.Page(f"{name}.py", title=name, url_path=name, default=name == "home") for name in frame.PAGES}
    if name := unknown_name(st.context.url, frame.PAGES):
        pages[MISSING] = st.Page("_missing.py", title=MISSING, url_path=name)  # else the platform draws the front page
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.session_state["pages"] = pages
    if frame.nothing_to_show():
        st.stop()
    follow_pick()
    frame.draw_frame(pages, next(name for name, page in pages.items() if page == chosen))
    chosen.run()
