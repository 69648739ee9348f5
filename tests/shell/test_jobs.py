"""The generated jobs, run as a forge would run them: each shell line, in its shell, with the forge's variables."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from okrsite.cli import main
from tests.companies import TODAY
from tests.conftest import environment
from tests.repository import Repository

OKRS: Final = "content/teams/pilot/2026-Q4/okrs.md"
TITLE: Final = "title: People around us know what we are trying to change, and tell us when we are wrong"
ADDRESS: Final = "https://acme.example/okrs"
BASH: Final = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
"""How GitHub's runners call their shell, and how GitLab's set theirs."""
NOON: Final = str(int(datetime.fromisoformat(TODAY).replace(hour=12, tzinfo=UTC).timestamp()))
STAND_IN: Final = f"""#!{sys.executable}
import json, sys
with open({{log!r}}, "a", encoding="utf-8") as log:
    print(json.dumps([{{name!r}}, *sys.argv[1:]]), file=log)
"""


@dataclass(frozen=True)
class Forge:
    """A working copy as a forge checks it out, and stand-ins for the programs that would go to the network."""

    repository: Repository
    programs: Path
    base: str
    """The commit at which the proposal began."""

    @property
    def folder(self) -> Path:
        return self.repository.folder

    def run(self, line: str, variables: Mapping[str, str], folder: Path | None = None) -> int:
        """The exit code of a line, as a runner's shell takes it."""
        path = f"{self.programs}:{os.environ['PATH']}"
        env = environment({**variables, "PATH": path, "SOURCE_DATE_EPOCH": NOON})
        return subprocess.run([*BASH, line], cwd=folder or self.folder, env=env, timeout=60).returncode

    def called(self) -> list[list[str]]:
        """What was asked of the stand-ins."""
        log = self.programs / "log"
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    def change(self, text: str) -> str:
        """Commit a proposal, after main has moved on, and check out the merge of both; the proposal's own commit."""
        okrs = (self.folder / OKRS).read_text(encoding="utf-8")
        self.repository.git("checkout", "-q", "-b", "proposal")
        made = self.repository.commit("2026-11-20", {OKRS: okrs.replace(TITLE, f"title: {text}")}, "Say it shorter")
        self.repository.git("checkout", "-q", "main")
        other = "---\nname: Somebody else\n---\n"
        self.repository.commit("2026-11-21", {"content/teams/other/team.md": other}, "A team")
        self.repository.git("checkout", "-q", "--detach", "main")
        self.repository.git("merge", "-q", "--no-ff", "-m", "Merge", "proposal", day=TODAY)
        return made


def _forge(tmp_path: Path, ci: str) -> Forge:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pip", "gh", "curl"):
        (programs / name).write_text(STAND_IN.format(log=str(programs / "log"), name=name), encoding="utf-8")
    (programs / "okrsite").write_text(f'#!/bin/sh\nexec {sys.executable} -m okrsite "$@"\n', encoding="utf-8")
    for program in programs.iterdir():
        program.chmod(0o755)
    repository = Repository(tmp_path / "okrs")
    assert main(["init", "-q", str(repository.folder), "--ci", ci, "--today", TODAY]) == 0
    return Forge(repository, programs, repository.commit("2026-10-01", {}, "Begin"))


# --- GitHub ---------------------------------------------------------------------------------------------------------

EXPRESSIONS: Final = {
    "github.token": "a-token",
    "github.repository": "acme/okrs",
    "github.event.pull_request.number": "7",
    "steps.pages.outputs.base_url": ADDRESS,
}
"""What stands in `${{ }}`, as a run would have it."""


@pytest.fixture
def github(tmp_path: Path) -> Forge:
    return _forge(tmp_path, "github")


def _steps(forge: Forge, job: str) -> list[dict[str, Any]]:
    workflow = yaml.safe_load((forge.folder / ".github/workflows/okrs.yml").read_text(encoding="utf-8"))
    steps: list[dict[str, Any]] = workflow["jobs"][job]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    return steps


def _filled(text: str) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: EXPRESSIONS[found[1]], text)


def _run_steps(forge: Forge, job: str, folder: Path | None = None) -> Iterator[tuple[str, int]]:
    """(first words, exit code) of each step that runs a shell; after a failure only of those that run nevertheless."""
    summary = {"GITHUB_STEP_SUMMARY": str(forge.programs / "summary")}
    failed = False
    for step in _steps(forge, job):
        if "run" in step and (not failed or "!cancelled()" in step.get("if", "")):
            variables = {name: _filled(value) for name, value in step.get("env", {}).items()}
            code = forge.run(step["run"], summary | variables, folder)
            failed = failed or code != 0
            yield step.get("name", step["run"]), code


def _artifacts(forge: Forge, job: str) -> dict[str, Path]:
    """What a job keeps for others, each of which must be there."""
    kept = [step["with"] for step in _steps(forge, job) if "upload" in step.get("uses", "")]
    found = {one.get("name", "github-pages"): forge.folder / one["path"] for one in kept}
    assert all(path.exists() for path in found.values())
    return found


def test_a_pull_request_is_checked_compared_and_previewed(github: Forge) -> None:
    github.change("Others tell us when we are wrong")
    assert list(_run_steps(github, "review")) == [
        ("pip install okrsite", 0),
        ("Problems", 0),
        ("What changes", 0),
        ("Preview", 0),
    ]
    kept = _artifacts(github, "review")
    changes = kept["changes"].read_text(encoding="utf-8")
    assert "Others tell us when we are wrong" in changes
    assert "other" not in changes.replace("Others", "")
    assert (github.programs / "summary").read_text(encoding="utf-8") == changes
    assert (kept["preview"] / "index.html").is_file()
    assert github.called() == [["pip", "install", "okrsite"]]


