"""Every draft that can be made of a company, each tried within it.

Of any company: `python -m tests.core.drafts.every_draft DIR DAY CYCLE`, where drafts are carried over into the cycle.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date

from okrsite.core.company import TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.cycles import Cycle
from okrsite.core.drafts import CannotDraftError, Draft
from okrsite.core.drafts.answers import REPEAT, Subject, parse_answer, subjects
from okrsite.core.drafts.carried import choices, draft_carried
from okrsite.core.drafts.checkin import checkin_place, draft_checkin
from okrsite.core.drafts.plain import draft_question, find_asked
from okrsite.core.drafts.retro import draft_retro
from okrsite.core.drafts.where import find_cycle
from okrsite.core.model import DeliverBy, Judged, Milestones, Status
from okrsite.shell.build import Run
from okrsite.shell.drafts import Desk, open_desk, try_draft
from okrsite.shell.project import find_project


def answer(subject: Subject) -> str:
    """Something that may be said of a subject."""
    if subject.key_result is None:
        return "@7"
    if subject.last:
        return f"{REPEAT}@3"
    measure = subject.key_result.entry.measure
    if isinstance(measure, Milestones):
        return "1"
    if isinstance(measure, DeliverBy | Judged):
        return "yes@10"
    return "12.5"


def drafts(compiled: Compiled, part: TeamCycle, following: Cycle) -> Iterator[tuple[str, Draft]]:
    """The drafts for one team's cycle, each with what it is."""
    company = compiled.company
    day = min(company.today, company.cycles[part.cycle].end)
    known = subjects(compiled, part, day)
    said = [parse_answer(answer(subject), subject, day) for subject in known.values()]
    if f"{company.settings.content}/{checkin_place(part, day)}" not in part.paths:
        yield "check-in", draft_checkin(checkin_place(part, day), said, (), "A story: with *signs* & [[nothing]]")
    if part.retro is None:
        yield "retro", draft_retro(compiled, part)
    if (part.team, following.id) not in company.team_cycles:
        found = choices(part, compiled)
        yield "okrs", draft_carried(compiled, part, following, [c.objective.id for c in found if c.goes_on])
        kept = [c.objective.id for c in found if c.objective.entry.status is not Status.DROPPED]
        yield "okrs --all", draft_carried(compiled, part, following, kept)
    for objective in part.objectives[:1]:
        yield "question", draft_question(company, find_asked(company, objective.ref, day), part.team, "Why?", "", day)


def try_every_draft(desk: Desk, following: str, parts: Mapping[tuple[str, str], TeamCycle]) -> tuple[int, list[str]]:
    """How many drafts were tried for some teams' cycles, and what was wrong with some."""
    compiled = desk.compiled
    tried, wrong = 0, []
    for part in parts.values():
        if not part.objectives:
            continue
        for what, draft in drafts(compiled, part, find_cycle(compiled.company, following)):
            tried += 1
            try:
                try_draft(desk, draft)
            except CannotDraftError as error:
                wrong += [f"{what} {part.team}/{part.cycle}: {message}" for message in error.messages]
    return tried, wrong


if __name__ == "__main__":
    desk = open_desk(find_project(sys.argv[1]), date.fromisoformat(sys.argv[2]), Run())
    number, found = try_every_draft(desk, sys.argv[3], desk.compiled.company.team_cycles)
    print(f"{number} drafts tried", *found, sep="\n")
    sys.exit(bool(found))
