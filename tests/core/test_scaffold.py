"""A new repository as values: which files, with which text, and what cannot be a title or a team."""

import tomllib
from datetime import date

import pytest

from okrsite.core.scaffold import Choices, plan_scaffold, quarter, team_trouble, title_trouble

DAY = date(2026, 11, 22)


def _plan(sources: dict[str, str], *, title: str = "OKRs", team: str = "pilot", ci: str = "") -> dict[str, str]:
    return plan_scaffold(sources, Choices(title, team, ci, DAY))


def test_hidden_names_team_and_cycle_stand_in_paths() -> None:
    files = _plan({"project/dot-x/TEAM/CYCLE/okrs.md": "a", "project/not-dot-y": "b"}, team="鸟")
    assert files == {".x/鸟/2026-Q4/okrs.md": "a", "not-dot-y": "b"}


@pytest.mark.parametrize(("ci", "names"), [("", {"a"}), ("github", {"a", "b"}), ("gitlab", {"a", "c"})])
def test_only_the_chosen_ci_is_written(ci: str, names: set[str]) -> None:
    assert set(_plan({"project/a": "", "github/b": "", "gitlab/c": ""}, ci=ci)) == names


def test_settings_come_last_so_that_they_tell_a_complete_repository() -> None:
    assert list(_plan({"project/okrsite.toml": "", "project/z": "", "project/a": ""})) == ["a", "z", "okrsite.toml"]


@pytest.mark.parametrize("title", ['"', "'''", '"""', "\\", "苏州 Größe", "a\\u0041", "<<team>>", "#", "]] = [["])
def test_a_title_means_itself_in_toml(title: str) -> None:
    files = _plan({"project/okrsite.toml": "title = <<title-toml>>\n"}, title=title)
    assert tomllib.loads(files["okrsite.toml"]) == {"title": title}


def test_a_title_is_no_markup_in_markdown() -> None:
    files = _plan({"project/README.md": "# <<title-markdown>>"}, title="<b> *x* [y](z) `q`")
    assert files["README.md"] == r"# \<b\> \*x\* \[y\](z) \`q\`"


def test_what_fills_a_slot_is_not_filled_again() -> None:
    assert _plan({"project/a": "<<title-toml>>"}, title="<<team>>")["a"] == '"<<team>>"'


@pytest.mark.parametrize(
    ("team", "name"), [("pilot", "Pilot"), ("rental-desk", "Rental desk"), ("鸟", "鸟"), ("-x", '" x"'), ("no", "No")]
)
def test_a_team_is_named_like_its_folder(team: str, name: str) -> None:
    assert _plan({"project/a": "<<team-name-yaml>>"}, team=team)["a"].strip('"').strip() == name.strip('" ').strip()


@pytest.mark.parametrize(
    ("title", "trouble"),
    [
        ("OKRs", ""),
        ("👩‍💻 目标", ""),
        ("  ", "it is empty"),
        ("a\nb", "it holds a line break or a character that cannot be written"),
        ("a\x7f", "it holds a line break or a character that cannot be written"),
        ("a\udc80", "it holds a line break or a character that cannot be written"),
        ("a" * 201, "it is longer than 200 characters"),
    ],
)
def test_a_title_is_one_line_of_text(title: str, trouble: str) -> None:
    assert title_trouble(title) == trouble


@pytest.mark.parametrize(
    ("team", "fine"), [("pilot", True), ("团队", True), ("_x", False), ("a/b", False), ("..", False), ("", False)]
)
def test_a_team_is_a_name_of_a_folder_that_is_read(team: str, fine: bool) -> None:
    assert (team_trouble(team) == "") is fine


@pytest.mark.parametrize(
    ("day", "name"),
    [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-04-01", "2026-Q2"), ("2027-12-31", "2027-Q4")],
)
def test_a_day_lies_in_a_quarter(day: str, name: str) -> None:
    assert quarter(date.fromisoformat(day)) == name
