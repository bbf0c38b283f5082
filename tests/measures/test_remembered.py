"""What is remembered is worked out once, takes a bounded number of bytes, goes with its shelf, and nobody can spoil it for the others."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass

import numpy as np
import pandas as pd
import pytest

import charts
import language
import layout
import measures
import routes
from disclosure.remembered import MB, MOST, Frame, remembered, size_of
from loaders import data_folder
from measures.about.similar_areas import characteristics, similar
from measures.change.revisions import held_twice
from measures.claims.collection import claims_table
from measures.figures.compute import Query, compute
from measures.maps.funnel import funnel
from measures.maps.map import mapped
from measures.store.shelf import Shelf

RATE = Query("london", "recorded_crime", ("E09000007", "E09000033"), "robbery", "rolling_rate")


class Keeper:
    """Something that results are kept on, as they are on a shelf."""


@pytest.fixture
def worked():
    """A function that is remembered, up to a megabyte, and what it was called with."""
    calls = []

    @remembered(MB)
    def work(number: int, shelf: Shelf, *, more: int = 0) -> np.ndarray:
        calls.append((number, more))
        if number < 0:
            raise ValueError(number)
        return np.full(25_000, number + more)

    yield work, calls
    del MOST[f"{work.__module__}.{work.__qualname__}"]


def test_the_same_question_is_worked_out_once_and_another_on_its_own(worked):
    work, calls = worked
    one, other = Keeper(), Keeper()
    for _ in range(3):
        assert (
            work(1, one)[0],
            work(1, shelf=one)[0],
            work(2, one)[0],
            work(1, one, more=5)[0],
            work(1, other)[0],
        ) == (1, 1, 2, 6, 1)
    assert calls == [(1, 0), (2, 0), (1, 5), (1, 0)]


def test_no_more_bytes_are_kept_than_allowed_and_what_was_asked_last_stays(worked):
    work, calls = worked
    keeper = Keeper()
    for number in range(300):
        work(number, keeper)
    assert size_of(vars(keeper)) < 1.2 * MB
    before = len(calls)
    work(299, keeper)
    assert len(calls) == before
    work(0, keeper)
    assert len(calls) == before + 1


def test_a_result_larger_than_allowed_is_remembered_alone():
    calls = []

    @remembered(1000)
    def work(number: int, shelf: Shelf) -> np.ndarray:
        calls.append(number)
        return np.zeros(5000)

    keeper = Keeper()
    for number in (1, 1, 2, 2, 1):
        work(number, keeper)
    assert calls == [1, 2, 1]
    del MOST[f"{work.__module__}.{work.__qualname__}"]


@pytest.mark.parametrize("count", [1, 32, 33, 40, 500, 3000])
def test_the_size_of_many_alike_is_near_that_of_each_of_them(count):
    rows = [(f"area {number}", "x" * (20 + number % 60), number * 1.5) for number in range(count)]
    each = sum(size_of(row) for row in rows)
    assert 0.8 * each <= size_of(tuple(rows)) - sys.getsizeof(tuple(rows)) <= 1.2 * each


def test_what_differs_in_kind_or_size_is_looked_at_one_by_one():
    """Else a large array among small things would pass the bound unseen."""
    arrays = [np.zeros(1 + 50_000 * (number == 41)) for number in range(60)]
    mixed = [*(f"text {number}" for number in range(60)), np.zeros(50_000)]
    assert size_of(arrays) > 400_000 and size_of(mixed) > 400_000


def test_a_failure_is_not_remembered(worked):
    work, calls = worked
    for _ in range(2):
        with pytest.raises(ValueError):
            work(-1, keeper := Keeper())
        with pytest.raises(ValueError):
            work(-1, keeper)
    assert len(calls) == 4


def test_who_asks_for_what_is_being_worked_out_waits_for_it():
    begun, go_on, calls = threading.Event(), threading.Event(), []

    @remembered()
    def work(shelf: Shelf, key: str) -> str:
        calls.append(key)
        begun.set()
        assert go_on.wait(20)
        return key

    keeper = Keeper()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(work, keeper, "a") for _ in range(8)]
        assert begun.wait(20)
        go_on.set()
        assert [one.result(20) for one in asked] == ["a"] * 8
    assert calls == ["a"]
    del MOST[f"{work.__module__}.{work.__qualname__}"]


def test_what_is_remembered_goes_with_its_shelf():
    shelf = Shelf(data_folder())
    (
        compute(RATE, shelf),
        similar("london", "E09000007", shelf),
        held_twice(shelf, "recorded_crime"),
        funnel(RATE, shelf),
    )
    gone = weakref.ref(shelf)
    del shelf
    gc.collect()
    assert gone() is None


FRAMES = {
    "a measure": lambda shelf: compute(RATE, shelf).table,
    "a line of a measure": lambda shelf: compute(RATE, shelf).line("E09000007"),
    "a map": lambda shelf: mapped(RATE, "quantiles", shelf).table,
    "a funnel": lambda shelf: funnel(RATE, shelf).table,
    "similar districts": lambda shelf: similar("london", "E09000007", shelf).table,
    "cells held twice": lambda shelf: held_twice(shelf, "recorded_crime"),
    "characteristics": lambda shelf: characteristics("london", shelf),
    "statements": lambda shelf: claims_table(shelf, "shanghai_statements"),
}
SPOILT = {
    "a new column": lambda frame: frame.insert(0, "spoilt", 1),
    "a column set": lambda frame: frame.__setitem__(frame.columns[0], None),
    "a cell set by place": lambda frame: frame.iloc.__setitem__((0, 0), None),
    "a cell set by name": lambda frame: frame.loc.__setitem__((frame.index[0], frame.columns[0]), frame.iloc[-1, 0]),
    "a column taken": lambda frame: frame.pop(frame.columns[0]),
    "rows dropped in place": lambda frame: frame.drop(index=frame.index, inplace=True),
    "sorted in place": lambda frame: frame.sort_index(ascending=False, inplace=True),
    "renamed": lambda frame: setattr(frame, "columns", range(frame.shape[1])),
    "an index set": lambda frame: setattr(frame, "index", range(1, len(frame) + 1)),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("spoil", SPOILT)
@pytest.mark.parametrize("what", FRAMES)
def test_a_frame_that_one_spoils_is_whole_for_the_next(what, spoil, shelf):
    whole = FRAMES[what](shelf).copy(deep=True)
    assert len(whole) > 1
    SPOILT[spoil](FRAMES[what](shelf))
    pd.testing.assert_frame_equal(FRAMES[what](shelf), whole)


def test_the_numbers_of_a_shared_frame_cannot_be_written_to(shelf):
    table = compute(RATE, shelf).table
    for name in table.columns:
        with pytest.raises(ValueError, match="read-only"):
            table[name].to_numpy()[0] = None
        with pytest.raises(ValueError, match="read-only"):
            compute(RATE, shelf).columns[name][0] = None


def test_lists_dicts_and_arrays_refuse_to_be_changed():
    @dataclass
    class Whole:
        values: np.ndarray

    @remembered()
    def work(shelf: Shelf, kind: str):
        return {"dict": {"a": [1]}, "list": [1, 2], "array": np.zeros(2), "whole": Whole(np.zeros(2))}[kind]

    keeper = Keeper()
    assert work(keeper, "list") == (1, 2) and work(keeper, "dict") == {"a": (1,)}
    for change in (
        lambda one: one.__setitem__("a", 2),
        lambda one: one.pop("a"),
        lambda one: one.update(b=1),
        lambda one: one.clear(),
    ):
        with pytest.raises(TypeError):
            change(work(keeper, "dict"))
    for array in (work(keeper, "array"), work(keeper, "whole").values):
        with pytest.raises(ValueError):
            array[0] = 1
    del MOST[f"{work.__module__}.{work.__qualname__}"]


def test_every_dataclass_of_the_measures_hands_out_its_frame_as_a_copy():
    """One yet to be written, too."""
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(measures.__path__, "measures.")
        if "__main__" not in one.name
    ]
    kinds = {kind for one in modules for kind in vars(one).values() if isinstance(kind, type) and is_dataclass(kind)}
    held = [(kind, one.name) for kind in kinds for one in fields(kind) if "DataFrame" in str(one.type)]
    assert len(held) >= 5
    assert [f"{kind.__name__}.{name}" for kind, name in held if not isinstance(vars(kind).get(name), Frame)] == []


def test_all_that_may_be_remembered_of_one_shelf_is_bounded():
    for package in (measures, language, charts, layout, routes):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" not in one.name:
                importlib.import_module(one.name)
    assert len(MOST) > 60
    assert sum(MOST.values()) < 800 * MB
