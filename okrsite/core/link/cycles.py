"""Which cycles there are: those that teams write in and those that have a file of their own."""

from collections.abc import Iterable, Mapping
from datetime import date

from okrsite.core.cycles import MAX_DAYS, RESERVED, Cycle, closing_day, likely_cycle, opening_day, parent_of, period
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.history import History
from okrsite.core.model import CycleFile
from okrsite.core.refs import collision_key
from okrsite.core.settings import Settings
from okrsite.core.source import Span
from okrsite.core.text import EMPTY_BODY


def link_cycles(
    files: Iterable[CycleFile], used: Mapping[str, str], settings: Settings, history: History
) -> tuple[dict[str, Cycle], list[Diagnostic]]:
    """All cycles by id, in order of time; `used` maps the cycles that teams write in to a path that uses each."""
    problems: list[Diagnostic] = []
    own = {file.cycle: file for file in files}
    dates = {}
    seen: dict[str, str] = {}
    for name in sorted(set(own) | set(used)):
        file = own.get(name)
        twin = seen.setdefault(collision_key(name), name)
        if twin != name or name.casefold() in {*RESERVED, *settings.languages}:
            place = Span(file.path if file else used[name])
            message = f"the cycle `{name}` differs only by case or Unicode form from `{twin}`"
            if twin == name:
                message = f"`{name}` is a folder of the site and cannot be a cycle"
            problems.append(problem("id-collision", place, message, "rename it"))
            continue
        known = period(name, settings.fiscal_year_start)
        start = file.start if file and file.start else known[0] if known else None
        end = file.end if file and file.end else known[1] if known else None
        path = file.path if file else used[name]
        if start is None or end is None:
            cycle = likely_cycle(name)
            meant = f"`{cycle}`" if cycle else "like `2026-Q4`"
            hint = f"name it {meant}, or give its `start` and `end` in cycles/{name}.md"
            problems.append(
                problem("unknown-cycle", Span(path), f"`{name}` is not a period whose dates are known", hint)
            )
        elif end < start:
            problems.append(problem("bad-cycle", Span(path), f"the cycle `{name}` ends before it starts"))
        elif (end - start).days > MAX_DAYS:
            message = f"the cycle `{name}` is longer than ten years"
            problems.append(problem("bad-cycle", Span(path), message, "are the years of `start` and `end` right?"))
        else:
            dates[name] = (start, end)
    periods = [(name, start, end) for name, (start, end) in dates.items()]
    cycles = {}
    for name, (start, end) in sorted(dates.items(), key=lambda item: (item[1][0], -item[1][1].toordinal(), item[0])):
        file = own.get(name)
        cycles[name] = Cycle(
            id=name,
            start=start,
            end=end,
            opened=opening_day(start, _opening_days(start, settings, history)),
            closes=closing_day(end, settings.closing_days),
            parent=parent_of(start, end, periods),
            title=file.title if file else None,
            theme=file.theme if file else None,
            body=file.body if file else EMPTY_BODY,
        )
    return cycles, problems


def _opening_days(start: date, settings: Settings, history: History) -> int:
    """What was agreed when a cycle started, or as soon as it is known: nobody can move it for what was promised."""
    agreed = [days for since, days in history.opening if since <= start] or [d for _, d in history.opening[:1]]
    return agreed[-1] if agreed else settings.opening_days
