"""What check-ins say while a cycle runs, and what they leave unsaid."""

from collections.abc import Iterator
from datetime import date

from okrsite.core.checks.part import Finding, Part, meant, name_of
from okrsite.core.company import Objective
from okrsite.core.figures import Reading
from okrsite.core.format import MID_CYCLE
from okrsite.core.model import CheckInFile, ReadingEntry, RiskState, Status
from okrsite.core.numbers import EARLY_SHARE, ONE, Call, Hearing, ObjectiveType
from okrsite.core.refs import tail_of
from okrsite.core.source import Span

CERTAIN = 9
JUMP = 3
SHORT = 60
"""Days of a cycle that is too short for a review in its middle."""


def all_certain(part: Part) -> Iterator[Finding]:
    aspirational = {o.id for o in part.active() if o.entry.type is ObjectiveType.ASPIRATIONAL}
    for checkin in part.written.checkins:
        stated = [e for e in checkin.readings if e.confidence is not None and e.about.name in aspirational]
        if stated:
            early = part.cycle.elapsed(checkin.on) <= EARLY_SHARE / 2
            past = not part.cycle.is_early(part.today)
            if early and not past and len(stated) > 1 and all((e.confidence or 0) >= CERTAIN for e in stated):
                message = "at the start the team is certain of everything: every confidence is 9 or 10"
                hint = "what would make it a five? If nothing does, the aim may be higher, or the objective committed"
                yield part.find_in(part.written.okrs, "all-certain", stated[0].about.span, message, hint)
            return


def confidence_jump(part: Part) -> Iterator[Finding]:
    before: dict[str, int] = {}
    last: dict[str, tuple[int, CheckInFile, ReadingEntry]] = {}
    for checkin in part.written.checkins:
        for entry in checkin.readings:
            if entry.confidence is not None:
                name = name_of(entry)
                step = entry.confidence - before.get(name, entry.confidence)
                before[name] = entry.confidence
                last[name] = (step, checkin, entry)
    for objective in part.active():
        for ref in (objective.ref, *(kr.ref for kr in meant(objective))):
            if tail_of(ref) not in last:
                continue
            step, checkin, entry = last[tail_of(ref)]
            figures = part.figures.key_results.get(ref)
            reached = figures and figures.progress == ONE
            if abs(step) >= JUMP and not reached and not part.explains(checkin, ref):
                now = entry.confidence or 0
                message = f"confidence went from {now - step} to {now}, and no sentence says what happened"
                yield part.find(ref, "confidence-jump", entry.about.span, message, "add a `note`, or name the risk")


def stale_checkin(part: Part) -> Iterator[Finding]:
    active = list(part.active())
    figures = part.figures.objectives
    quiet = [o for o in active if figures[o.ref].hearing in (Hearing.QUIET, Hearing.LONG_QUIET)]
    hint = "a value and a sentence are enough; so is `nothing new`"
    if quiet and quiet == active:
        heard = max((day for o in quiet if (day := figures[o.ref].heard_on)), default=None)
        message = f"no word on any objective since {heard or 'the cycle began'}; check-ins here are {part.team.cadence}"
        found = part.find(quiet[0].ref, "stale-checkin", quiet[0].entry.span, message, hint)
        yield found if len(quiet) == 1 else found._replace(about=(part.written.okrs,))
        return
    for objective in quiet:
        since = figures[objective.ref].heard_on or "the cycle began"
        message = f"no word on `{objective.id}` since {since}; check-ins here are {part.team.cadence}"
        yield part.find(objective.ref, "stale-checkin", objective.entry.span, message, hint)


def no_mid_cycle_review(part: Part) -> Iterator[Finding]:
    checkins, cycle = part.written.checkins, part.cycle
    # Who began to check in when the middle was over could not review it.
    early = checkins and cycle.is_early(checkins[0].on) and any(part.active())
    late = not cycle.is_early(part.today)
    if late and early and cycle.days > SHORT and not any(checkin.review == MID_CYCLE for checkin in checkins):
        message = f"more than 60 % of {part.cycle.id} is over, and no check-in is marked as its review"
        hint = "ask of each objective: go on, change, stop? A check-in with `review: mid-cycle` says that you did"
        yield part.find_in(part.written.okrs, "no-mid-cycle-review", Span(checkins[-1].path), message, hint)


