"""`okrsite new okrs` and `okrsite new objective`: what a team promises."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from okrsite.commands.new.asking import ask_until, ask_whether, asking, is_terminal, say
from okrsite.commands.new.finishing import Addition, finish, open_desk

if TYPE_CHECKING:
    from okrsite.commands import Commands
    from okrsite.core.company import TeamCycle
    from okrsite.core.drafts import Draft
    from okrsite.core.drafts.okrs import NewObjective
    from okrsite.shell.drafts import Desk

MAX_SHOWN: Final = 6
"""References that a question shows; of more none."""


def add_to(kinds: "Commands", writing: argparse.ArgumentParser) -> None:
    """Declare what they take."""
    parser = kinds.add_parser("okrs", parents=[writing], help="a cycle's objectives, perhaps carried over")
    parser.add_argument("team", metavar="TEAM")
    parser.add_argument("cycle", metavar="CYCLE", help="such as 2026-Q4")
    parser.add_argument("--from", dest="before", metavar="CYCLE", help="carry over what is unfinished in this one")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="carry over everything that was not dropped")
    which.add_argument("--only", nargs="+", metavar="OBJECTIVE", help="carry over these")
    parser.set_defaults(run=run_okrs)
    parser = kinds.add_parser("objective", parents=[writing], help="an objective more, in a file that may be there")
    parser.add_argument("team", metavar="TEAM")
    parser.add_argument("--cycle", default="", help="the cycle (default: the team's around today)")
    parser.add_argument("--title", default="", help="how the world is better, in a sentence; asked for where missing")
    parser.add_argument("--id", default="", help="its id (default: made of the title)")
    parser.add_argument("--why", default="", metavar="TEXT", help="what is wrong today")
    parser.add_argument("--type", default="", help="aspirational, committed or learning")
    parser.add_argument("--supports", action="append", default=[], metavar="REF", help="what it leans on")
    parser.add_argument("--key-result", action="append", default=[], metavar="TEXT", help="`TITLE: 20%% -> 35%%`, …")
    parser.set_defaults(run=run_objective)


def run_okrs(options: argparse.Namespace) -> int:
    """Write a cycle's okrs.md."""
    from okrsite.core.cycles import period
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.okrs import draft_okrs, okrs_place
    from okrsite.core.drafts.where import find_cycle, find_team
    from okrsite.shell.project import UsageError

    if options.before is None and (options.all or options.only):
        raise UsageError("--all and --only choose what `--from CYCLE` carries over; name the cycle")
    desk = open_desk(options)
    company = desk.compiled.company
    if company.team_id(options.cycle) and (options.team in company.cycles or period(options.team, 1)):
        raise CannotDraftError(f"the team comes first: `okrsite new okrs {options.cycle} {options.team}`")
    team, cycle = find_team(company, options.team), find_cycle(company, options.cycle)
    place = okrs_place(team, cycle.id)
    if desk.exists(place):
        add = f"`okrsite new objective {team} --cycle {cycle.id}` adds to it"
        raise CannotDraftError(f"{desk.path(place)} is there already; {add}")
    if options.before is None:
        return finish(desk, draft_okrs(place, ()), options)
    before = find_cycle(company, options.before)
    written = company.team_cycles.get((team, before.id))
    if written is None or not (written.objectives or written.guardrails):
        raise CannotDraftError(f"`{team}` has no objectives in `{before.id}` that could be carried over")
    if before.id == cycle.id:
        raise CannotDraftError(f"`{cycle.id}` cannot be carried over into itself; name the next cycle")
    return _carry(desk, written, cycle.id, options)


def _carry(desk: "Desk", before: "TeamCycle", cycle: str, options: argparse.Namespace) -> int:
    from okrsite.core.diagnostics import did_you_mean
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.carried import choices, draft_carried, too_early
    from okrsite.core.drafts.where import find_cycle
    from okrsite.core.model import Status

    compiled = desk.compiled
    found = choices(before, compiled)
    if options.only:
        known = [choice.objective.id for choice in found]
        strange = [f"`{id_}`" for id_ in options.only if id_ not in known]
        if strange:
            near = did_you_mean(options.only[0], known) or f"there are {', '.join(f'`{id_}`' for id_ in known)}"
            raise CannotDraftError(f"{before.cycle} has no objective {', '.join(strange)}; {near}")
        chosen = list(options.only)
    elif options.all:
        chosen = [choice.objective.id for choice in found if choice.objective.entry.status is not Status.DROPPED]
    elif is_terminal() and not options.printed:
        chosen = []
        with asking():
            say(f"What goes on from {before.cycle} to {cycle}? Enter takes the letter in capitals.")
            for choice in found:
                say(f"  {choice.objective.entry.title.plain} ({choice.why})")
                if ask_whether(f"  carry over {choice.objective.id}?", usual=choice.goes_on):
                    chosen.append(choice.objective.id)
    else:
        chosen = [choice.objective.id for choice in found if choice.goes_on]
    following = find_cycle(compiled.company, cycle)
    code = finish(desk, draft_carried(compiled, before, following, chosen), options, carried=True)
    if not options.quiet:
        _say_too_early(too_early(compiled, before, following, chosen))
    return code


