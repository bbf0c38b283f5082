"""Marks in a draft the texts that only a person can write."""

from __future__ import annotations

from datetime import date

from loaders.lint.translations import TO_WRITE

WORDS = f'en = "{TO_WRITE}", zh = "{TO_WRITE}"'


def text_filled_in(text: str) -> str:
    """Texts that only a person can write stand as TO_WRITE, so that the draft can be looked at.

    A licence stays empty: without one nothing is shown.
    """
    today = date.today()
    text = text.replace('id = ""', f'id = "{today:%Y-%m}"  # guess').replace(
        'published = ""', f'published = "{today:%Y-%m}"  # guess\nabout = true'
    )
    text = text.replace('accessed = ""', f'accessed = "{today:%Y-%m}"').replace(
        'code = "", en = "", zh = ""', 'code = "count", en = "", zh = ""'
    )
    return "\n".join(
        line if line.startswith("licenses") else line.replace('en = "", zh = ""', WORDS) for line in text.split("\n")
    )
