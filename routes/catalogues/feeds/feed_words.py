"""The sentences of a feed's entries on what stands out in one release."""

from __future__ import annotations

from dataclasses import dataclass

from language import Translator
from language.numbers import period_name
from language.sentences.change_words import change_words
from language.sentences.fact_phrases import counted_amount
from language.sentences.figure import sentence
from language.sentences.statement import Statement
from language.standing_out import beside_words, extreme_words, percent, revised_words, turned_words
from measures.notable.found import Notable
from measures.notable.told import OfArea, told_of
from measures.store.shelf import Shelf

MOST_AREAS = 20  # changes of single areas that the entry of a place names


@dataclass(frozen=True)
class FeedWords:
    """What stands out in a release, in a language."""

    shelf: Shelf
    notable: Notable
    say: Translator

    @property
    def dataset(self) -> str:
        return self.shelf.measures[self.notable.measure].dataset

    def area(self, code: str) -> str:
        """The name of an area or of the whole place."""
        return self.say.pick(self.shelf.area_names(self.place, self.dataset)[code])

    @property
    def place(self) -> str:
        return self.shelf.cards[self.dataset].place

    @property
    def areas(self) -> str:
        return self.say.pick(self.shelf.places[self.place].areas_word)

    def category(self, code: str) -> str:
        """The name of a category; of the only one the title of the measure."""
        node = self.shelf.cards[self.dataset].tree.nodes.get(code)
        return self.say.pick(node.name if node else self.shelf.measures[self.notable.measure].title)

    def facts(self, category: str, area: str) -> Statement | None:
        """The statement on the latest final figure of an area; None where the release has none."""
        rows = self.notable.rows()
        known = ((rows["area"] == area) & (rows["category"] == category)).any()
        return told_of(self.notable, self.shelf, category, area) if known else None

    def changes(self, own: OfArea) -> list[str]:
        """The changes that stand, each with figures, limits and verdict."""
        return [sentence(self.facts(code, own.area), self.say) for code in own.changes]

    def differs(self, own: OfArea) -> list[str]:
        """The changes that are otherwise than those of all areas together."""
        return [self._beside(code, own.area) for code in own.differs]

    def _beside(self, category: str, area: str) -> str:
        rows = self.notable.rows()
        together = rows.loc[(rows["area"] == area) & (rows["category"] == category), "together"].iloc[0]
        change = change_words(self.facts(category, area), self.say)
        named = self.area(area), self.category(category)
        return beside_words(*named, change, percent(together, self.say), self.areas, self.say)

    def extremes(self, own: OfArea) -> list[str]:
        """The highest and lowest figures of long comparable stretches."""
        return [
            extreme_words(
                entry.kind,
                self.area(entry.area),
                self.category(entry.category),
                self._amount(entry.category, entry.area),
                self._when(entry.first),
                self.say,
            )
            for entry in own.extremes
        ]

    def _amount(self, category: str, area: str) -> str:
        facts = self.facts(category, area)
        return counted_amount(facts, facts.now, self.say)

    def revised(self, own: OfArea) -> list[str]:
        """The figures that were revised by more than usual."""
        return [
            revised_words(
                (self.area(entry.area), self.category(entry.category), self._when(entry.period)),
                (entry.then, entry.now),
                (entry.low, entry.high),
                self.say,
            )
            for entry in own.revised
        ]

    def turned(self, own: OfArea) -> list[str]:
        """The verdicts that turned and stand among all of them, each with its figures."""
        return [
            self.say.sentences(
                [
                    turned_words(
                        self.area(entry.area), self.category(entry.category), entry.was, entry.verdict, self.say
                    ),
                    sentence(self.facts(entry.category, entry.area), self.say),
                ]
            )
            for entry in own.turned
        ]

    def in_areas(self, own: OfArea) -> list[str]:
        """Of the whole place: the changes of its areas that stand, by name."""
        if own.area != self.shelf.places[self.place].code:
            return []
        rows = self.notable.rows()
        kept = rows[rows["stands"] & (rows["area"] != own.area) & rows["category"].isin(own.categories)]
        ordered = sorted(kept.itertuples(), key=lambda row: (self.area(row.area), self.category(row.category)))
        return [sentence(self.facts(row.category, row.area), self.say) for row in ordered[:MOST_AREAS]]

    def _when(self, period: str) -> str:
        return period_name(period, self.say, self.notable.view)
