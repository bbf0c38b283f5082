"""How nobody is shown: for each dataset, whether it is shown as published or protected by us, and what was proved
when.
"""

from __future__ import annotations

from datetime import date

from language.numbers import day, whole
from layout.frame.blocks import Blocks, Table, heading, note, paragraph
from layout.frame.footer import shown_words
from layout.frame.reader import Reader
from layout.frame.tables import TEXT, table
from layout.sources.datasets import datasets_of
from measures.about.protection import Safety, safety_of


def safety_table(reader: Reader) -> Table:
    """One row a dataset: how it is shown, how many figures are hidden, when that was last checked."""
    say = reader.say
    rows = []
    for card in datasets_of(reader):
        found = safety_of(reader.shelf, card.name)
        rows.append((say.pick(card.title), shown_words(card, reader), _hidden(found, reader), _checked(found, reader)))
    headings = [say("Dataset"), say("How it is shown"), say("Figures hidden"), say("Last checked")]
    return table(headings, rows, say("What is hidden in each dataset"), numeric=TEXT, size="prose")


def _hidden(found: Safety | None, reader: Reader) -> str:
    say = reader.say
    if not found:
        return say("not shown at the moment")
    hidden, unknown = whole(found.hidden, say), whole(found.not_examined, say)
    return (
        say("{hidden}, of which {count} not examined", hidden=hidden, count=unknown) if found.not_examined else hidden
    )


def _checked(found: Safety | None, reader: Reader) -> str:
    if not found or not found.checked:
        return reader.say("not yet checked, so nothing of it that needs protection is shown")
    return day(date.fromisoformat(found.checked[:10]), reader.say)


def protected_details(reader: Reader) -> Blocks:
    """The rule and the proof of every dataset that we protect; a sentence where there is none."""
    say = reader.say
    protected = [card for card in datasets_of(reader) if card.disclosure == "protect"]
    if not protected:
        yield paragraph(
            say(
                "No dataset of this place needs our protection. These figures were published as they "
                "are, so we hide none."
            )
        )
    for card in protected:
        found = safety_of(reader.shelf, card.name)
        if found is None or not found.rule:
            continue
        yield heading(say.pick(card.title), 3)
        yield note(
            [
                say(
                    (
                        "Counts from 1 to {threshold} are hidden; for sensitive categories from 1 to {sensitive}. Zero "
                        "is shown."
                    ),
                    threshold=found.rule["threshold"],
                    sensitive=found.rule["sensitive_threshold"],
                ),
                say(
                    "Further counts are hidden so that the small ones cannot be worked out from totals; both carry "
                    "the same mark."
                ),
                say(
                    "{hidden} of {counts} counts are hidden in all.",
                    hidden=whole(found.hidden, say),
                    counts=whole(found.counts, say),
                ),
                say(
                    (
                        "A hidden count can still be any of at least {range} whole numbers, whatever is put together "
                        "from this site."
                    ),
                    range=found.rule["range"],
                ),
            ],
            say("The rule here"),
        )


def about_readers(reader: Reader) -> Blocks:
    """What this site keeps of its readers."""
    say = reader.say
    yield heading(say("What is kept of you"))
    yield paragraph(
        say(
            "This site sets no cookie and counts no visits. Your browser keeps one entry for each page in its local "
            "storage, the choice between the light and the dark look; it is not sent to us."
        ),
        say(
            "Our servers may count how many answers of each kind they give and how long these take. They do not write "
            "down who asked, or for what."
        ),
    )


def explained(reader: Reader) -> Blocks:
    """What never gets in, what is hidden and why, how it is proved, and what the guarantee is not."""
    say = reader.say
    yield heading(say("What we do not accept"))
    yield paragraph(
        say(
            "Every file is checked before it is read. We refuse files with columns for people, "
            "addresses or case numbers. We refuse values that look like identity numbers, plates,"
            " telephone numbers or email addresses, and tables in which a row is a person or an "
            "event."
        ),
        say("The check names the file, the column and the rule, and never repeats the value."),
    )
    yield heading(say("What is hidden, and why"))
    yield paragraph(
        say(
            "A very small count in a small area can point to a person whom somebody knows. Where a publisher asks "
            "for it, or gives us its own table before publication, we hide such counts. They read [c], have their "
            "own fill on maps, and stand as empty with status c in files."
        ),
        say(
            "Everything worked out from a hidden count is hidden too: its rate, its range, its change, its class and "
            "its sentence."
        ),
    )
    yield heading(say("How we check"))
    yield paragraph(
        say(
            "We test it as an attacker would. A program takes everything that a reader can fetch "
            "from this site (tables, totals, rates with their populations, 12-month totals, "
            "changes, shares and earlier releases) and works out the smallest and the largest "
            "value that each hidden count could have."
        ),
        say(
            "A hidden count passes only when it could still take values that are far enough "
            "apart, given everything published. What does not pass is not shown."
        ),
    )
    yield heading(say("What a publisher withholds"))
    yield paragraph(
        say(
            "A figure that its publisher withholds stays withheld here. Our test also reads the "
            "sums, shares and rates that the publisher's file prints beside it, other releases, "
            "and other tables of the same counts."
        ),
        say(
            "Where nothing that was published speaks of a withheld figure, it is called not examined: nothing was "
            "proved of it."
        ),
        say(
            "Where the publisher's own figures give a withheld one away, nothing of that table is shown until what "
            "gives it away is withheld here, too."
        ),
    )
    yield heading(say("What this does not cover"))
    yield note(
        [
            say("It holds for what is on this site. Somebody who also knows figures from elsewhere may know more."),
            say("It does not cover figures that a publisher has released itself: those are already public."),
            say("It protects counts of people and events, not places or organisations named in a publication."),
        ]
    )
