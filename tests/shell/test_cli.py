"""The commands as people and CI jobs meet them: exit codes, streams, options, and never a traceback."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pytest

from okrsite import __version__
from okrsite.cli import main
from tests.companies import FINE, OKRS, TODAY, WRONG, tree
from tests.conftest import Project, Run, environment

OKRS_PATH = "content/teams/acme/2026-Q4/okrs.md"
COMMANDS = ("build", "check", "export")

WARNED = {**FINE, "content/teams/acme/2026-Q4/notes.md": "a file where none is read"}
HINTED = {**FINE, "content/teams/zest/2026-Q4/okrs.md": OKRS}


# --- exit codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        (FINE, ("build",), 0),
        (FINE, ("check",), 0),
        (FINE, ("export",), 0),
        (FINE, ("build", "--strict"), 0),
        (FINE, ("check", "--strict"), 0),
        (WRONG, ("build",), 1),
        (WRONG, ("check",), 1),
        (WRONG, ("export",), 1),
        (WRONG, ("build", "--keep-going"), 0),
        (WARNED, ("build",), 0),
        (WARNED, ("check",), 0),
        (WARNED, ("export",), 0),
        (WARNED, ("build", "--strict"), 1),
        (WARNED, ("check", "--strict"), 1),
        (WARNED, ("build", "--strict", "--keep-going"), 0),
        (HINTED, ("build", "--strict"), 0),
        (HINTED, ("check", "--strict"), 0),
        ({}, ("build",), 2),
        ({}, ("check",), 2),
        ({}, ("export",), 2),
        (FINE, ("build", "--nonsense"), 2),
        (FINE, ("check", "--format", "xml"), 2),
        (FINE, ("export", "--format", "xml"), 2),
        (FINE, ("build", "a-path"), 2),
        (FINE, ("publish",), 2),
        (FINE, (), 2),
        (FINE, ("build", "-o"), 2),
        (FINE, ("check", "--today", "yesterday"), 2),
        (FINE, ("--help",), 0),
        (FINE, ("build", "--help"), 0),
        (FINE, ("--version",), 0),
    ],
)
def test_the_exit_code_says_fine_problems_or_wrong_usage(
    project: Project, run: Run, files: Mapping[str, str], arguments: tuple[str, ...], code: int
) -> None:
    done = run("--today", TODAY, *arguments, cwd=project(files))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "settings"),
    [
        ("build", "title = 1\n"),
        ("check", "no toml at all"),
        ("export", 'theme = "../other"\n'),
        ("build", 'titel = "x"\n'),
    ],
)
def test_wrong_settings_are_reported_like_problems_and_end_with_2(
    project: Project, run: Run, command: str, settings: str
) -> None:
    folder = project({**FINE, "okrsite.toml": settings})
    done = run(command, "-C", folder)
    assert done.returncode == 2
    assert re.match(r"okrsite\.toml:1:\d+: error\[settings\]: ", done.stderr)
    assert done.stdout == ""
    assert not (folder / "site").exists()


def test_a_company_that_is_no_team_is_a_wrong_setting(project: Project, run: Run) -> None:
    done = run("check", "-C", project({**FINE, "okrsite.toml": 'company = "acne"\n'}), "--today", TODAY)
    assert done.returncode != 0
    assert "error[settings]" in done.stdout + done.stderr
    assert "did you mean `acme`?" in done.stdout + done.stderr


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version").stdout == f"okrsite {__version__}\n"


def test_wrong_usage_names_the_help(run: Run) -> None:
    done = run("build", "--nonsense")
    assert done.stderr.startswith("okrsite: ")
    assert "--help" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("new check-in acme", "did you mean `checkin`?; see `okrsite new --help`"),
        ("new questions", "did you mean `question`?"),
        ("new retro acme 2026-Q4", "write `--cycle 2026-Q4`; see `okrsite new retro --help`"),
        ("checkin acme", "did you mean `new checkin`?; see `okrsite --help`"),
        ("chek", "did you mean `check`?"),
        ("check --format JSON", "did you mean `json`?; see `okrsite check --help`"),
        ("check --format xml", "there are text, json, github, gitlab, sarif;"),
        ("check --stict", "did you mean `--strict`?; see `okrsite check --help`"),
        ("new checkin acme --notes=x", "did you mean `--note`?; see `okrsite new checkin --help`"),
        ("build here", "`here` is not understood; see `okrsite build --help`"),
    ],
)
def test_a_word_that_is_almost_one_is_answered_with_it(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments.split())
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) == 1


def test_every_command_and_its_options_stand_in_the_help(run: Run) -> None:
    said = run("--help").stdout
    assert all(f"    {command} " in said for command in COMMANDS)
    for command in COMMANDS:
        said = run(command, "--help").stdout
        assert all(option in said for option in ("-C DIR", "--today DATE", "-q", "-v", "--no-color"))


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("acme", "content/teams/acme"),
        ("teams/acme/", "content/teams/acme"),
        ("teams/acme/2026-Q4/okrs.md", OKRS_PATH),
        ("acne", ""),
        ("../acme", ""),
    ],
)
def test_a_path_below_the_content_folder_is_answered_with_the_whole_path(
    project: Project, run: Run, path: str, meant: str
) -> None:
    done = run("check", path, cwd=project(FINE))
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith(f"; write `{meant}`") if meant else "write" not in done.stderr


# --- shared options -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_project_and_the_day_may_be_named_before_or_after_the_command(
    project: Project, run: Run, command: str, tmp_path: Path
) -> None:
    folder = project(FINE)
    output = ("-o", tmp_path / "out") if command == "build" else ()
    shared = ("-C", folder, "--today", TODAY)
    before, after = run(*shared, command, *output), run(command, *output, *shared)
    mixed = run("--today", TODAY, command, "-C", folder, *output)
    assert before.returncode == after.returncode == mixed.returncode == 0
    assert before.stdout == after.stdout == mixed.stdout
    assert before.stdout


@pytest.mark.parametrize("option", ["-q", "-v", "--no-color"])
def test_flags_work_before_and_after_the_command(project: Project, run: Run, option: str) -> None:
    folder = project(WARNED)
    before, after = run(option, "check", "-C", folder), run("check", option, "-C", folder)
    assert (before.stdout, before.stderr, before.returncode) == (after.stdout, after.stderr, after.returncode)


def test_what_stands_after_the_command_wins(project: Project, run: Run) -> None:
    folder = project(FINE)
    done = run("--today", "2026-10-15", "-C", "nowhere", "export", "--today", TODAY, "-C", folder)
    assert json.loads(done.stdout)["today"] == TODAY


@pytest.mark.parametrize("command", COMMANDS)
def test_the_project_is_found_from_a_folder_inside_it(project: Project, run: Run, command: str) -> None:
    folder = project({**FINE, "okrsite.toml": ""})
    assert run(command, "--today", TODAY, cwd=folder / "content/teams/acme").returncode == 0


def test_the_day_is_the_stated_one_else_the_source_date_else_today(project: Project, run: Run) -> None:
    folder = project(FINE)
    source_date = {"SOURCE_DATE_EPOCH": "1795305600"}
    stated = run("export", "-C", folder, "--today", "2026-10-31", variables=source_date)
    dated = run("export", "-C", folder, variables=source_date)
    clock = run("export", "-C", folder)
    assert json.loads(stated.stdout)["today"] == "2026-10-31"
    assert json.loads(dated.stdout)["today"] == TODAY
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", json.loads(clock.stdout)["today"])


def test_a_wrong_source_date_ends_with_2(project: Project, run: Run) -> None:
    done = run("check", "-C", project(FINE), variables={"SOURCE_DATE_EPOCH": "soon"})
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


# --- streams, -q and -v ---------------------------------------------------------------------------------------------


def test_check_reports_on_standard_output_and_counts(project: Project, run: Run) -> None:
    done = run("check", "-C", project(WRONG), "--today", TODAY)
    assert done.stderr == ""
    assert done.stdout == (
        "content/teams/acme/2026-Q4/okrs.md:5:15: error[unresolved-ref]: no objective is called `nowhere`\n"
        "    5 |     supports: nowhere\n"
        "      |               ^^^^^^^\n"
        "1 error\n"
    )


def test_check_says_so_when_there_is_nothing_to_report(project: Project, run: Run) -> None:
    assert run("check", "-C", project(FINE), "--today", TODAY).stdout == "no problems\n"


@pytest.mark.parametrize(
    ("settings", "said"),
    [('theme = "sunset"', "there is no theme `sunset`"), ('[brand]\nlogo = "gone.svg"', "the logo")],
)
def test_check_refuses_what_a_build_would_refuse_and_reports_all_else(
    project: Project, run: Run, settings: str, said: str
) -> None:
    folder = project({**WRONG, "okrsite.toml": settings})
    checked, built = (run(*call, "-C", folder, "--today", TODAY) for call in (["check"], ["build", "--keep-going"]))
    assert (checked.returncode, built.returncode) == (2, 2)
    assert "error[unresolved-ref]" in checked.stdout
    assert said in checked.stderr
    assert checked.stderr.splitlines()[-1] == built.stderr.splitlines()[-1]


def test_build_and_export_report_on_standard_error(project: Project, run: Run) -> None:
    folder = project(WRONG)
    built, exported = run("build", "-C", folder), run("export", "-C", folder)
    assert built.stdout == ""
    assert "error[unresolved-ref]" in built.stderr
    assert "1 error" in exported.stderr
    assert json.loads(exported.stdout)["objectives"]


def test_build_says_how_many_files_there_are_and_where(project: Project, run: Run, tmp_path: Path) -> None:
    done = run("build", "-C", project(FINE), "--today", TODAY, "-o", tmp_path / "out")
    first, second = done.stdout.splitlines()
    written = [path for path in tree(tmp_path / "out") if path != ".okrsite.json"]
    assert first == f"{len(written)} files in {tmp_path / 'out'}"
    assert second == f"open {(tmp_path / 'out' / 'index.html').as_uri()}"
    assert done.stderr == ""


@pytest.mark.parametrize(("option", "shown"), [((), False), (("-v",), True), (("-q",), False)])
def test_build_shows_hints_only_when_asked(
    project: Project, run: Run, option: tuple[str, ...], shown: bool, tmp_path: Path
) -> None:
    done = run("build", *option, "-C", project(HINTED), "--today", TODAY, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert ("hint[no-team-file]" in done.stderr) is shown


def test_quiet_says_only_what_went_wrong(project: Project, run: Run) -> None:
    folder = project(WARNED)
    for command in ("build", "check"):
        done = run(command, "-q", "-C", folder, "--today", TODAY)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    project({**WRONG, **{k: v for k, v in WARNED.items() if k not in WRONG}})
    done = run("check", "-q", "-C", folder, "--today", TODAY)
    assert "error[unresolved-ref]" in done.stdout
    assert "warning" not in done.stdout


def test_a_quiet_strict_build_says_why_it_stopped(project: Project, run: Run) -> None:
    done = run("build", "-q", "--strict", "-C", project(WARNED), "--today", TODAY)
    assert done.returncode == 1
    assert "1 warning" in done.stderr


def test_check_writes_nothing(project: Project, run: Run) -> None:
    folder = project(WRONG)
    before = tree(folder)
    run("check", "-C", folder)
    run("export", "-C", folder)
    assert tree(folder) == before


# --- publishing in spite of errors ----------------------------------------------------------------------------------


def test_an_error_stops_a_build_and_the_way_on_is_named(project: Project, run: Run) -> None:
    folder = project(WRONG)
    done = run("build", "-C", folder, "--today", TODAY)
    assert done.stderr.endswith("okrsite: nothing was published: 1 error; --keep-going publishes what is sound\n")
    assert not (folder / "site").exists()


def test_keep_going_publishes_and_still_prints_the_problems(project: Project, run: Run) -> None:
    folder = project(WRONG)
    done = run("build", "--keep-going", "-C", folder, "--today", TODAY)
    assert done.returncode == 0
    assert "error[unresolved-ref]" in done.stderr
    page = (folder / "site/teams/acme/2026-Q4/instant.html").read_text(encoding="utf-8")
    assert OKRS_PATH in page
    assert "150 ms" in page


def test_strict_stops_on_warnings_and_publishes_nothing(project: Project, run: Run) -> None:
    folder = project(WARNED)
    done = run("build", "--strict", "-C", folder, "--today", TODAY)
    assert "warning[stray-file]" in done.stderr
    assert not (folder / "site").exists()


def test_a_severity_in_the_settings_decides_the_exit_code(project: Project, run: Run) -> None:
    folder = project({**WARNED, "okrsite.toml": '[checks]\nstray-file = "error"\n'})
    assert run("check", "-C", folder, "--today", TODAY).returncode == 1
    project({"okrsite.toml": '[checks]\nstray-file = "off"\n'})
    done = run("check", "--strict", "-C", folder, "--today", TODAY)
    assert (done.returncode, done.stdout) == (0, "no problems\n")


def test_the_output_folder_is_that_of_the_settings_or_of_the_call(project: Project, run: Run, tmp_path: Path) -> None:
    folder = project({**FINE, "okrsite.toml": 'output = "public/okrs"\n'})
    run("build", "-C", folder, "--today", TODAY)
    run("build", "-C", folder, "--today", TODAY, "-o", "here", cwd=tmp_path)
    assert tree(folder / "public/okrs") == tree(tmp_path / "here")
    assert tree(tmp_path / "here")


def test_the_base_address_changes_what_must_be_absolute_and_nothing_else(
    project: Project, run: Run, tmp_path: Path
) -> None:
    folder = project(FINE)
    run("build", "-C", folder, "--today", TODAY, "-o", tmp_path / "plain")
    run("build", "-C", folder, "--today", TODAY, "-o", tmp_path / "based", "--base-url", "https://acme.example/okrs/")
    plain, based = tree(tmp_path / "plain"), tree(tmp_path / "based")
    changed = {path for path in plain if plain[path] != based[path]}
    assert changed == {path for path in plain if path == "404.html" or path.endswith((".xml", ".ics"))}
    assert b'href="/okrs/teams/index.html"' in based["404.html"]


# --- colour ---------------------------------------------------------------------------------------------------------


def _on_a_terminal(arguments: list[str], variables: Mapping[str, str]) -> str:
    """What a command prints when its output is a terminal."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "okrsite", *arguments],
            env=environment({"TERM": "xterm", **variables}),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        return os.read(ours, 65_536).decode()
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ([], {}, True),
        (["--no-color"], {}, False),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": "0"}, False),
        ([], {"NO_COLOR": ""}, True),
    ],
)
def test_a_terminal_gets_colour_unless_told_otherwise(
    project: Project, options: list[str], variables: Mapping[str, str], coloured: bool
) -> None:
    said = _on_a_terminal(["check", "-C", str(project(WRONG)), *options], variables)
    assert "error[unresolved-ref]" in said
    assert ("\033[" in said) is coloured


