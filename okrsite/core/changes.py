"""What changed in meaning between two versions of a team's promise, or of what it observed and judged."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from okrsite.core.history import Change, Terms, What
from okrsite.core.model import (
    Amendment,
    CheckInFile,
    Commitment,
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    KeyResultEntry,
    Measure,
    Metric,
    Milestones,
    ObjectiveEntry,
    OkrsFile,
    RetroFile,
    Status,
    Unreadable,
)
from okrsite.core.quantity import Quantity, decimal_text
from okrsite.core.refs import part_of
from okrsite.core.source import Span
from okrsite.core.spelling import only_spelling
from okrsite.core.text import Prose, Text

GUARDRAILS: Final = "guardrails"
"""What stands for an objective in the reference of a team's guardrail."""


def differ(before: object, after: object) -> bool:
    """Whether two values say something else."""
    return before is not after and before != after and essence(before) != essence(after)


def essence(value: object) -> object:
    """A value without the places in its file, so that what only moved down a line is equal."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Prose):
        return value.source
    if isinstance(value, tuple):
        return tuple(map(essence, value))
    if isinstance(value, Mapping):
        return tuple((key, essence(item)) for key, item in value.items())
    read = _reader(type(value))  # type: ignore[arg-type]  # a class is hashable
    return (type(value).__name__, *map(essence, read(value))) if read else value


@cache
def _reader(kind: Hashable) -> Callable[[object], tuple[object, ...]] | None:
    """What reads all fields of a dataclass at once; None for any other kind of value."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    return lambda value: tuple([getattr(value, name) for name in names])


# --- objectives ---------------------------------------------------------------------------------------------------


def objective_changes(ref: str, before: ObjectiveEntry, after: ObjectiveEntry) -> list[Change]:
    """Every change of an objective and its key results, each with the reason that came with it."""
    found = _commitment(ref, before, after)
    if before.type is not after.type:
        found.append(Change(ref, What.TYPE, str(before.type), str(after.type)))
    found += _wording(ref, What.WHY, before.why, after.why)
    old, new = ([a.text.source for a in entry.assumes] for entry in (before, after))
    found += _listed(ref, What.ASSUMPTION, old, new)
    found += _key_results(ref, before.key_results, after.key_results)
    known = {essence(amendment) for amendment in before.amendments}
    fresh = [amendment for amendment in after.amendments if essence(amendment) not in known]
    return [_explained(change, fresh) for change in found]


def guardrail_changes(place: str, before: OkrsFile | None, after: OkrsFile | None) -> list[Change]:
    """Every change of a team's guardrails; `place` is its `team/cycle`."""
    return _key_results(f"{place}/{GUARDRAILS}", before.guardrails if before else (), after.guardrails if after else ())


def _explained(change: Change, amendments: list[Amendment]) -> Change:
    """A change with the amendment that speaks of it, else the only one that came with it."""
    if change.because or not amendments:
        return change
    named = [a for a in amendments if a.what and mentions(a.what.plain, change.ref, change.what)]
    chosen = named[0] if named else amendments[0] if len(amendments) == 1 else None
    return change._replace(because=chosen.because) if chosen and chosen.because else change


def mentions(text: str, ref: str, what: What) -> bool:
    """Whether a text such as `p95 target` speaks of a change: of its key result, or of what of the objective it was."""
    part = part_of(ref)
    words = text.casefold().split()
    return part.casefold() in words if part else str(what) in words


def _commitment(ref: str, before: Commitment, after: Commitment) -> list[Change]:
    """What objectives and key results share."""
    found = _wording(ref, What.WORDING, before.title, after.title)
    if before.status is not after.status:
        found.append(_status(ref, before, after))
    found += _listed(ref, What.SUPPORTS, [r.text for r in before.supports], [r.text for r in after.supports])
    asked = [n.source.text for n in before.depends_on]
    found += _listed(ref, What.NEED, asked, [n.source.text for n in after.depends_on])
    return found


def _status(ref: str, before: Commitment, after: Commitment) -> Change:
    kinds = {Status.DROPPED: What.DROPPED, Status.PAUSED: What.PAUSED}
    first = What.ADDED if before.status is Status.DRAFT else What.RESUMED
    was = _terms(before) if isinstance(before, KeyResultEntry) else None
    what = kinds.get(after.status, What.PAUSED if after.status is Status.DRAFT else first)
    return Change(ref, what, str(before.status), str(after.status), because=after.because, was=was)


