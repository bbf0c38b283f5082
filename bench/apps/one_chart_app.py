"""One chart and nothing else: what a first picture costs at the very least."""

import streamlit as st

st.line_chart({"figure": [3, 1, 4, 1, 5, 9, 2, 6]})