def test_a_pipe_gets_plain_text(project: Project, run: Run) -> None:
    folder = project(WRONG)
    assert "\033" not in run("check", "-C", folder).stdout
    assert "\033" not in run("build", "-C", folder).stderr


# --- paths of check -------------------------------------------------------------------------------------------------


TWO_WRONG = {
    **WRONG,
    "content/teams/zest/team.md": "---\nname: Zest\nparent: nobody\n---\n",
    "content/teams/zest-two/team.md": "---\nname: Zest two\nparent: nobody\n---\n",
    "okrsite.toml": "",
}


@pytest.mark.parametrize(
    ("where", "paths", "found"),
    [
        (".", (), ["acme/2026-Q4/okrs.md", "zest/team.md", "zest-two/team.md"]),
        (".", ("content/teams/acme",), ["acme/2026-Q4/okrs.md"]),
        (".", ("content/teams/acme/",), ["acme/2026-Q4/okrs.md"]),
        (".", ("content/teams/acme/2026-Q4/okrs.md",), ["acme/2026-Q4/okrs.md"]),
        (".", ("content/teams/zest",), ["zest/team.md"]),
        (".", ("content/teams/zest", "content/teams/acme"), ["acme/2026-Q4/okrs.md", "zest/team.md"]),
        (".", ("content",), ["acme/2026-Q4/okrs.md", "zest/team.md", "zest-two/team.md"]),
        (".", (".",), ["acme/2026-Q4/okrs.md", "zest/team.md", "zest-two/team.md"]),
        (".", ("content/teams/acme/team.md",), []),
        ("content/teams", ("acme",), ["acme/2026-Q4/okrs.md"]),
        ("content/teams/zest", ("team.md",), ["zest/team.md"]),
        ("content/teams/zest", ("../acme", "."), ["acme/2026-Q4/okrs.md", "zest/team.md"]),
    ],
)
def test_check_reports_only_what_lies_at_the_named_paths(
    project: Project, run: Run, where: str, paths: tuple[str, ...], found: list[str]
) -> None:
    folder = project(TWO_WRONG)
    done = run("check", "--format", "json", *paths, cwd=folder / where)
    problems = json.loads(done.stdout)["problems"]
    assert [problem["path"].removeprefix("content/teams/") for problem in problems] == found
    assert done.returncode == (1 if found else 0)


