"""What somebody answers about a key result or objective, held against what it measures."""

import re
import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from okrsite.core.company import KeyResult, Objective, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import did_you_mean
from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.lines import cleaned
from okrsite.core.fields import parse_yes, slug
from okrsite.core.figures import Reading
from okrsite.core.model import DeliverBy, Judged, Milestone, Milestones, ReadingEntry
from okrsite.core.quantity import Quantity, looks_numeric, parse_quantity
from okrsite.core.readings import UNCOUNTED, read_value, unit_of
from okrsite.core.refs import Ref, normal, parse_ref, part_of, tail_of
from okrsite.core.source import Span

REPEAT: Final = "="
"""Stands for the last value."""
MORE: Final = "+"
"""Before a milestone: reached besides those that were reached already."""
_NOTHING_NEW: Final = re.compile(r"nothing new\.?", re.IGNORECASE)
_FIGURE: Final = re.compile(r"[+-]?[0-9][0-9.,/%]*")
_SIGNS: Final = ("=", "＝", ":", "：")
"""What stands, or was meant to stand, between a reference and its value."""
_SAID: Final = re.compile(r"(?P<ref>[^=＝:：]+)(?P<sign>[=＝:：])(?P<answer>.+)", re.DOTALL)
_COMMA: Final = re.compile(r"[,，、]")
_IN_FULL: Final = {"y": "yes", "n": "no"}


@dataclass(frozen=True, slots=True)
class Subject:
    """An objective, key result or guardrail of a team's cycle, of which a check-in may say something."""

    ref: str
    """As it is written in the team's own files: `objective`, `objective#kr`, `guardrails#kr`."""
    title: str
    key_result: KeyResult | None
    last: Reading | None
    """The last reading with a value."""
    confidence: int | None
    """The last stated one."""
    unit: Quantity | None
    asked: bool
    """Whether it is open, so that one may ask about it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a check-in says of one subject."""

    ref: str
    value: str | tuple[str, ...] | None = None
    confidence: int | None = None
    note: str = ""


def subjects(compiled: Compiled, team_cycle: TeamCycle, day: date) -> dict[str, Subject]:
    """Everything that a check-in of a day may speak of, by short reference, an objective after its key results."""
    found = []
    for objective in team_cycle.objectives:
        open_ = objective.entry.status.counts and not objective.moved_to
        found += [
            _key_result(kr, compiled, day, asked=open_ and kr.entry.status.counts) for kr in objective.key_results
        ]
        found.append(_objective(objective, team_cycle, day, asked=open_))
    found += [_key_result(kr, compiled, day, asked=kr.entry.status.counts) for kr in team_cycle.guardrails]
    return {subject.ref: subject for subject in found}


def _key_result(kr: KeyResult, compiled: Compiled, day: date, *, asked: bool) -> Subject:
    readings = [r for r in compiled.figures.key_results[kr.ref].readings if r.on <= day]
    valued = [reading for reading in readings if reading.has_value]
    unit = unit_of(kr.entry.measure) or next((r.quantity for r in valued if r.quantity), None)
    return Subject(
        ref=tail_of(kr.ref),
        title=kr.entry.title.plain,
        key_result=kr,
        last=valued[-1] if valued else None,
        confidence=next((r.confidence for r in reversed(readings) if r.confidence is not None), None),
        unit=unit,
        asked=asked,
    )


def _objective(objective: Objective, team_cycle: TeamCycle, day: date, *, asked: bool) -> Subject:
    stated = [
        entry.confidence
        for checkin in team_cycle.checkins
        for entry in checkin.readings
        if checkin.on <= day and entry.about.name == objective.id and not entry.about.part
    ]
    confidence = next((c for c in reversed(stated) if c is not None), None)
    return Subject(objective.id, objective.entry.title.plain, None, None, confidence, None, asked)


# --- finding what is meant ----------------------------------------------------------------------------------------


def find_subject(typed: str, known: Mapping[str, Subject], team_cycle: TeamCycle) -> Subject:
    """The subject that a reference names: in short or in full, or by the name of the key result alone."""
    ref = parse_ref(typed, Span(""))
    name = normal(typed.strip())
    if ref and ref.name and ref.team == team_cycle.team and ref.cycle in ("", team_cycle.cycle):
        name = ref.tail
    if name in known:
        return known[name]
    part = name.removeprefix("#")
    alone = [subject for subject in known.values() if part and part_of(subject.ref) == part]
    if len(alone) == 1:
        return alone[0]
    if alone:
        raise CannotDraftError(f"`{typed}` may be {' or '.join(f'`{subject.ref}`' for subject in alone)}; write which")
    hint = _near_subject(name, known)
    raise CannotDraftError(
        f"`{team_cycle.team}` has nothing called `{typed}` in {team_cycle.cycle}; "
        f"{hint + ' ' if hint else ''}there are {', '.join(f'`{ref}`' for ref in known)}"
    )


