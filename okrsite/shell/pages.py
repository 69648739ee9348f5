"""Making a site's pages, each only when what it shows is new: what stands between a plan and its publication."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from okrsite.render.fingerprint import fingerprint
from okrsite.render.page import Rendered, Renderer
from okrsite.shell.cache import Made
from okrsite.shell.output import Publication
from okrsite.shell.stopwatch import Clock

if TYPE_CHECKING:
    from okrsite.pages.plan import PlannedPage
    from okrsite.pages.trace import Trace
    from okrsite.pages.tracer import Tracer
    from okrsite.pages.views import AnyView, Page

UNCHANGED = "unchanged"


class Outcome(NamedTuple):
    """A page of the new site: whether it was rendered, and why."""

    path: str
    rendered: bool
    reason: str


class PageMaker:
    """Makes pages of one publication with one theme; `before` is how they were made last."""

    def __init__(
        self, renderer: Renderer, tracer: "Tracer", site: Publication, before: Mapping[str, Made], clock: Clock
    ) -> None:
        self._renderer, self._tracer, self._site, self._before = renderer, tracer, site, before
        self._trace = clock.step("trace", self._same, lambda *_: None)
        self._present = clock.step("present", self._presented, lambda _, made: made[0].view.template)
        self._fingerprint = clock.step("fingerprint", fingerprint, lambda view, _: view.template)
        self._compare = clock.step("compare", self._stands, lambda known, _: known[0].view.template)
        self._render = clock.step("render", renderer.render, lambda page, _: page.view.template)
        self._write = clock.step("write", self._written, lambda new, _: new[0].view.template)

    def __call__(self, planned: "PlannedPage") -> tuple[Outcome, Made]:
        """Present a page unless all is the same that it reads, and render it unless it would show the same."""
        same = self._trace(planned)
        if same is not None:
            return Outcome(planned.path, False, UNCHANGED), same
        page, trace = self._present(planned)
        theme, shown = self._renderer.theme.fingerprint, self._fingerprint(page.view)
        before = self._before.get(page.path)
        if before is not None and before[:2] == (theme, shown) and self._compare((page, before)):
            return Outcome(page.path, False, UNCHANGED), before._replace(trace=trace)
        made = Made(theme, shown, self._write((page, self._render(page))), trace)
        return Outcome(page.path, True, self._reason(before, made, page.path, page.view)), made

    def _same(self, planned: "PlannedPage") -> Made | None:
        """How a page was made last, if nothing that it reads has changed and it is still there."""
        before = self._before.get(planned.path)
        if before is None or before.theme != self._renderer.theme.fingerprint:
            return None
        holds = self._tracer.holds(planned.about, before.trace) and self._site.has(planned.path, before.content)
        return before if holds else None

    def _presented(self, planned: "PlannedPage") -> "tuple[Page, Trace]":
        return self._tracer.traced(planned.about, planned.page)

    def _stands(self, known: "tuple[Page, Made]") -> bool:
        """Whether the old site has a page as it was made before."""
        page, before = known
        return self._site.has(page.path, before.content)

    def _written(self, new: "tuple[Page, Rendered]") -> bytes:
        """The digest of a page's content, after it was written."""
        return self._site.write(new[1])

    def _reason(self, before: Made | None, made: Made, path: str, view: "AnyView") -> str:
        """Why a page had to be rendered."""
        if before is None:
            return "new page" if not self._site.has(path) else "nothing is known of when it was made"
        if before.shown != made.shown:
            fields = ", ".join(made.shown.differing(before.shown, view))
            return f"what it shows has changed{fields and ': '}{fields}"
        if before.theme != made.theme:
            return "the theme has changed"
        return "changed in the output by another hand" if self._site.has(path) else "missing in the output"
