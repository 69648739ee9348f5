"""Two versions of a promise, and what changed in meaning between them."""

from typing import Final

import pytest

from okrsite.core.changes import checkin_changes, guardrail_changes, objective_changes, score_changes
from okrsite.core.history import Change, What
from okrsite.core.model import CheckInFile, OkrsFile, RetroFile
from tests.core.company import matter, parsed

REF: Final = "acme/2026-Q4/instant"
PLACE: Final = "teams/acme/2026-Q4"
BASE: Final = """
objectives:
  instant:
    title: Paying feels instant
    why: People leave.
    supports: [acme/2026/best]
    assumes: {network: The network holds}
    key_results:
      p95: {title: Checkout time, baseline: 200 ms, target: 100 ms, due: 2026-12-01}
      up: {title: It stays up, keep_above: 99%}
      live: {title: Live everywhere, milestones: [one, two]}
      word: {title: A contract, target: a signed contract}
      when: {title: The report, deliver_by: 2026-11-30}
      find: {title: The number is known, find_baseline: true}
guardrails:
  refunds: {title: Refunds, keep_above: 95%}
"""


def okrs(text: str) -> OkrsFile:
    file = parsed(f"{PLACE}/okrs.md", matter(text)).file
    assert isinstance(file, OkrsFile)
    return file


