"""When a page fails after all: the maintainer finds the trace in the log, the reader one calm sentence."""

from __future__ import annotations

import logging

import streamlit as st

from language import SPOKEN_IN_CODE, translator
from layout.reader import Reader

LOG = logging.getLogger("safety_in_figures")


def calm_failure(error: Exception) -> bool:
    """Log the error and draw one calm sentence in the reader's language; True keeps the platform's own box away."""
    LOG.error("a page failed", exc_info=error)
    known: Reader | None = st.session_state.get("reader")
    say = known.say if known else translator(SPOKEN_IN_CODE)
    st.html(
        '<p class="calm" '
        f'role="status">{say("This page cannot be shown at the moment. The other pages work as usual.")}</p>'
    )
    return True