def test_check_takes_whole_paths_with_a_named_project(project: Project, run: Run) -> None:
    folder = project(TWO_WRONG)
    done = run("check", "-C", folder, folder / "content/teams/zest")
    assert "zest/team.md:3:9: error[unresolved-ref]" in done.stdout
    assert done.stdout.endswith("1 error\n")


def test_check_finds_paths_of_a_project_that_is_reached_through_a_link(
    project: Project, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(project(TWO_WRONG), target_is_directory=True)
    done = run("check", "-C", "link", "link/content/teams/zest", cwd=tmp_path)
    assert done.stdout.endswith("1 error\n")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_check_finds_a_folder_whichever_unicode_form_its_name_has(
    project: Project, run: Run, form: Literal["NFC", "NFD"]
) -> None:
    path = unicodedata.normalize(form, "content/teams/café")
    folder = project({**FINE, f"{path}/team.md": "---\nname: Café\nparent: nobody\n---\n", "okrsite.toml": ""})
    assert run("check", path, cwd=folder).stdout.endswith("1 error\n")


@pytest.mark.parametrize("path", ["content/teams/nobody", "content/teams/acme/okrs.md", "/nowhere", "../nowhere"])
def test_check_refuses_a_path_that_does_not_exist(project: Project, run: Run, path: str) -> None:
    """A mistyped path must not look like a clean bill of health."""
    done = run("check", path, cwd=project(TWO_WRONG))
    assert done.returncode == 2
    assert path in done.stderr


# --- formats --------------------------------------------------------------------------------------------------------


def _values(value: object) -> list[object]:
    if isinstance(value, dict):
        return [inner for item in value.values() for inner in _values(item)]
    if isinstance(value, list):
        return [inner for item in value for inner in _values(item)]
    return [value]


def test_check_in_json_has_every_field_of_every_problem(project: Project, run: Run) -> None:
    done = run("check", "--format", "json", "-C", project(WRONG), "--today", TODAY)
    assert done.returncode == 1
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "problems": [
            {
                "code": "unresolved-ref",
                "severity": "error",
                "path": OKRS_PATH,
                "line": 5,
                "column": 15,
                "message": "no objective is called `nowhere`",
                "hint": None,
            }
        ]
    }


