"""Histories of unusual shapes, made with the real git: the ledger still says what happened, and nothing else."""

import os
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from okrsite.shell.build import Run, load
from okrsite.shell.cache import open_cache
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import find_project
from tests.companies import FINE, OKRS, TEAM
from tests.repository import Repository

TODAY: Final = date(2026, 12, 1)
OKRS_PATH: Final = "content/teams/acme/2026-Q4/okrs.md"
OTHER_PATH: Final = "content/teams/zest/2026-Q4/okrs.md"
P95: Final = "acme/2026-Q4/instant#p95"
OTHER_P95: Final = "zest/2026-Q4/instant#p95"

Told = list[tuple[str, str, str, str, str, str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    other = {OTHER_PATH: OKRS, "content/teams/zest/team.md": TEAM.replace("Acme", "Zest")}
    made.commit("2026-10-01", {**FINE, **other, "okrsite.toml": ""}, "Promise the quarter")
    return made


def lowered(to: str) -> str:
    return OKRS.replace("100 ms", to)


def compiled(repository: Repository) -> Any:
    return load(read_inputs(find_project(str(repository.folder)), TODAY), Run())


def ledger(repository: Repository) -> Told:
    """(ref, day, what, before, after, reason) of every goalpost."""
    return [
        (g.ref, g.on.isoformat(), str(g.what), g.before, g.after, g.because.source if g.because else g.message)
        for g in compiled(repository).ledger.goalposts
    ]


def branch(repository: Repository, name: str, day: str, files: dict[str, str | bytes | None], message: str) -> None:
    """A commit on a branch of its own from where `main` stands."""
    repository.git("checkout", "-q", "-b", name, "main")
    repository.commit(day, files, message)
    repository.git("checkout", "-q", "main")


# --- branches -------------------------------------------------------------------------------------------------------


def test_a_merge_of_three_lines_tells_each_change_once_with_its_own_words(repository: Repository) -> None:
    branch(repository, "one", "2026-11-10", {OKRS_PATH: lowered("150 ms")}, "Slower networks")
    branch(repository, "two", "2026-11-11", {OTHER_PATH: lowered("120 ms")}, "Older tills")
    repository.commit("2026-11-12", {"content/index.md": "Hello.\n"}, "A letter")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge branches 'one' and 'two'", "one", "two", day="2026-11-20")
    assert repository.git("rev-list", "--parents", "-1", "HEAD").count(" ") == 3
    assert ledger(repository) == [
        (P95, "2026-11-20", "target", "100 ms", "150 ms", "Slower networks"),
        (OTHER_P95, "2026-11-20", "target", "100 ms", "120 ms", "Older tills"),
    ]


def test_lines_that_merged_each_other_are_told_as_the_main_line_saw_them(repository: Repository) -> None:
    branch(repository, "side", "2026-11-10", {OTHER_PATH: lowered("120 ms")}, "Older tills")
    repository.commit("2026-11-11", {OKRS_PATH: lowered("150 ms")}, "Slower networks")
    main, side = (repository.git("rev-parse", name) for name in ("main", "side"))
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side", side, day="2026-11-13")
    repository.git("checkout", "-q", "side")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge main", main, day="2026-11-14")
    repository.commit("2026-11-15", {OTHER_PATH: lowered("130 ms")}, "Older still")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side again", "side", day="2026-11-16")
    assert ledger(repository) == [
        (P95, "2026-11-11", "target", "100 ms", "150 ms", "Slower networks"),
        (OTHER_P95, "2026-11-13", "target", "100 ms", "120 ms", "Older tills"),
        (OTHER_P95, "2026-11-16", "target", "120 ms", "130 ms", "Older still"),
    ]


# --- messages -------------------------------------------------------------------------------------------------------


def test_a_commit_without_a_message_gives_no_reason(repository: Repository) -> None:
    (repository.folder / OKRS_PATH).write_text(lowered("150 ms"))
    repository.git("commit", "-qa", "--allow-empty-message", "-m", "", day="2026-11-10")
    repository.commit("2026-11-11", {OKRS_PATH: lowered("160 ms")}, "Again")
    assert [entry[3:] for entry in ledger(repository)] == [("100 ms", "150 ms", ""), ("150 ms", "160 ms", "Again")]


def test_a_message_in_another_encoding_is_read_as_it_was_meant(repository: Repository) -> None:
    (repository.folder / OKRS_PATH).write_text(lowered("150 ms"))
    (repository.folder.parent / "message").write_bytes("Die Züge sind spät".encode("latin-1"))
    commit = ["-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-qa", "-F", "../message"]
    repository.git(*commit, day="2026-11-10")
    assert ledger(repository)[0][-1] == "Die Züge sind spät"


def test_bytes_that_are_no_text_do_no_harm_in_a_message(repository: Repository) -> None:
    (repository.folder / OKRS_PATH).write_text(lowered("150 ms"))
    (repository.folder.parent / "message").write_bytes(b"\xff\xfe :100644 \x01 late")
    repository.git("-c", "i18n.commitEncoding=UTF-8", "commit", "-qa", "-F", "../message", day="2026-11-10")
    assert ledger(repository) == [(P95, "2026-11-10", "target", "100 ms", "150 ms", "ÿþ :100644 late")]


# --- days -----------------------------------------------------------------------------------------------------------


def test_a_commit_that_claims_a_day_before_its_parents_is_no_way_to_move_a_promise_in_silence(
    repository: Repository,
) -> None:
    repository.commit("2026-11-10", {"content/index.md": "Hello.\n"}, "A letter")
    repository.commit("2026-10-02", {OKRS_PATH: lowered("150 ms")}, "As if it were October")
    assert ledger(repository) == [(P95, "2026-11-10", "target", "100 ms", "150 ms", "As if it were October")]


def test_a_clock_that_was_ahead_does_not_change_the_days_of_others(repository: Repository) -> None:
    repository.commit("2031-01-01", {"content/index.md": "Hello.\n"}, "A letter from the future")
    repository.commit("2026-10-10", {OKRS_PATH: lowered("110 ms")}, "Within the opening days")
    repository.commit("2026-11-10", {OKRS_PATH: lowered("150 ms")}, "Slower networks")
    assert ledger(repository) == [(P95, "2026-11-10", "target", "110 ms", "150 ms", "Slower networks")]


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_team_that_is_renamed_and_moves_a_promise_at_once_is_told_of_the_move_alone(repository: Repository) -> None:
    repository.git("mv", "content/teams/acme", "content/teams/velo")
    files: dict[str, str | bytes | None] = {
        "content/teams/velo/team.md": "---\nname: Velo\naliases: [acme]\n---\n",
        "content/teams/velo/2026-Q4/okrs.md": lowered("150 ms"),
    }
    repository.commit("2026-11-12", files, "A new name and a new target")
    expected = ("velo/2026-Q4/instant#p95", "2026-11-12", "target", "100 ms", "150 ms", "A new name and a new target")
    assert ledger(repository) == [expected]


def test_a_file_that_makes_way_for_a_folder_takes_its_promise_along_and_brings_it_back(repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: None}, "Out")
    repository.commit("2026-11-11", {f"{OKRS_PATH}/notes.md": "Notes.\n"}, "A folder in its place")
    repository.commit("2026-11-12", {f"{OKRS_PATH}/notes.md": None}, "No")
    (repository.folder / OKRS_PATH).rmdir()
    repository.commit("2026-11-13", {OKRS_PATH: OKRS}, "Back")
    title = "Paying feels instant everywhere"
    assert [entry[:5] for entry in ledger(repository)] == [
        ("acme/2026-Q4/instant", "2026-11-10", "removed", title, ""),
        ("acme/2026-Q4/instant", "2026-11-13", "added", "", title),
    ]


def test_a_file_and_the_folder_in_its_place_may_come_in_one_commit(repository: Repository) -> None:
    (repository.folder / OKRS_PATH).unlink()
    repository.commit("2026-11-11", {f"{OKRS_PATH}/notes.md": "Notes.\n"}, "A folder in its place")
    assert [entry[1:3] for entry in ledger(repository)] == [("2026-11-11", "removed")]


def test_other_line_ends_change_nothing(repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("\n", "\r\n").encode()}, "Windows")
    assert ledger(repository) == []
    history = compiled(repository).company.history
    assert history.touched["acme/2026-Q4/instant"] == date(2026, 10, 1)
    assert history.files[OKRS_PATH].on == date(2026, 11, 10)


