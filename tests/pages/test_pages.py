"""Free pages: a few are named below every page; many are listed on one, so that pages do not grow with their number."""

from typing import Final

from okrsite.pages import urls
from okrsite.pages.chrome import MAX_IN_FOOT
from okrsite.pages.plan import plan_site
from okrsite.pages.views import AnyView, FreePageView
from okrsite.render.page import Renderer
from okrsite.shell.project import find_project, read_theme
from tests.companies import ROOT, compile_files

FEW, MANY, MORE = MAX_IN_FOOT, MAX_IN_FOOT + 1, 300
TITLE: Final = "---\ntitle: Page <{0}>\n---\nWords.\n"


def _views(pages: int) -> dict[str, AnyView]:
    files = {f"pages/p{number:03}.md": TITLE.format(number) for number in range(pages)}
    return {page.path: page.page().view for page in plan_site(compile_files(files)).pages if urls.is_page(page.path)}


def test_a_few_pages_are_named_below_every_page() -> None:
    views = _views(FEW)
    assert urls.PAGES not in views
    home = views[urls.HOME]
    assert isinstance(home, FreePageView)
    assert [link.href for link in home.chrome.pages] == [f"pages/p{number:03}.html" for number in range(FEW)]
    assert "All pages" not in [item.words for item in home.chrome.about]


def test_many_are_listed_on_a_page_to_which_each_page_leads() -> None:
    views = _views(MANY)
    listing = views[urls.PAGES]
    assert isinstance(listing, FreePageView)
    assert listing.body.count("<li>") == MANY
    assert '<a href="pages/p012.html">Page &lt;12&gt;</a>' in listing.body
    for path, view in views.items():
        if isinstance(view, FreePageView):
            assert view.chrome.pages == ()
            (item,) = [item for item in view.chrome.about if item.words == "All pages"]
            assert (item.href.endswith(urls.PAGES), item.here) == (True, path == urls.PAGES)


def test_a_page_does_not_grow_with_the_number_of_others() -> None:
    renderer = Renderer(read_theme(find_project(str(ROOT))))
    sizes = []
    for number in (MANY, MORE):
        files = {f"pages/p{number:03}.md": TITLE.format(number) for number in range(number)}
        plan = plan_site(compile_files(files))
        (page,) = [page for page in plan.pages if page.path == "pages/p000.html"]
        sizes.append(len(renderer.render(page.page()).data))
    assert sizes[0] == sizes[1] > 1_000
