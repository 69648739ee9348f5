"""What stands: where nothing has changed that a result depends on, the last result is the result.

That is so for the problems of a project, and for its site when every file of it is still there as it was written.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.pictures import Picture
from okrsite.render.theme import Theme
from okrsite.shell.cache import Cache
from okrsite.shell.files import read_picture
from okrsite.shell.inputs import Inputs
from okrsite.shell.output import publication
from okrsite.shell.records import BrokenRecordError, from_record, to_record
from okrsite.shell.shares import Share
from okrsite.shell.workers import spread

PROBLEMS: Final = b"problems"
SITE: Final = b"site"

Found = TypeVar("Found")


class Problems(NamedTuple):
    """What was found in some inputs, and the pictures that they name."""

    found: tuple[Diagnostic, ...]
    pictures: tuple[Picture, ...]


class Files(NamedTuple):
    """The files of a share of a site with their contents' digests: its pages in order, and the others."""

    pages: tuple[tuple[str, bytes], ...]
    others: tuple[tuple[str, bytes], ...]
    elsewhere: tuple[str, ...]
    """The files that are in other shares."""

    @property
    def total(self) -> int:
        return len(self.pages) + len(self.others)


# --- problems -------------------------------------------------------------------------------------------------------


def known_problems(inputs: Inputs, cache: Cache) -> tuple[Diagnostic, ...] | None:
    """The problems that were found in these very inputs, if the pictures that they name are the same too."""
    known = _remembered(PROBLEMS, inputs.digest, Problems, cache)
    if known is None:
        return None
    now = tuple(read_picture(inputs.project.folder, picture.path)[0] for picture in known.pictures)
    return known.found if now == known.pictures else None


def keep_problems(inputs: Inputs, problems: tuple[Diagnostic, ...], pictures: Iterable[Picture], cache: Cache) -> None:
    """Remember what was found in some inputs, which name these pictures."""
    cache.keep_result(PROBLEMS, to_record(inputs.digest, Problems(problems, tuple(pictures))))


# --- the site -------------------------------------------------------------------------------------------------------


def standing_site(
    inputs: Inputs, theme: Theme, share: Share, target: Path, cache: Cache, jobs: int, waiting: Callable[[], None]
) -> Files | None:
    """The files of the share that was made of these inputs, if all of them are in a folder as they were written.

    The problems of the inputs must be known, and with them the pictures.
    """
    files = _remembered(SITE, _basis(inputs, theme, share, cache), Files, cache)
    if files is None:
        return None
    every: Sequence[tuple[str, bytes]] = (*files.pages, *files.others)
    with publication(target, waiting) as site:
        if not all(spread(lambda file: site.has(*file), every, jobs)):
            return None
        site.complete((path for path, _ in every), files.elsewhere)
    return files


def keep_site(inputs: Inputs, theme: Theme, share: Share, files: Files, cache: Cache) -> None:
    """Remember which files were made of some inputs with a theme."""
    cache.keep_result(SITE, to_record(_basis(inputs, theme, share, cache), files))


def _basis(inputs: Inputs, theme: Theme, share: Share, cache: Cache) -> bytes:
    """What a share of a site is made of, in one digest."""
    digest = blake2b(inputs.digest, digest_size=32)
    # Pictures are no part of the inputs: a build may have met others with these, found their problems, and failed.
    known = _remembered(PROBLEMS, inputs.digest, Problems, cache)
    for picture in known.pictures if known else ():
        digest.update(repr(picture).encode())
    digest.update(f"{share.number}/{share.of}\0".encode())
    templates = ((name, text.encode()) for name, text in theme.templates.items())
    for part in (templates, theme.static.items(), theme.catalogues.items()):
        for name, content in sorted(part):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\0")
    return digest.digest()


def _remembered(name: bytes, key: bytes, kind: type[Found], cache: Cache) -> Found | None:
    """The last result of a kind, if it was found under this key."""
    record = cache.result(name)
    try:
        return None if record is None else from_record(key, record, kind)
    except BrokenRecordError:
        return None
