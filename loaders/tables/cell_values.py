"""What does the text of a cell say: a number, nothing, or a mark that its publisher explains?

``thousands`` and ``decimal`` are the card's; grouping must be right (``1,23`` is no number). A mark is a whole cell
(``..``, ``:c``) or
stands at an end of a number (``5 [p]``, ``1,204 e``, ``12¹``); the card's ``marks`` say what it means (``""``: a
footnote that says nothing
of the figure's standing). Two ways of marking need no card: the
brackets of the UK Government Analysis Function (``[c]``, ``[low]``) and the colon of Eurostat (``:``, ``:c``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from loaders.formats.numbers import SPACES, Notation, number
from loaders.statuses import FLAGS, STRENGTH, USUAL, WITHOUT_VALUE, WORDED

_DIGITS = "0123456789"
_PLAIN = re.compile(r"[-+]?\d*\.?\d*(?:[eE][-+]?\d{1,3})?", re.ASCII)
_FLAGGED = re.compile(r"(:|.*?\d) ?([a-z]{1,4})", re.ASCII)


@dataclass(frozen=True)
class CellReading:
    """What one text says. ``why``: the marks in it, joined by '|'; ``wrong``: why it cannot be read, or ''."""

    value: float = float("nan")
    status: str = ""
    why: str = ""
    wrong: str = ""


class CellReader:
    """Reads the cells of one table by the words of its card; every distinct text is read once."""

    def __init__(self, words: dict, flags: bool = False):
        """``words``: of ``[table]``; ``flags``: letters behind a cell are Eurostat's flags, which need no card."""
        self.flags = flags
        self.marks = {
            **USUAL,
            **{
                text: meaning["status"] if isinstance(meaning, dict) else meaning
                for text, meaning in words.get("marks", {}).items()
            },
        }
        self._told = {text for text, meaning in words.get("marks", {}).items() if isinstance(meaning, dict)}
        self._whole = {
            meaning for meaning in self.marks if _PLAIN.fullmatch(meaning)
        }  # a number that stands for none, such as -9
        self._long_first = sorted(self.marks, key=len, reverse=True)
        self.notation = Notation(words.get("thousands", ""), words.get("decimal", "."))

    def values(self, texts: list[str]) -> tuple[np.ndarray, dict[int, CellReading]]:
        """The numbers of distinct texts, and a reading for each text that is more or less than a plain number."""
        plain = [text.strip() for text in texts]
        numbers = np.full(len(texts), np.nan)
        if self.notation.usual:
            numbers[:] = pd.to_numeric(np.array(plain, dtype=object), errors="coerce")
        marked = np.array([text in self._whole for text in plain], dtype=bool)
        special = {row: self.read(plain[row]) for row in np.flatnonzero(~np.isfinite(numbers) | marked) if plain[row]}
        for row, reading in special.items():
            numbers[row] = reading.value
        return numbers, {
            row: reading for row, reading in special.items() if reading.wrong or reading.status or reading.why
        }

    def read(self, text: str) -> CellReading:
        """One cell. A number beside a mark that says there is none is wrong; so is whatever is neither."""
        rest, marks = self._without_flags(*self._without_marks(text.strip(SPACES)))
        statuses = [self.meaning(status_of_mark) for status_of_mark in marks]
        zero = any(status_of_mark == 0 for status_of_mark in statuses)
        status = max(
            (status_of_mark for status_of_mark in statuses if isinstance(status_of_mark, str)),
            key=STRENGTH.__getitem__,
            default="",
        )
        value = self.number(rest) if rest else 0.0 if zero else float("nan")
        if np.isnan(value) and (
            rest or (marks and not status)
        ):  # a footnote alone tells neither a number nor why there is none
            return CellReading(wrong="a cell is no number")
        if not np.isnan(value) and (status in WITHOUT_VALUE or (rest and zero)):
            return CellReading(wrong="a number stands beside a mark that says there is none")
        return CellReading(
            value,
            status,
            "|".join(
                status_of_mark
                for status_of_mark in marks
                if self.meaning(status_of_mark) or self.worded(status_of_mark) or status_of_mark in self._told
            ),
        )

    def number(self, text: str) -> float:
        """The number that a text writes in the card's way, or NaN."""
        return number(text, self.notation)

    def meaning(self, mark: str) -> str | int:
        """The status of a mark; 0 for one that stands for nothing happened."""
        return self.marks[mark] if mark in self.marks else FLAGS.get(mark.upper(), "")

    def worded(self, mark: str) -> str:
        """The key of the reason of a flag that changes no status, or ''."""
        return "" if mark in self.marks else WORDED.get(mark.upper(), "")

    def _without_flags(self, text: str, marks_before: list[str]) -> tuple[str, list[str]]:
        """A cell of a format whose letters are known, without them: ``118 bu`` bears two, ``: c`` none but the
        colon's.
        """
        if self.flags and ":" in marks_before and text.isalpha() and all(letter.upper() in FLAGS for letter in text):
            return "", [*marks_before, *text]
        flagged = _FLAGGED.fullmatch(text) if self.flags and text else None
        if not flagged or any(letter.upper() not in FLAGS for letter in flagged[2]):
            return text, marks_before
        rest, marks = self._without_marks(flagged[1])
        return rest, [*marks_before, *marks, *flagged[2]]

    def _without_marks(self, text: str) -> tuple[str, list[str]]:
        """The cell without the marks at its ends, and the marks; a sign before a digit is a sign, not a mark."""
        marks_off: list[str] = []
        while text:
            numeric = self._is_number(text)
            mark = next((mark for mark in self._long_first if self._ends(text, mark, numeric)), None)
            if mark is None:
                return text, marks_off
            marks_off.append(mark)
            text = (text[: -len(mark)] if text.endswith(mark) else text[len(mark) :]).strip(SPACES)
        return text, marks_off

    def _ends(self, text: str, mark: str, numeric: bool) -> bool:
        if text == mark or mark in self._whole:
            return text == mark
        if numeric:
            return False
        if text.endswith(mark):
            return not (
                mark[0] in _DIGITS and text[-len(mark) - 1] in _DIGITS
            )  # is 121) the number 12 with 1), or 121 with a bracket?
        return (
            text.startswith(mark) and mark[-1] not in "-+." and not (mark[-1] in _DIGITS and text[len(mark)] in _DIGITS)
        )

    def _is_number(self, text: str) -> bool:
        return not np.isnan(self.number(text))

    @lru_cache(maxsize=4096)  # noqa: B019 - a reader lives as long as its table
    def flag(self, text: str) -> tuple[str, str] | None:
        """Status and mark of a text in a column of statuses; several letters are several marks; None when it is not
        known.
        """
        text = text.strip()
        if text in self.marks:
            status = self.marks[text]
            return (status, text) if status or text in self._told else ("", "")
        letters = text.upper()
        if any(letter not in FLAGS for letter in letters):
            return None
        status = max((FLAGS[letter] for letter in letters), key=STRENGTH.__getitem__, default="")
        return status, "|".join(letter for letter in text if FLAGS[letter.upper()] or self.worded(letter))
