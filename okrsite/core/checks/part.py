"""What a rule looks at, one team's cycle within the company, and what it hands back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from okrsite.core.company import Company, KeyResult, Objective, Team, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.figures import Figures
from okrsite.core.ledger import Ledger
from okrsite.core.model import CheckInFile, Commitment, ReadingEntry, Status
from okrsite.core.refs import Ref, objective_of, part_of, tail_of
from okrsite.core.source import Span


class Finding(NamedTuple):
    """A piece of advice, and what it is about: full references or paths whose answers count, the nearest first."""

    about: tuple[str, ...]
    problem: Diagnostic


@dataclass(frozen=True, slots=True)
class Part:
    """One team's cycle, with the company around it."""

    company: Company
    figures: Figures
    ledger: Ledger
    team: Team
    cycle: Cycle
    written: TeamCycle

    @property
    def today(self) -> date:
        return self.company.today

    @property
    def look_back_until(self) -> date:
        """The last day on which advice on looking back helps: a cycle's length after it closed."""
        return self.cycle.closes + timedelta(days=self.cycle.days)

    def promised(self) -> Iterator[Objective]:
        """The objectives that the team still means to reach, drafts included."""
        for objective in self.written.objectives:
            if objective.entry.status in (Status.ACTIVE, Status.DRAFT) and not objective.moved_to:
                yield objective

    def active(self) -> Iterator[Objective]:
        """The objectives that the team works on."""
        return (objective for objective in self.promised() if objective.entry.status is Status.ACTIVE)

    def entries(self) -> Iterator[tuple[str, Commitment]]:
        """(full reference, what is written) of every objective that is still meant, and of its key results."""
        for objective in self.promised():
            yield objective.ref, objective.entry
            for kr in meant(objective):
                yield kr.ref, kr.entry

    def find(self, ref: str, code: str, span: Span, message: str, hint: str) -> Finding:
        """A finding about an objective or key result of this team's cycle."""
        about = (ref, objective_of(ref), self.written.okrs) if part_of(ref) else (ref, self.written.okrs)
        return Finding(about, problem(code, span, message, hint))

    def find_in(self, path: str, code: str, span: Span, message: str, hint: str) -> Finding:
        """A finding about all of a file."""
        return Finding((path,), problem(code, span, message, hint))

    def said(self, ref: str, path: str) -> tuple[CheckInFile, ReadingEntry] | None:
        """What the check-in at a path says about an objective or key result."""
        name = tail_of(ref)
        for checkin in self.written.checkins:
            if checkin.path == path:
                for entry in checkin.readings:
                    if name_of(entry) == name:
                        return checkin, entry
        return None


def meant(objective: Objective) -> Iterator[KeyResult]:
    """The key results of an objective that were not dropped."""
    return (kr for kr in objective.key_results if kr.entry.status is not Status.DROPPED)


def name_of(entry: ReadingEntry) -> str:
    """The `objective#key-result` that a reading is about."""
    return entry.about.tail


def places_of(refs: Iterable[Ref]) -> dict[str, Span]:
    """Where a file refers to what, by the tail of what is named, `objective#key-result`, or `@team`."""
    places: dict[str, Span] = {}
    for ref in refs:
        name = ref.tail or f"@{ref.team}"
        places.setdefault(name, ref.span)
    return places
