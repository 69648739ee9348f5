"""The goalposts: every promise that moved after its cycle opened, when, and why; and how it stood before.

A change counts from the day after the cycle's opening days; an okrs.md that came later is its own first promise, and
late. Nothing is counted per team, and nobody is named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from posixpath import basename, splitext
from typing import Final

from okrsite.core.changes import mentions
from okrsite.core.company import Company
from okrsite.core.grouping import grouped, inverse
from okrsite.core.history import Recorded, Terms, What
from okrsite.core.model import Amendment
from okrsite.core.text import Text

Place = tuple[str, str]
_ELSEWHERE: Final = frozenset({What.SUPPORTS, What.NEED, What.ASSUMPTION, What.RISK})
"""Changes that move no goalpost."""
_OBSERVED: Final = frozenset({What.READING, What.CONFIDENCE, What.SCORE})
_PATIENCE: Final = timedelta(days=7)
"""How long a check-in may still be put right before that counts as writing it anew."""
_NEAR: Final = timedelta(days=14)
"""How far from a change an amendment may be dated that explains it."""


@dataclass(frozen=True, slots=True)
class Goalpost:
    """One change of a promise, or of what had been observed, under the names that things have today."""

    ref: str
    on: date
    what: What
    before: str
    after: str
    minor: bool
    because: Text | None
    """What the team says of it."""
    message: str
    """What the commit says, where the team says nothing."""
    commit: str
    path: str

    @property
    def objective(self) -> str:
        return self.ref.split("#", 1)[0]

    @property
    def place(self) -> Place:
        team, cycle, _ = self.ref.split("/", 2)
        return team, cycle


@dataclass(frozen=True)
class Ledger:
    """What became of the promises, in the order of time."""

    goalposts: tuple[Goalpost, ...] = ()
    rewritten: tuple[Goalpost, ...] = ()
    """Readings, confidence and scores that were changed long after they had been written down."""
    promised: Mapping[str, Terms] = field(default_factory=dict)
    """How key results stood when their cycle opened, where they have changed since; by full reference."""
    added: frozenset[str] = frozenset()
    """Objectives and key results that were promised only later."""
    late: Mapping[Place, date] = field(default_factory=dict)
    """The teams' cycles whose first promise came after the opening days, and when."""

    @cached_property
    def of(self) -> Mapping[str, tuple[Goalpost, ...]]:
        """The changes of each objective, and of its key results."""
        return grouped((goalpost.objective, goalpost) for goalpost in self.goalposts)

    @cached_property
    def promised_of(self) -> Mapping[str, tuple[str, ...]]:
        """The key results of each objective that have changed since."""
        return inverse((ref, ref.split("#", 1)[0]) for ref in self.promised)

    @cached_property
    def moved_at(self) -> Mapping[Place, tuple[Goalpost, ...]]:
        """The changes of what each team promised for a cycle."""
        return grouped((goalpost.place, goalpost) for goalpost in self.goalposts)

    @cached_property
    def rewritten_at(self) -> Mapping[Place, tuple[Goalpost, ...]]:
        """The changes of what each team had observed or judged in a cycle."""
        return grouped((goalpost.place, goalpost) for goalpost in self.rewritten)


def keep_ledger(company: Company) -> Ledger:
    """The ledger of a company's promises, from what its repository remembers."""
    history = company.history
    named = _present_names(history.recorded)
    known = [(ref, r) for ref, r in zip(named, history.recorded, strict=True) if _place(ref) in company.team_cycles]
    first = _first_promises(known, company)
    opened = {place: company.cycles[place[1]].start + _opening(company) for place in first}
    cuts = {place: max(opened[place], day) for place, day in first.items()}
    since = None if history.complete else history.since
    moved = [(ref, r) for ref, r in known if r.on > cuts.get(_place(ref), date.max)]
    ledger = [(ref, r) for ref, r in moved if r.change.what not in _ELSEWHERE | _OBSERVED and not _renaming(r, company)]
    promised: dict[str, Terms] = {}
    for ref, recorded in moved:
        if recorded.change.was and ref not in promised:
            promised[ref] = recorded.change.was
    return Ledger(
        goalposts=tuple(_goalpost(ref, recorded, company) for ref, recorded in ledger),
        rewritten=tuple(_goalpost(ref, r, company) for ref, r in known if _rewrites(ref, r, company)),
        promised=promised,
        added=frozenset(ref for ref, r in ledger if r.change.what is What.ADDED),
        late={place: day for place, day in first.items() if day > opened[place] and day != since},
    )


