"""What changed on which day: the rules of breaks and of events across a chart of lines, with their words above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from charts import theme
from charts.frame_text import width_of, wrapped
from charts.grammar import layer, text, words
from charts.time_axis import instant
from charts.value_axis import ABOVE, BESIDE
from charts.value_axis import LINE as UNIT_LINE
from language import Translator
from language.sentences.statement import Words
from loaders import periods
from measures.figures.compute import Measure

BREAKS, EVENTS = "breaks", "events"  # the names of the rows in the picture
LINE = 15  # pixels of a line of words
ACROSS, WIDEST = 190, 112  # pixels: the narrowest plot, and a line of words
COLUMNS = ["t", "word", "text", "up", "size"]  # up: lines from the plot to the upper edge of the words
NEAR = 4  # pixels between a rule and its words


class MarkedDate(NamedTuple):
    """``t``: day; ``words``: what changed; ``kind``: BREAKS or EVENTS."""

    t: str
    words: str
    kind: str


class ToldDate(NamedTuple):
    """``t``: day; ``when``: the day or period as it was told; ``words``: what was; ``url``: the page that says so."""

    t: str
    when: str
    words: Words
    url: str


def marked_dates(measure: Measure, say: Translator) -> tuple[dict[str, pd.DataFrame], int]:
    """The rows of both kinds (none where there are none), and how many lines of words stand above the plot."""
    marked = sorted({*_breaks(measure, say), *_events(measure, say)})
    span = [date.fromisoformat(instant(period)).toordinal() for period in (measure.periods[0], measure.periods[-1])]
    placed, lines = _placed(marked, span, say)
    frames = {
        kind: pd.DataFrame([row for row in placed if row["kind"] == kind], columns=COLUMNS) for kind in (BREAKS, EVENTS)
    }
    return {kind: frame for kind, frame in frames.items() if len(frame)}, lines


def _breaks(measure: Measure, say: Translator) -> Iterable[MarkedDate]:
    """A date on which something changed; breaks on the same date share a rule and its words."""
    found: dict[str, list[str]] = {}
    for cut in sorted(measure.breaks, key=lambda cut: cut.at):
        found.setdefault(instant(cut.at), []).append(say.pick(cut.short))
    for day, texts in found.items():
        yield MarkedDate(day, say.joined(list(dict.fromkeys(texts))), BREAKS)


def _events(measure: Measure, say: Translator) -> Iterable[MarkedDate]:
    """What the place and the source card tell of a day within the span; never a cause."""
    for told in told_dates(measure):
        yield MarkedDate(told.t, say.pick(told.words), EVENTS)


def told_dates(measure: Measure) -> Iterable[ToldDate]:
    """The events of the place and the annotations of the source cards within the span of a measure."""
    first, last = periods.dates(measure.periods[0])[0], periods.dates(measure.periods[-1])[1]
    told = [ToldDate(event["from"], event["from"], event["name"], event["source"]) for event in measure.place.events]
    told += [
        ToldDate(periods.dates(note.at)[0].isoformat(), note.at, note.text, note.url)
        for card in measure.sources
        for note in card.annotations
    ]
    return [one for one in told if first <= date.fromisoformat(one.t) <= last]


def _placed(marked: Sequence[MarkedDate], span: Sequence[int], say: Translator) -> tuple[list[dict], int]:
    """Where the words stand: left of their rule, or as near as the edges allow, in the lowest lines in which nothing
    else stands at the narrowest.
    """
    taken: list[tuple[float, float, int]] = []
    rows = []
    for one in marked:
        lines = wrapped(one.words, theme.SMALL, WIDEST)
        size = max(width_of(line, theme.SMALL) for line in lines)
        at = (date.fromisoformat(one.t).toordinal() - span[0]) / max(span[1] - span[0], 1) * ACROSS
        start = max(0.0, min(at - size - NEAR, ACROSS - size))
        up = _free(start, start + size + 2 * NEAR, len(lines), taken)
        taken += [(start, start + size + 2 * NEAR, up + number) for number in range(len(lines))]
        rows.append(
            {"t": one.t, "kind": one.kind, "word": one.words, "text": "\n".join(lines), "size": round(size)}
            | {"up": up + len(lines)}
        )
    return rows, max((line for _, _, line in taken), default=-1) + 1


def _free(start: float, end: float, lines: int, taken: Sequence[tuple[float, float, int]]) -> int:
    """The lowest line from which on so many are free between two points."""
    for up in range(len(taken) + 1):
        wanted = range(up, up + lines)
        if not any(
            start < other_end and other_start < end and line in wanted for other_start, other_end, line in taken
        ):
            return up
    return len(taken)


def date_layers(x: dict) -> list[dict]:
    """Dotted rules for breaks, thin ones for events, and their words above the plot."""
    height = f"{ABOVE} - {UNIT_LINE} - {LINE} * datum.up"
    start = f"max(0, min(scale('x', datum.t) - datum.size - {NEAR}, width - {BESIDE} - datum.size))"
    beside = {
        "align": "left",
        "dx": {"expr": f"{start} - scale('x', datum.t)"},
        "dy": {"expr": height},
        "baseline": "top",
        "lineBreak": "\n",
        "lineHeight": LINE,
        "color": theme.MUTED,
    }
    written = {"x": x, "y": {"value": 0}, "text": text("text")}
    down = {"y": {"expr": height}, "y2": {"expr": "height"}}
    return [
        layer(BREAKS, "rule", {"x": x}, color=theme.MUTED, strokeWidth=1, strokeDash=[1, 3], **down),
        layer(EVENTS, "rule", {"x": x}, color=theme.EDGE, strokeWidth=1, opacity=0.7, **down),
        *(words(kind, written, **beside) for kind in (BREAKS, EVENTS)),
    ]
