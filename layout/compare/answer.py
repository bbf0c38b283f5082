"""The answer on top of a comparison: may it be drawn, why not, what would be fair instead, and the reader's own
decision.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from language import period_name
from layout.compare.findings import aspect_words, finding_sentences
from layout.frame.blocks import Blocks, Choice, Group
from layout.frame.controls import area_names
from layout.frame.markup import bulleted, link
from layout.frame.reader import Reader
from measures.comparability.answer import Answer, Figure
from routes.addresses import page_address


def show_answer(
    reader: Reader, answer: Answer, sides: Sequence[Figure], nearest: dict[str, str | list[str]]
) -> Blocks[str]:
    """Draw the answer; returns how the figures are to be drawn: 'draw', 'separate', 'decline' or, at the reader's wish,
    'anyway'.

    ``nearest``: what the address of the nearest fair comparison holds, as names and codes; {} where none is offered.
    """
    say = reader.say
    wanted = not answer.advised and reader.ask("anyway", ("", "yes"), "") == "yes"
    how = "anyway" if wanted else answer.outcome
    against, besides = finding_sentences(answer, sides, reader)
    fair = _fair(reader, answer, sides, nearest) if nearest else Markup("")
    also = Markup("<p>{}</p>").format(say("Note:")) if against and besides else Markup("")
    head = Markup("<p><strong>{}</strong></p>").format(_head(how, bool(besides), reader))
    yield Group(f"answer {how}", (head, bulleted(against), also, bulleted(besides), fair))
    if not answer.advised:
        yield Choice("anyway", say("Show the chart anyway"), {}, "yes" if wanted else "", kind="yes")
    return how


def _head(how: str, noted: bool, reader: Reader) -> str:
    say = reader.say
    if how == "draw":
        return say("These figures can be compared. Note:") if noted else say("These figures can be compared.")
    return {
        "separate": say("These figures are shown separately and we have not worked out a change, because:"),
        "decline": say("These figures are not compared here, because:"),
        "anyway": say(
            "Shown at your request. We advise against this comparison and have not worked out a change, because:"
        ),
    }[how]


def _fair(reader: Reader, answer: Answer, sides: Sequence[Figure], nearest: dict[str, str | list[str]]) -> Markup:
    """The nearest fair comparison as a link to that very address."""
    say = reader.say
    head = say("A better comparison:") if answer.advised else say("Compare this instead:")
    words = fair_alternative_words(answer.nearest, sides, reader)
    return Markup("<p>{} {}</p>").format(head, link(page_address(reader.page, nearest), words))


def fair_alternative_words(nearest: Sequence[Figure], sides: Sequence[Figure], reader: Reader) -> str:
    """What the nearest fair comparison shows: what changes of it, the areas and the periods, and as what."""
    say, one = reader.say, nearest[0]
    card = reader.shelf.measures[one.measure]
    nodes, names = reader.shelf.cards[card.dataset].tree.nodes, area_names(reader, card.dataset)
    where = say.joined([names[area] for area in dict.fromkeys(side.area for side in nearest)])
    if one.category in nodes and one.category != sides[0].category:
        where = say("{category}, {area}", category=say.pick(nodes[one.category].name), area=where)
    view = (say("as a rate per resident") if one.rated else say("as counts")) if one.view != sides[0].view else ""
    when = [period_name(period, say, one.view) for period in sorted({side.last for side in nearest})]
    span = say("{earlier} and {later}", earlier=when[0], later=when[-1]) if len(when) > 1 else when[0]
    shown = say("{figure}, {period}", figure=where, period=span)
    return say("{figure}, {view}", figure=shown, view=view) if view else shown


def against_words(answer: Answer, reader: Reader) -> str:
    """The words that a picture drawn against advice carries in itself."""
    say = reader.say
    return say(
        "We advised against this comparison: {aspects}",
        aspects=say.joined([aspect_words(one, reader) for one in answer.against]),
    )
