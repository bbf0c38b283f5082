"""Map classes are told apart in greyscale and by colour-blind readers; zero and the kinds of no figure look different."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from charts import theme
from charts.areas.figure_dress import no_figure_kind

# Machado, Oliveira and Fernandes (2009), severity 1.0: what protanopes and deuteranopes see of a linear colour
BLIND = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}


def linear(colour: str) -> np.ndarray:
    colour = theme.resolved(colour)
    part = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lightness(rgb: np.ndarray) -> float:
    light = float(np.array([0.2126, 0.7152, 0.0722]) @ rgb)
    return 116 * np.cbrt(light) - 16


def test_classes_darken_step_by_step_in_grey():
    steps = [lightness(linear(colour)) for colour in theme.SEQUENTIAL]
    assert all(before - after > 10 for before, after in itertools.pairwise(steps))


@pytest.mark.parametrize("kind", BLIND)
def test_classes_darken_step_by_step_for_colour_blind_readers(kind):
    steps = [lightness(np.clip(np.array(BLIND[kind]) @ linear(colour), 0, 1)) for colour in theme.SEQUENTIAL]
    assert all(before - after > 8 for before, after in itertools.pairwise(steps))


@pytest.mark.parametrize("seen", ["grey", *BLIND])
def test_what_differs_from_the_place_darkens_away_from_the_middle_and_its_ends_are_told_apart(seen):
    eyes = np.eye(3) if seen == "grey" else np.array(BLIND[seen])
    steps = [lightness(np.clip(eyes @ linear(colour), 0, 1)) for colour in theme.DIFFERS]
    assert steps[0] + 8 < steps[1] < steps[2] - 8
    assert steps[4] + 8 < steps[3] < steps[2] - 8
    assert len(set(theme.DIFFERS_SIGNS)) == len(theme.DIFFERS), "in grey the sign tells lower from higher"


def test_zero_and_every_kind_of_no_figure_look_different_from_each_other_and_from_a_class():
    looks = [(fill, letter) for fill, letter, _ in theme.KINDS.values()] + [(colour, "") for colour in theme.SEQUENTIAL]
    looks += list(zip(theme.DIFFERS[:4], theme.DIFFERS_SIGNS[:4], strict=True))  # the darkest one stands in both scales
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize(
    ("value", "status", "reason", "kind"),
    [
        (0.0, "", "", "zero"),
        (0.0, "p", "provisional", "zero"),
        (np.nan, "c", "withheld", "withheld"),
        (np.nan, "x", "not_published", "not_published"),
        (np.nan, "x", "not_yet_published", "not_yet_published"),
        (np.nan, "x", "not_covered", "not_covered"),
        (np.nan, "z", "no_such_category", "not_applicable"),
        (np.nan, "z", "no_such_area", "no_such_area"),
        (3.0, "u", "unallocated 0.191", ""),
    ],
)
def test_a_status_decides_how_an_area_is_drawn(value, status, reason, kind):
    assert no_figure_kind(value, status, reason) == kind


WRITTEN = [("ink", "paper"), ("ink", "panel"), ("muted", "paper"), ("muted", "panel"), ("accent", "paper")]
WRITTEN += [("second", "paper"), *((f"class{n}", "onlow") for n in (1, 2, 3)), ("class5", "onhigh")]
DRAWN = [(name, "paper") for name in ("context", "edge", "area3", "area4", "area5", "area6", "class4")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("pair", "least"), [(pair, 4.5) for pair in WRITTEN] + [(pair, 3.0) for pair in DRAWN])
def test_text_and_lines_stand_out_from_their_ground(pair, least, dark):
    light, low = sorted((brightness(theme.TOKENS[name][dark]) for name in pair), reverse=True)
    assert (light + 0.05) / (low + 0.05) >= least


def brightness(colour: str) -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


def test_a_file_knows_no_sheet_and_has_its_colours_in_figures():
    drawn = f'<path fill="{theme.INK}" stroke="{theme.SEQUENTIAL[4]}"/>'
    assert theme.resolved(drawn) == '<path fill="#1d2a35" stroke="#0b4452"/>'
    assert theme.resolved(drawn, dark=True) == '<path fill="#e8edf1" stroke="#c3e3e6"/>'


def test_the_sheet_has_the_colours_of_the_charts_in_light_and_dark():
    text = (Path(theme.__file__).parents[1] / "routes" / "style.css").read_text("utf-8")
    for number in (0, 1):
        for name, colours in theme.TOKENS.items():
            assert f"--{name}: {colours[number]};" in text, (name, colours[number])
