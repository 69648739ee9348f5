"""Finding the project, its theme and the day for which it is made."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okrsite.shell.project import UsageError, day_of, find_project, read_theme
from tests.companies import FINE, write_files
from tests.conftest import Project

SETTINGS = 'title = "Acme OKRs"\n'


# --- finding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", [".", "content", "content/teams/acme/2026-Q4", "themes"])
def test_the_nearest_parent_with_settings_is_the_project(
    project: Project, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    folder = project({**FINE, "okrsite.toml": SETTINGS, "themes/own/style.css": ""})
    monkeypatch.chdir(folder / below)
    found = find_project(None)
    assert found.folder == folder.resolve()
    assert found.settings.title == "Acme OKRs"
    assert found.problems == ()


def test_of_two_projects_one_inside_the_other_the_inner_is_found(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = project({**FINE, "okrsite.toml": SETTINGS})
    inner = write_files(outer / "examples" / "small", {**FINE, "okrsite.toml": 'title = "Small"\n'})
    monkeypatch.chdir(inner / "content")
    assert find_project(None).settings.title == "Small"


def test_without_settings_the_current_folder_is_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(FINE)
    monkeypatch.chdir(folder)
    found = find_project(None)
    assert (found.folder, found.settings.title) == (folder.resolve(), "OKRs")


def test_a_named_folder_is_the_project_and_no_parent_is_asked(project: Project) -> None:
    outer = project({**FINE, "okrsite.toml": SETTINGS})
    inner = write_files(outer / "inner", FINE)
    assert find_project(str(inner)).settings.title == "OKRs"
    assert find_project(str(outer)).settings.title == "Acme OKRs"


def test_a_folder_is_named_from_where_one_stands(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(FINE)
    monkeypatch.chdir(folder.parent)
    assert find_project("project").folder == folder.resolve()


def test_a_project_in_a_linked_folder_is_found(project: Project, tmp_path: Path) -> None:
    folder = project(FINE)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert find_project(str(tmp_path / "link")).folder == folder.resolve()


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder nowhere"):
        find_project("nowhere")


def test_a_file_is_no_folder(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml": SETTINGS})
    with pytest.raises(UsageError, match="there is no folder"):
        find_project(str(folder / "okrsite.toml"))


def test_a_folder_without_content_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"no OKRs here.*no folder `content`.*-C DIR"):
        find_project(None)


def test_the_content_folder_may_have_another_name(project: Project) -> None:
    folder = project({"okrsite.toml": 'content = "okrs/text"\n', "okrs/text/index.md": "hello"})
    assert find_project(str(folder)).settings.content == "okrs/text"


def test_settings_may_begin_with_a_bom(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml": b"\xef\xbb\xbf" + SETTINGS.replace("\n", "\r\n").encode()})
    assert find_project(str(folder)).settings.title == "Acme OKRs"


def test_settings_that_are_not_utf8_are_refused(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml": b'title = "na\xefve"\n'})
    with pytest.raises(UsageError, match=r"okrsite\.toml is not UTF-8 text"):
        find_project(str(folder))


def test_settings_that_are_a_folder_are_refused(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml/inner": ""})
    with pytest.raises(UsageError, match=r"okrsite\.toml cannot be read"):
        find_project(str(folder))


def test_wrong_settings_are_all_reported_in_order_of_line(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml": 'titel = "x"\nfiscal_year_start = 13\n[limits]\nobjectives = "five"\n'})
    found = find_project(str(folder)).problems
    assert {problem.code for problem in found} == {"settings"}
    assert [problem.span.line for problem in found] == [1, 2, 4]


# --- the day --------------------------------------------------------------------------------------------------------


def test_a_stated_day_is_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert day_of("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("86399", date(1970, 1, 1)),
        ("86400", date(1970, 1, 2)),
        ("1795305599", date(2026, 11, 21)),
        ("1795305600", date(2026, 11, 22)),
        (" 1795305600\n", date(2026, 11, 22)),
    ],
)
def test_the_source_date_is_a_day_in_utc(monkeypatch: pytest.MonkeyPatch, seconds: str, day: date) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert day_of(None) == day


@pytest.mark.parametrize("seconds", ["soon", "1.5", "2026-11-22", "9" * 30, "-" + "9" * 30])
def test_a_source_date_that_is_no_number_of_seconds_is_refused(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH must be a number of seconds"):
        day_of(None)


def test_without_either_the_day_is_the_clocks_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    before = datetime.now(UTC).date()
    assert before <= day_of(None) <= datetime.now(UTC).date()


def test_an_empty_source_date_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert day_of(None) >= date(2026, 1, 1)


@pytest.mark.parametrize(
    "stated", ["", "today", "22.11.2026", "2026-11", "2026-13-01", "2026-02-30", "2026-11-22T10:00"]
)
def test_what_is_no_date_is_refused_and_repeated(stated: str) -> None:
    with pytest.raises(UsageError, match=f"--today takes a date such as 2026-10-31, not `{stated}`"):
        day_of(stated)


# --- the theme ------------------------------------------------------------------------------------------------------


def test_the_default_theme_comes_with_okrsite(project: Project) -> None:
    theme = read_theme(find_project(str(project(FINE))))
    assert "base.html" in theme.templates
    assert "parts/words.html" in theme.templates
    assert "site.css" in theme.static


def test_a_theme_overrides_single_files_and_adds_its_own(project: Project) -> None:
    folder = project(
        {
            **FINE,
            "okrsite.toml": 'theme = "acme"\n',
            "themes/acme/templates/404.html": "gone",
            "themes/acme/templates/parts/mine.html": "mine",
            "themes/acme/static/site.css": b"body {}",
            "themes/acme/static/fonts/acme.woff2": b"\x00\xff",
        }
    )
    own = read_theme(find_project(str(folder)))
    default = read_theme(find_project(str(write_files(folder.parent / "plain", FINE))))
    changed = {name for name in own.templates if own.templates[name] != default.templates.get(name)}
    assert {name for name in changed if not name.startswith("default/")} == {"404.html", "parts/mine.html"}
    assert {n.removeprefix("default/"): t for n, t in own.templates.items() if n.startswith("default/")} == {
        **default.templates
    }
    assert {name for name in own.static if own.static[name] != default.static.get(name)} == {
        "site.css",
        "fonts/acme.woff2",
    }
    assert set(default.templates) < set(own.templates)


def test_a_project_may_override_the_default_theme_by_its_name(project: Project) -> None:
    folder = project({**FINE, "themes/default/templates/404.html": "gone"})
    assert read_theme(find_project(str(folder))).templates["404.html"] == "gone"


def test_a_theme_that_does_not_exist_is_named(project: Project) -> None:
    folder = project({**FINE, "okrsite.toml": 'theme = "sunset"\n'})
    with pytest.raises(UsageError, match="there is no theme `sunset`: no folder themes/sunset"):
        read_theme(find_project(str(folder)))


@pytest.mark.parametrize("special", ["/dev/zero", "/dev/tty", "pipe"])
def test_settings_that_are_no_ordinary_file_are_not_waited_for(tmp_path: Path, special: str) -> None:
    (tmp_path / "content").mkdir()
    if special == "pipe":
        os.mkfifo(tmp_path / "okrsite.toml")
    else:
        (tmp_path / "okrsite.toml").symlink_to(special)
    with pytest.raises(UsageError, match=r"okrsite\.toml cannot be read"):
        find_project(str(tmp_path))
