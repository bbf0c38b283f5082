"""The same numbers as a table: HTML in the reader's language, read by screen readers, with every status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup, escape

from charts.areas.figure_dress import compared_words
from charts.descriptions import value_words
from charts.published.statement_words import figure_words, statement_span_words
from language import Translator, decimal, period_name, reason_words, status_words
from language.numbers import whole, written_date
from layout.frame.blocks import Blocks, Paragraph, Table, small
from layout.frame.markup import outward
from layout.frame.reader import Reader
from loaders.statuses import IN_WORDS
from measures.about.statements import names_in
from measures.claims.collection import Statements
from measures.figures.compute import Measure
from measures.maps.map import Mapped

TEXT = range(0)  # no column of figures
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def lines(*parts: str) -> Markup:
    """Several parts of one cell, one beneath the other."""
    return Markup("<br>".join(escape(part) for part in parts if part))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str,
    *,
    numeric: range = range(1, 99),
    size: str = "",
) -> Table:
    """A table of texts. The columns in ``numeric`` are figures and stand to the right."""
    return Table(tuple(headings), tuple(map(tuple, rows)), caption, numeric, size)


def cell(measure: Measure, value: float, status: str, say: Translator) -> str:
    """A value with its status code behind it; without a value the code alone stands there, never a zero."""
    text = value_words(measure, value, say) if np.isfinite(value) else ""
    return f"{text} [{status}]".strip() if status else text


def series_table(measure: Measure, names: dict[str, str], reader: Reader, average: Measure | None = None) -> Blocks:
    """Periods down (the newest first), areas across; with ``average`` the average month of each beside it."""
    say = reader.say
    shown = {}
    for area in measure.query.areas:
        shown[names[area]] = _cells(measure, area, say)
        if average is not None:
            shown[say("{area}, average of 12 months", area=names[area])] = _cells(average, area, say)
    rows = [
        (period_name(period, say, measure.query.view), *values)
        for period, *values in zip(measure.periods, *shown.values(), strict=True)
    ]
    caption = f"{say.pick(measure.card.title)} · {say('newest first')}"
    yield table([say("Period"), *shown], rows[::-1], caption, size="tall")
    yield legend(np.concatenate([one.columns["status"] for one in (measure, average) if one]), reader)


def _cells(measure: Measure, area: str, say: Translator) -> list[str]:
    """The cells of an area's column."""
    values, statuses = (measure.columns[name][measure.rows(area)] for name in ("value", "status"))
    return [cell(measure, value, status, say) for value, status in zip(values, statuses, strict=True)]


def legend(statuses, reader: Reader) -> Paragraph:
    """What the letters mean, only those that occur."""
    say = reader.say
    found = [code for code in IN_WORDS if (statuses == code).any()]
    return small(" · ".join(f"[{code}] {status_words(code, say)}" for code in found))


def map_table(made: Mapped, names: dict[str, str], reader: Reader) -> Blocks:
    """Areas by name, with the figure, what it was worked out from, and why a figure is missing."""
    say, card = reader.say, made.measure.sources[0]
    parts_of = parts_words(made.measure, say)
    rows, table_of_areas = [], made.columns
    columns = (table_of_areas[name] for name in ("area", "value", "status", "reason", "numerator", "denominator"))
    for area, value, status, reason, *divided, words in zip(*columns, compared_words(made, say), strict=True):
        parts = tuple(amount_cell(part, say) for part in divided) if parts_of else ()
        remarks = reason_words(reason, say, card.breaks, card.cells, names_in(card, reader.place))
        rows.append(
            (
                names[area],
                cell(made.measure, value, status, say),
                *parts,
                *([words] if made.funnel else []),
                remarks,
            )
        )
    differs = [say("Compared with {place}", place=names[made.measure.place.code])] if made.funnel else []
    headings = [say("Area"), say("Figure"), *parts_of, *differs, say("Remarks")]
    caption = (
        f"{say.pick(made.measure.card.title)} · {period_name(made.period, say, made.measure.query.view)} · "
        f"{say('by name')}"
    )
    yield table(headings, say.by_name(rows, tuple), caption, numeric=range(1, 2 + len(parts_of)))
    yield legend(table_of_areas["status"], reader)


