"""A round can leave what is new as one commit on a branch: to be looked at, beside the folder that is served, and never pushed."""

from __future__ import annotations

import pytest

from loaders.commands import DONE, FAILED, WAITS
from tests.loaders.publisher import BEFORE, everything, releases, table
from tests.loaders.publisher import LATER as DATED
from tests.updates.conftest import git
from updates.__main__ import main

NEXT = {"body": table(12), "headers": {"ETag": '"three"', "Last-Modified": "Thu, 02 Apr 2026 08:00:00 GMT"}}


@pytest.fixture
def repository(measured, monkeypatch, tmp_path):
    """``repository(*turns)``: the data in a repository with a remote; the answers, the folder of the dataset, the repository, the remote."""
    for name, value in (("GIT_AUTHOR", "Tests"), ("GIT_COMMITTER", "Tests")):
        monkeypatch.setenv(f"{name}_NAME", value)
        monkeypatch.setenv(f"{name}_EMAIL", "tests@example.org")

    def start(*turns):
        answers, folder = measured(*turns)
        root, remote = folder.parents[3], tmp_path / "remote.git"
        git(root, "init", "--quiet", "--bare", str(remote))
        git(root, "init", "--quiet", "--initial-branch=main")
        (root / ".gitignore").write_text("remote.git\ndata/built/\n", encoding="utf-8")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "-m", "Begin")
        git(root, "remote", "add", "origin", str(remote))
        git(root, "push", "--quiet", "-u", "origin", "main")
        monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
        return answers, folder, root, remote

    return start


def refresh(*words: str) -> int:
    return main(["refresh", "--all", "--branch", "figures", *words])


def test_what_is_new_is_a_commit_on_the_branch_with_the_report_and_the_folder_stays_as_it_was(repository, capsys):
    _, folder, root, remote = repository({"body": table(11), "headers": DATED})
    before, head, refs = everything(folder), git(root, "rev-parse", "HEAD"), git(remote, "show-ref")
    assert refresh() == DONE
    assert "nothing was pushed" in capsys.readouterr().out
    assert everything(folder) == before
    assert (git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD")) == ("", head)
    assert git(root, "branch", "--show-current") == "main"
    changed = git(root, "diff", "--name-only", "main", "figures").splitlines()
    assert [path.rpartition("/")[2] for path in changed] == ["counts_2026-03-02.csv", "refresh.toml", "source.toml"]
    subject, _, body = git(root, "log", "-1", "--format=%B", "figures").partition("\n\n")
    assert subject == "Take over new releases: counts 2026-03-02"
    assert body.startswith("Refresh of ") and "* Invented: release of 2 March 2026" in body
    assert "\n数据更新：" in body and "\n新发布\n---\n" in body
    assert not any(line.startswith("#") for line in body.splitlines())
    assert git(remote, "show-ref") == refs
    assert git(root, "worktree", "list").count("\n") == 0
    git(root, "merge", "--quiet", "--ff-only", "figures")
    assert releases(folder) == ["counts_2025-12.csv", "counts_2026-03-02.csv"]


def test_a_branch_that_waits_to_be_merged_is_added_to_and_a_merged_one_begins_anew(repository):
    answers, folder, root, _ = repository({"body": table(11), "headers": DATED}, {"status": 304}, NEXT)
    assert refresh() == DONE
    first = git(root, "rev-parse", "figures")
    assert refresh() == DONE
    assert git(root, "rev-parse", "figures") == first, "the publisher has nothing newer than what waits there"
    assert answers.requests[1][1]["If-None-Match"] == DATED["ETag"]
    assert refresh() == DONE
    assert git(root, "rev-parse", "figures~1") == first
    git(root, "merge", "--quiet", "--no-ff", "-m", "Take them over", "figures")
    answers.turns[:] = [{"body": table(12, change={("North Field", "Theft", "2025-12"): 120}), "headers": {}}]
    assert refresh() == DONE
    assert git(root, "rev-parse", "figures~1") == git(root, "rev-parse", "main")
    assert len(releases(folder)) == 3


def test_where_nothing_is_new_there_is_no_branch(repository):
    _, _, root, _ = repository({"body": BEFORE})
    assert refresh() == DONE
    assert git(root, "branch", "--format=%(refname:short)") == "main"


def test_what_a_person_must_look_at_is_no_commit(repository):
    _, _, root, _ = repository({"body": table(8)})
    assert refresh() == WAITS
    assert git(root, "branch", "--format=%(refname:short)") == "main"
    assert git(root, "worktree", "list").count("\n") == 0


@pytest.mark.parametrize(
    ("name", "said"), [("main", "is checked out"), ("--force", "usage"), ("a..b", "git check-ref")]
)
def test_a_branch_that_may_not_be_moved_is_left_and_nobody_is_asked(repository, capsys, name, said):
    answers, _, root, _ = repository({"body": table(11)})
    head = git(root, "rev-parse", "main")
    assert main(["refresh", "--all", "--branch", name]) != DONE
    assert said in capsys.readouterr().err
    assert (git(root, "rev-parse", "main"), answers.requests) == (head, [])


def test_a_repository_that_refuses_the_commit_is_named_and_the_branch_is_not_made(repository, capsys):
    _, _, root, _ = repository({"body": table(11)})
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'no such commits here' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert refresh() == FAILED
    assert "git commit: was refused" in capsys.readouterr().err
    assert git(root, "branch", "--format=%(refname:short)") == "main"
    assert git(root, "worktree", "list").count("\n") == 0


def test_data_outside_a_repository_are_left_as_they_are(measured, monkeypatch, capsys):
    answers, folder = measured({"body": table(11)})
    monkeypatch.setenv("FIGURES_DATA", str(folder.parents[2]))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/")
    assert refresh() == FAILED
    assert "git rev-parse: was refused" in capsys.readouterr().err
    assert answers.requests == []
