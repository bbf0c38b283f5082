"""One way of writing a heading, for cards and for the tables that they describe."""

from __future__ import annotations


def heading_text(text: str) -> str:
    """The heading with single spaces: what a spreadsheet breaks over two lines is one text."""
    return " ".join(text.split())
