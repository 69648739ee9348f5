"""The demo company's site has the same names, modes and bytes, whoever builds it, where, when and how."""

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.companies import ROOT, TODAY
from tests.conftest import environment
from tests.law.builds import Entry, differing, entries
from tests.same.machine import NOBODY, as_another, call, copied, made, tool

FOLDER: Final = 0o040755
FILE: Final = 0o100644

SHUFFLED: Final = """
import os, random

def shuffled(names):
    names = list(names)
    random.Random(7).shuffle(names)
    return names

class Shuffled:
    def __init__(self, *arguments):
        self.entries = iter(shuffled(scandir(*arguments)))
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

scandir, listdir = os.scandir, os.listdir
os.scandir, os.listdir = Shuffled, lambda *arguments: shuffled(listdir(*arguments))
"""
"""A module that Python imports at its start: folders are read in another order."""


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entry]:
    """The site as it usually is."""
    target = tmp_path_factory.mktemp("usual") / "site"
    found = made(call(ROOT, target), target)
    assert len(found) > 300
    return found


def test_files_may_be_read_by_all_and_written_by_their_owner(usual: dict[str, Entry]) -> None:
    assert {entry.mode for entry in usual.values()} == {FOLDER, FILE}


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242"}, id="east of the day, hash seed"),
        pytest.param(
            {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "SOURCE_DATE_EPOCH": "86400"},
            id="no locale, stated epoch",
        ),
    ],
)
def test_variables_change_nothing(usual: dict[str, Entry], tmp_path: Path, variables: dict[str, str]) -> None:
    target = tmp_path / "site"
    assert differing(usual, made(call(ROOT, target), target, variables=variables)) == []


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_the_umask_changes_nothing(usual: dict[str, Entry], tmp_path: Path, umask: int) -> None:
    target = tmp_path / "site"
    assert differing(usual, made(call(ROOT, target), target, umask=umask)) == []
    assert target.stat().st_mode == FOLDER


def test_the_clock_changes_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    target = tmp_path / "site"
    before = [tool("faketime"), "-f", "+400d"]
    assert differing(usual, made(call(ROOT, target, before=before), target)) == []


def test_the_day_may_come_from_the_epoch(usual: dict[str, Entry], tmp_path: Path) -> None:
    target = tmp_path / "site"
    command = [part for part in call(ROOT, target) if part not in ("--today", TODAY)]
    noon = datetime.fromisoformat(f"{TODAY}T12:00:00Z")
    variables = {"SOURCE_DATE_EPOCH": f"{noon.timestamp():.0f}"}
    assert differing(usual, made(command, target, variables=variables)) == []


def test_the_order_in_which_folders_are_read_changes_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    target = tmp_path / "site"
    (tmp_path / "sitecustomize.py").write_text(SHUFFLED)
    variables = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    order = "import os, sys; print(os.listdir(sys.argv[1]) == sorted(os.listdir(sys.argv[1])))"
    probe = [*call(ROOT, target)[:1], "-c", order, ROOT / "content" / "teams"]
    assert subprocess.check_output(probe, env=environment(variables)) == b"False\n"
    assert differing(usual, made(call(ROOT, target), target, variables=variables)) == []


@pytest.fixture
def shuffling(tmp_path: Path) -> Iterator[Path]:
    """The demo company on a file system that gives the names in a folder in another order each time."""
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    copied(tmp_path / "project")
    subprocess.run(
        [tool("disorderfs"), "--shuffle-dirents=yes", tmp_path / "project", mounted], check=True, capture_output=True
    )
    yield mounted
    subprocess.run([tool("fusermount"), "-u", mounted], check=True)


def test_a_file_system_that_shuffles_changes_nothing(usual: dict[str, Entry], tmp_path: Path, shuffling: Path) -> None:
    target = tmp_path / "site"
    assert differing(usual, made(call(shuffling, target), target)) == []


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_the_number_of_workers_changes_nothing(usual: dict[str, Entry], tmp_path: Path, jobs: str) -> None:
    target = tmp_path / "site"
    assert differing(usual, made(call(ROOT, target, "--no-cache", "--jobs", jobs), target)) == []


def test_another_path_and_a_warm_cache_change_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    project = copied(tmp_path / "deeper" / "and deeper" / "苏州")
    cold, warm = project / "site", tmp_path / "again"
    assert differing(usual, made(call(project, cold, "--jobs", "2"), cold)) == []
    assert (project / ".okrsite" / "cache.sqlite").is_file()
    assert differing(usual, made(call(project, cold, "--jobs", "2"), cold)) == []
    assert differing(usual, made(call(project, warm, "--jobs", "2"), warm)) == []


def test_another_user_changes_nothing(usual: dict[str, Entry]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder / "project")
        if not os.geteuid():
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        target = folder / "site"
        assert differing(usual, made(call(folder / "project", target, before=as_another()), target)) == []


def test_a_bare_environment_changes_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    target = tmp_path / "site"
    done = subprocess.run(call(ROOT, target), env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 0
    assert differing(usual, entries(target)) == []


def test_closed_streams_change_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    target, said = tmp_path / "site", tmp_path / "said"
    before = ["/bin/sh", "-c", f'exec "$@" <&- >"{said}"', "sh"]
    command = [part for part in call(ROOT, target, before=before) if part != "-q"]
    done = subprocess.run(command, env=environment({}), cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == 0
    assert str(target) in said.read_text()
    assert differing(usual, entries(target)) == []


def test_an_optimising_python_changes_nothing(usual: dict[str, Entry], tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert differing(usual, made(call(ROOT, target, python=["-OO"]), target)) == []
