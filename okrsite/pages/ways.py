"""Ways in for people without git: which files a page invites to write or to edit, and how those begin."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from okrsite.core.company import Company, Objective, TeamCycle
from okrsite.core.cycles import following
from okrsite.core.refs import is_id
from okrsite.core.yaml_quote import needs_quotes, quoted
from okrsite.pages.chrome_parts import Way
from okrsite.pages.forge import Repository, ask_address

MAX_VALUE: Final = 200
"""Characters of a value that a draft repeats."""
_UNKNOWN: Final = "…"
"""What stands for a value until somebody writes one; no value reads so, so that it is never taken for one."""
_CHECKIN: Final = "# Take the # away before each line that has news, and write today's values.\nprogress:\n"
_QUESTION: Final = "# Write your question below the line of dashes.\n"
_OBJECTIVE: Final = """\
  a-short-name:
    title: How things will be better, in a sentence
    why: What is wrong today
    status: draft
    proposed_by: team
    key_results:
      first:
        title: How we would notice
"""


def edit_ways(path: str, repository: Repository | None) -> tuple[Way, ...]:
    """The way to edit a content file, if there is one."""
    return (Way("edit", repository.edit(path)),) if repository and path else ()


def objective_ways(
    objective: Objective, team_cycle: TeamCycle, company: Company, repository: Repository | None
) -> tuple[Way, ...]:
    """Question an objective, or edit it."""
    ask = company.settings.ask
    if repository is None:
        return (Way("question", ask_address(ask, objective.ref)),) if ask else ()
    slug = _free_slug(f"{company.today}-", objective.id, {question.file.slug for question in team_cycle.questions})
    text = f"---\n{_QUESTION}about: {_value(objective.id)}\nasked_on: {company.today}\n---\n"
    place = f"{_folder(team_cycle, company)}/questions/{slug}.md"
    return (_new("question", place, text, repository), *edit_ways(objective.path, repository))


def team_cycle_ways(team_cycle: TeamCycle, company: Company, repository: Repository | None) -> tuple[Way, ...]:
    """Add a check-in while readings count, propose an objective, or edit what the team promised."""
    if repository is None:
        return ()
    cycle, okrs = company.cycles[team_cycle.cycle], f"{_folder(team_cycle, company)}/okrs.md"
    ways = []
    if cycle.start <= company.today and not cycle.closed(company.today):
        ways.append(_checkin(team_cycle, company, repository))
    if not cycle.closed(company.today):
        ways.append(_proposal(team_cycle, company, repository))
    return (*ways, *edit_ways(okrs if okrs in team_cycle.paths else "", repository))


def _checkin(team_cycle: TeamCycle, company: Company, repository: Repository) -> Way:
    """Begin today's check-in, or go on with it."""
    place = f"{_folder(team_cycle, company)}/checkins/{company.today}.md"
    if place in team_cycle.paths:
        return Way("check-in", repository.edit(place))
    words_only = company.teams[team_cycle.team].words_only
    return _new("check-in", place, checkin_draft(team_cycle, figures=not words_only), repository)


def checkin_draft(team_cycle: TeamCycle, *, figures: bool) -> str:
    """A check-in to fill in: for each key result a line with its last values, which says nothing until taken up.

    Without figures no value is told, for the draft stands on a page.
    """
    said = _said(team_cycle) if figures else {}
    lines = []
    for objective in team_cycle.objectives:
        if objective.entry.status.counts:
            _, confidence = said.get(objective.id, ("", ""))
            lines += [f"#  {objective.id}: {{confidence: {confidence}}}\n"] if confidence else []
            for key_result in objective.key_results:
                if key_result.entry.status.counts:
                    name = f"{objective.id}#{key_result.entry.id}"
                    lines.append(_line(name, said, asks_confidence=not confidence))
    names = (f"guardrails#{guardrail.entry.id}" for guardrail in team_cycle.guardrails)
    lines += [_line(name, said, asks_confidence=False) for name in names]
    return f"---\n{_CHECKIN}{''.join(lines)}---\n"


def _line(name: str, said: Mapping[str, tuple[str, str]], *, asks_confidence: bool) -> str:
    """A key result's line, with what was last said of it; confidence where it was said, or is not said elsewhere."""
    value, confidence = said.get(name, ("", ""))
    if not confidence and not asks_confidence:
        return f"#  {name}: {value or _UNKNOWN}\n"
    return f"#  {name}: {{value: {value or _UNKNOWN}, confidence: {confidence or _UNKNOWN}}}\n"


def _said(team_cycle: TeamCycle) -> dict[str, tuple[str, str]]:
    """The value and the confidence last said of each objective and key result, as typed; '' was never said."""
    said: dict[str, tuple[str, str]] = {}
    for checkin in team_cycle.checkins:
        for entry in checkin.readings:
            name = f"{entry.about.name}#{entry.about.part}" if entry.about.part else entry.about.name
            value, confidence = said.get(name, ("", ""))
            value = _values(entry.value) if entry.value is not None else value
            confidence = str(entry.confidence) if entry.confidence is not None else confidence
            said[name] = value, confidence
    return said


def _values(typed: str | tuple[str, ...]) -> str:
    """A reading's value on one line; '' when it is too long to be written again."""
    text = _value(typed) if isinstance(typed, str) else f"[{', '.join(map(_value, typed))}]"
    return text if len(text) <= MAX_VALUE else ""


def _value(typed: str) -> str:
    """A value as it stands in brackets on one line, in quotes where it needs them."""
    typed = " ".join(typed.split())
    return quoted(typed) if needs_quotes(typed) or any(sign in typed for sign in ",[]{}") else typed


def _proposal(team_cycle: TeamCycle, company: Company, repository: Repository) -> Way:
    """Propose an objective: while a cycle opens for that one, later for the next."""
    cycle = company.cycles[team_cycle.cycle]
    opening = company.today <= cycle.start + timedelta(days=company.settings.opening_days)
    target = cycle.id if opening else following(cycle.id) or cycle.id
    written = company.team_cycles.get((team_cycle.team, target))
    place = f"{company.settings.content}/teams/{team_cycle.team}/{target}/okrs.md"
    if written and place in written.paths:
        return Way("proposal", repository.edit(place), target, _OBJECTIVE)
    return _new("proposal", place, f"---\nobjectives:\n{_OBJECTIVE}---\n", repository, target)


def _new(kind: str, place: str, text: str, repository: Repository, cycle: str = "") -> Way:
    address, carried = repository.new(place, text)
    return Way(kind, address, cycle, "" if carried else text)


def _free_slug(start: str, name: str, taken: set[str]) -> str:
    """A name for a file that no other has, cut to the length that names may have."""
    for number in range(1, len(taken) + 2):
        end, rest = f"-{number}" if number > 1 else "", name
        while not is_id(f"{start}{rest}{end}"):
            rest = rest[:-1]
        if f"{start}{rest}{end}" not in taken:
            return f"{start}{rest}{end}"
    raise AssertionError("there are more names than can be taken")


def _folder(team_cycle: TeamCycle, company: Company) -> str:
    return f"{company.settings.content}/teams/{team_cycle.team}/{team_cycle.cycle}"
