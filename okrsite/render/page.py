"""One page to bytes: the last of the four steps, a map over pages."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Final

from okrsite.pages.hosting import POLICY
from okrsite.pages.words import ENGLISH, Words
from okrsite.render.calendar import format_calendar
from okrsite.render.theme import Theme

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

    from okrsite.pages.views import Page

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold, not even in the form of a reference."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file of the site."""

    path: str
    data: bytes


MAX_COMPILED: Final = 100
"""Templates of which a process keeps what they compile to."""


class TemplateFailureError(Exception):
    """A theme's template is wrong; the message says which, where and how."""


class Renderer:
    """Renders pages with one theme; its templates are compiled once, when the first page is rendered."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._environments: dict[str, Environment] = {}

    def _environment(self, page: "Page") -> "Environment":
        """The templates with the words of a page's language; all languages share what was compiled."""
        from okrsite.pages.views import CalendarView, FeedView, RedirectView

        view = page.view
        language = view.language if isinstance(view, RedirectView | FeedView | CalendarView) else view.chrome.language
        if language not in self._environments:
            self._environments[language] = make_environment(self.theme, self.theme.vocabulary.words(language))
        return self._environments[language]

    def render(self, page: "Page") -> Rendered:
        """The finished file of a page."""
        from okrsite.pages.views import CalendarView, FeedView

        if isinstance(page.view, CalendarView):
            return Rendered(page.path, format_calendar(page.view))
        try:
            text = self._environment(page).get_template(page.view.template).render(view=page.view)
        except Exception as error:  # a template may fail in any way that an expression can
            raise TemplateFailureError(_describe(error, page, self.theme)) from error
        if isinstance(page.view, FeedView):
            text = _NOT_IN_XML.sub("\ufffd", text)
        return Rendered(page.path, text.encode("utf-8"))


def make_environment(theme: Theme, words: Words = ENGLISH) -> "Environment":
    """Jinja with a theme's templates and the words of a language.

    Everything is escaped but what the Markdown renderer and the words made, those with their parts escaped.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_loader(theme)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_compiled_templates(),
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension's
    environment.filters["day"] = words.day
    environment.globals.update(policy=POLICY, asset=_asset(theme), assets=theme.assets)
    environment.globals.update(
        _=words.gettext, gettext=words.gettext, ngettext=words.ngettext, pgettext=words.pgettext, decimal=words.decimal
    )
    return environment


@cache
def _compiled_templates() -> "BytecodeCache":
    """What texts of templates compile to, for the environments of all languages and of later builds in one process.

    The latest are kept: more than twice as many as the default theme has.
    """
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    class Compiled(BytecodeCache):
        def __init__(self) -> None:
            self._kept: OrderedDict[tuple[str, str], CodeType | None] = OrderedDict()

        def load_bytecode(self, bucket: Bucket) -> None:
            bucket.code = self._kept.get((bucket.key, bucket.checksum))

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._kept[bucket.key, bucket.checksum] = bucket.code
            if len(self._kept) > MAX_COMPILED:
                self._kept.popitem(last=False)

    return Compiled()


def _loader(theme: Theme) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template's text, and its name for error messages in place of a file's."""
        text = theme.templates.get(name)
        return None if text is None else (text, name, lambda: True)

    return load


def _asset(theme: Theme) -> object:
    def asset(name: str) -> str:
        """The address of one of the theme's static files, from the site's root."""
        try:
            return theme.assets[name]
        except KeyError:
            from jinja2 import TemplateRuntimeError

            raise TemplateRuntimeError(f"the theme has no static file `{name}`") from None

    return asset


def _describe(error: Exception, page: "Page", theme: Theme) -> str:
    """What went wrong, in the innermost template that was running, or in the one that cannot be read."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    name, line = page.view.template, 0
    trace = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file in theme.templates:
            name, line = file, trace.tb_lineno
        trace = trace.tb_next
    said = str(error) or type(error).__name__
    if isinstance(error, TemplateSyntaxError):
        name, line, said = error.name or name, error.lineno, error.message or said
    elif isinstance(error, TemplateNotFound):
        said = f"there is no template `{error.name}`"
    elif isinstance(error, RecursionError):
        said = "templates that include each other without end"
    return f"template {name}{f':{line}' if line else ''}: {said}, while rendering {page.path}"