def _near_subject(name: str, known: Collection[str]) -> str:
    """A hint to the subject that a name may mean: a reference, or the name of a key result that no other has."""
    counts = Counter(part_of(ref) for ref in known)
    alone = [part for part, number in counts.items() if part and number == 1]
    holding = [part for part in alone if len(name) > 1 and name.casefold() in part.casefold()]
    return did_you_mean(name, [*known, *alone]) or (f"did you mean `{holding[0]}`?" if len(holding) == 1 else "")


def rejoined(arguments: Iterable[str]) -> list[list[str]]:
    """Arguments, of which several are one where blanks stand around a `=` or before an `@`."""
    groups: list[list[str]] = []
    for argument in arguments:
        opened = bool(groups) and groups[-1][-1].endswith(_SIGNS) and not any(sign in argument for sign in _SIGNS)
        if groups and (opened or argument.startswith((*_SIGNS, "@"))):
            groups[-1].append(argument)
        else:
            groups.append([argument])
    return groups


def parse_said(pieces: Sequence[str], known: Mapping[str, Subject], team_cycle: TeamCycle, day: date) -> Said:
    """What an argument `REF=VALUE@CONFIDENCE` says; in pieces or with another sign it is refused and shown."""
    argument = " ".join(pieces)
    found = _SAID.fullmatch("".join(pieces))
    if not found or not found["answer"].strip():
        raise CannotDraftError(f"`{argument}` says no value; write `objective#key-result=VALUE`, or `objective=@7`")
    ref, answer = found["ref"].strip(), found["answer"].strip()
    said = parse_answer(answer, find_subject(ref, known, team_cycle), day)
    if len(pieces) > 1 or found["sign"] != "=":
        raise CannotDraftError(f"`{argument}` is not read; write `{ref}={shlex.quote(answer)}`, in one word")
    return said


def parse_answer(typed: str, subject: Subject, day: date) -> Said:
    """What `VALUE@CONFIDENCE` says of a subject; either half may be missing, and a sentence is a note."""
    value, confidence = _halves(cleaned(typed, f"what is said of `{subject.ref}`").strip(), subject)
    sure = None if confidence is None else parse_confidence(confidence, subject)
    if _NOTHING_NEW.fullmatch(value) or (subject.key_result is None and _is_sentence(value)):
        return Said(subject.ref, confidence=sure, note=value)
    if subject.key_result is None and value:
        raise CannotDraftError(
            f"`{subject.ref}` is an objective, which has a confidence and no value; write `{subject.ref}=@7`, "
            f'`{subject.ref}="nothing new"` or another sentence, or name a key result: `{subject.ref}#…`'
        )
    return Said(
        subject.ref, _value(value, subject, subject.key_result, day) if subject.key_result and value else None, sure
    )


def parse_word(typed: str, subject: Subject) -> Said:
    """What answers how sure a team is of an objective: a confidence, the last one again, or that nothing is new."""
    if _NOTHING_NEW.fullmatch(typed):
        return Said(subject.ref, note=typed)
    again = str(subject.confidence) if typed == REPEAT and subject.confidence is not None else typed
    return Said(subject.ref, confidence=parse_confidence(again.removeprefix("@").strip(), subject))


def _halves(answer: str, subject: Subject) -> tuple[str, str | None]:
    """A value, and what stands as a confidence after `@`; in words an `@` also names a team, as in `we asked @risk`."""
    value, at, rest = (half.strip() for half in answer.rpartition("@"))
    in_words = subject.key_result is None or isinstance(subject.key_result.entry.measure, Milestones)
    if not at or (in_words and (value or " " in rest) and not _FIGURE.fullmatch(rest)):
        return answer, None
    return value, rest


def _is_sentence(typed: str) -> bool:
    """Whether a text is more than a word, and no value that was meant for a key result."""
    words = any(sign.isspace() or not sign.isascii() for sign in typed)
    return words and parse_quantity(typed) is None and parse_yes(typed) is None and not looks_numeric(typed)


def parse_confidence(typed: str, subject: Subject) -> int:
    """A confidence from 0 to 10."""
    if not typed:
        raise CannotDraftError(f"nothing stands after `@` for `{subject.ref}`; write a confidence, as in `@7`")
    if not re.fullmatch(r"[0-9]|10", typed):
        raise CannotDraftError(f"confidence is a whole number from 0 to 10, and `{typed}` for `{subject.ref}` is not")
    return int(typed)