def test_content_that_moves_as_a_whole_keeps_its_past(tmp_path: Path) -> None:
    made = Repository(tmp_path / "company")
    made.commit("2026-09-30", {"README.md": "Hello.\n"}, "Begin")
    made.commit("2026-10-01", {path.replace("content/", "okrs/"): text for path, text in FINE.items()}, "Promise")
    made.commit("2026-11-10", {OKRS_PATH.replace("content/", "okrs/"): lowered("150 ms")}, "Slower networks")
    made.git("mv", "okrs", "plans")
    made.commit("2026-11-11", {}, "Another name")
    (made.folder / "site").mkdir()
    made.git("mv", "plans", "site/content")
    made.commit("2026-11-12", {"site/okrsite.toml": ""}, "And a folder of its own")
    made.commit("2026-11-13", {f"site/{OKRS_PATH}": lowered("160 ms")}, "Again")
    made.folder = made.folder / "site"
    assert [entry[1:] for entry in ledger(made)] == [
        ("2026-11-10", "target", "100 ms", "150 ms", "Slower networks"),
        ("2026-11-13", "target", "150 ms", "160 ms", "Again"),
    ]
    assert compiled(made).ledger.late == {}
    assert compiled(made).company.history.first == {"acme/2026-Q4/instant": date(2026, 10, 1)}


