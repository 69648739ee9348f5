"""Where the time of a build went: measured elsewhere, here as values and as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Row = tuple[str, ...]
"""A name and figures."""
_NAME: Final = 20
_WIDTH: Final = 10
_THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class Spent:
    """What some work took: seconds that passed, seconds of processors, and how often it was done."""

    wall: float = 0.0
    cpu: float = 0.0
    times: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.cpu + other.cpu, self.times + other.times)


@dataclass(frozen=True, slots=True)
class Timings:
    """What a command took, by what it did.

    `start` are the seconds of processor that had gone before anything was measured. Processor time of a stage and of
    the whole is that of all processes that took part.
    """

    start: float
    stages: Mapping[str, Spent]
    """In the order in which they began; none lies within another."""
    steps: Mapping[tuple[str, str | None], Spent]
    """What was done for each page, by step and template: all processes added up, also what passed in them at once.

    There is no template yet for a page of which it is only looked whether it must be presented.
    """
    whole: Spent


def render_timings(timings: Timings) -> str:
    """Tables for people: of stages, and where pages were made of the steps of one, and of templates."""
    tables = [_stages(timings)]
    if timings.steps:
        tables += (_steps(timings.steps), _templates(timings.steps))
    return "\n".join(map(_aligned, tables))


def _stages(timings: Timings) -> list[Row]:
    known = _sum(timings.stages.values())
    other = Spent(max(0.0, timings.whole.wall - known.wall), max(0.0, timings.whole.cpu - known.cpu - timings.start))
    return [
        ("stage", "wall s", "cpu s"),
        ("start", "", _seconds(timings.start)),
        *((name, *_both(spent)) for name, spent in timings.stages.items()),
        ("other", *_both(other)),
        ("whole", *_both(timings.whole)),
    ]


def _steps(steps: Mapping[tuple[str, str | None], Spent]) -> list[Row]:
    rows: list[Row] = [("step of a page", "wall s", "cpu s", "times")]
    for name in dict.fromkeys(step for step, _ in steps):
        spent = _sum(spent for (step, _), spent in steps.items() if step == name)
        rows.append((name, *_both(spent), f"{spent.times:,}"))
    return rows


def _templates(steps: Mapping[tuple[str, str | None], Spent]) -> list[Row]:
    """What the pages of each template took, those that took most first."""
    by_template = {
        template: [spent for (_, of), spent in steps.items() if of == template]
        for template in dict.fromkeys(template for _, template in steps if template is not None)
    }
    rows: list[Row] = [("template", "wall s", "cpu s", "pages", "cpu ms each")]
    for template, spent in sorted(by_template.items(), key=lambda item: -_sum(item[1]).cpu):
        all_steps, pages = _sum(spent), max(step.times for step in spent)
        rows.append(
            (template or "(no template)", *_both(all_steps), f"{pages:,}", f"{all_steps.cpu / pages * _THOUSAND:.2f}")
        )
    return rows


def _sum(spent: Iterable[Spent]) -> Spent:
    return sum(spent, Spent())


def _both(spent: Spent) -> tuple[str, str]:
    return _seconds(spent.wall), _seconds(spent.cpu)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _aligned(rows: Sequence[Row]) -> str:
    """Rows as lines of text: names on the left, figures under their heading."""
    widths = [max(_WIDTH, len(heading) + 2) for heading in rows[0][1:]]
    return "".join(
        f"{name:<{_NAME}}{''.join(f'{figure:>{width}}' for figure, width in zip(figures, widths, strict=False))}\n"
        for name, *figures in rows
    )
