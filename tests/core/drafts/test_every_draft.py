"""Whatever is drafted of the demo company is sound as it is written."""

from datetime import date

import pytest

from okrsite.core.drafts.retro import HEADINGS
from okrsite.core.looking_back import theme_of
from okrsite.shell.build import Run
from okrsite.shell.drafts import Desk, open_desk
from okrsite.shell.project import find_project
from tests.companies import ROOT, TODAY
from tests.core.drafts.every_draft import try_every_draft

TEAMS = 9
"""One team of so many is drafted for; `every_draft` by itself takes all, and other companies."""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk(find_project(str(ROOT)), date.fromisoformat(TODAY), Run())


@pytest.mark.parametrize("following", ["2026-Q4", "2027-Q1"])
def test_every_draft_is_sound_as_it_is_written(desk: Desk, following: str) -> None:
    teams = list(desk.compiled.company.teams)[1::TEAMS]
    company = desk.compiled.company
    parts = {place: part for place, part in company.team_cycles.items() if place[0] in teams}
    tried, wrong = try_every_draft(desk, following, parts)
    assert wrong == []
    assert tried >= 2 * len(parts) > 4


def test_the_headings_of_a_retrospective_are_those_that_are_collected() -> None:
    for headings in HEADINGS.values():
        found = [theme_of(heading) for heading in headings]
        assert all(found)
        assert len(set(found)) == len(found)


def test_the_desk_knows_what_lies_there(desk: Desk) -> None:
    assert desk.exists("index.md")
    assert not desk.exists("teams/nobody/team.md")
    assert desk.source("teams/nobody/team.md").text is None
    assert desk.source("index.md").text
