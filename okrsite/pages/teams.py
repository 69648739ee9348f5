"""The pages of teams: all of them, one of them, one of their cycles, and a look back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from okrsite.core.company import Company, Dependency, Team, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.refs import cycle_of
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.around import (
    present_bet,
    present_lesson,
    present_need,
    present_question,
    present_risk,
)
from okrsite.pages.chrome import Framer
from okrsite.pages.days import week
from okrsite.pages.goalposts import present_changes_at
from okrsite.pages.key_results import present_key_result, present_score
from okrsite.pages.nesting import MAX_NESTING, level_below
from okrsite.pages.objectives import present_card, present_checkin, present_line, readings_of
from okrsite.pages.parts import CheckInView, Link, ObjectiveCard, TeamNode
from okrsite.pages.views import RetroView, TeamCycleView, TeamsView, TeamView
from okrsite.pages.ways import edit_ways, team_cycle_ways
from okrsite.pages.words import Words
from okrsite.pages.writer import NOTHING, Writer


def present_teams(framer: Framer) -> TeamsView:
    """Every team in the organisation's order."""
    company = framer.compiled.company
    writer = framer.writer(urls.TEAMS)

    def names_below(team: str) -> tuple[str, ...]:
        return company.below.get(team, ())

    def node(id_: str, depth: int) -> TeamNode:
        team = company.teams[id_]
        inner = () if depth > MAX_NESTING else level_below(id_, names_below, depth)
        return TeamNode(
            link=writer.team(id_),
            mission=writer.inline(team.mission),
            former=team.last_day < company.today,
            children=tuple(node(child, depth + 1) for child in inner),
        )

    chrome = framer.chrome(writer, writer.say.plain.gettext("Teams"), paths=[t.path for t in company.teams.values()])
    return TeamsView(chrome=chrome, teams=tuple(node(top, 1) for top in names_below("")))


def present_team(team: Team, framer: Framer) -> TeamView:
    """One team: what it is for, where it stands, and its cycles, newest first."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.team(team.id))
    parent = team.parent(company.day)
    history = tuple(
        (None if first == date.min else first, writer.team(above))
        for first, above in (team.parents if len(team.parents) > 1 else ())
        if above in company.teams
    )
    above = tuple(writer.team(t) for t in reversed(company.teams_above(team.id, company.day)))
    ways = edit_ways(team.path, framer.repository)
    written = (team.path, *(path for part in company.cycles_of(team.id) for path in part.paths))
    chrome = framer.chrome(
        writer, writer.plain(team.name), above, written, ways=ways, followed=followed(team.id, company)
    )
    return TeamView(
        chrome=chrome,
        name=writer.inline(team.name),
        mission=writer.inline(team.mission),
        contact=writer.inline(team.contact),
        body=writer.body(team.body, team.path),
        answers=writer.answers(team.ignore),
        above=(writer.team(parent),) if parent else (),
        below=tuple(writer.team(t) for t in company.below.get(team.id, ())),
        history=history,
        life=_life(team, writer),
        cycles=tuple(
            (
                _cycle_link(tc, writer),
                tuple(present_line(o, compiled, writer, team=False) for o in tc.objectives),
            )
            for tc in reversed(company.cycles_of(team.id))
        ),
        extra=team.extra or {},
    )


def followed(team: str, company: Company) -> tuple[str, str]:
    """The feed of a team's pages, and their calendar once the team has written for a cycle."""
    return urls.team_feed(team), urls.team_calendar(team) if company.cycles_of(team) else ""


def _life(team: Team, writer: Writer) -> Html:
    """From which cycle to which a team exists."""
    since, until = writer.cycle(team.since), writer.cycle(team.until)
    if team.since and team.until:
        return writer.say.gettext("From %(first)s to %(last)s", first=since, last=until)
    if team.until:
        return writer.say.gettext("Until %(last)s", last=until)
    return writer.say.gettext("Since %(first)s", first=since) if team.since else NOTHING


def _cycle_link(team_cycle: TeamCycle, writer: Writer) -> Link:
    return Link(writer.cycle(team_cycle.cycle), writer.href(urls.team_cycle(team_cycle.team, team_cycle.cycle)))


