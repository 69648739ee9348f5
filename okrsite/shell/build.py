"""The pipeline: from a project's files to its site, in the order in which things happen.

What only some runs need is imported where they need it: a build of what stands already takes next to no time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.history import NO_HISTORY, History
from okrsite.shell.cache import NO_CACHE, Cache
from okrsite.shell.collection import paused
from okrsite.shell.files import read_picture
from okrsite.shell.inputs import Inputs
from okrsite.shell.project import read_theme
from okrsite.shell.standing import Files, keep_problems, keep_site, known_problems, standing_site
from okrsite.shell.workers import spread

if TYPE_CHECKING:
    from okrsite.core.compile import Compiled
    from okrsite.core.link import Facts
    from okrsite.core.parse import Parsed
    from okrsite.render.theme import Theme
    from okrsite.shell.output import Publication
    from okrsite.shell.pages import Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """How a command does its work: in how many processes, and with what earlier ones remembered."""

    jobs: int = 1
    cache: Cache = NO_CACHE


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem of a project; its company, unless the problems were known without compiling it."""

    problems: tuple[Diagnostic, ...]
    compiled: "Compiled | None"


def check(inputs: Inputs, run: Run) -> Checked:
    """What is wrong with a project."""
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

    with paused():
        parsed = parse_sources(inputs.content.sources, run.cache, run.jobs)
        history = read_history(inputs.remembered, inputs.project.settings.content, run.cache, run.jobs)
        facts = facts_of(inputs, parsed, history)
        compiled = compile_company(parsed, facts, inputs.content.problems)
    keep_problems(inputs, compiled.problems, facts.pictures.values(), run.cache)
    return compiled


def facts_of(inputs: Inputs, parsed: "Iterable[Parsed]", history: History = NO_HISTORY) -> "Facts":
    """What a company is compiled with beside its texts."""
    from okrsite.core.link import Facts, named_pictures

    project = inputs.project
    named = named_pictures((one.file for one in parsed if one.file), project.settings.content)
    pictures = {path: read_picture(project.folder, path)[0] for path in named}
    return Facts(project.settings, inputs.today, pictures, history, inputs.folder)


def build(
    inputs: Inputs, checked: Checked, target: Path, run: Run, waiting: Callable[[], None]
) -> "tuple[Sequence[Outcome], int]":
    """Plan, make and publish a checked project's site; returns what became of each page, and the number of files.

    `waiting` is called when another build is publishing to the same place.
    """
    from okrsite.shell.output import publication
    from okrsite.shell.pages import UNCHANGED, Outcome

    theme = read_theme(inputs.project)
    if checked.compiled is None:
        files = standing_site(inputs, theme, target, run.cache, run.jobs, waiting)
        if files:
            return [Outcome(path, False, UNCHANGED) for path, _ in files.pages], files.total
    compiled = checked.compiled or load(inputs, run)
    with publication(target, waiting) as site:
        outcomes, files = _make(inputs, compiled, theme, site, run)
    keep_site(inputs, theme, files, run.cache)
    return outcomes, files.total


def _make(
    inputs: Inputs, compiled: "Compiled", theme: "Theme", site: "Publication", run: Run
) -> "tuple[list[Outcome], Files]":
    """Make every file of a site and complete it."""
    from okrsite.pages import urls
    from okrsite.pages.plan import plan_site
    from okrsite.render.page import Rendered, Renderer
    from okrsite.shell.pages import PageMaker

    plan = plan_site(compiled, theme.vocabulary)
    before = run.cache.pages()
    made = spread(PageMaker(Renderer(theme), site, before), plan.pages, run.jobs)
    others = {}
    for path, content in theme.files.items():
        others[path] = site.write(Rendered(path, content))
    for path, make in plan.files.items():
        others[path] = site.write(Rendered(path, make()))
    shown = {urls.picture(p.digest, p.kind): p for p in compiled.company.pictures.values()}
    for path, picture in shown.items():
        _, content = read_picture(inputs.project.folder, picture.path, expected=picture)
        others[path] = site.write(Rendered(path, content))
    files = Files(tuple((outcome.path, page.content) for outcome, page in made), tuple(others.items()))
    site.complete([path for path, _ in (*files.pages, *files.others)])
    run.cache.keep_pages(before, {outcome.path: page for outcome, page in made})
    return [outcome for outcome, _ in made], files
