"""The clock jumps: the build that was made last is the one that is shown, and no release is put before an older one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from disclosure.builds import BUILDS, HOME
from loaders import read_card
from loaders.__main__ import main as asked
from loaders.commands import DONE
from measures.__main__ import main as measures
from tests.faults.clocks import at_another_time, dated
from tests.faults.moments import calm, figures, whole_build
from tests.faults.test_kills import published_anew
from tests.forked import in_child
from tests.loaders.publisher import BEFORE, dataset, publisher, readable, table
from tests.measures.clock import Looked

BEHIND, AHEAD = timedelta(days=-365 * 40), timedelta(days=365 * 60)


def test_of_builds_at_any_time_the_last_one_is_shown_and_the_others_go(root):
    seen = [whole_build(root)]
    for number, ahead in enumerate((AHEAD, BEHIND, timedelta(0), timedelta(days=-1))):
        published_anew(root, number + 1)
        told = figures(root)
        assert in_child(at_another_time(lambda: measures(["build"]), ahead)) == DONE
        seen.append(whole_build(root))
        np.testing.assert_array_equal(figures(root), told)
    assert len(set(seen)) == 5, "each was shown when it was the last"
    assert {path.name for path in (root / HOME / BUILDS).iterdir()} <= set(seen[-2:])


@pytest.mark.parametrize("ahead", [BEHIND, AHEAD], ids=["behind", "ahead"])
def test_a_running_server_takes_up_what_has_changed_whatever_its_date(ahead, root, monkeypatch):
    running = Looked(root, monkeypatch)
    before = running.after(0)
    published_anew(root, 3)
    dated(root, ahead)
    after = running.after(60)
    assert after is not before and whole_build(root)
    assert after.cards["counts"].latest.sha256 != before.cards["counts"].latest.sha256


@pytest.mark.parametrize("ahead", [BEHIND, AHEAD], ids=["behind", "ahead"])
def test_a_release_that_is_taken_up_at_a_wrong_time_is_never_dated_into_the_future_and_the_clock_is_told(
    ahead, tmp_path, monkeypatch, capfd
):
    today = datetime.now(UTC).date().isoformat()
    with publisher({"body": table(11)}, {"body": table(12)}) as answers:
        folder = dataset(tmp_path / "data", answers.url, BEFORE)
        monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
        assert in_child(at_another_time(lambda: asked(["refresh"]), ahead)) == DONE
        said = calm("".join(capfd.readouterr()))
        assert "the clock of this machine says" in said and "Set the clock that is wrong." in said
        assert in_child(lambda: asked(["refresh"])) == DONE
        assert "the clock of this machine" not in "".join(capfd.readouterr())
        dates = [release.published for release in read_card(folder / "source.toml").releases]
        assert len(dates) == 3 and dates == sorted(dates) and dates[-1][:7] <= today[:7]
        assert readable(folder) == 88 + 92 + 96
