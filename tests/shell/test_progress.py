"""How far a long build is: said to whoever waits at a terminal, to nobody else, and gone when it is done."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from okrsite.shell.progress import PATIENCE, PAUSE, SILENT, ProgressLine
from okrsite.shell.workers import WORTHWHILE, spread
from tests.companies import FINE, TODAY
from tests.conftest import Project, environment
from tests.shell.test_incremental import PAGES

MANY: Final = range(3 * WORTHWHILE)
IMPATIENT: Final = (
    "import sys; from okrsite.shell import progress; progress.PATIENCE = progress.PAUSE = 0.0;"
    "from okrsite.cli import main; sys.exit(main())"
)
"""okrsite for which any build is a long one."""


class _Screen:
    """What is written, on a clock that goes as it is told."""

    def __init__(self) -> None:
        self.moment, self.written = 0.0, ""
        self.line = ProgressLine(self._write, lambda: self.moment)

    def _write(self, text: str) -> None:
        self.written += text

    def taken(self) -> str:
        text, self.written = self.written, ""
        return text


def test_nothing_is_said_of_a_short_build() -> None:
    screen = _Screen()
    told = screen.line.begin("pages", 1_000, "pages")
    assert told
    screen.moment = PATIENCE - 0.01
    told(500)
    screen.line.begin("publish")
    screen.line.clear()
    assert screen.written == ""


def test_a_long_one_is_counted_now_and_then_and_never_beyond_all() -> None:
    screen = _Screen()
    told = screen.line.begin("pages", 5_000, "pages")
    assert told
    screen.moment = PATIENCE
    told(1_234)
    assert screen.taken() == "\rpages: 1,234 of 5,000 pages"
    told(10)
    assert screen.taken() == ""
    screen.moment += PAUSE
    told(9_000)
    assert screen.taken() == "\rpages: 5,000 of 5,000 pages"


def test_a_stage_without_a_count_is_named_at_once_over_what_stood_there() -> None:
    screen = _Screen()
    screen.moment = PATIENCE
    screen.line.begin("parse", 10, "files")
    assert screen.taken() == "\rparse: 0 of 10 files"
    screen.line.begin("compile")
    assert screen.taken() == f"\r{'compile':<20}"


def test_the_line_is_taken_away_once() -> None:
    screen = _Screen()
    screen.moment = PATIENCE
    screen.line.begin("compile")
    screen.taken()
    screen.line.clear()
    assert screen.taken() == "\r       \r"
    screen.line.clear()
    assert screen.taken() == ""


def test_nobody_is_told_anything_by_silence() -> None:
    assert SILENT.begin("pages", 10, "pages") is None


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_is_told_while_work_is_spread_adds_up_to_all_of_it(jobs: int) -> None:
    told: list[int] = []
    assert spread(lambda item: item, MANY, jobs, told.append) == list(MANY)
    assert sum(told) == len(MANY)


# --- in a terminal --------------------------------------------------------------------------------------------------


def _seen(folder: Path, *arguments: str, variables: dict[str, str] | None = None) -> str:
    """What a build writes to a terminal on standard error, where any build is a long one."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", IMPATIENT, "build", "-C", str(folder), "--today", TODAY, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs, env=environment(variables or {})
    ) as process:
        os.close(theirs)
        text = b"".join(_read(ours))
        assert process.wait(60) == 0
    os.close(ours)
    return text.decode()


def _read(terminal: int) -> Iterator[bytes]:
    with suppress(OSError):  # the terminal ends with who writes to it
        while found := os.read(terminal, 1 << 16):
            yield found


def test_in_a_terminal_the_stages_of_a_long_build_are_seen_and_then_nothing(project: Project) -> None:
    text = _seen(project(FINE))
    assert "parse: 3 of 3 files" in text
    assert f"pages: {PAGES} of {PAGES} pages" in text
    assert text.endswith("\r")
    assert text.rstrip("\r").rpartition("\r")[2].strip() == ""
    assert "\n" not in text


@pytest.mark.parametrize(
    ("arguments", "variables"), [(["-q"], {}), ([], {"CI": "true"}), ([], {"TERM": "dumb"})], ids=["-q", "CI", "dumb"]
)
def test_it_is_quiet_where_nobody_waits(project: Project, arguments: list[str], variables: dict[str, str]) -> None:
    assert _seen(project(FINE), *arguments, variables=variables) == ""


def test_a_report_is_not_written_into_the_line(project: Project) -> None:
    folder = project({**FINE, "content/teams/acme/stray.md": "lost\n"})
    text = _seen(folder, "--keep-going")
    assert "\r\ncontent/teams/acme/stray.md" in text or "\rcontent/teams/acme/stray.md" in text