def _wording(ref: str, what: What, before: Text | None, after: Text | None) -> list[Change]:
    old, new = (text.source if text else "" for text in (before, after))
    if not differ(before, after):
        return []
    same = before is not None and after is not None and _same_but_for_spelling(before, after)
    return [Change(ref, what, old, new, minor=same)]


def _same_but_for_spelling(before: Text, after: Text) -> bool:
    """Whether every language's version says the same; a language that came or went says nothing new by itself."""
    old, new = dict(before.versions), dict(after.versions)
    common = old.keys() & new.keys()
    if not common:
        return only_spelling(before.plain, after.plain)
    return all(only_spelling(old[language].plain, new[language].plain) for language in common)


def _listed(ref: str, what: What, before: list[str], after: list[str]) -> list[Change]:
    gone = [Change(ref, what, text, "") for text in before if text not in after]
    return gone + [Change(ref, what, "", text) for text in after if text not in before]


# --- key results --------------------------------------------------------------------------------------------------


def _key_results(objective: str, before: tuple[KeyResultEntry, ...], after: tuple[KeyResultEntry, ...]) -> list[Change]:
    old, new = {kr.id: kr for kr in before}, {kr.id: kr for kr in after}
    free = [kr for kr in before if kr.id not in new]
    found: list[Change] = []
    for kr in after:
        ref = f"{objective}#{kr.id}"
        earlier = old.get(kr.id)
        if earlier is None:
            earlier = next((other for other in free if _is_same(other, kr)), None)
            if earlier is None:
                if kr.status is not Status.DRAFT:
                    found.append(Change(ref, What.ADDED, "", kr.title.source))
                continue
            free.remove(earlier)
            found.append(Change(ref, What.RENAMED, f"{objective}#{earlier.id}", ref))
        found += _key_result(ref, earlier, kr)
    found += [
        Change(f"{objective}#{kr.id}", What.REMOVED, kr.title.source, "", because=kr.because, was=_terms(kr))
        for kr in free
        if kr.status is not Status.DRAFT
    ]
    return found


def _is_same(before: Commitment, after: Commitment) -> bool:
    """Whether something under a new id is what had another one: its title says so."""
    return before.title.plain.casefold() == after.title.plain.casefold()


def _key_result(ref: str, before: KeyResultEntry, after: KeyResultEntry) -> list[Change]:
    found = _commitment(ref, before, after)
    found += _measure(ref, before.measure, after.measure)
    if before.weight != after.weight:
        found.append(Change(ref, What.WEIGHT, decimal_text(before.weight), decimal_text(after.weight)))
    if before.due != after.due:
        found.append(Change(ref, What.DUE, _day(before.due), _day(after.due)))
    was = _terms(before) if found else None
    return [change._replace(was=was) for change in found]


def _terms(kr: KeyResultEntry) -> Terms:
    return Terms(kr.measure, kr.weight, kr.status)


def _measure(ref: str, before: Measure, after: Measure) -> list[Change]:
    if isinstance(before, FindBaseline) or not differ(before, after):
        return []  # a baseline that was looked for and found is no moved goalpost
    if isinstance(before, Metric) and isinstance(after, Metric):
        return _metric(ref, before, after)
    pair = before, after
    if isinstance(before, Guardrail) and isinstance(after, Guardrail):
        return _differing(ref, What.LIMIT, *pair)
    if isinstance(before, Milestones) and isinstance(after, Milestones):
        return _differing(ref, What.MILESTONES, *pair)
    if isinstance(before, DeliverBy) and isinstance(after, DeliverBy):
        return _differing(ref, What.DUE, *pair)
    if isinstance(before, Judged) and isinstance(after, Judged):
        return _wording(ref, What.TARGET, before.target, after.target)
    return _differing(ref, What.MEASURE, *pair)


def _differing(ref: str, what: What, before: Measure, after: Measure) -> list[Change]:
    old, new = described(before), described(after)
    return [Change(ref, what, old, new)] if old != new else []


