"""The goalposts: every promise that moved after its cycle opened, when, and why; and how it stood before.

A change counts from the day after the cycle's opening days; an okrs.md that came later is its own first promise, and
late. Nothing is counted per team, and nobody is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from posixpath import basename
from typing import Final, NamedTuple

from okrsite.core.changes import mentions
from okrsite.core.company import Company
from okrsite.core.grouping import grouped, inverse
from okrsite.core.history import Recorded, Terms, What
from okrsite.core.model import Amendment
from okrsite.core.refs import objective_of, part_of, place_of, team_of
from okrsite.core.text import Text

Place = tuple[str, str]
_ELSEWHERE: Final = frozenset({What.SUPPORTS, What.NEED, What.ASSUMPTION, What.RISK})
"""Changes that move no goalpost."""
_WHOLE: Final = frozenset({What.WORDS, What.WITHDRAWN})
"""Changes of a whole check-in, which is named by its team as it was called then."""
_OBSERVED: Final = frozenset({What.READING, What.CONFIDENCE, What.SCORE}) | _WHOLE
_NO_GOALPOSTS: Final = _ELSEWHERE | _OBSERVED
_PATIENCE: Final = timedelta(days=7)
"""How long a check-in may still be put right before that counts as writing it anew."""
_NEAR: Final = timedelta(days=14)
"""How far from a change an amendment may be dated that explains it."""


class Goalpost(NamedTuple):
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
        return objective_of(self.ref)

    @property
    def place(self) -> Place:
        return place_of(self.ref)


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
        return inverse((ref, objective_of(ref)) for ref in self.promised)

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
    known = [named for named in _named(history.recorded, company) if named.place in company.team_cycles]
    first = _first_promises(known, company)
    opened = {place: company.cycles[place[1]].opened for place in first}
    cuts = {place: max(opened[place], day) for place, day in first.items()}
    since = None if history.complete else history.since
    moved = [named for named in known if named.on > cuts.get(named.place, date.max)]
    ledger = [named for named in moved if named.what not in _NO_GOALPOSTS and not _renaming(named.recorded, company)]
    promised: dict[str, Terms] = {}
    for named in moved:
        was = None if named.ref in promised else history.was.get(named.number)
        if was:
            promised[named.ref] = was
    return Ledger(
        goalposts=tuple(_goalpost(named, company) for named in ledger),
        rewritten=tuple(_goalpost(named, company) for named in known if _rewrites(named, company)),
        promised=promised,
        added=frozenset(named.ref for named in ledger if named.what is What.ADDED),
        late={place: day for place, day in first.items() if day > opened[place] and day != since},
    )


class _Named(NamedTuple):
    """A recorded change, its place among all of them, and under which name what it changed is known today."""

    number: int
    ref: str
    place: Place
    what: What
    on: date
    """The day from which it counts: no change counts from before one that it came after."""
    recorded: Recorded


def _named(recorded: Sequence[Recorded], company: Company) -> list[_Named]:
    """What each changed thing is called today: from the latest change back, every change of name is carried along."""
    now: dict[str, str] = {}

    def name(ref: str) -> str:
        objective = objective_of(ref)
        ref = now.get(objective, objective) + ref.removeprefix(objective)
        return now.get(ref, ref)

    places: dict[str, Place] = {}
    found = []
    for number in range(len(recorded) - 1, -1, -1):
        one = recorded[number]
        change, on = one.change, one.by if one.by <= company.today else one.on
        ref = name(change.ref) if now else change.ref
        if change.what in _WHOLE:
            team = team_of(ref)
            ref = company.redirects.get(team, team) + ref.removeprefix(team)
        if ref not in places:
            places[ref] = place_of(ref)
        found.append(_Named(number, ref, places[ref], change.what, on, one))
        if change.what in (What.MOVED, What.RENAMED):
            now[change.before] = ref
    return found[::-1]


def _first_promises(known: Iterable[_Named], company: Company) -> dict[Place, date]:
    """The day on which each team first promised something for a cycle."""
    first: dict[Place, date] = {}
    for named in known:
        if named.what is What.ADDED and not part_of(named.ref):
            first.setdefault(named.place, named.on)
    for ref, day in company.history.first.items():
        if place_of(ref) in company.team_cycles:
            first[place_of(ref)] = min(day, first.get(place_of(ref), day))
    return first


def _renaming(recorded: Recorded, company: Company) -> bool:
    """Whether it was the team that got another name, which it still answers to."""
    if recorded.change.what is not What.MOVED:
        return False
    before, after = (team_of(ref) for ref in (recorded.change.before, recorded.change.ref))
    return company.team_id(before) == company.team_id(after) != ""


def _rewrites(named: _Named, company: Company) -> bool:
    """Whether an observation was changed when it was no longer fresh."""
    if named.what not in _OBSERVED:
        return False
    if named.what is What.SCORE:
        return named.on > company.cycles[named.place[1]].closes
    try:
        written = date.fromisoformat(basename(named.recorded.path).removesuffix(".md"))
    except ValueError:
        return False
    return named.on > written + _PATIENCE


def _goalpost(named: _Named, company: Company) -> Goalpost:
    ref, recorded = named.ref, named.recorded
    change = recorded.change
    because = change.because or _explained_since(named, company)
    return Goalpost(
        ref=ref,
        on=named.on,
        what=change.what,
        before=change.before,
        after=change.after,
        minor=change.minor,
        because=because,
        message="" if because else recorded.message,
        commit=recorded.commit,
        path=recorded.path,
    )


def _explained_since(named: _Named, company: Company) -> Text | None:
    """What an amendment says that is dated near a change, and speaks of it or is the only one."""
    objective = company.objectives.get(objective_of(named.ref))
    if objective is None or not objective.entry.amendments or named.what in _OBSERVED:
        return None
    near = [a for a in objective.entry.amendments if a.on and abs(a.on - named.on) <= _NEAR and a.because]
    speaking = [a for a in near if a.what and mentions(a.what.plain, named.ref, named.what)]
    return _because(speaking[0] if speaking else near[0] if len(near) == 1 else None)


def _because(amendment: Amendment | None) -> Text | None:
    return amendment.because if amendment else None
