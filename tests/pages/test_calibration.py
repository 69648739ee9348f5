"""How well the company knows itself, as a page: what is said of what, and what it rests on."""

from dataclasses import replace
from typing import Final

from okrsite.core.compile import Compiled
from okrsite.pages import urls
from okrsite.pages.plan import plan_site
from okrsite.pages.views import CalibrationView
from okrsite.render.page import Renderer
from okrsite.shell.project import find_project, read_theme
from tests.companies import ROOT, compile_files

KEY_RESULTS: Final = 6


def _company(teams: int, *, confidence: int = 7, score: str = "0.7") -> Compiled:
    """Teams that said one number of every key result of a closed cycle, and reached one score with each."""
    files = {}
    for team in range(teams):
        place = f"teams/team-{team}/2026-Q2"
        names = [f"k{number}" for number in range(KEY_RESULTS)]
        key_results = "".join(f"      {name}: {{title: K}}\n" for name in names)
        said = "".join(f"  o#{name}: {{confidence: {confidence}}}\n" for name in names)
        scores = "".join(f"  o#{name}: {score}\n" for name in names)
        files[f"teams/team-{team}/team.md"] = "---\nname: T\n---\n"
        files[f"{place}/okrs.md"] = f"---\nobjectives:\n  o:\n    title: O\n    key_results:\n{key_results}---\n"
        files[f"{place}/checkins/2026-05-15.md"] = f"---\nreview: mid-cycle\nprogress:\n{said}---\n"
        files[f"{place}/retro.md"] = f"---\nscores:\n{scores}---\n"
    return compile_files(files)


def _page(compiled: Compiled) -> tuple[CalibrationView, str]:
    page = next(page.page() for page in plan_site(compiled).pages if page.path == urls.CALIBRATION)
    assert isinstance(page.view, CalibrationView)
    html = Renderer(read_theme(find_project(str(ROOT)))).render(page).data.decode()
    return page.view, " ".join(html.split()).replace("> <", "><")


def test_before_there_is_enough_the_page_says_what_is_lacking() -> None:
    view, html = _page(_company(4))
    assert "Nothing is shown yet, although 1 cycle has closed. It takes 30 key results of 5 teams" in html
    assert "With a stated confidence and a score there are so far: 24 key results of 4 teams." in html
    assert "<svg" not in html
    assert (view.forecast, view.steps, view.spreads, view.ambition, view.proposals) == ("", (), (), (), ())


def test_every_figure_says_what_it_rests_on_and_stands_in_a_table_too() -> None:
    view, html = _page(_company(5))
    assert [(step.said, step.first, step.midway) for step in view.steps] == [(7, (30, 30, "100%"), (30, 30, "100%"))]
    assert "first said 7: 100% landed; mid-cycle said 7: 100% landed" in view.forecast
    assert '<th scope="row">7</th><td>30</td><td>30</td><td>100%</td><td>30</td><td>30</td><td>100%</td>' in html
    assert "First said: 30 key results of 5 teams. Mid-cycle: 30 key results of 5 teams." in html
    assert "All of it is of 2026-Q2, of all teams together" in html
    assert "at least 0.65 for an aspirational objective" in html
    assert html.count("<table>") == 3


def test_a_chart_of_the_company_is_no_teams_figure() -> None:
    _, html = _page(_company(5))
    assert 'class="chart forecast" role="img" aria-label="' in html
    assert "data-figure" not in html


def test_a_moment_of_which_too_little_is_known_is_said_to_be_so() -> None:
    view, html = _page(_without_reviews(_company(5)))
    assert view.steps[0].midway is None
    assert '<td colspan="3" class="quiet">too few to say</td>' in html


def _without_reviews(compiled: Compiled) -> Compiled:
    company = compiled.company
    parts = {
        place: replace(part, checkins=tuple(replace(c, review="") for c in part.checkins))
        for place, part in company.team_cycles.items()
    }
    return replace(compiled, company=replace(company, team_cycles=parts))


def test_parts_of_a_whole_are_numbers_and_shares_of_it() -> None:
    view, _ = _page(_company(5, score="1"))
    (row,) = view.ambition
    assert (row.cycle, row.basis.size, row.basis.teams) == ("2026-Q2", 30, 5)
    assert row.parts == ((30, "100%"), (0, "0%"), (0, "0%"))
    assert "Reached in full 30, Otherwise a good result 0, Short of that 0" in row.chart
