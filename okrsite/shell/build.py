"""The pipeline: from a project's files to its site, in the order in which things happen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.shell.files import read_content
from okrsite.shell.project import Project, read_theme


@dataclass(frozen=True, slots=True)
class Loaded:
    """A compiled project, and its sources' texts by path for reports."""

    compiled: Compiled
    texts: dict[str, str]


def load(project: Project, today: date) -> Loaded:
    """Read, parse and compile: the way that every command goes."""
    content = read_content(project.folder, project.settings.content)
    parsed = [parse_document(source) for source in content.sources]
    compiled = compile_company(parsed, Facts(project.settings, today), content.problems)
    return Loaded(compiled, {source.path: source.text for source in content.sources if source.text})


def build(project: Project, loaded: Loaded, target: Path) -> int:
    """Plan, render and publish a loaded project; returns the number of files written."""
    from okrsite.pages.plan import plan_site
    from okrsite.render.page import Rendered, Renderer
    from okrsite.shell.output import publish

    theme = read_theme(project)
    plan = plan_site(loaded.compiled)
    renderer = Renderer(theme)

    def files() -> Iterator[Rendered]:
        yield from (renderer.render(planned.page()) for planned in plan.pages)
        yield from (Rendered(theme.assets[name], data) for name, data in theme.static.items())

    return publish(files(), target)
