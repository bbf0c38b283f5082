"""Finding published statements: by indicator, place, year and verdict; one alone; a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

import charts
from charts import theme
from language import capital, whole
from language.claims import claim_verdict_words
from layout.claims.card import UNCLEAR, claim_card, claim_row
from layout.frame.blocks import Block, Blocks, Choice, Group, boxes, choose, controls, heading, note, paragraph, picture
from layout.frame.controls import area_names
from layout.frame.markup import link, links_to_places
from layout.frame.reader import Reader
from layout.frame.take_away import Taken, take_away
from layout.trends.statements import change_notes
from loaders import SourceCard
from loaders.cards.measure_card import MeasureCard
from measures.about.register import indicators_listed
from measures.claims.checks.findings import VERDICTS
from measures.claims.collection import Statements
from measures.claims.search import (
    ELSEWHERE,
    FILTERS,
    NOT_STATED,
    FiledClaim,
    arranged,
    claims_card,
    claims_chosen,
    filed,
    found_of,
)
from routes.addresses import extract_address, page_address

AT_ONCE = 15  # statements on one page
MOST_CARDS = 7  # of them as cards
# (fill, letter, ink) of each outcome
DRESS = {
    "contradicted": (theme.SECOND, "!", theme.PAPER),
    "does_not_follow": (theme.SEQUENTIAL[3], "≠", theme.ON_HIGH),
    "other_base": (theme.SEQUENTIAL[1], "±", theme.ON_LOW),
    "reproduced": (theme.SEQUENTIAL[4], "=", theme.ON_HIGH),
    "cannot_be_checked": (theme.PANEL, "", theme.MUTED),
}


def claims_of_place(reader: Reader) -> tuple[SourceCard | None, tuple[FiledClaim, ...]]:
    """The statements collected about the place with their findings; None where there are none, no statement where they
    cannot be read.
    """
    card = claims_card(reader.shelf, reader.place.id)
    return card, found_of(reader.shelf, card.name) if card and reader.shelf.readable(card.name) else ()


def one_claim(reader: Reader, found: Sequence[FiledClaim]) -> tuple[FiledClaim, ...]:
    """The one statement that a link leads to; none when all are asked for."""
    asked = reader.ask("claim", ["", *(one.id for one in found)], "")
    return tuple(one for one in found if asked and one.id == asked)


def ask_claims(reader: Reader, card: SourceCard, found: Sequence[FiledClaim]) -> Blocks[tuple[FiledClaim, ...]]:
    """The statements on the indicator, about the place, of the year and with the verdict that the address asks for."""
    say, counts = reader.say, filed(reader.shelf, card.name)
    known, names = indicators_listed(reader.shelf, card.name), area_names(reader, card.name)
    places = [code for code in names if code in counts["where"]] + [ELSEWHERE] * (ELSEWHERE in counts["where"])
    words = {
        "indicator": {code: say.pick(known[code].name) for code in known if code in counts["indicator"]},
        "where": {code: names.get(code) or say("Other places") for code in places},
        "year": {
            code: say("not stated") if code == NOT_STATED else say("{year}", year=code) for code in counts["year"]
        },
        "verdict": {code: claim_verdict_words(code, say) for code in counts["verdict"]},
    }
    labels = {
        "indicator": say("Indicator"),
        "where": say("Place"),
        "year": say("Year"),
        "verdict": say("What the check found"),
    }
    yield from controls(_ask(reader, name, labels[name], words[name], counts[name]) for name in FILTERS)
    return claims_chosen(found, **{name: reader.asked[name] for name in FILTERS})


def _ask(reader: Reader, name: str, label: str, words: dict[str, str], counts: dict[str, int]) -> Choice:
    options = {"": reader.say("All")} | {code: f"{text} ({counts[code]})" for code, text in words.items()}
    return choose(reader, name, label, options, "", resets=("page",))


def claims_counted(kept: Sequence[FiledClaim], found: Sequence[FiledClaim], reader: Reader) -> str:
    """How many statements are shown, and how many of them have each verdict."""
    say = reader.say
    counts = {verdict: sum(one.finding.verdict == verdict for one in kept) for verdict in filed_verdicts(kept)}
    of = [
        say("{verdict}: {count}", verdict=claim_verdict_words(verdict, say), count=whole(count, say))
        for verdict, count in counts.items()
    ]
    told = {"shown": len(kept), "all": len(found)}
    if not of:
        return say("{shown} of {all} statements fit these choices.", **told)
    return say("{shown} of {all} statements fit these choices: {verdicts}.", verdicts=say.clauses(of), **told)


def outcomes(reader: Reader, kept: Sequence[FiledClaim]) -> tuple[Block, ...]:
    """One square for each statement by its outcome, and what the squares mean."""
    say = reader.say
    found = [verdict for verdict in VERDICTS if any(one.finding.verdict == verdict for one in kept)]
    verdicts = sorted((one.finding.verdict for one in kept), key=VERDICTS.index)
    squares = [_square(verdict) for verdict in verdicts]
    counted = [
        (DRESS[verdict], capital(claim_verdict_words(verdict, say)), verdicts.count(verdict)) for verdict in found
    ]
    return (Group("squares", tuple(squares), label=say("Outcomes of the checks")), boxes(counted, reader))


def _square(verdict: str) -> Markup:
    fill, letter, ink = DRESS[verdict]
    return Markup('<i style="background:{};color:{}" aria-hidden="true">{}</i>').format(fill, ink, letter)


def filed_verdicts(kept: Sequence[FiledClaim]) -> list[str]:
    """The verdicts that occur, the most frequent first."""
    verdicts = [one.finding.verdict for one in kept]
    return sorted(set(verdicts), key=lambda verdict: (-verdicts.count(verdict), verdict))


def changes_over_time(reader: Reader, card: SourceCard, kept: Sequence[FiledClaim]) -> Blocks:
    """The stated changes of one indicator and one place over time, each with the days that it is compared with; nothing
    for several indicators.
    """
    say, codes = reader.say, {one.claim.indicator for one in kept}
    mine = of_one_place(reader, kept)
    if len(codes) != 1 or not mine:
        return
    indicator = indicators_listed(reader.shelf, card.name)[codes.pop()]
    rows = pd.DataFrame([{**one.row, "bound": one.claim.bound} for one in mine]).sort_values(
        ["start", "end", "published"]
    )
    bases = {one.id: one.claim.base for one in mine}
    drawn = charts.stated_changes(Statements(indicator, rows, card), area_names(reader, card.name), say, bases)
    if drawn:
        area = mine[0].row[f"place_{say.code}"]
        yield heading(say("{what}, {area}: stated changes, in per cent", what=say.pick(indicator.name), area=area))
        yield (chart := picture(drawn, "changes"))
        title = say("{what}, {area}: stated changes, in per cent", what=say.pick(indicator.name), area=area)
        yield take_away(reader, Taken(title, {"": chart}, claims_file(reader, card), sources=[card]))
        others = (
            [say("Drawn for {area} only; the list below holds other places too.", area=area)]
            if len(mine) < len(kept)
            else []
        )
        yield note([*change_notes(reader), *others], say("About this chart"))


def of_one_place(reader: Reader, kept: Sequence[FiledClaim]) -> list[FiledClaim]:
    """The statements on one place: the only one spoken of, else the reader's own; none where neither is spoken of."""
    if len({one.row["place"] for one in kept}) == 1:
        return list(kept)
    return [one for one in kept if one.claim.area == reader.place.code]


