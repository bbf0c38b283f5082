"""Where do the figures come from, what do the words mean, and how was anything worked out?"""

from layout.dashboard import show
from layout.frame.blocks import Blocks, announce, heading, lead, remarks
from layout.frame.footer import foot
from layout.frame.reader import Reader
from layout.sources.datasets import dataset_folds, datasets_of, open_questions
from layout.sources.methods import corrections, measure_folds, method_folds


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
    yield from dataset_folds(reader, cards)

    yield from open_questions(reader, cards)

    yield heading(say("Measures"))
    yield from measure_folds(reader)

    yield heading(say("Methods"))
    yield from method_folds(reader)

    yield heading(say("Corrections"))
    yield from corrections(reader)
    yield from foot(reader, [])


if __name__ == "__main__":
    show(__file__)
