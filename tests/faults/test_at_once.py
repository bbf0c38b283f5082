"""Several commands at once, each begun when it likes: one works, the others say whom they wait for."""

from __future__ import annotations

import time

import numpy as np

from disclosure.builds import BUILDS, HOME
from loaders.__main__ import main as asked
from loaders.commands import DONE, FAILED, WAITS
from measures.__main__ import main as measures
from tests.faults.moments import calm, figures, whole_build
from tests.forked import begun, ended
from tests.loaders.publisher import BEFORE, dataset, publisher, readable, releases, table


def test_of_builds_at_once_one_works_and_the_others_say_so(root, dice, capfd):
    told, names = figures(root), {whole_build(root)}
    for _ in range(3):
        late = [dice.random() * 0.3 for _ in range(3)]
        children = [begun(lambda wait=wait: time.sleep(wait) or measures(["build"])) for wait in late]
        endings = [ended(child) for child in children]
        said = calm(capfd.readouterr().err)
        assert DONE in endings and set(endings) <= {DONE, WAITS}
        assert said.count("is being built by another run. Wait for it to end.") == endings.count(WAITS)
        np.testing.assert_array_equal(figures(root), told)
        names.add(whole_build(root))
    assert len(names) == 4
    assert len(list((root / HOME / BUILDS).iterdir())) == 2


def test_of_refreshes_at_once_one_writes_and_the_release_is_there_once(tmp_path, dice, monkeypatch, capfd):
    with publisher({"body": table(11), "piece": 500, "wait": 0.01}) as answers:
        folder = dataset(tmp_path / "data", answers.url, BEFORE)
        monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
        late = [0.0, *(dice.random() * 0.3 for _ in range(3))]
        children = [begun(lambda wait=wait: time.sleep(wait) or asked(["refresh", "counts"])) for wait in late]
        endings = [ended(child) for child in children]
        said = calm("".join(capfd.readouterr()))
        assert DONE in endings and set(endings) <= {DONE, FAILED}
        assert said.count("is being refreshed by another run") == endings.count(FAILED)
        assert said.count("counts: written") == 1
        assert len(releases(folder)) == 2 and readable(folder) == 88 + 92