def present_team_cycle(team_cycle: TeamCycle, framer: Framer) -> TeamCycleView:
    """All that a team wrote for a cycle."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.team_cycle(team_cycle.team, team_cycle.cycle))
    team, cycle = company.teams[team_cycle.team], company.cycles[team_cycle.cycle]
    name = writer.say.plain.gettext(
        "%(team)s, %(cycle)s", team=writer.plain(team.name), cycle=writer.cycle_name(cycle.id)
    )
    chrome = framer.chrome(
        writer,
        name,
        tuple(writer.team(above) for above in reversed(company.teams_above(team.id, cycle.start))),
        cycle=cycle.id,
        team=team.id,
        ways=team_cycle_ways(team_cycle, compiled, framer.repository),
        followed=followed(team.id, company),
    )
    retro = Link(writer.say.gettext("Retrospective"), writer.href(urls.retro(team.id, cycle.id)))
    stories = [o.id for o in team_cycle.objectives]
    cards = tuple(present_card(o, compiled, writer) for o in team_cycle.objectives)
    return TeamCycleView(
        chrome=chrome,
        team=writer.team(team.id),
        cycle=Link(writer.cycle(cycle.id), writer.href(urls.cycle(cycle.id))),
        mission=writer.inline(team.mission),
        contact=writer.inline(team.contact),
        state=cycle_state(cycle, company.today, writer.say),
        words_only=team.words_only,
        choices=() if cycle.closed(company.today) else _choices(cards),
        objectives=cards,
        guardrails=tuple(present_key_result(kr, None, compiled, writer, full=True) for kr in team_cycle.guardrails),
        body=writer.body(team_cycle.body, team_cycle.okrs, skip=stories),
        waiting_for=tuple(present_need(d, writer) for o in team_cycle.objectives for d in company.needs.get(o.ref, ())),
        waiting_for_us=tuple(present_need(d, writer) for d in _waiting(team_cycle, company)),
        risks=tuple(present_risk(risk, compiled, writer) for risk in team_cycle.risks),
        bets=tuple(present_bet(bet, writer, about=True) for bet in team_cycle.bets),
        goalposts=present_changes_at(team_cycle, framer, writer),
        late_on=compiled.ledger.late.get((team.id, cycle.id)),
        questions=tuple(present_question(q, team_cycle, writer) for q in team_cycle.questions),
        not_doing=writer.inlines(team_cycle.not_doing),
        answers=writer.answers(team_cycle.ignore),
        retro=retro if team_cycle.retro else None,
        checkins=tuple(_checkins(team_cycle, framer, writer)),
        others=tuple(_cycle_link(tc, writer) for tc in reversed(company.cycles_of(team.id)) if tc is not team_cycle),
        extra=team_cycle.extra or {},
    )


def _choices(cards: tuple[ObjectiveCard, ...]) -> tuple[str, ...]:
    """What of a team's objectives may be shown alone: nothing, where that would be all or none of them."""
    marks = {"help": [card.help for card in cards], "early": [card.early for card in cards]}
    return tuple(name for name, marked in marks.items() if any(marked) and not all(marked))


def _waiting(team_cycle: TeamCycle, company: Company) -> Iterable[Dependency]:
    """Who waits for a team in a cycle: for one of its objectives, or for the team as such."""
    for objective in team_cycle.objectives:
        yield from company.needed.get(objective.ref, ())
    for dependency in company.needed.get(f"@{team_cycle.team}", ()):
        if cycle_of(dependency.asker) == team_cycle.cycle:
            yield dependency


def cycle_state(cycle: Cycle, today: date, say: Words) -> Html:
    """Where a cycle stands on a day, in words."""
    if today < cycle.start:
        return say.gettext("begins on %(day)s", day=say.day(cycle.start))
    if cycle.contains(today):
        number, weeks = week(today, cycle.start), week(cycle.end, cycle.start)
        return say.gettext("week %(number)s of %(weeks)s", number=number, weeks=weeks)
    closes = say.day(cycle.closes)
    if cycle.closed(today):
        return say.gettext("closed since %(day)s", day=closes)
    return say.gettext("ended on %(day)s, readings until %(last)s", day=say.day(cycle.end), last=closes)


def _checkins(team_cycle: TeamCycle, framer: Framer, writer: Writer) -> Iterable[CheckInView]:
    """A team's check-ins, newest first."""
    for checkin in reversed(team_cycle.checkins):
        view = present_checkin(
            checkin,
            team_cycle,
            writer,
            readings=tuple(readings_of(checkin, team_cycle, framer.compiled, writer)),
            risks=team_cycle.risks,
            body=writer.body(checkin.body, checkin.path, level=4),
        )
        stated = ((entry.id, str(entry.state), writer.block(entry.note)) for entry in checkin.assumptions)
        yield replace(view, assumptions=tuple(stated))


def present_retro(team_cycle: TeamCycle, framer: Framer) -> RetroView:
    """A team's look back at a cycle."""
    compiled, company = framer.compiled, framer.compiled.company
    retro = team_cycle.retro
    assert retro
    writer = framer.writer(urls.retro(team_cycle.team, team_cycle.cycle))
    team, cycle = company.teams[team_cycle.team], company.cycles[team_cycle.cycle]
    cycle_link = _cycle_link(team_cycle, writer)
    title = writer.say.plain.gettext(
        "%(team)s looks back at %(cycle)s", team=writer.plain(team.name), cycle=writer.cycle_name(cycle.id)
    )
    scores = tuple(
        (
            present_line(o, compiled, writer, team=False),
            None
            if team.words_only
            else present_score(
                compiled.figures.objectives[o.ref].score,
                retro.scores.get(o.ref),
                o.entry.type,
                writer,
                compiled.figures.objectives[o.ref].by_promise,
            ),
            tuple(present_key_result(kr, o, compiled, writer, full=False) for kr in o.key_results),
        )
        for o in team_cycle.objectives
    )
    return RetroView(
        chrome=framer.chrome(
            writer,
            title,
            (writer.team(team.id), cycle_link),
            [retro.file.path],
            cycle.id,
            ways=edit_ways(retro.file.path, framer.repository),
            followed=followed(team.id, company),
        ),
        team=writer.team(team.id),
        cycle=cycle_link,
        scores=scores,
        words_only=team.words_only,
        bets=tuple(present_bet(bet, writer, about=True) for bet in team_cycle.bets),
        lessons=tuple(present_lesson(lesson.ref, compiled, writer) for lesson in retro.lessons),
        body=writer.body(retro.file.body, retro.file.path, looks_back=True),
        answers=writer.answers(retro.file.ignore),
        extra=retro.file.extra,
    )
