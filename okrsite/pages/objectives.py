"""Objectives as pages show them: one whole page, a card on the team's page, a line among others'."""

from collections.abc import Iterable

from okrsite.core.company import Company, Objective, Risk, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.figures import ObjectiveFigures, Reading
from okrsite.core.model import CheckInFile, RiskState
from okrsite.core.numbers import Call, Hearing, fixed, plain
from okrsite.core.refs import objective_of, team_of
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.around import (
    present_bet,
    present_lesson,
    present_need,
    present_plainly,
    present_question,
    present_replacement,
    present_risk,
    status_mark,
)
from okrsite.pages.chrome import Framer
from okrsite.pages.chrome_parts import Chrome
from okrsite.pages.days import week
from okrsite.pages.feeds import objective_feed
from okrsite.pages.goalposts import present_changes_of, present_moved_reasons
from okrsite.pages.key_results import confidence_fact, present_key_result, present_reading, present_score
from okrsite.pages.memory import present_lineage
from okrsite.pages.parts import (
    Around,
    CheckInView,
    Fact,
    Link,
    Moved,
    ObjectiveCard,
    ObjectiveLine,
    ReadingView,
)
from okrsite.pages.reasons import present_reasons
from okrsite.pages.views import ObjectiveView
from okrsite.pages.ways import objective_ways
from okrsite.pages.words import Words, wording
from okrsite.pages.writer import NOTHING, Writer


def present_objective(objective: Objective, framer: Framer) -> ObjectiveView:
    """The whole page of an objective."""
    compiled = framer.compiled
    company = compiled.company
    writer = framer.writer(urls.objective(objective.ref))
    entry, figures = objective.entry, compiled.figures.objectives[objective.ref]
    team_cycle = company.team_cycles[objective.team, objective.cycle]
    team, cycle = company.teams[objective.team], company.cycles[objective.cycle]
    refs = objective.refs
    cycle_link = Link(writer.cycle(cycle.id), writer.href(urls.team_cycle(objective.team, objective.cycle)))
    reasons, more = present_reasons(objective, company, writer)
    early = any(cycle.is_early(risk.raised_on) for risk in team_cycle.risks if risk.about in refs)
    score_entry = team_cycle.retro.scores.get(objective.ref) if team_cycle.retro else None
    heard = dict(_checkins_about(objective, team_cycle, compiled, writer))
    return ObjectiveView(
        chrome=_chrome(objective, cycle_link, heard, framer, writer),
        title=writer.inline(entry.title),
        team=writer.team(objective.team),
        cycle=cycle_link,
        type=str(entry.type),
        status=status_mark(entry.status),
        proposed_by=str(entry.proposed_by or ""),
        call=_call(objective, figures, company),
        early=early,
        hearing=_hearing(objective, figures, cycle.closed(company.today)),
        heard_on=figures.heard_on,
        silence=_silence(objective, figures, cycle.closed(company.today), writer.say),
        because=writer.block(entry.because),
        replaced_by=present_replacement(entry.replaced_by, objective.team, objective.cycle, writer),
        why=writer.block(entry.why),
        note=writer.block(entry.note),
        story=writer.prose(objective.story.prose, 3) if objective.story else NOTHING,
        story_heading=writer.heading(objective.story.heading) if objective.story else NOTHING,
        reasons=reasons,
        more=writer.href(urls.cascade(objective.cycle)) if more else "",
        unclear=bool(entry.supports) and not objective.supports,
        mission=writer.inline(company.mission.mission) if company.mission else NOTHING,
        facts=() if team.words_only or entry.status.rests else _facts(figures, cycle.closed(company.today), writer.say),
        explain=() if team.words_only or entry.status.rests else tuple(_explain(figures, writer)),
        words_only=team.words_only,
        key_results=tuple(
            present_key_result(kr, objective, compiled, writer, full=True) for kr in objective.key_results
        ),
        around=_around(objective, refs, framer, writer),
        serves=writer.inlines(entry.serves),
        initiatives=writer.inlines(entry.initiatives),
        contacts=writer.inlines(entry.contacts),
        lineage=present_lineage(objective, company, writer),
        moved=_moved(objective, framer, writer),
        since=entry.since,
        answers=writer.answers(entry.ignore),
        score=None
        if team.words_only
        else present_score(figures.score, score_entry, entry.type, writer, figures.by_promise),
        checkins=tuple(heard.values()),
        extra=entry.extra,
    )


