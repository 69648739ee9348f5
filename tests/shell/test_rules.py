"""`okrsite rules`, and `okrsite check` for other programs, called as a user or a CI job calls them."""

import json
from pathlib import Path

import pytest

from okrsite.core.diagnostics import RULES
from tests.companies import FINE, TODAY, WRONG
from tests.conftest import Project, Run

OFF = '[checks]\nmissing-why = "off"\nunaligned = "warning"\n'


def test_every_rule_is_a_line_with_its_level(run: Run, tmp_path: Path) -> None:
    done = run("rules", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert [line.split()[1] for line in lines] == [str(rule.severity) for rule in RULES.values()]
    for line, rule in zip(lines, RULES.values(), strict=True):
        assert line.endswith(rule.summary)


def test_a_projects_levels_are_shown(project: Project, run: Run) -> None:
    folder = project({**FINE, "okrsite.toml": OFF})
    for done in (run("rules", "-C", folder), run("rules", cwd=folder / "content" / "teams")):
        levels = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()}
        assert (levels["missing-why"], levels["unaligned"], levels["no-measure"]) == ("off", "warning", "hint")
    assert run("rules", "missing-why", "-C", folder).stdout.startswith("missing-why (off, usually hint)\n")


@pytest.mark.parametrize("code", ["single-key-result", "bad-date", "appraisal-words", "stray-file"])
def test_one_rule_is_explained(run: Run, code: str) -> None:
    said = run("rules", code).stdout
    rule = RULES[code]
    flat = " ".join(said.split())
    for text in (f"{code} ({rule.severity})", rule.summary, f"Why: {rule.reason}", rule.source, rule.answer(code)):
        assert text in flat
    assert all(len(line) <= 100 for line in said.splitlines())


def test_rules_in_json_are_only_json(project: Project, run: Run) -> None:
    folder = project({**FINE, "okrsite.toml": OFF})
    values = json.loads(run("rules", "--format", "json", "-C", folder).stdout)["rules"]
    assert [value["code"] for value in values] == list(RULES)
    assert {value["code"]: value["level"] for value in values}["missing-why"] == "off"
    assert set(values[0]) == {"code", "level", "usual", "summary", "reason", "source", "when", "answer"}
    assert len(json.loads(run("rules", "bad-date", "--format", "json").stdout)["rules"]) == 1


def test_an_unknown_rule_is_wrong_usage_with_the_nearest_one(run: Run) -> None:
    done = run("rules", "unalined")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "okrsite: there is no check `unalined`; did you mean `unaligned`?\n"


def test_wrong_settings_are_reported(project: Project, run: Run) -> None:
    done = run("rules", "-C", project({**FINE, "okrsite.toml": "[checks]\nno-such = 1\n"}))
    assert done.returncode == 2
    assert "error[settings]" in done.stderr


# --- reports for other programs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_a_report_for_programs_is_all_that_is_printed(project: Project, run: Run, form: str) -> None:
    done = run("check", "--format", form, "-C", project(WRONG), "--today", TODAY)
    assert done.returncode == 1
    assert done.stderr == ""
    if form == "github":
        assert done.stdout.startswith("::error file=content/teams/acme/2026-Q4/okrs.md,line=5,")
    else:
        values = json.loads(done.stdout)
        found = values if form == "gitlab" else values["runs"][0]["results"]
        assert len(found) == 1


@pytest.mark.parametrize(("form", "nothing"), [("github", ""), ("gitlab", "[]\n")])
def test_a_fine_project_reports_nothing(project: Project, run: Run, form: str, nothing: str) -> None:
    done = run("check", "--format", form, "-C", project(FINE), "--today", TODAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, nothing, "")


def test_paths_begin_at_the_root_of_the_repository(project: Project, run: Run) -> None:
    folder = project({f"company/okrs/{path}": text for path, text in WRONG.items()})
    (folder / ".git").mkdir()
    done = run("check", "--format", "github", "-C", folder / "company" / "okrs", "--today", TODAY)
    assert done.stdout.startswith("::error file=company/okrs/content/teams/acme/2026-Q4/okrs.md,line=5,")
