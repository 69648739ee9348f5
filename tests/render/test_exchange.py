"""Reports for other programs: their shape, their levels, and that nothing users wrote is taken for a command."""

import json
import re
from typing import Any

import pytest

from okrsite.core.diagnostics import RULES, Diagnostic, Severity, problem
from okrsite.core.source import Span
from okrsite.render.exchange import gitlab_values, render_github, sarif_values

PATH = "content/teams/acme/2026-Q4/okrs.md"
ERROR = problem("bad-value", Span(PATH, 4, 11, 8), "`type` cannot be `comitted`", "did you mean `committed`?")
WARNING = problem("stray-file", Span("content/notes.md"), "no file is read at this place")
HINT = problem("missing-why", Span(PATH, 3, 3, 7), "`instant` does not say why")
ALL = (ERROR, WARNING, HINT)

HOSTILE = [
    "a\n::error file=x::owned",
    "a\r\n::set-output name=x::y",
    "::stop-commands::token",
    "##[error]owned",
    "##vso[task.setvariable]x",
    "\x1b[2J",
    "\u202eesrever",
    "a\u2028::warning::b",
    "100%0A::error::x",
    "%25,title=x::y",
]


def test_github_gets_one_command_a_problem_with_its_place() -> None:
    assert render_github(ALL).splitlines() == [
        f"::error file={PATH},line=4,col=11,endColumn=19,title=bad-value::`type` cannot be `comitted`. "
        "Hint: did you mean `committed`?",
        "::warning file=content/notes.md,line=1,col=1,endColumn=2,title=stray-file::no file is read at this place",
        f"::notice file={PATH},line=3,col=3,endColumn=10,title=missing-why::`instant` does not say why",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_users_wrote_is_a_command_of_github(text: str) -> None:
    item = problem("bad-value", Span(f"content/{text}.md"), f"`{text}` is not that", text)
    said = render_github([item])
    assert said.count("\n") == len(said.splitlines()) == 1
    assert said[:-1].isprintable()
    assert "##[" not in said and "##vso[" not in said
    found = re.fullmatch(r"::error ([^:]*)::(.*)\n", said)
    assert found
    properties = dict(part.split("=", 1) for part in found[1].split(","))
    assert list(properties) == ["file", "line", "col", "endColumn", "title"]
    assert re.fullmatch(r"(?:[^%]|%(?:25|0D|0A|3A|2C))*", found[1] + found[2])


def test_a_percent_sign_comes_out_as_one() -> None:
    item = problem("no-mid-cycle-review", Span(PATH), "more than 60 % is over, `%0A`")
    assert render_github([item]).endswith("::more than 60 %25 is over, `%250A`\n")


def test_paths_are_those_of_the_repository() -> None:
    assert f"file=docs/okrs/{PATH}," in render_github([ERROR], "docs/okrs/")
    location: Any = gitlab_values([ERROR], "docs/okrs/")[0]["location"]
    assert location["path"] == f"docs/okrs/{PATH}"


def test_gitlab_gets_a_code_quality_report() -> None:
    values = gitlab_values(ALL)
    assert [(v["check_name"], v["severity"]) for v in values] == [
        ("bad-value", "major"),
        ("stray-file", "minor"),
        ("missing-why", "info"),
    ]
    for value in values:
        assert set(value) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert values[0]["location"] == {"path": PATH, "lines": {"begin": 4}}


def test_a_fingerprint_stays_when_a_problem_only_moves() -> None:
    moved = Diagnostic(HINT.code, HINT.severity, Span(PATH, 30, 3, 7), HINT.message)
    assert gitlab_values([HINT])[0]["fingerprint"] == gitlab_values([moved])[0]["fingerprint"]
    assert gitlab_values([HINT])[0]["fingerprint"] != gitlab_values([HINT], "sub/")[0]["fingerprint"]
    twice = [value["fingerprint"] for value in gitlab_values([HINT, moved])]
    assert len(set(twice)) == 2
    assert twice == [value["fingerprint"] for value in gitlab_values([HINT, moved])]


def test_sarif_has_the_shape_of_its_schema() -> None:
    values: Any = json.loads(json.dumps(sarif_values(ALL, {"stray-file": Severity.ERROR})))
    assert (values["version"], values["$schema"][:5]) == ("2.1.0", "https")
    (run,) = values["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "okrsite"
    assert driver["version"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in driver["rules"]] == [code for code in RULES if code in {item.code for item in ALL}]
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in driver["rules"]}
    assert levels["stray-file"] == "error"
    for result, item in zip(run["results"], ALL, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == item.code
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].startswith(item.message)
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": item.span.path, "uriBaseId": "%SRCROOT%"}
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) == (item.span.line, item.span.column)
        assert region["endColumn"] - region["startColumn"] == item.span.width
        assert re.fullmatch("[0-9a-f]{64}", result["partialFingerprints"]["okrsite/v1"])


@pytest.mark.parametrize("name", ["苏州", "a b", "a%b", "a#b", "a?b", "\ud800"])
def test_a_path_is_an_address_in_sarif(name: str) -> None:
    values: Any = sarif_values([problem("bad-value", Span(f"content/{name}.md"), "wrong")], {})
    uri = values["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w./~-]*(?:%[0-9A-F]{2}[\w./~-]*)*", uri, re.ASCII)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hides_in_what_gitlab_and_sarif_show(text: str) -> None:
    item = problem("bad-value", Span(PATH), f"`{text}`", text)
    described = str(gitlab_values([item])[0]["description"])
    values: Any = sarif_values([item], {})
    for shown in (described, values["runs"][0]["results"][0]["message"]["text"]):
        assert shown.isprintable()


def test_no_problems_are_no_lines_and_empty_lists() -> None:
    assert render_github([]) == ""
    assert gitlab_values([]) == []
    values: Any = sarif_values([], {})
    assert values["runs"][0]["results"] == []