def _chrome(objective: Objective, cycle_link: Link, heard: Iterable[str], framer: Framer, writer: Writer) -> Chrome:
    """What surrounds an objective's page; its feed is about the objective alone, later about the team."""
    company, team, cycle = framer.compiled.company, objective.team, objective.cycle
    team_cycle = company.team_cycles[team, cycle]
    written = tuple(_written(objective, team_cycle, heard))
    return framer.chrome(
        writer,
        writer.plain(objective.entry.title),
        (writer.team(team), cycle_link),
        (*written, *(checkin.path for checkin in team_cycle.checkins)),
        cycle,
        written=written,
        ways=objective_ways(objective, company, framer.repository),
        followed=(objective_feed(objective, company) or urls.team_feed(team), urls.team_calendar(team)),
    )


def _written(objective: Objective, team_cycle: TeamCycle, heard: Iterable[str]) -> Iterable[str]:
    """The files that say something about an objective, with the check-ins at some paths."""
    yield objective.path
    yield from heard
    said = {day for bet in team_cycle.bets if bet.objective == objective.ref for day, _ in bet.states}
    yield from (checkin.path for checkin in team_cycle.checkins if checkin.on in said)
    yield from (question.file.path for question in team_cycle.questions if question.about in objective.refs)
    if team_cycle.retro and objective.ref in team_cycle.retro.scores:
        yield team_cycle.retro.file.path


def _moved(objective: Objective, framer: Framer, writer: Writer) -> Moved:
    """What became of an objective's promise."""
    return Moved(
        goalposts=present_changes_of(objective, framer, writer),
        reasons=present_moved_reasons(objective, framer, writer),
        late_on=framer.compiled.ledger.late.get((objective.team, objective.cycle)),
        reaffirmed=objective.entry.reaffirmed,
    )


def _around(objective: Objective, refs: tuple[str, ...], framer: Framer, writer: Writer) -> Around:
    """What leans on an objective, what it leans on beside it, and what was said about it."""
    compiled, company = framer.compiled, framer.compiled.company
    team_cycle = company.team_cycles[objective.team, objective.cycle]
    lessons = (ref for ref in objective.learned_from if ref in company.lessons)
    return Around(
        supported_by=_supporters(refs, compiled, writer),
        needs=tuple(present_need(d, writer) for d in company.needs.get(objective.ref, ())),
        provides=tuple(present_need(d, writer) for d in company.needed.get(objective.ref, ())),
        shared_with=tuple((writer.team(t), agreed) for t, agreed in objective.shared_with),
        learned_from=tuple(present_lesson(ref, compiled, writer) for ref in lessons),
        risks=tuple(present_risk(r, compiled, writer) for r in team_cycle.risks if r.about in refs),
        bets=tuple(present_bet(b, writer, about=False) for b in team_cycle.bets if b.objective == objective.ref),
        questions=tuple(present_question(q, team_cycle, writer) for q in team_cycle.questions if q.about in refs),
    )


def _facts(figures: ObjectiveFigures, closed: bool, say: Words) -> tuple[Fact, ...]:
    facts = []
    if figures.progress is not None:
        facts.append(Fact(say.gettext("Progress"), say.decimal(fixed(figures.progress, 1)), "progress"))
        if figures.counted < figures.countable:
            known = say.ngettext(
                "from %(known)s of %(num)s key result",
                "from %(known)s of %(num)s key results",
                figures.countable,
                known=figures.counted,
            )
            facts.append(Fact(say.gettext("Known"), known))
    elif figures.countable and figures.heard_on:
        facts.append(Fact(say.gettext("Progress"), say.gettext("no reading")))
    if figures.confidence is not None:
        facts.append(confidence_fact(figures.confidence, closed, say))
    return tuple(facts)


