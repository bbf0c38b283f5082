"""What was found for a headline of the reader's own: verdict, arithmetic, the published counts, and the base among
other years.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import charts
from charts.lines.base_years import window_words
from charts.published.claim_findings import step_sentences
from language import whole
from language.claims import claim_verdict_words
from language.numbers import written_date
from layout.claims.card import checked_html
from layout.claims.headline import headline_words
from layout.frame.blocks import Blocks, Group, Table, calm, heading, note, picture
from layout.frame.reader import Reader
from layout.frame.tables import legend, table
from layout.frame.take_away import Taken, take_away
from loaders import SourceError
from measures.claims.checks.against_series import check_series
from measures.claims.checks.bases import named_base
from measures.claims.checks.findings import Finding
from measures.claims.checks.stated import Stated, same_periods
from routes.addresses import Selection, extract_address


def show_headline(reader: Reader, one: Stated | None) -> Blocks[str]:
    """The outcome for a headline: verdict, arithmetic, counts and the base among other years; returns it in one
    sentence.
    """
    say = reader.say
    if one is None:
        if reader.asked.get("figure"):
            yield calm(reader, say("A count has no per cent sign; choose “fell by” or “rose by” for a percentage."))
        return ""
    try:
        finding = check_series(one, reader.shelf)
    except (SourceError, KeyError):
        yield calm(reader)
        return ""
    words = headline_words(one, reader)
    yield heading(words)
    yield Group("claim", (checked_html(finding, reader, is_open=True),), "article")
    yield _counts(reader, finding)
    judged = say(
        "{headline}. Compared with the published figures: {verdict}.",
        headline=words,
        verdict=claim_verdict_words(finding.verdict, say),
    )
    yield from _years(reader, one, [judged, *step_sentences(finding, say)[:1]])
    others = [status for window in same_periods(one, reader.shelf) for status in window.statuses]
    yield legend(np.array([*others, *(letter for cell in finding.cells for letter in cell.status)]), reader)
    return judged


def _counts(reader: Reader, finding: Finding) -> Table:
    """The published counts that went into the arithmetic, with their releases."""
    say = reader.say
    rows = [
        (
            window_words(cell.first, cell.last, say),
            _cell(cell.value, cell.status, reader),
            say.joined([written_date(one, say) for one in cell.release.split("|")]),
        )
        for cell in finding.cells
    ]
    return table(
        [say("Period"), say("Published count"), say("Release")],
        rows,
        say("The published counts behind it"),
        numeric=range(1, 2),
    )


def _cell(value: float, status: str, reader: Reader) -> str:
    text = whole(value, reader.say) if np.isfinite(value) else ""
    return f"{text} {' '.join(f'[{letter}]' for letter in status)}".strip()


def _years(reader: Reader, one: Stated, sentences: list[str]) -> Blocks:
    """The period and its base among the same months of other years, and what is taken away: ``sentences``, to cite."""
    say, title = reader.say, reader.say("The same months of the years before")
    drawn = charts.same_months_picture(one, reader.shelf, say)
    card = reader.shelf.cards[reader.shelf.measures[one.measure].dataset]
    taken = Taken(sentences[0], {}, headline_file(reader, one), sentences, [card])
    if not drawn:
        yield take_away(reader, taken)
        return
    yield heading(title, 3)
    yield (chart := picture(drawn, "years"))
    yield take_away(reader, replace(taken, charts={"": chart}))
    yield note(
        [
            say(
                "Blue: the period of the headline. Brown: its base, where it is one of these years. Grey: the same "
                "months of other years, as far back as they are counted alike."
            )
        ]
    )


def headline_file(reader: Reader, one: Stated | None) -> str:
    """The address of the published counts that the headline was held against; '' without one."""
    if one is None:
        return ""
    windows = same_periods(one, reader.shelf)
    base = named_base(one.base, one.first, one.last)[0] if one.base != "none" else ""
    first = min([window.first for window in windows] + [start for start in (base, one.first) if start])
    rows = Selection([one.area], [one.category] if one.category else [], first, one.last)
    return extract_address(one.place, reader.shelf.measures[one.measure].dataset, "csv", rows=rows)
