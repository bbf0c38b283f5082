"""Where do the figures come from, what do the words mean, and how was anything worked out?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.glossary import glossary
from layout.frame.reader import Reader
from layout.sources.datasets import datasets_of, definitions, describe_dataset
from layout.sources.methods import corrections, describe_measure, methods, statuses


def article(reader: Reader) -> Blocks:
    say = reader.say
    cards = datasets_of(reader)

    yield heading(say("Sources and methods"), 1)
    yield lead(
        say(
            (
                "Every dataset of {place}, as its publisher released it, and every rule by which a figure on this "
                "site was "
                "worked out."
            ),
            place=say.pick(reader.place.name),
        )
    )
    yield remarks(reader)
    yield announce(say("{count} datasets", count=len(cards)))

    yield heading(say("Datasets"))
    for card in cards:
        yield from describe_dataset(reader, card)
        yield from definitions(reader, card)

    yield heading(say("Measures"))
    for name in reader.place.measures:
        yield from describe_measure(reader, reader.shelf.measures[name])

    yield heading(say("Methods"))
    yield from methods(reader)
    yield statuses(reader)

    yield heading(say("Glossary"))
    yield glossary(reader)

    yield heading(say("Corrections"))
    yield from corrections(reader)
    yield from foot(reader, [])


if __name__ == "__main__":
    show(__file__)
