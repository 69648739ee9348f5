"""`okrsite init`: a company's repository to start from."""

import argparse
import os
import shlex
import sys
from typing import TYPE_CHECKING, Final

from okrsite.commands.saying import FINE, PROBLEMS, fail

if TYPE_CHECKING:
    from pathlib import Path

    from okrsite.commands import Commands

TITLE: Final = "OKRs"
TEAM: Final = "pilot"


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("init", parents=[shared], help="write a repository to start from")
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder, or a repository that lacks some files")
    parser.add_argument("--title", default=TITLE, help=f"name of the site (default: {TITLE})")
    parser.add_argument("--team", metavar="ID", default=TEAM, help=f"folder of the first team (default: {TEAM})")
    parser.add_argument("--ci", choices=["github", "gitlab"], default="", help="also write the job that publishes")
    parser.set_defaults(run=run_init)


def run_init(options: argparse.Namespace) -> int:
    """Write a repository to start from, and say what was made and what comes next."""
    from pathlib import Path

    from okrsite.core.refs import normal
    from okrsite.core.scaffold import Choices, plan_scaffold, team_trouble, title_trouble
    from okrsite.render.report import printable
    from okrsite.shell.project import UsageError, day_of
    from okrsite.shell.scaffold import ScaffoldError, check_place, read_sources, write_scaffold

    team = normal(options.team)
    if trouble := title_trouble(options.title):
        raise UsageError(f"--title cannot be `{options.title}`: {trouble}")
    if trouble := team_trouble(team):
        raise UsageError(f"--team cannot be `{options.team}`: {trouble}")
    folder = Path(os.path.abspath(Path(options.directory or "", options.folder)))
    choices = Choices(options.title.strip(), team, options.ci, day_of(options.today))
    check_place(folder)
    try:
        written, kept = write_scaffold(folder, plan_scaffold(read_sources(), choices))
    except ScaffoldError as error:
        for path in error.written:
            print(f"wrote {printable(path)}", file=sys.stderr)
        return fail(str(error), PROBLEMS)
    if options.quiet:
        return FINE
    for path in written:
        print(f"wrote {printable(path)}")
    for item in kept:
        print(f"kept  {printable(item.path)}: {item.because}")
    print(f"{len(written)} files written, {len(kept)} kept in {printable(str(folder))}")
    if written:
        _say_next(folder)
    return FINE


def _say_next(folder: "Path") -> None:
    from okrsite.render.report import printable
    from okrsite.shell.git import repository_root

    here = os.path.relpath(folder)
    around = repository_root(folder)
    if around and around != folder:
        print(f"note: the repository is {printable(str(around))}; a forge reads CODEOWNERS and jobs only at its root")
    print("next:")
    if here != ".":
        print(f"  cd {printable(shlex.quote(str(folder) if here.startswith('..') else here))}")
    if not around:
        print("  git init -b main")
    print("  okrsite check")
    print("  okrsite build")
    print("then read README.md: it says what to replace first")
