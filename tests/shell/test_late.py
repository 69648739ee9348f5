"""What came later than it says: a risk was raised when it could be read, and a check-in says when it was written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrsite.pages.plan import plan_site
from okrsite.shell.build import Run, load
from okrsite.shell.cache import NO_CACHE, Cache, open_cache
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import find_project
from tests.companies import OKRS, TEAM
from tests.repository import Repository

TODAY = date(2026, 12, 1)
PLACE = "content/teams/acme/2026-Q4"
CHECKINS = f"{PLACE}/checkins"
OWN_DAY = date(2026, 10, 9)
CHECKIN = f"{CHECKINS}/{OWN_DAY}.md"


def said(*risks: str, note: str = "Going on.") -> str:
    """A check-in that raises some risks."""
    told = "".join(f"  {risk}:\n    what: The {risk} may not hold\n    kind: resource\n" for risk in risks)
    return f"---\nprogress:\n  instant: {{ confidence: 6 }}\n{f'risks:{chr(10)}{told}' if told else ''}---\n{note}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "company")
    made.commit("2026-10-01", {"content/teams/acme/team.md": TEAM, f"{PLACE}/okrs.md": OKRS, "okrsite.toml": ""})
    return made


def compiled(repository: Repository, cache: Cache = NO_CACHE) -> Any:
    return load(read_inputs(find_project(str(repository.folder)), TODAY), Run(1, cache))


def raised(repository: Repository) -> dict[str, tuple[str, bool]]:
    """When each risk was raised, and whether that was early."""
    company = compiled(repository).company
    quarter = company.cycles["2026-Q4"]
    return {
        ref.split("/")[2]: (risk.raised_on.isoformat(), quarter.is_early(risk.raised_on))
        for ref, risk in company.risks.items()
    }


def test_a_risk_said_in_time_was_raised_on_the_day_of_its_check_in(repository: Repository) -> None:
    repository.commit("2026-10-12", {CHECKIN: said("line")})
    assert raised(repository) == {"line": ("2026-10-09", True)}


def test_a_check_in_that_is_dated_back_raises_nothing_early(repository: Repository) -> None:
    repository.commit("2026-11-30", {CHECKIN: said("line")})
    assert raised(repository) == {"line": ("2026-11-30", False)}


def test_a_risk_that_comes_into_an_old_check_in_is_as_old_as_that_change(repository: Repository) -> None:
    repository.commit("2026-10-09", {CHECKIN: said("line")})
    repository.commit("2026-11-30", {CHECKIN: said("line", "road")})
    assert raised(repository) == {"line": ("2026-10-09", True), "road": ("2026-11-30", False)}


def test_within_one_cadence_of_its_team_a_check_in_is_not_late(repository: Repository) -> None:
    monthly = TEAM.replace("fortnightly", "monthly")
    repository.commit("2026-10-09", {"content/teams/acme/team.md": monthly})
    repository.commit("2026-11-09", {CHECKIN: said("line")})
    assert raised(repository) == {"line": ("2026-10-09", True)}
    repository.commit("2026-11-10", {"content/teams/acme/team.md": TEAM})
    assert raised(repository) == {"line": ("2026-11-09", True)}


def test_a_risk_said_again_in_time_was_raised_then(repository: Repository) -> None:
    repository.commit("2026-10-23", {f"{CHECKINS}/2026-10-23.md": said("line")})
    repository.commit("2026-11-30", {CHECKIN: said("line")})
    assert raised(repository) == {"line": ("2026-10-23", True)}


def test_what_is_not_committed_yet_has_its_own_day(repository: Repository) -> None:
    path = repository.folder / CHECKIN
    path.parent.mkdir()
    path.write_text(said("line"))
    assert raised(repository) == {"line": ("2026-10-09", True)}


def test_of_what_the_first_commit_holds_only_its_own_day_is_known(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "company")
    files = {"content/teams/acme/team.md": TEAM, f"{PLACE}/okrs.md": OKRS, CHECKIN: said("line"), "okrsite.toml": ""}
    repository.commit("2026-11-30", files)
    assert raised(repository) == {"line": ("2026-10-09", True)}


def test_a_shallow_clone_takes_check_ins_at_their_word(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-11-29", {CHECKIN: said("line")})
    repository.commit("2026-11-30", {"README.md": "Ours"})
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    assert raised(repository) == {"line": ("2026-11-29", False)}
    assert raised(Repository(tmp_path / "shallow")) == {"line": ("2026-10-09", True)}


@pytest.mark.parametrize("came", ["2026-10-09", "2026-11-02"])
def test_a_renamed_team_keeps_the_days_on_which_its_check_ins_came(repository: Repository, came: str) -> None:
    repository.commit(came, {CHECKIN: said("line")})
    repository.commit("2026-11-04", {CHECKIN: said("line", "road")})
    (repository.folder / "content/teams/acme").rename(repository.folder / "content/teams/apex")
    repository.commit(
        "2026-11-30", {"content/teams/apex/2026-Q4/checkins/2026-10-09.md": said("line", "road", note="")}
    )
    assert raised(repository) == {"line": (came, True), "road": ("2026-11-04", True)}


def test_a_check_in_taken_away_by_mistake_and_brought_back_is_not_late(repository: Repository) -> None:
    repository.commit("2026-10-09", {CHECKIN: said("line")})
    repository.commit("2026-11-27", {CHECKIN: None})
    repository.commit("2026-11-30", {CHECKIN: said("line")})
    assert raised(repository) == {"line": ("2026-10-09", True)}


def test_a_history_that_goes_on_knows_the_same_as_one_read_at_once(repository: Repository, tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache", writing=True)
    for day, risks in (("2026-10-26", ("line",)), ("2026-11-30", ("line", "road"))):
        repository.commit(day, {CHECKIN: said(*risks)})
        assert compiled(repository, cache).company == compiled(repository).company
    cache.close()
    assert raised(repository) == {"line": ("2026-10-26", True), "road": ("2026-11-30", False)}


def test_pages_say_when_it_was_written_down(repository: Repository) -> None:
    repository.commit("2026-11-30", {CHECKIN: said("line")})
    site = plan_site(compiled(repository))
    page: Any = next(planned for planned in site.pages if planned.path == "teams/acme/2026-Q4/index.html").present()
    assert [(one.on, one.written) for one in page.checkins] == [(OWN_DAY, date(2026, 11, 30))]
    (risk,) = page.risks
    assert (risk.raised_on, risk.dated, risk.early) == (date(2026, 11, 30), OWN_DAY, False)


# --- the days in which a cycle is opened ------------------------------------------------------------------------------


def opened(repository: Repository) -> str:
    """The last day on which the quarter's promises may be settled."""
    return str(compiled(repository).company.cycles["2026-Q4"].opened)


