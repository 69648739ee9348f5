"""Calendars: the days of a cycle that concern everybody, and those on which a team is to be heard."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from okrsite.core.company import Team, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.numbers import advance
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.days import middle_week, week
from okrsite.pages.feed_parts import Appointment
from okrsite.pages.feeds import stable_uuid
from okrsite.pages.views import CalendarView

ONE_DAY = timedelta(days=1)


class _Diary:
    """Makes appointments for one calendar, each with a name for good."""

    def __init__(self, path: str, framer: Framer) -> None:
        self.writer = framer.far_writer(path)
        self.say = framer.say.plain
        self._settings, self._tree = framer.compiled.company.settings, framer.tree

    def days(self, key: str, first: date, last: date, title: str, page: str, fragment: str = "") -> Appointment:
        """Some whole days. A link from a calendar is a whole address or none."""
        href = self.writer.href(page, fragment) if self._settings.base_url else ""
        return Appointment(stable_uuid(self._settings, self._tree + key), first, last, title, href)

    def day(self, key: str, on: date, title: str, page: str, fragment: str = "") -> Appointment:
        return self.days(key, on, on, title, page, fragment)


def present_site_calendar(path: str, framer: Framer) -> CalendarView:
    """The days of all cycles that are not over: one address that outlives them."""
    cycles = framer.compiled.company.cycles
    return _company_calendar(path, framer.site, _lasting(cycles.values(), framer.compiled.company.today), framer)


def present_cycle_calendar(cycle: Cycle, path: str, framer: Framer) -> CalendarView:
    """The days of one cycle."""
    return _company_calendar(path, f"{framer.writer(path).cycle_name(cycle.id)} · {framer.site}", (cycle,), framer)


def present_team_calendar(team: Team, path: str, framer: Framer) -> CalendarView:
    """The days of one team in its cycles that are not over."""
    company, diary = framer.compiled.company, _Diary(path, framer)
    parts = {part.cycle: part for part in company.cycles_of(team.id)}
    lasting = _lasting((company.cycles[id_] for id_ in parts), company.today)
    name = diary.writer.plain(team.name)
    found = (one for cycle in lasting for one in _team_days(parts[cycle.id], team, cycle, name, diary))
    return _calendar(f"{name} · {framer.site}", found, framer)


def _lasting(cycles: Iterable[Cycle], today: date) -> tuple[Cycle, ...]:
    """The cycles that are not closed, those to come among them; else the last."""
    known = tuple(cycles)
    return tuple(cycle for cycle in known if not cycle.closed(today)) or known[-1:]


def _company_calendar(path: str, title: str, cycles: Iterable[Cycle], framer: Framer) -> CalendarView:
    diary = _Diary(path, framer)
    return _calendar(title, (one for cycle in cycles for one in _cycle_days(cycle, diary)), framer)


def _calendar(title: str, found: Iterable[Appointment], framer: Framer) -> CalendarView:
    in_order = sorted(found, key=lambda one: one.first)
    return CalendarView(language=framer.say.language, title=title, appointments=tuple(in_order))


def _cycle_days(cycle: Cycle, diary: _Diary) -> Iterator[Appointment]:
    """What everybody meets in a cycle, from its first day to its last reading."""
    say, name, page = diary.say, diary.writer.cycle_name(cycle.id), urls.cycle(cycle.id)
    yield diary.day(f"{cycle.id} begins", cycle.start, say.gettext("%(cycle)s begins", cycle=name), page)
    if cycle.opened < cycle.end:
        title = say.gettext("%(cycle)s: last day to settle promises; from tomorrow a change is shown", cycle=name)
        yield diary.day(f"{cycle.id} opened", cycle.opened, title, page)
    title = say.gettext("%(cycle)s: mid-cycle review", cycle=name)
    yield diary.days(f"{cycle.id} middle", *middle_week(cycle), title, page)
    yield diary.day(f"{cycle.id} ends", cycle.end, say.gettext("%(cycle)s ends", cycle=name), page)
    if cycle.closes > cycle.end:
        title = say.gettext("Looking back at %(cycle)s: last readings and retrospectives", cycle=name)
        yield diary.days(f"{cycle.id} closes", cycle.end + ONE_DAY, cycle.closes, title, urls.retros(cycle.id))


def _team_days(part: TeamCycle, team: Team, cycle: Cycle, name: str, diary: _Diary) -> Iterator[Appointment]:
    """A team's check-ins in a cycle, those that were and those that are due, its review and its look back.

    The check-ins are named by their number, so that one that comes on another day than it was due moves there.
    """
    say, of_cycle = diary.say, diary.writer.cycle_name(cycle.id)
    page, key = urls.team_cycle(team.id, cycle.id), f"{team.id}/{cycle.id}"
    for number, checkin in enumerate(part.checkins, 1):
        at, fragment = week(checkin.on, cycle.start), urls.anchor("on", checkin.on.isoformat())
        title = say.gettext("%(team)s: check-in, week %(week)s of %(cycle)s", team=name, week=at, cycle=of_cycle)
        yield diary.day(f"{key} check-in {number}", checkin.on, title, page, fragment)
    for number, due in enumerate(_due(part, team, cycle), len(part.checkins) + 1):
        at = week(due, cycle.start)
        title = say.gettext("%(team)s: check-in due, week %(week)s of %(cycle)s", team=name, week=at, cycle=of_cycle)
        yield diary.day(f"{key} check-in {number}", due, title, page)
    title = say.gettext("%(team)s: mid-cycle review of %(cycle)s", team=name, cycle=of_cycle)
    yield diary.days(f"{key} middle", *middle_week(cycle), title, page)
    if cycle.closes > cycle.end:
        title = say.gettext("%(team)s looks back at %(cycle)s", team=name, cycle=of_cycle)
        yield diary.days(f"{key} closes", cycle.end + ONE_DAY, cycle.closes, title, page)


def _due(part: TeamCycle, team: Team, cycle: Cycle) -> Iterator[date]:
    """The days on which a team's cadence asks for a check-in, from its last one on, else from the cycle's start."""
    since, step = part.checkins[-1].on if part.checkins else cycle.start, 1
    while (due := advance(since, team.cadence, step)) <= cycle.end:
        if due >= cycle.start:
            yield due
        step += 1
