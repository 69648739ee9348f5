"""The past, from real repositories: what happened to each promise is what the ledger says, and nothing else."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from okrsite.core.history import History
from okrsite.core.replay import Replayed
from okrsite.shell.build import Memory, Run, load
from okrsite.shell.cache import NO_CACHE, Cache, open_cache
from okrsite.shell.git import open_repository
from okrsite.shell.history import _Kept, read_history
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import find_project
from okrsite.shell.records import Shelf, to_record
from tests import long_past
from tests.companies import FINE, OKRS, TEAM
from tests.repository import Repository

TODAY: Final = date(2026, 12, 1)
OKRS_PATH: Final = "content/teams/acme/2026-Q4/okrs.md"
CHECKIN: Final = "content/teams/acme/2026-Q4/checkins/2026-11-06.md"
P95: Final = "acme/2026-Q4/instant#p95"
INSTANT: Final = "acme/2026-Q4/instant"
START: Final = "2026-10-01"
WEEK_9: Final = "2026-11-26"

Told = list[tuple[str, str, str, str, str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.commit(START, {**FINE, "okrsite.toml": ""}, "Promise the quarter")
    return made


def compiled(repository: Repository, cache: Cache = NO_CACHE, today: date = TODAY) -> Any:
    return load(read_inputs(find_project(str(repository.folder)), today), Run(1, cache))


def ledger(repository: Repository) -> Told:
    """(ref, what, before, after, reason) of every goalpost."""
    return [
        (g.ref, str(g.what), g.before, g.after, g.because.source if g.because else g.message)
        for g in compiled(repository).ledger.goalposts
    ]


def test_a_promise_that_never_moved_has_no_goalposts(repository: Repository) -> None:
    assert ledger(repository) == []
    assert compiled(repository).company.history.first == {INSTANT: date(2026, 10, 1)}


def test_a_target_lowered_in_week_nine_is_told_with_the_commits_words(repository: Repository) -> None:
    made = repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Networks need 50 ms more")
    assert ledger(repository) == [(P95, "target", "100 ms", "150 ms", "Networks need 50 ms more")]
    (goalpost,) = compiled(repository).ledger.goalposts
    assert (goalpost.on, goalpost.commit, goalpost.path) == (date(2026, 11, 26), made, OKRS_PATH)


def test_a_reason_of_the_team_stands_before_the_commits_words(repository: Repository) -> None:
    amended = OKRS.replace("100 ms", "150 ms").replace(
        "    key_results:",
        "    amendments: [{date: 2026-11-26, what: p95 target, because: The network needs it}]\n    key_results:",
    )
    repository.commit(WEEK_9, {OKRS_PATH: amended}, "wip")
    assert ledger(repository) == [(P95, "target", "100 ms", "150 ms", "The network needs it")]


def test_a_reason_given_later_is_found_by_its_date(repository: Repository) -> None:
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "wip")
    amended = OKRS.replace("100 ms", "150 ms").replace(
        "    key_results:",
        "    amendments:\n      - {date: 2026-11-20, what: p95 target, because: It was said later}\n    key_results:",
    )
    repository.commit(WEEK_9, {OKRS_PATH: amended}, "Say why")
    assert ledger(repository) == [(P95, "target", "100 ms", "150 ms", "It was said later")]


def silent(repository: Repository, today: date = TODAY) -> list[str]:
    """The places and messages of what moved and nothing explains."""
    problems = compiled(repository, today=today).problems
    return [f"{p.span.line}: {p.message}" for p in problems if p.code == "moved-in-silence"]


SILENT: Final = [f"6: target of `p95` moved on {WEEK_9} from `100 ms` to `150 ms`, and nothing says why"]


@pytest.mark.parametrize("message", ["Update okrs.md", "wip", "Lower the target of p95 to 150 ms", "修改目标"])
def test_a_target_that_moved_in_silence_is_asked_about(repository: Repository, message: str) -> None:
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, message)
    assert silent(repository) == SILENT


@pytest.mark.parametrize("message", ["Networks need 50 ms more than we thought", "供应商退出了这个市场"])
def test_a_commit_that_says_why_is_a_reason(repository: Repository, message: str) -> None:
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, message)
    assert silent(repository) == []


def test_what_is_advised_on_a_silent_change_ends_it(repository: Repository) -> None:
    repository.commit("2026-11-02", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")})
    (problem,) = [p for p in compiled(repository).problems if p.code == "moved-in-silence"]
    line = problem.hint.split("`")[-2].replace("…", "Networks need it")
    amended = OKRS.replace("100 ms", "150 ms").replace("    why:", f"    amendments:\n      {line}\n    why:")
    repository.commit(WEEK_9, {OKRS_PATH: amended}, "Say why")
    assert silent(repository) == []


def test_an_answer_ends_it_too_and_it_is_asked_as_long_as_a_look_back_is(repository: Repository) -> None:
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")})
    assert silent(repository, date(2027, 4, 23)) == SILENT
    assert silent(repository, date(2027, 4, 24)) == []
    answered = OKRS.replace("100 ms", "150 ms").replace("{single", "{moved-in-silence: So it is, single")
    repository.commit(WEEK_9, {OKRS_PATH: answered})
    assert silent(repository) == []


def test_spelling_wording_and_a_first_number_are_not_asked_about(repository: Repository) -> None:
    bare = OKRS.replace("        baseline: 200 ms\n", "")
    repository.commit("2026-10-02", {OKRS_PATH: bare, CHECKIN: None})
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("Checkout time", "Time at the till")})
    assert silent(repository) == []


def test_what_was_taken_out_is_asked_about_where_it_stood(repository: Repository) -> None:
    second = "      b: {title: B, baseline: 1, target: 2}\n    why:"
    guardrail = "guardrails:\n  errors: {title: Errors, keep_below: 2%}\n---\n"
    more = OKRS.replace("    why:", second).replace("\n---\n", f"\n{guardrail}")
    other = OKRS.replace("---\nobjectives:\n", "").replace("instant:", "calm:").replace("instant every", "calm every")
    repository.commit(
        "2026-10-02", {OKRS_PATH: more.replace("guardrails:", other[: other.index("---")] + "guardrails:")}
    )
    looser = OKRS.replace("\n---\n", f"\n{guardrail.replace('2%', '3%')}")
    repository.commit(WEEK_9, {OKRS_PATH: looser})
    assert silent(repository) == [
        f"1: `calm` was taken out on {WEEK_9}, and nothing says why",
        f"3: `instant#b` was taken out on {WEEK_9}, and nothing says why",
        f"13: limit of `errors` moved on {WEEK_9} from `below 2%` to `below 3%`, and nothing says why",
    ]
    repository.commit("2026-11-27", {OKRS_PATH: looser.replace("    why:", second)})
    assert len(silent(repository)) == 2


def test_within_the_opening_days_a_promise_may_still_be_found(repository: Repository) -> None:
    repository.commit("2026-10-15", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")})
    assert ledger(repository) == []
    repository.commit("2026-10-16", {OKRS_PATH: OKRS.replace("100 ms", "160 ms")})
    assert [entry[2:4] for entry in ledger(repository)] == [("150 ms", "160 ms")]


def test_a_new_wording_is_told_and_mere_spelling_is_marked(repository: Repository) -> None:
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("instant everywhere", "instnat, everywhere")})
    repository.commit("2026-11-21", {OKRS_PATH: OKRS.replace("instant everywhere", "fast enough")})
    told = compiled(repository).ledger.goalposts
    assert [(str(g.what), g.minor) for g in told] == [("wording", True), ("wording", False)]


def test_a_change_and_its_reversal_are_two_entries(repository: Repository) -> None:
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    repository.git("revert", "--no-edit", "HEAD", day="2026-11-24")
    assert [entry[2:] for entry in ledger(repository)] == [
        ("100 ms", "150 ms", "Lower it"),
        ("150 ms", "100 ms", 'Revert "Lower it"'),
    ]


def test_a_renamed_team_keeps_its_past_and_renaming_is_no_goalpost(repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    repository.git("mv", "content/teams/acme", "content/teams/velo")
    (repository.folder / "content/teams/velo/team.md").write_text("---\nname: Velo\naliases: [acme]\n---\n")
    repository.git("add", "-A")
    repository.git("commit", "-qm", "We are Velo now", day="2026-11-12")
    ref = "velo/2026-Q4/instant"
    assert ledger(repository) == [(f"{ref}#p95", "target", "100 ms", "150 ms", "Lower it")]
    assert compiled(repository).company.history.first == {ref: date(2026, 10, 1)}
    assert compiled(repository).ledger.late == {}


@pytest.mark.parametrize("edited", [False, True])
def test_what_a_renamed_team_observed_and_judged_moves_with_it(repository: Repository, edited: bool) -> None:
    retro = "---\nscores:\n  instant: {score: 0.6, because: A good part}\n---\n"
    closed = date(2027, 3, 1)
    repository.commit("2027-01-08", {"content/teams/acme/2026-Q4/retro.md": retro}, "Look back")
    repository.git("mv", "content/teams/acme", "content/teams/velo")
    velo = repository.folder / "content/teams/velo"
    (velo / "team.md").write_text("---\nname: Velo\naliases: [acme]\n---\n")
    if edited:
        (velo / "2026-Q4/checkins/2026-11-06.md").write_text(FINE[CHECKIN].replace("150 ms", "120 ms"))
        (velo / "2026-Q4/retro.md").write_text(retro.replace("0.6", "0.9"))
    repository.git("add", "-A")
    repository.git("commit", "-qm", "We are Velo now", day="2027-02-12")
    told = compiled(repository, today=closed).ledger.rewritten
    p95, instant = "velo/2026-Q4/instant#p95", "velo/2026-Q4/instant"
    changed = [(p95, "reading", "150 ms", "120 ms"), (instant, "score", "0.6", "0.9")]
    assert [(g.ref, str(g.what), g.before, g.after) for g in told] == (changed if edited else [])


def test_a_checkin_that_another_team_writes_on_the_day_is_not_the_one_taken_away(repository: Repository) -> None:
    shop = "content/teams/shop/2026-Q4/checkins/2026-11-06.md"
    repository.commit("2026-11-25", {CHECKIN: None, shop: "---\n---\nOurs.\n"}, "Gone")
    told = compiled(repository).ledger.rewritten
    assert [(g.ref, str(g.what)) for g in told] == [("acme/2026-Q4/2026-11-06", "withdrawn")]


def test_an_objective_handed_to_another_team_is_followed(repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    lowered = OKRS.replace("100 ms", "150 ms")
    other = lowered.replace("    key_results:", "    moved_from: acme/2026-Q4/instant\n    key_results:")
    left = lowered.replace("    key_results:", "    moved_to: shop/2026-Q4/instant\n    key_results:")
    files = {OKRS_PATH: left, "content/teams/shop/team.md": TEAM, "content/teams/shop/2026-Q4/okrs.md": other}
    repository.commit("2026-11-12", files, "Shop takes over")
    later = other.replace("150 ms", "160 ms")
    repository.commit("2026-11-20", {"content/teams/shop/2026-Q4/okrs.md": later}, "Again")
    assert ledger(repository) == [
        ("shop/2026-Q4/instant#p95", "target", "100 ms", "150 ms", "Lower it"),
        ("shop/2026-Q4/instant", "moved", INSTANT, "shop/2026-Q4/instant", "Shop takes over"),
        ("shop/2026-Q4/instant#p95", "target", "150 ms", "160 ms", "Again"),
    ]


def test_another_id_with_the_same_title_is_the_same_objective(repository: Repository) -> None:
    files: dict[str, str | bytes | None] = {OKRS_PATH: OKRS.replace("  instant:", "  quick:"), CHECKIN: None}
    repository.commit("2026-11-10", files, "A better id")
    assert ledger(repository) == [("acme/2026-Q4/quick", "renamed", INSTANT, "acme/2026-Q4/quick", "A better id")]


def test_what_is_dropped_added_and_removed_is_told(repository: Repository) -> None:
    dropped = OKRS.replace("    key_results:", "    status: dropped\n    because: Nobody pays cash\n    key_results:")
    repository.commit("2026-11-10", {OKRS_PATH: dropped}, "Drop it")
    more = dropped.replace("---\n", "", 1).replace(
        "        target: 100 ms\n", "        target: 100 ms\n      n: {title: N}\n"
    )
    repository.commit("2026-11-11", {OKRS_PATH: "---\n" + more}, "One more")
    repository.commit("2026-11-12", {OKRS_PATH: dropped}, "No")
    assert ledger(repository) == [
        (INSTANT, "dropped", "active", "dropped", "Nobody pays cash"),
        (f"{INSTANT}#n", "added", "", "N", "One more"),
        (f"{INSTANT}#n", "removed", "N", "", "No"),
    ]


def test_a_merge_speaks_with_the_words_of_its_branch_on_the_day_it_came(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "lower")
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "120 ms")}, "First a little")
    repository.commit("2026-11-12", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Then more")
    repository.git("checkout", "-q", "main")
    repository.commit("2026-11-11", {"content/index.md": "Hello.\n"}, "A letter")
    repository.git(
        "merge", "-q", "--no-ff", "-m", "Merge pull request #7 from somebody/lower", "lower", day="2026-11-20"
    )
    assert ledger(repository) == [(P95, "target", "100 ms", "150 ms", "First a little · Then more")]
    assert compiled(repository).ledger.goalposts[0].on == date(2026, 11, 20)


def test_a_version_that_cannot_be_read_is_passed_over(repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("objectives:", "objectives: [")}, "Oops")
    repository.commit("2026-11-11", {OKRS_PATH: OKRS.replace("100 ms", "1.200,5 ms")}, "Oops again")
    repository.commit("2026-11-12", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Mended, and lower")
    assert ledger(repository) == [(P95, "target", "100 ms", "150 ms", "Mended, and lower")]


def test_a_first_promise_after_the_opening_days_is_late_and_moves_nothing(tmp_path: Path) -> None:
    made = Repository(tmp_path / "late")
    made.commit("2026-10-30", FINE, "At last")
    assert ledger(made) == []
    assert compiled(made).ledger.late == {("acme", "2026-Q4"): date(2026, 10, 30)}
    made.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    assert [entry[1] for entry in ledger(made)] == ["target"]


def test_a_checkin_rewritten_later_is_listed_and_one_put_right_soon_is_not(repository: Repository) -> None:
    repository.commit("2026-11-09", {CHECKIN: FINE[CHECKIN].replace("150 ms", "151 ms")})
    repository.commit("2026-11-25", {CHECKIN: FINE[CHECKIN].replace("150 ms", "120 ms").replace("7", "9")}, "Tidy")
    told = compiled(repository).ledger.rewritten
    assert [(g.ref, str(g.what), g.before, g.after) for g in told] == [
        (P95, "reading", "151 ms", "120 ms"),
        (P95, "confidence", "7", "9"),
    ]


def test_a_checkin_whose_words_change_later_and_one_that_is_taken_away_are_listed_once(repository: Repository) -> None:
    day = CHECKIN.rpartition("/")[2].removesuffix(".md")
    repository.commit("2026-11-25", {CHECKIN: f"{FINE[CHECKIN]}\nWe had known for weeks.\n"}, "Tidy")
    repository.commit("2026-11-27", {CHECKIN: None}, "Gone")
    told = compiled(repository).ledger.rewritten
    assert [(g.ref, str(g.what), g.message) for g in told] == [
        (f"acme/2026-Q4/{day}", "words", "Tidy"),
        (f"acme/2026-Q4/{day}", "withdrawn", "Gone"),
    ]


def test_no_name_of_anybody_is_taken_from_git(repository: Repository) -> None:
    words = "Lower it\n\nAsked by <pat@acme.example>\nSigned-off-by: Pat Doe <pat@acme.example>\nReviewed-by: Lee\n"
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, words)
    assert ledger(repository)[0][-1] == "Lower it Asked by"


def test_two_scores_where_a_promise_has_moved(repository: Repository) -> None:
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    figures = compiled(repository, today=date(2027, 2, 1)).figures.objectives[INSTANT]
    assert (figures.score.shown, figures.by_promise) == (1, pytest.approx(0.5))
    key_result = compiled(repository, today=date(2027, 2, 1)).figures.key_results[P95]
    assert (key_result.score.shown, key_result.by_promise) == (1, pytest.approx(0.5))
    assert compiled(repository, today=date(2026, 12, 31)).figures.key_results[P95].by_promise is None


def test_a_score_by_promise_leaves_out_what_was_promised_later(repository: Repository) -> None:
    line = "        target: 100 ms\n"
    more = OKRS.replace(line, f"{line}      n: {{title: N, baseline: 0, target: 10}}\n")
    repository.commit(WEEK_9, {OKRS_PATH: more}, "More")
    figures = compiled(repository, today=date(2027, 2, 1)).figures.objectives[INSTANT]
    assert (figures.score.computed, figures.by_promise) == (None, pytest.approx(0.5))


def test_without_a_repository_nothing_is_known(tmp_path: Path, repository: Repository) -> None:
    (repository.folder / ".git").rename(tmp_path / "away")
    assert compiled(repository).company.history == History()
    assert ledger(repository) == []


def test_a_shallow_clone_knows_that_it_does_not_know(tmp_path: Path, repository: Repository) -> None:
    repository.commit("2026-11-10", {OKRS_PATH: OKRS.replace("100 ms", "120 ms")}, "Lower it")
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "And again")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "2", f"file://{repository.folder}", tmp_path / "shallow"], check=True
    )
    shallow = compiled(type("Cloned", (), {"folder": tmp_path / "shallow"}))  # type: ignore[arg-type]
    assert not shallow.company.history.complete
    assert shallow.company.history.since == date(2026, 11, 10)
    assert [(str(g.what), g.before, g.after) for g in shallow.ledger.goalposts] == [("target", "120 ms", "150 ms")]
    assert shallow.ledger.late == {}


def test_a_project_below_the_repositorys_top_and_one_named_oddly(tmp_path: Path) -> None:
    made = Repository(tmp_path / "mono")
    below = {f"okrs/für alle/{path}": text for path, text in FINE.items()}
    made.commit(START, {**below, "unrelated/content/teams/acme/2026-Q4/okrs.md": OKRS}, "All")
    lowered = OKRS.replace("100 ms", "150 ms")
    made.commit(WEEK_9, {f"okrs/für alle/{OKRS_PATH}": lowered}, "Lower it")
    made.folder = made.folder / "okrs/für alle"
    assert ledger(made) == [(P95, "target", "100 ms", "150 ms", "Lower it")]


# --- paid for once ---------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that git is asked."""
    from okrsite.shell import git

    said: list[str] = []
    real = git._asked

    def listen(folder: Path, command: list[str], given: bytes = b"") -> bytes:
        said.append(command[0])
        return real(folder, command, given)

    monkeypatch.setattr(git, "_asked", listen)
    return said


