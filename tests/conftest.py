"""What many tests share: the demo company's site, built once, and projects made of a few files."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrsite.cli import main
from tests.companies import ROOT, TODAY, write_files
from tests.demo import make_demo
from tests.site.walker import Page, read_site

Project = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


# A shell that starts the tests in the background has them ignore interrupts, and so would all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden pages and expected reports are compared, or with this option written anew."""
    parser.addoption("--renew-golden", action="store_true", help="write golden pages and expected reports anew")


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Whether what is expected is to be written anew."""
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the variables of the shell it is started from."""
    for name in ("NO_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Writes files by path into a project folder and returns the folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    return lambda files: write_files(folder, files)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `python -m okrsite` with some arguments, as a user would, in a folder of one's choice."""

    def call(
        *arguments: str | Path, cwd: Path | None = None, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "okrsite", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env=environment(variables or {}),
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=60,
            stdin=subprocess.DEVNULL,
        )

    return call


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """A small environment in which okrsite can be run, and some variables more."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **variables}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's repository, with its history."""
    return make_demo(tmp_path_factory.mktemp("demo") / "company")


@pytest.fixture(scope="session")
def demo_site(demo: Path) -> Path:
    """The demo company's site as of the day of its story."""
    target = demo.parent / "site"
    assert main(["build", "-q", "-C", str(demo), "--today", TODAY, "-o", str(target)]) == 0
    return target


@pytest.fixture(scope="session")
def demo_pages(demo_site: Path) -> dict[str, Page]:
    """The demo company's pages, read."""
    return read_site(demo_site)


@pytest.fixture
def exported(capsys: pytest.CaptureFixture[str]) -> Callable[[Path, str], dict[str, object]]:
    """Exports a project as of a day."""

    def call(folder: Path, today: str = TODAY) -> dict[str, object]:
        capsys.readouterr()
        main(["export", "-C", str(folder), "--today", today])
        values: dict[str, object] = json.loads(capsys.readouterr().out)
        return values

    return call
