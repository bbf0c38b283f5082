"""A place whose figures were published as statements: how many held, and the newest of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from charts.published.claim_findings import printed
from language import whole
from language.claims import claim_verdict_words, day_span_words
from language.numbers import written_date
from layout.frame.blocks import Block, Group, heading
from layout.frame.markup import soft_link
from layout.frame.reader import Reader
from measures.about.register import indicators_listed
from measures.claims.checks.findings import VERDICTS
from measures.claims.search import FiledClaim, claims_card, found_of
from routes.addresses import page_address

NEWEST = 5  # statements on the first page, one for each subject
UNCLEAR = "cannot_be_checked"


@dataclass(frozen=True)
class Stated:
    """Every statement about a place with what its check found. ``dataset``: which holds them."""

    dataset: str
    claims: tuple[FiledClaim, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many statements have each outcome that occurs; those that cannot be checked stand last."""
        verdicts = [filed.finding.verdict for filed in self.claims]
        known = sorted((code for code in VERDICTS if code in verdicts), key=lambda code: code == UNCLEAR)
        return {code: verdicts.count(code) for code in known}

    def title(self, reader: Reader) -> str:
        """'Shanghai: of 406 published statements, 5 reproduced; 399 cannot be checked'."""
        say = reader.say
        return say(
            "{place}: of {count} published statements, {outcomes}",
            place=say.pick(reader.place.whole),
            count=whole(len(self.claims), say),
            outcomes=say.joined(_outcomes(self, reader)),
        )


def stated_of(reader: Reader) -> Stated | None:
    """The statements that a measure of the place shows; None where there are none or they cannot be read.

    Statements that no measure shows are checked on their own page: the first page belongs to what is counted.
    """
    card = claims_card(reader.shelf, reader.place.id)
    shown = [reader.shelf.measures[name].dataset for name in reader.place.measures]
    if card is None or card.name not in shown or not reader.shelf.readable(card.name):
        return None
    return Stated(card.name, found_of(reader.shelf, card.name))


def _outcomes(stated: Stated, reader: Reader) -> list[str]:
    say = reader.say
    return [
        say("{verdict}: {count}", count=whole(count, say), verdict=claim_verdict_words(code, say))
        for code, count in stated.counts.items()
    ]


def outcome_bar(stated: Stated, reader: Reader) -> Group:
    """One bar of all statements, divided by what their checks found; each part leads to its statements."""
    words = _outcomes(stated, reader)
    items = [
        Markup('<a class="{}" style="flex-grow:{}" href="{}" target="_self" data-soft>{}</a>').format(
            code, count, _filtered(code, reader), text
        )
        for (code, count), text in zip(stated.counts.items(), words, strict=True)
    ]
    return Group("outcomes", tuple(items), "nav", reader.say("What the checks found"))


def _filtered(code: str, reader: Reader) -> str:
    return page_address("claims", {**reader.site_state, "verdict": code})


def newest_statements(stated: Stated, reader: Reader) -> Iterator[Block]:
    """The newest statements as a dated list: what was said, by whom and when, and what its check found."""
    say = reader.say
    yield heading(say("The newest statements"))
    yield Group("dated", tuple(_item(filed, stated, reader) for filed in newest(stated, reader.place.code)), "ol")
    yield Group("more_of", (soft_link(page_address("claims", reader.site_state), say("See all statements")),), "p")


def newest(stated: Stated, place: str) -> list[FiledClaim]:
    """The newest statement about the whole place on each subject, the newest subject first."""
    own = [filed for filed in stated.claims if filed.where == place and filed.row["published"][:4].isdigit()]
    by_date = sorted(own, key=lambda filed: filed.row["published"], reverse=True)
    latest = {}
    for filed in by_date:
        latest.setdefault(filed.claim.indicator, filed)
    return list(latest.values())[:NEWEST]


def _item(filed: FiledClaim, stated: Stated, reader: Reader) -> Markup:
    say, row = reader.say, filed.row
    name = say.pick(indicators_listed(reader.shelf, stated.dataset)[filed.claim.indicator].name)
    address = page_address("claims", {**reader.site_state, "claim": filed.id})
    when = day_span_words(filed.claim.start, filed.claim.end, say)
    who = f"{row[f'publisher_{say.code}']} · {written_date(row['published'], say)}"
    found = claim_verdict_words(filed.finding.verdict, say)
    return Markup('<li><p class="said">{} {}</p><p class="said found">{}</p><p class="small">{}</p></li>').format(
        printed(filed.claim, row, say),
        soft_link(address, name),
        found,
        " · ".join(part for part in (when, who) if part),
    )
