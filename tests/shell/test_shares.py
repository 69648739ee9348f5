"""A site that several machines build: the shares are disjoint and complete, and together are the site itself."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.shell.output import MANIFEST
from okrsite.shell.shares import MAX_SHARES, WHOLE, Share, parse_share
from tests.companies import FINE, TODAY, tree
from tests.conftest import Project
from tests.shell.test_incremental import PAGES
from tests.test_architecture import PACKAGE

CHECKIN: Final = "content/teams/acme/2026-Q4/checkins/2026-11-06.md"
COUNTS: Final = (1, 2, 3, 7)


def _built(project: Path, target: Path, *more: str) -> dict[str, bytes]:
    command = ["build", "-q", "-C", str(project), "--today", TODAY, "-o", str(target), *more]
    assert main(command) == 0
    return tree(target)


def _put_together(shares: Sequence[Path], target: Path) -> dict[str, bytes]:
    """What a job has that copies all shares into one folder."""
    for share in shares:
        shutil.copytree(share, target, dirs_exist_ok=True)
    return tree(target)


# --- shares as values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [1, 2, 3, 7, MAX_SHARES])
def test_a_path_is_in_exactly_one_share(of: int) -> None:
    shares = [Share(number, of) for number in range(1, of + 1)]
    paths = [path.as_posix() for path in PACKAGE.rglob("*")]
    assert len(paths) > 200
    assert {sum(share.has(path) for share in shares) for path in paths} == {1}


def test_shares_are_about_the_same_size() -> None:
    paths = [f"teams/team-{number}/2026-Q4/index.html" for number in range(4_000)]
    sizes = [sum(Share(number, 4).has(path) for path in paths) for number in range(1, 5)]
    assert min(sizes) > 900


def test_whose_a_path_is_never_changes() -> None:
    """Else the caches that jobs keep would be worth nothing after an update."""
    assert [n for n in range(1, 8) if Share(n, 7).has("index.html")] == [1]
    assert [n for n in range(1, 8) if Share(n, 7).has("teams/店/index.html")] == [2]


@pytest.mark.parametrize(("text", "share"), [("1/1", WHOLE), ("2/3", Share(2, 3)), ("256/256", Share(256, 256))])
def test_a_share_is_named_by_its_number_and_how_many_there_are(text: str, share: Share) -> None:
    assert parse_share(text) == share


WRONG: Final = (
    *("", "2", "/", "0/3", "4/3", "-1/3", "1/0", "0/0", "1/257"),
    *("1/2/3", "a/b", "1/ 2", "１/２", "1.0/2", "1/9999999999"),
)


@pytest.mark.parametrize("text", WRONG)
def test_what_names_no_share_is_refused_with_an_example(
    project: Project, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    folder = project(FINE)
    with pytest.raises(SystemExit) as ended:
        main(["build", "-C", str(folder), f"--shard={text}"])
    assert ended.value.code == 2
    assert f"2/3 is the second of three shares; they are counted from 1, and at most 256; not `{text}`" in (
        capsys.readouterr().err
    )
    assert not (folder / "site").exists()


# --- the demo company -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(demo_site: Path) -> dict[str, bytes]:
    files = tree(demo_site)
    assert len(files) > 250
    return files


@pytest.mark.parametrize("of", COUNTS)
def test_all_shares_put_together_are_the_site_and_share_no_file(
    demo: Path, whole: dict[str, bytes], tmp_path: Path, of: int
) -> None:
    targets = [tmp_path / str(number) for number in range(1, of + 1)]
    shares = [
        _built(demo, target, "--no-cache", "--shard", f"{number}/{of}") for number, target in enumerate(targets, 1)
    ]
    assert {share.pop(MANIFEST) for share in shares} == {whole[MANIFEST]}
    assert all(shares)
    assert sum(map(len, shares)) == len(whole) - 1
    assert _put_together(targets, tmp_path / "site") == whole


@pytest.mark.parametrize("of", [3])
def test_caches_change_no_byte_of_a_share(
    demo: Path, whole: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], of: int
) -> None:
    """One cache for all of them, which the whole site was built with too; each is built twice."""
    folder = tmp_path / "company"
    shutil.copytree(demo, folder)
    targets = [tmp_path / str(number) for number in range(1, of + 1)]
    for _ in range(2):
        capsys.readouterr()
        for number, target in enumerate(targets, 1):
            _built(folder, target, "--explain", "--shard", f"{number}/{of}")
    said = capsys.readouterr().out
    assert "render " not in said
    assert said.count("keep ") > 250
    shutil.rmtree(tmp_path / "site", ignore_errors=True)
    assert _put_together(targets, tmp_path / "site") == whole


def test_several_processes_make_the_same_share(demo: Path, tmp_path: Path) -> None:
    one = _built(demo, tmp_path / "one", "--no-cache", "--shard", "1/1", "--jobs", "1")
    assert _built(demo, tmp_path / "two", "--no-cache", "--shard", "1/1", "--jobs", "2") == one


# --- folders with a share, and with all of them ---------------------------------------------------------------------


def _explained(capsys: pytest.CaptureFixture[str], folder: Path, target: Path, *more: str) -> str:
    capsys.readouterr()
    _built(folder, target, "--explain", *more)
    return capsys.readouterr().out.splitlines()[-1]


def test_a_build_goes_on_from_shares_that_were_put_together(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(FINE)
    targets = [tmp_path / "one", tmp_path / "two"]
    for number, target in enumerate(targets, 1):
        _built(folder, target, "--shard", f"{number}/2")
    _put_together(targets, folder / "site")
    before = {path: (folder / "site" / path).stat().st_ino for path in tree(folder / "site")}
    assert _explained(capsys, folder, folder / "site") == f"{PAGES} pages: 0 rendered, {PAGES} kept"
    assert {path: (folder / "site" / path).stat().st_ino for path in before} == before


def test_a_share_renders_only_what_is_new_and_its_own(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(FINE)
    totals = {}
    for number in (1, 2):
        totals[number] = _explained(capsys, folder, tmp_path / str(number), "--shard", f"{number}/2")
    pages = [int(total.split()[0]) for total in totals.values()]
    assert sum(pages) == PAGES
    assert min(pages) > 5
    project({CHECKIN: FINE[CHECKIN].replace("A good week.", "A better week.")})
    again = [_explained(capsys, folder, tmp_path / str(number), "--shard", f"{number}/2") for number in (1, 2)]
    rendered = [int(total.split(": ")[1].split()[0]) for total in again]
    assert 0 < sum(rendered) < PAGES
    joined = _put_together([tmp_path / "1", tmp_path / "2"], tmp_path / "site")
    assert joined == _built(folder, tmp_path / "whole", "--no-cache")


@pytest.mark.parametrize("more", [(), ("--no-cache",)])
def test_a_share_built_over_the_whole_site_leaves_the_share_alone_and_the_other_way_round(
    project: Project, tmp_path: Path, more: tuple[str, ...]
) -> None:
    folder, target = project(FINE), tmp_path / "site"
    whole = _built(folder, target, *more)
    share = _built(folder, target, *more, "--shard", "1/2")
    assert share == _built(folder, tmp_path / "fresh", "--no-cache", "--shard", "1/2")
    assert len(share) < len(whole)
    assert _built(folder, target, *more) == whole


def test_nothing_is_written_where_a_share_stands_as_it_would_be(project: Project, tmp_path: Path) -> None:
    folder, target = project(FINE), tmp_path / "site"
    _built(folder, target, "--shard", "1/2")
    before = target.stat().st_ino
    _built(folder, target, "--shard", "1/2")
    _built(folder, target, "--shard", "1/2", "--no-cache")
    assert target.stat().st_ino == before


def test_every_share_finds_every_problem(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project({**FINE, CHECKIN: "---\nprogress: {nowhere: 1}\n---\n"})
    for number in (1, 2, 3):
        assert main(["build", "-C", str(folder), "--today", TODAY, "--shard", f"{number}/3"]) == 1
        assert "nothing was published: 1 error" in capsys.readouterr().err


def test_it_is_said_which_share_was_made(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(FINE)
    assert main(["build", "-C", str(folder), "--today", TODAY, "--shard", "1/2"]) == 0
    out = capsys.readouterr().out
    assert f" files, share 1 of 2, in {folder / 'site'}\n" in out
    assert "open file:" not in out
