"""What runs through a team's cycle: check-ins in order, risks and assumptions as threads, questions, the look back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from okrsite.core.company import Bet, Lesson, Objective, Question, Retrospective, Risk
from okrsite.core.cycles import Cycle
from okrsite.core.diagnostics import MAX_GUESSES, Diagnostic, did_you_mean, problem
from okrsite.core.grouping import grouped
from okrsite.core.link.objectives import SUPPORTED, Linker
from okrsite.core.model import CheckInFile, QuestionFile, RetroFile
from okrsite.core.numbers import Cadence, advance
from okrsite.core.refs import Ref, tail_of, team_of
from okrsite.core.source import Span

OWN = ("objective", "key result", "guardrail")


def counted(
    checkins: Iterable[CheckInFile], cycle: Cycle, today: date, problems: list[Diagnostic]
) -> tuple[CheckInFile, ...]:
    """The check-ins that count today, in order of time."""
    kept = []
    for checkin in sorted(checkins, key=lambda c: c.on):
        if checkin.on > today:
            hint = "it will count from its day on"
            problems.append(problem("future-checkin", Span(checkin.path), f"dated after today, {today}", hint))
        elif checkin.on > cycle.closes:
            message = f"the cycle `{cycle.id}` took readings until {cycle.closes}; this check-in does not count"
            problems.append(problem("late-checkin", Span(checkin.path), message))
        else:
            if checkin.on < cycle.start:
                message = f"dated before the cycle `{cycle.id}` begins on {cycle.start}"
                problems.append(problem("outside-cycle", Span(checkin.path), message, "is the year right?"))
            kept.append(checkin)
    return tuple(kept)


def came_late(checkins: Iterable[CheckInFile], cadence: Cadence, late: Mapping[str, date]) -> dict[str, date]:
    """When check-ins came, or risks into them, that came more than one cadence after their own day.

    By path, and by `path#id`, as in the `late` that a history knows, for which a week is long.
    """
    found = {}
    for checkin in checkins if late else ():
        for name in (checkin.path, *(f"{checkin.path}#{risk.id}" for risk in checkin.risks)):
            if name in late and late[name] > advance(checkin.on, cadence, 1):
                found[name] = late[name]
    return found


def link_risks(checkins: Sequence[CheckInFile], late: Mapping[str, date], linker: Linker) -> tuple[Risk, ...]:
    """Risks as threads, in the order in which they were first raised; some check-ins, or risks in them, came late."""
    mentions = grouped((risk.id, (checkin.on, risk)) for checkin in checkins for risk in checkin.risks)
    came = grouped(
        (risk.id, late.get(f"{checkin.path}#{risk.id}", late.get(checkin.path, checkin.on)))
        for checkin in checkins
        for risk in checkin.risks
    )
    risks = []
    for id_, said in mentions.items():
        about = [linker.one(entry.about, OWN) for _, entry in said if entry.about]
        if not any(entry.what for _, entry in said):
            message = f"nothing says what the risk `{id_}` is"
            linker.problems.append(problem("missing-field", said[0][1].span, message, "add `what:`"))
        asked = [_teams(entry.needs, linker) for _, entry in said]
        risks.append(
            Risk(
                ref=f"{linker.team}/{linker.cycle}/{id_}",
                about=next((a for a in about if a), ""),
                mentions=said,
                needs=next((teams for teams in reversed(asked) if teams), ()),
                helped_by=tuple(dict.fromkeys(t for _, entry in said for t in _teams(entry.helped_by, linker))),
                raised_on=min(came[id_]),
            )
        )
    return tuple(risks)


def _teams(refs: Iterable[Ref], linker: Linker) -> tuple[str, ...]:
    return tuple(map(team_of, linker.many(refs, ("team",))))


def link_bets(objectives: Iterable[Objective], checkins: Iterable[CheckInFile], linker: Linker) -> tuple[Bet, ...]:
    """The assumptions of a team's cycle with what its check-ins said of them."""
    said = grouped((entry.id, (checkin.on, entry)) for checkin in checkins for entry in checkin.assumptions)
    bets = [
        Bet(f"{linker.team}/{linker.cycle}/{a.id}", o.ref, a.text, said.get(a.id, ()))
        for o in objectives
        for a in o.entry.assumes
    ]
    known = {tail_of(bet.ref) for bet in bets}
    for number, (id_, entries) in enumerate(said.items()):
        if id_ not in known and not linker.resolver.broken(linker.team, linker.cycle):
            hint = (
                did_you_mean(id_, known) if number < MAX_GUESSES else ""
            ) or "assumptions are listed under an objective's `assumes`"
            message = f"no objective of this cycle assumes `{id_}`"
            linker.problems.append(problem("unresolved-ref", entries[0][1].span, message, hint))
    return tuple(bets)


def link_questions(files: Iterable[QuestionFile], linker: Linker) -> tuple[Question, ...]:
    """The questions asked about a team's objectives, in the order they were asked."""
    questions = []
    for file in files:
        about = linker.one(file.about, (*OWN, "team"))
        if file.asked_by:
            linker.one(file.asked_by, ("team",))
        questions.append(Question(f"{linker.team}/{linker.cycle}/{file.slug}", about, file))
    return tuple(sorted(questions, key=lambda q: (q.file.asked_on or date.min, q.file.slug)))


def link_retro(file: RetroFile, linker: Linker, used_by: Mapping[str, tuple[str, ...]]) -> Retrospective:
    """A retrospective with its scores by full reference and its lessons with those who used them."""
    scores = {}
    for entry in file.scores:
        about = linker.one(entry.about, SUPPORTED)
        if about:
            scores[about] = entry
        for source, _ in entry.views:
            linker.one(source, ("team",))
    base = f"{file.team}/{file.cycle}"
    lessons = (Lesson(f"{base}/{e.id}", e, used_by.get(f"{base}/{e.id}", ())) for e in file.lessons)
    return Retrospective(file, scores, tuple(lessons))
