"""A quarter carried over: the unfinished objectives of a cycle, as the retrospective decided, for the next one.

What was reached is not promised again, and where a number stands is where it starts. A carried target is the old one:
whether it stays is for the team to decide, and comments say so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from okrsite.core.company import Dependency, KeyResult, Objective, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.cycles import Cycle, enclosing
from okrsite.core.drafts import Draft
from okrsite.core.drafts.answers import with_unit
from okrsite.core.drafts.left_out import astray, dropped_words, left_in_file, left_of_key_result, left_of_objective
from okrsite.core.drafts.lines import INDENT, Value, comment, field, fields, item
from okrsite.core.drafts.okrs import draft_okrs, okrs_place
from okrsite.core.figures import KeyResultFigures
from okrsite.core.model import (
    AssumptionState,
    Commitment,
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    Metric,
    Milestones,
    Next,
    Status,
)
from okrsite.core.numbers import ONE, ObjectiveType, plain
from okrsite.core.quantity import decimal_text
from okrsite.core.refs import cycle_of, objective_of, tail_of, team_of

_GOES_ON: Final = (Next.KEEP, Next.CHANGE)


@dataclass(frozen=True, slots=True)
class Carry:
    """Whether an objective goes on by what is known, and why."""

    objective: Objective
    goes_on: bool
    why: str


def choices(team_cycle: TeamCycle, compiled: Compiled) -> tuple[Carry, ...]:
    """Each objective of a cycle with whether it goes on: the retrospective's word, else whether it is unfinished."""
    return tuple(_choice(objective, team_cycle, compiled) for objective in team_cycle.objectives)


def _choice(objective: Objective, team_cycle: TeamCycle, compiled: Compiled) -> Carry:
    score = team_cycle.retro.scores.get(objective.ref) if team_cycle.retro else None
    if score and score.next:
        return Carry(objective, score.next in _GOES_ON, f"decided: {score.next}")
    if objective.moved_to:
        return Carry(objective, False, f"it moved to {objective.moved_to}")
    if objective.entry.status is Status.DROPPED:
        return Carry(objective, False, "it was dropped")
    going = [kr for kr in objective.key_results if kr.entry.status.counts]
    if going and all(_arrived(kr, compiled.figures.key_results[kr.ref]) for kr in going):
        return Carry(objective, False, "all that it promised is reached")
    return Carry(objective, True, "unfinished")


def draft_carried(compiled: Compiled, before: TeamCycle, cycle: Cycle, chosen: Collection[str]) -> Draft:
    """okrs.md of a new cycle with the chosen objectives of an earlier one, and the team's guardrails."""
    carrier = _Carrier(compiled, before, cycle)
    head = carrier.head(chosen)
    entries = [line for o in before.objectives if o.id in chosen for line in carrier.objective(o)]
    standing = [kr for kr in before.guardrails if kr.entry.status is not Status.DROPPED]
    guardrails = [line for kr in standing for line in carrier.key_result(kr, 1)]
    head += [*dropped_words(before.guardrails, 0), *left_in_file(before)]
    return draft_okrs(okrs_place(before.team, cycle.id), entries, head, guardrails)


def too_early(compiled: Compiled, before: TeamCycle, cycle: Cycle, chosen: Collection[str]) -> tuple[str, ...]:
    """What the chosen objectives support and lose, for its team has promised nothing yet for the new cycle's time."""
    carrier = _Carrier(compiled, before, cycle)
    lost = carrier.lost(ref for o in before.objectives if o.id in chosen for ref in o.supports)
    teams = {team for team, c in compiled.company.team_cycles if c in carrier.chain} | {before.team}
    return tuple(ref for ref in dict.fromkeys(lost) if team_of(ref) not in teams)


def _arrived(kr: KeyResult, figures: KeyResultFigures) -> bool:
    """Whether a key result has nothing left to reach."""
    measure, latest = kr.entry.measure, figures.latest
    if isinstance(measure, FindBaseline):
        return latest is not None
    at = latest.quantity if latest else None
    if isinstance(measure, Metric) and at and measure.target and at.amount == measure.target.amount:
        return True
    return not isinstance(measure, Guardrail) and figures.progress == ONE


