"""`okrsite new retro`: a look back to fill in."""

import argparse
from typing import TYPE_CHECKING

from okrsite.commands.new.finishing import finish, open_desk

if TYPE_CHECKING:
    from okrsite.commands import Commands


def add_to(kinds: "Commands", writing: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser = kinds.add_parser("retro", parents=[writing], help="the look back at a cycle, to fill in")
    parser.add_argument("team", metavar="TEAM")
    parser.add_argument("--cycle", default="", help="the cycle (default: the last one without a retrospective)")
    parser.set_defaults(run=run_retro)


def run_retro(options: argparse.Namespace) -> int:
    """Write a retrospective with the computed scores and the usual questions."""
    from okrsite.core.drafts.retro import draft_retro, retro_team_cycle
    from okrsite.core.drafts.where import find_team

    desk = open_desk(options)
    company = desk.compiled.company
    team_cycle = retro_team_cycle(company, find_team(company, options.team), options.cycle)
    return finish(desk, draft_retro(desk.compiled, team_cycle), options)