def test_opening_days_are_those_that_were_agreed_when_the_cycle_started(repository: Repository) -> None:
    assert opened(repository) == "2026-10-15"
    repository.commit("2026-11-10", {"okrsite.toml": "opening_days = 60\n"}, "More time")
    assert opened(repository) == "2026-10-15"
    (repository.folder / "okrsite.toml").write_text("opening_days = 90\n")
    assert opened(repository) == "2026-10-15"


def test_a_target_does_not_hide_behind_opening_days_that_were_stretched_for_it(repository: Repository) -> None:
    lower = OKRS.replace("target: 100 ms", "target: 120 ms")
    assert lower != OKRS
    repository.commit("2026-11-10", {"okrsite.toml": "opening_days = 90\n", f"{PLACE}/okrs.md": lower}, "More time")
    assert [str(goalpost.what) for goalpost in compiled(repository).ledger.goalposts] == ["target"]


def test_opening_days_agreed_before_the_cycle_hold(repository: Repository) -> None:
    made = Repository(repository.folder.parent / "earlier")
    made.commit("2026-09-01", {"okrsite.toml": "opening_days = 30\n"})
    made.commit("2026-09-20", {"okrsite.toml": "opening_days = 20\n# ="})
    made.commit("2026-09-21", {"okrsite.toml": "opening_days = x\n"}, "A mistake")
    made.commit("2026-10-01", {"content/teams/acme/team.md": TEAM, f"{PLACE}/okrs.md": OKRS})
    made.commit("2026-10-02", {"okrsite.toml": "opening_days = 40\n"})
    assert opened(made) == "2026-10-21"


def test_without_a_history_the_settings_count(tmp_path: Path) -> None:
    files = {"content/teams/acme/team.md": TEAM, f"{PLACE}/okrs.md": OKRS, "okrsite.toml": "opening_days = 3\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    company = load(read_inputs(find_project(str(tmp_path)), TODAY), Run(1, NO_CACHE)).company
    assert str(company.cycles["2026-Q4"].opened) == "2026-10-04"