def history(repository: Repository, cache: Cache) -> History:
    return read_history(open_repository(repository.folder), "content", cache, 1, {})


def test_the_past_is_read_once_and_then_only_what_is_new(repository: Repository, asked: list[str]) -> None:
    cache = open_cache(repository.folder, writing=True)
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    first = history(repository, cache)
    asked.clear()
    assert history(repository, cache) == first
    assert asked == ["rev-parse"]
    repository.commit("2026-11-21", {OKRS_PATH: OKRS.replace("100 ms", "160 ms")}, "Again")
    asked.clear()
    assert history(repository, cache) == history(repository, NO_CACHE)
    assert asked.count("log") == 2
    assert len(history(repository, cache).recorded) == len(first.recorded) + 1


def test_a_past_that_is_held_is_not_read_again_but_carried_on(repository: Repository, asked: list[str]) -> None:
    memory = Memory()

    def held() -> History:
        inputs = read_inputs(find_project(str(repository.folder)), TODAY)
        past: History = load(inputs, Run(memory=memory)).company.history
        return past

    first = held()
    asked.clear()
    assert held() is first
    assert asked == ["rev-parse"]
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Networks need 50 ms more")
    assert held() == compiled(repository).company.history != first
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "120 ms")}, "Another past")
    assert held() == compiled(repository).company.history


