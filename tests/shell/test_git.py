"""Where a project lies in its repository, which decides where its pages lead to be edited."""

import subprocess
from pathlib import Path

import pytest

from okrsite.shell.git import folder_in_repository, repository
from tests.companies import FINE, TODAY, write_files
from tests.conftest import Run
from tests.site.walker import addresses, read_site

REPOSITORY = 'repo_url = "https://github.com/acme/all"\nbranch = "trunk"\n'
OKRS = "content/teams/acme/2026-Q4/okrs.md"


@pytest.mark.parametrize(("below", "prefix"), [("", ""), ("okrs", "okrs/"), ("a b/团队", "a%20b/%E5%9B%A2%E9%98%9F/")])
def test_pages_lead_to_the_file_where_it_lies_in_the_repository(
    run: Run, tmp_path: Path, below: str, prefix: str
) -> None:
    root = tmp_path / "all"
    subprocess.run(["git", "init", "-q", root], check=True)
    folder = write_files(root / below, {**FINE, "okrsite.toml": REPOSITORY})
    assert run("build", "-q", "--today", TODAY, cwd=folder / "content").returncode == 0
    page = read_site(folder / "site")["teams/acme/2026-Q4/index.html"]
    assert f"https://github.com/acme/all/edit/trunk/{prefix}{OKRS}" in {address for _, _, address in addresses(page)}


def test_a_worktree_is_a_repository_of_its_own(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@acme.example", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "first"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", "-b", "b", str(tmp_path / "below")], check=True)
    (tmp_path / "below" / "okrs").mkdir()
    assert repository(tmp_path / "below" / "okrs") == tmp_path / "below"
    assert folder_in_repository(tmp_path / "below" / "okrs") == "okrs"


def test_outside_of_a_repository_the_project_is_its_root(tmp_path: Path) -> None:
    assert repository(tmp_path) is None
    assert folder_in_repository(tmp_path) == ""


def test_a_linked_folder_lies_where_it_really_is(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "all"], check=True)
    (tmp_path / "all" / "okrs").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "all" / "okrs")
    assert folder_in_repository(tmp_path / "link") == "okrs"
