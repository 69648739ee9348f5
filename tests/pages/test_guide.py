"""What the site says of itself, and what teams say of the promises they moved."""

from typing import Final

from okrsite.core.model import ObjectiveType, RiskKind
from okrsite.pages import urls
from okrsite.pages.plan import plan_site
from okrsite.pages.views import AnyView, GoalpostsView, GuideView
from okrsite.render.page import Renderer
from okrsite.shell.project import find_project, read_theme
from tests.companies import OKRS, ROOT, compile_files

MOVED: Final = """\
---
objectives:
  instant:
    title: Paying feels instant
    amendments:
      - {what: The baseline, because: It was counted wrongly.}
      - {date: 2026-11-02, what: The *first* target, because: The network needs 200 ms.}
  steady:
    title: Paying is steady
    amendments:
      - {date: 2026-11-09, what: The wording, because: Nobody understood it.}
---
"""


def _view(files: dict[str, str], path: str) -> AnyView:
    return next(page.page().view for page in plan_site(compile_files(files)).pages if page.path == path)


def test_promises_that_moved_stand_in_the_order_of_their_days() -> None:
    view = _view({"teams/acme/2026-Q4/okrs.md": MOVED}, urls.GOALPOSTS)
    assert isinstance(view, GoalpostsView)
    said = [(str(it.on), it.told, it.about.words) for it in view.goalposts]
    assert said == [
        ("2026-11-09", "The wording", "Paying is steady"),
        ("2026-11-02", "The <em>first</em> target", "Paying feels instant"),
        ("None", "The baseline", "Paying feels instant"),
    ]


def test_pages_without_matter_say_what_will_stand_there() -> None:
    renderer = Renderer(read_theme(find_project(str(ROOT))))
    pages = {
        page.path: renderer.render(page.page()).data.decode()
        for page in plan_site(compile_files({"teams/acme/2026-Q3/okrs.md": OKRS})).pages
    }
    assert "No promise has moved" in pages[urls.GOALPOSTS]
    assert "Nothing is shown yet, although 1 cycle has closed." in pages[urls.CALIBRATION]


def test_the_guide_explains_every_type_of_objective_and_every_kind_of_risk() -> None:
    renderer = Renderer(read_theme(find_project(str(ROOT))))
    pages = plan_site(compile_files({})).pages
    html = next(renderer.render(page.page()).data.decode() for page in pages if page.path == urls.GUIDE)
    assert [kind for kind in ObjectiveType if f"<dt>{kind}</dt><dd>" not in html] == []
    assert [kind for kind in RiskKind if f"{kind}: " not in html] == []


def test_the_guide_shows_a_specimen_of_each_shape_and_nobodys_figure() -> None:
    view = _view({}, urls.GUIDE)
    assert isinstance(view, GuideView)
    specimens = (view.bullet, view.burn_up, view.sparkline, view.score, view.weeks)
    assert all("data-figure" not in specimen for specimen in specimens)
    assert [specimen for specimen in specimens[:4] if 'aria-label="A specimen: ' not in specimen] == []
    assert view.calls == ("on track", "at risk", "off track", "not heard")
