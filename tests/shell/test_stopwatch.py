"""Measuring where time goes: complete over processes, and not there at all when nobody asked."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from okrsite.cli import main
from okrsite.shell.stopwatch import UNTIMED, Stopwatch
from okrsite.shell.workers import WORTHWHILE
from tests.companies import FINE, TODAY, WRONG
from tests.conftest import Project, Run
from tests.shell.test_incremental import PAGES

MANY = range(3 * WORTHWHILE)


def _double(item: int) -> int:
    return item * 2


def _even(item: int, _result: int) -> str:
    return "odd.html" if item % 2 else "even.html"


def test_without_a_stopwatch_the_very_same_work_is_done() -> None:
    assert UNTIMED.step("render", _double, _even) is _double


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_every_process_took_comes_home_with_its_results(jobs: int) -> None:
    clock = Stopwatch()
    work = clock.step("render", _double, _even)
    pids = set(clock.spread(lambda item: (work(item), os.getpid())[1], MANY, jobs))
    assert len(pids) == jobs
    steps = clock.timings().steps
    assert {key: spent.times for key, spent in steps.items()} == {
        ("render", "even.html"): len(MANY) // 2,
        ("render", "odd.html"): len(MANY) // 2,
    }
    assert all(spent.wall > 0 for spent in steps.values())


def test_the_results_are_those_of_the_work_alone() -> None:
    assert Stopwatch().spread(_double, MANY, 2) == UNTIMED.spread(_double, MANY, 2)


def test_a_stage_counts_the_processors_of_what_ended_in_it() -> None:
    clock = Stopwatch()
    with clock.stage("work"):
        subprocess.run([sys.executable, "-S", "-c", "sum(range(3_000_000))"], check=True)
    alone = Stopwatch()
    with alone.stage("work"):
        time.sleep(0.01)
    assert clock.timings().stages["work"].cpu > 0.01
    assert alone.timings().stages["work"].cpu < alone.timings().stages["work"].wall


def test_a_stage_that_comes_twice_is_added_up_and_one_that_fails_is_measured() -> None:
    clock = Stopwatch()
    with clock.stage("remember"):
        pass
    with pytest.raises(ValueError, match="broken"), clock.stage("remember"):
        raise ValueError("broken")
    assert clock.timings().stages["remember"].times == 2


# --- the command ----------------------------------------------------------------------------------------------------


def test_timings_stand_on_standard_error_alone_and_change_nothing_else(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command = ["build", "-C", str(project(FINE)), "--today", TODAY, "--no-cache", "-o", str(tmp_path / "site")]
    assert main(command) == 0
    usual = capsys.readouterr()
    assert main([*command, "--timings"]) == 0
    measured = capsys.readouterr()
    assert measured.out == usual.out
    assert "stage" not in usual.err
    tables = measured.err.removeprefix(usual.err).split("\n\n")
    stages, steps, templates = ([line.split() for line in table.splitlines()[1:]] for table in tables)
    assert {row[0] for row in stages} > {"read", "parse", "history", "compile", "plan", "pages", "files", "publish"}
    assert {row[0]: row[-1] for row in steps} == {
        name: str(PAGES) for name in ("trace", "present", "fingerprint", "render", "write")
    }
    assert sum(int(row[-2]) for row in templates) == PAGES
    assert {row[0] for row in templates} >= {"objective.html", "team.html", "feed.xml"}


def test_stages_make_up_the_whole(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-q", "-C", str(project(FINE)), "--today", TODAY, "--timings"]) == 0
    table = capsys.readouterr().err.split("\n\n")[0]
    wall = {line.split()[0]: float(line.split()[1]) for line in table.splitlines()[2:]}
    assert sum(seconds for name, seconds in wall.items() if name != "whole") == pytest.approx(wall["whole"], abs=0.01)


def test_a_build_that_publishes_nothing_says_where_its_time_went_too(run: Run, project: Project) -> None:
    ended = run("build", "-q", "-C", project(WRONG), "--today", TODAY, "--timings")
    assert ended.returncode == 1
    assert "nothing was published" in ended.stderr
    assert "compile" in ended.stderr.split("stage", 1)[1]
    assert "template" not in ended.stderr
