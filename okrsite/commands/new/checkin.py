"""`okrsite new checkin`: what a team saw, asked for in the terminal or taken from arguments."""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from okrsite.commands.new.asking import ask_lines, ask_until, asking, is_terminal, say
from okrsite.commands.new.finishing import Addition, finish, open_desk, whence
from okrsite.commands.saying import FINE

if TYPE_CHECKING:
    from datetime import date

    from okrsite.commands import Commands
    from okrsite.core.company import TeamCycle
    from okrsite.core.drafts.answers import Said, Subject
    from okrsite.core.drafts.checkin import RiskSaid
    from okrsite.core.model import CheckInFile
    from okrsite.shell.drafts import Desk


def add_to(kinds: "Commands", writing: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    parser = kinds.add_parser("checkin", parents=[writing], help="what a team saw this week")
    parser.add_argument("team", metavar="TEAM")
    parser.add_argument("values", nargs="*", metavar="REF=VALUE[@CONFIDENCE]", help="asked for where none is given")
    parser.add_argument("--date", dest="day", metavar="DATE", help="the day of the check-in (default: today)")
    parser.add_argument("--cycle", default="", help="whose objectives (default: the team's cycle around that day)")
    parser.add_argument("--note", default="", metavar="TEXT", help="what changed, in a sentence or three")
    parser.add_argument("--add", action="store_true", help="add to the check-in of that day")
    parser.set_defaults(run=run_checkin)


def run_checkin(options: argparse.Namespace) -> int:
    """Write a check-in."""
    from okrsite.core.cycles import parse_date
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.answers import subjects
    from okrsite.core.drafts.checkin import checkin_place, draft_checkin
    from okrsite.core.drafts.lines import cleaned
    from okrsite.core.drafts.where import find_team, open_team_cycle
    from okrsite.shell.project import UsageError

    day = parse_date(options.day) if options.day is not None else None
    if options.day is not None and day is None:
        raise UsageError(f"--date takes a date such as 2026-10-31, not `{options.day}`")
    desk = open_desk(options)
    compiled = desk.compiled
    day = day or desk.today
    team_cycle = open_team_cycle(compiled.company, find_team(compiled.company, options.team), day, options.cycle)
    known = subjects(compiled, team_cycle, day)
    place = checkin_place(team_cycle, day)
    there = desk.exists(place)
    if there and not options.add:
        raise CannotDraftError(f"{desk.path(place)} is there already; add to it with --add, or name a --date")
    said: Sequence[Said] = ()
    risks: Sequence[RiskSaid] = ()
    if options.values or options.note:
        said = _from_arguments(options.values, known, team_cycle, day)
        story = cleaned(options.note, "--note")
    elif is_terminal():
        with asking():
            said, risks, story = _ask(desk, team_cycle, known, day)
    else:
        raise UsageError(
            "nobody can be asked here, so give what there is to say: `REF=VALUE`, `REF=VALUE@CONFIDENCE` or "
            f"--note TEXT; of `{team_cycle.team}` a check-in may name {', '.join(f'`{ref}`' for ref in known)}"
        )
    if not (said or risks or story.strip()):
        say("nothing was said, so nothing is written")
        return FINE
    if there:
        code = _add(desk, place, said, risks, story, options)
    else:
        code = finish(desk, draft_checkin(place, said, risks, story), options)
    if not (code or options.printed or options.quiet or said or risks):
        _say_unheard(desk, place, known, options)
    return code


def _say_unheard(desk: "Desk", place: str, known: "Mapping[str, Subject]", options: argparse.Namespace) -> None:
    """Say of a check-in that is a story alone that silence about the objectives goes on, and how to end it."""
    file = _file(desk, place)
    objective = next((ref for ref, one in known.items() if one.asked and one.key_result is None), None)
    if objective is None or (file and (file.readings or file.risks)):
        return
    whose = f"{whence(options)} {options.team}{f' --date {options.day}' if options.day else ''}"
    whose += f" --cycle {options.cycle}" if options.cycle else ""
    command = f'okrsite new checkin{whose} --add {objective}="nothing new"'
    print(f"the check-in names no objective, so none counts as heard; `{command}` says a word on one", file=sys.stderr)


def _from_arguments(
    arguments: Sequence[str], known: "Mapping[str, Subject]", team_cycle: "TeamCycle", day: "date"
) -> "list[Said]":
    """What arguments say; all that is wrong with them is said at once."""
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.answers import parse_said, rejoined

    said: dict[str, Said] = {}
    wrong: list[str] = []
    for pieces in rejoined(arguments):
        try:
            one = parse_said(pieces, known, team_cycle, day)
        except CannotDraftError as error:
            wrong += error.messages
            continue
        if one.ref in said:
            wrong.append(f"`{one.ref}` is given twice; say it once")
        said[one.ref] = one
    if wrong:
        raise CannotDraftError(*wrong)
    return [said[ref] for ref in known if ref in said]


def _add(
    desk: "Desk",
    place: str,
    said: "Sequence[Said]",
    risks: "Sequence[RiskSaid]",
    story: str,
    options: argparse.Namespace,
) -> int:
    """Add to a check-in that is there, of which every byte stays."""
    from okrsite.core.drafts import CannotDraftError, Draft
    from okrsite.core.drafts.checkin import progress_lines, risk_lines
    from okrsite.core.drafts.insertion import append_body, insert_entries
    from okrsite.shell.drafts import read_raw

    source, before = desk.source(place), read_raw(desk, place)
    file = _file(desk, place)
    taken = {one.about.text for one in file.readings} if file else set()
    twice = [f"`{one.ref}`" for one in said if one.ref in taken]
    if twice:
        raise CannotDraftError(f"{source.path} speaks of {', '.join(twice)} already; change it there")
    after, added = before, Counter[str]()
    for key, name, lines, count in (
        ("progress", "readings", progress_lines(said), len(said)),
        ("risks", "risks", risk_lines(risks), len(risks)),
    ):
        if lines:
            after, added[name] = insert_entries(source, after, key, lines), count
    after = append_body(after, story) if story.strip() else after
    return finish(desk, Draft(place, after), options, Addition(before, added, story))


def _file(desk: "Desk", place: str) -> "CheckInFile | None":
    from okrsite.core.model import CheckInFile

    found = next((parsed.file for parsed in desk.parsed if parsed.path == desk.path(place)), None)
    return found if isinstance(found, CheckInFile) else None


# --- in the terminal ----------------------------------------------------------------------------------------------


def _ask(
    desk: "Desk", team_cycle: "TeamCycle", known: "Mapping[str, Subject]", day: "date"
) -> "tuple[list[Said], list[RiskSaid], str]":
    """Ask about everything that is open, in the file's order. Silence is not recorded as a reading."""
    from okrsite.core.drafts.checkin import checkin_place
    from okrsite.core.refs import objective_of

    company = desk.compiled.company
    file = _file(desk, checkin_place(team_cycle, day))
    taken = {one.about.text for one in file.readings} if file else set()
    say(f"{company.teams[team_cycle.team].name.plain}, {team_cycle.cycle}: check-in of {day}")
    say("Enter says nothing, `nothing new` says just that, `=` repeats the last value, `@7` after a value is a")
    say("confidence. Ctrl-C writes nothing.")
    said = []
    objective = None
    for subject in known.values():
        heading = objective_of(subject.ref)
        if not subject.asked or subject.ref in taken:
            continue
        if heading != objective:
            objective = heading
            say()
            say(known[heading].title if heading in known else "Guardrails")
        one = _ask_value(subject, day) if subject.key_result else _ask_confidence(subject)
        said += [one] if one else []
    say()
    risks = [*_ask_open_risks(team_cycle), *_ask_new_risk(desk, team_cycle, known)]
    return said, risks, ask_lines("What changed, in a sentence or three? An empty line ends it.")


def _ask_value(subject: "Subject", day: "date") -> "Said | None":
    from okrsite.core.drafts.answers import expected, parse_answer
    from okrsite.core.drafts.standing import last_words, steps_of, way_words

    say(f"  {subject.title}")
    say(f"    {'; '.join(filter(None, (way_words(subject), last_words(subject))))}")
    for step in steps_of(subject):
        say(f"      {step}")
    return ask_until(f"    {subject.ref} ({expected(subject)}):", lambda typed: parse_answer(typed, subject, day))


def _ask_confidence(subject: "Subject") -> "Said | None":
    from dataclasses import replace

    from okrsite.core.drafts.answers import parse_word
    from okrsite.core.drafts.lines import cleaned

    last = f", last {subject.confidence}" if subject.confidence is not None else ""
    found = ask_until(f"  How sure are you that it lands, 0 to 10{last}?", lambda typed: parse_word(typed, subject))
    if found is None or found.note:
        return found
    note = ask_until("  Why, in a sentence?", lambda typed: cleaned(typed, "the note"))
    return replace(found, note=note or "")


def _ask_open_risks(team_cycle: "TeamCycle") -> "list[RiskSaid]":
    from okrsite.core.drafts import CannotDraftError
    from okrsite.core.drafts.checkin import RiskSaid
    from okrsite.core.model import RiskState
    from okrsite.core.refs import tail_of

    def read(typed: str) -> str:
        states = [str(state) for state in RiskState if str(state).startswith(typed.casefold())]
        if not states:
            raise CannotDraftError(f"a risk is {', '.join(f'`{state}`' for state in RiskState)}")
        return states[0]

    found = []
    for risk in team_cycle.risks:
        if risk.state in (RiskState.OPEN, RiskState.HELPED):
            id_ = tail_of(risk.ref)
            say(f"Risk {id_}, {risk.state}, raised on {risk.raised_on}: {risk.what.plain if risk.what else ''}")
            state = ask_until("  Is it open, helped, resolved, or has it happened?", read)
            if state:
                found.append(RiskSaid(id_, state=state))
    return found


def _ask_new_risk(desk: "Desk", team_cycle: "TeamCycle", known: "Mapping[str, Subject]") -> "list[RiskSaid]":
    from okrsite.core.drafts.answers import find_subject
    from okrsite.core.drafts.checkin import RiskSaid
    from okrsite.core.drafts.lines import cleaned
    from okrsite.core.drafts.where import find_team, free_id

    company = desk.compiled.company
    what = ask_until("Is anything at risk, or is help needed? In a sentence:", lambda typed: cleaned(typed, "the risk"))
    if not what:
        return []
    about = ask_until(
        "  About which objective or key result?", lambda typed: find_subject(typed, known, team_cycle).ref
    )
    needs = ask_until("  Which team could help?", lambda typed: f"@{find_team(company, typed)}")
    return [RiskSaid(free_id(what, company, team_cycle.team, team_cycle.cycle), about or "", what, needs or "")]
