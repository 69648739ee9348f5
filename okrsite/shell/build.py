"""The pipeline: from a project's files to its site, in the order in which things happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.link import Facts, named_pictures
from okrsite.core.parse import Parsed
from okrsite.core.pictures import Picture
from okrsite.render.theme import Theme
from okrsite.shell.cache import NO_CACHE, Cache
from okrsite.shell.collection import paused
from okrsite.shell.files import read_content, read_picture
from okrsite.shell.memo import parse_sources
from okrsite.shell.project import Project, read_theme

if TYPE_CHECKING:
    from okrsite.pages.plan import SitePlan
    from okrsite.shell.pages import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """How a command does its work: in how many processes, and with what earlier ones remembered."""

    jobs: int = 1
    cache: Cache = NO_CACHE
    memory: "Memory | None" = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A compiled project, and by path the texts of the sources in which there are problems."""

    compiled: Compiled
    texts: dict[str, str]


class Memory:
    """What a process that builds again and again holds: parsed files, and what was loaded the last time."""

    def __init__(self) -> None:
        self.parsed: dict[bytes, Parsed] = {}
        self._last: tuple[object, Loaded] | None = None

    def loaded(self, found: object, load: Callable[[], Loaded]) -> Loaded:
        """What is loaded from these files and what else was found; the same as before where those are."""
        inputs = (tuple(self.parsed), found)
        if self._last is None or self._last[0] != inputs:
            self._last = inputs, load()
        return self._last[1]


@dataclass(frozen=True, slots=True)
class Site:
    """All that a site is made of: its theme, its plan, and by path in the site its pictures."""

    theme: Theme
    plan: "SitePlan"
    pictures: Mapping[str, Picture]


def load(project: Project, today: date, run: Run) -> Loaded:
    """Read, parse and compile: the way that every command goes."""
    with paused():
        content = read_content(project.folder, project.settings.content)
        parsed = parse_sources(content.sources, run.cache, run.jobs, run.memory.parsed if run.memory else None)
        named = named_pictures((one.file for one in parsed if one.file), project.settings.content)
        pictures = {path: read_picture(project.folder, path)[0] for path in named}
        facts = Facts(project.settings, today, pictures)

        def compiled() -> Loaded:
            company = compile_company(parsed, facts, content.problems)
            troubled = {problem.span.path for problem in company.problems}
            return Loaded(company, {s.path: s.text for s in content.sources if s.text and s.path in troubled})

        return run.memory.loaded((content.problems, facts), compiled) if run.memory else compiled()


def assemble(project: Project, loaded: Loaded) -> Site:
    """Read the theme of a loaded project, and plan its site."""
    from okrsite.pages import urls
    from okrsite.pages.plan import plan_site

    theme = read_theme(project)
    pictures = loaded.compiled.company.pictures.values()
    return Site(theme, plan_site(loaded.compiled), {urls.picture(p.digest, p.kind): p for p in pictures})


def build(
    project: Project, loaded: Loaded, target: Path, run: Run, waiting: Callable[[], None]
) -> "tuple[list[Outcome], int]":
    """Assemble, make and publish a loaded project's site; returns what became of each page, and the number of files.

    `waiting` is called when another build is publishing to the same place.
    """
    from okrsite.render.page import Rendered, Renderer
    from okrsite.shell.output import publication
    from okrsite.shell.pages import PageMaker
    from okrsite.shell.workers import spread

    site, before = assemble(project, loaded), run.cache.pages()
    with publication(target, waiting) as output:
        outcomes = spread(PageMaker(Renderer(site.theme), output, before), site.plan.pages, run.jobs)
        others = {**site.theme.files, **site.plan.files()}
        for path, content in others.items():
            output.write(Rendered(path, content))
        for path, picture in site.pictures.items():
            output.write(Rendered(path, read_picture(project.folder, picture.path, expected=picture)[1]))
        output.complete([*(outcome.path for outcome in outcomes), *others, *site.pictures])
    run.cache.keep_pages(before, {outcome.path: outcome.made for outcome in outcomes})
    return outcomes, len(outcomes) + len(others) + len(site.pictures)
