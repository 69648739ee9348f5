"""What a content file is, told from its place alone."""

from datetime import date

import pytest

from okrsite.core.parse.place import Place, find_place
from okrsite.core.source import SourceFile

from ..company import CONTENT, matter, parsed


def place(path: str) -> Place:
    found, problems = find_place(SourceFile(CONTENT + path, path, ""))
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.md", Place("mission")),
        ("cycles/2026-Q4.md", Place("cycle", name="2026-Q4")),
        ("cycles/spring.md", Place("cycle", name="spring")),
        ("pages/glossary.md", Place("page", name="glossary")),
        ("teams/payments/team.md", Place("team", team="payments")),
        ("teams/payments/2026-Q4/okrs.md", Place("okrs", team="payments", cycle="2026-Q4")),
        ("teams/payments/2026-Q4/retro.md", Place("retro", team="payments", cycle="2026-Q4")),
        (
            "teams/payments/2026-Q4/checkins/2026-10-12.md",
            Place("checkin", team="payments", cycle="2026-Q4", on=date(2026, 10, 12)),
        ),
        (
            "teams/payments/2026-Q4/questions/why-not-cash.md",
            Place("question", team="payments", cycle="2026-Q4", name="why-not-cash"),
        ),
        ("teams/支付/2026-Q4/okrs.md", Place("okrs", team="支付", cycle="2026-Q4")),
        ("teams/payments/2026-Q4/okrs.zh.md", Place("okrs", team="payments", cycle="2026-Q4", language="zh")),
        ("index.zh-TW.md", Place("mission", language="zh-TW")),
        ("index.zh-Hant-TW.md", Place("mission", language="zh-Hant-TW")),
    ],
)
def test_a_place_says_what_a_file_is_and_who_speaks(path: str, expected: Place) -> None:
    assert place(path) == expected


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("readme.md", "stray-file", ""),
        ("teams/stores/okrs.md", "stray-file", "teams/<team>/<cycle>/"),
        ("teams/stores/2026-Q4/okr.md", "stray-file", "`okrs.md`"),
        ("team/stores/team.md", "stray-file", "`teams`"),
        ("teams/stores/2026-Q4/checkin/2026-10-12.md", "stray-file", "`checkins`"),
        ("teams/stores/2026-Q4/checkins/deep/2026-10-12.md", "stray-file", ""),
        ("cycles/2026/Q4.md", "stray-file", ""),
        ("teams/two words/team.md", "bad-id", "rename"),
        ("teams/stores/2026.Q4/okrs.md", "bad-id", "rename"),
        ("pages/how we do it.md", "bad-id", "rename"),
        ("teams/stores/2026-Q4/checkins/october.md", "bad-date", "2026-10-31.md"),
        ("teams/stores/2026-Q4/checkins/2026-13-01.md", "bad-date", "2026-10-31.md"),
        ("teams/stores/2026-Q4/checkins/2026-2-1.md", "bad-date", "rename it `2026-02-01.md`"),
        ("teams/stores/2026-Q4/checkins/1-2-2026.md", "bad-date", "2026-10-31.md"),
    ],
)
def test_a_file_where_none_is_read_is_reported(path: str, code: str, hint: str) -> None:
    found, problems = find_place(SourceFile(CONTENT + path, path, ""))
    assert found is None
    assert [(problem.code, problem.span.path) for problem in problems] == [(code, CONTENT + path)]
    assert hint in problems[0].hint
    assert problems[0].hint


@pytest.mark.parametrize("path", ["teams/payments/okrs.md", "teams/payments/2026-Q4/okr.md", "teams/cycle/okr.md"])
def test_the_name_of_a_team_is_no_misspelt_folder(path: str) -> None:
    _, problems = find_place(SourceFile(CONTENT + path, path, ""))
    assert [problem.code for problem in problems] == ["stray-file"]
    assert "`pages`" not in problems[0].hint
    assert "`cycles`" not in problems[0].hint


def test_front_matter_cannot_claim_another_team() -> None:
    found = parsed("teams/payments/2026-Q4/okrs.md", matter("team: stores\nobjectives: {}"))
    assert found.file is not None
    assert (found.file.team, found.file.cycle) == ("payments", "2026-Q4")
    assert [problem.code for problem in found.problems] == ["unknown-key"]


def test_a_file_in_no_place_has_no_value() -> None:
    found = parsed("notes.md", "anything")
    assert found.file is None
    assert len(found.problems) == 1
