"""A share of all disturbed builds; `python -m tests.faults --all` runs every one."""

import os
import random
import re
from pathlib import Path

import pytest

from tests.faults.__main__ import chosen
from tests.faults.injection import Fault, Points, Stage, counted, every_fault, strace, tree, untrue
from tests.faults.running import Ended

NUMBER = 14


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A small project with an old site."""
    return Stage(tmp_path_factory.mktemp("faults"), teams=3)


@pytest.fixture(scope="module")
def points(stage: Stage) -> Points:
    """The calls that an undisturbed build makes."""
    return stage.points()


def test_a_disturbed_build_leaves_the_old_site_or_the_new_one_and_says_which(stage: Stage, points: Points) -> None:
    faults = chosen(list(every_fault(points)), points, NUMBER, random.Random(5))
    assert len(faults) == NUMBER
    trials = {str(fault): stage.trial(fault) for fault in faults}
    assert [(name, broken) for name, trial in trials.items() for broken in trial.broken] == []
    assert [name for name, trial in trials.items() if not trial.met] == []


@pytest.mark.parametrize("call", ["renameat2", "syncfs", "fsync", "flock"])
@pytest.mark.parametrize("kind", ["error=EIO", "signal=KILL"])
def test_a_build_disturbed_where_it_matters_most_keeps_its_word(
    stage: Stage, points: Points, call: str, kind: str
) -> None:
    assert points[call]
    trial = stage.trial(Fault(call, points[call][0], kind))
    assert (trial.broken, trial.met) == ((), True)


def test_every_kind_of_call_that_changes_the_world_is_met(points: Points) -> None:
    assert {"fcntl", "flock", "fsync", "mkdir", "openat", "pwrite64", "renameat2", "syncfs", "write"} <= set(points)
    assert sum(map(len, points.values())) > 100
    assert {fault.kind for fault in every_fault(points)} >= {"error=ENOSPC", "signal=KILL", "signal=TERM"}


def test_a_call_is_counted_for_its_process_and_tried_only_where_it_writes_in_all_of_them() -> None:
    log = """\
1 openat(AT_FDCWD, "a", O_RDONLY) = 3
2 openat(AT_FDCWD, "b", O_WRONLY|O_CREAT <unfinished ...>
1 openat(AT_FDCWD, "c", O_RDWR) = 4
2 <... openat resumed>, 0666) = 3
1 +++ exited with 0 +++
2 write(3<b>, "x", 1) = 1
"""
    assert counted(log) == {"openat": (2,), "write": (1,)}


@pytest.mark.parametrize(
    ("ended", "is_old", "is_new", "broken"),
    [
        (Ended(0, "", "", ()), False, True, ""),
        (Ended(-9, "", "", ()), True, False, ""),
        (Ended(0, "", "", ()), True, False, "success was said"),
        (Ended(1, "", "okrsite: site cannot be written\n", ()), False, False, "neither the old one nor the new one"),
        (Ended(1, "", "", ()), True, False, "without a word"),
        (Ended(1, "", "okrsite: the old site, if there was one, stands\n", ()), False, True, "is not so"),
        (Ended(1, "", "okrsite: site holds the new site, but\n", ()), True, False, "is not so"),
        (Ended(1, "", "okrsite: a\nTraceback (most recent call last)\n", ()), True, False, "a traceback"),
        (Ended(-11, "", "", ()), True, False, "means nothing"),
        (Ended(0, "", "", ("python",)), False, True, "left processes behind"),
    ],
)
def test_a_broken_promise_is_noticed(ended: Ended, is_old: bool, is_new: bool, broken: str) -> None:
    found = list(untrue(ended, is_old=is_old, is_new=is_new))
    assert len(found) == bool(broken)
    assert all(broken in promise for promise in found)


def test_a_site_with_another_byte_mode_or_empty_folder_is_another_site(stage: Stage) -> None:
    stage.reset()
    site = stage.scene / "site"
    assert tree(site) == stage.old
    (site / "empty").mkdir()
    assert tree(site) != stage.old
    (site / "empty").rmdir()
    (site / "index.html").chmod(0o600)
    assert tree(site) != stage.old


def test_what_was_written_is_on_the_disk_before_the_site_is_exchanged_and_the_folder_after(stage: Stage) -> None:
    stage.reset()
    log = stage.folder / "order.txt"
    calls = "trace=syncfs,fsync,rename,renameat2,pwrite64,write"
    assert stage.build(stage.scene, stage.scene / "site", under=strace(log, calls)).returncode == 0
    lines = log.read_text(errors="replace").split("\n")
    at = [number for number, line in enumerate(lines) if re.search(r" renameat2\(.*RENAME_EXCHANGE\) += 0", line)]
    assert len(at) == 1
    before, after = lines[: at[0]], lines[at[0] + 1 :]
    flushed = next(number for number, line in enumerate(before) if re.search(r" syncfs\(.*okrsite-new.*\) += 0", line))
    assert not [line for line in before[flushed:] if re.search(r" (?:pwrite64|write)\(.*okrsite-new", line)]
    assert [line for line in after if re.search(rf" fsync\(\d+<{re.escape(str(stage.scene))}>\) += 0", line)]


def test_nothing_but_python_and_git_is_started_and_nobody_is_called(stage: Stage) -> None:
    stage.reset()
    log = stage.folder / "started.txt"
    calls = "trace=execve,connect,socket"
    done = stage.build(stage.scene, stage.scene / "site", under=("strace", "-f", "-qq", "-o", str(log), "-e", calls))
    assert done.returncode == 0
    told = log.read_text(errors="replace")
    assert re.findall(r"(connect|socket)\(.*", told) == []
    started = [Path(path).name for path in re.findall(r'execve\("([^"]+)".*\) = 0', told)]
    assert started[0].startswith("python")
    assert set(started[1:]) == {"git"}


def test_the_folder_of_a_killed_build_is_cleared_away_by_the_next(stage: Stage) -> None:
    stage.reset()
    under = strace(Path(os.devnull), "inject=syncfs:signal=KILL:when=1")
    assert stage.build(stage.scene, stage.scene / "site", under=under).returncode != 0
    (left,) = (path for path in stage.scene.iterdir() if "okrsite-new" in path.name)
    assert tree(stage.scene / "site") == stage.old
    assert stage.build(stage.scene, stage.scene / "site").returncode == 0
    assert tree(stage.scene / "site") == stage.new
    assert not left.exists()
