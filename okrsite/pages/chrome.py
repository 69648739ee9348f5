"""What surrounds every page: title, navigation, the way back, and which of its files have a problem."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from okrsite.core.diagnostics import Severity
from okrsite.core.ledger import Goalpost
from okrsite.core.model import PageFile
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.chrome_parts import Change, Chrome, Following, Nav, Way
from okrsite.pages.forge import find_repository
from okrsite.pages.parts import Link, Telling
from okrsite.pages.tracer import Noted, Tracer
from okrsite.pages.words import Words, wording
from okrsite.pages.writer import Writer, file_place

_ABOUT = (
    (wording("How to read these pages"), urls.GUIDE),
    (wording("Promises that moved"), urls.GOALPOSTS),
    (wording("What we let go"), urls.DROPPED),
    (wording("How well we know ourselves"), urls.CALIBRATION),
)
_PAGES = (wording("All pages"), urls.PAGES)
MAX_IN_FOOT = 12
"""Free pages that are named below every page; more are listed on one, to which each leads."""


class Framer:
    """Makes the chrome of each page of a language's tree; which files have errors is looked up once for all."""

    def __init__(self, tracer: Tracer, reading: str, say: Words, names: Mapping[str, str]) -> None:
        compiled = tracer.compiled
        self.compiled, self.reading, self.say, self._names = compiled, reading, say, names
        self.tracer = tracer
        self.tree = urls.tree(reading, compiled.company.settings.language)
        self.repository = find_repository(compiled.company.settings, compiled.company.folder)
        self.tellings: dict[tuple[Goalpost, bool], Noted[Telling]] = {}
        """What has been told of changes, with or without figures, for they stand on several pages."""
        self._brief: dict[str, Noted[Html]] = {}
        self._troubled = {p.span.path for p in compiled.problems if p.severity is Severity.ERROR}

    def readings(self, writer: Writer, page: str) -> tuple[Nav, ...]:
        """A page in each language in which the company writes; none when it is only one."""
        settings = self.compiled.company.settings
        return tuple(
            Nav(
                Html(escape(self._names[reading])),
                writer.top + urls.tree(reading, settings.language) + urls.quoted(page),
                reading == self.reading,
                language=reading,
            )
            for reading in settings.languages
            if len(settings.languages) > 1
        )

    def _following(self, writer: Writer, feed: str, calendar: str) -> Iterable[Following]:
        """How a page's matter can be followed; there are no dates before there is a cycle."""
        yield Following(self.say.gettext("Changes as a feed"), writer.href(feed), "application/atom+xml")
        if calendar and self.compiled.company.cycles:
            yield Following(self.say.gettext("Dates as a calendar"), writer.href(calendar), "text/calendar")

    def _troubled_of(self, team: str, cycle: str) -> set[str]:
        """The files with errors in a team's folder of a cycle, also those that are no part of it for their names."""
        folder = f"{self.compiled.company.settings.content}/teams/{team}/{cycle}/"
        return {path for path in self._troubled if path.startswith(folder)} if team else set()

    def commit(self, id_: str) -> Link:
        """A commit by its short name, with the forge's address where one is known."""
        return Link(Html(f"<code>{escape(id_[:10])}</code>"), self.repository.commit(id_) if self.repository else "")

    def _changed(self, paths: Iterable[str], team: str, cycle: str) -> Change | None:
        """The last commit that changed one of a page's files."""
        company = self.compiled.company
        if (team, cycle) in company.team_cycles:
            paths = (*paths, *company.team_cycles[team, cycle].paths)
        touches = [company.history.files[path] for path in paths if path in company.history.files]
        last = max(touches, key=lambda touch: touch.on, default=None)
        return Change(last.on, self.commit(last.commit)) if last else None

    @property
    def site(self) -> str:
        """The name of the site, as the company calls it."""
        settings = self.compiled.company.settings
        return settings.brand.name or settings.title

    @property
    def many_pages(self) -> bool:
        """Whether free pages have a list of their own: else each of many would be named on all of many."""
        return len(self.compiled.company.pages) > MAX_IN_FOOT

    def free_pages(self, writer: Writer) -> tuple[Link, ...]:
        """The company's free pages, in their order."""
        return tuple(_page_link(file, writer) for file in self.compiled.company.pages)

    def writer(self, path: str, base: str = "") -> Writer:
        """A writer for the page at a path, whose links begin at a base where there is one."""
        return Writer(self.compiled.company, path, self.say, self.reading, self._briefly, base)

    def _briefly(self, ref: str, make: Callable[[], Html]) -> Html:
        return self.tracer.remembered(self._brief, ref, make)

    def far_writer(self, path: str) -> Writer:
        """A writer for a file that is read away from the site: its links are whole if the site's address is known."""
        base = self.compiled.company.settings.base_url
        return self.writer(path, base and base.rstrip("/") + "/")

    def chrome(
        self,
        writer: Writer,
        title: str,
        crumbs: tuple[Link, ...] = (),
        paths: Iterable[str] = (),
        cycle: str = "",
        team: str = "",
        ways: tuple[Way, ...] = (),
        followed: tuple[str, str] = (urls.FEED, urls.CALENDAR),
        written: Iterable[str] | None = None,
    ) -> Chrome:
        """The chrome of a page made from content files at `paths`, or from all that a team wrote in a cycle.

        `written` are those files that speak of the page's matter, where not all of them do.
        `followed` are the paths of the feed and of the calendar that are about the page, '' for none.
        """
        paths = tuple(paths)
        company, settings = self.compiled.company, self.compiled.company.settings
        say, cycle = self.say, cycle or company.current
        targets = [(say.gettext("Home"), urls.HOME)]
        if cycle:
            targets += [(say.gettext("Map"), urls.cascade(cycle)), (say.gettext("Asks"), urls.asks(cycle))]
            targets += [(say.gettext("Week by week"), urls.changes(cycle))]
            targets += [(say.gettext("Retrospectives"), urls.retros(cycle))]
        targets += [
            (say.gettext("Teams"), urls.TEAMS),
            (say.gettext("Lessons"), urls.LESSONS),
            (say.gettext("Questions"), urls.QUESTIONS),
            (say.gettext("Search"), urls.SEARCH),
        ]
        about = (_PAGES, *_ABOUT) if self.many_pages else _ABOUT
        return Chrome(
            language=say.language,
            title=title if title == self.site else f"{title} · {self.site}",
            site=self.site,
            logo=urls.logo(settings.brand.logo),
            root=writer.root,
            assets=writer.top,
            readings=self.readings(writer, writer.path),
            nav=tuple(
                Nav(name, writer.href(path), path == writer.path, "/" if path == urls.SEARCH else "")
                for name, path in targets
            ),
            crumbs=crumbs,
            noindex=settings.noindex,
            today=company.today,
            as_of=company.as_of,
            pages=() if self.many_pages else self.free_pages(writer),
            about=tuple(Nav(say.gettext(name), writer.href(path), path == writer.path) for name, path in about),
            following=tuple(self._following(writer, *followed)),
            changed=self._changed(paths if written is None else written, team, cycle),
            troubled=tuple(sorted(self._troubled.intersection(paths) | self._troubled_of(team, cycle))),
            ways=ways,
        )

    def cycle_chrome(self, cycle: str, title: str, writer: Writer) -> Chrome:
        """The chrome of a page about all of a cycle."""
        crumbs = (Link(writer.cycle(cycle), writer.href(urls.cycle(cycle))),)
        followed = urls.cycle_feed(cycle), urls.cycle_calendar(cycle)
        return self.chrome(writer, title, crumbs, cycle=cycle, followed=followed)


def _page_link(file: PageFile, writer: Writer) -> Link:
    words = writer.inline(file.title, links=False) if file.title else Html(escape(file.slug))
    return Link(words, writer.href(*file_place(file)))
