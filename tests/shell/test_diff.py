"""`okrsite diff`: what changed in meaning between two commits, or since one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from okrsite.cli import main
from tests.companies import CHECKIN, FINE, OKRS
from tests.repository import Repository

OKRS_PATH: Final = "content/teams/acme/2026-Q4/okrs.md"
CHECKIN_PATH: Final = "content/teams/acme/2026-Q4/checkins/2026-11-06.md"
NEXT: Final = "content/teams/acme/2026-Q4/checkins/2026-11-13.md"
INSTANT: Final = "acme/2026-Q4/instant"

Told = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.commit("2026-10-01", FINE, "Promise the quarter")
    return made


@pytest.fixture
def told(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Told:
    def call(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["diff", "-C", str(repository.folder), "--today", "2026-11-22", *arguments]) == 0
        return capsys.readouterr().out

    return call


def changes(said: str) -> list[tuple[str, str, str | None, str | None]]:
    found: list[dict[str, Any]] = json.loads(said)["changes"]
    return [(item["ref"], item["what"], item["before"], item["after"]) for item in found]


def test_nothing_is_said_where_nothing_has_changed_in_meaning(repository: Repository, told: Told) -> None:
    text = OKRS.replace("        title: Checkout time", "        # said otherwise\n        title: 'Checkout time'")
    repository.commit("2026-11-01", {OKRS_PATH: text})
    assert told("HEAD~1..HEAD") == "nothing has changed in meaning\n"
    assert told("HEAD") == "nothing has changed in meaning\n"


def test_a_promise_a_check_in_a_risk_and_a_score_are_told(repository: Repository, told: Told) -> None:
    risky = (
        CHECKIN.replace("150 ms", "120 ms")
        .replace("7", "4")
        .replace("---\nA good", "risks:\n  late: {about: instant#p95, what: Bank is late}\n---\nA good")
    )
    retro = "---\nscores:\n  instant: {score: 0.6, because: Late}\n---\n"
    more = OKRS.replace("100 ms\n", "90 ms\n      n: {title: New one}\n")
    repository.commit("2026-11-14", {OKRS_PATH: more, NEXT: risky, OKRS_PATH.replace("okrs", "retro"): retro}, "More")
    assert changes(told("HEAD~1..HEAD", "--format", "json")) == [
        (f"{INSTANT}#p95", "target", "100 ms", "90 ms"),
        (f"{INSTANT}#n", "added", None, "New one"),
        (f"{INSTANT}#p95", "value", "150 ms", "120 ms"),
        (f"{INSTANT}#p95", "confidence", "7", "4"),
        (INSTANT, "score", None, "0.6"),
        ("acme/2026-Q4/late", "risk", None, "open: Bank is late"),
    ]


def test_an_assumption_is_told_in_its_words_and_a_reason_as_its_team_wrote_it(
    repository: Repository, told: Told
) -> None:
    assumed = OKRS.replace("    key_results:", "    assumes: {bank: The bank stays fast}\n    key_results:")
    repository.commit("2026-11-12", {OKRS_PATH: assumed})
    because = "    amendments: [{date: 2026-11-13, what: p95 target, because: It does not.}]\n    key_results:"
    lowered = assumed.replace("100 ms", "150 ms").replace("    key_results:", because)
    shaky = CHECKIN.replace("---\nA good", "assumptions: {bank: shaky}\n---\nA good")
    repository.commit("2026-11-13", {OKRS_PATH: lowered, NEXT: shaky}, "Lower it")
    said = told("HEAD~1..HEAD")
    assert "  p95 target: 100 ms → 150 ms, because: It does not.\n" in said
    assert "The bank stays fast (acme/2026-Q4/bank)\n  assumption: nothing → shaky\n" in said


def test_a_team_whose_folder_is_renamed_takes_its_check_ins_along(repository: Repository, told: Told) -> None:
    repository.git("mv", "content/teams/acme", "content/teams/velo")
    (repository.folder / "content/teams/velo/team.md").write_text("---\nname: Velo\naliases: [acme]\n---\n")
    repository.git("add", "-A")
    repository.git("commit", "-qm", "We are Velo now", day="2026-11-20")
    said = changes(told("HEAD~1..HEAD", "--format", "json"))
    assert ("velo/2026-Q4/instant", "moved", INSTANT, "velo/2026-Q4/instant") in said
    assert [what for _, what, _, _ in said if what == "withdrawn"] == []


def test_the_work_tree_is_compared_where_no_second_commit_is_named(repository: Repository, told: Told) -> None:
    (repository.folder / OKRS_PATH).write_text(OKRS.replace("100 ms", "150 ms"))
    assert told("HEAD") == f"Paying feels instant everywhere ({INSTANT})\n  p95 target: 100 ms → 150 ms\n"
    assert told("2026-10-05") == told("HEAD")


def test_three_dots_compare_with_where_two_branches_parted(repository: Repository, told: Told) -> None:
    repository.git("checkout", "-q", "-b", "mine")
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")})
    repository.git("checkout", "-q", "main")
    repository.commit("2026-11-11", {CHECKIN_PATH: CHECKIN.replace("7", "2")})
    assert [c[1] for c in changes(told("main..mine", "--format", "json"))] == ["target", "confidence"]
    assert [c[1] for c in changes(told("main...mine", "--format", "json"))] == ["target"]


def test_markdown_holds_what_teams_wrote_as_code(repository: Repository, told: Told) -> None:
    evil = "'@everyone <img src=x> [x](javascript:1) `` ##vso[x]'"
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("Paying feels instant everywhere", evil)})
    said = told("HEAD~1..HEAD", "--format", "markdown")
    line = next(line for line in said.split("\n") if "wording" in line)
    assert line.endswith("→ ``` @everyone <img src=x> [x](javascript:1) `` #\\x23vso[x] ```")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (OKRS_PATH, "---\nobjectives: [\n---\n"),
        (OKRS_PATH, OKRS.replace("100 ms", "1OO ms")),
        (NEXT, CHECKIN.replace("7", "11")),
    ],
)
def test_a_mistake_on_one_side_is_no_change_but_is_said(
    repository: Repository, told: Told, path: str, text: str
) -> None:
    repository.commit("2026-11-10", {NEXT: CHECKIN.replace("7", "4")})
    repository.commit("2026-11-13", {path: text}, "Oops")
    for revisions in ("HEAD~1..HEAD", "HEAD..HEAD~1"):
        assert told(revisions) == (
            f"{path}: not compared: a mistake before or after may hide something (`okrsite check` names it)\n"
        )
        assert json.loads(told(revisions, "--format", "json")) == {"changes": [], "not_compared": [path]}
        assert f"\n- `{path}`: not compared: a mistake" in told(revisions, "--format", "markdown")


@pytest.mark.parametrize("place", ["okrs.md", "teams/acme/okrs.md", "checkins/2026-11-06.md"])
def test_a_stray_file_that_cannot_be_read_stops_nothing(repository: Repository, told: Told, place: str) -> None:
    path = repository.folder / "content" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff")
    assert told("HEAD") == "nothing has changed in meaning\n"


def test_a_mistake_keeps_nothing_of_other_files_from_being_told(repository: Repository, told: Told) -> None:
    lower = OKRS.replace("100 ms", "140 ms")
    repository.commit("2026-11-13", {NEXT: CHECKIN.replace("7", "11"), OKRS_PATH: lower}, "Oops")
    said = told("HEAD~1..HEAD")
    assert "p95 target: 100 ms → 140 ms\n" in said
    assert "confidence" not in said
    assert f"{NEXT}: not compared" in said


def test_a_mistake_that_stands_in_both_is_not_said(repository: Repository, told: Told) -> None:
    repository.commit("2026-11-13", {NEXT: CHECKIN.replace("7", "11")}, "Oops")
    repository.commit("2026-11-14", {OKRS_PATH: OKRS.replace("100 ms", "140 ms")}, "Lower it")
    assert "not compared" not in told("HEAD~1..HEAD")


def test_a_commit_that_is_not_known_is_said(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "-C", str(repository.folder), "nowhere..HEAD"]) == 2
    assert capsys.readouterr().err == "okrsite: the repository has no commit `nowhere`\n"


@pytest.mark.parametrize("settings", ["not [ toml", "history = 7"])
def test_settings_that_were_wrong_are_said_and_the_rest_is_compared(
    repository: Repository, capsys: pytest.CaptureFixture[str], settings: str
) -> None:
    repository.commit("2026-11-10", {"okrsite.toml": settings}, "Oops")
    repository.commit("2026-11-11", {"okrsite.toml": "", OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Mended")
    assert main(["diff", "-C", str(repository.folder), "--today", "2026-11-22", "HEAD~1..HEAD"]) == 0
    said = capsys.readouterr()
    assert "target: 100 ms → 150 ms" in said.out
    assert said.err == (
        "warning: the settings of `HEAD~1` are wrong; where they cannot be read the defaults stand for them\n"
    )
    assert main(["diff", "-C", str(repository.folder), "--today", "2026-11-22", "HEAD"]) == 0
    assert capsys.readouterr().err == ""
