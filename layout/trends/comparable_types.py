"""Which offence types may be compared over the span shown, and which may not, and since when?"""

from __future__ import annotations

from language import period_name
from layout.frame.blocks import Fold, note
from layout.frame.reader import Reader
from loaders import Category, SourceCard
from measures.figures.compute import Measure


def comparable_types(made: Measure, reader: Reader) -> Fold:
    """Which types can be compared over the span shown, and which cannot, to open."""
    say = reader.say
    texts = comparable_notes(made, reader) or [say("Every category shown here is comparable over this span.")]
    return Fold(say("Which types can be compared over this span"), (note(texts),))


def comparable_notes(made: Measure, reader: Reader) -> list[str]:
    """One sentence for each type that is not comparable over the whole span, with its date; totals of groups are."""
    card, say = made.sources[0], reader.say
    first, last = made.periods[0], made.periods[-1]
    found = [_sentence(node, card, first, last, reader) for node in card.tree.nodes.values() if node.level != "all"]
    sentences = [text for text in found if text]
    if sentences and card.tree.nodes:
        head = say("Over this span the totals of the groups are comparable; these types are not:")
        return [head, *sentences]
    return []


def _sentence(node: Category, card: SourceCard, first: str, last: str, reader: Reader) -> str:
    say = reader.say
    name = say.pick(node.name)
    cuts = [
        cut.at
        for cut in card.breaks
        if cut.effect == "cut" and node.code in cut.categories and not cut.areas and first < cut.at <= last
    ]
    if cuts:
        return say(
            "{name}: new definition from {when}",
            name=name,
            when=say.joined([period_name(at, say) for at in sorted(cuts)]),
        )
    if node.first and node.first > first:
        return say("{name}: a separate category only from {when}", name=name, when=period_name(node.first, say))
    if node.last and node.last < last:
        return say("{name}: a separate category only up to {when}", name=name, when=period_name(node.last, say))
    return ""
