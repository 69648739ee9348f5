"""Sites of another time: the same bytes whenever and wherever they are made, and nothing of what came later."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.companies import FINE, OKRS, tree
from tests.conftest import Run
from tests.repository import Repository
from tests.site.walker import addresses, is_elsewhere, read_site, target

OKRS_PATH: Final = "content/teams/acme/2026-Q4/okrs.md"
MARK: Final = "zzlater"
LATER: Final = {
    OKRS_PATH: OKRS.replace("100 ms", "150 ms").replace("instant everywhere", f"{MARK} everywhere"),
    "content/teams/acme/2026-Q4/checkins/2026-11-13.md": f"A {MARK} week.\n",
    "content/teams/acme/2026-Q4/questions/later.md": f"---\nabout: instant\nasked_on: 2026-11-14\n---\n{MARK}?\n",
    f"content/pages/{MARK}.md": f"{MARK}\n",
    f"content/teams/{MARK}/team.md": f"---\nname: {MARK}\n---\n",
    "okrsite.toml": f'title = "{MARK}"\ntheme = "{MARK}"\n',
    f"themes/{MARK}/static/site.css": f"/* {MARK} */",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.commit("2026-10-01", {**FINE, "okrsite.toml": 'title = "Before"\n'}, "Promise the quarter")
    made.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "120 ms")}, "Lower it")
    made.commit("2026-11-16", LATER, MARK)
    return made


def built(repository: Repository, target: Path, *options: str) -> dict[str, bytes]:
    assert main(["build", "-q", "-C", str(repository.folder), "-o", str(target), *options]) == 0
    return tree(target)


def test_a_page_of_the_past_shows_nothing_of_the_future(repository: Repository, tmp_path: Path) -> None:
    files = built(repository, tmp_path / "then", "--as-of", "2026-11-15")
    assert [path for path, data in files.items() if MARK in path or MARK.encode() in data] == []
    assert b"As of <time" in files["index.html"]
    assert b"15 November 2026" in files["index.html"]
    assert b"100 ms \xe2\x86\x92 120 ms" in files["goalposts.html"]
    assert b"Before" in files["index.html"]
    now = built(repository, tmp_path / "now", "--today", "2026-11-20")
    assert sum(MARK.encode() in data for data in now.values()) > 5


def test_a_day_and_the_last_commit_by_it_are_the_same_moment(repository: Repository, tmp_path: Path) -> None:
    by_day = built(repository, tmp_path / "day", "--as-of", "2026-11-10")
    by_commit = built(repository, tmp_path / "commit", "--as-of", "HEAD~1", "--no-cache")
    assert by_day == by_commit


def test_two_clocks_and_two_places_give_the_same_bytes(repository: Repository, tmp_path: Path, run: Run) -> None:
    here = built(repository, tmp_path / "here", "--as-of", "2026-11-15")
    subprocess.run(["git", "clone", "-q", repository.folder, tmp_path / "elsewhere/clone"], check=True)
    done = run(
        *("build", "-q", "-C", tmp_path / "elsewhere/clone", "--as-of", "2026-11-15", "-o", tmp_path / "there"),
        variables={"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1900000000"},
    )
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "there") == here


def test_an_archive_beside_the_live_site_stands_on_its_own_and_comes_out_the_same_a_year_later(
    repository: Repository, tmp_path: Path
) -> None:
    """As `docs/history.md` has it: each is built into a folder of its own, and both are published together."""
    archive, address = tmp_path / "archive/2026-Q4", "https://okrs.example/archive/2026-Q4"
    options = ("--as-of", "2026-11-15", "--base-url", address)
    frozen = built(repository, archive, *options)
    link = f"[The fourth quarter]({address}/2026-Q4/index.html)\n"
    repository.commit("2027-11-16", {"okrsite.toml": "", "content/pages/archive.md": link}, "A year later")
    live = built(repository, tmp_path / "site", "--today", "2027-11-20")
    assert f'href="{address}/2026-Q4/index.html"'.encode() in live["pages/archive.html"]
    assert built(repository, tmp_path / "again", *options) == frozen
    shutil.copytree(tmp_path / "site", tmp_path / "public")
    shutil.copytree(archive, tmp_path / "public/archive/2026-Q4")
    pages = read_site(tmp_path / "public/archive/2026-Q4")
    inside = [(page, address) for page in pages.values() for _, _, address in addresses(page)]
    relative = [(page.path, target(page, link)[0]) for page, link in inside if not is_elsewhere(link)]
    assert len(relative) > 200
    assert {path for path, file in relative if file not in frozen and path != "404.html"} == set()
    assert {link for page, link in inside if page.path == "404.html" and link.startswith("/")} <= {
        f"/archive/2026-Q4/{file}" for file in frozen
    }
    assert b'href="https://okrs.example/archive/2026-Q4/' in frozen["feed.xml"]
    assert "instant" in frozen["search/2026-Q4.js"].decode()


def test_an_archive_has_no_place_in_the_folder_of_the_live_site(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(repository, tmp_path / "site", "--today", "2026-11-20")
    built(repository, tmp_path / "site/archive/2026-Q4", "--as-of", "2026-11-15")
    site = ["-o", str(tmp_path / "site"), "--today", "2026-11-21"]
    assert main(["build", "-q", "-C", str(repository.folder), *site]) == 2
    assert "which okrsite did not write; nothing was touched" in capsys.readouterr().err


def test_the_work_tree_plays_no_part(repository: Repository, tmp_path: Path) -> None:
    before = built(repository, tmp_path / "before", "--as-of", "2026-11-15")
    (repository.folder / OKRS_PATH).write_text("uncommitted")
    (repository.folder / "okrsite.toml").write_text("not [ toml")
    assert built(repository, tmp_path / "after", "--as-of", "2026-11-15") == before


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("nonsense", "the repository has no commit `nonsense`"),
        ("--output=x", "the repository has no commit `--output=x`"),
        ("2019-01-01", "nothing had been committed by 2019-01-01"),
        ("HEAD^{tree}", "the repository has no commit `HEAD^{tree}`"),
    ],
)
def test_a_moment_that_is_not_known_is_said(
    repository: Repository, capsys: pytest.CaptureFixture[str], moment: str, said: str
) -> None:
    assert main(["build", "-C", str(repository.folder), f"--as-of={moment}"]) == 2
    assert capsys.readouterr().err == f"okrsite: {said}\n"
    assert not (repository.folder / "site").exists()


def test_without_a_repository_there_is_no_past(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    assert main(["build", "-C", str(tmp_path), "--as-of", "2026-11-15"]) == 2
    assert "lies in no git repository" in capsys.readouterr().err


def test_a_tree_that_leads_outside_is_laid_out_inside_only(repository: Repository, tmp_path: Path) -> None:
    """A commit that was made up with `..` in it, and links, which are not followed."""
    blob = repository.git("hash-object", "-w", OKRS_PATH)
    tree_ = repository.git("rev-parse", "HEAD~1^{tree}:content")
    bad = subprocess.run(
        ["git", "mktree", "--missing"],
        cwd=repository.folder,
        input=f"100644 blob {blob}\t..\n040000 tree {tree_}\tcontent\n120000 blob {blob}\tokrsite.toml\n",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    commit = repository.git("commit-tree", bad, "-m", "made up", day="2026-11-12")
    files = built(repository, tmp_path / "site", "--as-of", commit)
    assert b"OKRs" in files["index.html"]
    assert not (tmp_path.parent / "okrs.md").exists()
