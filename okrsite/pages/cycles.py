"""The pages of a cycle, which list many teams: words, shapes and links, no outcome figures but the company's own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from okrsite.core.company import Company, Dependency, Objective, Risk, TeamCycle
from okrsite.core.cycles import Cycle, enclosing
from okrsite.core.looking_back import Theme, theme_of
from okrsite.core.model import RiskState
from okrsite.core.refs import objective_of, part_of
from okrsite.pages import urls
from okrsite.pages.around import present_need, present_risk
from okrsite.pages.assumptions import present_stands
from okrsite.pages.chrome import Framer
from okrsite.pages.drawing import draw_weeks
from okrsite.pages.nesting import MAX_NESTING, level_below
from okrsite.pages.objectives import present_card, present_checkin, present_line
from okrsite.pages.parts import CheckInView, Link, Node, RiskView, SectionView
from okrsite.pages.teams import cycle_state
from okrsite.pages.views import AsksView, ChangesView, CycleView, MapView, RetrosView
from okrsite.pages.ways import edit_ways
from okrsite.pages.writer import NOTHING, Writer

MAX_LISTED: Final = 120
"""Objectives of teams that a cycle's front page lists; of more it says only how many each team has."""
MAX_RAISED: Final = 4
"""Risks that a cycle's front page tells, the latest; all stand among the asks."""


def present_cycle(cycle: Cycle, framer: Framer, *, home: bool) -> CycleView:
    """A cycle's front page; as the site's home it carries the mission and the letter too."""
    compiled, company = framer.compiled, framer.compiled.company
    path = urls.HOME if home else urls.cycle(cycle.id)
    writer = framer.writer(path)
    parts = framer.compiled.company.parts_in.get(cycle.id, ())
    root = company.team_cycles.get((company.root, cycle.id))
    risks = [(risk, tc) for tc in parts for risk in tc.risks if cycle.is_early(risk.raised_on)]
    risks.sort(key=lambda pair: pair[0].raised_on, reverse=True)
    mission = company.mission
    heading = writer.inline(cycle.title) or writer.cycle(cycle.id)
    paths = [path for tc in ([root] if root else []) for path in tc.paths] + (
        [mission.path] if mission and home else []
    )
    around = [c for c in enclosing(cycle.id, company.cycles) if c != cycle.id]
    inside = [c.id for c in company.cycles.values() if c.parent == cycle.id]
    others = [*around, *inside, *(c for c in reversed(tuple(company.cycles)) if c not in (cycle.id, *around, *inside))]
    teams = [tc for tc in parts if tc is not root]
    listed = sum(len(tc.objectives) for tc in teams) <= MAX_LISTED
    today = company.today
    about = f"{company.settings.content}/cycles/{cycle.id}.md"
    own = (mission.path if mission else "") if home else about
    return CycleView(
        chrome=framer.chrome(
            writer,
            company.settings.title if home else writer.cycle_name(cycle.id),
            paths=paths,
            cycle=cycle.id,
            ways=edit_ways(own if own in company.shown else "", framer.repository),
            followed=(urls.FEED, urls.CALENDAR) if home else (urls.cycle_feed(cycle.id), urls.cycle_calendar(cycle.id)),
        ),
        heading=heading,
        mission=writer.inline(mission.mission) if mission and mission.mission else NOTHING,
        letter=writer.body(mission.body, mission.path) if mission and home else NOTHING,
        is_home=home,
        name=writer.cycle(cycle.id),
        start=cycle.start,
        end=cycle.end,
        state=cycle_state(cycle, today, writer.say),
        ruler=draw_weeks(cycle, (risk for tc in parts for risk in tc.risks), today, writer.say.plain),
        raised_count=len(risks),
        theme=writer.inline(cycle.theme),
        body=writer.body(cycle.body, about),
        company=tuple(present_card(o, compiled, writer) for o in root.objectives) if root else (),
        company_link=_part_link(root, writer) if root else None,
        raised=tuple(present_risk(risk, compiled, writer, brief=True) for risk, _ in risks[:MAX_RAISED]),
        teams=tuple(
            (
                _part_link(tc, writer),
                len(tc.objectives),
                tuple(present_line(o, compiled, writer, team=False) for o in tc.objectives) if listed else (),
            )
            for tc in teams
        ),
        listed=listed,
        links=_cycle_links(cycle.id, writer),
        others=tuple(Link(writer.cycle(c), writer.href(urls.cycle(c))) for c in others),
    )


