"""Finds the period of a table in which no cell names one: in its title or its file's name; else says what stands there.

Also tells which years are meant where one word names two of them: financial years, or those of schools.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from loaders.draft.dates.named_period import period_said, without_ending
from loaders.draft.tables.guess import Guess
from loaders.draft.tables.headings import Heads
from loaders.period_formats import without_midnight
from loaders.periods import FIRST_MONTH
from loaders.privacy import headings

MOST_HEADINGS = 8  # that a question names
_SPAN = re.compile(r"(\d{4}) ?(?:-|–|—|/|to|bis|à|a|至|~|～) ?(\d{4}|\d{2})")
_NUMBERS = dict(
    zip(
        ("two", "three", "four", "five", "ten", "zwei", "drei", "fünf", "deux", "trois", "cinq", "tres"),
        (2, 3, 4, 5, 10, 2, 3, 5, 2, 3, 5, 3),
        strict=True,
    )
)
_NUMBERS |= {"两": 2, "三": 3, "四": 4, "五": 5}
_SEVERAL_YEARS = re.compile(
    rf"(?<!\d)(\d{{1,2}}|{'|'.join(_NUMBERS)})(?:[ -]?(?:years?|yrs?|jahre?n?|ans|años)\b| ?(?:个)?年(?!度|级))",
    re.IGNORECASE,
)
_WEEK_NAMED = re.compile(r"\bweeks?\b|\bw/[ec]\b|\bwoche|\bsemaine|[周週]|주", re.IGNORECASE)
_DAY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_LAST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")
FEWEST_YEARS = 3  # of a span: two are a financial year
_WEEK = 7  # days


def name_period_of_all(guessed: Guess) -> None:
    """Take the one period that the title or the name of the file says; without one, ask, and say what stands there."""
    table = guessed.table
    above = table.above if guessed.words.get("skip_rows") else ()
    of_file, of_title = period_said([without_ending(table.name)]), period_said(above)
    if of_title and of_title[0] not in ("year", "fiscal_year"):
        of_title = None  # a month in a title is as often that of the publication
    guessed.frequency, guessed.words["period"] = of_file or of_title or ("year", "")
    if of_file and of_file[0] not in ("year", "fiscal_year"):
        guessed.remarks.append(f"look: {of_file[1]} is taken for the period of all figures from the name of the file")
    if guessed.words["period"]:
        return
    texts = {"the headings": [column.heading for column in table.columns]}
    texts |= {f"'{column.heading}'": column.texts.to_pylist() for column in table.columns}
    listed = ", ".join(f"'{column.heading}'" for column in table.columns[:MOST_HEADINGS])
    guessed.doubts.append(
        next((f"{where}: {doubt}" for where, some in texts.items() if (doubt := _doubt_of(some))), "")
        or f"no period was found in the cells, in the title, in the name of the file or in the headings ({listed}): "
        "write the publisher's wording into 'period_format', or the one period into 'period'."
    )


def question_of_two_years(guessed: Guess, heads: Heads) -> None:
    """``2020-2021`` is a school year where the table speaks of schools, else a financial year: a person looks at
    both."""
    if guessed.frequency != "fiscal_year" or guessed.words.get("period_format"):
        return
    table = guessed.table
    named_periods = heads.texts.get("period") or [
        text
        for column in table.columns
        if column.heading == guessed.columns.get("period")
        for text in column.texts.to_pylist()
    ]
    spoken = [table.name, *table.above, *(column.heading for column in table.columns)]
    guessed.frequency = "school_year" if any(headings.speaks_of(text, "school") for text in spoken) else "fiscal_year"
    other = ("school_year", "fiscal_year")[guessed.frequency == "school_year"]
    example = next((text.strip() for text in named_periods if text.strip()), "")
    guessed.remarks.append(
        f"look: '{example}' is taken for a {guessed.frequency} that begins in month "
        f"{FIRST_MONTH[guessed.frequency]}: if the "
        f"publisher's years begin otherwise, say so in 'first_month', or write '{other}' as 'frequency'"
    )


def _doubt_of(texts: list[str]) -> str:
    return _spans(texts) or days_of_weeks(texts) or _other_weeks(texts)


def _other_weeks(texts: list[str]) -> str:
    """A question where texts name weeks by a day that is neither their Sunday nor their Monday, or by no year."""
    named = [text.strip() for text in texts if _WEEK_NAMED.search(text) and re.search(r"\d", text)]
    if not named or 2 * len(named) < len(texts):
        return ""
    return (
        f"'{named[0]}' names a week that is no ISO week from Monday to Sunday, or not how one is known: ask the "
        "publisher for the numbers of the weeks (2023-W05), for weeks that end on a Sunday, or for months."
    )


def _spans(texts: list[str]) -> str:
    """A question where texts name several years together."""
    spans = [text for text in map(str.strip, texts) if (years := _years_of_span(text)) and years >= FEWEST_YEARS]
    if len(spans) < 2 and len(spans) < len(texts):
        return ""
    return (
        f"'{spans[0]}' is a span of several years, for which there is no frequency, as spans overlap and none is a "
        f"year: "
        "ask the publisher for single years, or take one span as 'period' of a table of its own."
    )


def _years_of_span(text: str) -> int:
    """How many years a text names from the first to the last; 0 where it names no two."""
    match = _SPAN.fullmatch(text)
    if not match and (several := _SEVERAL_YEARS.search(text)) and re.search(r"\d{4}", text):
        return int(_NUMBERS.get(several[1].casefold(), several[1]))
    if not match:
        return 0
    first, last = int(match[1]), int(match[1][: 4 - len(match[2])] + match[2])
    return max(last - first + 1, 0)


def days_of_weeks(texts: list[str]) -> str:
    """A question where texts are days that stand whole weeks apart."""
    plain = [text for text in map(without_midnight, texts) if text]
    for shape in (_DAY, _DAY_LAST):
        days = _days(plain, shape)
        steps = {(later - day).days for day, later in pairwise(days)}
        if steps and all(step and step % _WEEK == 0 for step in steps):
            return (
                f"'{plain[0]}' and the other days stand a week apart: each is the day of a week, which 'week' does "
                f"not read, "
                "as ISO weeks run from Monday to Sunday. Ask the publisher for the numbers of the weeks (2023-W05), "
                "or for months."
            )
    return ""


def _days(texts: list[str], shape: re.Pattern) -> list[date]:
    """The days of all texts in order; none where one of them is no day."""
    days = set()
    for match in map(shape.fullmatch, texts):
        try:
            days.add(date(int(match["year"]), int(match["month"]), int(match["day"])))
        except (TypeError, ValueError):
            return []
    return sorted(days)
