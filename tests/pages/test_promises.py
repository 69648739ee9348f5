"""What a key result promised, read as one line after where it stands."""

import re

import pytest

from okrsite.pages.key_results import present_key_result
from okrsite.pages.words import ENGLISH
from okrsite.pages.writer import Writer
from tests.companies import compile_files

PAGE = "teams/acme/2026-Q4/index.html"


def _line(measure: str, value: str, team: str = "name: Acme") -> str:
    """What stands beside the title of a key result with a measure whose value was checked in."""
    checkin = f"---\nprogress:\n  fast#it: {{value: {value}}}\n---\n" if value else "---\n---\n"
    okrs = f"---\nobjectives:\n  fast:\n    title: Fast\n    key_results:\n      it: {{title: It, {measure}}}\n---\n"
    compiled = compile_files(
        {
            "teams/acme/team.md": f"---\n{team}\n---\n",
            "teams/acme/2026-Q4/okrs.md": okrs,
            "teams/acme/2026-Q4/checkins/2026-10-09.md": checkin,
        }
    )
    (kr,) = compiled.company.objectives["acme/2026-Q4/fast"].key_results
    view = present_key_result(kr, None, compiled, Writer(compiled.company, PAGE, ENGLISH), full=False)
    return re.sub("<[^>]*>", "", " · ".join(filter(None, (str(view.now.words) if view.now else "", view.aim))))


@pytest.mark.parametrize(
    ("measure", "value", "line"),
    [
        ("baseline: 94 s, target: 30 s", "58 s", "58 s · target 30 s"),
        ("baseline: 16%, change: -50%", "13%", "13% · target 8% (-50%)"),
        ("keep_below: 2%", "1.5%", "1.5% · to be kept at or below 2%"),
        ("keep_between: [2 h, 5 h]", "3 h", "3 h · to be kept between 2 h and 5 h"),
        ("deliver_by: 2026-11-28", '"yes"', "yes · due 28 November 2026"),
        ("judged: true, target: a signed contract", '"no"', "no · target: a signed contract"),
        ("judged: true", "60%", "60% of the way · in the team’s judgement"),
        ("find_baseline: true", "71%", "71% · first number found"),
        ("find_baseline: true", "", "no number yet · target: a first number"),
    ],
)
def test_a_value_and_what_was_promised_read_as_one_line(measure: str, value: str, line: str) -> None:
    assert _line(measure, value) == line


@pytest.mark.parametrize(
    ("measure", "value", "line"),
    [("judged: true", "60%", ""), ("find_baseline: true", "71%", "target: a first number")],
)
def test_the_promise_of_a_words_only_team_does_not_tell_where_it_stands(measure: str, value: str, line: str) -> None:
    assert _line(measure, value, "name: Acme\nfigures: words") == line