def _opening(company: Company) -> timedelta:
    return timedelta(days=company.settings.opening_days)


def _place(ref: str) -> Place:
    team, cycle, _ = ref.split("/", 2)
    return team, cycle


def _present_names(recorded: Iterable[Recorded]) -> list[str]:
    """What each changed thing is called today: from the latest change back, every change of name is carried along."""
    now: dict[str, str] = {}

    def name(ref: str) -> str:
        objective, mark, part = ref.partition("#")
        objective = now.get(objective, objective)
        return now.get(objective + mark + part, objective + mark + part)

    names = []
    for item in reversed(list(recorded)):
        names.append(name(item.change.ref))
        if item.change.what in (What.MOVED, What.RENAMED):
            now[item.change.before] = names[-1]
    return names[::-1]


def _first_promises(known: Iterable[tuple[str, Recorded]], company: Company) -> dict[Place, date]:
    """The day on which each team first promised something for a cycle."""
    first: dict[Place, date] = {}
    for ref, recorded in known:
        if recorded.change.what is What.ADDED and "#" not in ref:
            first.setdefault(_place(ref), recorded.on)
    for ref, day in company.history.first.items():
        if _place(ref) in company.team_cycles:
            first[_place(ref)] = min(day, first.get(_place(ref), day))
    return first


def _renaming(recorded: Recorded, company: Company) -> bool:
    """Whether it was the team that got another name, which it still answers to."""
    if recorded.change.what is not What.MOVED:
        return False
    before, after = (_place(ref)[0] for ref in (recorded.change.before, recorded.change.ref))
    return company.team_id(before) == company.team_id(after) != ""


def _rewrites(ref: str, recorded: Recorded, company: Company) -> bool:
    """Whether an observation was changed when it was no longer fresh."""
    if recorded.change.what not in _OBSERVED:
        return False
    if recorded.change.what is What.SCORE:
        return recorded.on > company.cycles[_place(ref)[1]].closes
    try:
        written = date.fromisoformat(splitext(basename(recorded.path))[0])
    except ValueError:
        return False
    return recorded.on > written + _PATIENCE


def _goalpost(ref: str, recorded: Recorded, company: Company) -> Goalpost:
    change = recorded.change
    because = change.because or _explained_since(ref, recorded, company)
    return Goalpost(
        ref=ref,
        on=recorded.on,
        what=change.what,
        before=change.before,
        after=change.after,
        minor=change.minor,
        because=because,
        message="" if because else recorded.message,
        commit=recorded.commit,
        path=recorded.path,
    )


def _explained_since(ref: str, recorded: Recorded, company: Company) -> Text | None:
    """What an amendment says that is dated near a change, and speaks of it or is the only one."""
    objective = company.objectives.get(ref.split("#", 1)[0])
    if objective is None or recorded.change.what in _OBSERVED:
        return None
    near = [a for a in objective.entry.amendments if a.on and abs(a.on - recorded.on) <= _NEAR and a.because]
    named = [a for a in near if a.what and mentions(a.what.plain, ref, recorded.change.what)]
    return _because(named[0] if named else near[0] if len(near) == 1 else None)


def _because(amendment: Amendment | None) -> Text | None:
    return amendment.because if amendment else None
