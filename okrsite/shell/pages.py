"""Making a site's pages, each only when what it shows is new: what stands between a plan and its publication."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from okrsite.pages.trace import Trace
from okrsite.render.fingerprint import fingerprint
from okrsite.render.page import Rendered, Renderer
from okrsite.shell.cache import Made
from okrsite.shell.collection import paused
from okrsite.shell.output import Publication
from okrsite.shell.stopwatch import Clock, Told

if TYPE_CHECKING:
    from okrsite.pages.plan import PlannedPage
    from okrsite.pages.tracer import Tracer
    from okrsite.pages.views import AnyView, Page

UNCHANGED = "unchanged"


class Outcome(NamedTuple):
    """A page of the new site: whether it was rendered, and why."""

    path: str
    rendered: bool
    reason: str


def make_pages(
    maker: "PageMaker", pages: "Sequence[PlannedPage]", jobs: int, clock: Clock, told: Told
) -> list[tuple[Outcome, Made]]:
    """Every page of a share of a site: what stands is found at once, the others are made in several processes.

    What pages read is compared here alone: whoever looks at all of a company in another process gets a copy of it.
    """
    with paused():
        standing = {planned.path: page for planned in pages if (page := maker.standing(planned)) is not None}
    if told:
        told(len(standing))
    others = [planned for planned in pages if planned.path not in standing]
    done = {path: (Outcome(path, False, UNCHANGED), page) for path, page in standing.items()}
    made = clock.spread(maker, others, jobs, told)
    with paused():
        for planned, (outcome, page) in zip(others, made, strict=True):
            done[planned.path] = outcome, maker.traced(planned, page)
    return [done[planned.path] for planned in pages]


class PageMaker:
    """Makes pages of one publication with one theme; `before` is how they were made last."""

    def __init__(
        self, renderer: Renderer, tracer: "Tracer", site: Publication, before: Mapping[str, Made], clock: Clock
    ) -> None:
        self._renderer, self._tracer, self._site, self._before = renderer, tracer, site, before
        self.standing = clock.step("trace", self._standing, lambda *_: None)
        """How a page was made last, if nothing has changed that it reads and it is still there."""
        self._present = clock.step("present", self._presented, lambda _, noted: noted[0].view.template)
        self._fingerprint = clock.step("fingerprint", fingerprint, lambda view, _: view.template)
        self._compare = clock.step("compare", self._stands, lambda known, _: known[0].view.template)
        self._render = clock.step("render", renderer.render, lambda page, _: page.view.template)
        self._write = clock.step("write", self._written, lambda new, _: new[0].view.template)

    def __call__(self, planned: "PlannedPage") -> tuple[Outcome, Made]:
        """Present a page; render and write it if it is not in the old site as it would be now. Its trace is to come."""
        page, names = self._present(planned)
        trace = Trace(names, b"")
        theme, shown = self._renderer.theme.fingerprint, self._fingerprint(page.view)
        before = self._before.get(page.path)
        if before is not None and before[:2] == (theme, shown) and self._compare((page, before)):
            return Outcome(page.path, False, UNCHANGED), before._replace(trace=trace)
        made = Made(theme, shown, self._write((page, self._render(page))), trace)
        return Outcome(page.path, True, self._reason(before, made, page.path, page.view)), made

    def traced(self, planned: "PlannedPage", made: Made) -> Made:
        """How a page was made, with the digest of what it has read."""
        return made._replace(trace=self._tracer.trace(planned.about, made.trace.names))

    def _standing(self, planned: "PlannedPage") -> Made | None:
        before = self._before.get(planned.path)
        if before is None or before.theme != self._renderer.theme.fingerprint:
            return None
        holds = self._tracer.holds(planned.about, before.trace) and self._site.has(planned.path, before.content)
        return before if holds else None

    def _presented(self, planned: "PlannedPage") -> "tuple[Page, bytes]":
        return self._tracer.noted(planned.page)

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