def _value(typed: str, subject: Subject, kr: KeyResult, day: date) -> str | tuple[str, ...]:
    """A value as it is written into a check-in: with its unit, milestones as a list."""
    measure = kr.entry.measure
    if typed == REPEAT:
        if subject.last is None:
            raise CannotDraftError(f"`{subject.ref}` has no last value that `{REPEAT}` could stand for")
        if not isinstance(measure, Milestones):
            return subject.last.typed
        return _named(measure, subject.last.reached)
    if isinstance(measure, Milestones):
        return _milestones(typed, subject, measure)
    if typed.startswith((MORE, "＋")) and parse_quantity(typed):
        raise CannotDraftError(
            f"`{subject.ref}`: `{typed}` may mean so much more than last time; write the value itself, such as "
            f"`{typed[1:].strip()}`"
        )
    if isinstance(measure, DeliverBy | Judged):
        typed = in_full(typed)
    entry = ReadingEntry(Ref("", "", subject.ref, "", subject.ref, Span("")), typed, Span(""), None, None, "")
    _, problem = read_value(entry, measure, subject.unit, day, "")
    if problem and problem.code == "missing-unit" and subject.unit:
        return with_unit(typed, subject.unit)
    if problem:
        raise CannotDraftError(
            f"`{subject.ref}`: {problem.message.removesuffix(UNCOUNTED)}{'; ' if problem.hint else ''}{problem.hint}"
        )
    return typed


def in_full(typed: str) -> str:
    """`yes` or `no` for its first letter alone; all else as it is."""
    return _IN_FULL.get(typed.casefold(), typed)


def parse_choice(typed: str) -> bool:
    """What somebody answers who was asked whether."""
    answer = parse_yes(in_full(typed))
    if answer is None:
        raise CannotDraftError(f"`{typed}` is neither yes nor no; write `y` or `n`")
    return answer


def with_unit(typed: str, unit: Quantity) -> str:
    """A bare number, as typed, with the unit of another; unchanged where that would not read the same."""
    whole = f"{unit.before}{typed}{unit.gap}{unit.after}"
    before, after = parse_quantity(typed), parse_quantity(whole)
    return whole if before and after and before.amount == after.amount and after.same_unit(unit) else typed


# --- milestones ---------------------------------------------------------------------------------------------------


def _milestones(typed: str, subject: Subject, measure: Milestones) -> tuple[str, ...]:
    """The milestones reached, in the file's order: by title, id or number, all of them or `+` those that are new."""
    more = typed.startswith(MORE)
    words = typed.removeprefix(MORE).strip()
    reached = set(subject.last.reached) if more and subject.last else set()
    if words.casefold() not in ("none", "no", "0"):
        reached |= {step.id for step in _steps(words, subject, measure)}
    return _named(measure, reached)


def _steps(words: str, subject: Subject, measure: Milestones) -> Iterator[Milestone]:
    """The milestones that a list with commas names; a title may hold commas itself."""
    parts = _parts(words)
    while parts:
        tries = ((", ".join(parts[:length]), length) for length in range(len(parts), 0, -1))
        step, length = next(((s, n) for word, n in tries if (s := _step(word, measure))), (None, 1))
        if step is None:
            titles = [step.title.plain for step in measure.steps]
            hint = did_you_mean(parts[0], titles)
            raise CannotDraftError(
                f"`{subject.ref}` has no milestone `{parts[0]}`; {hint + ' ' if hint else ''}"
                f"they are {', '.join(f'`{title}`' for title in titles)}"
            )
        yield step
        parts = parts[length:]


def _step(word: str, measure: Milestones) -> Milestone | None:
    for number, step in enumerate(measure.steps, 1):
        names = (step.title.source, step.title.plain, step.id, str(number))
        if word.casefold() in (", ".join(_parts(name)).casefold() for name in names):
            return step
    return None


def _parts(words: str) -> list[str]:
    """What stands between commas."""
    return [part.strip() for part in _COMMA.split(words) if part.strip()]


def _named(measure: Milestones, reached: Collection[str]) -> tuple[str, ...]:
    """Milestones as a check-in names them: by the id that the team gave, else by title."""
    return tuple(
        step.title.source if step.id.startswith(slug(step.title.source) or "step") else step.id
        for step in measure.steps
        if step.id in reached
    )


def expected(subject: Subject) -> str:
    """What may be answered about a key result, in a few words."""
    measure = subject.key_result.entry.measure if subject.key_result else None
    if isinstance(measure, Milestones):
        return "milestones reached so far"
    if isinstance(measure, DeliverBy):
        return "`yes` or `no`"
    if isinstance(measure, Judged):
        return "a share such as `40%`, `yes` or `no`"
    if subject.unit:
        return f"a number in {subject.unit.unit}" if subject.unit.unit else "a number"
    return "a number with its unit"
