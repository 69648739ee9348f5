"""A retrospective to fill in: the computed scores, and the questions, without an answer that nobody gave."""

from typing import Final

from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.drafts import CannotDraftError, Draft
from okrsite.core.drafts.lines import INDENT, comment, document, scalar
from okrsite.core.drafts.where import find_cycle, folder, open_team_cycle
from okrsite.core.model import Status
from okrsite.core.numbers import plain

HEADINGS: Final = {
    "en": (
        "What we expected",
        "What happened",
        "What would have happened otherwise",
        "What we raised early",
        "What we learned",
        "What comes next",
    ),
    "zh": ("预期", "实际", "反事实：否则会怎样", "及早提出的", "学到的", "下一步"),
}
"""The questions of a retrospective, by language; under these the site collects what teams answer."""


def retro_team_cycle(company: Company, team: str, stated: str) -> TeamCycle:
    """The cycle to look back at: the stated one, else the last that is over and has no retrospective, else this one."""
    if stated:
        return open_team_cycle(company, team, company.today, find_cycle(company, stated).id)
    over = [tc for tc in company.cycles_of(team) if tc.objectives and company.cycles[tc.cycle].end < company.today]
    latest = max(over, key=lambda tc: (company.cycles[tc.cycle].end, -company.cycles[tc.cycle].days), default=None)
    return latest if latest and not latest.retro else open_team_cycle(company, team, company.today)


def draft_retro(compiled: Compiled, team_cycle: TeamCycle) -> Draft:
    """retro.md with an entry for each objective that was promised."""
    company = compiled.company
    if not team_cycle.objectives:
        raise CannotDraftError(f"`{team_cycle.team}` has no objectives in {team_cycle.cycle} to look back at")
    lines = [
        "# What stands behind a `#` is not published, nor is what you leave empty. A score lies between 0 and 1;",
        "# without one the computed score counts, and one that differs from it says why with `because`.",
        "scores:",
    ]
    for objective in team_cycle.objectives:
        lines += _entry(objective, compiled, company.cycles[team_cycle.cycle].closed(company.today))
    lines += [
        "lessons:",
        "  # One line for each, under a name of its own, for those who write next quarter:",
        "  # ask-early: Ask outside partners for capacity before the cycle starts.",
    ]
    headings = HEADINGS.get(company.settings.language, HEADINGS["en"])
    body = "\n\n".join(f"## {heading}" for heading in headings)
    return Draft(f"{folder(team_cycle.team, team_cycle.cycle)}/retro.md", document(lines, body))


def _entry(objective: Objective, compiled: Compiled, closed: bool) -> list[str]:
    """The lines of one objective: what is known as comments, and what only the team can say left empty."""
    entry, figures = objective.entry, compiled.figures.objectives[objective.ref]
    about = f"{entry.title.plain} ({entry.type}{'' if entry.status is Status.ACTIVE else f', {entry.status}'})"
    known = figures.score.computed if closed else figures.progress
    words = "computed score" if closed else "progress so far"
    said = f"{words} {plain(known, 2)}" if known is not None else f"no {words}"
    lines = [f"{INDENT}{scalar(objective.id)}:", comment(f"{about}: {said}", 2)]
    lines += [comment(_key_result(kr, compiled), 2) for kr in objective.key_results]
    return [*lines, *(f"{INDENT * 2}{name}:" for name in ("score", "because")), *_next()]


def _next() -> list[str]:
    return [comment("keep, change, drop or done:", 2), f"{INDENT * 2}next:"]


def _key_result(kr: KeyResult, compiled: Compiled) -> str:
    figures = compiled.figures.key_results[kr.ref]
    share = f"{plain(figures.progress, 2)} of the way" if figures.progress is not None else ""
    periods = figures.periods
    kept = f"kept {periods.kept}, outside {periods.outside}, not heard {periods.not_heard}" if periods else ""
    last = f"last {figures.latest.typed or 'none'} on {figures.latest.on}" if figures.latest else "no value"
    return f"{kr.entry.id}: {', '.join(filter(None, (share, kept, last)))}"
