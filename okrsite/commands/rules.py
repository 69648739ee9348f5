"""`okrsite rules`: the checks, each with its level, why it is made, whose practice it is, and how to answer back."""

import argparse
import sys
from typing import TYPE_CHECKING

from okrsite.commands.loading import find_project
from okrsite.commands.saying import FINE, as_json, speak_utf8

if TYPE_CHECKING:
    from okrsite.commands import Commands
    from okrsite.core.settings import Settings


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("rules", parents=[shared], help="list the checks, or explain one")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how to print")
    parser.add_argument("code", nargs="?", metavar="CODE", help="explain this one")
    parser.set_defaults(run=run_rules)


def run_rules(options: argparse.Namespace) -> int:
    """List all checks, or explain one."""
    from okrsite.core.diagnostics import RULES, did_you_mean
    from okrsite.render.rules import explain_rule, list_rules, rule_values
    from okrsite.shell.project import UsageError

    if options.code is not None and options.code not in RULES:
        hint = did_you_mean(options.code, RULES) or "`okrsite rules` lists them all"
        raise UsageError(f"there is no check `{options.code}`; {hint}")
    levels = _settings(options).levels
    codes = [options.code] if options.code else list(RULES)
    speak_utf8()
    if options.format == "json":
        print(as_json({"rules": [rule_values(code, levels) for code in codes]}))
    elif options.code:
        sys.stdout.write(explain_rule(options.code, levels))
    else:
        sys.stdout.write(list_rules(codes, levels))
    return FINE


def _settings(options: argparse.Namespace) -> "Settings":
    """The settings of the project, or outside of any project the defaults."""
    from okrsite.core.settings import Settings
    from okrsite.shell.project import nearest_project

    if options.directory is None and nearest_project() is None:
        return Settings()
    return find_project(options).settings
