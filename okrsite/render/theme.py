"""A theme as a value: its templates and its static files, by name."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath, relpath, splitext
from typing import Final

from okrsite.pages.urls import ASSETS

_URL: Final = re.compile(r"""url\([ \t]*["']?([^"'()\s]+)["']?[ \t]*\)""")


@dataclass(frozen=True)
class Theme:
    """Templates as text and static files as bytes, already merged from the default theme and the project's own."""

    templates: Mapping[str, str]
    static: Mapping[str, bytes]

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The site path of each static file; it names the content, so that pages and assets belong together."""
        plain = {name: _asset_path(name, data) for name, data in self.static.items()}
        return plain | {name: _asset_path(name, data) for name, data in self._styles(plain).items()}

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of each asset by its site path; styles lead to the other assets under the names they have there."""
        styles = self._styles({name: _asset_path(name, data) for name, data in self.static.items()})
        return {self.assets[name]: styles.get(name, data) for name, data in self.static.items()}

    def _styles(self, paths: Mapping[str, str]) -> dict[str, bytes]:
        """The styles with the addresses in them put right."""
        return {name: _resolved(name, data, paths) for name, data in self.static.items() if name.endswith(".css")}

    @cached_property
    def fingerprint(self) -> bytes:
        """A digest of all that goes into a page from a theme."""
        digest = hashlib.blake2b(digest_size=16)
        for name, text in sorted((*self.templates.items(), *self.assets.items())):
            digest.update(f"{len(name)} {len(text)} {name}{text}".encode())
        return digest.digest()


def _resolved(name: str, style: bytes, paths: Mapping[str, str]) -> bytes:
    """A style in which `url(font.woff2)` leads to the asset of that name; other addresses stay as they are."""

    def address(found: re.Match[str]) -> str:
        target = paths.get(normpath(join(dirname(name), found[1])))
        return found[0] if target is None else f'url("{relpath(target, dirname(ASSETS + name))}")'

    return _URL.sub(address, style.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _asset_path(name: str, data: bytes) -> str:
    stem, ending = splitext(name)
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{ending}"
