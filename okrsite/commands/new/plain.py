"""`okrsite new team` and `okrsite new question`."""

import argparse
from typing import TYPE_CHECKING

from okrsite.commands.new.asking import ask_lines, ask_until, asking, is_terminal
from okrsite.commands.new.finishing import finish, open_desk

if TYPE_CHECKING:
    from okrsite.commands import Commands


def add_to(kinds: "Commands", writing: argparse.ArgumentParser) -> None:
    """Declare what they take."""
    parser = kinds.add_parser("team", parents=[writing], help="a team's own page")
    parser.add_argument("id", metavar="TEAM", help="its folder's name, which should never change")
    parser.add_argument("--name", default="", help="its name; asked for where missing")
    parser.add_argument("--parent", default="", metavar="TEAM", help="the team above")
    parser.add_argument("--mission", default="", metavar="TEXT", help="what it is for, in one line")
    parser.add_argument("--contact", default="", metavar="CHANNEL", help='a channel, such as "#payments"')
    parser.set_defaults(run=run_team)
    parser = kinds.add_parser("question", parents=[writing], help="a question about an objective")
    parser.add_argument("ref", metavar="REF", help="`team/objective` or `team/cycle/objective#key-result`")
    parser.add_argument("--text", default="", help="the question; asked for where missing")
    parser.add_argument("--asked-by", default="", metavar="TEAM", help="the team that asks")
    parser.add_argument("--id", default="", help="the name of its file (default: its first words)")
    parser.set_defaults(run=run_question)


def run_team(options: argparse.Namespace) -> int:
    """Write a team's page."""
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.lines import cleaned
    from okrsite.core.drafts.plain import draft_team, new_team_id, team_place
    from okrsite.core.drafts.where import find_team

    desk = open_desk(options)
    company = desk.compiled.company
    id_ = new_team_id(company, options.id)
    if desk.exists(team_place(id_)):
        raise CannotDraftError(f"{desk.path(team_place(id_))} is there already; it is left as it is")
    parent = find_team(company, options.parent) if options.parent else ""
    name, mission = cleaned(options.name, "--name"), cleaned(options.mission, "--mission")
    contact = cleaned(options.contact, "--contact")
    if not name and is_terminal():
        with asking():
            name = ask_until(f"What is {id_} called?", lambda t: cleaned(t, "the name")) or ""
            mission = mission or ask_until("What is it for, in one line?", lambda t: cleaned(t, "the mission")) or ""
    return finish(desk, draft_team(id_, name, parent, mission, contact), options)


def run_question(options: argparse.Namespace) -> int:
    """Write a question beside what it asks about."""
    from okrsite.core.drafts.lines import cleaned
    from okrsite.core.drafts.plain import draft_question, find_asked
    from okrsite.core.drafts.where import find_team
    from okrsite.shell.project import UsageError

    text = cleaned(options.text, "--text")
    if not text.strip() and not is_terminal():
        raise UsageError('nobody can be asked here; give the question with `--text "…"`')
    desk = open_desk(options)
    company = desk.compiled.company
    about = find_asked(company, options.ref, desk.today)
    asked_by = find_team(company, options.asked_by) if options.asked_by else ""
    if not text.strip():
        with asking():
            while not text:
                text = ask_lines("What do you want to ask? An empty line ends it.")
    return finish(desk, draft_question(company, about, asked_by, text, options.id, desk.today), options)