def test_a_pull_request_with_a_mistake_fails_and_is_shown_all_the_same(
    github: Forge, capfd: pytest.CaptureFixture[str]
) -> None:
    github.change("Others: tell us\n    supports: nowhere")
    codes = dict(_run_steps(github, "review"))
    assert codes["Problems"] == 1
    assert "::error file=content/teams/pilot/2026-Q4/okrs.md,line=" in capfd.readouterr().out
    assert (codes["What changes"], codes["Preview"]) == (0, 0)
    assert (_artifacts(github, "review")["preview"] / "index.html").is_file()


def test_the_comment_is_made_of_the_text_alone(github: Forge, tmp_path: Path) -> None:
    github.change("Others tell us when we are wrong")
    assert dict(_run_steps(github, "review"))["What changes"] == 0
    apart = tmp_path / "apart"
    apart.mkdir()
    (apart / "changes.md").write_bytes(_artifacts(github, "review")["changes"].read_bytes())
    assert list(_run_steps(github, "comment", apart)) == [("Say what changes", 0)]
    assert github.called()[-1] == [
        *("gh", "pr", "comment", "7", "--edit-last", "--create-if-none", "--body-file", "comment.md")
    ]
    assert (apart / "comment.md").read_bytes() == (apart / "changes.md").read_bytes()


def test_what_is_published_on_github_has_whole_links(github: Forge) -> None:
    assert list(_run_steps(github, "build")) == [("pip install okrsite", 0), ("Site", 0)]
    site = _artifacts(github, "build")["github-pages"]
    assert f'href="{ADDRESS}/index.html"' in (site / "feed.xml").read_text(encoding="utf-8")
    assert f"URL:{ADDRESS}/" in (site / "calendar.ics").read_text(encoding="utf-8")


# --- GitLab ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def gitlab(tmp_path: Path) -> Forge:
    return _forge(tmp_path, "gitlab")


def _run_job(forge: Forge, name: str, variables: Mapping[str, str], folder: Path | None = None) -> int:
    """The exit code of a job; each file that it keeps must be there."""
    jobs = yaml.safe_load((forge.folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    job = jobs[name]
    lines = [*job.get("before_script", jobs["default"]["before_script"]), *job["script"]]
    code = next((code for line in lines if (code := forge.run(line, variables, folder))), 0)
    kept = job.get("artifacts", {})
    for path in (*kept.get("paths", ()), *kept.get("reports", {}).values()):
        assert ((folder or forge.folder) / path).exists(), path
    return code


def test_a_merge_request_is_checked_compared_and_previewed(gitlab: Forge, tmp_path: Path) -> None:
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": gitlab.base}
    gitlab.repository.git("checkout", "-q", gitlab.change("Others tell us when we are wrong"))
    assert [_run_job(gitlab, name, variables) for name in ("check", "changes", "preview")] == [0, 0, 0]
    assert json.loads((gitlab.folder / "gl-code-quality-report.json").read_text(encoding="utf-8")) == []
    changes = (gitlab.folder / "changes.txt").read_text(encoding="utf-8")
    assert "Others tell us when we are wrong" in changes
    assert "other" not in changes.replace("Others", "")
    assert (gitlab.folder / "public/index.html").is_file()
    variables = {
        "OKRS_COMMENT_TOKEN": "a token",
        "CI_API_V4_URL": "https://gitlab.acme.example/api/v4",
        "CI_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_IID": "7",
    }
    apart = tmp_path / "apart"
    apart.mkdir()
    assert _run_job(gitlab, "comment", variables, apart) == 0
    assert gitlab.called()[-1] == [
        *("curl", "--fail", "--silent", "--show-error", "--output", "/dev/null"),
        *("--header", "PRIVATE-TOKEN: a token", "--data-urlencode", "body@changes.txt"),
        "https://gitlab.acme.example/api/v4/projects/12/merge_requests/7/notes",
    ]


def test_a_merge_request_with_a_mistake_fails_with_a_report(gitlab: Forge) -> None:
    gitlab.repository.git("checkout", "-q", gitlab.change("Others: tell us\n    supports: nowhere"))
    assert _run_job(gitlab, "check", {}) == 1
    report = json.loads((gitlab.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert "unresolved-ref" in {problem["check_name"] for problem in report}


def test_what_is_published_on_gitlab_has_whole_links(gitlab: Forge) -> None:
    assert _run_job(gitlab, "pages", {"CI_PAGES_URL": ADDRESS}) == 0
    assert f'href="{ADDRESS}/index.html"' in (gitlab.folder / "public/feed.xml").read_text(encoding="utf-8")


def test_every_job_with_a_script_was_run() -> None:
    """So that a job that is added is not forgotten here."""
    text = Path(__file__).read_text(encoding="utf-8")
    for ci, path in (("github", "dot-github/workflows/okrs.yml"), ("gitlab", "dot-gitlab-ci.yml")):
        source = Path(__file__).parents[2] / "okrsite" / "scaffold" / ci / path
        found = yaml.safe_load(source.read_text(encoding="utf-8"))
        jobs = found["jobs"] if ci == "github" else found
        scripted = {
            name
            for name, job in jobs.items()
            if isinstance(job, dict) and ("script" in job or any("run" in step for step in job.get("steps", ())))
        }
        assert len(scripted) >= 3
        assert {name for name in scripted if f'"{name}"' not in text} == set()
