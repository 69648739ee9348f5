"""Where a project lies in its repository, which decides where its pages lead to be edited."""

from pathlib import Path

import pytest

from okrsite.shell.git import open_repository, repository_root
from tests.companies import FINE, TODAY
from tests.conftest import Run
from tests.repository import Repository
from tests.site.walker import addresses, read_site

REPOSITORY = 'repo_url = "https://github.com/acme/all"\nbranch = "trunk"\n'
OKRS = "content/teams/acme/2026-Q4/okrs.md"


@pytest.mark.parametrize(
    ("below", "prefix"), [("", ""), ("okrs/", "okrs/"), ("a b/团队/", "a%20b/%E5%9B%A2%E9%98%9F/")]
)
def test_pages_lead_to_the_file_where_it_lies_in_the_repository(
    run: Run, tmp_path: Path, below: str, prefix: str
) -> None:
    made = Repository(tmp_path / "all")
    files = {**FINE, "okrsite.toml": REPOSITORY}
    made.commit("2026-10-01", {below + path: text for path, text in files.items()})
    folder = made.folder / below
    assert run("build", "-q", "--today", TODAY, cwd=folder / "content").returncode == 0
    page = read_site(folder / "site")["teams/acme/2026-Q4/index.html"]
    assert f"https://github.com/acme/all/edit/trunk/{prefix}{OKRS}" in {address for _, _, address in addresses(page)}


def place(folder: Path) -> str | None:
    """Where a folder lies in its repository."""
    found = open_repository(folder)
    return found.prefix if found else None


def test_a_worktree_is_a_repository_of_its_own(tmp_path: Path) -> None:
    made = Repository(tmp_path / "all")
    made.commit("2026-10-01", {})
    made.git("worktree", "add", "-q", "-b", "b", str(tmp_path / "all/below"))
    (tmp_path / "all/below/okrs").mkdir()
    assert place(tmp_path / "all/below/okrs") == "okrs/"
    assert repository_root(tmp_path / "all/below/okrs") == tmp_path / "all/below"


def test_outside_of_a_repository_and_before_its_first_commit_there_is_none(tmp_path: Path) -> None:
    assert place(tmp_path) is None
    assert repository_root(tmp_path) is None
    Repository(tmp_path)
    assert place(tmp_path) is None
    assert repository_root(tmp_path) == tmp_path


def test_where_git_is_not_installed_nothing_is_known_of_the_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(tmp_path).commit("2026-10-01", {"a": "a"})
    assert open_repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_repository(tmp_path) is None


def test_a_linked_folder_lies_where_it_really_is(tmp_path: Path) -> None:
    made = Repository(tmp_path / "all")
    made.commit("2026-10-01", {"okrs/a.md": "A.\n"})
    (tmp_path / "link").symlink_to(tmp_path / "all" / "okrs")
    assert place(tmp_path / "link") == "okrs/"
