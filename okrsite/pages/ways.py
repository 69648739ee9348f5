"""Ways in for people without git: which files a page invites to write or to edit. `core.drafts` begins them."""

from okrsite.core.company import Company, Objective, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.cycles import following
from okrsite.core.drafts import Draft
from okrsite.core.drafts.checkin import checkin_form, checkin_place
from okrsite.core.drafts.okrs import FORM, draft_okrs, okrs_place
from okrsite.core.drafts.plain import question_form
from okrsite.pages.chrome_parts import Way
from okrsite.pages.forge import Repository, ask_address


def edit_ways(path: str, repository: Repository | None) -> tuple[Way, ...]:
    """The way to edit a content file, if there is one."""
    return (Way("edit", repository.edit(path)),) if repository and path else ()


def objective_ways(objective: Objective, company: Company, repository: Repository | None) -> tuple[Way, ...]:
    """Question an objective, or edit it."""
    ask = company.settings.ask
    if repository is None:
        return (Way("question", ask_address(ask, objective.ref)),) if ask else ()
    question = _new("question", question_form(company, objective), company, repository)
    return (question, *edit_ways(objective.path, repository))


def team_cycle_ways(team_cycle: TeamCycle, compiled: Compiled, repository: Repository | None) -> tuple[Way, ...]:
    """Add a check-in while readings count, propose an objective, or edit what the team promised."""
    if repository is None:
        return ()
    company = compiled.company
    cycle, okrs = company.cycles[team_cycle.cycle], _path(okrs_place(team_cycle.team, team_cycle.cycle), company)
    ways = []
    if cycle.start <= company.today and not cycle.closed(company.today):
        ways.append(_checkin(team_cycle, compiled, repository))
    if not cycle.closed(company.today):
        ways.append(_proposal(team_cycle, company, repository))
    return (*ways, *edit_ways(okrs if okrs in team_cycle.paths else "", repository))


def _checkin(team_cycle: TeamCycle, compiled: Compiled, repository: Repository) -> Way:
    """Begin today's check-in, or go on with it."""
    company = compiled.company
    path = _path(checkin_place(team_cycle, company.today), company)
    if path in team_cycle.paths:
        return Way("check-in", repository.edit(path))
    figures = not company.teams[team_cycle.team].words_only
    return _new("check-in", checkin_form(compiled, team_cycle, figures=figures), company, repository)


def _proposal(team_cycle: TeamCycle, company: Company, repository: Repository) -> Way:
    """Propose an objective: while a cycle opens for that one, later for the next."""
    cycle = company.cycles[team_cycle.cycle]
    target = cycle.id if company.today <= cycle.opened else following(cycle.id) or cycle.id
    written = company.team_cycles.get((team_cycle.team, target))
    place = okrs_place(team_cycle.team, target)
    if written and _path(place, company) in written.paths:
        entry = "".join(f"{line}\n" for line in FORM)
        return Way("proposal", repository.edit(_path(place, company)), target, entry)
    return _new("proposal", draft_okrs(place, FORM), company, repository, target)


def _new(kind: str, draft: Draft, company: Company, repository: Repository, cycle: str = "") -> Way:
    address, carried = repository.new(_path(draft.place, company), draft.text)
    return Way(kind, address, cycle, "" if carried else draft.text)


def _path(place: str, company: Company) -> str:
    """The path in the project of a place in the content folder."""
    return f"{company.settings.content}/{place}"
