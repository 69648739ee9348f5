"""What a process holds from build to build changes nothing: after every edit the company is what it is afresh."""

import os
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from okrsite.core import compute
from okrsite.shell import files
from okrsite.shell.build import Memory, Run, load
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import read_project
from tests.law.project import Project, start
from tests.law.sequences import EDITS, REPAIR, planned

SEEDS: Final = range(100, 112)
_OF_THE_SITE: Final = {"put_aside", "remove_site", "restore_site", "restore_cache", "damage_site", "replace_site_file"}
"""Edits of what builds leave on the disk, of which a company knows nothing."""


def _compiled(project: Project, memory: Memory) -> Any:
    """The company as the files are now, or why there is none."""
    read = read_project(project.folder)
    if read.problems:
        return read.problems
    return load(read_inputs(read, project.today, memory.sources), Run(memory=memory))


@pytest.fixture
def ripe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are held as soon as they are written; tests write no two of one length within a clock's tick."""
    monkeypatch.setattr(files, "_RIPE", 0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.usefixtures("ripe")
def test_after_every_edit_a_company_from_memory_is_the_company_afresh(seed: int, tmp_path: Path) -> None:
    project, memory, edited = start(tmp_path, seed), Memory(), 0
    for step in planned(seed):
        for name, number in (*step.edits, *REPAIR):
            if name not in _OF_THE_SITE and EDITS[name](project, Random(number)):
                edited += 1
                project.save()
                assert _compiled(project, memory) == _compiled(project, Memory()), f"after {name}({number})"
    assert edited > 5


@pytest.mark.usefixtures("ripe")
def test_only_the_figures_of_what_was_edited_are_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, memory = start(tmp_path, 1), Memory()
    _compiled(project, memory)
    computed: list[tuple[str, str]] = []
    part = compute._Part

    def noted(basis: compute.Basis) -> compute._Part:
        computed.append((basis.team_cycle.team, basis.team_cycle.cycle))
        return part(basis)

    monkeypatch.setattr(compute, "_Part", noted)
    checkin = next(path for path in sorted(project.folder.rglob("*.md")) if path.parent.name == "checkins")
    checkin.write_text(checkin.read_text(encoding="utf-8") + "\nOne thing more.\n", encoding="utf-8")
    compiled = _compiled(project, memory)
    assert computed == [checkin.parts[-4:-2]]
    assert len(compiled.company.team_cycles) > 5


# --- files that are held ----------------------------------------------------------------------------------------------


def _long_ago(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_file_that_was_just_changed_is_read_again(tmp_path: Path) -> None:
    project, memory = start(tmp_path, 1), Memory()
    _compiled(project, memory)
    assert memory.sources == {}


@pytest.mark.usefixtures("ripe")
def test_a_file_is_read_again_though_its_length_and_time_are_what_they_were(tmp_path: Path) -> None:
    project, memory = start(tmp_path, 1), Memory()
    page = project.folder / "content" / "pages" / "held.md"
    page.write_text("One day", encoding="utf-8")
    _long_ago(page)
    _compiled(project, memory)
    assert memory.sources["content/pages/held.md"][1].text == "One day"
    page.write_text("Two sky", encoding="utf-8")
    _long_ago(page)
    _compiled(project, memory)
    assert memory.sources["content/pages/held.md"][1].text == "Two sky"


@pytest.mark.usefixtures("ripe")
def test_what_is_gone_or_cannot_be_read_is_not_held(tmp_path: Path) -> None:
    project, memory = start(tmp_path, 1), Memory()
    gone, unread = (project.folder / "content" / "pages" / name for name in ("gone.md", "unread.md"))
    gone.write_text("Here", encoding="utf-8")
    unread.write_bytes(b"\xff\xfe")
    first = _compiled(project, memory)
    assert "content/pages/unread.md" not in memory.sources
    gone.unlink()
    assert "content/pages/gone.md" in memory.sources
    again = _compiled(project, memory)
    assert "content/pages/gone.md" not in memory.sources
    assert [p for p in again.problems if p.code == "unreadable-file"] == [
        p for p in first.problems if p.code == "unreadable-file"
    ]
