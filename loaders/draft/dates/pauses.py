"""Finds periods between others in which no area of a table has a figure: a pause, or rows that are lacking."""

from __future__ import annotations

from loaders import periods
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import Heads
from loaders.period_formats import period_reader

MOST_NAMED = 5
MOST = 60  # periods: between more, the table is no series


def pauses(guessed: Guess, heads: Heads) -> list[str]:
    """The periods that lack, in order; a remark for a person to say whether nobody was counted then."""
    headings = guessed.columns.get("period")
    if "period" in heads.kinds:
        texts = heads.texts["period"]
    elif isinstance(headings, str):
        texts = next(column for column in guessed.table.columns if column.heading == headings).texts.to_pylist()
    else:
        return []
    frequency = guessed.frequency.partition("-")[0]
    if frequency not in periods.FREQUENCIES or len(texts) < 2:
        return []
    read = period_reader(guessed.words, guessed.frequency if "-" in guessed.frequency else periods.named(frequency))
    known = {read(text) for text in texts if text.strip()}
    if None in known or len(known) < 2:
        return []
    lacking = [period for period in periods.every(sorted(known)) if period not in known]
    if not lacking or len(lacking) > MOST:
        return []
    named = ", ".join(lacking[:MOST_NAMED]) + (" …" if len(lacking) > MOST_NAMED else "")
    guessed.remarks.append(
        f"look: no area has a figure for {named}: drafted as a pause; ask the publisher if it was one"
    )
    return lacking
