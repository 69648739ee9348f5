"""The documentation names everything there is: commands, options, settings, fields, codes."""

import argparse
import re
import shlex
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

import pytest
import yaml

from okrsite.cli import _parser
from okrsite.core import format as known
from okrsite.core.diagnostics import RULES
from okrsite.core.settings import Brand, Limits, Settings
from okrsite.shell.shares import Share

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
SCALE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

TABLES: Final[Mapping[str, known.Table]] = {
    "team": known.TEAM,
    "okrs": known.OKRS,
    "objective": known.OBJECTIVE,
    "key result": {name: field for name, field in known.KEY_RESULT.items() if name not in known.COMMITMENT},
    "check-in": known.CHECKIN,
    "reading": known.READING,
    "risk": known.RISK,
    "assumption": known.ASSUMPTION,
    "question": known.QUESTION,
    "retro": known.RETRO,
    "score": known.SCORE,
    "mission": known.MISSION,
    "cycle": known.CYCLE,
    "page": known.PAGE,
}
"""The tables of the guide to writing by their headings, and the fields that each lists."""


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = _parser()
    found = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a command, and of those below it."""
    found = {option for action in parser._actions for option in action.option_strings}
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return found.union(*(_options(one) for action in below for one in action.choices.values()))


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_its_options_are_in_the_readme(name: str) -> None:
    assert f"`okrsite {name}" in README
    options = _options(commands()[name]) - {"-h", "--help"}
    assert options
    for option in options:
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", README), option


@pytest.mark.parametrize("name", [f.name for kind in (Settings, Limits, Brand) for f in fields(kind)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README.split("## Settings")[1].split("## Themes")[0])


@pytest.mark.parametrize("heading", TABLES)
def test_every_field_is_in_the_guide_to_writing_with_the_words_of_its_schema(heading: str) -> None:
    table = WRITING.split(f"| {heading} | |\n| --- | --- |\n")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) == len(table.strip().splitlines())
    # `extra` is the same everywhere and is explained once.
    assert rows == [(name, field.words) for name, field in TABLES[heading].items() if name != "extra"]
    assert "`extra:`" in WRITING


def test_every_command_of_the_guide_is_understood() -> None:
    """A call in the text parses, whether or not what it names exists."""
    calls = re.findall(r"(?:^    |`)okrsite ((?:new|schema) [^`\n>]*?)\s*[`\n>]", WRITING, re.MULTILINE)
    assert len(calls) > 6
    for call in calls:
        _parser().parse_args(shlex.split(call))


def test_the_list_of_checks_is_complete_and_in_order() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+) \|$", CHECKS, re.MULTILINE)
    assert rows == [(code, str(rule.severity), rule.summary) for code, rule in RULES.items()]


def test_the_guide_links_to_pages_that_exist() -> None:
    links = re.findall(r"\]\(((?:docs/)?[\w-]+\.md)\)", README)
    assert len(links) >= 3
    for link in links:
        assert (ROOT / link).is_file()


def test_the_example_in_the_readme_is_sound() -> None:
    from okrsite.core.parse import parse_document
    from okrsite.core.source import SourceFile

    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 2
    for block, place in zip(blocks, ("okrs.md", "checkins/2026-10-12.md"), strict=True):
        full = f"teams/payments/2026-Q4/{place}"
        parsed = parse_document(SourceFile(f"content/{full}", full, block))
        assert parsed.file is not None
        assert parsed.problems == ()


def test_the_jobs_that_build_shares_are_sound_and_their_commands_understood() -> None:
    jobs = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", SCALE, re.DOTALL)]
    assert ["share" in job.get("jobs", job) for job in jobs] == [True, True]
    calls = re.findall(r"okrsite (build [^`\n]*--shard [^`\n]*)", SCALE)
    values = {"$CI_NODE_INDEX": "1", "$CI_NODE_TOTAL": "4", "matrix.share": "1", "strategy.job-total": "4"}
    for call in calls:
        said = re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values.get(found[1], "2026-11-22"), call)
        for name, value in values.items():
            said = said.replace(name, value)
        assert _parser().parse_args(shlex.split(said)).shard in (Share(1, 4), Share(2, 3))
    assert len(calls) == 3


def test_every_stage_of_a_build_is_explained() -> None:
    """Those that the code names, and those that `--timings` adds."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "okrsite").rglob("*.py"))
    stages = set(re.findall(r'\.stage\("(\w+)"\)', code)) | {"start", "other"}
    assert len(stages) > 10
    explained = re.findall(r"^\| `(\w+)` \| .+ \|$", SCALE, re.MULTILINE)
    assert set(explained) == stages
