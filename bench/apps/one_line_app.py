"""The smallest Streamlit app: what a start costs at the very least."""

import streamlit as st

st.write("hello")