def _explain(figures: ObjectiveFigures, writer: Writer) -> Iterable[Html]:
    say = writer.say
    if figures.progress is not None:
        yield say.ngettext(
            "Progress: the mean of %(known)s of %(num)s key result by weight = %(share)s, shown to one decimal. "
            "Nothing of other teams goes into it.",
            "Progress: the mean of %(known)s of %(num)s key results by weight = %(share)s, shown to one decimal. "
            "Nothing of other teams goes into it.",
            figures.countable,
            known=figures.counted,
            share=say.decimal(plain(figures.progress)),
        )
    if figures.confidence is not None and figures.confidence_on:
        on = say.day(figures.confidence_on)
        if figures.confidence_of:
            title = writer.title(figures.confidence_of)
            least = wording("Confidence: that of the least confident key result, “%(title)s”, stated on %(day)s.")
            yield say.gettext(least, title=title, day=on)
        else:
            yield say.gettext("Confidence: the team’s own opinion, stated on %(day)s.", day=on)
    if figures.score.computed is not None:
        computed = say.decimal(plain(figures.score.computed))
        yield say.gettext(
            "Score by the numbers: %(score)s, the mean of the key results’ scores by weight.", score=computed
        )


def _silence(objective: Objective, figures: ObjectiveFigures, closed: bool, say: Words) -> Html:
    """That nobody has ever written about an objective, which stands in place of all that could be said of it."""
    if figures.heard_on or objective.entry.status.rests or figures.score.shown is not None:
        return NOTHING
    return say.gettext("Nobody wrote about it.") if closed else say.gettext("Nobody has written about it yet.")


def _call(objective: Objective, figures: ObjectiveFigures, company: Company) -> str:
    """The team's word while it may change; a closed cycle has scores instead, and what rests has no present."""
    over = objective.entry.status.rests or company.cycles[objective.cycle].closed(company.today)
    return "" if over else str(figures.call)


def _hearing(objective: Objective, figures: ObjectiveFigures, closed: bool) -> str:
    silent = closed or objective.entry.status.rests or figures.hearing is Hearing.HEARD
    return "" if silent else str(figures.hearing)


def _supporters(refs: tuple[str, ...], compiled: Compiled, writer: Writer) -> tuple[ObjectiveLine, ...]:
    found = dict.fromkeys(objective_of(source) for ref in refs for source in compiled.company.supported_by.get(ref, ()))
    return tuple(present_line(compiled.company.objectives[ref], compiled, writer) for ref in found if ref not in refs)


# --- lines and cards ----------------------------------------------------------------------------------------------


def present_line(objective: Objective, compiled: Compiled, writer: Writer, *, team: bool = True) -> ObjectiveLine:
    """An objective among others: its title, its team and words, no figure."""
    figures = compiled.figures.objectives[objective.ref]
    return ObjectiveLine(
        link=writer.link(objective.ref),
        team=writer.team(objective.team) if team else None,
        call=_call(objective, figures, compiled.company),
        type=str(objective.entry.type),
        status=status_mark(objective.entry.status),
    )