def show_claims(reader: Reader, card: SourceCard, kept: Sequence[FiledClaim]) -> Blocks:
    """Twenty statements at a time: those of which a check found something as cards, the others as lines to open; the
    only one that is shown stands open.
    """
    say = reader.say
    pages = max(1, -(-len(kept) // AT_ONCE))
    page = int(reader.ask("page", [str(number) for number in range(1, pages + 1)], "1"))
    if page == 1:
        reader.asked["page"] = ""
    shown = arranged(kept)[(page - 1) * AT_ONCE : page * AT_ONCE]
    if not kept:
        yield paragraph(say("No statement fits these choices."))
    alone = len(kept) == 1
    cards = [one for one in shown if alone or one.finding.verdict not in UNCLEAR][:MOST_CARDS]
    yield Group("claims", tuple(claim_card(one, card, reader, is_open=alone) for one in cards))
    yield Group("rows", tuple(claim_row(one, card, reader) for one in shown if one not in cards))
    if reader.asked.get("claim"):
        here = reader.site_state
        links = [
            ({**here, "indicator": kept[0].claim.indicator}, say("All statements on this indicator")),
            (here, say("All statements")),
        ]
        yield paragraph(Markup(" · ").join(link(page_address("claims", state), words) for state, words in links))
    if pages > 1:
        yield Group("pages", (_pages(reader, page, pages, len(kept)),), "nav", say("Pages"))


def _pages(reader: Reader, page: int, pages: int, count: int) -> Markup:
    """Which statements are shown, and a link to every page of them."""
    say = reader.say
    first, last = (page - 1) * AT_ONCE + 1, min(page * AT_ONCE, count)
    told = say("Statements {first} to {last} of {count}. Pages:", first=first, last=last, count=count)
    links = []
    for number in range(1, pages + 1):
        address = page_address("claims", {**reader.state, "page": "" if number == 1 else str(number)})
        here = Markup('<strong aria-current="page">{}</strong>').format(number)
        links.append(here if number == page else link(address, str(number)))
    return Markup("<p>{} {}</p>").format(told, Markup(" ").join(links))


def claims_file(reader: Reader, card: SourceCard) -> str:
    """The statements that fit the choices, with verdict and reasons, as a file."""
    asked = {name: reader.asked[name] for name in (*FILTERS, "claim") if reader.asked.get(name)}
    return extract_address(reader.place.id, card.name, "csv") + (f"?{urlencode(asked)}" if asked else "")


def claims_elsewhere(reader: Reader) -> Blocks:
    """Where statements were collected, when none were for this place."""
    say, shelf = reader.say, reader.shelf
    items = links_to_places(
        "claims", [place for place in shelf.places.values() if claims_card(shelf, place.id)], reader
    )
    words = say("No statements were collected about {place}. There are some about:", place=say.pick(reader.place.name))
    if items:
        yield paragraph(Markup("{}{}{}").format(words, say.language.sentence_gap, items))


def measures_behind(reader: Reader, card: SourceCard | None) -> list[MeasureCard]:
    """The measures whose limits a reader must know: that of the statements, and that of the box."""
    shelf = reader.shelf
    asked = reader.asked.get("measure", "")
    return [
        shelf.measures[name]
        for name in reader.place.measures
        if name == asked or (card and shelf.measures[name].dataset == card.name)
    ]
