"""The foot of every page: where the figures come from, when they were last and will next be updated, what they cannot
tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from language.numbers import day, period_name, written_date
from layout.frame.blocks import Block, Blocks, Fold, Foot, Group
from layout.frame.links import file_address, origin_address
from layout.frame.markup import bulleted, link, outward, soft_link
from layout.frame.menu import titles
from layout.frame.reader import Reader
from loaders import SourceCard, periods
from loaders.cards.measure_card import MeasureCard
from routes.addresses import page_address

MOST_NAMED = 2  # publishers that a foot names
LONGEST = 70  # letters of the names in the foot: beyond that the first one alone


def foot(
    reader: Reader,
    measures: Sequence[MeasureCard],
    address: str = "",
    most: int = 9,
    datasets: Sequence[SourceCard] = (),
) -> Blocks:
    """What the figures of a page cannot tell and where they come from, to open, and the foot.

    ``address``: the extract of what is drawn. ``most``: how many limits of each measure are named. ``datasets``: shown
    without a measure.
    """
    if about := about_figures(reader, measures, most, datasets):
        yield Fold(reader.say("About these figures"), about)
    yield from short_foot(reader, measures, address, datasets)


def about_figures(
    reader: Reader, measures: Sequence[MeasureCard], most: int = 9, datasets: Sequence[SourceCard] = ()
) -> tuple[Block, ...]:
    """What figures cannot tell, and their sources with release dates, licences and the next update."""
    say, cards = reader.say, _datasets(reader, measures, datasets)
    limits = [say.pick(text) for card in measures for text in card.cannot_tell[:most]]
    parts = [_headed(say("What this cannot tell you"), bulleted(dict.fromkeys(limits)))] if limits else []
    if cards:
        parts.append(_headed(say("Sources"), "".join(_source(card, reader) for card in cards)))
        promises = dict.fromkeys(shown_words(card, reader) for card in cards)
        parts.append(f'<p class="small">{escape(say.sentences(promises))}</p>')
    return (Group("about", tuple(map(Markup, parts))),) if parts else ()


def short_foot(
    reader: Reader, measures: Sequence[MeasureCard], address: str = "", datasets: Sequence[SourceCard] = ()
) -> Blocks:
    """Whose figures these are, and the way to what is said of them; for a page that says the rest elsewhere."""
    say, address = reader.say, file_address(address, reader.as_of)
    cards = _datasets(reader, measures, datasets)
    names = list(dict.fromkeys(say.pick(card.publisher) for card in cards))
    most = MOST_NAMED if sum(map(len, names[:MOST_NAMED])) <= LONGEST else 1
    named = names[:most] + ([say("others")] if len(names) > most else [])
    source = say("Source: {sources}.", sources=say.joined(named)) if names else ""
    words = say.sentences([source, say("This site holds no data about any individual.")])
    lines = (Markup("<p>{}</p>").format(words), _links(reader, measures, address))
    yield Foot("foot", lines, "footer", datasets=tuple(cards), file=address)


def _links(reader: Reader, measures: Sequence[MeasureCard], address: str) -> Markup:
    """The links to where the figures come from, and to the same as a document."""
    say, links = reader.say, []
    names = titles(say, reader.place)
    for page in ("sources", "accessibility"):
        links.append(soft_link(page_address(page, reader.site_state), names[page], here=page == reader.page))
    origin = origin_address(reader, measures, address)
    if origin and reader.page != "origin":
        links.insert(1, soft_link(origin, names["origin"]))
    light = page_address(reader.page, {**reader.state, "surface": "document"})
    links.append(link(light, say("For slow connections and printing")))
    return Markup("<p>{}</p>").format(Markup(" · ").join(links))


def _headed(words: str, markup: str) -> str:
    return f'<h2 class="minor">{escape(words)}</h2>{markup}'


def _datasets(reader: Reader, measures: Sequence[MeasureCard], datasets: Sequence[SourceCard]) -> list[SourceCard]:
    return list({card.name: card for card in (*_cards(reader, measures), *datasets)}.values())


def _cards(reader: Reader, measures: Sequence[MeasureCard]) -> list[SourceCard]:
    used = [name for card in measures for name in (card.dataset, card.rate.get("dataset", ""))]
    return [reader.shelf.cards[name] for name in dict.fromkeys(used) if name in reader.shelf.cards]


def _source(card: SourceCard, reader: Reader) -> str:
    say = reader.say
    about = say("about") + say.language.sentence_gap if card.latest.about else ""
    lines = [
        f"{say.pick(card.publisher)} · {say.pick(card.title)}",
        say("Covers: {words}", words=say.pick(card.coverage)) if card.coverage else "",
        say("Licence: {licence}", licence=say.joined([say.pick(one["title"]) for one in card.licenses])),
        say("Published: {date}", date=about + written_date(card.latest.published, say)),
        say("Next update: {words}", words=say.pick(card.next_update)),
    ]
    stale = stale_words(card, reader)
    extra = f'<li class="stale">{escape(stale)}</li>' if stale else ""
    links = " · ".join(outward(one["url"], one["title"]) for one in card.sources[:1] if one.get("url"))
    if card.kind == "claims":  # of many publications the first is no more its source than the others
        links = escape(say("Each statement names its source."))
    return (
        "<ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines if line)
        + extra
        + (f"<li>{links}</li>" if links else "")
        + "</ul>"
    )


def shown_words(card: SourceCard, reader: Reader) -> str:
    """The promise that holds for a dataset, in one sentence."""
    say = reader.say
    tables = (card.table, *(release.table or {} for release in card.releases))
    parts = list(dict.fromkeys(heading for table in tables for heading in table.get("add_up", ())))
    if card.disclosure == "as_published" and parts:
        return say(
            "Rows of the published table were added up by this site: it shows no {columns} one by one.",
            columns=", ".join(parts),
        )
    if card.disclosure == "as_published":
        return say("Shown exactly as the publisher released it, and nothing finer than that.")
    return say(
        "Protected by us: small counts are hidden so that, from anything on this site, none can be narrowed to fewer "
        "than five possible values."
    )


def stale_words(card: SourceCard, reader: Reader, today: date | None = None) -> str:
    """A sentence when the figures are old: the series ended, or its next release is overdue. '' when they are fresh."""
    say = reader.say
    if not card.is_table or not card.latest.last:
        return ""
    last = card.latest.last
    if card.ended:
        return say("This series has ended; its last figures are for {period}.", period=period_name(last, say))
    end = periods.dates(last)[1]
    if is_stale(card, today):
        return say("The newest figures we have end on {day}.", day=day(end, say))
    return ""


def is_stale(card: SourceCard, today: date | None = None, least: int = 0) -> bool:
    """Are the newest figures older than the card allows, and than ``least`` months?"""
    if not (card.stale_after_months and card.latest.last):
        return False
    end, today = periods.dates(card.latest.last)[1], today or date.today()
    return (today.year - end.year) * 12 + today.month - end.month > max(card.stale_after_months, least)