@pytest.mark.parametrize("prune", [False, True])
def test_a_rewritten_history_is_read_anew(repository: Repository, prune: bool) -> None:
    cache = open_cache(repository.folder, writing=True)
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    history(repository, cache)
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.commit("2026-11-21", {OKRS_PATH: OKRS.replace("100 ms", "160 ms")}, "Otherwise")
    if prune:
        repository.git("reflog", "expire", "--expire=now", "--all")
        repository.git("gc", "-q", "--prune=now")
    assert history(repository, cache) == history(repository, NO_CACHE)
    assert [entry[3] for entry in ledger(repository)] == ["160 ms"]


@pytest.mark.parametrize(
    "columns",
    [
        ("0", "1", "2", "2", "0", "2", "0", "0", "2", "99"),
        ("0", "0", "2", "2", "0", "2", "0", "0", "2", "2"),
        ("0", "1", "2", "2", "0", "2", "0 0", "0", "2", "2"),
        ("0 0", "1 1", "2 2", "2 2", "0 0", "2", "0", "0", "2", "2"),
        ("0", "1", "2", "2", "0", "2", "0", "0", "2"),
        ("0", "1", "2", "2", "0", "2", "0", "0", "2", "x"),
        ("", "", "", "", "", "", "", "", "", ""),
    ],
)
def test_a_forged_record_of_the_past_is_read_anew(repository: Repository, columns: tuple[str, ...]) -> None:
    """A text that is not there, no kind of change, columns of different lengths, too few of them, and no numbers."""
    cache = open_cache(repository.folder, writing=True)
    expected = history(repository, cache)
    forged = _Kept(
        Replayed(replace(expected, recorded=(), was={})), ("no kind", "target", ""), (TODAY,), columns, (), ()
    )
    cache.keep_past({b"history False content": to_record(b"history False content", forged)})
    assert history(repository, cache) == expected


