"""Many mistakes in many files: each is located in one run, and everything sound is published nonetheless."""

import json
import re
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.core.diagnostics import ADVICE
from tests.companies import TODAY, tree, write_files
from tests.conftest import Project, Run

TEAM: Final = "---\nname: {name}\n---\n"
FINE: Final = """---
objectives:
  calm:
    title: It is calm at {name}
    key_results:
      k: {{title: Time, baseline: 200 ms, target: 100 ms}}
---
"""


def _okrs(*lines: str) -> str:
    """An okrs.md with one objective and its key result, and some more lines of that objective from line 4 on."""
    more = "".join(f"    {line}\n" for line in lines)
    rest = "    key_results:\n      k: {title: Time, baseline: 200 ms, target: 100 ms}\n"
    return f"---\nobjectives:\n  calm:\n{more}    title: It is calm\n{rest}---\n"


MISTAKES: Final[dict[str, tuple[str, str | bytes, str, int]]] = {
    "t01": ("okrs.md", _okrs("supports: nobody/calm"), "unresolved-ref", 4),
    "t02": ("okrs.md", _okrs("typ: committed"), "unknown-key", 4),
    "t03": ("okrs.md", _okrs("type: hopeful"), "bad-value", 4),
    "t04": ("okrs.md", _okrs("since: 31.10.2026"), "bad-date", 4),
    "t05": ("okrs.md", _okrs("note: >25% faster"), "swallowed-text", 4),
    "t06": ("okrs.md", _okrs("\twhy: Because"), "yaml-syntax", 4),
    "t07": ("okrs.md", _okrs("why: One", "why: Two"), "duplicate-key", 5),
    "t08": ("okrs.md", _okrs("supports: a b"), "bad-ref", 4),
    "t09": (
        "okrs.md",
        FINE.replace("{name}", "it").replace("baseline: 200 ms", "baseline: '2.000,5 ms'"),
        "bad-number",
        6,
    ),
    "t10": ("okrs.md", FINE.replace("{name}", "it").replace("target: 100 ms", "target: 100 s"), "unit-mismatch", 6),
    "t11": (
        "okrs.md",
        FINE.replace("{name}", "it").replace("target: 100 ms", "target: 200 ms"),
        "target-is-baseline",
        6,
    ),
    "t12": (
        "okrs.md",
        FINE.replace("{name}", "it").replace("k: {{", "k: {{deliver_by: 2026-11-30, "),
        "two-measures",
        6,
    ),
    "t13": ("okrs.md", b"---\nobjectives:\n  calm:\n    title: na\xefve\n---\n", "unreadable-file", 4),
    "t14": ("okrs.md", "---\nobjectives:\n  calm:\n    why: No title.\n---\n", "missing-field", 3),
    "t15": ("okrs.md", "---\nobjectives: []\n---\n", "wrong-kind", 2),
    "t16": ("checkins/2026-11-06.md", "---\nprogress:\n  calm#nothing: 150 ms\n---\n", "unresolved-ref", 3),
    "t17": ("checkins/2026-11-06.md", "---\nprogress:\n  calm: {confidence: 11}\n---\n", "bad-value", 3),
    "t18": ("retro.md", "---\nscores:\n  calm: 1.4\n---\n", "bad-number", 3),
    "t19": ("questions/why.md", "---\nabout: calm\n---\nWhy?\n", "missing-field", 2),
    "t20": ("checkins/6-november.md", "---\nprogress:\n  calm#k: 150 ms\n---\n", "bad-date", 1),
}
"""By team: the file with the mistake, its text, the code to be reported and the line."""

LOST: Final = ("yaml-syntax", "unreadable-file", "wrong-kind")
"""Codes of mistakes here that leave no objective to show."""

OKRS: Final = "content/teams/{team}/2026-Q4/okrs.md"


def _files(*, wrong: bool) -> dict[str, str | bytes]:
    """Twenty teams with a mistake each, or the same teams without, and five sound ones."""
    files: dict[str, str | bytes] = {"okrsite.toml": "", "content/index.md": "---\nmission: Calm\n---\n"}
    for team in (*MISTAKES, *(f"sound-{n}" for n in range(5))):
        files[f"content/teams/{team}/team.md"] = TEAM.format(name=team)
        files[OKRS.format(team=team)] = FINE.format(name=team)
    if wrong:
        for team, (name, text, _, _) in MISTAKES.items():
            fine = text.replace("{{", "{").replace("}}", "}") if isinstance(text, str) else text
            files[f"content/teams/{team}/2026-Q4/{name}"] = fine
    return files


