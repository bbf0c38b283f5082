"""The usual revision by group and age, and for how long a group is provisional: rules on small made-up triangles and on London."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.triangle import AREAS, PLACE, Triangle, known_periods, publications, triangle_of
from disclosure.usual_revision import (
    COMPLETE,
    STEPS,
    Usual,
    compared,
    fresh_months,
    group_of,
    provisional_periods,
    step_of,
    usual_by_step,
    usual_of_tables,
)

GROUPS = [f"group_{letter}" for letter in "abcdefgh"]
LONDON = "E12000007"


def triangle(raised: float, spread: float = 0.0, size: float = 1000.0, seed: int = 1) -> Triangle:
    """Four publications, three months apart, each with twelve months; each has ``raised`` less of its newest three."""
    rng = np.random.default_rng(seed)
    values, ages = np.full((4, 1, 21), np.nan), np.full((4, 21), -1)
    for number in range(4):
        held = slice(3 * number, 3 * number + 12)
        ages[number, held] = np.arange(11, -1, -1)
        young = (ages[number] >= 0) & (ages[number] < 3)
        noise = np.exp(rng.normal(0, spread, 21)) if spread else np.ones(21)
        values[number, 0, held] = (np.where(young, size / (1 + raised), size) * noise)[held]
    return Triangle(values, ages)


def alike(**others: Triangle) -> dict[str, Triangle]:
    return {code: triangle(0.0, 0.004, seed=n) for n, code in enumerate(GROUPS)} | others


def test_a_figure_is_compared_with_the_newest_publication_that_holds_it():
    made = Triangle(
        np.array([[[10.0, 20.0]], [[11.0, np.nan]], [[np.nan, 24.0]]]), np.array([[1, 0], [0, -1], [-1, 0]])
    )
    assert made.newest.tolist() == [[1, 2]]
    assert made.settled.tolist() == [[11.0, 24.0]]


def test_the_ages_are_cut_into_three_steps_and_older_ones_are_not_looked_at():
    assert [step_of(age) for age in (-1, 0, 2, 3, 5, 6, 11, 12, 40)] == [-1, 0, 0, 1, 1, 2, 2, -1, -1]


def test_where_nothing_was_revised_beyond_noise_the_mean_is_none_and_the_range_holds_it():
    for usual in usual_by_step(alike(), PLACE).values():
        assert usual.mean == 0
        assert usual.low < 0 < usual.high < 0.03


def test_a_group_that_is_raised_by_a_tenth_stays_unlike_the_others_and_draws_none_of_them_along():
    found = usual_by_step(alike(late=triangle(0.10, 0.004)), PLACE)
    assert 0.07 < found["late", 0].mean <= 0.10
    assert all(found[code, 0].mean == 0 for code in GROUPS)
    assert found["late", 1].mean == 0


def test_a_mean_of_one_noisy_group_is_drawn_towards_all_of_them():
    noisy = triangle(0.01, 0.05, seed=7)
    alone = usual_by_step({"noisy": noisy}, PLACE)["noisy", 0]
    among = usual_by_step(alike(noisy=noisy), PLACE)["noisy", 0]
    assert abs(among.mean) <= abs(alone.mean) + 1e-12
    assert among.high - among.low < alone.high - alone.low


def test_a_group_is_provisional_until_95_per_cent_of_what_is_finally_counted_is_in():
    usual = {
        ("a", 0): Usual(0.20, 0.1, 0.3, 3, 9),
        ("a", 1): Usual(0.06, 0, 0.1, 3, 9),
        ("a", 2): Usual(0.05, 0, 0.1, 3, 9),
    }
    assert [usual["a", step].complete < COMPLETE for step in range(3)] == [True, True, False]
    assert fresh_months(usual, "a") == STEPS[2] == 6
    assert fresh_months(usual, "b") == 0


def test_what_was_published_before_the_recording_changed_tells_nothing():
    late = triangle(0.10, 0.004)
    assert (
        usual_by_step(alike(late=late), PLACE, start=12)["late", 0].pairs
        < usual_by_step(alike(late=late), PLACE)["late", 0].pairs
    )
    assert usual_by_step(alike(), PLACE, start=21) == {}


@pytest.fixture(scope="module")
def london(shelf):
    card = shelf.cards["recorded_crime"]
    return card, shelf.places["london"], {one.id: shelf.table("recorded_crime", one.id) for one in card.releases}


def test_two_files_of_one_date_without_a_common_period_are_one_publication(london):
    card, *_ = london
    assert publications(card) == [["2023-04"], ["2025-04"], ["2026-01", "2026-01-recent"], ["2026-04"], ["2026-08"]]
    alike = tuple(one.model_copy(update={"published": "2026"}) for one in card.releases[2:])
    assert len(publications(card.model_copy(update={"releases": alike}))) == 3  # of one date, but with common periods


def test_the_triangle_has_every_publication_at_its_age(london):
    card, place, tables = london
    made = triangle_of(tables, card, "offences", "possession_of_weapons", [place.code])
    every = known_periods(tables)
    january = every.index("2025-01")
    assert made.ages[:, january].tolist() == [-1, 2, 10, 14, 17]
    assert made.values[1:, 0, january].tolist() == [
        table.series("offences", "possession_of_weapons", place.code).values[table.position("2025-01")]
        for table in (tables[name] for name in ("2025-04", "2026-01-recent", "2026-04", "2026-08"))
    ]


def test_weapons_are_raised_most_and_are_the_only_group_that_is_provisional(london):
    card, place, tables = london
    usual = usual_of_tables(tables, card, place, "offences", PLACE)
    groups = [code for code in compared(card) if code != "all"]
    assert max(groups, key=lambda code: usual[code, 0].mean) == "possession_of_weapons"
    months = provisional_periods(tables, card, place)
    assert {code: number for code, number in months.items() if number} == {"possession_of_weapons": 6}
    assert all(usual[code, step].pairs == 3 for code in groups for step in range(3))


def test_areas_are_revised_otherwise_than_the_place(london):
    card, place, tables = london
    of_place, of_areas = (usual_of_tables(tables, card, place, "offences", level) for level in (PLACE, AREAS))
    assert of_place.keys() == of_areas.keys()
    assert of_areas["sexual_offences", 0].mean > 0 == of_place["sexual_offences", 0].mean  # allocated to boroughs later


def test_the_means_are_those_of_the_published_files_added_up_by_hand(london):
    """Weapons, 0 to 2 months old: 1,421 → 1,807 (April 2025), and so on; one standard error is the most that is drawn."""
    card, place, tables = london
    made = triangle_of(tables, card, "offences", "possession_of_weapons", [place.code])
    young = (
        (made.ages >= 0) & (made.ages < 3) & (np.arange(made.ages.shape[1]) >= known_periods(tables).index("2024-03"))
    )
    logs, weights = [], []
    for number, some in enumerate(young[:-1]):
        if some.any():
            logs += list(np.log(made.settled[0, some] / made.values[number, 0, some]))
            weights += list(made.values[number, 0, some])
    mean = np.average(logs, weights=weights)
    usual = usual_of_tables(tables, card, place, "offences", PLACE)["possession_of_weapons", 0]
    assert len(logs) == usual.cells == 9
    assert 0 < np.log1p(usual.mean) < mean
    assert 0.10 < mean < 0.16


def test_a_type_is_given_the_months_of_its_group_and_what_is_in_no_total_its_own(london):
    card, *_ = london
    assert group_of(card, "rape") == "sexual_offences"
    assert group_of(card, "stalking_and_harassment") == "violence_against_the_person"
    assert group_of(card, "all") == "all"
    assert group_of(card, "fraud_and_forgery") == "fraud_and_forgery"


def test_a_dataset_with_one_release_keeps_what_its_card_says(shelf):
    card = shelf.cards["road_casualties"]
    tables = {card.latest.id: shelf.table("road_casualties", card.latest.id)}
    assert provisional_periods(tables, card, shelf.places["london"]) is None
    assert usual_of_tables(tables, card, shelf.places["london"], "killed_or_seriously_injured", PLACE) == {}


def test_the_marks_of_the_default_series_are_those_of_the_triangle(shelf):
    table = shelf.table("recorded_crime")
    for category, months in (("possession_of_weapons", 6), ("all", 0), ("drug_offences", 0)):
        marked = ["provisional" in one.split("|") for one in table.series("offences", category, LONDON).reasons]
        assert marked == [number >= len(marked) - months for number in range(len(marked))]