def parts_words(measure: Measure, say: Translator) -> list[str]:
    """What a rate or density was worked out from, in the words of the cards; nothing for a plain count."""
    card, source = measure.card, measure.sources[0]
    if measure.query.view in ("rate", "rolling_rate"):
        return [
            say.pick(source.variables[card.variable]["label"]),
            say.pick(measure.sources[1].variables[card.rate["variable"]]["label"]),
        ]
    if measure.query.view in ("share", "density"):
        return [say.pick(source.variables[name]["label"]) for name in (card.numerator, card.denominator)]
    return []


def amount_cell(value: float, say: Translator) -> str:
    """One part of a figure; nothing where there is none."""
    if not np.isfinite(value):
        return ""
    return whole(value, say) if value == round(value) else decimal(value, say, 2)


def statement_table(made: Statements, names: dict[str, str], reader: Reader) -> Table:
    """Every statement: period, figure, base, publisher, date, link or 'not recorded', reliability, wording."""
    say = reader.say
    rows = [_statement(row, names, reader) for row in made.table.to_dict("records")]
    headings = [
        say("Period"),
        say("Area"),
        say("Figure"),
        say("Compared with"),
        say("Publisher, date and link"),
        say("Type of source"),
        say("Quoted wording and note"),
    ]
    return table(headings, rows, f"{say.pick(made.indicator.name)} · {say('oldest first')}", numeric=TEXT, size="long")


def _statement(row: dict, names: dict[str, str], reader: Reader) -> tuple[str, ...]:
    say, code = reader.say, reader.say.code
    number = figure_stated(row, say)
    link = outward(row["url"], say("link")) if row["url"] else say("no link")
    note = Markup(f'<span class="quiet">{escape(row[f"note_{code}"])}</span>')
    when = row.get(f"published_{code}") or row["published"]
    return (
        statement_span_words(row["period_start"], row["period_end"], say),
        names.get(row["area"]) or row[f"place_{code}"],
        lines(number, row[f"kind_{code}"]),
        row[f"compared_with_{code}"] or say("not stated"),
        lines(row[f"publisher_{code}"], written_date(when, say), link),
        row[f"reliability_{code}"],
        lines(quotation(row["quote"], say), note),
    )


def quoting(text: str, say: Translator) -> str:
    """A text of ours with the publisher's Chinese words in it marked as a quotation, for readers of another
    language."""
    return text if "CJK" in say.language.letters else Markup(_CHINESE.sub(r'<q lang="zh">\g<0></q>', str(escape(text))))


def quotation(text: str, say: Translator) -> str:
    """The wording in the source's own language, in quotation marks; it is never translated."""
    return Markup(f'<q lang="zh-Hans">{escape(text)}</q>') if text else say("original wording not held")


def article_title(row: dict, tag: str, say: Translator) -> Markup:
    """The title of an article in its own language, in the marks of a reader who reads it; of another, with what it says
    in brackets."""
    own, told = row["source_title"], row.get(f"source_title_{say.code}", "")
    if "CJK" in say.language.letters:
        return Markup('<cite lang="{}">《{}》</cite>').format(say.language.tag if told else tag, told or own)
    title = Markup('<cite lang="{}">{}</cite>').format(tag, own)
    return title + (f" [{told}]" if told and told != own else "")


def figure_stated(row: dict, say: Translator) -> str:
    """The figure of a statement as it was printed, or its words."""
    if np.isfinite(row["number"]):
        return figure_words(row["number"], row[f"unit_{say.code}"], row["kind"], say, row.get("bound", ""))
    return row.get(f"value_{say.code}") or say("in words only")
