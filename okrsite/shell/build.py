"""The pipeline: from a project's files to its site, in the order in which things happen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.link import Facts, named_pictures
from okrsite.core.parse import Parsed
from okrsite.shell.cache import NO_CACHE, Cache
from okrsite.shell.collection import paused
from okrsite.shell.files import Content, read_content, read_picture
from okrsite.shell.memo import parse_sources
from okrsite.shell.project import Project, read_theme

if TYPE_CHECKING:
    from okrsite.shell.pages import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """How a command does its work: in how many processes, and with what earlier ones remembered."""

    jobs: int = 1
    cache: Cache = NO_CACHE


@dataclass(frozen=True, slots=True)
class Loaded:
    """A compiled project, and by path the texts of the sources in which there are problems."""

    compiled: Compiled
    texts: dict[str, str]


def load(project: Project, today: date, run: Run) -> Loaded:
    """Read, parse and compile: the way that every command goes."""
    with paused():
        content = read_content(project.folder, project.settings.content)
        return compile_content(project, today, content, parse_sources(content.sources, run.cache, run.jobs))


def compile_content(project: Project, today: date, content: Content, parsed: Sequence[Parsed]) -> Loaded:
    """Compile what was read and parsed."""
    named = named_pictures((one.file for one in parsed if one.file), project.settings.content)
    pictures = {path: read_picture(project.folder, path)[0] for path in named}
    compiled = compile_company(parsed, Facts(project.settings, today, pictures), content.problems)
    troubled = {problem.span.path for problem in compiled.problems}
    return Loaded(compiled, {s.path: s.text for s in content.sources if s.text and s.path in troubled})


def build(
    project: Project, loaded: Loaded, target: Path, run: Run, waiting: Callable[[], None]
) -> "tuple[list[Outcome], int]":
    """Plan, make and publish a loaded project's site; returns what became of each page, and the number of files.

    `waiting` is called when another build is publishing to the same place.
    """
    from okrsite.pages import urls
    from okrsite.pages.plan import plan_site
    from okrsite.render.page import Rendered, Renderer
    from okrsite.shell.output import publication
    from okrsite.shell.pages import PageMaker
    from okrsite.shell.workers import spread

    theme = read_theme(project)
    plan = plan_site(loaded.compiled)
    before = run.cache.pages()
    with publication(target, waiting) as site:
        outcomes = spread(PageMaker(Renderer(theme), site, before), plan.pages, run.jobs)
        others = {**theme.files, **plan.files}
        for path, content in others.items():
            site.write(Rendered(path, content))
        shown = {urls.picture(p.digest, p.kind): p for p in loaded.compiled.company.pictures.values()}
        for path, picture in shown.items():
            site.write(Rendered(path, read_picture(project.folder, picture.path, expected=picture)[1]))
        site.complete([*(outcome.path for outcome in outcomes), *others, *shown])
    run.cache.keep_pages(before, {outcome.path: outcome.made for outcome in outcomes})
    return outcomes, len(outcomes) + len(others) + len(shown)
