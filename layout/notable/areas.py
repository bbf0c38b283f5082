"""Which changes of areas stand among all of them, and which areas change otherwise than all together?"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from language.sentences.change_words import change_words
from language.sentences.fact_phrases import counted_amount
from language.standing_out import (
    beside_words,
    extreme_words,
    line_words,
    percent,
    revised_words,
    turned_words,
)
from language.verdicts import verdict_class, verdict_words
from layout.frame.blocks import Block, Blocks, Group, Listing, heading, paragraph
from layout.frame.links import district_state
from layout.frame.markup import link
from layout.frame.tables import TEXT, table
from layout.notable.choice import Shown
from measures.notable.found import Extreme
from measures.notable.told import of_area, told_of
from routes.addresses import page_address


def grid(shown: Shown) -> Blocks:
    """Areas down, categories across, with a verdict in the cells that stand alone; on a narrow screen as a list."""
    say, rows = shown.reader.say, shown.notable.rows()
    yield heading(say("Changes in single {areas} that stand out", areas=shown.boroughs))
    kept = rows[rows["stands"] & (rows["area"] != shown.place)]
    verdicts = {(row.area, row.category): row.verdict for row in kept.itertuples()}
    if not verdicts:
        yield paragraph(
            say("Nothing stands out among {areas}: no change of one of them is left.", areas=shown.boroughs)
        )
    else:
        areas = [code for code in shown.areas if code in set(kept["area"])]
        codes = [code for code in shown.categories if code in set(kept["category"])]
        yield _table(shown, areas, codes, verdicts)
        yield Group("marked", tuple(_line(shown, area, codes, verdicts) for area in areas), "ul")
    yield from beside(shown)


def _table(shown: Shown, areas: Sequence[str], codes: Sequence[str], verdicts: dict) -> Block:
    say = shown.reader.say
    heads = [say("Area"), *(_category_link(shown, code) for code in codes)]
    rows = [
        (_area_link(shown, area), *(_verdict(verdicts.get((area, code), ""), shown) for code in codes))
        for area in areas
    ]
    caption = say(
        "Changes that stand out, {period}; the other {areas} and categories have none",
        period=shown.when(),
        areas=shown.boroughs,
    )
    return table(heads, rows, caption, numeric=TEXT, size="tall marks")


def _verdict(verdict: str, shown: Shown) -> str:
    """Arrow and word, in the ink of the verdict."""
    words = verdict_words(verdict, shown.reader.say) if verdict else ""
    return Markup('<span class="verdict {}">{}</span>').format(verdict_class(verdict), words) if words else ""


def _line(shown: Shown, area: str, codes: Sequence[str], verdicts: dict) -> Markup:
    """'Camden: theft ▼ fall, robbery ▼ fall'."""
    say = shown.reader.say
    marks = [
        Markup("{} {}").format(shown.category(code), _verdict(verdicts[area, code], shown))
        for code in codes
        if (area, code) in verdicts
    ]
    return Markup("<li>{}{}{}</li>").format(
        _area_link(shown, area), say(": "), Markup(say.language.list_join).join(marks)
    )


def _area_link(shown: Shown, area: str) -> Markup:
    return link(page_address("district", district_state(shown.reader, area)), shown.names[area])


def _category_link(shown: Shown, code: str) -> Markup:
    state = {**shown.reader.site_state, "measure": shown.card.name, "category": code}
    return link(page_address("trends", state), shown.category(code))


def beside(shown: Shown) -> Blocks:
    """The areas that change otherwise than all together; that there are none is a result, and is said."""
    say, rows = shown.reader.say, shown.notable.rows()
    tested = int(rows["beside_p"].notna().sum())
    lines = [
        _beside_line(shown, row.area, row.category)
        for row in sorted(rows[rows["differs"]].itertuples(), key=lambda row: (shown.names[row.area], row.category))
    ]
    intro = say("Otherwise than all {areas} together (of {count} tested):", areas=shown.boroughs, count=tested)
    yield Listing(tuple(lines), intro)
    if tested and not lines:
        text = say(
            "None of {count} changes of {areas} differs from that of all of them together by more than the usual ups "
            "and "
            "downs.",
            count=tested,
            areas=shown.boroughs,
        )
        yield paragraph(text)


def _beside_line(shown: Shown, area: str, category: str) -> str:
    say, rows = shown.reader.say, shown.notable.rows()
    together = rows.loc[(rows["area"] == area) & (rows["category"] == category), "together"].iloc[0]
    own = change_words(told_of(shown.notable, shown.reader.shelf, category, area), say)
    return beside_words(shown.names[area], shown.category(category), own, percent(together, say), shown.boroughs, say)


def own_area(shown: Shown) -> Blocks:
    """What stands out in the area that its reader has chosen."""
    if not shown.area:
        return
    say, found = shown.reader.say, of_area(shown.notable, shown.area)
    name = shown.names[shown.area]
    yield heading(say("In {area}", area=name))
    lines = [
        say("{area}, {category}: {words}.", area=name, category=shown.category(code), words=_told_words(shown, code))
        for code in found.changes
    ]
    lines += [_beside_line(shown, shown.area, code) for code in found.differs]
    lines += [turned_line(shown, entry) for entry in found.turned]
    lines += [extreme_line(shown, entry) for entry in found.extremes]
    lines += [revised_line(shown, entry) for entry in found.revised]
    yield Listing(tuple(lines))
    if found.nothing:
        yield paragraph(say("No change in {area} stands out in this release.", area=name))


def _told_words(shown: Shown, category: str) -> str:
    return line_words(told_of(shown.notable, shown.reader.shelf, category, shown.area), shown.reader.say)


def turned_line(shown: Shown, entry) -> str:
    """A verdict that turned, in a sentence."""
    say = shown.reader.say
    return turned_words(shown.names[entry.area], shown.category(entry.category), entry.was, entry.verdict, say)


def revised_line(shown: Shown, entry) -> str:
    """A figure that was revised, in a sentence."""
    named = shown.names[entry.area], shown.category(entry.category), shown.when(entry.period)
    return revised_words(named, (entry.then, entry.now), (entry.low, entry.high), shown.reader.say)


def extreme_line(shown: Shown, entry: Extreme) -> str:
    """A figure that is the highest or lowest of its stretch, in a sentence, with what changed in recording
    meanwhile."""
    say = shown.reader.say
    facts = told_of(shown.notable, shown.reader.shelf, entry.category, entry.area)
    amount = counted_amount(facts, facts.now, say)
    text = extreme_words(
        entry.kind, shown.names[entry.area], shown.category(entry.category), amount, shown.when(entry.first), say
    )
    marks = [say.pick(shown.source.breaks[number].short) for number in entry.marks]
    noted = say("Recording changed in between: {names}.", names=say.joined(list(dict.fromkeys(marks)))) if marks else ""
    return say.sentences([text, noted])