def _say_too_early(refs: "Sequence[str]") -> None:
    """Say which references were left out, for what they name has not been carried over yet."""
    from okrsite.core.refs import team_of

    if refs:
        commands = ", ".join(f"`okrsite new okrs {team} …`" for team in dict.fromkeys(map(team_of, refs)))
        named = ", ".join(f"`{ref}`" for ref in refs)
        print(f"`supports` leaves out {named}, which nothing carries on yet; run {commands} first", file=sys.stderr)


def run_objective(options: argparse.Namespace) -> int:
    """Add an objective to a team's okrs.md, or begin one with it."""
    from okrsite.core.drafts.where import above, find_cycle, find_team, growing_cycle
    from okrsite.shell.drafts import try_draft
    from okrsite.shell.project import UsageError

    if not options.title and not is_terminal():
        raise UsageError('nobody can be asked here; give the objective with `--title "…"`, and see `--help`')
    desk = open_desk(options)
    company = desk.compiled.company
    team = find_team(company, options.team)
    stated = find_cycle(company, options.cycle).id if options.cycle else ""
    cycle = stated or growing_cycle(company, team, desk.today)
    objective = _said(options)
    if not objective.title:

        def tried(said: "NewObjective") -> "NewObjective":
            whole = said if said.title else replace(said, title="What is asked for")
            try_draft(desk, _with_objective(desk, team, cycle, whole)[0])
            return said

        # What is said already is refused before anything is asked.
        objective = _asked(tried(objective), tried, above(company, team, cycle))
    draft, addition = _with_objective(desk, team, cycle, objective)
    return finish(desk, draft, options, addition)


def _with_objective(desk: "Desk", team: str, cycle: str, objective: "NewObjective") -> "tuple[Draft, Addition | None]":
    """A team's okrs.md with an objective more, and what that adds to a file that is there."""
    from okrsite.core.drafts import CannotDraftError, Draft
    from okrsite.core.drafts.insertion import insert_entries
    from okrsite.core.drafts.okrs import draft_okrs, is_titled, objective_id, objective_lines, okrs_place
    from okrsite.shell.drafts import read_raw

    company, place = desk.compiled.company, okrs_place(team, cycle)
    objective = replace(objective, id=objective_id(objective.id, objective.title, company, team, cycle))
    lines = objective_lines(objective)
    if not desk.exists(place):
        return draft_okrs(place, lines), None
    written = company.team_cycles.get((team, cycle))
    known = written.objectives if written else ()
    if objective.id in [one.id for one in known]:
        raise CannotDraftError(f"`{objective.id}` is in {desk.path(place)} already; give another --id")
    if twin := next((one for one in known if is_titled(one, objective.title)), None):
        raise CannotDraftError(f"`{twin.id}` in {desk.path(place)} has this title already; give another one")
    before = read_raw(desk, place)
    after = insert_entries(desk.source(place), before, "objectives", lines)
    return Draft(place, after), Addition(before, Counter(objectives=1))


def _said(options: argparse.Namespace) -> "NewObjective":
    """An objective as far as the command line says it."""
    from okrsite.core.drafts.key_results import parse_key_result
    from okrsite.core.drafts.lines import cleaned
    from okrsite.core.drafts.okrs import NewObjective

    return NewObjective(
        options.id,
        cleaned(options.title, "--title").strip(),
        cleaned(options.why, "--why"),
        cleaned(options.type, "--type").strip(),
        supports=tuple(cleaned(ref, "--supports").strip() for ref in options.supports),
        key_results=tuple(parse_key_result(typed) for typed in options.key_result),
    )


def _asked(
    objective: "NewObjective", tried: "Callable[[NewObjective], NewObjective]", above: "Sequence[str]"
) -> "NewObjective":
    """The same with what its team answers; an answer that cannot be written is asked for again."""
    from okrsite.core.drafts.key_results import parse_key_result
    from okrsite.core.drafts.lines import cleaned

    said = objective

    def answered(question: str, take: "Callable[[str], NewObjective]") -> bool:
        nonlocal said
        answer = ask_until(question, lambda typed: tried(take(typed)))
        said = answer or said
        return answer is not None

    with asking():
        say("Ctrl-C writes nothing.")
        while not said.title:
            answered("How is the world better? In a sentence:", lambda t: replace(said, title=cleaned(t, "the title")))
        if not said.why:
            answered("What is wrong today?", lambda t: replace(said, why=cleaned(t, "why")))
        if not said.supports:
            if 0 < len(above) <= MAX_SHOWN:
                say(f"The team above has {', '.join(f'`{ref}`' for ref in above)}")
            answered(
                "Which objective does it support? (a reference; Enter for none)",
                lambda t: replace(said, supports=(cleaned(t, "the reference").strip(),)),
            )
        if not said.key_results:
            say("Key results, one a line, Enter ends: `TITLE: 20% -> 35%`, `TITLE >= 95%`, `TITLE: by 2026-11-30`")
            while answered(" ", lambda t: replace(said, key_results=(*said.key_results, parse_key_result(t)))):
                pass
    return said