def test_how_things_stood_is_read_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """A long history is mostly that; see `tests.long_past`, which says what reading one costs."""
    long_past.make(tmp_path, 60, 100)
    cache = open_cache(tmp_path, writing=True)
    inputs = read_inputs(find_project(str(tmp_path)), TODAY)
    first = load(inputs, Run(1, cache))
    assert len(first.ledger.goalposts) > 150
    again = load(inputs, Run(1, cache))
    was = again.company.history.was
    assert isinstance(was, Shelf)
    assert dict(was) == first.company.history.was
    assert set(map(type, was.texts.values())) == {str}
    assert again.ledger == first.ledger
    assert 0 < len(first.ledger.promised) < len(was)


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize("damage", [lambda r: r[:-1], lambda r: r[:20] + b"x" + r[21:], lambda r: b""])
def test_a_damaged_record_of_the_past_is_read_anew(repository: Repository, damage: Damage) -> None:
    cache = open_cache(repository.folder, writing=True)
    repository.commit("2026-11-20", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    expected = history(repository, cache)
    rows = cache._database.execute("SELECT key, record FROM history").fetchall()  # type: ignore[union-attr]
    assert len(rows) >= 2
    cache.keep_past({key: damage(record) for key, record in rows})
    assert history(repository, cache) == expected


def test_the_export_lists_the_goalposts(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    from okrsite.cli import main

    made = repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "Lower it")
    assert main(["export", "-C", str(repository.folder), "--today", "2026-12-01"]) == 0
    assert json.loads(capsys.readouterr().out)["goalposts"] == [
        {
            "ref": P95,
            "date": "2026-11-26",
            "what": "target",
            "before": "100 ms",
            "after": "150 ms",
            "minor": False,
            "because": "Lower it",
            "commit": made,
        }
    ]


def test_what_moved_back_is_not_asked_about(repository: Repository) -> None:
    repository.commit("2026-11-02", {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "wip")
    repository.commit("2026-11-03", {OKRS_PATH: OKRS}, "wip")
    assert silent(repository) == []
    repository.commit(WEEK_9, {OKRS_PATH: OKRS.replace("100 ms", "150 ms")}, "wip")
    assert silent(repository) == SILENT
