"""The rules that coach, in plain sight: each a function over one team's cycle that yields what could be better.

They see what is linked and computed, the settings and the day, and nothing else. No rule compares teams or people.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from okrsite.core.checks import alignment, appraisal, closing, course, goalposts, shape, wording
from okrsite.core.checks.answers import collect_answers, idle_answers, locate, unanswered
from okrsite.core.checks.part import Finding, Part
from okrsite.core.company import Company
from okrsite.core.diagnostics import RULES, Diagnostic, Moment, Severity
from okrsite.core.figures import Figures
from okrsite.core.ledger import Ledger

Check = Callable[[Part], Iterator[Finding]]

PROMISES: Final[tuple[Check, ...]] = (
    shape.too_many_objectives,
    shape.too_many_key_results,
    shape.too_few_key_results,
    shape.no_measure,
    shape.missing_why,
    wording.digits_in_objective,
    wording.activity_wording,
    wording.business_as_usual,
    wording.negative_wording,
    wording.vague_target,
    alignment.unaligned,
    alignment.upside_down,
    alignment.unacknowledged_need,
    appraisal.appraisal_in_promises,
    appraisal.person_shaped_objective,
    closing.decision_not_followed,
    closing.unused_lessons,
)
"""Until a cycle ends: what its promises could say better."""

COURSE: Final[tuple[Check, ...]] = (
    course.all_certain,
    course.confidence_jump,
    course.stale_checkin,
    course.no_mid_cycle_review,
    course.worse_than_baseline,
    course.guardrail_breached,
    course.committed_in_doubt,
    course.broken_assumption,
    appraisal.appraisal_in_checkins,
)
"""While a cycle runs: what its check-ins leave unsaid."""

KEEPING: Final[tuple[Check, ...]] = (goalposts.moved_in_silence,)
"""From a cycle's opening on, for as long again as it lasted: what became of its promises."""

LOOKING_BACK: Final[tuple[Check, ...]] = (
    closing.missing_retro,
    closing.shallow_retro,
    closing.score_without_sentence,
    closing.all_ones,
    appraisal.appraisal_in_retros,
)
"""Once a cycle has ended, for as long again as it lasted: how its team looked back."""

Places = Mapping[tuple[str, str], Part]


def check_company(company: Company, figures: Figures, ledger: Ledger, problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems found so far and all advice, without what teams have answered.

    Advice on a team's cycle waits until the errors in its files are mended: what cannot be read cannot be judged.
    """
    broken = {item.span.path for item in problems if item.severity is Severity.ERROR}
    parts = _parts(company, figures, ledger, broken)
    promised = {place: part for place, part in parts.items() if company.today <= part.cycle.end}
    teams = [team for team in company.teams.values() if team.path and team.path not in broken]
    answers, used = collect_answers(company), set[tuple[str, str]]()
    ended = {tc.okrs for tc in company.team_cycles.values() if company.today > company.cycles[tc.cycle].end}
    timely = (item for item in problems if not (item.span.path in ended and RULES[item.code].moment is Moment.PROMISE))
    found = [*locate(timely, answers, company), *_advice(parts), *alignment.support_loop(promised)]
    found += (finding for team in teams for finding in appraisal.person_shaped_team(team))
    kept = list(unanswered(found, answers, used))
    current = {path for part in promised.values() for path in part.written.paths} | {team.path for team in teams}
    return [*kept, *idle_answers(answers, used, current)]


def _parts(company: Company, figures: Figures, ledger: Ledger, broken: set[str]) -> dict[tuple[str, str], Part]:
    """Every team's cycle of which advice still helps, in order."""
    parts = {}
    for (team, cycle), written in company.team_cycles.items():
        part = Part(company, figures, ledger, company.teams[team], company.cycles[cycle], written)
        if company.today <= part.look_back_until and not broken.intersection(written.paths):
            parts[team, cycle] = part
    return parts


def _advice(parts: Places) -> Iterator[Finding]:
    for part in parts.values():
        today, cycle = part.today, part.cycle
        if today <= cycle.end:
            for check in PROMISES:
                yield from check(part)
        if cycle.contains(today) and today <= part.team.last_day:
            for check in COURSE:
                yield from check(part)
        for check in KEEPING:
            yield from check(part)
        if today > cycle.end or part.written.retro:
            for check in LOOKING_BACK:
                yield from check(part)


__all__ = ["COURSE", "KEEPING", "LOOKING_BACK", "PROMISES", "check_company"]
