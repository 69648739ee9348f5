"""team.md: who a team is, what it is for, and where it stands in the company."""

import pytest

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.model import TeamFile
from okrsite.core.numbers import Cadence

from ..company import matter, parsed


def team(text: str, body: str = "") -> tuple[TeamFile, tuple[Diagnostic, ...]]:
    found = parsed("teams/payments/team.md", matter(text, body))
    assert isinstance(found.file, TeamFile)
    return found.file, found.problems


def said(problems: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    return [(problem.code, problem.span.line) for problem in problems]


def test_every_field_of_a_team_is_read() -> None:
    text = """
        name: Payments
        parent: digital
        mission: Paying is never the reason *somebody* leaves.
        contact: "#payments"
        aliases: [checkout, tills]
        since: 2025-Q1
        until: 2027-Q2
        cadence: fortnightly
        figures: words
        extra: {floor: 2}
        """
    file, problems = team(text, "We take money.\n")
    assert problems == ()
    assert file.name and file.mission and file.contact
    assert (file.team, file.name.source, file.contact.source) == ("payments", "Payments", "#payments")
    assert file.mission.plain == "Paying is never the reason somebody leaves."
    assert [(cycle, parent) for cycle, parent, _ in file.parents] == [("", "digital")]
    assert [alias for alias, _ in file.aliases] == ["checkout", "tills"]
    assert (file.since and file.since[0], file.until and file.until[0]) == ("2025-Q1", "2027-Q2")
    assert (file.cadence, file.words_only, file.extra) == (Cadence.FORTNIGHTLY, True, {"floor": "2"})
    assert file.body.lead.plain == "We take money."


def test_every_field_has_a_default() -> None:
    file, problems = team("")
    assert problems == ()
    assert (file.name, file.parents, file.mission, file.contact, file.aliases) == (None, (), None, None, ())
    assert (file.since, file.until, file.cadence, file.words_only, file.extra) == (
        None,
        None,
        Cadence.WEEKLY,
        False,
        {},
    )


def test_a_parent_may_differ_by_cycle() -> None:
    file, problems = team("parent: {2025-Q1: shops, 2026-Q3: digital}")
    assert problems == ()
    assert [(cycle, parent) for cycle, parent, _ in file.parents] == [("2025-Q1", "shops"), ("2026-Q3", "digital")]


@pytest.mark.parametrize("typed", ["digital", '"@digital"', "' digital '"])
def test_a_team_is_named_with_or_without_its_sign(typed: str) -> None:
    assert [parent for _, parent, _ in team(f"parent: {typed}")[0].parents] == ["digital"]


def test_a_name_may_have_several_languages() -> None:
    file, problems = team("name: {en: Payments, zh: 支付}")
    assert problems == ()
    assert file.name
    assert file.name.prose("zh")[1].source == "支付"
    assert [language for language, _ in file.languages] == ["en", "zh"]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("nmae: x", "unknown-key", "`name`"),
        ("cadence: daily", "bad-value", "`weekly`"),
        ("cadence: montly", "bad-value", "`monthly`"),
        ("figures: none", "bad-value", "`words`"),
        ("aliases: [ok, not ok]", "bad-id", "folder"),
        ("since: 2026/Q1", "bad-id", "`2026-Q1`"),
        ("since: first year", "bad-id", "folder"),
        ("extra: words", "wrong-kind", ""),
        ("parent: [a, b]", "swallowed-text", "[a, b]"),
    ],
)
def test_each_mistake_is_reported_at_its_line(text: str, code: str, hint: str) -> None:
    file, problems = team(f"mission: Kept\n{text}")
    assert (code, 3) in said(problems)
    assert any(hint in problem.hint for problem in problems)
    assert file.mission
    assert file.mission.source == "Kept"
