"""Where nothing has changed the last result stands, and nothing is compiled; where anything has, all is looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.core import compile as compiling
from okrsite.shell.cache import open_cache
from tests.companies import FINE, TODAY, WRONG, tree
from tests.conftest import Project

CHECKIN: Final = "content/teams/acme/2026-Q4/checkins/2026-11-06.md"
PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
OWN: Final = {
    **FINE,
    CHECKIN: FINE[CHECKIN] + "\n![a chart](chart.png)\n",
    "content/teams/acme/2026-Q4/checkins/chart.png": PNG,
    "okrsite.toml": 'theme = "own"\n',
    "themes/own/static/note.txt": "one",
    "themes/own/templates/404.html": "{{ view.chrome.title }}",
}

Counted = Callable[..., int]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Runs a command and counts how often the company is compiled for it."""
    times: list[None] = []
    usual = compiling.compile_company

    def compile_company(*given: object) -> object:
        times.append(None)
        return usual(*given)  # type: ignore[arg-type]

    def call(command: str, folder: Path, *more: str, code: int = 0) -> int:
        times.clear()
        assert main([command, "-q", "-C", str(folder), "--today", TODAY, *more]) == code
        return len(times)

    monkeypatch.setattr(compiling, "compile_company", compile_company)
    return call


def test_what_stands_is_not_compiled_again(project: Project, counted: Counted) -> None:
    folder = project(OWN)
    assert counted("build", folder) == 1
    before = tree(folder / "site")
    assert counted("build", folder) == 0
    assert counted("check", folder) == 0
    assert tree(folder / "site") == before


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (CHECKIN, OWN[CHECKIN] + "More.\n"),
        ("content/teams/acme/2026-Q4/checkins/chart.png", PNG + b"other"),
        ("content/teams/acme/2026-Q4/notes.md", "Stray.\n"),
        ("okrsite.toml", 'theme = "own"\ntitle = "Other"\n'),
        ("themes/own/static/note.txt", "two"),
        ("themes/own/templates/404.html", "Other"),
        ("site/index.html", "by another hand"),
    ],
)
def test_whatever_changes_is_seen(
    project: Project, counted: Counted, tmp_path: Path, path: str, content: str | bytes
) -> None:
    folder = project(OWN)
    counted("build", folder)
    project({path: content})
    assert counted("build", folder) == 1
    assert counted("build", folder, "--no-cache", "-o", str(tmp_path / "clean")) == 1
    assert tree(folder / "site") == tree(tmp_path / "clean")


def test_a_picture_that_changed_before_a_build_that_failed_is_seen_by_the_next(
    project: Project, counted: Counted
) -> None:
    folder, chart, template = (
        project(OWN),
        "content/teams/acme/2026-Q4/checkins/chart.png",
        "themes/own/templates/404.html",
    )
    counted("build", folder)
    before = set((folder / "site/assets/pictures").iterdir())
    project({chart: PNG + b"other", template: "{{"})
    counted("build", folder, code=1)
    project({template: OWN[template]})
    counted("build", folder)
    assert set((folder / "site/assets/pictures").iterdir()).isdisjoint(before)


def test_another_day_and_another_address_are_other_inputs(project: Project, counted: Counted) -> None:
    folder = project(OWN)
    counted("build", folder)
    assert counted("build", folder, "--today", "2026-11-23") == 1
    assert counted("build", folder, "--today", "2026-11-23", "--base-url", "https://okrs.example/a") == 1


def test_a_missing_file_is_made_again_and_one_too_many_is_refused(project: Project, counted: Counted) -> None:
    folder = project(OWN)
    counted("build", folder)
    before = tree(folder / "site")
    (folder / "site/robots.txt").unlink()
    assert counted("build", folder) == 1
    assert tree(folder / "site") == before
    (folder / "site/foreign.txt").write_text("not ours")
    assert counted("build", folder, code=2) == 0


def test_problems_are_said_again_as_they_were(
    project: Project, counted: Counted, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(WRONG)
    assert counted("build", folder, code=1) == 1
    first = capsys.readouterr()
    assert "unresolved-ref" in first.err
    assert "supports: nowhere" in first.err
    assert counted("build", folder, code=1) == 0
    assert capsys.readouterr() == first
    assert counted("build", folder, "--keep-going") == 1
    assert counted("build", folder, "--keep-going") == 0


def test_a_result_that_was_tampered_with_is_as_good_as_none(project: Project, counted: Counted) -> None:
    folder = project(OWN)
    counted("build", folder)
    cache = open_cache(folder, writing=True)
    for name in (b"problems", b"site"):
        record = cache.result(name)
        assert record
        cache.keep_result(name, record[:-1] + bytes([record[-1] ^ 1]))
    cache.close()
    assert counted("build", folder) == 1