def _metric(ref: str, before: Metric, after: Metric) -> list[Change]:
    found = []
    if not _equal(before.baseline, after.baseline):
        found.append(Change(ref, What.BASELINE, _typed(before.baseline), _typed(after.baseline)))
    if not (_equal(before.target, after.target) and _equal(before.change, after.change)):
        found.append(Change(ref, What.TARGET, _aim(before), _aim(after)))
    old, new = _direction(before), _direction(after)
    if old and new and old != new:
        found.append(Change(ref, What.DIRECTION, old, new))
    return found


def described(measure: Measure) -> str:
    """A measure in words, as a reader would tell two of them apart."""
    match measure:
        case Metric():
            return " → ".join(filter(None, (_typed(measure.baseline), _aim(measure))))
        case Guardrail(low=low, high=high):
            if low and high:
                return f"{low.text} to {high.text}"
            return f"above {low.text}" if low else f"below {_typed(high)}"
        case Milestones(steps=steps):
            weights = {step.weight for step in steps}
            return "; ".join(
                step.title.source + (f" (weight {decimal_text(step.weight)})" if len(weights) > 1 else "")
                for step in steps
            )
        case DeliverBy(by=by):
            return by.isoformat()
        case FindBaseline():
            return "find a baseline"
        case Judged(target=target):
            return target.source if target else "judged by hand"
        case Unreadable():
            return ""


def _equal(a: Quantity | None, b: Quantity | None) -> bool:
    if a is None or b is None:
        return a is b
    return a.exact == b.exact and a.same_unit(b)


def _typed(quantity: Quantity | None) -> str:
    return quantity.text if quantity else ""


def _aim(metric: Metric) -> str:
    return _typed(metric.change if metric.change else metric.target)


def _direction(metric: Metric) -> str:
    if metric.change:
        return "rising" if metric.change.exact > 0 else "falling"
    if metric.baseline is None or metric.target is None:
        return ""
    return "rising" if metric.target.exact > metric.baseline.exact else "falling"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- what was observed and judged ---------------------------------------------------------------------------------


def checkin_changes(place: str, before: CheckInFile, after: CheckInFile | None) -> list[Change]:
    """What a check-in says otherwise than before; `place` is its `team/cycle`."""
    whole = f"{place}/{before.on}"
    if after is None:
        return [Change(whole, What.WITHDRAWN, before.on.isoformat(), "")]
    found = []
    old = {entry.about.text: entry for entry in before.readings}
    new = {entry.about.text: entry for entry in after.readings}
    for name in dict.fromkeys((*old, *new)):
        ref = f"{place}/{name}"
        first, then = (_value(entries[name].value) if name in entries else "" for entries in (old, new))
        if first != then:
            found.append(Change(ref, What.READING, first, then))
        first, then = (_number(entries[name].confidence) if name in entries else "" for entries in (old, new))
        if first != then:
            found.append(Change(ref, What.CONFIDENCE, first, then))
    then, now = _words(before), _words(after)
    otherwise = differ((before.risks, before.assumptions), (after.risks, after.assumptions))
    if otherwise or then != now:
        found.append(Change(whole, What.WORDS, minor=not otherwise and only_spelling(then, now)))
    return found


def _words(checkin: CheckInFile) -> str:
    """All that a check-in tells in words, but for its risks and assumptions."""
    body = checkin.body
    prose = (body.lead, *(part for section in body.sections for part in (section.heading, section.prose)))
    notes = (entry.note.source for entry in checkin.readings if entry.note)
    return "\n".join((*(part.plain for part in prose), *notes))


def _value(value: str | Iterable[str] | None) -> str:
    return "" if value is None else value if isinstance(value, str) else ", ".join(value)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _decimal(number: Decimal | None) -> str:
    return "" if number is None else decimal_text(number)


def score_changes(place: str, before: RetroFile, after: RetroFile | None) -> list[Change]:
    """The scores that a retrospective gives otherwise than before."""
    old = {entry.about.text: entry for entry in before.scores}
    new = {entry.about.text: entry for entry in after.scores} if after else {}
    found = []
    for name in dict.fromkeys((*old, *new)):
        first, then = (entries[name].score if name in entries else None for entries in (old, new))
        if first != then:
            because = new[name].because if name in new else None
            said = because if name not in old or differ(old[name].because, because) else None  # of this very change
            found.append(Change(f"{place}/{name}", What.SCORE, _decimal(first), _decimal(then), because=said))
    return found
