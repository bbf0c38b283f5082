"""One statement as a card: what was said, by whom and when, what the check found, its arithmetic, and what is missing
for a better one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from charts.published.claim_findings import needed_sentence, printed, reason_sentences, step_sentences
from language import LANGUAGES, capital
from language.claims import base_words, claim_verdict_words, day_span_words, verdict_meaning
from language.numbers import written_date
from layout.frame.markup import bulleted, link, outward
from layout.frame.reader import Reader
from layout.frame.tables import article_title
from loaders import SourceCard
from measures.about.register import indicators_listed
from measures.claims.checks.findings import Finding
from measures.claims.search import FiledClaim
from routes.addresses import page_address

UNCLEAR = ("cannot_be_checked",)  # a verdict that finds nothing stands muted, as everywhere


def claim_card(one: FiledClaim, card: SourceCard, reader: Reader, *, is_open: bool) -> Markup:
    """The card as HTML. ``is_open``: the check stands open too."""
    figure = escape(printed(one.claim, one.row, reader.say))
    head = f'<h3><span class="figure">{figure}</span> {escape(_name(one, card, reader))}</h3>'
    body = _body(one, card, reader, is_open=is_open)
    return Markup(f'<article class="claim" id="{one.id}">{head}{body}</article>')


def claim_row(one: FiledClaim, card: SourceCard, reader: Reader) -> Markup:
    """The same as one line to open: figure, what it is about, period, who said it, and the outcome."""
    say = reader.say
    kind = "unclear" if one.finding.verdict in UNCLEAR else "clear"
    words = (
        ("figure", printed(one.claim, one.row, say)),
        ("about", _name(one, card, reader)),
        ("when", _days(one, reader)),
        ("from", one.row[f"publisher_{say.code}"]),
        (f"found {kind}", capital(claim_verdict_words(one.finding.verdict, say))),
    )
    line = " ".join(f'<span class="{name}">{escape(text)}</span>' for name, text in words)
    body = _body(one, card, reader, is_open=True)
    return Markup(f'<details class="claim" id="{one.id}"><summary>{line}</summary><div>{body}</div></details>')


def _name(one: FiledClaim, card: SourceCard, reader: Reader) -> str:
    return reader.say.pick(indicators_listed(reader.shelf, card.name)[one.claim.indicator].name)


def _days(one: FiledClaim, reader: Reader) -> str:
    claim = one.claim
    if not claim.end:
        return reader.say("period not stated")
    return day_span_words(claim.start or claim.end, claim.end, reader.say)


def _body(one: FiledClaim, card: SourceCard, reader: Reader, *, is_open: bool) -> str:
    """What is known of a statement, and the outcome of its check."""
    say = reader.say
    what = f'<p class="where">{escape(" · ".join(_about(one, reader)))}</p>'
    own = link(page_address("claims", {**reader.site_state, "claim": one.id}), say("Link to this statement"))
    checked = checked_html(one.finding, reader, card.name, is_open=is_open)
    remark = one.row[f"note_{say.code}"]
    noted = f'<p class="small">{escape(say("Note: {note}", note=remark))}</p>' if remark else ""
    known = f"{what}{_quote(one, card, reader)}{_who(one, card, reader)}{checked}{noted}"
    return f'{known}<p class="small">{one.id} · {own}</p>'


def _about(one: FiledClaim, reader: Reader) -> list[str]:
    """Place, days, base and kind."""
    say, claim, row = reader.say, one.claim, one.row
    base = base_words(claim.base.kind, claim.base.start, claim.base.end, say) if claim.kind == "percent_change" else ""
    return [
        row[f"place_{say.code}"],
        _days(one, reader),
        *([say("compared with: {base}", base=base)] if base else []),
        row[f"kind_{say.code}"],
    ]


def _quote(one: FiledClaim, card: SourceCard, reader: Reader) -> str:
    """The wording in its own language and, for readers of another, what it says."""
    say, row = reader.say, one.row
    if not row["quote"]:
        return f'<p class="quiet">{escape(say("original wording not held"))}</p>'
    spoken = card.readings.get("quote_language", "")
    tag = LANGUAGES[spoken].tag if spoken in LANGUAGES else spoken
    told = row[f"quote_{say.code}"]
    gloss = escape(say("In English: {gloss}", gloss=told))
    return (
        f'<blockquote><q lang="{tag}">{escape(row["quote"])}</q>'
        + (f"<p>{gloss}</p>" if told not in ("", row["quote"]) and say.code != spoken else "")
        + "</blockquote>"
    )


def _who(one: FiledClaim, card: SourceCard, reader: Reader) -> str:
    """Publisher, date, article with its link or without one, and how reliable the source is."""
    say, row = reader.say, one.row
    when = written_date(row.get(f"published_{say.code}") or row["published"], say)
    tag = LANGUAGES[card.readings["quote_language"]].tag if card.readings.get("quote_language") in LANGUAGES else ""
    title = article_title(row, tag, say) if row["source_title"] else escape(say("link"))
    linked = outward(row["url"], Markup(title))
    parts = [escape(row[f"publisher_{say.code}"]), escape(when)]
    parts += [linked] if row["url"] else [*([title] if row["source_title"] else []), escape(say("no link"))]
    parts.append(escape(say("type of source: {how}", how=row[f"reliability_{say.code}"])))
    return f'<p class="who">{" · ".join(parts)}</p>'


def checked_html(finding: Finding, reader: Reader, dataset: str = "", *, is_open: bool) -> Markup:
    """The verdict with its meaning, and beneath it the whole check: reasons, arithmetic, what would be needed."""
    say = reader.say
    kind = "unclear" if finding.verdict in UNCLEAR else "clear"
    words = say("{clauses}.", clauses=capital(claim_verdict_words(finding.verdict, say)))
    told = escape(say.language.sentence_gap + verdict_meaning(finding.verdict, say))
    head = f'<p><span class="found {kind}">{escape(words)}</span>{told}</p>'
    parts = [
        (say("The working"), bulleted(step_sentences(finding, say), "ol")),
        (
            say("Why"),
            bulleted(_reasons(reason_sentences(finding, reader.shelf, dataset, say), reader)),
        ),
        (say("What is needed to check this"), escape(capital(needed_sentence(finding, say)))),
    ]
    body = "".join(f"<dt>{escape(title)}</dt><dd>{text}</dd>" for title, text in parts if text)
    summary = f"<summary>{escape(say('How this was checked'))}</summary>"
    details = f"<details{' open' if is_open else ''}>{summary}<dl>{body}</dl></details>" if body else ""
    return Markup(head + details)


def _reasons(found: Sequence[tuple[str, tuple[str, ...]]], reader: Reader) -> Iterable[str]:
    """Each reason, with links to the statements that it speaks of."""
    for sentence, ids in found:
        own = dict.fromkeys(one.partition("/")[0] for one in ids)
        links = (link(page_address("claims", {**reader.site_state, "claim": one}), one) for one in own)
        told = f' <span class="small">{" ".join(links)}</span>' if own else ""
        yield Markup(f"{escape(sentence)}{told}")