def worse_than_baseline(part: Part) -> Iterator[Finding]:
    for objective in part.active():
        for kr in meant(objective):
            figures = part.figures.key_results[kr.ref]
            if figures.raw is not None and figures.raw < 0 and figures.latest and figures.baseline:
                message = f"`{figures.latest.typed}` is worse than the baseline, `{figures.baseline.text}`"
                hint = "add a `note` on what happened; if somebody could help, name it as a risk with `needs`"
                yield from _unexplained(part, kr.ref, figures.latest, "worse-than-baseline", message, hint)


def guardrail_breached(part: Part) -> Iterator[Finding]:
    kept = [kr for o in part.active() for kr in meant(o)]
    kept += [kr for kr in part.written.guardrails if kr.entry.status is Status.ACTIVE]
    for kr in kept:
        figures = part.figures.key_results[kr.ref]
        if figures.inside is False and figures.latest:
            message = f"`{figures.latest.typed}` is outside the limits of `{kr.entry.id}`"
            hint = "add a `note` on what happened and what follows from it"
            yield from _unexplained(part, kr.ref, figures.latest, "guardrail-breached", message, hint)


def _unexplained(part: Part, ref: str, reading: Reading, code: str, message: str, hint: str) -> Iterator[Finding]:
    """A finding at a reading, unless its check-in has a sentence on it."""
    said = part.said(ref, reading.path)
    if said and not part.explains(said[0], ref):
        yield part.find(ref, code, said[1].value_span, message, hint)


def committed_in_doubt(part: Part) -> Iterator[Finding]:
    for objective in part.active():
        figures = part.figures.objectives[objective.ref]
        doubtful = figures.call in (Call.AT_RISK, Call.OFF_TRACK)
        if objective.entry.type is ObjectiveType.COMMITTED and doubtful and not _asks(part, objective):
            span = objective.entry.span
            name = tail_of(figures.confidence_of or objective.ref)
            for checkin in part.written.checkins:
                if checkin.on == figures.confidence_on:
                    span = next((e.about.span for e in checkin.readings if name_of(e) == name), span)
            message = f"`{objective.id}` is committed and {figures.call}, and nobody has been asked for help"
            hint = "name what is in the way under `risks`, and with `needs` the team that could help"
            yield part.find(objective.ref, "committed-in-doubt", span, message, hint)


def _asks(part: Part, objective: Objective) -> bool:
    """Whether a team has asked another one for help with an objective, and is not done with it."""
    refs = objective.refs
    open_risks = [risk for risk in part.written.risks if risk.needs and risk.state is not RiskState.RESOLVED]
    return any(risk.about in refs or not risk.about for risk in open_risks)


def broken_assumption(part: Part) -> Iterator[Finding]:
    active = {objective.ref: objective for objective in part.active()}
    for bet in part.written.bets:
        if bet.objective in active and bet.broken_since:
            objective = active[bet.objective]
            if not _follows(objective, bet.broken_since):
                entry = bet.states[-1][1]
                message = f"`{entry.id}` is broken, and nothing says what that means for `{objective.id}`"
                hint = (
                    "change, pause or drop it, with `amendments` or `because`; or say with `reaffirmed:` that it stands"
                )
                yield part.find(objective.ref, "broken-assumption", entry.span, message, hint)


def _follows(objective: Objective, broke: date) -> bool:
    """Whether a promise was changed or confirmed since the day on which an assumption broke."""
    entry = objective.entry
    dates = [entry.reaffirmed, *(amendment.on for amendment in entry.amendments)]
    moved = any(
        kr.entry.status in (Status.DROPPED, Status.PAUSED) or kr.entry.replaced_by for kr in objective.key_results
    )
    return moved or bool(entry.replaced_by) or any(day and day >= broke for day in dates)
