"""A theme as a value: its templates and its static files, by name."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath, relpath, splitext
from typing import Final

from okrsite.pages.urls import ASSETS
from okrsite.pages.words import Vocabulary

_URL: Final = re.compile(r"""url\([ \t]*["']?([^"'()\s]+)["']?[ \t]*\)""")


@dataclass(frozen=True)
class Theme:
    """Templates as text, static files and catalogues as bytes, merged from the default theme and the project's own."""

    templates: Mapping[str, str]
    static: Mapping[str, bytes]
    catalogues: Mapping[str, bytes] = field(default_factory=dict)
    """The interface's words by language; those of okrsite, where a theme's own add to them, by `default/<language>`."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The interface's words in every language that the theme speaks."""
        return Vocabulary(self.catalogues)

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The site path of each static file; it names the content, so that pages and assets belong together."""
        return {name: path for name, (path, _) in self._resolved.items()}

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of each asset by its site path; styles lead to the other assets under the names they have there."""
        return dict(self._resolved.values())

    @cached_property
    def _resolved(self) -> Mapping[str, tuple[str, bytes]]:
        """The site path and the bytes of each static file; a style comes after the styles that it imports."""
        found = {n: (_asset_path(n, data), data) for n, data in self.static.items() if not n.endswith(".css")}
        styles = {name: data for name, data in self.static.items() if name.endswith(".css")}
        while styles:
            free = [name for name, data in styles.items() if not _named(name, data) & (styles.keys() - {name})]
            for name in free or styles:  # those that import each other in a circle keep the names as written
                data = _resolved(name, styles[name], {other: path for other, (path, _) in found.items()})
                found[name] = (_asset_path(name, data), data)
            styles = {name: data for name, data in styles.items() if name not in found}
        return found

    @cached_property
    def fingerprint(self) -> bytes:
        """A digest of all that goes into a page from a theme."""
        digest = hashlib.blake2b(digest_size=16)
        for name, text in sorted((*self.templates.items(), *self.assets.items())):
            digest.update(f"{len(name)} {len(text)} {name}{text}".encode())
        for name, catalogue in sorted(self.catalogues.items()):
            digest.update(f"{len(name)} {len(catalogue)} {name}".encode() + catalogue)
        return digest.digest()


def _named(name: str, style: bytes) -> set[str]:
    """The files to which a style leads."""
    return {normpath(join(dirname(name), at[1])) for at in _URL.finditer(style.decode("utf-8", "surrogateescape"))}


def _resolved(name: str, style: bytes, paths: Mapping[str, str]) -> bytes:
    """A style in which `url(font.woff2)` leads to the asset of that name; other addresses stay as they are."""

    def address(found: re.Match[str]) -> str:
        target = paths.get(normpath(join(dirname(name), found[1])))
        return found[0] if target is None else f'url("{relpath(target, dirname(ASSETS + name))}")'

    return _URL.sub(address, style.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _asset_path(name: str, data: bytes) -> str:
    stem, ending = splitext(name)
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{ending}"