def test_twenty_mistakes_in_twenty_files_are_twenty_located_reports(project: Project, run: Run) -> None:
    assert len(MISTAKES) == 20
    folder = project(_files(wrong=True))
    done = run("check", "--format", "json", "-C", folder, "--today", TODAY)
    assert done.returncode == 1
    assert done.stderr == ""
    problems = [p for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert [(p["path"], p["code"], p["line"]) for p in problems] == [
        (f"content/teams/{team}/2026-Q4/{name}", code, line) for team, (name, _, code, line) in MISTAKES.items()
    ]


def test_each_report_is_one_line_in_words(project: Project, run: Run) -> None:
    done = run("check", "-C", project(_files(wrong=True)), "--today", TODAY)
    lines = [line for line in done.stdout.splitlines() if ": error[" in line]
    assert len(lines) == 20
    for line in lines:
        assert re.fullmatch(r"content/teams/\S+\.md:\d+:\d+: error\[[a-z-]+\]: \S.+", line)
    assert "20 errors" in done.stdout.splitlines()[-1]
    assert "Traceback" not in done.stdout + done.stderr


def test_a_build_with_mistakes_publishes_nothing(project: Project, run: Run) -> None:
    folder = project(_files(wrong=True))
    done = run("build", "-C", folder, "--today", TODAY)
    assert done.returncode == 1
    assert done.stderr.count(": error[") == 20
    assert not (folder / "site").exists()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site without the mistakes, and the one published in spite of them."""
    folder = tmp_path_factory.mktemp("mistakes")
    write_files(folder, _files(wrong=False))
    assert main(["build", "-q", "-C", str(folder), "--today", TODAY, "-o", str(folder / "fine")]) == 0
    write_files(folder, _files(wrong=True))
    build = ["build", "-q", "-C", str(folder), "--today", TODAY, "-o", str(folder / "wrong")]
    assert main(build) == 1
    assert main([*build, "--keep-going"]) == 0
    return tree(folder / "fine"), tree(folder / "wrong")


def test_keep_going_publishes_all_else_unchanged(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    fine, wrong = sites
    sound = [path for path in fine if path.startswith("teams/sound-")]
    assert len(sound) == 30
    assert [path for path in sound if wrong.get(path) != fine[path]] == []


def test_keep_going_loses_no_page_but_of_objectives_that_cannot_be_read(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    fine, wrong = sites
    lost = sorted(set(fine) - set(wrong))
    teams = [team for team, mistake in MISTAKES.items() if mistake[2] in LOST]
    unreadable = [f"teams/{team}/2026-Q4/calm.{kind}" for team in teams for kind in ("html", "xml")]
    assert lost == unreadable


def test_each_team_with_a_mistake_still_stands_among_the_others(
    sites: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    _, wrong = sites
    for path in ("teams/index.html", "2026-Q4/index.html"):
        page = wrong[path].decode()
        assert [team for team in MISTAKES if f">{team}</a>" not in page] == []


@pytest.mark.parametrize("team", MISTAKES)
def test_the_pages_of_a_file_with_a_mistake_name_the_file(
    sites: tuple[dict[str, bytes], dict[str, bytes]], team: str
) -> None:
    _, wrong = sites
    path = f"content/teams/{team}/2026-Q4/{MISTAKES[team][0]}"
    assert f"<code>{path}</code>" in wrong[f"teams/{team}/2026-Q4/index.html"].decode()


def test_pages_of_sound_files_name_no_file(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    _, wrong = sites
    assert not [path for path, page in wrong.items() if path.startswith("teams/sound-") and b"problem in" in page]


@pytest.mark.parametrize(
    "unreadable",
    [
        pytest.param(b"---\nobjectives:\n\tcalm: {title: Calm}\n---\n", id="not YAML"),
        pytest.param(b"---\nobjectives:\n  calm:\n    title: na\xefve\n---\n", id="not UTF-8"),
        pytest.param(b"---\nobjectives:\n  calm:\n    title: Calm\n---\n" + b"word " * 14_000, id="too large"),
    ],
)
def test_what_names_something_in_a_file_that_cannot_be_read_is_not_called_wrong(
    project: Project, run: Run, unreadable: bytes
) -> None:
    """One team's slip makes no reports in the files of those who lean on it."""
    files: dict[str, str | bytes] = {
        "content/teams/acme/team.md": TEAM.format(name="Acme"),
        "content/teams/acme/2026-Q4/okrs.md": unreadable,
        "content/teams/zest/team.md": TEAM.format(name="Zest"),
        "content/teams/zest/2026-Q4/okrs.md": _okrs("supports: acme/calm"),
    }
    done = run("check", "--format", "json", "-C", project(files), "--today", TODAY)
    wrong = [p for p in json.loads(done.stdout)["problems"] if p["code"] not in ADVICE]
    assert {p["path"] for p in wrong} == {"content/teams/acme/2026-Q4/okrs.md"}
