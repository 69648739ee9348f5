"""Builds that meet: at one place, in one folder, with one cache; and one that is killed while its workers work."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.companies import ROOT, TODAY, write_files
from tests.faults.company import company
from tests.faults.injection import Fault, Stage, names, tree
from tests.faults.running import end, gone, survivors


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A project large enough for several processes."""
    return Stage(tmp_path_factory.mktemp("two"), teams=120, jobs=2)


def _started(project: Path, target: Path, *more: str, session: bool = False) -> "subprocess.Popen[str]":
    command = ["build", "-q", "-C", project, "-o", target, "--today", TODAY, "--jobs", "2", *more]
    return subprocess.Popen(
        [sys.executable, "-m", "okrsite", *map(str, command)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=session,
    )


def _workers(folder: Path) -> list[str]:
    """The command lines of all builds that are running below a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "-m okrsite build" in line and str(folder) in line:
            found.append(line)
    return found


def test_two_builds_into_one_place_wait_for_each_other(stage: Stage) -> None:
    stage.reset()
    older = write_files(stage.folder / "again", company(120, newer=False))
    both = [_started(project, stage.scene / "site") for project in (stage.scene, older)]
    said = [build.communicate(timeout=120)[1] for build in both]
    assert [build.returncode for build in both] == [0, 0]
    assert tree(stage.scene / "site") in (stage.old, stage.new)
    assert all(
        re.fullmatch(r"(?:okrsite: another build is writing here; waiting for it to end\n)?", text) for text in said
    )
    assert names(stage.scene) == names(stage.prepared) | {".okrsite"}


def test_builds_of_one_project_into_several_places_share_its_cache(stage: Stage) -> None:
    stage.reset()
    targets = [stage.scene / name for name in ("site", "other", "third")]
    builds = [_started(stage.scene, target) for target in targets]
    for build in builds:
        build.communicate(timeout=120)
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert [tree(target) == stage.new for target in targets] == [True] * 3


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_ended_takes_its_workers_with_it_and_the_next_one_is_whole(
    stage: Stage, ending: signal.Signals
) -> None:
    stage.reset()
    build = _started(stage.scene, stage.scene / "site", "--no-cache")
    until = time.monotonic() + 60
    while time.monotonic() < until and not list(stage.scene.glob(".site.okrsite-new/teams")):
        time.sleep(0.01)
    assert list(stage.scene.glob(".site.okrsite-new/teams")), "the build never began to write"
    build.send_signal(ending)
    _, said = build.communicate(timeout=60)
    assert "Traceback" not in said
    assert build.returncode == (-ending if ending is signal.SIGKILL else 130)
    assert tree(stage.scene / "site") == stage.old
    following = stage.build(stage.scene, stage.scene / "site")
    assert following.returncode == 0, following.stderr
    assert tree(stage.scene / "site") == stage.new
    assert names(stage.scene) == names(stage.prepared) | {".okrsite"}
    assert _workers(stage.folder) == []


@pytest.mark.parametrize("kind", ["signal=TERM", "signal=INT", "signal=KILL", "error=EACCES"])
def test_a_build_disturbed_while_it_starts_a_worker_leaves_none(stage: Stage, kind: str) -> None:
    trial = stage.trial(Fault("clone", 1, kind))
    assert (trial.broken, trial.met) == ((), True)


def test_a_worker_whose_build_is_killed_ends_however_much_it_has_found(stage: Stage, tmp_path: Path) -> None:
    """Its findings are more than a pipe holds, and nobody reads them; while it waits, it keeps others from building."""
    project = write_files(tmp_path / "project", company(600, newer=False))
    began = project / ".site.okrsite-new" / "teams"
    build = _started(project, project / "site", "--no-cache", session=True)
    with build:
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until and not began.is_dir():
                time.sleep(0.01)
            assert began.is_dir(), "the build never began to write"
            assert len(survivors(build.pid)) == 2, "the build had no worker"
            build.kill()
            ended = gone(build.pid, patience=20)
            assert ended, f"a worker outlives its build: {survivors(build.pid)}"
        finally:
            end(build.pid)
    following = stage.build(project, project / "site")
    assert (following.returncode, following.stderr) == (0, "")
    assert names(project) == {"okrsite.toml", "content", "site", ".okrsite"}
