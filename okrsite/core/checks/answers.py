"""How teams answer back: what an `ignore` covers, and which covers nothing."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from okrsite.core.checks.part import Finding
from okrsite.core.company import Company, TeamCycle
from okrsite.core.diagnostics import MAX_GUESSES, RULES, Diagnostic, Moment, Severity, did_you_mean, problem
from okrsite.core.model import Answer, Commitment
from okrsite.core.refs import objective_of

Key = tuple[str, str]
"""What an answer is given at, a full reference or a file's path, and its code."""


def collect_answers(company: Company) -> dict[Key, Answer]:
    """Every answer of every team."""
    given: dict[Key, Answer] = {}
    for team in company.teams.values():
        given |= {(team.path, answer.code): answer for answer in team.ignore}
    for written in company.team_cycles.values():
        given |= {(written.okrs, answer.code): answer for answer in written.ignore}
        if written.retro:
            given |= {(written.retro.file.path, answer.code): answer for answer in written.retro.file.ignore}
        for ref, entry in _entries(written):
            given |= {(ref, answer.code): answer for answer in entry.ignore}
    return given


def locate(problems: Iterable[Diagnostic], answers: Mapping[Key, Answer], company: Company) -> Iterator[Finding]:
    """Problems found before the rules ran, each with what it is about as its place tells: the entry that stands there.

    Errors are about nothing that could be answered. Only files in which there are answers are looked at.
    """
    answering = {answer.span.path for answer in answers.values()}
    entries = {tc.okrs: _by_place(tc) for tc in company.team_cycles.values() if tc.okrs in answering}
    for item in problems:
        about: tuple[str, ...] = ()
        if item.severity is not Severity.ERROR and item.span.path in answering:
            about = (item.span.path,)
            places = entries.get(item.span.path, [])
            at = bisect_right(places, (item.span.line, item.span.column, "\uffff"))
            if at:
                ref = places[at - 1][2]
                about = (ref, objective_of(ref), item.span.path)
        yield Finding(about, item)


def unanswered(found: Iterable[Finding], answers: Mapping[Key, Answer], used: set[Key]) -> Iterator[Diagnostic]:
    """The problems to which no answer was given; the answers that were found are added to `used`."""
    for item in found:
        key = next(((about, item.problem.code) for about in item.about if (about, item.problem.code) in answers), None)
        if key is None:
            yield item.problem
        else:
            used.add(key)


def idle_answers(
    answers: Mapping[Key, Answer], used: Collection[Key], current: Collection[str]
) -> Iterator[Diagnostic]:
    """A hint for each answer to an unknown check, to an error, or to something that is not there, in current files."""
    guesses = 0
    for key, answer in answers.items():
        rule = RULES.get(answer.code)
        if answer.span.path not in current or key in used:
            continue
        if rule is None:
            guesses += 1
            hint = did_you_mean(answer.code, RULES) if guesses <= MAX_GUESSES else ""
            message = f"no check is called `{answer.code}`"
            yield problem("idle-ignore", answer.span, message, hint or "`okrsite rules` lists them all")
        elif rule.severity is Severity.ERROR:
            yield problem("idle-ignore", answer.span, f"`{answer.code}` is an error, which is mended and not answered")
        elif rule.moment in (Moment.PROMISE, Moment.ALWAYS):
            # What depends on the day may be found again tomorrow; what depends on the text alone may not.
            yield problem("idle-ignore", answer.span, f"`{answer.code}` finds nothing here", "leave this answer out")


def _entries(written: TeamCycle) -> Iterator[tuple[str, Commitment]]:
    for objective in written.objectives:
        yield objective.ref, objective.entry
        yield from ((kr.ref, kr.entry) for kr in objective.key_results)
    yield from ((kr.ref, kr.entry) for kr in written.guardrails)


def _by_place(written: TeamCycle) -> list[tuple[int, int, str]]:
    return sorted((entry.span.line, entry.span.column, ref) for ref, entry in _entries(written))
