"""One case for every problem that can be reported: a project with it and the whole report, and a twin without it.

A case of what moved has a folder `before` as well: both twins are then commits that follow it.

`pytest --renew-golden` writes the reports anew; what changed is then for a reader of the difference to judge.
"""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from okrsite.core.diagnostics import RULES, Diagnostic
from okrsite.render.report import render_report, summary
from okrsite.shell import build
from okrsite.shell.inputs import inputs_of, read_inputs
from okrsite.shell.project import find_project
from tests.companies import TODAY
from tests.conftest import Project, Run
from tests.repository import Repository

CASES: Final = Path(__file__).parent / "cases"
CODES: Final = sorted(path.name for path in CASES.iterdir())

NOT_FROM_FILES: Final[Mapping[str, str]] = {}
"""Codes that no content file and no setting can bring about, each with the reason."""


PROMISED: Final = "2026-10-01"
MOVED: Final = "2026-11-12"


def _check(folder: Path) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """What `okrsite check` finds in a project, and the texts in which it was found."""
    before = folder.parent / "before"
    if not before.is_dir():
        return _checked(folder, remembers=False)
    with TemporaryDirectory() as place:
        repository = Repository(Path(place) / "company")
        for day, state in ((PROMISED, before), (MOVED, folder)):
            shutil.copytree(state, repository.folder, dirs_exist_ok=True)
            repository.commit(day, {}, "Update okrs.md")
        return _checked(repository.folder, remembers=True)


def _checked(folder: Path, *, remembers: bool) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """The past of the repository in which these cases lie is no part of them."""
    project, today = find_project(str(folder)), date.fromisoformat(TODAY)
    if project.problems:
        return project.problems, {"okrsite.toml": project.settings_text}
    inputs = read_inputs(project, today) if remembers else inputs_of(project, today, None)
    problems = build.load(inputs, build.Run()).problems
    return problems, inputs.texts(problem.span.path for problem in problems)


def _report(folder: Path) -> str:
    problems, texts = _check(folder)
    return f"{render_report(problems, texts, colour=False)}{summary(problems)}\n"


def test_every_code_has_a_case_or_a_reason_why_not() -> None:
    assert len(CODES) > 40
    assert set(CODES) | set(NOT_FROM_FILES) == set(RULES)
    assert not set(CODES) & set(NOT_FROM_FILES)


@pytest.mark.parametrize("code", CODES)
def test_the_report_of_a_case_is_as_it_was_found_good(code: str, renew: bool) -> None:
    found, expected = _report(CASES / code / "broken"), CASES / code / "report.txt"
    if renew:
        expected.write_text(found, encoding="utf-8")
    assert expected.is_file(), "run pytest with --renew-golden to write this report for the first time"
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_a_case_shows_its_own_problem_and_no_other(code: str) -> None:
    problems, _ = _check(CASES / code / "broken")
    assert {problem.code for problem in problems} == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_twin_of_a_case_has_no_problem(code: str) -> None:
    assert _report(CASES / code / "fine") == "no problems\n"


@pytest.mark.parametrize("code", CODES)
def test_a_case_and_its_twin_differ_in_few_places(code: str) -> None:
    """A twin that differs in one thing shows what the check is about."""
    broken, fine = _texts(CASES / code / "broken"), _texts(CASES / code / "fine")
    differing = [path for path in {*broken, *fine} if broken.get(path) != fine.get(path)]
    assert 1 <= len(differing) <= 5


def _texts(folder: Path) -> dict[str, str | bytes]:
    """What each file of a project holds, or where it leads."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in files
    }


@pytest.mark.parametrize("code", CODES)
def test_every_problem_of_a_case_stands_at_a_place_that_exists(code: str) -> None:
    problems, _ = _check(CASES / code / "broken")
    assert problems
    for problem in problems:
        lines = (CASES / code / "broken" / problem.span.path).read_text("utf-8", errors="replace").split("\n")
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1


@pytest.mark.parametrize("code", CODES)
def test_messages_are_calm_sentences_on_one_line(code: str) -> None:
    problems, _ = _check(CASES / code / "broken")
    for problem in problems:
        for words in (problem.message, problem.hint):
            assert "\n" not in words
            assert not re.search(r"!(?!`)|\b(?:[Ii]nvalid|[Ii]llegal|[Ff]atal|[Ff]orbidden|must not|Error)\b", words), (
                words
            )
            assert not words.endswith("."), words


def test_a_link_in_prose_is_reported_in_its_own_line(project: Project) -> None:
    text = "Dear all,\nread this\nand [how](nowhere.md)\nand [[nobody]].\n\n- one\n- two\n  and [x](y.md)\n"
    problems, _ = _check(project({"content/index.md": text}))
    assert [(problem.code, problem.span.line) for problem in problems] == [
        ("dead-link", 3),
        ("unresolved-link", 4),
        ("dead-link", 8),
    ]


def test_the_command_prints_the_report_of_a_case(run: Run) -> None:
    folder = CASES / "unresolved-ref"
    done = run("check", "-v", "-C", folder / "broken", "--today", TODAY)
    assert done.stdout == (folder / "report.txt").read_text(encoding="utf-8")
    assert done.returncode == 1


def test_the_command_prints_the_report_of_wrong_settings(run: Run) -> None:
    folder = CASES / "settings"
    done = run("check", "-v", "-C", folder / "broken", "--today", TODAY)
    report = (folder / "report.txt").read_text(encoding="utf-8").rsplit("\n", 2)[0]
    assert done.stderr.startswith(report)
    assert done.returncode == 2
