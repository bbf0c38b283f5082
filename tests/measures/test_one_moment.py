"""Servers that read a change at different moments take it up at the same one."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from measures.store.reload import LINK, stamp, wait_for

seconds = st.floats(0, 1e9, allow_nan=False)


def files(*written: float) -> dict:
    return {str(number): (int(moment * 1e9), 0, 0, 0) for number, moment in enumerate(written)}


@given(written=st.lists(seconds, min_size=1), read=st.lists(st.floats(0, 29), min_size=2, max_size=2))
def test_whoever_is_ready_in_time_waits_until_the_moment_that_all_others_wait_for(written, read):
    last = max(written)
    moments = [last + late + wait_for({}, files(*written), 30.0, last + late) for late in read]
    assert all(abs(moment - (last + 30)) < 1e-5 for moment in moments)


@given(written=seconds, now=seconds, most=st.floats(0, 100))
def test_nobody_waits_longer_than_was_said_whatever_the_clock_says(written, now, most):
    assert 0 <= wait_for({}, files(written), most, now) <= most


def test_only_what_has_changed_counts_and_nothing_waits_where_nothing_is_said():
    before = files(1000.0, 10.0)
    assert wait_for(before, files(1000.0, 20.0), 30.0, 25.0) == 25.0
    assert wait_for(before, files(1000.0, 20.0), 0.0, 25.0) == 0.0
    assert wait_for(before, files(1000.0), 30.0, 25.0) == 0.0


def test_another_folder_behind_a_link_is_a_change_of_the_moment_in_which_the_link_was_made(tmp_path):
    for name in ("first", "second"):
        (tmp_path / name / "places").mkdir(parents=True)
        (tmp_path / name / "places" / "a.toml").write_text("", "utf-8")
        os.utime(tmp_path / name / "places" / "a.toml", (100, 100))
    link = tmp_path / "current"
    link.symlink_to("first")
    before = stamp(link)
    link.unlink()
    link.symlink_to("second")
    after = stamp(link)
    assert before != after and after[LINK][0] / 1e9 > 1_000_000
    assert 20 < wait_for(before, after, 30.0, after[LINK][0] / 1e9 + 1) <= 29.1
