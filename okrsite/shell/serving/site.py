"""A site in memory: each page is made when it is first asked for, as a build would make it."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from okrsite.core.settings import Settings
from okrsite.pages import urls
from okrsite.render.page import Renderer, TemplateFailureError
from okrsite.shell.build import Site
from okrsite.shell.files import PictureChangedError, read_picture
from okrsite.shell.project import Project


class Stamps(NamedTuple):
    """What tells whether an open page is as it would be now; `shape` leaves out which styles it has."""

    page: str
    shape: str


class ServedPage(NamedTuple):
    """A page as a build would write it, and its stamps."""

    body: bytes
    stamps: Stamps


class ServedSite:
    """One state of a site. Pages may be asked for from several threads; what makes them changes nothing."""

    def __init__(self, project: Project, site: Site, renderer: Renderer, before: Mapping[str, bytes]) -> None:
        self._project, self._site, self.renderer = project, site, renderer
        self._pages = {planned.path: planned for planned in site.plan.pages}
        self._made: dict[str, ServedPage] = {}
        self._files: dict[str, bytes] = {}
        # Of the styles and scripts before, a page may still be on its way to a reader.
        self._assets = {**before, **site.theme.files}

    @property
    def settings(self) -> Settings:
        """The settings with which it was made."""
        return self._project.settings

    @property
    def assets(self) -> Mapping[str, bytes]:
        """The theme's files by path."""
        return self._site.theme.files

    def paths(self) -> tuple[str, ...]:
        """The paths of all pages."""
        return tuple(self._pages)

    def find(self, address: str) -> str | None:
        """The path of the page at an address, which is decoded and begins with a slash; None when there is none."""
        path = address[1:]
        if not path or path.endswith("/"):
            path += urls.HOME
        return path if path in self._pages and urls.is_page(path) else None

    def leads_on(self, address: str) -> bool:
        """Whether an address lacks only the slash at its end."""
        return f"{address[1:]}/{urls.HOME}" in self._pages

    def page(self, path: str) -> ServedPage:
        """A page; raises TemplateFailureError."""
        made = self._made.get(path)
        if made is None:
            made = self._made[path] = self._page(self.rendered(path))
        return made

    def rendered(self, path: str) -> bytes:
        """A page's bytes, not kept; raises TemplateFailureError."""
        return self.renderer.render(self._pages[path].page()).data

    def _page(self, body: bytes) -> ServedPage:
        shape = body
        for name, path in self._site.theme.assets.items():
            if name.endswith(".css"):
                shape = shape.replace(path.encode(), name.encode())
        return ServedPage(body, Stamps(stamp(body), stamp(shape)))

    def file(self, path: str) -> bytes | None:
        """A file that nobody reads as a page, or None."""
        if path in self._pages:
            try:
                return self.rendered(path)
            except TemplateFailureError:  # told when all pages are tried
                return None
        found = self._assets.get(path)
        if found is None and path in self._site.pictures:
            picture = self._site.pictures[path]
            try:
                return read_picture(self._project.folder, picture.path, expected=picture)[1]
            except PictureChangedError:  # the next state of the site is on its way
                return None
        if found is None and path in self._site.plan.files:
            found = self._files.get(path)
            if found is None:
                found = self._files[path] = self._site.plan.files[path]()
        return found


def stamp(body: bytes) -> str:
    """What a page's bytes are told apart by."""
    return blake2b(body, digest_size=8).hexdigest()