def changed(old: str, new: str) -> list[tuple[str, str, str, str]]:
    """(part, what, before, after) of every change when a text of the promise is replaced."""
    assert old in BASE
    before, after = okrs(BASE), okrs(BASE.replace(old, new))
    found = objective_changes(REF, before.objectives[0], after.objectives[0])
    found += guardrail_changes("acme/2026-Q4", before, after)
    return [(c.ref.rpartition("/")[2].partition("#")[2], str(c.what), c.before, c.after) for c in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("target: 100 ms", "target: 150 ms", [("p95", "target", "100 ms", "150 ms")]),
        ("target: 100 ms", "target: 0.1k ms", []),
        ("target: 100 ms", "change: -20%", [("p95", "target", "100 ms", "-20%")]),
        ("baseline: 200 ms", "baseline: 180 ms", [("p95", "baseline", "200 ms", "180 ms")]),
        (
            "baseline: 200 ms, target: 100 ms",
            "baseline: 100 ms, target: 200 ms",
            [
                ("p95", "baseline", "200 ms", "100 ms"),
                ("p95", "target", "100 ms", "200 ms"),
                ("p95", "direction", "falling", "rising"),
            ],
        ),
        (", due: 2026-12-01", "", [("p95", "due", "2026-12-01", "")]),
        (", due: 2026-12-01", ", due: 2026-12-01, weight: 2", [("p95", "weight", "1", "2")]),
        ("keep_above: 99%", "keep_above: 98%", [("up", "limit", "above 99%", "above 98%")]),
        ("keep_above: 99%", "keep_between: [90%, 99%]", [("up", "limit", "above 99%", "90% to 99%")]),
        ("[one, two]", "[one]", [("live", "milestones", "one; two", "one")]),
        (
            "a signed contract",
            "two signed contracts",
            [("word", "target", "a signed contract", "two signed contracts")],
        ),
        ("2026-11-30", "2026-12-15", [("when", "due", "2026-11-30", "2026-12-15")]),
        ("find_baseline: true", "baseline: 1, target: 2", []),
        ("milestones: [one, two]", "baseline: 1, target: 2", [("live", "measure", "one; two", "1 → 2")]),
        ("keep_above: 95%", "keep_above: 90%", [("refunds", "limit", "above 95%", "above 90%")]),
        ("Paying feels instant", "Paying is quick", [("", "wording", "Paying feels instant", "Paying is quick")]),
        ("People leave.", "People sigh.", [("", "why", "People leave.", "People sigh.")]),
        (
            "    why:",
            "    type: committed\n    why:",
            [("", "type", "aspirational", "committed")],
        ),
        ("    supports: [acme/2026/best]\n", "", [("", "supports", "acme/2026/best", "")]),
        (
            "The network holds",
            "It holds",
            [("", "assumption", "The network holds", ""), ("", "assumption", "", "It holds")],
        ),
        ("      find:", "      # a comment\n\n      find:", []),
        ("People leave.", "'People leave.'", []),
    ],
)
def test_a_change_is_told_by_what_it_means(old: str, new: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert changed(old, new) == expected


def test_what_stood_before_is_kept_with_a_change_of_a_key_result() -> None:
    before, after = okrs(BASE), okrs(BASE.replace("100 ms", "150 ms"))
    (change,) = objective_changes(REF, before.objectives[0], after.objectives[0])
    assert change.was
    assert change.was.measure == before.objectives[0].key_results[0].measure


def test_another_language_of_a_title_is_no_new_wording() -> None:
    before, after = (
        okrs(BASE),
        okrs(BASE.replace("title: Paying feels instant", "title: {en: Paying feels instant, zh: 快}")),
    )
    found = objective_changes(REF, before.objectives[0], after.objectives[0])
    assert [(c.what, c.minor) for c in found] in ([], [(What.WORDING, True)])


@pytest.mark.parametrize(
    ("amendments", "because"),
    [
        ("[{what: p95 target, because: A}, {what: up, because: B}]", "A"),
        ("[{what: Something else, because: Only one}]", "Only one"),
        ("[{what: x, because: A}, {what: y, because: B}]", None),
        ("[{what: p95}]", None),
    ],
)
def test_an_amendment_that_came_along_explains_what_it_speaks_of(amendments: str, because: str | None) -> None:
    text = BASE.replace("100 ms", "150 ms").replace("    why:", f"    amendments: {amendments}\n    why:")
    (change,) = objective_changes(REF, okrs(BASE).objectives[0], okrs(text).objectives[0])
    assert (change.because.source if change.because else None) == because


def checkin(text: str) -> CheckInFile:
    file = parsed(f"{PLACE}/checkins/2026-11-06.md", matter(text)).file
    assert isinstance(file, CheckInFile)
    return file


def test_a_rewritten_check_in_is_told_reading_by_reading() -> None:
    before = checkin("progress:\n  instant#p95: {value: 150 ms, confidence: 7}\n  instant#live: [one]")
    after = checkin("progress:\n  instant#p95: {value: 140 ms, confidence: 8}\n  instant#up: 99%")
    assert checkin_changes("acme/2026-Q4", before, after) == [
        Change(f"{REF}#p95", What.READING, "150 ms", "140 ms"),
        Change(f"{REF}#p95", What.CONFIDENCE, "7", "8"),
        Change(f"{REF}#live", What.READING, "one", ""),
        Change(f"{REF}#up", What.READING, "", "99%"),
    ]


def test_a_check_in_that_was_taken_away_is_one_change() -> None:
    before = checkin("progress:\n  instant#p95: {value: 150 ms, confidence: 7}\n  instant#live: [one]")
    assert checkin_changes("acme/2026-Q4", before, None) == [
        Change("acme/2026-Q4/2026-11-06", What.WITHDRAWN, "2026-11-06", "")
    ]


WRITTEN: Final = """\
progress:
  instant#p95: {value: 150 ms, note: Two caches help}
risks:
  cells: {what: Cells may be late, about: instant}
"""


@pytest.mark.parametrize(
    ("old", "new", "minor"),
    [
        ("Two caches help", "Two caches do not help", False),
        ("Two caches help", "Two caches help!", True),
        ("Cells may be late", "Cells are late", False),
        ("about: instant}", "about: instant}\n  more: {what: More of it}", False),
        ("Everything moved", "Nothing moved", False),
        ("Everything moved", "Everthing moved", True),
    ],
)
def test_the_words_of_a_check_in_are_one_change(old: str, new: str, minor: bool) -> None:
    text = f"---\n{WRITTEN}---\nEverything moved at once.\n"
    before, after = (
        parsed(f"{PLACE}/checkins/2026-11-06.md", version).file for version in (text, text.replace(old, new))
    )
    assert isinstance(before, CheckInFile) and isinstance(after, CheckInFile)
    assert checkin_changes("acme/2026-Q4", before, after) == [
        Change("acme/2026-Q4/2026-11-06", What.WORDS, minor=minor)
    ]
    assert checkin_changes("acme/2026-Q4", before, before) == []


def test_a_score_that_is_given_otherwise_is_told_with_its_sentence() -> None:
    files = [
        parsed(f"{PLACE}/retro.md", matter(f"scores:\n  instant: {{score: {score}, because: {because}}}")).file
        for score, because in (("0.6", "We hoped"), ("0.8", "We saw"), ("0.9", "We saw"))
    ]
    one, other, third = files
    assert isinstance(one, RetroFile)
    assert isinstance(other, RetroFile)
    assert isinstance(third, RetroFile)
    assert [change.because for change in score_changes("acme/2026-Q4", other, third)] == [None]
    (change,) = score_changes("acme/2026-Q4", one, other)
    assert (change.ref, change.what, change.before, change.after) == (REF, What.SCORE, "0.6", "0.8")
    assert change.because
