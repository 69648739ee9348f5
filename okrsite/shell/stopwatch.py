"""The clock that tells where time goes: read here and nowhere else, and not at all unless somebody asked.

Work that is measured in several processes carries what it took home with each result, so that nothing is shared.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final, TypeVar

from okrsite.render.timings import Spent, Timings
from okrsite.shell.workers import spread

Item = TypeVar("Item")
Result = TypeVar("Result")
Steps = dict[tuple[str, str | None], Spent]
Told = Callable[[int], None] | None


def now() -> float:
    """Seconds since some moment; they only ever grow."""
    return time.perf_counter()


class Clock:
    """A clock that nobody looks at: whatever is to be measured is done as it is."""

    def stage(self, _name: str) -> AbstractContextManager[None]:
        """Measure what is done in a block, in this process and in those that end in it."""
        return nullcontext()

    def step(
        self, _name: str, work: Callable[[Item], Result], _template: Callable[[Item, Result], str | None]
    ) -> Callable[[Item], Result]:
        """Some work that is measured each time, by the template that its argument or its result is for."""
        return work

    def spread(
        self, work: Callable[[Item], Result], items: Sequence[Item], jobs: int, told: Told = None
    ) -> list[Result]:
        """Work spread over processes, in which steps are measured too."""
        return spread(work, items, jobs, told)


UNTIMED: Final = Clock()


class Stopwatch(Clock):
    """Adds up what stages and steps take, from its making on."""

    def __init__(self) -> None:
        self._start, self._began = _processors(), now()
        self._stages: dict[str, Spent] = {}
        self._steps: Steps = {}

    def timings(self) -> Timings:
        """What was measured so far."""
        whole = Spent(now() - self._began, _processors(), 1)
        return Timings(self._start, dict(self._stages), dict(self._steps), whole)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._stages.setdefault(name, Spent())
        wall, cpu = now(), _processors()
        try:
            yield
        finally:
            self._stages[name] += Spent(now() - wall, _processors() - cpu, 1)

    def step(
        self, name: str, work: Callable[[Item], Result], template: Callable[[Item, Result], str | None]
    ) -> Callable[[Item], Result]:
        def measured(item: Item) -> Result:
            wall, cpu = now(), time.process_time()
            result = work(item)
            spent = Spent(now() - wall, time.process_time() - cpu, 1)
            _add(self._steps, {(name, template(item, result)): spent})
            return result

        return measured

    def spread(
        self, work: Callable[[Item], Result], items: Sequence[Item], jobs: int, told: Told = None
    ) -> list[Result]:
        def measured(item: Item) -> tuple[Result, Steps]:
            outside, self._steps = self._steps, {}
            try:
                return work(item), self._steps
            finally:
                self._steps = outside

        done = spread(measured, items, jobs, told)
        for _, steps in done:
            _add(self._steps, steps)
        return [result for result, _ in done]


def _add(known: Steps, steps: Steps) -> None:
    for key, spent in steps.items():
        known[key] = known.get(key, Spent()) + spent


def _processors() -> float:
    """Seconds of processor that this process and those that it has waited for have used."""
    try:
        import resource
    except ImportError:  # no other process is ever started here
        return time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
