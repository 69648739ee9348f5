"""Work shared between processes: forked, so that they see all there is unasked; what they find they send back."""

import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, NoReturn, TypeVar

from okrsite.shell.collection import frozen

Item = TypeVar("Item")
Result = TypeVar("Result")

_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
WORTHWHILE: Final = 200
"""Items below which another process costs more than it brings."""


class LostWorkerError(OSError):
    """A process that was to do a share of the work is gone."""


def default_jobs() -> int:
    """As many processes as there are processors for this one."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, told: Callable[[int], None] | None = None
) -> list[Result]:
    """The result of some work on each item, in order; the first failure ends all of it and is raised here.

    The calling process does a share itself. Results of the others must be picklable; items need not be. After each
    item of its own `told` is called with the number of items for which that one stands.
    """
    jobs = min(jobs, len(items) // WORTHWHILE + 1) if hasattr(os, "fork") else 1
    results: list[Any] = [None] * len(items)
    with frozen(), _started(work, items, jobs) as others:
        results[::jobs] = map(work if told is None else _telling(work, jobs, told), items[::jobs])
        for number, worker in enumerate(others, 1):
            results[number::jobs] = worker.results()
    return results


def _telling(work: Callable[[Item], Result], jobs: int, told: Callable[[int], None]) -> Callable[[Item], Result]:
    """Some work after which each time is told that every process has done one more, as they do about as much."""

    def telling(item: Item) -> Result:
        result = work(item)
        told(jobs)
        return result

    return telling


class _Worker:
    """A process that does one share, forked or about to be."""

    def __init__(self, reading: int) -> None:
        self.pid, self._reading = 0, reading

    def results(self) -> list[object]:
        """What it found; waits until it is done. Raises what it raised."""
        with os.fdopen(self._reading, "rb", closefd=False) as pipe:
            said = pipe.read()
        if not said:
            raise LostWorkerError("a process that shared the work was stopped")
        fine, found = pickle.loads(said)  # noqa: S301 - comes from this program itself
        if not fine:
            raise found
        return list(found)

    def end(self) -> None:
        """Stop it where it still works, and forget it."""
        with suppress(OSError):
            os.close(self._reading)
        if not self.pid:
            return  # should it have been forked all the same, it ends when it finds nobody to tell what it found
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


@contextmanager
def _started(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[list[_Worker]]:
    workers: list[_Worker] = []
    try:
        for number in range(1, jobs):
            _fork(work, items[number::jobs], workers)
        yield workers
    finally:
        for worker in workers:
            worker.end()


def _fork(work: Callable[[Item], Result], share: Sequence[Item], workers: list[_Worker]) -> None:
    """Start a worker and add it to the others; signals wait meanwhile, so that none finds it known to nobody.

    Where there are other threads, one of them may take a signal, and what it means happens here at any moment: so the
    worker's pipe is known before there is a worker.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        reading, writing = os.pipe()
        workers.append(_Worker(reading))
        try:
            pid = os.fork()
            if not pid:
                os.close(reading)  # or it would wait for itself when its parent is gone
                _work(work, share, writing, before)
            workers[-1].pid = pid
        finally:
            os.close(writing)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work: Callable[[Item], Result], share: Sequence[Item], writing: int, signals: set[Any]) -> NoReturn:
    """The life of a worker: it says nothing, and of what its parent has open it touches its own pipe alone."""
    code = 1
    try:
        for ending in _ENDING:
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)
        try:
            said = pickle.dumps((True, [work(item) for item in share]))
        except Exception as error:  # whatever it is, it is raised again where the others' work is gathered
            said = pickle.dumps((False, error))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(said)
        code = 0
    finally:
        os._exit(code)
