"""A team, and a question to one."""

from datetime import date
from typing import NamedTuple

from okrsite.core.company import Company, Objective
from okrsite.core.drafts import CannotDraftError, Draft
from okrsite.core.drafts.lines import Value, document, field
from okrsite.core.drafts.where import find_team, folder, free_id
from okrsite.core.fields import slug
from okrsite.core.refs import collision_key, is_id, normal, parse_ref
from okrsite.core.source import Span


class Asked(NamedTuple):
    """What a question is about: a team's, of a cycle, by its reference within."""

    team: str
    cycle: str
    tail: str


def new_team_id(company: Company, stated: str) -> str:
    """The id that a new team may have."""
    id_ = normal(stated.strip().removeprefix("@"))
    if not is_id(id_):
        hint = f"; write `{slug(id_)}`" if slug(id_) else ""
        raise CannotDraftError(f"`{stated}` cannot be the id of a team: letters, digits, `-` and `_`{hint}")
    twin = next((team for team in company.teams if collision_key(team) == collision_key(id_) and team != id_), "")
    if twin:
        raise CannotDraftError(f"`{id_}` differs only by case or Unicode form from the team `{twin}`")
    return id_


def team_place(id_: str) -> str:
    """Where a team's page lies in the content folder."""
    return f"{folder(id_)}/team.md"


def draft_team(id_: str, name: str, parent: str, mission: str, contact: str) -> Draft:
    """team.md of a new team; its id and that of the team above are known to be sound."""
    values: dict[str, Value] = {
        "name": name,
        "parent": parent,
        "mission": mission,
        "contact": contact,
    }
    return Draft(team_place(id_), document(line for key, value in values.items() for line in field(key, value, 0)))


def find_asked(company: Company, about: str, day: date) -> Asked:
    """What a reference names that one may ask about: for the shortest cycle around a day, else in the latest."""
    ref = parse_ref(about, Span(""))
    if ref is None or not ref.team or not ref.name:
        raise CannotDraftError(
            f"`{about}` names no objective; write `team/objective` or `team/cycle/objective#key-result`"
        )
    team = find_team(company, ref.team)
    tail = ref.tail
    written = [tc.cycle for tc in reversed(company.cycles_of(team)) if f"{team}/{tc.cycle}/{tail}" in company.places]
    around = [cycle for cycle in written if company.cycles[cycle].contains(day)]
    shortest = sorted(around, key=lambda cycle: company.cycles[cycle].days)
    cycle = next((cycle for cycle in (*shortest, *written) if ref.cycle in ("", cycle)), "")
    if not cycle:
        known = [o.id for tc in company.cycles_of(team) for o in tc.objectives]
        there = ", ".join(f"`{team}/{id_}`" for id_ in dict.fromkeys(known))
        raise CannotDraftError(f"`{about}` names nothing; there are {there}" if there else f"`{about}` names nothing")
    return Asked(team, cycle, tail)


def draft_question(company: Company, about: Asked, asked_by: str, text: str, stated: str, day: date) -> Draft:
    """A question about an objective, a key result or a guardrail, beside what it asks about; a team may ask it."""
    team, cycle, tail = about
    slug_ = normal(stated.strip()) or free_id(text, company, team, cycle, "questions/")
    if not is_id(slug_):
        raise CannotDraftError(f"`{stated}` cannot be the name of a file: letters, digits, `-` and `_`")
    asking = f"@{asked_by}" if asked_by else ""
    return Draft(f"{folder(team, cycle)}/questions/{slug_}.md", document(_asked(tail, day, asking), text))


def question_form(company: Company, objective: Objective) -> Draft:
    """A question of today about an objective, to be written by hand."""
    team, cycle, today = objective.team, objective.cycle, company.today
    slug_ = free_id(f"{today} {objective.id}", company, team, cycle, "questions/")
    lines = ["# Write your question below the line of dashes.", *_asked(objective.id, today)]
    return Draft(f"{folder(team, cycle)}/questions/{slug_}.md", document(lines))


def _asked(about: str, day: date, asked_by: str = "") -> list[str]:
    values = {"about": about, "asked_on": day.isoformat(), "asked_by": asked_by}
    return [line for key, value in values.items() for line in field(key, value, 0)]
