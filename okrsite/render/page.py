"""One page to bytes: the last of the four steps, a map over pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from okrsite.pages.days import day
from okrsite.pages.views import Page
from okrsite.render.theme import Theme

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: its own site's files and nothing else."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file of the site."""

    path: str
    data: bytes


class TemplateFailureError(Exception):
    """A theme's template is wrong; the message says which, where and how."""


class Renderer:
    """Renders pages with one theme; its templates are compiled once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = make_environment(theme)

    def render(self, page: Page) -> Rendered:
        """The finished file of a page."""
        from jinja2 import TemplateError

        try:
            html = self._environment.get_template(page.view.template).render(view=page.view)
        except TemplateError as error:
            raise TemplateFailureError(_describe(error, page)) from error
        return Rendered(page.path, html.encode("utf-8"))


def make_environment(theme: Theme) -> "Environment":
    """Jinja with a theme's templates: everything is escaped but what the Markdown renderer made."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(
        loader=DictLoader(theme.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = day
    environment.globals.update(policy=POLICY, asset=_asset(theme))
    return environment


def _asset(theme: Theme) -> object:
    def asset(name: str) -> str:
        """The address of one of the theme's static files, from the site's root."""
        try:
            return theme.assets[name]
        except KeyError:
            from jinja2 import TemplateRuntimeError

            raise TemplateRuntimeError(f"the theme has no static file `{name}`") from None

    return asset


def _describe(error: Exception, page: Page) -> str:
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if name is None:
        # A failure while a template runs: its place is the innermost template frame of the traceback.
        trace = error.__traceback__
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if "__jinja_template__" in trace.tb_frame.f_globals or file == "<template>":
                name, line = trace.tb_frame.f_globals.get("name", file), trace.tb_lineno
            trace = trace.tb_next
    where = f"{name or page.view.template}{f':{line}' if line else ''}"
    return f"template {where}: {error}, while rendering {page.path}"
