"""A theme as a value: its templates and its static files, by name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import splitext

from okrsite.pages.urls import ASSETS


@dataclass(frozen=True)
class Theme:
    """Templates as text and static files as bytes, already merged from the default theme and the project's own."""

    templates: Mapping[str, str]
    static: Mapping[str, bytes]

    @cached_property
    def assets(self) -> Mapping[str, str]:
        """The site path of each static file; it names the content, so that pages and assets belong together."""
        return {name: _asset_path(name, data) for name, data in self.static.items()}

    @cached_property
    def fingerprint(self) -> bytes:
        """A digest of all that goes into a page from a theme."""
        digest = hashlib.blake2b(digest_size=16)
        for name, text in sorted((*self.templates.items(), *self.assets.items())):
            digest.update(f"{len(name)} {len(text)} {name}{text}".encode())
        return digest.digest()


def _asset_path(name: str, data: bytes) -> str:
    stem, ending = splitext(name)
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{ending}"
