"""What check-ins say while a cycle runs, and what they leave unsaid."""

from collections.abc import Iterable, Iterator
from datetime import date

from okrsite.core.checks.part import Finding, Part, meant, name_of
from okrsite.core.checks.sentences import Doubt, texts_of, unexplained
from okrsite.core.checks.words import REVIEWED
from okrsite.core.company import KeyResult, Objective, Risk
from okrsite.core.figures import Reading
from okrsite.core.format import MID_CYCLE
from okrsite.core.model import CheckInFile, Commitment, ReadingEntry, RiskState, Status
from okrsite.core.numbers import EARLY_SHARE, ONE, Call, Hearing, ObjectiveType
from okrsite.core.refs import tail_of
from okrsite.core.source import Span

CERTAIN = 9
DOUBTED = 8
"""A confidence below which a team has begun to doubt."""
JUMP = 3
HELP = 7
"""Days before a cycle's end in which no help that is asked for can come any more."""
SHORT = 60
"""Days of a cycle that is too short for a review in its middle."""
LONG = 184
"""Days of half a year; of a longer cycle a word each month is enough."""
PATIENCE = 34
"""Days of silence in a long cycle: a month, and the three days after which silence counts anywhere."""


def all_certain(part: Part) -> Iterator[Finding]:
    aspirational = {o.id for o in part.active() if o.entry.type is ObjectiveType.ASPIRATIONAL}
    said = [
        (checkin, stated)
        for checkin in part.written.checkins
        if (stated := [e for e in checkin.readings if e.confidence is not None and e.about.name in aspirational])
    ]
    if not said or not part.cycle.is_early(part.today):
        return
    first, stated = said[0]
    early = part.cycle.elapsed(first.on) <= EARLY_SHARE / 2
    certain = all((entry.confidence or 0) >= CERTAIN for entry in stated)
    doubted = any((entry.confidence or 0) < DOUBTED for _, entries in said for entry in entries)
    if early and len(stated) > 1 and certain and not doubted:
        message = "at the start the team is certain of everything: every confidence is 9 or 10"
        hint = "what would make it a five? If nothing does, the aim may be higher, or the objective committed"
        yield part.find_in(part.written.okrs, "all-certain", stated[0].about.span, message, hint)


def confidence_jump(part: Part) -> Iterator[Finding]:
    return unexplained(_jumps(part))


def _jumps(part: Part) -> Iterator[Doubt]:
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
        entries: dict[str, Commitment] = {objective.ref: objective.entry}
        entries |= {kr.ref: kr.entry for kr in meant(objective)}
        for ref, promise in entries.items():
            if tail_of(ref) not in last:
                continue
            step, checkin, entry = last[tail_of(ref)]
            figures = part.figures.key_results.get(ref)
            reached = figures and figures.progress == ONE
            if abs(step) >= JUMP and not reached:
                now = entry.confidence or 0
                message = f"confidence went from {now - step} to {now}, and no sentence says what happened"
                hint = "add a `note`, or name the risk"
                yield Doubt(promise, checkin, part.find(ref, "confidence-jump", entry.about.span, message, hint))


def stale_checkin(part: Part) -> Iterator[Finding]:
    active = list(part.active())
    figures = part.figures.objectives
    quiet = [o for o in active if _is_overdue(part, o)]
    usual = "monthly in so long a cycle" if part.cycle.days > LONG else part.team.cadence
    if quiet and quiet == active:
        heard = max((day for o in quiet if (day := figures[o.ref].heard_on)), default=None)
        message = f"no word on any objective since {heard or 'the cycle began'}; check-ins here are {usual}"
        found = part.find(quiet[0].ref, "stale-checkin", quiet[0].entry.span, message, _a_word_on(part, quiet[0]))
        yield found if len(quiet) == 1 else found._replace(about=(part.written.okrs,))
        return
    for objective in quiet:
        since = figures[objective.ref].heard_on or "the cycle began"
        message = f"no word on `{objective.id}` since {since}; check-ins here are {usual}"
        yield part.find(objective.ref, "stale-checkin", objective.entry.span, message, _a_word_on(part, objective))


def _a_word_on(part: Part, objective: Objective) -> str:
    """How little it takes to be heard on an objective."""
    cycle = "" if part.cycle.id == part.company.current else f" --cycle {part.cycle.id}"
    command = f'okrsite new checkin {part.team.id}{cycle} {objective.id}="nothing new"'
    return (
        f"a value is enough; so is `{objective.id}: {{note: nothing new}}` below `progress:`, as `{command}` writes it"
    )


def _is_overdue(part: Part, objective: Objective) -> bool:
    """Whether a word on an objective is overdue: by the team's cadence, or by the month in a long cycle."""
    figures = part.figures.objectives[objective.ref]
    if figures.hearing not in (Hearing.QUIET, Hearing.LONG_QUIET):
        return False
    if figures.heard_on is None and part.today < part.cycle.opened:
        return False
    silence = (part.today - (figures.heard_on or part.cycle.start)).days
    return part.cycle.days <= LONG or silence > PATIENCE


