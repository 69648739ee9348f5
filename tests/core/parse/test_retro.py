"""retro.md: how a team looks back, with scores, decisions and lessons."""

from decimal import Decimal

import pytest

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.model import Next, RetroFile

from ..company import matter, parsed


def retro(text: str, body: str = "") -> tuple[RetroFile, tuple[Diagnostic, ...]]:
    found = parsed("teams/a/2026-Q3/retro.md", matter(text, body))
    assert isinstance(found.file, RetroFile)
    return found.file, found.problems


def test_scores_lessons_and_sections_are_read() -> None:
    text = """
        scores:
          fast:
            score: 0.6
            because: Two markets slipped.
            next: keep
            views:
              - from: "@risk"
                view: Speaking up saved our quarter.
          fast#p95: 0.7
          slow: {next: drop}
        lessons:
          ask-early: Ask before the cycle starts.
        """
    file, problems = retro(text, "## What happened\n\nMuch.\n")
    assert problems == ()
    fast, p95, slow = file.scores
    assert (fast.about.text, fast.score, fast.next) == ("fast", Decimal("0.6"), Next.KEEP)
    assert fast.because and fast.because.source == "Two markets slipped."
    assert [(ref.team, view.source) for ref, view in fast.views] == [("risk", "Speaking up saved our quarter.")]
    assert (p95.about.text, p95.score, p95.because, p95.next) == ("fast#p95", Decimal("0.7"), None, None)
    assert (slow.score, slow.next) == (None, Next.DROP)
    assert [(lesson.id, lesson.text.source) for lesson in file.lessons] == [
        ("ask-early", "Ask before the cycle starts.")
    ]
    assert file.body.sections[0].heading.plain == "What happened"


@pytest.mark.parametrize("typed", ["0", "1", "0.0", "1.0", "0.65", ".5", "0.333"])
def test_a_score_lies_between_nothing_and_everything(typed: str) -> None:
    file, problems = retro(f"scores: {{o: {typed}}}")
    assert (file.scores[0].score, problems) == (Decimal(typed), ())


@pytest.mark.parametrize("typed", ["1.1", "-0.1", "60%", "6/10", "good", "yes", "1e-1", "0.6 of 1", "70"])
def test_another_score_is_reported(typed: str) -> None:
    file, problems = retro(f"scores:\n  o: {typed}")
    assert file.scores[0].score is None
    assert [(problem.code, problem.span.line, problem.span.column) for problem in problems] == [("bad-number", 3, 6)]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        *((typed, "write `0.6`") for typed in ("6/10", "3/5", "60%", "60 %", "0,6", "0，6", "60／100", "６０％")),
        ("0,65", "write `0.65`"),
        ("62.5%", ""),
        *((typed, "") for typed in ("6", "2/3", "7/5", "1/0", "120%", "1,6", "good", "1.2")),
    ],
)
@pytest.mark.parametrize("form", ["scores: {{o: {}}}", "scores:\n  o: {}", "scores: {{o: {{score: {}, because: x}}}}"])
def test_a_score_is_shown_as_it_must_have_been_meant_or_not_at_all(typed: str, hint: str, form: str) -> None:
    (problem,) = retro(form.format(typed))[1]
    assert problem.hint == (hint or "such as `0.7`; it is for the team to say which")
    if hint:
        mended, problems = retro(form.format(hint.removeprefix("write `").removesuffix("`")))
        assert problems == ()
        assert mended.scores[0].score is not None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("scores: 0.7", "wrong-kind", 2),
        ("scores:\n  b/o: 0.7", "bad-ref", 3),
        ('scores:\n  "@b": 0.7', "bad-ref", 3),
        ("scores:\n  two words: 0.7", "bad-ref", 3),
        ("scores:\n  o: {scor: 0.7}", "unknown-key", 3),
        ("scores:\n  o:\n    next: stop", "bad-value", 4),
        ("scores:\n  o:\n    views:\n      - view: Fine", "missing-field", 5),
        ('scores:\n  o:\n    views:\n      - from: "@b"', "missing-field", 5),
        ("scores:\n  o:\n    views:\n      - {from: b, view: Fine}", "missing-field", 5),
        ("lessons:\n  l:", "missing-field", 3),
        ("lessons: [a]", "wrong-kind", 2),
        ("lessons:\n  two words: x", "bad-id", 3),
        ("lesson: {l: x}", "unknown-key", 2),
    ],
)
def test_each_mistake_is_reported_at_its_line(text: str, code: str, line: int) -> None:
    problems = retro(text)[1]
    assert [(problem.code, problem.span.line) for problem in problems] == [(code, line)]
