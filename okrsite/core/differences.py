"""What changed in meaning from one state of a company's files to another, both read as of the same day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from okrsite.core.company import Bet
from okrsite.core.compile import Compiled
from okrsite.core.figures import Reading
from okrsite.core.history import Change, History, What
from okrsite.core.model import AnyFile
from okrsite.core.numbers import plain
from okrsite.core.parse.place import find_place
from okrsite.core.refs import objective_of, place_of
from okrsite.core.replay import Commit, Replayed, followed, replay
from okrsite.core.source import SourceFile

_OLD: Final = "old"
_NEW: Final = "new"
_NOW: Final = frozenset({What.CONFIDENCE, What.SCORE})
"""What is told as it stands now, not check-in by check-in."""


@dataclass(frozen=True, slots=True)
class State:
    """A company at one time: its content files by path, those in which a mistake may hide something, and the sum."""

    files: Mapping[str, AnyFile]
    sources: Mapping[str, SourceFile]
    """The same and those that could not be read, as they lay there."""
    wrong: frozenset[str]
    compiled: Compiled


def not_compared(before: State, after: State) -> Mapping[str, tuple[str, str]]:
    """The files that changed, but of which nothing is told, with the team and the cycle that each is of.

    In one of the states a mistake may hide something of them.
    """
    found = {}
    for path in sorted(before.wrong | after.wrong):
        one, two = before.sources.get(path), after.sources.get(path)
        source = two or one
        place = find_place(source)[0] if source and followed(path) else None
        if place and (one and one.digest) != (two and two.digest):
            found[path] = place.team, place.cycle
    return found


def differences(before: State, after: State, apart: Mapping[str, tuple[str, str]]) -> tuple[Change, ...]:
    """Every change of meaning, objective by objective in the order of the content, those that are gone last.

    Where a file stands apart, not compared, nothing is told of what its team's cycle comes to: that is another sum.
    """
    found = [change for change in _promised(before, after) if change.what not in _NOW]
    rewritten = {(change.ref, change.after) for change in found if change.what is What.READING}
    sums = [*_figures(before.compiled, after.compiled), *_risks(before.compiled, after.compiled)]
    sums += _bets(before.compiled, after.compiled)
    uncertain = set(apart.values())
    certain = [change for change in sums if place_of(change.ref) not in uncertain]
    found += [c for c in certain if c.what is not What.VALUE or (c.ref, c.after) not in rewritten]
    order = {ref: number for number, ref in enumerate(after.compiled.company.places)}
    return tuple(sorted(dict.fromkeys(found), key=lambda change: order.get(objective_of(change.ref), len(order))))


def _promised(before: State, after: State) -> Iterator[Change]:
    """What changed in promises, and in what had been observed and judged: the step of one commit."""
    versions = {_OLD: before.files, _NEW: after.files}
    paths = [path for path in dict.fromkeys((*before.files, *after.files)) if followed(path)]
    told = [path for path in paths if path not in before.wrong | after.wrong]
    changed = {path: _NEW if path in after.files else "" for path in told}
    start = Replayed(History(), {path: _OLD for path in before.files if path in changed})
    step = Commit("", date.min, changed, {})
    for recorded in replay(start, [step], lambda path, version: versions[version].get(path)).history.recorded:
        yield recorded.change


def _figures(before: Compiled, after: Compiled) -> Iterator[Change]:
    """The latest value, confidence and closing score of whatever is in both."""
    for ref, now in after.figures.key_results.items():
        then = before.figures.key_results.get(ref)
        yield from _differing(ref, What.VALUE, _value(then.latest if then else None), _value(now.latest))
        if then:
            yield from _differing(ref, What.CONFIDENCE, _number(then.confidence), _number(now.confidence))
            yield from _differing(ref, What.SCORE, _score(then.score.stated), _score(now.score.stated))
    for ref, figures in after.figures.objectives.items():
        earlier = before.figures.objectives.get(ref)
        if earlier:
            own = (f.confidence if not f.confidence_of else None for f in (earlier, figures))
            yield from _differing(ref, What.CONFIDENCE, *map(_number, own))
            yield from _differing(ref, What.SCORE, _score(earlier.score.stated), _score(figures.score.stated))


def _differing(ref: str, what: What, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(ref, what, before, after)


def _value(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return reading.quantity.text if reading.quantity else reading.typed


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _score(score: Fraction | None) -> str:
    return "" if score is None else plain(score)


def _risks(before: Compiled, after: Compiled) -> Iterator[Change]:
    """Risks that were raised, and those that stand otherwise."""
    for ref, risk in after.company.risks.items():
        earlier = before.company.risks.get(ref)
        what = f": {risk.what.plain}" if risk.what else ""
        if earlier is None:
            yield Change(ref, What.RISK, "", f"{risk.state}{what}")
        elif earlier.state is not risk.state:
            yield Change(ref, What.RISK, str(earlier.state), f"{risk.state}{what}")


def _bets(before: Compiled, after: Compiled) -> Iterator[Change]:
    """Assumptions of which something else is said than before."""
    for ref, bet in after.company.bets.items():
        earlier = before.company.bets.get(ref)
        if earlier:
            yield from _differing(ref, What.ASSUMPTION, _state(earlier), _state(bet))


def _state(bet: Bet) -> str:
    return str(bet.state or "")
