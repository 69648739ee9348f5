"""Nothing is published that was not meant to be, and a build speaks with nobody."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.companies import ROOT
from tests.conftest import environment
from tests.law.builds import MANIFEST, Entry, entries
from tests.same.machine import call, copied, made, tool

DRAFTS: Final = (
    ".env",
    "content/.env",
    "content/.git/config",
    "content/index.md~",
    "content/teams/app/team.md~",
    "content/teams/app/.team.md.swp",
    "content/teams/app/_notes.md",
    "content/_drafts/okrs.md",
    "content/teams/_ghosts/team.md",
    "content/pages/.secret.md",
    "content/pages/notes.txt",
    "content/pages/picture.png",
    "notes.md",
    "themes/default/templates/.hidden.html",
    "themes/default/static/.htpasswd",
    "themes/default/static/_drafts/plan.css",
)
"""Files that lie in or beside the content and belong to nobody's page."""

VARIABLES: Final = {
    "SECRET_X": "canary-in-a-variable",
    "CI_JOB_TOKEN": "canary-in-a-token",
    "USER": "canary-user",
    "LOGNAME": "canary-user",
    "HOSTNAME": "canary-host",
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Entry]]:
    """The site of a company around which secrets lie, in a folder whose name is one."""
    project = copied(tmp_path_factory.mktemp("canary-in-the-path") / "project")
    for number, name in enumerate(DRAFTS):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x89PNG\r\n\x1a\n" * name.endswith(".png") + f"canary-in-a-file-{number}\n".encode())
    target = project / "site"
    home = project / "canary-home"
    return project, made(call(project, target, "--jobs", "2"), target, variables={**VARIABLES, "HOME": str(home)})


def test_no_secret_is_published(guarded: tuple[Path, dict[str, Entry]]) -> None:
    project, found = guarded
    words = [b"canary", str(project.parent).encode(), str(ROOT).encode(), sys.prefix.encode(), b"SECRET"]
    assert len(found) > 300
    assert [(path, word) for path, entry in found.items() for word in words if word in entry.content] == []
    assert [path for path in found if "canary" in path or "ghost" in path] == []


def test_a_secret_in_the_content_would_be_found(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    with (project / "content/index.md").open("a", encoding="utf-8") as file:
        file.write("\ncanary\n")
    found = made(call(project, tmp_path / "site"), tmp_path / "site")
    assert [path for path, entry in found.items() if b"canary" in entry.content]


def test_the_site_has_the_files_of_its_list_and_no_other(guarded: tuple[Path, dict[str, Entry]]) -> None:
    project, found = guarded
    listed = json.loads(found[MANIFEST].content)["files"]
    there = {path for path in found if (project / "site" / path).is_file()}
    assert there == {*listed, MANIFEST}
    assert listed == sorted(set(listed))


def test_beside_the_site_only_the_cache_is_written(guarded: tuple[Path, dict[str, Entry]]) -> None:
    project, _ = guarded
    known = {name.split("/")[0] for name in DRAFTS} | {"okrsite.toml", "site", ".okrsite"}
    assert {path.name for path in project.iterdir()} == known
    assert {path.name for path in (project / ".okrsite").iterdir()} == {"cache.sqlite", ".gitignore"}


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert len(made(call(ROOT, target, before=[tool("unshare"), "-n" if not os.geteuid() else "-rn"]), target)) > 300


def test_a_build_starts_no_program_but_git_and_connects_to_nobody(tmp_path: Path) -> None:
    project, target, log = copied(tmp_path / "project"), tmp_path / "site", tmp_path / "log"
    before = [tool("strace"), "-f", "-qq", "-s", "4096", "-e", "trace=execve,connect,sendto,bind", "-o", str(log)]
    command = call(project, target, "--jobs", "2", before=before)
    done = subprocess.run(command, env=environment({}), cwd=tmp_path, capture_output=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    calls = re.findall(r"^\d+ +(execve|connect|sendto|bind)\((.*)$", log.read_text(), re.MULTILINE)
    programs = [arguments.split('"')[1] for name, arguments in calls if name == "execve"]
    assert programs, "the tracer saw the start"
    assert Path(programs[0]).name.startswith("python")
    assert {Path(program).name for program in programs[1:]} <= {"git"}
    assert [found for found in calls if found[0] != "execve"] == []
    assert len(entries(target)) > 300
