"""Building again when something has changed: the way of every build, and a site that is shown once it is sound."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NoReturn, Protocol

from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.settings import FILE_NAME
from okrsite.render.page import Renderer, TemplateFailureError
from okrsite.render.report import printable, render_report, summary
from okrsite.render.theme import Theme
from okrsite.shell.build import Run, assemble, load
from okrsite.shell.collection import Leftovers, paused
from okrsite.shell.files import NotTextError, reason
from okrsite.shell.inputs import Inputs, read_inputs
from okrsite.shell.project import Project, UsageError, check_content, read_project, theme_folders
from okrsite.shell.serving.answers import Moment
from okrsite.shell.serving.site import ServedSite
from okrsite.shell.stopwatch import now
from okrsite.shell.watch import Places, Watch

LULL: Final = 0.3
"""Seconds in which whoever looks at a page comes first, before the other pages are tried."""
SOME, MANY = 20, 100
"""Builds after which what they have left behind is cleared away: in a lull, and at the latest."""
MAX_REPORT: Final = 200_000
"""Characters of a report that a browser is given."""

Report = Callable[[bool], str]
"""What is wrong, in colour or without."""


class Shown(Protocol):
    """Where a site is shown."""

    def show(self, now: Moment) -> None:
        """Show this from now on."""

    def viewed(self) -> tuple[str, ...]:
        """The addresses of the pages that are open."""


class Told(Protocol):
    """Who is told what becomes of each build."""

    def built(self, inputs: Inputs, problems: tuple[Diagnostic, ...], changed: frozenset[Path], seconds: float) -> None:
        """A new site is shown."""

    def failed(self, report: Report) -> None:
        """The files have problems; what is shown stays."""


class FailedBuildError(Exception):
    """There is nothing new to be shown."""

    def __init__(self, report: Report) -> None:
        super().__init__(report(False))
        self.report = report


class Rebuilding:
    """Keeps the site of the project in a folder as its files are."""

    def __init__(
        self, folder: Path, today: Callable[[], date], run: Run, watch: Watch, told: Told, *, keep_going: bool = False
    ) -> None:
        self.now = Moment()
        self._keep_going = keep_going
        self._folder, self._today, self._run, self._watch, self._told = folder, today, run, watch, told
        self._folders: tuple[Path, ...] = ()
        self._logo: tuple[Path, ...] = ()
        self._from: tuple[Inputs, Compiled] | None = None
        self._tried: set[str] = set()
        self._leftovers = Leftovers()
        self._good: ServedSite | None = None
        self._rejected: tuple[Compiled, Theme, Report] | None = None

    def build(self, viewed: tuple[str, ...] = ("/",), changed: frozenset[str] = frozenset()) -> bool:
        """Build, and make the pages at the addresses that are viewed; tells whether there is anything new."""
        began = now()
        try:
            with paused():
                site = self._built(viewed)
        except FailedBuildError as failed:
            if self._watch.wait(0):
                return False  # somebody is in the middle of something
            return self._fail(self.now.site, failed.report)
        if site is self.now.site and not self.now.trouble:
            return False
        self.now = Moment(self.now.epoch + 1, site)
        assert self._from is not None
        inputs, compiled = self._from
        self._told.built(inputs, compiled.problems, frozenset(map(Path, changed)), now() - began)
        return True

    def follow(self, shown: Shown) -> NoReturn:
        """Build and show whenever something has changed, for ever; no process is forked from among threads."""
        self._run = replace(self._run, jobs=1)
        while True:
            if not self._watch.wait(LULL):
                if self._try_others():
                    shown.show(self.now)
                self._leftovers.clear(from_builds=SOME)
            self._watch.wait()
            if self.build(shown.viewed() or ("/",), self._watch.settle()):
                shown.show(self.now)
            self._leftovers.add()
            self._leftovers.clear(from_builds=MANY)

    # --- one build ------------------------------------------------------------------------------------------------

    def _built(self, viewed: tuple[str, ...]) -> ServedSite:
        """The site as the files are now; the present one when they say nothing else. Raises FailedBuildError."""
        try:
            project = self._read()
            inputs = read_inputs(project, self._today(), self._run.memory.sources)
            compiled = load(inputs, self._run)
            self._refuse_errors(inputs, compiled)
            return self._served(inputs, compiled, viewed)
        except (UsageError, TemplateFailureError, NotTextError) as error:
            raise FailedBuildError(_said(str(error))) from error
        except OSError as error:
            raise FailedBuildError(_said(f"cannot go on: {reason(error)}")) from error

    def _read(self) -> Project:
        """The project with its settings; from now on what they name is watched."""
        before = self._places()
        self._watch.follow(before)
        project = read_project(self._folder)
        if project.problems:
            raise FailedBuildError(partial(_report, project.problems, {FILE_NAME: project.settings_text}))
        brand = project.settings.brand
        self._logo = (project.folder / brand.logo,) if brand.logo else ()
        self._folders = (project.folder / project.settings.content, *theme_folders(project))
        if self._places() != before:
            self._watch.follow(self._places())
        check_content(project)
        return project

    def _places(self) -> Places:
        return Places(self._folders, (self._folder / FILE_NAME, *self._logo))

    def _refuse_errors(self, inputs: Inputs, compiled: Compiled) -> None:
        if compiled.count(Severity.ERROR) and not self._keep_going:
            texts = inputs.texts(problem.span.path for problem in compiled.problems)
            raise FailedBuildError(partial(_report, compiled.problems, texts))

    def _served(self, inputs: Inputs, compiled: Compiled, viewed: tuple[str, ...]) -> ServedSite:
        made, now = assemble(inputs, compiled), self.now.site
        if self._rejected and self._rejected[0] is compiled and self._rejected[1] == made.theme:
            raise FailedBuildError(self._rejected[2])
        same_theme = now is not None and now.renderer.theme == made.theme
        if now is not None and same_theme and self._is_from(inputs, compiled):
            return now
        renderer = now.renderer if now is not None and same_theme else Renderer(made.theme)
        site = ServedSite(inputs.project, made, renderer, now.assets if now else {})
        for address in viewed:
            path = site.find(address)
            if path is not None:
                site.page(path)
        if now is None or not _is_alike(now.renderer.theme, made.theme):
            self._tried.clear()
        self._from = inputs, compiled
        return site

    def _is_from(self, inputs: Inputs, compiled: Compiled) -> bool:
        """Whether what is shown was made from this."""
        return self._from is not None and self._from[1] is compiled and self._from[0].project == inputs.project

    # --- all the other pages --------------------------------------------------------------------------------------

    def _try_others(self) -> bool:
        """Make each page once with the templates, as long as nothing changes; tells whether one has failed.

        Then the last site that was sound throughout is shown again.
        """
        site = self.now.site
        if site is None or site is self._good or self.now.trouble:
            return False
        for path in site.paths():
            if path in self._tried:
                continue
            if self._watch.wait(0):
                return False
            try:
                site.rendered(path)
            except TemplateFailureError as error:
                assert self._from is not None
                report = _said(str(error))
                self._rejected, self._from = (self._from[1], site.renderer.theme, report), None
                return self._fail(self._good or site, report)
            self._tried.add(path)
        self._good = site
        return False

    def _fail(self, site: ServedSite | None, report: Report) -> bool:
        """Show a site beside a report of what is wrong; tells whether that is anything new."""
        trouble = report(False)
        if len(trouble) > MAX_REPORT:
            trouble = f"{trouble[:MAX_REPORT]}\n…\nThe rest is in `okrsite check`.\n"
        if site is self.now.site and trouble == self.now.trouble:
            return False
        self.now = Moment(self.now.epoch + 1, site, trouble)
        self._told.failed(report)
        return True


def _is_alike(one: Theme, other: Theme) -> bool:
    """Whether pages that can be made with one theme can be made with the other."""
    return one.templates == other.templates and one.static.keys() == other.static.keys()


def _report(problems: tuple[Diagnostic, ...], texts: dict[str, str], colour: bool) -> str:
    """What `okrsite check` says of these problems."""
    return f"{render_report(problems, texts, colour=colour)}{summary(problems)}\n"


def _said(message: str) -> Report:
    return lambda _colour: f"{printable(message)}\n"
