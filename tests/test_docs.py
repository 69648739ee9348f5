"""The documentation names everything there is: commands, options, settings, fields, codes."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from okrsite.cli import _parser
from okrsite.core.diagnostics import RULES
from okrsite.core.parse import checkin, okrs, plain, retro, team
from okrsite.core.settings import Brand, Limits, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")

FIELDS = (
    plain.MISSION
    | plain.CYCLE
    | plain.PAGE
    | plain.QUESTION
    | team.TEAM
    | okrs.OKRS
    | okrs.OBJECTIVE
    | okrs.KEY_RESULT
    | checkin.CHECKIN
    | checkin.READING
    | checkin.RISK
    | retro.RETRO
    | retro.SCORE
)


def commands() -> dict[str, argparse.ArgumentParser]:
    parser = _parser()
    found = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(found.choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_its_options_are_in_the_readme(name: str) -> None:
    assert f"`okrsite {name}" in README
    options = [o for action in commands()[name]._actions for o in action.option_strings if o not in ("-h", "--help")]
    assert options
    for option in options:
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", README), option


@pytest.mark.parametrize("name", [f.name for kind in (Settings, Limits, Brand) for f in fields(kind)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert re.search(rf"\b{name}\b", README.split("## Settings")[1].split("## Themes")[0])


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_is_in_the_guide_to_writing(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", WRITING)


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
