"""Work spread over processes: in order, complete or failed, and with nobody left behind."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from okrsite.shell.workers import WORTHWHILE, LostWorkerError, default_jobs, spread

MANY = range(3 * WORTHWHILE)


def _started() -> set[str]:
    """The child processes of this one, waited for or not."""
    return {pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


@pytest.fixture(autouse=True)
def _nobody_is_left_behind() -> Iterator[None]:
    """Whatever a test does, no process that it started is there afterwards."""
    before = _started()
    yield
    assert _started() <= before


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_results_come_in_the_order_of_the_items_however_many_work(jobs: int) -> None:
    assert spread(lambda item: item * item, MANY, jobs) == [item * item for item in MANY]


def test_several_processes_take_part_in_much_work_and_one_does_little() -> None:
    assert len(set(spread(lambda _: os.getpid(), MANY, 2))) == 2
    assert set(spread(lambda _: os.getpid(), range(WORTHWHILE - 1), 2)) == {os.getpid()}


def test_results_that_fill_a_pipe_many_times_come_through() -> None:
    assert spread(lambda item: bytes(10_000), MANY, 2) == [bytes(10_000)] * len(MANY)


@pytest.mark.parametrize("failing", [0, 1])
def test_the_failure_of_any_process_is_raised_here_and_the_others_end(failing: int) -> None:
    def work(item: int) -> int:
        if item == failing:
            raise OSError(28, "No space left on device")
        return item

    with pytest.raises(OSError, match="No space left"):
        spread(work, MANY, 2)


def test_a_process_that_is_killed_is_a_failure() -> None:
    def work(item: int) -> int:
        if item == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(LostWorkerError, match="was stopped"):
        spread(work, MANY, 2)


def test_an_interrupt_ends_the_other_processes_too(tmp_path: Path) -> None:
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() == here and item > WORTHWHILE:
            raise KeyboardInterrupt
        if os.getpid() != here:
            (tmp_path / "alive").touch()
            time.sleep(0.05)
        return item

    with pytest.raises(KeyboardInterrupt):
        spread(work, MANY, 2)


def test_there_is_a_process_for_each_processor_that_this_one_may_use_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert default_jobs() == len(os.sched_getaffinity(0))
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {2, 3, 5} if process == 0 else set())
    assert default_jobs() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert default_jobs() == 4
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert default_jobs() == 1
    monkeypatch.delattr(os, "fork")
    assert default_jobs() == 1


def test_a_worker_whose_parent_is_gone_ends_too(tmp_path: Path) -> None:
    """It finds nobody to tell what it found, however much that is."""
    starter = os.fork()
    if not starter:
        here = os.getpid()

        def work(item: int) -> bytes:
            if os.getpid() == here:
                os.kill(here, signal.SIGKILL)
            (tmp_path / str(os.getpid())).touch()
            return bytes(10_000)

        spread(work, MANY, 2)
    os.waitpid(starter, 0)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        workers = [int(path.name) for path in tmp_path.iterdir()]
        if workers and not any(Path(f"/proc/{pid}").exists() for pid in workers):
            return
        time.sleep(0.02)
    pytest.fail("a worker outlived its parent")


@pytest.mark.parametrize("threads", [0, 1])
def test_a_signal_at_the_very_moment_of_a_fork_leaves_no_worker_behind(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    """Another thread may take the signal, which this one has told to wait."""
    fork, forked, over = os.fork, [0], threading.Event()
    others = [threading.Thread(target=over.wait) for _ in range(threads)]

    def interrupted() -> int:
        pid = fork()
        if pid:
            forked.append(pid)
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
        return pid

    monkeypatch.setattr(os, "fork", interrupted)
    for other in others:
        other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            spread(lambda item: bytes(10_000), MANY, 2)
        until = time.monotonic() + 20
        with suppress(ChildProcessError):  # one that was known is gone for good; another ends by itself
            while os.waitpid(forked[-1], os.WNOHANG) == (0, 0):
                assert time.monotonic() < until, "a worker waits for ever"
                time.sleep(0.02)
    finally:
        over.set()