def test_content_that_is_changed_while_it_moves_tells_the_change(repository: Repository) -> None:
    repository.git("mv", "content", "plans")
    files = {OKRS_PATH.replace("content/", "plans/"): lowered("150 ms"), "okrsite.toml": 'content = "plans"\n'}
    repository.commit("2026-11-11", files, "Another name")
    assert ledger(repository) == [(P95, "2026-11-11", "target", "100 ms", "150 ms", "Another name")]
    assert compiled(repository).ledger.late == {}


def test_content_that_copies_a_template_has_no_past_of_its_own(tmp_path: Path) -> None:
    made = Repository(tmp_path / "company")
    made.commit(
        "2026-10-01", {path.replace("content/", "template/"): text for path, text in FINE.items()}, "A template"
    )
    made.commit("2026-10-30", FINE, "At last")
    assert ledger(made) == []
    assert compiled(made).ledger.late == {("acme", "2026-Q4"): date(2026, 10, 30)}


def test_a_repository_inside_the_content_is_passed_over(repository: Repository) -> None:
    link = f"160000,{repository.git('rev-parse', 'HEAD')},content/teams/acme/2026-Q4/checkins/inside"
    repository.git("update-index", "--add", "--cacheinfo", link)
    repository.git("commit", "-qm", "A repository inside", day="2026-11-10")
    (repository.folder / "content/teams/acme/2026-Q4/checkins/inside").mkdir()
    (repository.folder / OKRS_PATH).write_text(lowered("150 ms"))
    repository.git("commit", "-qam", "Lower it", day="2026-11-11")
    assert [entry[2] for entry in ledger(repository)] == ["target"]


# --- git ------------------------------------------------------------------------------------------------------------


def test_a_git_that_does_not_know_an_option_leaves_the_past_unknown(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: lowered("150 ms")}, "Lower it")
    old = tmp_path / "bin/git"
    old.parent.mkdir()
    refusing = 'case "$*" in *--diff-merges*) echo "fatal: unrecognized argument" >&2; exit 128;; esac'
    old.write_text(f'#!/bin/sh\n{refusing}\nPATH="$REAL" exec git "$@"\n')
    old.chmod(0o755)
    monkeypatch.setenv("REAL", os.environ["PATH"])
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    assert ledger(repository) == []
    assert compiled(repository).company.history.head == ""


def test_what_is_read_in_steps_is_what_is_read_at_once(repository: Repository) -> None:
    steps = (
        ("2026-11-10", {OKRS_PATH: lowered("150 ms")}),
        ("2026-10-02", {OTHER_PATH: lowered("120 ms")}),
        ("2031-01-01", {OKRS_PATH: lowered("160 ms")}),
        ("2026-11-12", {OTHER_PATH: lowered("130 ms")}),
    )
    cache = open_cache(repository.folder, writing=True)
    for day, files in steps:
        repository.commit(day, files)
        inputs = read_inputs(find_project(str(repository.folder)), TODAY)
        one, other = (load(inputs, run) for run in (Run(1, cache), Run()))
        assert one.company.history == other.company.history
        assert one.ledger == other.ledger
