"""The same numbers as a table: HTML in the reader's language, read by screen readers, with every status."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts.statements import figure_words, span_words
from charts.words import value_words
from language import Translator, period_name, reason_words, status_words
from language.numbers import whole, written_date
from layout.reader import Reader
from measures.claims import Statements
from measures.compute import Measure
from measures.mapped import Mapped


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str, *, numeric: int = 1, tall: bool = False) -> None:
    """A table; cells are text and are escaped here. Columns from ``numeric`` on are figures and stand to the right."""
    head = "".join(f'<th scope="col"{_right(n, numeric)}>{html.escape(text)}</th>' for n, text in enumerate(headings))
    body = "".join(_row(row, numeric) for row in rows)
    label = html.escape(caption, quote=True)
    st.html(
        f'<div class="{"table tall" if tall else "table"}" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], numeric: int) -> str:
    first, *rest = (html.escape(cell).replace("\n", "<br>") for cell in row)
    cells = "".join(f"<td{_right(n, numeric)}>{cell}</td>" for n, cell in enumerate(rest, 1))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _right(column: int, numeric: int) -> str:
    return ' class="n"' if column >= numeric else ""


def cell(measure: Measure, value: float, status: str, say: Translator) -> str:
    """A value with its status code behind it; without a value the code alone stands there, never a zero."""
    text = value_words(measure, value, say) if np.isfinite(value) else ""
    return f"{text} [{status}]".strip() if status else text


def series_table(measure: Measure, names: dict[str, str], reader: Reader) -> None:
    """Periods down (the newest first), areas across."""
    say = reader.say
    wide = {area: measure.line(area) for area in measure.query.areas}
    columns = [[cell(measure, value, status, say) for value, status in zip(line["value"], line["status"], strict=True)] for line in wide.values()]
    rows = [(period_name(period, say, measure.query.view), *values) for period, *values in zip(measure.periods, *columns, strict=True)]
    caption = f"{say.pick(measure.card.title)} · {say('newest first')}"
    table([say("Period"), *(names[area] for area in wide)], rows[::-1], caption, tall=True)
    legend(measure.table["status"], reader)


def legend(statuses, reader: Reader) -> None:
    """What the letters mean, only those that occur."""
    say = reader.say
    found = [code for code in ("p", "r", "e", "b", "u", "c", "x", "z", "k") if (statuses == code).any()]
    if found:
        st.html(f'<p class="small">{" · ".join(f"[{code}] {html.escape(status_words(code, say))}" for code in found)}</p>')


def map_table(made: Mapped, names: dict[str, str], reader: Reader) -> None:
    """Areas by name, with the figure, what it was worked out from, and why a figure is missing."""
    say, card = reader.say, made.measure.sources[0]
    rated = np.isfinite(made.table["denominator"]).any()
    rows = []
    for row in made.table.itertuples():
        parts = (_whole(row.numerator, say), _whole(row.denominator, say)) if rated else ()
        rows.append((names[row.area], cell(made.measure, row.value, row.status, say), *parts, reason_words(row.reason, say, card.breaks, card.cells)))
    headings = [say("Area"), say("Figure"), *((say("Count"), say("Residents")) if rated else ()), say("Remarks")]
    table(headings, sorted(rows), f"{say.pick(made.measure.card.title)} · {period_name(made.period, say, made.measure.query.view)} · {say('by name')}")
    legend(made.table["status"], reader)


def _whole(value: float, say: Translator) -> str:
    return whole(value, say) if np.isfinite(value) else ""


def statement_table(made: Statements, names: dict[str, str], reader: Reader) -> None:
    """Every statement: period, figure, base, publisher, date, link or 'not recorded', reliability."""
    say = reader.say
    code = say.code
    rows = []
    for row in made.table.to_dict("records"):
        number = figure_words(row["number"], row[f"unit_{code}"], row["kind"], say) if np.isfinite(row["number"]) else row.get(f"value_{code}") or "—"
        link = row["url"] or say("not recorded")
        rows.append(
            (
                span_words(row["period_start"], row["period_end"], say), names.get(row["area"], row["area"]), number, row[f"kind_{code}"],
                row[f"compared_with_{code}"] or say("not recorded"), row[f"publisher_{code}"], written_date(row["published"], say), link,
                row[f"reliability_{code}"], row["quote"] or say("not recorded"), row[f"note_{code}"],
            )
        )  # fmt: skip
    headings = [
        say("Period"), say("Area"), say("Figure"), say("Kind"), say("Compared with"), say("Publisher"), say("Published"), say("Link"),
        say("Reliability"), say("Quoted wording"), say("Note"),
    ]  # fmt: skip
    table(headings, rows, f"{say.pick(made.indicator.name)} · {say('oldest first')}", numeric=99, tall=True)
