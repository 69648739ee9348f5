"""Whose file is written, and for which cycle."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain, count
from typing import Final

from okrsite.core.company import Company, TeamCycle
from okrsite.core.cycles import Cycle, closing_day, cycle_hint, enclosing, opening_day, period
from okrsite.core.diagnostics import did_you_mean
from okrsite.core.drafts import CannotDraftError
from okrsite.core.fields import slug
from okrsite.core.parse.okrs import RESERVED
from okrsite.core.refs import collision_key, is_id, normal

MAX_WORDS: Final = 6
"""Words of a text that go into an id made of it."""
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b")
_EMPTY: Final = frozenset(
    [
        *(
            "a",
            "an",
            "the",
            "and",
            "or",
            "of",
            "to",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "as",
            "than",
            "that",
        ),
        *("which", "who", "whose", "is", "are", "was", "be", "has", "have", "get", "make", "do", "its", "our"),
    ]
)
"""Words that say nothing at the end of an id."""


def find_team(company: Company, name: str) -> str:
    """The id of a team by a name that somebody typed, perhaps with `@` or a former one."""
    typed = normal(name.strip().removeprefix("@"))
    found = company.team_id(typed)
    if not found:
        raise CannotDraftError("; ".join(filter(None, (f"no team is called `{typed}`", _near_team(company, typed)))))
    return found


def _near_team(company: Company, typed: str) -> str:
    """A hint to the team that a name or a path may mean, or to how one is begun."""
    on_path = [part for part in re.split(r"[/\\]", typed) if company.team_id(part)]
    if on_path:
        return f"write `{on_path[-1]}`"
    begun = is_id(typed) and not period(typed, 1)
    return did_you_mean(typed, company.teams) or (f"`okrsite new team {typed}` begins one" if begun else "")


def find_cycle(company: Company, name: str) -> Cycle:
    """A cycle by its name, whether or not anybody has written in it yet."""
    typed = normal(name.strip())
    known = company.cycles.get(typed)
    if known:
        return known
    days = period(typed, company.settings.fiscal_year_start) if is_id(typed) else None
    if days is None:
        hint = (
            cycle_hint(typed)
            or did_you_mean(typed, company.cycles)
            or f"name it like `2026-Q4`, or give its `start` and `end` in cycles/{typed}.md"
        )
        raise CannotDraftError(f"`{typed}` is not a period whose dates are known; {hint}")
    first, last = days
    opened = opening_day(first, company.settings.opening_days)
    return Cycle(typed, first, last, opened, closing_day(last, company.settings.closing_days))


def open_team_cycle(company: Company, team: str, day: date, stated: str = "") -> TeamCycle:
    """What a team promised for a stated cycle, else for the shortest around a day, else for one that still closes."""
    promised = [tc for tc in company.cycles_of(team) if tc.objectives or tc.guardrails or tc.broken]
    if stated:
        cycle = find_cycle(company, stated).id
        found = next((tc for tc in promised if tc.cycle == cycle), None)
    else:
        cycle = ""
        found = _around(company, promised, day)
    if found is None:
        raise CannotDraftError(_nothing_promised(company, team, cycle, day, promised))
    if found.broken:
        raise CannotDraftError(f"the okrs.md of `{team}` in `{found.cycle}` cannot be read; see `okrsite check`")
    return found


def growing_cycle(company: Company, team: str, day: date) -> str:
    """The cycle whose okrs.md takes one objective more: as `open_team_cycle`, but one without any yet will do."""
    begun = [tc for tc in company.cycles_of(team) if tc.okrs]
    found = _around(company, begun, day)
    if found is None:
        raise CannotDraftError(_nothing_promised(company, team, "", day, begun))
    return found.cycle


def above(company: Company, team: str, cycle: str) -> tuple[str, ...]:
    """The objectives that one of a team's may support first of all: those of the team above in its cycle."""
    parents = company.teams_above(team, company.today)[:1]
    around = [company.team_cycles.get((parent, c)) for parent in parents for c in enclosing(cycle, company.cycles)]
    return tuple(dict.fromkeys(f"{tc.team}/{o.id}" for tc in around if tc for o in tc.objectives))


def _around(company: Company, written: Iterable[TeamCycle], day: date) -> TeamCycle | None:
    """Of what a team wrote what is for the shortest cycle around a day, else for one that still closes."""
    cycles = [(company.cycles[tc.cycle], tc) for tc in written]
    around = [(cycle.days, tc) for cycle, tc in cycles if cycle.contains(day)]
    closing = [(cycle.days, tc) for cycle, tc in cycles if cycle.end < day <= cycle.closes]
    return min(around or closing, key=lambda pair: pair[0], default=(0, None))[1]


def _nothing_promised(company: Company, team: str, cycle: str, day: date, others: Iterable[TeamCycle]) -> str:
    where = f"in `{cycle}`" if cycle else f"in a cycle around {day}"
    known = ", ".join(f"`{other.cycle}`" for other in others)
    begun = [tc for tc in company.cycles_of(team) if tc.okrs and not (tc.objectives or tc.guardrails)]
    empty = next((tc for tc in begun if tc.cycle == cycle), None) if cycle else _around(company, begun, day)
    if empty:
        hint = f"{empty.okrs} is there and has no objective yet: "
        hint += f"`okrsite new objective {team} --cycle {empty.cycle}` writes the first"
    elif known and not cycle:
        hint = f"it has one in {known}: name it with --cycle"
    else:
        hint = f"`okrsite new okrs {team} {cycle or company.current or '2026-Q4'}` begins them"
    return f"`{team}` has no objectives {where}; {hint}"


def folder(team: str, cycle: str = "") -> str:
    """The folder of a team, or of its cycle, in the content folder."""
    return f"teams/{team}/{cycle}" if cycle else f"teams/{team}"


def free_id(words: str, company: Company, team: str, cycle: str, folder_: str = "") -> str:
    """An id made of the first words of a text, that nothing in a team's cycle bears yet."""
    base = id_of(words, MAX_WORDS) or "new"
    prefix = f"{team}/{cycle}/{folder_}"
    taken = {collision_key(name.removeprefix(prefix)) for name in company.places if name.startswith(prefix)} | RESERVED
    ids = (_cut(base, end) for end in chain(("",), (f"-{number}" for number in count(2))))
    return next(id_ for id_ in ids if collision_key(id_) not in taken)


def id_of(text: str, most: int) -> str:
    """At most so many of the first words of a text as an id that ends with one that means something, or ''."""
    words = slug(_POSSESSIVE.sub("", text)).split("-")[:most]
    while len(words) > 1 and words[-1] in _EMPTY:
        del words[-1]
    return "-".join(words)


def _cut(base: str, end: str) -> str:
    """An id that ends so, cut to the length that ids may have."""
    while not is_id(f"{base}{end}"):
        base = base[:-1]
    return f"{base}{end}"
