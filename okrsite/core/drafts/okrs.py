"""okrs.md with new objectives: what somebody wants to promise, in the lines of the format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from okrsite.core.company import Company, Objective
from okrsite.core.drafts import CannotDraftError, Draft
from okrsite.core.drafts.key_results import NewKeyResult
from okrsite.core.drafts.lines import INDENT, Value, document, fields
from okrsite.core.drafts.where import folder, free_id, id_of
from okrsite.core.fields import slug
from okrsite.core.refs import collision_key, is_id, normal

FORM: Final = (
    "  a-short-name:",
    "    title: How things will be better, in a sentence",
    "    why: What is wrong today",
    "    status: draft",
    "    proposed_by: team",
    "    key_results:",
    "      first:",
    "        title: How we would notice",
    "        # where it stands and where it shall stand, such as 20 % and 35 %:",
    "        baseline:",
    "        target:",
)
"""An objective to fill in, as below `objectives:` at the margin."""


@dataclass(frozen=True, slots=True)
class NewObjective:
    """An objective as somebody put it into words."""

    id: str
    title: str
    why: str = ""
    type: str = ""
    proposed_by: str = ""
    supports: tuple[str, ...] = ()
    key_results: tuple[NewKeyResult, ...] = ()


def okrs_place(team: str, cycle: str) -> str:
    """Where a team's promises for a cycle lie in the content folder."""
    return f"{folder(team, cycle)}/okrs.md"


def draft_okrs(place: str, entries: Iterable[str], head: Sequence[str] = (), guardrails: Sequence[str] = ()) -> Draft:
    """A new okrs.md with the lines of some objectives; without any, with a form to fill in that says nothing."""
    lines = [*head, "objectives:", *(tuple(entries) or (f"{INDENT}# {line.removeprefix(INDENT)}" for line in FORM))]
    if guardrails:
        lines += ["guardrails:", *guardrails]
    return Draft(place, document(lines))


def objective_lines(objective: NewObjective) -> list[str]:
    """The lines of one objective, as below `objectives:` at the margin."""
    values: dict[str, Value] = {
        "title": objective.title,
        "why": objective.why,
        "type": objective.type,
        "proposed_by": objective.proposed_by,
        "supports": objective.supports,
    }
    lines = fields(objective.id, values, 1)
    if objective.key_results:
        lines.append(f"{INDENT * 2}key_results:")
        taken: set[str] = set()
        for kr in objective.key_results:
            lines += fields(_short_id(kr.title, taken), {"title": kr.title, **dict(kr.measure)}, 3)
    return lines


def _short_id(title: str, taken: set[str]) -> str:
    """An id for a key result, of the first words of its title."""
    base = id_of(title, 3) or "key-result"
    number, id_ = 1, base
    while collision_key(id_) in taken:
        number += 1
        id_ = f"{base}-{number}"
    taken.add(collision_key(id_))
    return id_


def objective_id(stated: str, title: str, company: Company, team: str, cycle: str) -> str:
    """The id that was stated, or a free one made of the title."""
    if not stated:
        return free_id(title, company, team, cycle)
    id_ = normal(stated.strip())
    if not is_id(id_):
        raise CannotDraftError(
            f"`{stated}` cannot be an id; ids are letters, digits, `-` and `_`, such as `{slug(id_) or 'fast'}`"
        )
    return id_


def is_titled(known: Objective, title: str) -> bool:
    """Whether an objective bears a title that somebody wants to give to another."""
    return title.casefold() in (known.entry.title.source.casefold(), known.entry.title.plain.casefold())
