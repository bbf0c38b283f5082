"""One entry of the register in full: what was announced, what was published about it, what would show its effect."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from charts.published.register import DRESS, measured_words
from charts.published.statement_words import statement_span_words
from layout.frame.markup import bulleted, link, outward
from layout.frame.reader import Reader
from layout.frame.tables import article_title, figure_stated
from loaders import SourceCard
from measures.about.register import StatisticPublished, System, indicators_listed
from routes.addresses import page_address


def entry(one: System, claims: SourceCard | None, reader: Reader, *, is_open: bool) -> Markup:
    """The entry as HTML: a line to open, and beneath it everything that is known."""
    say, code = reader.say, reader.say.code
    fill, letter, ink = DRESS[one.measured]
    head = (
        f'<summary><span class="box" style="background:{fill};color:{ink}" aria-hidden="true">{letter}</span>'
        f"<strong>{escape(one.row[f'system_own_{code}'])}</strong>"
        f'<span class="where">{escape(_where(one, reader))} · '
        f"{escape(measured_words(one.measured, say))}</span></summary>"
    )
    parts = [
        (say("What it does, as announced"), escape(one.row[f"what_it_does_{code}"])),
        (say("Announced"), _announced(one, reader)),
        (say("Figures published about it"), _figures(one, claims, reader)),
        (say("Handles data on individuals"), _individual(one, reader)),
        (say("A statistic that would show its effect, and whether it was published"), _answers(one, reader)),
    ]
    body = "".join(f"<dt>{escape(title)}</dt><dd>{text}</dd>" for title, text in parts)
    address = page_address("register", {"lang": code, "place": reader.place.id, "system": one.entry.code})
    own = f'<p class="small">{link(address, say("Link to this entry"))}</p>'
    return Markup(f'<details id="{one.entry.code}"{" open" if is_open else ""}>{head}<dl>{body}</dl>{own}</details>')


def _where(one: System, reader: Reader) -> str:
    return f"{one.row[f'place_{reader.say.code}']} · {one.row[f'announced_{reader.say.code}']}"


def _announced(one: System, reader: Reader) -> str:
    """When, by whom, in which article."""
    say, row = reader.say, one.row
    who = say(
        "{when}; named by {publisher}, {date}",
        when=row[f"announced_{say.code}"],
        publisher=row[f"publisher_{say.code}"],
        date=row[f"published_{say.code}"],
    )
    title = article_title(row, "zh-Hans", say)
    linked = outward(row["url"], Markup(title)) if row["url"] else title
    return f"{escape(who)}<br>{linked}" + ("" if row["url"] else f" · {escape(say('no link'))}")


def _individual(one: System, reader: Reader) -> str:
    """The register's answer with its reason, and how that is known."""
    say = reader.say
    known = {
        "named": say("The announcement itself says so, or names the devices."),
        "reading": say("Our reading of what kind of system it is; the announcement does not say."),
        "no_reason": say("Our reading; no reason is recorded."),
        "not_stated": say("The announcement does not say."),
    }[one.entry.known_by]
    return f'{escape(one.row[f"individual_level_data_{say.code}"])}<br><span class="quiet">{escape(known)}</span>'


def _figures(one: System, claims: SourceCard | None, reader: Reader) -> str:
    """The statements linked to the entry, one line for each indicator, its newest figure first."""
    say = reader.say
    named = int(one.row["published_figures"] or 0)
    if not one.claims:
        none = say("No statement collected here speaks of it.")
        counted = say(
            "The article that names it gives {count}.",
            count=say("{count} figures", count=named) if named != 1 else say("one figure"),
        )
        return escape(say.sentences([none, counted]) if named else none)
    return bulleted(_line(group, claims, reader) for group in _by_indicator(one.claims))


def _by_indicator(found: Iterable[dict]) -> list[list[dict]]:
    groups: dict[str, list[dict]] = {}
    for claim in sorted(found, key=lambda claim: (claim["end"] or claim["published"], claim["start"]), reverse=True):
        groups.setdefault(claim["indicator"], []).append(claim)
    return list(groups.values())


def _line(group: list[dict], claims: SourceCard, reader: Reader) -> str:
    say, newest = reader.say, group[0]
    words = say(
        "{figure}, {period}, {publisher}",
        figure=figure_stated(newest, say),
        publisher=newest[f"publisher_{say.code}"],
        period=statement_span_words(newest["period_start"], newest["period_end"], say),
    )
    more = say("; {count} statements in all", count=len(group)) if len(group) > 1 else ""
    told = link(page_address("claims", {**reader.site_state, "claim": newest["claim_id"]}), words)
    return Markup(f"{_about(newest['indicator'], claims, reader)}{escape(say(': '))}{told}{escape(more)}")


def _about(indicator: str, claims: SourceCard, reader: Reader) -> str:
    """The indicator's name, leading to every statement on it."""
    say, shelf = reader.say, reader.shelf
    name = say.pick(indicators_listed(shelf, claims.name)[indicator].name)
    return link(page_address("claims", {"lang": say.code, "place": claims.place, "indicator": indicator}), name)


def _answers(one: System, reader: Reader) -> str:
    """Each statistic that the register names, and whether it was published; the register's own words where it names
    none.
    """
    if not one.answers:
        return escape(reader.say("The register names no statistic."))
    return bulleted(
        f"{reader.say.pick(answer.statistic.name)}{reader.say(': ')}{found_words(answer, reader)}"
        for answer in one.answers
    )


def found_words(answer: StatisticPublished, reader: Reader) -> str:
    """Whether a statistic was published, and how."""
    say = reader.say
    return {
        "number": say("published as a number"),
        "change": say("published as a change only, without counts"),
        "words": say("stated in words only"),
        "before": say("published only for years before the announcement"),
        "elsewhere": say("published for other places, not found for this one"),
        "none": say("not found"),
    }[answer.outcome]
