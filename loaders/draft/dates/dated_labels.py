"""Finds labels that a spreadsheet turned into dates: the ages 5-9 saved as 5-Sep, two to three persons as 2-Mar."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAMES = "|".join(MONTHS)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/ .]({_NAMES})[a-z]*", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_NAMES})[a-z]*[-/ .](\d{{1,2}})", re.IGNORECASE)
_WHOLE_DAY = re.compile(r"(?:19|20)\d\d-(\d\d)-(\d\d)")


def dated_labels(texts: Iterable[str]) -> dict[str, str]:
    """Label as it stands → the span that it may have been, such as ``5 to 9``.

    Nothing where every label is a date: then dates are what was meant.
    """
    labels = [text.strip() for text in texts if text.strip()]
    spans = {label: span for label in labels if (span := _span(label))}
    return spans if len(spans) < len(labels) else {}


def _span(label: str) -> str:
    if match := _DAY_FIRST.fullmatch(label):
        return _said(int(match[1]), MONTHS[match[2].casefold()])
    if match := _MONTH_FIRST.fullmatch(label):
        return _said(MONTHS[match[1].casefold()], int(match[2]))
    if match := _WHOLE_DAY.fullmatch(label):
        return _said(int(match[1]), int(match[2]))
    return ""


def _said(first: int, last: int) -> str:
    return f"{min(first, last)} to {max(first, last)}"


def dated_doubts(where: str, texts: Iterable[str]) -> list[str]:
    """A question for labels that look like dates among others that do not; ``where``: the column, or the headings."""
    spans = dated_labels(texts)
    if not spans:
        return []
    named = ", ".join(f"'{label}' ({span}?)" for label, span in list(spans.items())[:4])
    return [
        f"{where}: {named}: a date among labels that are none, as spreadsheets make of a span: ask the publisher what "
        "was meant, and name it so in the draft."
    ]
