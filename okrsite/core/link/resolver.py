"""From a reference as written to what it names: one table of all names, one order of looking."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from okrsite.core.diagnostics import MAX_GUESSES, NOTHING_READ, Diagnostic, closest, did_you_mean, problem
from okrsite.core.refs import Ref, cycle_of, parse_ref, part_of, tail_of, team_of
from okrsite.core.source import Span


class Resolver:
    """Finds what references name.

    `places` maps every full reference to its kind and its place; `enclosing` a cycle to itself and those around it;
    `broken` holds the (team, cycle) pairs whose names are unknown: their file cannot be read, or there is no
    such cycle.
    """

    def __init__(
        self,
        places: Mapping[str, tuple[str, Span]],
        enclosing: Callable[[str], tuple[str, ...]],
        aliases: Mapping[str, str],
        current: str,
        broken: Iterable[tuple[str, str]],
    ) -> None:
        self.places = places
        self._enclosing = cache(enclosing)
        self._aliases = aliases
        self._current = current
        self._broken = frozenset(broken)
        self._guesses = 0

    def resolve(self, ref: Ref, team: str, cycle: str) -> str:
        """The full reference of what a text in a team's cycle names, or ''."""
        return next((name for name in self._candidates(ref, team, cycle) if name in self.places), "")

    def resolve_in_prose(self, text: str, team: str, cycle: str) -> str:
        """The same for a `[[reference]]`, where a bare name may also be a team."""
        ref = parse_ref(text, Span(""))
        if ref is None:
            return ""
        found = self.resolve(ref, team, cycle)
        if not found and not ref.team and not ref.part:
            found = self.resolve(ref._replace(team=ref.name, name=""), team, cycle)
        return found

    def unknowable(self, ref: Ref, team: str, cycle: str) -> bool:
        """Whether a reference may name something in a file that cannot be read, or in a cycle that is wrong."""
        owner = self._team(ref.team) or team
        return any((owner, c) in self._broken for c in self._cycles(ref, cycle))

    def unknowable_in_prose(self, text: str, team: str, cycle: str) -> bool:
        """The same for a `[[reference]]`."""
        ref = parse_ref(text, Span(""))
        return ref is not None and self.unknowable(ref, team, cycle)

    def explain(self, ref: Ref, team: str, cycle: str, *, teams: bool = False) -> Diagnostic:
        """The report for a reference that names nothing, with the nearest thing that exists; `teams` may stand here."""
        self._guesses += 1
        if self._guesses > MAX_GUESSES:
            return problem("unresolved-ref", ref.span, f"nothing is called `{ref.text}`")
        if not ref.name:
            hint = did_you_mean(ref.text, (name for name in self.places if name.startswith("@")))
            return problem("unresolved-ref", ref.span, f"no team is called `{ref.text}`", hint)
        owner = self._team(ref.team) or team
        if f"@{owner}" not in self.places:
            near = closest(owner, (team_of(name) for name in self.places if name.startswith("@")))
            hint = f"did you mean `{near}{ref.text[len(ref.team) :]}`?" if near else ""
            return problem("unresolved-ref", ref.span, f"no team is called `{owner}`", hint)
        if teams and ref.tail == ref.text and f"@{self._team(ref.name)}" in self.places:
            hint = f'a team is written with `@`, and in quotes: `"@{ref.name}"`'
            return problem("unresolved-ref", ref.span, f"no objective is called `{ref.text}`", hint)
        what = "key result" if ref.part else "objective"
        hint = self._nearest(ref, owner, cycle) if ref.team or self._is_read(team, cycle) else NOTHING_READ
        return problem("unresolved-ref", ref.span, f"no {what} is called `{ref.text}`", hint)

    def _is_read(self, team: str, cycle: str) -> bool:
        """Whether anything is promised in a team's cycle."""
        base = f"{team}/{cycle}/"
        return any(
            kind in ("objective", "guardrail") for name, (kind, _) in self.places.items() if name.startswith(base)
        )

    def _team(self, name: str) -> str:
        return self._aliases.get(name, name)

    def _cycles(self, ref: Ref, cycle: str) -> tuple[str, ...]:
        if ref.cycle:
            return (ref.cycle,)
        chain = self._enclosing(cycle or self._current)
        return chain if ref.team or not cycle else (cycle,)

    def _candidates(self, ref: Ref, team: str, cycle: str) -> Iterable[str]:
        owner = self._team(ref.team) if ref.team else team
        if not ref.name:
            yield f"@{owner}"
            return
        tail = ref.tail
        for c in self._cycles(ref, cycle):
            yield f"{owner}/{c}/{tail}"

    def _nearest(self, ref: Ref, owner: str, cycle: str) -> str:
        """A hint with the nearest name of the same team and where it stands, or the cycle in which the name exists."""
        tail = ref.tail
        own = {n for n, (kind, _) in self.places.items() if n.startswith(f"{owner}/") and kind != "page"}
        chain = self._cycles(ref, cycle)
        names = {
            tail_of(name): name for c in reversed(chain) for name in sorted(own) if name.startswith(f"{owner}/{c}/")
        }
        names = {short: name for short, name in names.items() if bool(part_of(short)) == bool(ref.part)}
        near = get_close_matches(tail, names, n=1, cutoff=0.6)
        if near:
            full = names[near[0]]
            span = self.places[full][1]
            short = full if ref.cycle else near[0] if not ref.team else f"{ref.team}/{near[0]}"
            return f"did you mean `{short}`? It is in {span.path}:{span.line}"
        elsewhere = sorted(name for name in own if tail_of(name) == tail)
        if elsewhere:
            return f"it exists in another cycle: write `{elsewhere[-1]}`"
        if not ref.team and not ref.part:
            others = sorted(n for n in self.places if n.endswith(f"/{tail}") and cycle_of(n) == cycle)
            if others:
                return f"did you mean `{team_of(others[0])}/{tail}`?"
        return ""

    def broken(self, team: str, cycle: str) -> bool:
        """Whether the names of a team's cycle are unknown."""
        return (team, cycle) in self._broken
