"""What surrounds a page: the way up, when what it is about was changed last, and as of when it stands."""

from datetime import date
from typing import Final

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.history import History, Touch
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile
from okrsite.pages.chrome_parts import Chrome
from okrsite.pages.plan import plan_site
from okrsite.pages.views import ObjectiveView, TeamCycleView
from okrsite.render.page import Renderer
from okrsite.shell.project import find_project, read_theme
from tests.companies import ROOT

TODAY: Final = date(2026, 11, 22)
BASE: Final = "teams/shop/2026-Q4"
FILES: Final = {
    "teams/acme/team.md": "---\nname: Acme\n---\n",
    "teams/sales/team.md": "---\nname: Sales\nparent: acme\n---\n",
    "teams/shop/team.md": "---\nname: Shop\nparent: sales\n---\n",
    f"{BASE}/okrs.md": "---\nobjectives:\n  calm: {title: Calm, key_results: {k: {title: K, target: 5}}, "
    "assumes: {bet: So}}\n  quick: {title: Quick}\n---\n",
    f"{BASE}/checkins/2026-11-06.md": "---\nprogress: {calm#k: 3}\n---\n",
    f"{BASE}/checkins/2026-11-20.md": "---\nprogress: {quick: {confidence: 5}}\n---\n",
    f"{BASE}/checkins/2026-11-13.md": "---\nassumptions: {bet: shaky}\n---\n",
    f"{BASE}/questions/why.md": "---\nabout: quick\nasked_on: 2026-11-12\n---\nWhy?\n",
}
CHANGED: Final = {
    f"{BASE}/okrs.md": "2026-10-02",
    f"{BASE}/checkins/2026-11-06.md": "2026-11-07",
    f"{BASE}/checkins/2026-11-13.md": "2026-11-14",
    f"{BASE}/checkins/2026-11-20.md": "2026-11-20",
    f"{BASE}/questions/why.md": "2026-11-21",
}


def compiled(as_of: date | None = None) -> Compiled:
    """The company, of which a repository remembers when each file was changed."""
    touched = {f"content/{place}": Touch(date.fromisoformat(day), "c0ffee") for place, day in CHANGED.items()}
    parsed = [parse_document(SourceFile(f"content/{place}", place, text)) for place, text in FILES.items()]
    return compile_company(
        parsed, Facts(parse_settings("")[0], TODAY, {}, History("c0ffee", files=touched), as_of=as_of)
    )


def chrome(path: str) -> Chrome:
    """What surrounds the page at a path."""
    (view,) = [page.page().view for page in plan_site(compiled()).pages if page.path == path]
    assert isinstance(view, ObjectiveView | TeamCycleView)
    return view.chrome


def changed(path: str) -> str:
    """The day on which the page at a path was changed last."""
    found = chrome(path).changed
    return found.on.isoformat() if found else ""


def test_a_page_says_when_what_it_is_about_was_changed_last() -> None:
    assert changed(f"{BASE}/calm.html") == "2026-11-14", "what came later is about other things"
    assert changed(f"{BASE}/quick.html") == "2026-11-21"
    assert changed(f"{BASE}/index.html") == "2026-11-21"


def test_the_way_up_leads_through_the_teams_above_and_names_nothing_twice() -> None:
    assert [link.words for link in chrome(f"{BASE}/index.html").crumbs] == ["Acme", "Sales"]
    assert [link.words for link in chrome(f"{BASE}/calm.html").crumbs] == ["Shop", "2026-Q4"]


def test_every_page_of_another_time_says_so_before_anything_else() -> None:
    renderer = Renderer(read_theme(find_project(str(ROOT))))
    said = 'This is how things stood on <time datetime="2026-10-31">'
    for as_of in (date(2026, 10, 31), None):
        pages = {page.path: page.page() for page in plan_site(compiled(as_of)).pages}
        texts = {path: renderer.render(page).data.decode() for path, page in pages.items() if path.endswith(".html")}
        found = [path for path, text in texts.items() if said in text.partition("<h1")[0]]
        assert len(found) == (as_of is not None) * sum("<main" in text for text in texts.values())
