"""What the guard promises of every table: it adds up, nothing is invented, and every gap says why."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from disclosure import STATUSES, WITHOUT_VALUE, guard
from loaders import SourceError, data_folder, find_cards, read_card, read_release
from loaders.cards.tables import is_counted
from loaders.observations.splice import newest_first

CARDS = [card for card in map(read_card, find_cards(data_folder())) if card.kind in ("observations", "areas")]
TABLES = [(card.name, release) for card in CARDS for release in ("latest", *(one.id for one in card.releases))]
EVERY_TABLE = pytest.mark.parametrize(("dataset", "release"), TABLES, scope="module")  # one table at a time
CRIME = pytest.mark.parametrize(
    "release", ["latest", "2023-04", "2025-04", "2026-01", "2026-01-recent", "2026-04", "2026-08"]
)


def letters(table) -> np.ndarray:
    return np.array(STATUSES, dtype=object)[table.status]


@EVERY_TABLE
def test_every_missing_figure_has_a_status_that_says_so_and_no_figure_has_one(dataset, release, shelf):
    table = shelf.table(dataset, release)
    assert np.array_equal(np.isnan(table.values), np.isin(letters(table), WITHOUT_VALUE))


@EVERY_TABLE
def test_every_status_gives_its_reason(dataset, release, shelf):
    table = shelf.table(dataset, release)
    words = np.array(table.reasons, dtype=object)[table.reason]
    marked = letters(table) != ""
    assert (words[marked] != "").all()
    notes = {f"cell {number}" for number, cell in enumerate(shelf.cards[dataset].cells) if not cell["status"]}
    assert set("|".join(words[~marked & (words != "")]).split("|")) <= {"", *notes}, "a reason alone is a note"


@EVERY_TABLE
def test_no_number_is_negative_or_without_bound(dataset, release, shelf):
    values = shelf.table(dataset, release).values
    assert not (values < 0).any()
    assert not np.isinf(values).any()


@EVERY_TABLE
def test_areas_and_unallocated_counts_add_up_to_the_place(dataset, release, shelf):
    table = shelf.table(dataset, release)
    if table.areas[0] not in {place.code for place in shelf.places.values()}:
        assert len(table.areas) == 1, "a table without its place may only be of one area"
        return
    variables = shelf.cards[dataset].variables
    counted = [number for number, code in enumerate(table.variables) if is_counted(variables[code])]
    if len(table.areas) == 1 or not counted:  # the whole place alone, or the publisher's own rates
        return
    place, areas = table.values[counted][:, :, 0], table.values[counted][:, :, 1:]
    known = np.isfinite(place)
    assert known.any()
    np.testing.assert_allclose(place[known], np.nansum(areas, axis=2)[known], rtol=1e-12)


@EVERY_TABLE
def test_groups_are_the_sum_of_their_categories(dataset, release, shelf):
    table, tree = shelf.table(dataset, release), shelf.cards[dataset].tree
    row = {code: number for number, code in enumerate(table.categories)}
    for code in tree.nodes:
        below = [row[child.code] for child in tree.children(code) if child.in_total or tree.nodes[code].level != "all"]
        if below:
            known = np.isfinite(table.values[:, row[code]])
            assert np.array_equal(table.values[:, row[code]][known], np.nansum(table.values[:, below], axis=1)[known])


@CRIME
def test_fraud_is_in_no_total_in_any_month(release, shelf):
    table, tree = shelf.table("recorded_crime", release), shelf.cards["recorded_crime"].tree
    fraud = {"fraud_and_forgery", "nfib_fraud"}
    leaves = [n for n, code in enumerate(table.categories) if not tree.children(code) and code not in fraud]
    whole = table.series("offences", "all", "E12000007").values
    assert np.array_equal(whole, np.nansum(table.values[0, leaves, 0], axis=0))
    assert np.nansum([table.series("offences", code, "E12000007").values for code in fraud]) > 0


@CRIME
def test_a_table_holds_exactly_the_published_figures(release, shelf):
    """Nothing is lost or counted twice on the way: per month, the leaves of all areas are the cells of the file."""
    card, table = shelf.cards["recorded_crime"], shelf.table("recorded_crime", release)
    chosen = [one for one in card.releases if release in ("latest", one.id)]
    cells = newest_first([read_release(card, one, shelf.places["london"]) for one in chosen])
    leaves = [n for n, code in enumerate(table.categories) if not card.tree.children(code)]
    found = pd.Series(np.nansum(table.values[0][leaves][:, 1:], axis=(0, 1)), table.periods)
    assert (found - cells.groupby("period")["value"].sum()).abs().max() == 0


@pytest.mark.parametrize("policy", ["protect", "", "open"])
@pytest.mark.parametrize("dataset", ["population", "road_casualties"])
def test_a_dataset_that_asks_for_protection_shows_nothing(dataset, policy, shelf):
    card = shelf.cards[dataset]
    cells = newest_first([read_release(card, card.latest, shelf.places["london"])])
    with pytest.raises(SourceError, match="protection was asked for"):
        guard(cells, card.model_copy(update={"disclosure": policy}), shelf.places["london"])


def test_protection_declared_in_a_card_holds_on_the_whole_way(copy):
    copy.change_card("road_casualties", 'disclosure = "as_published"', 'disclosure = "protect"')
    path = copy.card_path("road_casualties")
    path.write_text(
        re.sub(r"^(sha256|rows|total) = .*\n", "", path.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8"
    )
    (fault,) = copy.faults("road_casualties")
    assert (fault.expected, fault.found) == ("as_published", "protect")


@EVERY_TABLE
def test_a_sum_of_one_marked_category_is_marked_too(dataset, release, shelf):
    """A group with a single category is that category: estimated or unreliable there means so here."""
    table, tree = shelf.table(dataset, release), shelf.cards[dataset].tree
    row = {code: number for number, code in enumerate(table.categories)}
    for code in tree.nodes:
        if len(tree.children(code)) == 1:
            (child,) = tree.leaves(code)
            assert np.array_equal(letters(table)[:, row[code]], letters(table)[:, row[child]]), (
                f"{code} loses the statuses of {child}"
            )