def present_card(objective: Objective, compiled: Compiled, writer: Writer) -> ObjectiveCard:
    """An objective with its key results, for a page of one team."""
    figures = compiled.figures.objectives[objective.ref]
    cycle = compiled.company.cycles[objective.cycle]
    words_only = compiled.company.teams[objective.team].words_only
    refs = objective.refs
    part = compiled.company.team_cycles[objective.team, objective.cycle]
    risks = [risk for risk in part.risks if risk.about in refs]
    waiting = any(not need.agreed for need in compiled.company.needs.get(objective.ref, ()))
    scored = part.retro.scores.get(objective.ref) if part.retro else None
    rests, closed = objective.entry.status.rests, cycle.closed(compiled.company.today)
    doubted = figures.call in (Call.AT_RISK, Call.OFF_TRACK) and not (rests or closed)
    carriers = dict.fromkeys(team_of(source) for ref in refs for source in compiled.company.supported_by.get(ref, ()))
    return ObjectiveCard(
        line=present_line(objective, compiled, writer, team=False),
        supports=writer.links(objective.supports),
        because=writer.block(objective.entry.because),
        hearing=_hearing(objective, figures, cycle.closed(compiled.company.today)),
        heard_on=figures.heard_on,
        silence=_silence(objective, figures, cycle.closed(compiled.company.today), writer.say),
        key_results=tuple(
            present_key_result(kr, objective, compiled, writer, full=False) for kr in objective.key_results
        ),
        progress=() if words_only or rests else _facts(figures, closed, writer.say),
        score=None
        if words_only
        else present_score(figures.score, scored, objective.entry.type, writer, figures.by_promise),
        carried_by=tuple(writer.team(team) for team in carriers if team != objective.team),
        words_only=words_only,
        help=doubted or waiting or any(risk.state is RiskState.OPEN for risk in risks),
        early=any(cycle.is_early(risk.raised_on) for risk in risks),
    )


# --- check-ins ----------------------------------------------------------------------------------------------------


def _checkins_about(
    objective: Objective, team_cycle: TeamCycle, compiled: Compiled, writer: Writer
) -> Iterable[tuple[str, CheckInView]]:
    """The check-ins that say something about an objective, newest first, by path."""
    refs = objective.refs
    for checkin in reversed(team_cycle.checkins):
        readings = tuple(readings_of(checkin, team_cycle, compiled, writer, only=refs))
        risks = [risk for risk in team_cycle.risks if risk.about in refs]
        view = present_checkin(checkin, team_cycle, writer, readings=readings, risks=risks, linked=True)
        if view.readings or view.risks:
            yield checkin.path, view


def present_checkin(
    checkin: CheckInFile,
    team_cycle: TeamCycle,
    writer: Writer,
    *,
    readings: tuple[ReadingView, ...] = (),
    risks: Iterable[Risk] = (),
    body: Html = NOTHING,
    linked: bool = False,
) -> CheckInView:
    """A check-in, with its readings and what it says of some risks; linked where it does not stand in full."""
    anchor = urls.anchor("on", checkin.on.isoformat())
    return CheckInView(
        anchor=anchor,
        on=checkin.on,
        written=team_cycle.late.get(checkin.path),
        review=checkin.review,
        week=week(checkin.on, writer.company.cycles[team_cycle.cycle].start),
        readings=readings,
        risks=tuple(
            (present_plainly(entry.what or risk.what, writer), str(entry.state), f"#{urls.anchor('risk', entry.id)}")
            for risk in risks
            for on, entry in risk.mentions
            if on == checkin.on
        ),
        assumptions=(),
        body=body,
        href=writer.href(urls.team_cycle(team_cycle.team, team_cycle.cycle), anchor) if linked else "",
    )


def readings_of(
    checkin: CheckInFile,
    team_cycle: TeamCycle,
    compiled: Compiled,
    writer: Writer,
    only: tuple[str, ...] = (),
) -> Iterable[ReadingView]:
    """What a check-in says about objectives and key results, in its own order."""
    base = f"{team_cycle.team}/{team_cycle.cycle}/"
    for entry in checkin.readings:
        ref = base + entry.about.tail
        if only and ref not in only:
            continue
        if ref in compiled.company.objectives:
            reading = Reading(checkin.on, checkin.path, "", None, None, (), entry.confidence, entry.note, entry.source)
        elif ref in compiled.figures.key_results:
            found = compiled.figures.key_results[ref].readings
            reading = next(r for r in found if r.path == checkin.path)
        else:
            continue
        yield present_reading(reading, team_cycle.team, writer.link(ref), writer)