@pytest.mark.parametrize("options", [(), ("-q",), ("-v",)])
def test_check_in_json_is_only_json(project: Project, run: Run, options: tuple[str, ...]) -> None:
    done = run("check", "--format", "json", *options, "-C", project(FINE), "--today", TODAY)
    assert json.loads(done.stdout) == {"problems": []}


def test_export_in_json_has_the_agreed_keys(project: Project, run: Run) -> None:
    values: dict[str, Any] = json.loads(run("export", "-C", project(FINE), "--today", TODAY).stdout)
    assert values["schema"] == 1
    assert values["cycles"] == [{"id": "2026-Q4", "start": "2026-10-01", "end": "2026-12-31", "parent": None}]
    assert values["teams"] == [{"id": "acme", "name": "Acme", "parent": None, "mission": None}]
    agreed = {"checkins", "risks", "retros", "lessons", "questions", "goalposts", "problems", "site", "today"}
    assert agreed <= set(values)
    (objective,) = values["objectives"]
    expected = {
        "ref": "acme/2026-Q4/instant",
        "team": "acme",
        "cycle": "2026-Q4",
        "title": "Paying feels instant everywhere",
        "type": "aspirational",
        "proposed_by": None,
        "status": "active",
        "progress": "0.5",
        "progress_from": [1, 1],
        "score": None,
        "score_by_promise": None,
        "confidence": 7,
        "supports": [],
        "supported_by": [],
        "depends_on": [],
    }
    assert expected.items() <= objective.items()
    (key_result,) = objective["key_results"]
    expected = {
        "ref": "acme/2026-Q4/instant#p95",
        "title": "Checkout time",
        "kind": "metric",
        "baseline": "200",
        "target": "100",
        "unit": "ms",
        "value": "150",
        "value_on": "2026-11-06",
        "raw": "0.5",
        "progress": "0.5",
        "kept": None,
        "periods": None,
        "score": None,
        "confidence": 7,
        "pace": "in step",
        "weight": "1",
        "status": "active",
    }
    assert expected.items() <= key_result.items()
    assert values["checkins"] == [
        {
            "team": "acme",
            "cycle": "2026-Q4",
            "date": "2026-11-06",
            "review": None,
            "progress": {
                "acme/2026-Q4/instant#p95": {"value": "150", "confidence": 7, "note": None, "source": None},
            },
        }
    ]


