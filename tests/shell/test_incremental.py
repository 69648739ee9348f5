"""Building again: only what shows something new is rendered, and `--explain` says why."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.companies import FINE, TODAY, tree, write_files
from tests.conftest import Project

TEAM: Final = "content/teams/acme/team.md"
CHECKIN: Final = "content/teams/acme/2026-Q4/checkins/2026-11-06.md"
OBJECTIVE: Final = "teams/acme/2026-Q4/instant.html"
PAGES: Final = 27

Explained = Callable[..., dict[str, str]]


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Explained:
    """What became of each page in a build, by path: `render: reason` or `keep: reason`."""

    def call(folder: Path, *more: str) -> dict[str, str]:
        capsys.readouterr()
        assert main(["build", "-q", "--explain", "-C", str(folder), "--today", TODAY, *more]) == 0
        *lines, total = capsys.readouterr().out.strip().split("\n")
        found = [re.fullmatch(r"(render|keep) (\S+): (.+)", line) for line in lines]
        said = {match[2]: f"{match[1]}: {match[3]}" for match in found if match}
        rendered = sum(words.startswith("render") for words in said.values())
        assert len(said) == len(lines)
        assert total == f"{len(lines)} pages: {rendered} rendered, {len(lines) - rendered} kept"
        return said

    return call


def test_a_first_build_renders_all_and_a_second_one_none(project: Project, explained: Explained) -> None:
    folder = project(FINE)
    assert set(explained(folder).values()) == {"render: new page"}
    again = explained(folder)
    assert set(again.values()) == {"keep: unchanged"}
    assert len(again) == PAGES


def test_what_a_page_shows_and_what_of_it_has_changed_is_said(project: Project, explained: Explained) -> None:
    folder = project(FINE)
    explained(folder)
    project({CHECKIN: FINE[CHECKIN].replace("confidence: 7", "confidence: 5")})
    said = explained(folder)
    rendered = {path: words for path, words in said.items() if words.startswith("render")}
    assert OBJECTIVE in rendered
    assert re.match(r"render: what it shows has changed: .*\bcall\b.*\bkey_results\b", rendered[OBJECTIVE])
    assert said["guide.html"] == "keep: unchanged"
    assert len(rendered) < PAGES


def test_a_changed_theme_a_missing_file_and_a_touched_one_are_told_apart(
    project: Project, explained: Explained
) -> None:
    folder = project({**FINE, "okrsite.toml": 'theme = "own"', "themes/own/static/note.txt": "one"})
    explained(folder)
    (folder / "site/guide.html").unlink()
    (folder / "site/lessons.html").write_text("touched")
    said = explained(folder)
    assert said.pop("guide.html") == "render: missing in the output"
    assert said.pop("lessons.html") == "render: changed in the output by another hand"
    assert set(said.values()) == {"keep: unchanged"}
    project({"themes/own/static/note.txt": "two"})
    assert set(explained(folder).values()) == {"render: the theme has changed"}


def test_without_the_cache_nothing_is_known_and_all_is_rendered(project: Project, explained: Explained) -> None:
    folder = project(FINE)
    explained(folder)
    assert set(explained(folder, "--no-cache").values()) == {"render: nothing is known of when it was made"}


def test_a_file_that_is_rendered_to_the_same_bytes_keeps_its_time(project: Project, explained: Explained) -> None:
    folder = project(FINE)
    explained(folder)
    for path in (folder / "site").rglob("*.html"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    explained(folder, "--no-cache")
    assert {path.stat().st_mtime for path in (folder / "site").rglob("*.html")} == {1_000_000_000}


def test_check_and_export_use_what_builds_remember_and_leave_it_as_it_is(
    project: Project, explained: Explained
) -> None:
    folder = project(FINE)
    explained(folder)
    before = (folder / ".okrsite/cache.sqlite").read_bytes()
    project({TEAM: "---\nname: Other\n---\n"})
    assert main(["check", "-q", "-C", str(folder), "--today", TODAY]) == 0
    assert main(["export", "-C", str(folder), "--today", TODAY]) == 0
    assert (folder / ".okrsite/cache.sqlite").read_bytes() == before
    assert sorted(path.name for path in (folder / ".okrsite").iterdir()) == [".gitignore", "cache.sqlite"]


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_any_number_of_processes_makes_the_same_site(project: Project, tmp_path: Path, jobs: str) -> None:
    teams = {
        f"content/teams/team-{n:03}/{name.split('/', 3)[3]}": text for n in range(60) for name, text in FINE.items()
    }
    folder = project(teams)
    for target, arguments in ((tmp_path / "one", ["--jobs", "1"]), (tmp_path / "more", ["--jobs", jobs])):
        command = ["build", "-q", "-C", str(folder), "--today", TODAY, "-o", str(target), "--no-cache", *arguments]
        assert main(command) == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "more")
    assert len(tree(tmp_path / "one")) > 200


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "257", "１"])
def test_a_number_of_processes_that_is_none_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "-C", str(project(FINE)), f"--jobs={jobs}"])
    assert ended.value.code == 2
    assert "a number of processes from 1 to 256" in capsys.readouterr().err


def test_a_cache_that_travels_to_another_folder_with_its_site_still_serves(
    project: Project, explained: Explained, tmp_path: Path
) -> None:
    folder = project(FINE)
    explained(folder)
    elsewhere = write_files(tmp_path / "elsewhere", {})
    folder.rename(elsewhere)
    assert set(explained(elsewhere).values()) == {"keep: unchanged"}
