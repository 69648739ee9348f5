"""The pipeline: from a project's files to its site, in the order in which things happen.

What only some runs need is imported where they need it: a build of what stands already takes next to no time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.history import NO_HISTORY, History
from okrsite.shell.cache import NO_CACHE, Cache
from okrsite.shell.collection import paused
from okrsite.shell.files import read_picture
from okrsite.shell.inputs import Inputs
from okrsite.shell.progress import SILENT, Progress
from okrsite.shell.project import read_theme
from okrsite.shell.shares import WHOLE, Share
from okrsite.shell.standing import Files, keep_problems, keep_site, known_problems, standing_site
from okrsite.shell.stopwatch import UNTIMED, Clock

if TYPE_CHECKING:
    from okrsite.core.compile import Compiled
    from okrsite.core.compute import Basis, PartFigures
    from okrsite.core.link import Facts
    from okrsite.core.parse import Parsed
    from okrsite.core.pictures import Picture
    from okrsite.core.replay import Replayed
    from okrsite.core.source import SourceFile
    from okrsite.pages.plan import SitePlan
    from okrsite.render.theme import Theme
    from okrsite.shell.output import Publication
    from okrsite.shell.pages import Outcome


class Memory:
    """What a process holds for its next build, if one comes: files, what they say, figures, what came of it all."""

    def __init__(self) -> None:
        self.sources: dict[str, tuple[tuple[int, ...], SourceFile]] = {}
        self.parsed: dict[bytes, Parsed] = {}
        self.histories: dict[bytes, Replayed] = {}
        self.figures: dict[tuple[str, str], tuple[Basis, PartFigures]] = {}
        self._last: tuple[object, Compiled] | None = None

    def compiled(self, found: object, make: "Callable[[], Compiled]") -> "Compiled":
        """What comes of these files and of what else was found; the same as before where those are."""
        basis = (tuple(self.parsed), found)
        if self._last is None or self._last[0] != basis:
            self._last = basis, make()
        return self._last[1]


@dataclass(frozen=True, slots=True)
class Run:
    """How a command does its work: in how many processes, what of it, with what is remembered, and watched by whom."""

    jobs: int = 1
    cache: Cache = NO_CACHE
    memory: Memory = field(default_factory=Memory)
    share: Share = WHOLE
    clock: Clock = UNTIMED
    progress: Progress = SILENT

    def stage(self, name: str) -> AbstractContextManager[None]:
        """A stage of the work, for those who watch it."""
        self.progress.begin(name)
        return self.clock.stage(name)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem of a project; its company, unless the problems were known without compiling it."""

    problems: tuple[Diagnostic, ...]
    compiled: "Compiled | None"


@dataclass(frozen=True, slots=True)
class Site:
    """All that a site is made of: its theme, its plan, and by path in the site its pictures."""

    theme: "Theme"
    plan: "SitePlan"
    pictures: "Mapping[str, Picture]"

    def paths(self) -> Iterator[str]:
        """Where all its files are."""
        yield from (planned.path for planned in self.plan.pages)
        yield from (*self.theme.files, *self.plan.files, *self.pictures)


def check(inputs: Inputs, run: Run) -> Checked:
    """What is wrong with a project."""
    with run.stage("recall"):
        known = known_problems(inputs, run.cache)
    if known is not None:
        return Checked(known, None)
    compiled = load(inputs, run)
    return Checked(compiled.problems, compiled)


def load(inputs: Inputs, run: Run) -> "Compiled":
    """Parse and compile what was read."""
    from okrsite.core.compile import compile_company
    from okrsite.shell.history import read_history
    from okrsite.shell.memo import parse_sources

    memory = run.memory
    with paused():
        with run.stage("parse"):
            parsed = parse_sources(inputs.content.sources, run.cache, run.jobs, memory.parsed, run.progress)
        with run.stage("history"):
            content = inputs.project.settings.content
            history = read_history(inputs.remembered, content, run.cache, run.jobs, memory.histories)
        with run.stage("compile"):
            facts = facts_of(inputs, parsed, history)
            make = partial(compile_company, parsed, facts, inputs.content.problems, memory.figures)
            compiled = memory.compiled((inputs.content.problems, facts), make)
    with run.stage("remember"):
        keep_problems(inputs, compiled.problems, facts.pictures.values(), run.cache)
    return compiled


