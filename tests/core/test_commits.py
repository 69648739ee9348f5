"""The main line of a history, and what people said in its commits."""

from datetime import date

import pytest

from okrsite.core.commits import MAX_MESSAGE, main_line, said
from okrsite.shell.git import LoggedCommit


def commit(id_: str, *parents: str, message: str = "", path: str = "okrs.md") -> LoggedCommit:
    return LoggedCommit(id_, parents, date(2026, 11, 1), message or id_, {path: f"blob {id_}"})


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Lower it\n\nThe network needs it.\n", "Lower it The network needs it."),
        ("Merge branch 'lower' into main\n\nLower it\n\nSee merge request okrs!7", "Lower it"),
        ("Merge pull request #7 from somebody/lower\n\nLower the target", "Lower the target"),
        ("Lower it\n\nSigned-off-by: Pat Doe <pat@acme.example>\nCo-authored-by: Lee <l@e.example>", "Lower it"),
        ("Lower it, says pat@acme.example", "Lower it, says"),
        ('Revert "Lower it"\n\nThis reverts commit 0123.', 'Revert "Lower it"'),
        ("Lower\x1b[31m it\u202e", "Lower[31m it"),
        ("", ""),
    ],
)
def test_only_what_people_said_is_kept(message: str, words: str) -> None:
    assert said(message) == words


def test_a_long_message_is_cut() -> None:
    assert len(said("word " * 1_000)) <= MAX_MESSAGE


def test_the_main_line_follows_first_parents_and_merges_speak_with_their_branches() -> None:
    logged = [
        commit("d", "m"),
        commit("m", "b", "s2", message="Merge branch 'side'"),
        commit("b", "a"),
        commit("s2", "s1"),
        commit("s1", "a", path="other.md"),
        commit("a"),
    ]
    line = main_line(logged, "d")
    assert line
    assert [step.id for step in line] == ["a", "b", "m", "d"]
    assert line[2].messages == {"okrs.md": "s2"}


def test_a_line_goes_on_from_a_known_commit_or_not_at_all() -> None:
    logged = [commit("c", "b"), commit("b", "a")]
    assert [step.id for step in main_line(logged, "c", "a") or ()] == ["b", "c"]
    assert main_line(logged, "c", "elsewhere") is None
