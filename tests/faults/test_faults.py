"""A share of all disturbed builds; `python -m tests.faults --all` runs every one."""

import os
import random
import re
import shutil

import pytest

from tests.faults.__main__ import chosen
from tests.faults.injection import Fault, Stage, every_fault, names, tree

NUMBER = 24


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A small project with an old site."""
    assert shutil.which("strace"), "these tests need strace: apt-get install strace"
    return Stage(tmp_path_factory.mktemp("faults"), teams=3)


@pytest.fixture(scope="module")
def points(stage: Stage) -> dict[str, int]:
    """The calls that an undisturbed build makes."""
    return stage.points()


def test_a_disturbed_build_leaves_the_old_site_or_the_new_one_and_says_which(
    stage: Stage, points: dict[str, int]
) -> None:
    faults = chosen(list(every_fault(points)), points, NUMBER, random.Random(5))
    assert len(faults) == NUMBER
    assert {(str(fault), broken) for fault in faults for broken in stage.trial(fault)} == set()


@pytest.mark.parametrize("call", ["renameat2", "syncfs", "fsync", "flock"])
@pytest.mark.parametrize("kind", ["error=EIO", "signal=KILL"])
def test_a_build_disturbed_where_it_matters_most_keeps_its_word(
    stage: Stage, points: dict[str, int], call: str, kind: str
) -> None:
    assert points[call]
    assert list(stage.trial(Fault(call, 1, kind))) == []


def test_a_fault_that_would_break_a_promise_is_noticed(stage: Stage) -> None:
    """The trial itself can fail: a site that somebody damages meanwhile is neither the old one nor the new one."""
    stage.reset()
    (stage.scene / "site/index.html").write_text("torn")
    assert tree(stage.scene / "site") not in (stage.old, stage.new)
    (stage.scene / ".stray").touch()
    assert names(stage.scene) - names(stage.prepared) == {".stray"}


def test_what_was_written_is_on_the_disk_before_the_site_is_exchanged_and_the_folder_after(stage: Stage) -> None:
    stage.reset()
    log = stage.folder / "order.txt"
    calls = "trace=syncfs,fsync,rename,renameat2,pwrite64,write"
    under = ("strace", "-f", "-qq", "-y", "-o", str(log), "-e", calls)
    assert stage.build(stage.scene, stage.scene / "site", under=under).returncode == 0
    lines = log.read_text(errors="replace").split("\n")
    at = [number for number, line in enumerate(lines) if re.search(r" renameat2\(.*RENAME_EXCHANGE\) += 0", line)]
    assert len(at) == 1
    before, after = lines[: at[0]], lines[at[0] + 1 :]
    flushed = next(number for number, line in enumerate(before) if re.search(r" syncfs\(.*okrsite-new.*\) += 0", line))
    assert not [line for line in before[flushed:] if re.search(r" (?:pwrite64|write)\(.*okrsite-new", line)]
    assert [line for line in after if re.search(rf" fsync\(\d+<{re.escape(str(stage.scene))}>\) += 0", line)]


def test_nothing_but_python_is_started_and_nobody_is_called(stage: Stage) -> None:
    stage.reset()
    log = stage.folder / "started.txt"
    calls = "trace=execve,connect,socket"
    done = stage.build(stage.scene, stage.scene / "site", under=("strace", "-f", "-qq", "-o", str(log), "-e", calls))
    assert done.returncode == 0
    found = re.findall(r"(execve|connect|socket)\(.*", log.read_text(errors="replace"))
    assert found == ["execve"]


def test_the_folder_of_a_killed_build_is_cleared_away_by_the_next(stage: Stage) -> None:
    stage.reset()
    under = ("strace", "-f", "-qq", "-o", os.devnull, "-e", "inject=syncfs:signal=KILL:when=1")
    assert stage.build(stage.scene, stage.scene / "site", under=under).returncode != 0
    (left,) = (path for path in stage.scene.iterdir() if "okrsite-new" in path.name)
    assert tree(stage.scene / "site") == stage.old
    assert stage.build(stage.scene, stage.scene / "site").returncode == 0
    assert tree(stage.scene / "site") == stage.new
    assert not left.exists()