def facts_of(inputs: Inputs, parsed: "Iterable[Parsed]", history: History = NO_HISTORY) -> "Facts":
    """What a company is compiled with beside its texts."""
    from okrsite.core.link import Facts, named_pictures

    project = inputs.project
    named = named_pictures((one.file for one in parsed if one.file), project.settings.content)
    pictures = {path: read_picture(project.folder, path)[0] for path in named}
    return Facts(project.settings, inputs.today, pictures, history, inputs.folder, inputs.as_of)


def assemble(inputs: Inputs, compiled: "Compiled") -> Site:
    """Read the theme of a project, and plan its site."""
    from okrsite.pages import urls
    from okrsite.pages.plan import plan_site

    theme = read_theme(inputs.project)
    pictures = {urls.picture(p.digest, p.kind): p for p in compiled.company.pictures.values()}
    sources = {source.path: source.digest for source in inputs.content.sources}
    return Site(theme, plan_site(compiled, theme.vocabulary, sources), pictures)


def build(
    inputs: Inputs, checked: Checked, target: Path, run: Run, waiting: Callable[[], None]
) -> "tuple[Sequence[Outcome], int]":
    """Plan, make and publish a share of a checked project's site; returns what became of its pages, and how many files.

    `waiting` is called when another build is publishing to the same place.
    """
    from okrsite.shell.output import publication
    from okrsite.shell.pages import UNCHANGED, Outcome

    if checked.compiled is None:
        with run.stage("look"):
            theme = read_theme(inputs.project)
            files = standing_site(inputs, theme, run.share, target, run.cache, run.jobs, waiting)
        if files:
            return [Outcome(path, False, UNCHANGED) for path, _ in files.pages], files.total
    compiled = checked.compiled or load(inputs, run)
    with run.stage("plan"):
        site = assemble(inputs, compiled)
    with publication(target, waiting) as output:
        outcomes, files = _make(inputs, site, output, run)
    with run.stage("remember"):
        keep_site(inputs, site.theme, run.share, files, run.cache)
    return outcomes, files.total


def _make(inputs: Inputs, site: Site, output: "Publication", run: Run) -> "tuple[list[Outcome], Files]":
    """Make every file of a share of a site and complete it."""
    from okrsite.render.page import Rendered, Renderer
    from okrsite.shell.pages import PageMaker, make_pages

    ours = run.share.has
    elsewhere = tuple(path for path in site.paths() if not ours(path))
    with run.stage("recall"):
        before = run.cache.pages()
    with run.stage("pages"):
        pages = [planned for planned in site.plan.pages if ours(planned.path)]
        told = run.progress.begin("pages", len(pages), "pages")
        maker = PageMaker(Renderer(site.theme), site.plan.tracer, output, before, run.clock)
        made = make_pages(maker, pages, run.jobs, run.clock, told)
    with run.stage("files"):
        others = {path: output.write(Rendered(path, data)) for path, data in site.theme.files.items() if ours(path)}
        others |= {path: output.write(Rendered(path, make())) for path, make in site.plan.files.items() if ours(path)}
        for path, picture in site.pictures.items():
            if ours(path):
                _, content = read_picture(inputs.project.folder, picture.path, expected=picture)
                others[path] = output.write(Rendered(path, content))
    files = Files(tuple((outcome.path, page.content) for outcome, page in made), tuple(others.items()), elsewhere)
    with run.stage("publish"):
        output.complete([path for path, _ in (*files.pages, *files.others)], elsewhere)
    with run.stage("remember"):
        known = {path: before[path] for path in elsewhere if path in before}
        run.cache.keep_pages(before, known | {outcome.path: page for outcome, page in made})
    return [outcome for outcome, _ in made], files