def test_an_export_holds_no_binary_floats(project: Project, run: Run) -> None:
    values = _values(json.loads(run("export", "-C", project(FINE), "--today", TODAY).stdout))
    assert len(values) > 40
    assert not [value for value in values if isinstance(value, float)]


def test_an_export_with_errors_prints_what_could_be_read(project: Project, run: Run) -> None:
    done = run("export", "-C", project(WRONG), "--today", TODAY)
    values = json.loads(done.stdout)
    assert done.returncode == 1
    assert [problem["code"] for problem in values["problems"]] == ["unresolved-ref"]
    assert values["objectives"][0]["progress"] == "0.5"


def test_an_export_as_a_table_has_a_row_for_each_key_result(project: Project, run: Run) -> None:
    done = run("export", "--format", "csv", "-C", project(FINE), "--today", TODAY)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["ref"], row["value"], row["progress"]) for row in rows] == [("acme/2026-Q4/instant#p95", "150", "0.5")]


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)"])
def test_no_cell_of_the_table_can_be_taken_for_a_formula(project: Project, run: Run, start: str) -> None:
    folder = project({**FINE, OKRS_PATH: OKRS.replace("Checkout time", f"'{start}'")})
    done = run("export", "--format", "csv", "-C", folder, "--today", TODAY)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["title"] for row in rows] == [f"'{start}"]


