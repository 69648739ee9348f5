"""`okrsite init`: a repository to start from that is sound, is never written over, and whose jobs are safe."""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

import pytest
import yaml

from okrsite.cli import _parser
from okrsite.core.settings import Settings, parse_settings
from tests.companies import ROOT, TODAY, tree, write_files
from tests.conftest import Run, environment
from tests.site.walker import addresses, chosen, is_elsewhere, read_site, seen_text, target

OKRS: Final = "content/teams/pilot/2026-Q4/okrs.md"
JOBS: Final = {"github": ".github/workflows/okrs.yml", "gitlab": ".gitlab-ci.yml"}
CONTRACT: Final = {
    "new": {"checkin"},
    "diff": {"--format"},
    "schema": set(),
    "serve": {"--port", "--host", "--open"},
    "check": {"--format", "--strict"},
}
"""What the interface promises of commands that the generated files name, whether they are there yet or not."""


def _init(run: Run, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run("init", folder, "--today", TODAY, *arguments)


# --- what is made ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ci", ["", "github", "gitlab"])
def test_a_new_repository_is_sound_and_builds_whole(run: Run, tmp_path: Path, ci: str) -> None:
    folder = tmp_path / "new" / "okrs"
    done = _init(run, folder, *(["--ci", ci] if ci else []))
    assert (done.returncode, done.stderr) == (0, "")
    made = set(tree(folder))
    assert {OKRS, "okrsite.toml", "README.md", ".gitignore", ".pre-commit-config.yaml", "CODEOWNERS"} <= made
    assert {path for path in JOBS.values() if path in made} == ({JOBS[ci]} if ci else set())
    assert {line.split()[1] for line in done.stdout.splitlines() if line.startswith("wrote ")} == made
    assert f"{len(made)} files written, 0 kept in {folder}" in done.stdout
    for step in ("git init -b main", "okrsite check", "okrsite build"):
        assert step in done.stdout
    checked = run("check", "--strict", "-C", folder, "--today", TODAY)
    assert (checked.returncode, checked.stdout) == (0, "no problems\n")
    assert run("build", "--strict", "-C", folder, "--today", TODAY).returncode == 0
    pages = read_site(folder / "site")
    assert len(pages) > 15
    for page in pages.values():
        assert page.faults == ()
        for _, _, address in addresses(page):
            if not is_elsewhere(address):
                assert (folder / "site" / target(page, address)[0]).is_file(), address
    (method,) = chosen(pages["pages/how-we-do-okrs.html"], "main")
    words = seen_text(pages["pages/how-we-do-okrs.html"], method)
    for promise in ("What it is not for", "Our first year", "How to read it", "Not for pay"):
        assert promise in words
    assert len(words.split()) < 700


@pytest.mark.parametrize("title", ['Größe "quoted" 苏州', "it's '''three'''", "a \\ b <i> [x](y) #1: {}", "👩‍💻"])
def test_a_title_is_the_one_that_was_asked_for(run: Run, tmp_path: Path, title: str) -> None:
    assert _init(run, tmp_path / "x", "--title", title).returncode == 0
    assert tomllib.loads((tmp_path / "x/okrsite.toml").read_text(encoding="utf-8")) == {"title": title}
    assert run("build", "--strict", "-q", "-C", tmp_path / "x", "--today", TODAY).returncode == 0
    page = read_site(tmp_path / "x/site")["index.html"]
    (brand,) = chosen(page, "a", **{"class": "brand"})
    assert seen_text(page, brand) == title


@pytest.mark.parametrize("team", ["payments", "团队", "no", "2026", "-x"])
def test_a_team_is_the_one_that_was_asked_for(run: Run, tmp_path: Path, team: str) -> None:
    assert _init(run, tmp_path / "x", f"--team={team}").returncode == 0
    assert (tmp_path / "x/content/teams" / team / "2026-Q4/okrs.md").is_file()
    assert run("check", "--strict", "-C", tmp_path / "x", "--today", TODAY).stdout == "no problems\n"


def test_the_settings_show_every_setting_at_its_default(run: Run, tmp_path: Path) -> None:
    _init(run, tmp_path / "x")
    text = (tmp_path / "x/okrsite.toml").read_text(encoding="utf-8")
    spoken = re.sub(r"^# (?=\[|[\w-]+ = )", "", text, flags=re.MULTILINE)
    settings, problems = parse_settings(spoken)
    assert problems == ()
    known = {"profile", "checks", "limits", "brand"}
    assert {f for f in Settings.__slots__ if not re.search(rf"^{f} = ", spoken, re.MULTILINE)} - known == set()
    assert dict(settings.checks) == {"no-team-file": "hint"}
    for name in set(Settings.__slots__) - {"checks"}:
        assert getattr(settings, name) == getattr(Settings(), name), name


def test_the_quarter_is_that_of_the_day(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "x", "--today", "2027-02-03")
    assert (tmp_path / "x/content/teams/pilot/2027-Q1/okrs.md").is_file()


def test_editors_and_hooks_read_what_they_are_given(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    _init(run, folder)
    settings = (folder / ".vscode/settings.json").read_text(encoding="utf-8")
    spoken = "\n".join(line for line in settings.splitlines() if not line.lstrip().startswith("//"))
    assert "./.vscode/okrsite.schema.json" in json.loads(spoken)["yaml.schemas"]
    (hooks,) = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (shared,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in (*hooks["hooks"], shared):
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], OKRS) and re.search(hook["files"], "okrsite.toml")
        assert not re.search(hook["files"], "themes/acme/static/site.css")
        program, *arguments = shlex.split(hook["entry"])
        assert program == "okrsite"
        assert run(*arguments, cwd=folder).returncode == 0
    (folder / OKRS).write_text("---\nobjectives: {a: {tilte: x}}\n---\n", encoding="utf-8")
    assert run(*shlex.split(shared["entry"])[1:], cwd=folder).returncode == 1


# --- what is there already ------------------------------------------------------------------------------------------


def test_a_second_time_nothing_is_written(run: Run, tmp_path: Path) -> None:
    _init(run, tmp_path / "x")
    (tmp_path / "x" / OKRS).write_text("ours\n", encoding="utf-8")
    before = tree(tmp_path / "x")
    again = run("init", tmp_path / "x", "--today", "2027-05-05", "--team", "other")
    assert again.returncode == 0
    assert tree(tmp_path / "x") == before
    assert "0 files written" in again.stdout
    assert "next:" not in again.stdout


def test_a_repository_gets_only_what_it_lacks(run: Run, tmp_path: Path) -> None:
    own = {"README.md": "ours", "content/index.md": "our letter", ".gitignore": "*.pyc\n"}
    folder = write_files(tmp_path / "x", own)
    subprocess.run(["git", "init", "-q", folder], check=True)
    done = _init(run, folder, "--ci", "github")
    assert done.returncode == 0
    assert {path: text.decode() for path, text in tree(folder).items() if path in own} == own
    assert (folder / JOBS["github"]).is_file() and (folder / OKRS).is_file()
    assert {line.split()[1].rstrip(":") for line in done.stdout.splitlines() if line.startswith("kept ")} == set(own)
    assert "git init" not in done.stdout


def test_teams_that_have_okrs_get_no_example(run: Run, tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "x", {"content/teams/acme/2026-Q4/okrs.md": "---\nobjectives: {a: {title: A}}\n---\n"}
    )
    subprocess.run(["git", "init", "-q", folder], check=True)
    assert f"kept  {OKRS}: not needed, there is content already" in _init(run, folder).stdout
    assert os.listdir(folder / "content/teams") == ["acme"]
    assert (folder / "okrsite.toml").is_file()


@pytest.mark.parametrize("name", ["notes.txt", "photos/a.png"])
def test_a_folder_of_other_things_is_left_alone(run: Run, tmp_path: Path, name: str) -> None:
    folder = write_files(tmp_path / "x", {name: "mine"})
    done = _init(run, folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds other things" in done.stderr
    assert set(tree(folder)) == {name}


def test_a_file_in_the_place_of_the_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    done = _init(run, tmp_path / "x")
    assert (done.returncode, "is a file" in done.stderr) == (2, True)
    below = _init(run, tmp_path / "x" / "y")
    assert (below.returncode, "Traceback" in below.stderr) == (2, False)


def test_links_are_not_followed(run: Run, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "x", {".git/HEAD": ""})
    (tmp_path / "elsewhere").mkdir()
    (folder / "content").symlink_to(tmp_path / "elsewhere")
    (folder / "README.md").symlink_to(tmp_path / "elsewhere" / "absent")
    done = _init(run, folder)
    assert done.returncode == 0
    assert os.listdir(tmp_path / "elsewhere") == []
    assert "kept  README.md: it exists" in done.stdout
    assert "its folder is a symbolic link" in done.stdout


def test_a_folder_that_cannot_be_written_is_said_with_what_was(run: Run, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "x", {".git/HEAD": "", "content/pages": "a file where a folder goes"})
    done = _init(run, folder)
    assert done.returncode == 1
    assert "content/pages/how-we-do-okrs.md cannot be written: a file is in the way of a folder" in done.stderr
    assert "wrote .editorconfig" in done.stderr
    assert not (folder / "okrsite.toml").exists()


LOWERED: Final = """
import os, sys
from okrsite.cli import main
assert main(["init", "-q", sys.argv[1]]) == 0  # what is imported late is there before rights are given up
os.geteuid() or os.seteuid(65534)
sys.exit(main(["init", sys.argv[2]]))
"""


def test_a_read_only_folder_is_said_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    folder.chmod(0o555)
    for place in (tmp_path, *tmp_path.parents):
        if place == Path(gettempdir()):
            break
        place.chmod(place.stat().st_mode | 0o055)
    command = [sys.executable, "-c", LOWERED, str(tmp_path / "first"), str(folder)]
    done = subprocess.run(command, env=environment({}), capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"okrsite: {folder}/.editorconfig cannot be written: permission denied\n"
    assert os.listdir(folder) == []


def test_inside_a_repository_the_root_is_named(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "all"], check=True)
    done = _init(run, tmp_path / "all" / "okrs")
    assert f"the repository is {tmp_path / 'all'}" in done.stdout
    assert "git init" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--team", "a/b"), "--team cannot be `a/b`"),
        (("--team", "_x"), "begin with `_` are not read"),
        (("--title", "a\nb"), "--title cannot be"),
        (("--title", ""), "it is empty"),
        (("--ci", "jenkins"), "github"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = _init(run, tmp_path / "x", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert not (tmp_path / "x").exists()


def test_the_files_are_shipped(tmp_path: Path) -> None:
    from zipfile import ZipFile

    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    shipped = {name.removeprefix("okrsite/") for name in ZipFile(wheel).namelist()}
    wanted = {
        path.relative_to(ROOT / "okrsite").as_posix()
        for path in (ROOT / "okrsite/scaffold").rglob("*")
        if path.is_file()
    }
    assert len(wanted) > 10
    assert wanted - shipped == set()


# --- the jobs -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=sorted(JOBS))
def job(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> tuple[str, str]:
    """The kind and the text of each job that can be generated."""
    _init(run, tmp_path / "ci", "--ci", request.param)
    return request.param, (tmp_path / "ci" / JOBS[request.param]).read_text(encoding="utf-8")


def _github() -> dict[str, Any]:
    text = (ROOT / "okrsite/scaffold/github/dot-github/workflows/okrs.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _gitlab() -> dict[str, Any]:
    text = (ROOT / "okrsite/scaffold/gitlab/dot-gitlab-ci.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _calls(text: str) -> list[list[str]]:
    """Every call of okrsite in a text, as words up to where a shell would end it."""
    found = re.findall(
        r"(?<![\w/.-])okrsite +((?:new|init|check|build|diff|schema|serve|export|[a-z-]+ -)[^`\n]*)", text
    )
    return [shlex.split(re.split(r" (?:>|\|\||&&|;)| {2,}", call)[0], comments=True) for call in found]


def _options() -> dict[str, set[str]]:
    parser = next(a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    known = {
        name: {option for action in sub._actions for option in action.option_strings}
        for name, sub in parser.choices.items()
    }
    return {name: known.get(name, set()) | CONTRACT.get(name, set()) for name in {*known, *CONTRACT}}


def test_every_call_in_a_generated_file_is_one_that_there_is(run: Run, tmp_path: Path) -> None:
    _init(run, tmp_path / "a", "--ci", "github")
    _init(run, tmp_path / "b", "--ci", "gitlab")
    _init(run, tmp_path / "c")
    texts = [data.decode() for folder in "abc" for data in tree(tmp_path / folder).values()]
    calls = [call for text in texts for call in _calls(text)]
    known = _options()
    assert {call[0] for call in calls} >= {"check", "build", "diff", "new", "serve", "schema", "init"}
    for name, *words in calls:
        assert name in known
        for word in words:
            assert not word.startswith("-") or word in known[name], (name, word)
    formats = {call[call.index("--format") + 1] for call in calls if "--format" in call}
    assert formats == {"github", "gitlab", "markdown"}


def test_a_job_sees_the_whole_history_and_remembers_between_runs(job: tuple[str, str]) -> None:
    kind, text = job
    assert yaml.safe_load(text)
    if kind == "github":
        checkouts = [s for j in _github()["jobs"].values() for s in j["steps"] if "checkout" in s.get("uses", "")]
        assert len(checkouts) == 2
        assert all(step["with"] == {"fetch-depth": 0, "persist-credentials": False} for step in checkouts)
        caches = [
            s["with"]["path"] for j in _github()["jobs"].values() for s in j["steps"] if "cache" in s.get("uses", "")
        ]
        assert caches == [".okrsite\nsite\n"] * 2
        assert _github()[True]["schedule"]
    else:
        assert _gitlab()["variables"]["GIT_DEPTH"] == "0"
        assert ".okrsite/" in _gitlab()[".remembering"]["cache"]["paths"]


def test_the_github_jobs_may_do_no_more_than_they_must() -> None:
    workflow = _github()
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "review": {"contents": "read"},
        "comment": {"pull-requests": "write"},
        "build": {"contents": "read", "pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert "pull_request_target" not in workflow[True]
    for name, job in workflow["jobs"].items():
        runs = " ".join(step.get("run", "") for step in job["steps"])
        writes = "write" in job["permissions"].values()
        assert not (writes and ("okrsite" in runs or any("checkout" in s.get("uses", "") for s in job["steps"]))), name


def test_a_fork_is_given_neither_comment_nor_token() -> None:
    comment = _github()["jobs"]["comment"]["if"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in comment
    (rule,) = _gitlab()["comment"]["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in rule["if"]
    assert _gitlab()["comment"]["variables"] == {"GIT_STRATEGY": "none"}
    named = [name for name, job in _gitlab().items() if "OKRS_COMMENT_TOKEN" in str(job)]
    assert named == ["comment"]


def test_nothing_that_others_write_is_put_into_a_shell() -> None:
    """What a pull request is called, or its branch, must reach a shell as a variable at most."""
    runs = [step["run"] for job in _github()["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(runs) >= 7
    assert [run for run in runs if "${{" in run] == []
    untrusted = re.compile(r"\.(?:title|body|ref|label|message|name|email|head_ref)\b|github\.(?:head_ref|ref_name)")
    variables = [str(step["env"]) for job in _github()["jobs"].values() for step in job["steps"] if "env" in step]
    assert len(variables) == 2
    assert [found for found in variables if untrusted.search(found)] == []
    scripts = [line for job in _gitlab().values() if isinstance(job, dict) for line in job.get("script", ())]
    assert len(scripts) >= 6
    names = {name for line in scripts for name in re.findall(r"\$\{?(\w+)", line)}
    assert names == {
        *("CI_MERGE_REQUEST_DIFF_BASE_SHA", "OKRS_COMMENT_TOKEN", "CI_API_V4_URL", "CI_PROJECT_ID"),
        *("CI_MERGE_REQUEST_IID", "CI_PAGES_URL"),
    }
    for line in scripts:
        assert "$" not in re.sub(r'"[^"]*"', "", line), line


def test_actions_are_well_known_ones_of_a_major_version() -> None:
    used = {step["uses"] for job in _github()["jobs"].values() for step in job["steps"] if "uses" in step}
    assert len(used) >= 7
    assert all(re.fullmatch(r"actions/[\w/-]+@v[0-9]+", action) for action in used)


def test_what_changes_is_measured_from_where_the_proposal_began() -> None:
    (diff,) = (s for s in _github()["jobs"]["review"]["steps"] if "okrsite diff" in s.get("run", ""))
    assert "okrsite diff HEAD^1..HEAD --format markdown" in diff["run"]
    assert any('"$CI_MERGE_REQUEST_DIFF_BASE_SHA..HEAD"' in line for line in _gitlab()["changes"]["script"])