def no_mid_cycle_review(part: Part) -> Iterator[Finding]:
    checkins, cycle = part.written.checkins, part.cycle
    # Who began to check in when the middle was over could not review it.
    early = checkins and cycle.is_early(checkins[0].on) and any(part.active())
    late = not cycle.is_early(part.today)
    if late and early and cycle.days > SHORT and not any(_is_review(part, checkin) for checkin in checkins):
        message = f"more than 60 % of {part.cycle.id} is over, and no check-in is marked as its review"
        hint = "ask of each objective: go on, change, stop? A check-in with `review: mid-cycle` says that you did"
        yield part.find_in(part.written.okrs, "no-mid-cycle-review", Span(checkins[-1].path), message, hint)


def _is_review(part: Part, checkin: CheckInFile) -> bool:
    """Whether a check-in is marked as the mid-cycle review, or says in the middle that it is one."""
    middle = part.cycle.elapsed(checkin.on) >= EARLY_SHARE / 2
    return checkin.review == MID_CYCLE or (middle and any(REVIEWED.search(text) for text in texts_of(checkin.body)))


def worse_than_baseline(part: Part) -> Iterator[Finding]:
    return unexplained(_behind(part))


def _behind(part: Part) -> Iterator[Doubt]:
    for objective in part.active():
        for kr in meant(objective):
            figures = part.figures.key_results[kr.ref]
            if figures.raw is not None and figures.raw < 0 and figures.latest and figures.baseline:
                message = f"`{figures.latest.typed}` is worse than the baseline, `{figures.baseline.text}`"
                hint = "add a `note` on what happened; if somebody could help, name it as a risk with `needs`"
                yield from _doubt(part, kr, figures.latest, "worse-than-baseline", message, hint)


def guardrail_breached(part: Part) -> Iterator[Finding]:
    return unexplained(_outside(part))


def _outside(part: Part) -> Iterator[Doubt]:
    kept = [kr for o in part.active() for kr in meant(o)]
    kept += [kr for kr in part.written.guardrails if kr.entry.status is Status.ACTIVE]
    for kr in kept:
        figures = part.figures.key_results[kr.ref]
        if figures.inside is False and figures.latest:
            message = f"`{figures.latest.typed}` is outside the limits of `{kr.entry.id}`"
            hint = "add a `note` on what happened and what follows from it"
            yield from _doubt(part, kr, figures.latest, "guardrail-breached", message, hint)


def _doubt(part: Part, kr: KeyResult, reading: Reading, code: str, message: str, hint: str) -> Iterator[Doubt]:
    """A doubt at a reading, where its check-in is still there."""
    said = part.said(kr.ref, reading.path)
    if said:
        yield Doubt(kr.entry, said[0], part.find(kr.ref, code, said[1].value_span, message, hint))


def committed_in_doubt(part: Part) -> Iterator[Finding]:
    if (part.cycle.end - part.today).days < HELP:
        return
    for objective in part.active():
        figures = part.figures.objectives[objective.ref]
        doubtful = figures.call in (Call.AT_RISK, Call.OFF_TRACK)
        if objective.entry.type is ObjectiveType.COMMITTED and doubtful and not _asks(part, objective):
            span = objective.entry.span
            name = tail_of(figures.confidence_of or objective.ref)
            for checkin in part.written.checkins:
                if checkin.on == figures.confidence_on:
                    span = next((e.about.span for e in checkin.readings if name_of(e) == name), span)
            message = f"`{objective.id}` is committed and {figures.call}, and no team has been asked for help"
            hint = "name what is in the way under `risks`, and with `needs` the team that could help"
            yield part.find(objective.ref, "committed-in-doubt", span, message, hint)


def _asks(part: Part, objective: Objective) -> bool:
    """Whether a team has asked another one for help with an objective, and was not done with it at its last doubt."""
    refs, doubted = objective.refs, part.figures.objectives[objective.ref].confidence_on
    asked = (
        risk
        for risk in part.written.risks
        if risk.needs and (risk.state is not RiskState.RESOLVED or (doubted and risk.mentions[-1][0] >= doubted))
    )
    return any(risk.about in refs or not risk.about for risk in asked)


def broken_assumption(part: Part) -> Iterator[Finding]:
    active = {objective.ref: objective for objective in part.active()}
    for bet in part.written.bets:
        if bet.objective in active and bet.broken_since:
            objective = active[bet.objective]
            if not _follows(objective, bet.broken_since, part.written.risks):
                entry = bet.states[-1][1]
                message = f"`{entry.id}` is broken, and nothing says what that means for `{objective.id}`"
                hint = (
                    "change, pause or drop it, with `amendments` or `because`; say with `reaffirmed:` that it stands;"
                    " or name the risk"
                )
                yield part.find(objective.ref, "broken-assumption", entry.span, message, hint)


def _follows(objective: Objective, broke: date, risks: Iterable[Risk]) -> bool:
    """Whether a promise was changed or confirmed, or a risk to it named, since the day on which an assumption broke."""
    entry, refs = objective.entry, objective.refs
    dates = [entry.reaffirmed, *(amendment.on for amendment in entry.amendments)]
    dates += [risk.mentions[-1][0] for risk in risks if risk.about in refs]
    moved = any(
        kr.entry.status in (Status.DROPPED, Status.PAUSED) or kr.entry.replaced_by for kr in objective.key_results
    )
    return moved or bool(entry.replaced_by) or any(day and day >= broke for day in dates)