def _part_link(team_cycle: TeamCycle, writer: Writer) -> Link:
    """A team, and where its part of a cycle is."""
    team, cycle = team_cycle.team, team_cycle.cycle
    return Link(writer.team(team).words, writer.href(urls.team_cycle(team, cycle)))


def _cycle_links(cycle: str, writer: Writer) -> tuple[Link, ...]:
    pages = (
        (writer.say.gettext("How the work connects"), urls.cascade(cycle)),
        (writer.say.gettext("Who asks for help"), urls.asks(cycle)),
        (writer.say.gettext("Week by week"), urls.changes(cycle)),
        (writer.say.gettext("Looking back"), urls.retros(cycle)),
    )
    return tuple(Link(words, writer.href(path)) for words, path in pages)


# --- the cascade --------------------------------------------------------------------------------------------------


def present_map(cycle: Cycle, framer: Framer) -> MapView:
    """How the objectives of a cycle lean on each other, and on those of the cycles around it."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.cascade(cycle.id))
    around = set(enclosing(cycle.id, company.cycles))
    own = [o for part in company.parts_in.get(cycle.id, ()) for o in part.objectives]
    shown = {o.ref for o in own}
    shown |= _ancestors(own, company.objectives, around)
    below: dict[str, list[tuple[Objective, str]]] = {}
    for ref, objective in company.objectives.items():
        if ref in shown:
            for target in _supports(objective):
                parent = objective_of(target)
                if parent in shown and parent != ref:
                    below.setdefault(parent, []).append((objective, target))
    placed = {child.ref for children in below.values() for child, _ in children}
    roots = [o for ref, o in company.objectives.items() if ref in shown and ref not in placed]
    tops = [o for o in roots if below.get(o.ref) or o.team == company.root]
    opened: set[str] = set()

    def names_below(ref: str) -> tuple[str, ...]:
        return tuple(child.ref for child, _ in below.get(ref, ()))

    def node(ref: str, target: str, depth: int) -> Node:
        also = ref in opened
        opened.add(ref)
        through = {child.ref: supported for child, supported in below.get(ref, ())}
        inner = () if also or depth > MAX_NESTING else level_below(ref, names_below, depth)
        return Node(
            line=present_line(company.objectives[ref], compiled, writer),
            through=writer.title(target) if part_of(target) else NOTHING,
            children=tuple(node(child, through.get(child, ""), depth + 1) for child in inner),
            also=also and bool(below.get(ref)),
        )

    tree = [node(o.ref, "", 1) for o in tops]
    # What only supports itself in a circle hangs under nobody; it is shown from its first member on.
    tree += [node(o.ref, "", 1) for o in own if o.ref in placed and o.ref not in opened]
    title = writer.say.plain.gettext("How the work connects, %(cycle)s", cycle=writer.cycle_name(cycle.id))
    return MapView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        roots=tuple(tree),
        local=tuple(present_line(o, compiled, writer) for o in roots if o not in tops),
        sideways=tuple(present_need(need, writer) for need in _needs_in(cycle, company)),
    )


def _needs_in(cycle: Cycle, company: Company) -> list[Dependency]:
    """What the objectives of a cycle wait for, in order of content."""
    own = (objective for part in company.parts_in.get(cycle.id, ()) for objective in part.objectives)
    return [need for objective in own for need in company.needs.get(objective.ref, ())]


def _supports(objective: Objective) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for ref in objective.leans_on:
        first.setdefault(objective_of(ref), ref)
    return tuple(first.values())


def _ancestors(own: Iterable[Objective], objectives: Mapping[str, Objective], cycles: set[str]) -> set[str]:
    """What some objectives lean on within some cycles, all the way up."""
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        for target in _supports(waiting.pop()):
            parent = objectives.get(objective_of(target))
            if parent and parent.ref not in found and parent.cycle in cycles:
                found.add(parent.ref)
                waiting.append(parent)
    return found


# --- asks, changes, looking back ----------------------------------------------------------------------------------


def present_asks(cycle: Cycle, framer: Framer) -> AsksView:
    """Who asks for help, and whose ask was answered, in the order in which they spoke up."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.asks(cycle.id))
    parts = company.parts_in.get(cycle.id, ())
    risks = sorted((risk for part in parts for risk in part.risks), key=lambda risk: (risk.raised_on, risk.ref))
    needs = _needs_in(cycle, company)

    def views(chosen: Iterable[Risk]) -> tuple[RiskView, ...]:
        return tuple(present_risk(risk, compiled, writer) for risk in chosen)

    title = writer.say.plain.gettext("Who asks for help, %(cycle)s", cycle=writer.cycle_name(cycle.id))
    return AsksView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        over=cycle.closed(company.today),
        open_risks=views(r for r in risks if r.state is RiskState.OPEN),
        other_risks=views(r for r in risks if r.state is not RiskState.OPEN),
        open_needs=tuple(present_need(d, writer) for d in needs if not d.agreed),
        agreed_needs=tuple(present_need(d, writer) for d in needs if d.agreed),
        stands=present_stands(framer.compiled.company.parts_in.get(cycle.id, ()), framer, writer),
    )