class _Carrier:
    """Writes what an earlier cycle promised as a promise for another."""

    def __init__(self, compiled: Compiled, before: TeamCycle, cycle: Cycle) -> None:
        self.compiled, self.company, self.before, self.cycle = compiled, compiled.company, before, cycle
        self.chain = enclosing(cycle.id, {**self.company.cycles, cycle.id: cycle})

    def head(self, chosen: Collection[str]) -> list[str]:
        """Comments on what was carried over, what was not, and what was learned."""
        lines = [
            comment(
                f"Carried over from {self.before.cycle}. Numbers start where they stood last; targets are those", 0
            ),
            comment(f"of {self.before.cycle}. Decide them anew, then take out these comments.", 0),
        ]
        left = [c for c in choices(self.before, self.compiled) if c.objective.id not in chosen]
        lines += [comment(f"Not carried over: {c.objective.id} ({c.why})", 0) for c in left]
        lessons = self.before.retro.lessons if self.before.retro else ()
        if lessons:
            lines.append(comment("Lessons, for `learned_from:` below an objective that uses one:", 0))
            lines += [f"#   - {lesson.ref}  {comment(lesson.entry.text.plain, 0)}" for lesson in lessons]
        return lines

    def objective(self, objective: Objective) -> list[str]:
        """The lines of an objective that goes on."""
        entry = objective.entry
        supports = self._targets(objective.supports)
        values: dict[str, Value] = {
            "title": entry.title,
            "why": entry.why or "",
            "type": "" if entry.type is ObjectiveType.ASPIRATIONAL else str(entry.type),
            **_standing(entry),
            "proposed_by": str(entry.proposed_by or ""),
            "supports": supports,
        }
        lines = [f"{INDENT}{objective.id}:", *self._decided(objective)]
        lines += _fields(values, 2)
        lines += astray(self.lost(objective.supports), self._lost_needs(objective.ref), 2)
        lines += left_of_objective(objective, 2)
        lines += self._needs(objective.ref, 2)
        lines += _fields(
            {
                "shared_with": tuple(f"@{team}" for team, _ in objective.shared_with),
                "serves": entry.serves,
            },
            2,
        )
        lines += self._assumptions(objective)
        lines += field("contacts", entry.contacts, 2)
        lines += field("carried_from", (objective.ref,), 2)
        lines += fields("ignore", {answer.code: answer.reason for answer in entry.ignore}, 2)
        lines += fields("extra", _extra(entry.extra), 2)
        going = [kr for kr in objective.key_results if kr.entry.status is not Status.DROPPED]
        arrived = [kr for kr in going if _arrived(kr, self.compiled.figures.key_results[kr.ref])]
        if len(going) > len(arrived):
            lines.append(f"{INDENT * 2}key_results:")
            lines += [line for kr in going if kr not in arrived for line in self.key_result(kr, 3)]
        lines += dropped_words(objective.key_results, 2)
        return lines + [comment(f"Reached, and not promised again: {self._result(kr)}", 2) for kr in arrived]

    def _decided(self, objective: Objective) -> list[str]:
        """What the look back said of an objective."""
        score = self.compiled.figures.objectives[objective.ref].score.shown
        entry = self.before.retro.scores.get(objective.ref) if self.before.retro else None
        said = [f"score {plain(score, 1)}"] if score is not None else []
        said += [f"decided: {entry.next}"] if entry and entry.next else []
        lines = [comment(f"In {self.before.cycle}: {', '.join(said)}", 2)] if said else []
        return lines + ([comment(entry.because.plain, 2)] if entry and entry.because else [])

    def lost(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Of references those that name nothing in the new cycle."""
        return tuple(ref for ref in refs if not self._written(ref))

    def _targets(self, refs: Iterable[str]) -> tuple[str, ...]:
        """References as they are written in the new cycle, but for those that name nothing there."""
        return tuple(dict.fromkeys(filter(None, map(self._written, refs))))

    def _written(self, ref: str) -> str:
        """A full reference as the new cycle may write it: the same where it still runs, else what carries it on."""
        if ref.startswith("@"):
            return ref
        objective = objective_of(ref)
        following = [o for o in self.company.carried_on.get(objective, ()) if cycle_of(o) in self.chain]
        for candidate in [objective] if cycle_of(ref) in self.chain else following:
            full = candidate + ref.removeprefix(objective)
            full = full if full in self.company.places else candidate
            team, tail = team_of(full), tail_of(full)
            first = next((f"{team}/{c}/{tail}" for c in self.chain if f"{team}/{c}/{tail}" in self.company.places), "")
            return f"{team}/{tail}" if first == full else full
        return ""

    def _needs(self, asker: str, depth: int) -> list[str]:
        """What it still waits for, of teams or of work that goes on."""
        lines: list[str] = []
        for dependency in self._asked(asker):
            if provider := self._written(dependency.provider):
                lines += item(_fields({"from": provider, "need": dependency.need or ""}, depth + 2), depth + 1)
        return [f"{INDENT * depth}depends_on:", *lines] if lines else []

    def _lost_needs(self, asker: str) -> list[Dependency]:
        """What it waited for, of work that does not go on."""
        return [dependency for dependency in self._asked(asker) if not self._written(dependency.provider)]

    def _asked(self, asker: str) -> list[Dependency]:
        return [one for one in self.company.needs.get(objective_of(asker), ()) if one.asker == asker]

    def _assumptions(self, objective: Objective) -> list[str]:
        """What it stands on, but for what has broken."""
        broken = {tail_of(bet.ref) for bet in self.before.bets if bet.state is AssumptionState.BROKEN}
        standing = {a.id: a.text for a in objective.entry.assumes if a.id not in broken}
        gone = [comment(f"This broke: {a.text.plain}", 2) for a in objective.entry.assumes if a.id in broken]
        return [*fields("assumes", standing, 2), *gone]

    # --- key results ------------------------------------------------------------------------------------------------

    def key_result(self, kr: KeyResult, depth: int) -> list[str]:
        """The lines of a key result that goes on."""
        entry = kr.entry
        measure, words = self._measure(kr)
        supports = self._targets(kr.supports)
        lines = [f"{INDENT * depth}{entry.id}:", *field("title", entry.title, depth + 1)]
        lines += [comment(text, depth + 1) for text in words]
        lines += _fields({**measure, **_standing(entry)}, depth + 1)
        due = entry.due.isoformat() if entry.due and self.cycle.contains(entry.due) else ""
        lines += astray(self.lost(kr.supports), self._lost_needs(kr.ref), depth + 1)
        lines += left_of_key_result(kr, due_goes_on=bool(due), depth=depth + 1)
        lines += _fields(
            {
                "weight": "" if entry.weight == 1 else decimal_text(entry.weight),
                "due": due,
                "source": entry.source,
                "cadence": str(entry.cadence or ""),
                "supports": supports,
            },
            depth + 1,
        )
        lines += self._needs(kr.ref, depth + 1)
        lines += field("contacts", entry.contacts, depth + 1)
        lines += fields("ignore", {answer.code: answer.reason for answer in entry.ignore}, depth + 1)
        return lines + fields("extra", _extra(entry.extra), depth + 1)

    def _result(self, kr: KeyResult) -> str:
        latest = self.compiled.figures.key_results[kr.ref].latest
        return f"{kr.entry.title.plain}{f', {latest.typed} on {latest.on}' if latest else ''}"

    def _measure(self, kr: KeyResult) -> tuple[dict[str, Value], list[str]]:
        """What is to be reached from here on, and what is to be said about it."""
        measure, figures = kr.entry.measure, self.compiled.figures.key_results[kr.ref]
        last = f"last {figures.latest.typed} on {figures.latest.on}" if figures.latest else "no value was given"
        if isinstance(measure, Metric):
            return self._metric(measure, figures), [f"In {self.before.cycle}: {_way(measure)}; {last}"]
        if isinstance(measure, Guardrail):
            low, high = measure.low, measure.high
            if low and high:
                return {"keep_between": (low.text, high.text)}, []
            return {"keep_above": low.text} if low else {"keep_below": high.text if high else ""}, []
        if isinstance(measure, Milestones):
            return self._milestones(measure, figures)
        if isinstance(measure, DeliverBy):
            fits = self.cycle.contains(measure.by)
            day = measure.by if fits else self.cycle.end
            return {"deliver_by": day.isoformat()}, [] if fits else [f"It was promised for {measure.by}; by when now?"]
        if isinstance(measure, FindBaseline):
            return {"find_baseline": "true"}, []
        if isinstance(measure, Judged):
            return {"target": measure.target or ""}, [f"In {self.before.cycle}: {last}"]
        return {}, ["its measure could not be read"]

    def _metric(self, measure: Metric, figures: KeyResultFigures) -> dict[str, Value]:
        latest = figures.latest.quantity if figures.latest else None
        baseline = latest or measure.baseline
        unit = measure.baseline or measure.target
        start = (
            with_unit(baseline.text, unit)
            if baseline and unit and not baseline.unit
            else baseline.text
            if baseline
            else ""
        )
        if measure.change and (figures.goal is None or not figures.target):
            return {"baseline": start, "change": measure.change.text}
        return {"baseline": start, "target": figures.target.text if figures.target else ""}

    def _milestones(self, measure: Milestones, figures: KeyResultFigures) -> tuple[dict[str, Value], list[str]]:
        """The steps that are left."""
        reached = figures.latest.reached if figures.latest else ()
        left = [step for step in measure.steps if step.id not in reached]
        done = [step.title.plain for step in measure.steps if step.id in reached]
        steps: dict[str, Value] = {
            step.id: {"title": step.title, "weight": "" if step.weight == 1 else decimal_text(step.weight)}
            for step in left
        }
        return {"milestones": steps}, [f"Reached in {self.before.cycle}: {', '.join(done)}"] if done else []


def _standing(entry: Commitment) -> dict[str, Value]:
    """That something is a draft still, or paused and why."""
    if entry.status in (Status.DRAFT, Status.PAUSED):
        return {"status": str(entry.status), "because": entry.because or ""}
    return {}


def _way(measure: Metric) -> str:
    start = measure.baseline.text if measure.baseline else "an unknown number"
    aim = measure.target.text if measure.target else measure.change.text if measure.change else "no target"
    return f"from {start} to {aim}" if not measure.change else f"from {start} by {aim}"


def _fields(values: dict[str, Value], depth: int) -> list[str]:
    return [line for name, value in values.items() for line in field(name, value, depth)]


def _extra(values: object) -> dict[str, Value]:
    return dict(values) if isinstance(values, dict) else {}
