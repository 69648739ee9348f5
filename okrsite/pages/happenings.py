"""What was said on a day, in words: check-ins, risks, questions, answers, looks back, promises that moved.

No figure stands in it. Words travel from a feed to wherever a reader collects them, beside those of other teams; a
figure stays on its page, with the way it came about.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import nlargest
from typing import Final, NamedTuple

from okrsite.core.company import Company, Objective, Question, Risk, TeamCycle
from okrsite.core.format import MID_CYCLE
from okrsite.core.model import CheckInFile, RiskEntry
from okrsite.core.numbers import call
from okrsite.core.refs import Ref, tail_of
from okrsite.core.text import Html, Text
from okrsite.pages import urls
from okrsite.pages.around import present_question
from okrsite.pages.chrome import Framer
from okrsite.pages.feed_parts import Said
from okrsite.pages.gists import cut
from okrsite.pages.moved import present_amendment, present_goalpost, unmatched
from okrsite.pages.parts import GoalpostView, Link
from okrsite.pages.words import wording
from okrsite.pages.writer import NOTHING, Writer

MAX_TITLE: Final = 120
"""Characters of an author's text in a title."""


class Told(NamedTuple):
    """Something that happened, in the words of one page's writer."""

    title: str
    text: Html = NOTHING
    about: Link | None = None
    asks: tuple[Link, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was said on a day: found at little cost, and put into words only where it is shown."""

    on: date
    kind: str
    key: str
    """What names it for good, however its words change: nothing else on the site has the same."""
    team: str
    place: tuple[str, str]
    """The page and the anchor where it stands."""
    tell: Callable[[Writer], Told]


def happenings(team_cycle: TeamCycle, framer: Framer, objective: Objective | None = None) -> Iterator[Happening]:
    """What a team said in a cycle, or of it what is about one objective; in no order of time."""
    company = framer.compiled.company
    refs = objective.refs if objective else ()
    yield from _checkins(team_cycle, refs)
    yield from _risks(team_cycle, company, refs)
    yield from _questions(team_cycle, refs)
    yield from _promises(team_cycle, framer, objective)
    yield from _retro(team_cycle, company, refs)


# --- check-ins and risks ------------------------------------------------------------------------------------------


def _checkins(team_cycle: TeamCycle, refs: tuple[str, ...]) -> Iterator[Happening]:
    for checkin in team_cycle.checkins:
        later = tuple((risk, entry) for risk in team_cycle.risks for entry in _later(risk, checkin.on, refs))
        if not refs or later or any(_named(entry.about, team_cycle) in refs for entry in checkin.readings):
            key = f"{team_cycle.team}/{team_cycle.cycle}/checkins/{checkin.on}"
            yield Happening(
                on=checkin.on,
                kind="check-in",
                key=f"{key} {refs[0]}" if refs else key,
                team=team_cycle.team,
                place=_place(team_cycle, "on", checkin.on.isoformat()),
                tell=partial(_tell_checkin, checkin, later, team_cycle, refs),
            )


def _later(risk: Risk, on: date, refs: tuple[str, ...]) -> Iterator[RiskEntry]:
    """What a check-in says of a risk that was raised before."""
    if not refs or risk.about in refs:
        yield from (entry for said_on, entry in risk.mentions[1:] if said_on == on)


def _tell_checkin(
    checkin: CheckInFile,
    later: tuple[tuple[Risk, RiskEntry], ...],
    team_cycle: TeamCycle,
    refs: tuple[str, ...],
    writer: Writer,
) -> Told:
    """A team's story of a week and its word on each thing; of one objective's only what is about that."""
    say, said = writer.say, []
    for entry in checkin.readings:
        ref = _named(entry.about, team_cycle)
        if ref in writer.company.places and (not refs or ref in refs):
            word = NOTHING if entry.confidence is None else say.pgettext("call", str(call(entry.confidence)))
            if word or entry.note:
                said.append(Said(writer.link(ref), word, writer.block(entry.note)))
    for risk, mention in later:
        state = say.pgettext("risk", str(mention.state))
        link = Link(say.gettext("Risk"), writer.href(*_place(team_cycle, "risk", mention.id)))
        said.append(Said(link, state, writer.block(mention.what or risk.what)))
    bets = {tail_of(bet.ref): bet for bet in team_cycle.bets}
    for stated in checkin.assumptions:
        bet = bets.get(stated.id)
        if bet and (not refs or bet.objective in refs):
            state = say.pgettext("assumption", str(stated.state))
            said.append(Said(writer.link(bet.ref), state, writer.block(stated.note)))
    usual = wording("%(team)s, %(cycle)s: check-in of %(day)s")
    title = wording("%(team)s, %(cycle)s: mid-cycle review of %(day)s") if checkin.review == MID_CYCLE else usual
    name, cycle = _name(team_cycle, writer), writer.cycle_name(team_cycle.cycle)
    return Told(
        title=say.plain.gettext(title, team=name, cycle=cycle, day=say.plain.day(checkin.on)),
        text=NOTHING if refs else writer.body(checkin.body, checkin.path, level=3),
        said=tuple(said),
    )


def _risks(team_cycle: TeamCycle, company: Company, refs: tuple[str, ...]) -> Iterator[Happening]:
    cycle = company.cycles[team_cycle.cycle]
    for risk in team_cycle.risks:
        if not refs or risk.about in refs:
            early = cycle.is_early(risk.raised_on)
            yield Happening(
                on=risk.raised_on,
                kind="raised early" if early else "risk",
                key=risk.ref,
                team=team_cycle.team,
                place=_place(team_cycle, "risk", tail_of(risk.ref)),
                tell=partial(_tell_risk, risk, team_cycle, early),
            )


def _tell_risk(risk: Risk, team_cycle: TeamCycle, early: bool, writer: Writer) -> Told:
    """A risk in the words in which it was first said; what it became stands in later check-ins."""
    what = next(entry.what for _, entry in risk.mentions if entry.what) if risk.what else None
    title = wording("%(team)s raised early: %(what)s") if early else wording("%(team)s named a risk: %(what)s")
    return Told(
        title=writer.say.plain.gettext(title, team=_name(team_cycle, writer), what=_brief(what, writer)),
        text=writer.block(what),
        about=writer.link(risk.about) if risk.about else None,
        asks=tuple(writer.team(team) for team in risk.needs),
    )


# --- questions, promises, looking back ----------------------------------------------------------------------------


def _questions(team_cycle: TeamCycle, refs: tuple[str, ...]) -> Iterator[Happening]:
    for question in team_cycle.questions:
        file = question.file
        if refs and question.about not in refs:
            continue
        key = f"{team_cycle.team}/{team_cycle.cycle}/questions/{file.slug}"
        place = _place(team_cycle, "question", file.slug)
        for on, kind in ((file.asked_on, "question"), (file.answered_on, "answer")):
            if on:
                tell = partial(_tell_question, question, team_cycle, kind)
                yield Happening(on, kind, f"{key} {kind}", team_cycle.team, place, tell)


def _tell_question(question: Question, team_cycle: TeamCycle, kind: str, writer: Writer) -> Told:
    view, answered = present_question(question, team_cycle, writer), kind == "answer"
    title = wording("%(team)s answered: %(question)s") if answered else wording("A question to %(team)s: %(question)s")
    asked = writer.brief(question.file.body.lead, MAX_TITLE)
    return Told(
        title=writer.say.plain.gettext(title, team=_name(team_cycle, writer), question=asked),
        text=view.answer if answered else view.question,
        about=view.about,
    )


def _promises(team_cycle: TeamCycle, framer: Framer, objective: Objective | None) -> Iterator[Happening]:
    """What moved in the promise of an objective on a day; what bears no day has no place among days."""
    ledger, place = framer.compiled.ledger, (team_cycle.team, team_cycle.cycle)
    moved: dict[tuple[str, date], list[Callable[[Writer], GoalpostView]]] = {}
    promised = ledger.of.get(objective.ref, ()) if objective else ledger.moved_at.get(place, ())
    for goalpost in (*promised, *ledger.rewritten_at.get(place, ())):
        if not goalpost.minor and (objective is None or goalpost.objective == objective.ref):
            show = partial(present_goalpost, goalpost, framer, figures=False)
            moved.setdefault((goalpost.objective, goalpost.on), []).append(show)
    for one in (objective,) if objective else team_cycle.objectives:
        for amendment in unmatched(one, framer):
            if amendment.on:
                moved.setdefault((one.ref, amendment.on), []).append(partial(present_amendment, amendment, one))
    known = {one.ref for one in team_cycle.objectives}
    for (ref, on), shows in moved.items():
        page = urls.objective(ref) if ref in known else urls.team_cycle(*place)
        tell = partial(_tell_promise, tuple(shows), ref, team_cycle)
        yield Happening(on, "promise", f"{ref} moved {on}", team_cycle.team, (page, ""), tell)


def _tell_promise(
    shows: tuple[Callable[[Writer], GoalpostView], ...], ref: str, team_cycle: TeamCycle, writer: Writer
) -> Told:
    known, team = writer.company.objectives.get(ref), _name(team_cycle, writer)
    title = _brief(known.entry.title, writer) if known else tail_of(ref)
    views = [show(writer) for show in shows]
    return Told(
        title=writer.say.plain.gettext("%(team)s moved a promise: %(objective)s", team=team, objective=title),
        said=tuple(Said(view.about, view.told, view.reason) for view in views),
    )


def _retro(team_cycle: TeamCycle, company: Company, refs: tuple[str, ...]) -> Iterator[Happening]:
    retro = team_cycle.retro
    if retro is None or (refs and not any(ref in refs and entry.because for ref, entry in retro.scores.items())):
        return
    key = f"{team_cycle.team}/{team_cycle.cycle}/retro"
    yield Happening(
        on=_looked_back_on(team_cycle, company),
        kind="looking back",
        key=f"{key} {refs[0]}" if refs else key,
        team=team_cycle.team,
        place=(urls.retro(team_cycle.team, team_cycle.cycle), ""),
        tell=partial(_tell_retro, team_cycle, refs),
    )


def _looked_back_on(team_cycle: TeamCycle, company: Company) -> date:
    """A look back bears no day of its own: it gets its cycle's last, or before that the team's last check-in's."""
    cycle = company.cycles[team_cycle.cycle]
    if cycle.end <= company.today:
        return cycle.end
    return team_cycle.checkins[-1].on if team_cycle.checkins else cycle.start


def _tell_retro(team_cycle: TeamCycle, refs: tuple[str, ...], writer: Writer) -> Told:
    """What a team wrote when it looked back, the sentences beside its scores, and its lessons."""
    retro = team_cycle.retro
    assert retro
    say = writer.say
    said = [
        Said(
            writer.link(ref),
            say.pgettext("next", str(entry.next)) if entry.next else NOTHING,
            writer.block(entry.because),
        )
        for ref, entry in retro.scores.items()
        if entry.because and (not refs or ref in refs)
    ]
    if not refs:
        lesson = say.gettext("Lesson")
        lessons = (
            Said(Link(lesson, writer.href_of(x.ref)), NOTHING, writer.block(x.entry.text)) for x in retro.lessons
        )
        said += lessons
    return Told(
        title=say.plain.gettext(
            "%(team)s looks back at %(cycle)s",
            team=_name(team_cycle, writer),
            cycle=writer.cycle_name(team_cycle.cycle),
        ),
        text=NOTHING if refs else writer.body(retro.file.body, retro.file.path, level=3, looks_back=True),
        said=tuple(said),
    )


# --- words --------------------------------------------------------------------------------------------------------


def _named(ref: Ref, team_cycle: TeamCycle) -> str:
    """The full reference of what a check-in names, which is always its own team's."""
    return f"{team_cycle.team}/{team_cycle.cycle}/{ref.tail}"


def _place(team_cycle: TeamCycle, kind: str, name: str) -> tuple[str, str]:
    return urls.team_cycle(team_cycle.team, team_cycle.cycle), urls.anchor(kind, name)


def _name(team_cycle: TeamCycle, writer: Writer) -> str:
    return writer.plain(writer.company.teams[team_cycle.team].name)


def _brief(text: Text | None, writer: Writer) -> str:
    return cut(writer.plain(text), MAX_TITLE) if text else ""


def newest(found: Iterable[Happening], limit: int) -> list[Happening]:
    """The newest first, at most so many check-ins and so many others, so that neither crowds the other out."""
    checkins, others = list[Happening](), list[Happening]()
    for one in found:
        (checkins if one.kind == "check-in" else others).append(one)
    chosen = (*nlargest(limit, others, key=_on), *nlargest(limit, checkins, key=_on))
    return sorted(chosen, key=_on, reverse=True)


def _on(happening: Happening) -> date:
    return happening.on