MAX_UNFOLDED = 60
"""The check-ins that stand open among a cycle's; those of the newest week do in any case."""


def present_changes(cycle: Cycle, framer: Framer) -> ChangesView:
    """What teams wrote, week by week, newest first; their stories, no figures."""
    writer = framer.writer(urls.changes(cycle.id))
    weeks: dict[date, list[CheckInView]] = {}
    for tc in framer.compiled.company.parts_in.get(cycle.id, ()):
        for checkin in tc.checkins:
            monday = checkin.on - timedelta(days=checkin.on.weekday())
            gist = writer.gist(checkin.body.lead, 220)
            view = present_checkin(checkin, tc, writer, body=gist, linked=True)
            weeks.setdefault(monday, []).append(replace(view, anchor="", team=writer.team(tc.team)))
    ordered = tuple(
        (monday, tuple(sorted(entries, key=lambda entry: entry.on, reverse=True)))
        for monday, entries in sorted(weeks.items(), reverse=True)
    )
    title = writer.say.plain.gettext("Week by week, %(cycle)s", cycle=writer.cycle_name(cycle.id))
    return ChangesView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        weeks=ordered,
        unfolded=max(1, sum(told <= MAX_UNFOLDED for told in accumulate(len(entries) for _, entries in ordered))),
    )


def present_retros(cycle: Cycle, framer: Framer) -> RetrosView:
    """What teams wrote when they looked back, collected under the usual headings."""
    company = framer.compiled.company
    writer = framer.writer(urls.retros(cycle.id))
    themes: dict[Theme, list[SectionView]] = {theme: [] for theme in Theme}
    written, missing = [], []
    for tc in framer.compiled.company.parts_in.get(cycle.id, ()):
        if tc.retro is None:
            missing.append(writer.team(tc.team))
            continue
        link = Link(writer.team(tc.team).words, writer.href(urls.retro(tc.team, tc.cycle)))
        written.append(link)
        for section in tc.retro.file.body.sections:
            theme = theme_of(section.heading.plain)
            if theme and section.prose.pieces:
                themes[theme].append(SectionView(link, writer.heading(section.heading), writer.prose(section.prose, 4)))
    title = writer.say.plain.gettext("Looking back at %(cycle)s", cycle=writer.cycle_name(cycle.id))
    return RetrosView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        themes=tuple((writer.say.pgettext("theme", theme), tuple(found)) for theme, found in themes.items() if found),
        teams=tuple(written),
        missing=tuple(missing) if cycle.closed(company.today) else (),
    )