# --- mistakes -------------------------------------------------------------------------------------------------------


THEMED = {**FINE, "okrsite.toml": 'theme = "own"\n'}
_LONG = "x" * 300

MISTAKES: dict[str, tuple[Mapping[str, str | bytes], tuple[str, ...], tuple[int, ...], str]] = {
    "output-is-content": (FINE, ("build", "-o", "content"), (2,), "nothing was touched"),
    "output-is-a-file": (FINE, ("build", "-o", "content/teams/acme/team.md"), (2,), "is not a folder"),
    "output-below-a-file": (FINE, ("build", "-o", "content/teams/acme/team.md/site"), (1, 2), "team.md/site"),
    "output-too-long": (FINE, ("build", "-o", _LONG), (1, 2), "too long"),
    "base-url-half": (FINE, ("build", "--base-url", "https://[half"), (2,), "base"),
    "project-missing": (FINE, ("-C", "nowhere", "check"), (2,), "there is no folder nowhere"),
    "project-too-long": (FINE, ("-C", _LONG, "check"), (2,), "xxx"),
    "project-is-a-file": (FINE, ("-C", "content/teams/acme/team.md", "check"), (2,), "there is no folder"),
    "day-that-never-was": (FINE, ("build", "--today", "2026-02-30"), (2,), "2026-02-30"),
    "settings-bytes": ({**FINE, "okrsite.toml": b"\xff"}, ("check",), (2,), "not UTF-8"),
    "settings-cut-off": ({**FINE, "okrsite.toml": "title ="}, ("check",), (2,), "okrsite.toml:1:"),
    "content-missing": ({**FINE, "okrsite.toml": 'content = "missing"\n'}, ("check",), (2,), "missing"),
    "output-with-nul": ({**FINE, "okrsite.toml": 'output = "a\\u0000b"\n'}, ("build",), (1, 2), "output"),
    "setting-base-url": ({**FINE, "okrsite.toml": 'base_url = "https://[half"\n'}, ("build",), (2,), "base_url"),
    "setting-theme": ({**FINE, "okrsite.toml": 'theme = "missing"\n'}, ("build",), (2,), "no theme `missing`"),
    "setting-month": ({**FINE, "okrsite.toml": "fiscal_year_start = true\n"}, ("check",), (2,), "fiscal_year_start"),
    "setting-check": ({**FINE, "okrsite.toml": "[checks]\nstray-file = [1]\n"}, ("check",), (2,), "stray-file"),
    "setting-forge": ({**FINE, "okrsite.toml": "forge = [5]\n"}, ("check",), (2,), "forge"),
    "setting-days": ({**FINE, "okrsite.toml": f"closing_days = {'9' * 20}\n"}, ("check",), (2,), "closing_days"),
    "bytes": ({**FINE, OKRS_PATH: b"\xff\xfe"}, ("check",), (1,), "not UTF-8"),
    "front-matter-without-end": ({**FINE, OKRS_PATH: "---\n" + "[" * 5_000}, ("check",), (1,), "okrs.md:1:"),
    "brackets-without-end": ({**FINE, OKRS_PATH: f"---\n{'[' * 5_000}\n---\n"}, ("check",), (1,), "yaml-depth"),
    "alias": ({**FINE, OKRS_PATH: "---\na: &a [1]\nb: *a\n---\n"}, ("check",), (1,), "okrs.md:2:"),
    "nul": ({**FINE, OKRS_PATH: b"---\nobjectives: \x00\n---\n"}, ("check",), (1,), "control-character"),
    "template-bytes": ({**THEMED, "themes/own/templates/404.html": b"na\xefve"}, ("build",), (1, 2), "404.html"),
    "template-syntax": ({**THEMED, "themes/own/templates/404.html": "{% if %}"}, ("build",), (1,), "404.html:1"),
    "template-name": ({**THEMED, "themes/own/templates/404.html": "\n{{ nothing }}"}, ("build",), (1,), "404.html:2"),
    "template-sum": ({**THEMED, "themes/own/templates/404.html": "\n{{ 1 // 0 }}"}, ("build",), (1,), "404.html:2"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_words_and_never_as_a_traceback(project: Project, run: Run, name: str) -> None:
    files, arguments, codes, said = MISTAKES[name]
    done = run("--today", TODAY, *arguments, cwd=project(files))
    assert "Traceback" not in done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert done.returncode in codes


@pytest.mark.parametrize("command", [("check",), ("export",), ("build", "-o", "out"), ("export", "--format", "csv")])
def test_an_output_that_knows_only_ascii_is_no_reason_for_a_traceback(
    project: Project, run: Run, command: tuple[str, ...]
) -> None:
    okrs = OKRS.replace("everywhere", "到处").replace("    key_results", "    supports: 无\n    key_results")
    folder = project({**FINE, OKRS_PATH: okrs})
    done = run("--today", TODAY, *command, cwd=folder, variables={"PYTHONIOENCODING": "ascii"})
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_reason_for_a_traceback(project: Project) -> None:
    long = f"---\nprogress:\n  instant#p95: {{value: 150 ms, note: {'word ' * 8_000}}}\n---\n"
    folder = project({**FINE, **{f"content/teams/acme/2026-Q4/checkins/2026-10-1{n}.md": long for n in range(9)}})
    with subprocess.Popen(
        [sys.executable, "-m", "okrsite", "export", "-C", str(folder)],
        env=environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read().decode()
        process.wait(timeout=60)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
