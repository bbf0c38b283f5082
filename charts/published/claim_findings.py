"""What was found for a statement, in whole sentences: why, by which arithmetic, and what would have to be published."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from charts.published.statement_words import figure_words
from language import Translator
from language.claim_reasons import claim_reason, needed_words
from language.claims import base_words, day_span_words, step_words
from loaders import periods
from measures.claims.checks.findings import Finding, Step
from measures.claims.claim import Claim
from measures.claims.search import by_id, found_of
from measures.store.shelf import Shelf


def reason_sentences(
    finding: Finding, shelf: Shelf, dataset: str, say: Translator
) -> list[tuple[str, tuple[str, ...]]]:
    """Why the verdict: a sentence for every reason, with the ids of the statements that it speaks of. ``dataset``: ''
    for a loaded series.
    """
    titles = {
        one.places.get("dataset"): say.pick(shelf.cards[one.places["dataset"]].title)
        for one in finding.reasons
        if one.key == "table"
    }
    events = [say.pick(event["name"]) for event in shelf.cards[dataset].readings.get("events", ())] if dataset else []
    return [
        (
            claim_reason(
                one.key,
                one.places,
                say,
                [titles[one.places["dataset"]]]
                if one.key == "table"
                else said_by(one.claims, shelf, dataset, say)
                if dataset
                else (),
                events,
            ),
            one.claims,
        )
        for one in finding.reasons
    ]


def said_by(ids: Iterable[str], shelf: Shelf, dataset: str, say: Translator) -> list[str]:
    """Who published the figures that a reason speaks of, what they printed, and for which days."""
    rows, known = {one.id: one.row for one in found_of(shelf, dataset)}, by_id(shelf, dataset)
    return [_said(known[one], rows[known[one].beside or one], say) for one in dict.fromkeys(ids)]


def _said(claim: Claim, row: dict, say: Translator) -> str:
    who = row[f"publisher_{say.code}"]
    when = day_span_words(claim.start, claim.end, say)
    return say("{publisher} ({figure}, {period})", publisher=who, figure=printed(claim, row, say), period=when)


def printed(claim: Claim, row: dict, say: Translator) -> str:
    """A figure as it was printed, with its unit; its words where it is in words."""
    if not isfinite(claim.number):
        return row.get(f"value_{say.code}") or say("in words only")
    own = row[f"unit_{say.code}"]
    beside = "%" if claim.kind == "percent_change" else "" if own == "%" else own
    return figure_words(claim.number, beside if claim.beside else own, claim.kind, say, claim.bound)


def step_sentences(finding: Finding, say: Translator) -> list[str]:
    """The arithmetic line by line: with what it is compared where the base was tried, and whether the figures fit."""
    return [_step(one, say) for one in finding.arithmetic]


def _step(step: Step, say: Translator) -> str:
    line = step_words(step, say)
    if isfinite(step.stated) and step.key != "part_of":
        line = say.sentences([line, say("Within rounding they agree.") if step.fits else say("They do not agree.")])
    against = step_base(step, say)
    return say("Compared with {base}: {line}", base=against, line=line) if against else line


def step_base(step: Step, say: Translator) -> str:
    """With what a step compares, where it compares two stretches of time; '' elsewhere."""
    if step.key not in ("percent_change", "difference", "change_other_base") or not step.base:
        return ""
    start, end = step.period
    if start and len(start) < 10:
        start, end = str(periods.dates(start)[0]), str(periods.dates(end)[1])
    return base_words(step.base, start, end, say)


def needed_sentence(finding: Finding, say: Translator) -> str:
    """What would have to be published to check it, as one sentence; '' where nothing is missing."""
    wanted = list(dict.fromkeys(needed_words(one.key, one.places, say) for one in finding.needed))
    return say("{clauses}.", clauses=say.clauses(wanted)) if wanted else ""
