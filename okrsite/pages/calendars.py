"""Calendars: the days of a cycle that concern everybody, and those on which a team is to be heard."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from okrsite.core.company import Team, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.numbers import advance
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.days import middle_week, week
from okrsite.pages.feeds import stable_uuid
from okrsite.pages.parts import Appointment
from okrsite.pages.views import CalendarView
from okrsite.pages.writer import Writer

ONE_DAY = timedelta(days=1)


class _Diary:
    """Makes appointments for one calendar."""

    def __init__(self, path: str, framer: Framer) -> None:
        self.writer: Writer = framer.far_writer(path)
        self._framer = framer

    def appointment(self, key: str, first: date, last: date, title: str, page: str, fragment: str = "") -> Appointment:
        """Whole days; `key` names them for good. A link from a calendar is a whole address or none."""
        settings = self._framer.compiled.company.settings
        return Appointment(
            id=stable_uuid(settings, self._framer.tree + key),
            first=first,
            last=last,
            title=title,
            href=self.writer.href(page, fragment) if settings.base_url else "",
        )


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
    opening = framer.compiled.company.settings.opening_days
    return _calendar(title, (one for cycle in cycles for one in _cycle_days(cycle, opening, diary)), framer)


def _calendar(title: str, found: Iterable[Appointment], framer: Framer) -> CalendarView:
    in_order = sorted(found, key=lambda one: one.first)
    return CalendarView(language=framer.language, title=title, appointments=tuple(in_order))


def _cycle_days(cycle: Cycle, opening_days: int, diary: _Diary) -> Iterator[Appointment]:
    """What everybody meets in a cycle, from its first day to its last reading."""
    name, page = diary.writer.cycle_name(cycle.id), urls.cycle(cycle.id)
    yield diary.appointment(f"{cycle.id} begins", cycle.start, cycle.start, f"{name} begins", page)
    opened = cycle.start + timedelta(days=opening_days)
    if opened < cycle.end:
        title = f"{name}: last day on which promises are still being written"
        yield diary.appointment(f"{cycle.id} opened", opened, opened, title, page)
    first, last = middle_week(cycle)
    yield diary.appointment(f"{cycle.id} middle", first, last, f"{name}: mid-cycle review", page)
    yield diary.appointment(f"{cycle.id} ends", cycle.end, cycle.end, f"{name} ends", page)
    if cycle.closes > cycle.end:
        title = f"Looking back at {name}: last readings and retrospectives"
        yield diary.appointment(f"{cycle.id} closes", cycle.end + ONE_DAY, cycle.closes, title, urls.retros(cycle.id))


def _team_days(part: TeamCycle, team: Team, cycle: Cycle, name: str, diary: _Diary) -> Iterator[Appointment]:
    """A team's check-ins in a cycle, those that were and those that are due, its review and its look back."""
    of_cycle = diary.writer.cycle_name(cycle.id)
    page, key = urls.team_cycle(team.id, cycle.id), f"{team.id}/{cycle.id}"
    number = 0
    for number, checkin in enumerate(part.checkins, 1):
        title, fragment = f"{name}: check-in, {of_cycle}", urls.anchor("on", checkin.on.isoformat())
        yield diary.appointment(f"{key} check-in {number}", checkin.on, checkin.on, title, page, fragment)
    for step, due in enumerate(_due(part, team, cycle), number + 1):
        title = f"{name}: check-in due, {of_cycle}, week {week(due, cycle.start)}"
        yield diary.appointment(f"{key} check-in {step}", due, due, title, page)
    first, last = middle_week(cycle)
    yield diary.appointment(f"{key} middle", first, last, f"{name}: mid-cycle review, {of_cycle}", page)
    if cycle.closes > cycle.end:
        title = f"{name} looks back at {of_cycle}"
        yield diary.appointment(f"{key} closes", cycle.end + ONE_DAY, cycle.closes, title, page)


def _due(part: TeamCycle, team: Team, cycle: Cycle) -> Iterator[date]:
    """The days on which a team's cadence asks for a check-in, from its last one on, else from the cycle's start."""
    since, step = part.checkins[-1].on if part.checkins else cycle.start, 1
    while (due := advance(since, team.cadence, step)) <= cycle.end:
        if due >= cycle.start:
            yield due
        step += 1
