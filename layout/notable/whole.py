"""The changes of the place by category, which way its areas went, and what came from which of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

import charts
from language import capital
from language.numbers import signed, written_date
from language.sentences.statement import Statement
from language.standing_out import line_words, same_way_words
from language.verdicts import why_words
from layout.frame.blocks import Block, Blocks, Fold, Listing, heading, picture, small
from layout.frame.tables import table
from layout.frame.take_away import Taken, take_away
from layout.notable.choice import Shown
from measures.notable.told import parts_of, same_way, told_of
from routes.addresses import Selection, extract_address


def changes_of_place(shown: Shown) -> list[tuple[str, Statement]]:
    """Name of each category and the statement on the place."""
    return [
        (shown.category(code), told_of(shown.notable, shown.reader.shelf, code, shown.place))
        for code in shown.categories
    ]


def by_category(shown: Shown, told: list[tuple[str, Statement]]) -> Blocks:
    """The dot plot, what is taken away from it, and the categories in which most areas went the same way."""
    say, reader = shown.reader.say, shown.reader
    title = say("Change by category, {place}, {period}", place=say.pick(reader.place.whole), period=shown.when())
    yield small(
        say(
            "{title}, {period}, against a year before, as in the release of {date}.",
            title=say.pick(shown.card.title),
            period=shown.when(),
            date=written_date(shown.release.published, say),
        )
    )
    drawn = any(isfinite(facts.change) and not facts.small for _, facts in told)
    chart = picture(charts.changes_picture(told, title, say), "changes") if drawn else ""
    if drawn:
        yield chart
    sentences = [f"{name}{say(': ')}{line_words(facts, say)}" for name, facts in told]
    yield take_away(
        reader, Taken(title, {"": chart}, extract_of(shown), sentences, [shown.source], shown.notable.release)
    )
    if drawn:
        yield small(
            say(
                "Dots: the change on a year before. Filled: a clear change. Lines: its 95% limits, as wide as the "
                "usual ups and downs; what lies beyond 50% is cut."
            )
        )
    sides = sorted(same_way(shown.notable), key=lambda side: shown.category(side.category))
    items = [
        same_way_words(shown.category(side.category), (side.higher, side.lower, side.areas), shown.boroughs, say)
        for side in sides
    ]
    yield Listing(
        tuple(items),
        say(
            "Most {areas} went the same way. This is a second sign, and no verdict on the whole:", areas=shown.boroughs
        ),
    )
    inside = (*contributions_of_total(shown), contributions_table(shown))
    yield Fold(say("What came from which area"), inside)


def extract_of(shown: Shown, areas: Sequence[str] = (), category: str = "") -> str:
    """The address of the figures of the place by category, as they were in this release; of ``areas`` in one
    ``category`` where they are named."""
    notable, place = shown.notable, shown.reader.place
    codes = [code for code in ([category] if areas else shown.categories) if code]
    rows = Selection(areas or [shown.place], codes, chosen=[notable.period])
    address = extract_address(place.id, shown.card.dataset, "csv", "latest", rows)
    day = f"&as_of={shown.release.published}-01-01"[:17] if shown.release.id != shown.source.latest.id else ""
    return f"{address}&measure={notable.measure}&view={notable.view}{day}"


def contributions_of_total(shown: Shown) -> Iterator[Block]:
    """The change of all categories together as bars, one for each area by name, which add up to it; none where the
    place has no total that could be compared."""
    say, whole = shown.reader.say, say_whole(shown)
    total = shown.card.default_category
    for parts in parts_of(shown.notable, shown.place):
        rows = shown.notable.rows()
        own = rows[(rows["category"] == parts.category) & (rows["area"] == shown.place)].iloc[0]
        if parts.category != total or not own["before"] > 0:
            continue
        areas = [(shown.names[area], value) for area, value in parts.areas.items() if isfinite(value)]
        rest = (say("Not comparable, or allocated to no area"), parts.remains)
        drawn = charts.contributions_picture([*sorted(areas), rest], (whole, parts.whole), own["before"], say)
        title = say(
            "Percentage points of the change of {whole}, as they add up, {period}", whole=whole, period=shown.when()
        )
        yield small(title)
        yield (chart := picture(drawn, "contributions"))
        file = extract_of(shown, [shown.place, *shown.areas], total)
        taken = Taken(title, {"": chart}, file, sources=[shown.source], release=shown.notable.release)
        yield take_away(shown.reader, taken)


def say_whole(shown: Shown) -> str:
    """What the whole place is called."""
    return shown.reader.say.pick(shown.reader.place.whole)


def contributions_table(shown: Shown) -> Block:
    """Areas down, categories across: the change in counts; each column adds up to that of the place."""
    say, place = shown.reader.say, shown.reader.place
    parts = {entry.category: entry for entry in parts_of(shown.notable, shown.place)}
    codes = [code for code in shown.categories if code in parts]
    rows = [
        (shown.names[area], *(_counted(parts[code].areas.get(area, float("nan")), shown) for code in codes))
        for area in shown.areas
    ]
    rest = say("Not comparable, or allocated to no area")
    rows.append((rest, *(_counted(parts[code].remains, shown) for code in codes)))
    rows.append((say.pick(place.whole), *(_counted(parts[code].whole, shown) for code in codes)))
    heads = [capital(say("Area")), *map(shown.category, codes)]
    caption = say("Change in counts on a year before, {period}: each column adds up", period=shown.when())
    return table(heads, rows, caption, size="tall grid")


def _counted(value: float, shown: Shown) -> str:
    return signed(value, shown.reader.say, 0) if isfinite(value) and value else ("0" if value == 0 else "")


def not_changed(shown: Shown, told: list[tuple[str, Statement]]) -> Blocks:
    """The categories of the place without a clear change, and those of which nothing can be said."""
    say = shown.reader.say
    yield heading(say("And these did not clearly change"))
    unclear = [name for name, facts in told if facts.verdict == "no_clear_change"]
    unsaid = [
        f"{name}{say(': ')}{why_words(facts.why, say)}"
        for name, facts in told
        if facts.verdict == "cannot_say" and facts.why != "too_short"
    ]
    short = [name for name, facts in told if facts.why == "too_short"]
    place = say.pick(shown.reader.place.whole)
    if unclear:
        text = say("{place}, no clear change: {names}.", place=place, names=say.joined(unclear))
        yield small(text)
    if short:
        yield small(say("Too short a series to say: {names}.", names=say.joined(short)))
    yield Listing(tuple(unsaid), say("Nothing can be said of:"))
    if not (unclear or short or unsaid):
        yield small(say("Every category has clearly changed."))
