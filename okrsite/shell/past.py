"""A project as its repository stood at a commit: laid out in a folder of its own, read there as any other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from okrsite.core.cycles import parse_date
from okrsite.core.settings import FILE_NAME, parse_settings
from okrsite.shell.git import GitError, Repository, open_repository
from okrsite.shell.project import Project, UsageError, find_project

_THEMES = "themes"


@contextmanager
def past_project(folder: Path, moment: str) -> Iterator[tuple[Project, Repository, date]]:
    """The project of a folder as it stood at a commit or at the end of a day, with its repository and that day.

    Raises UsageError where no such moment is known.
    """
    repository = open_repository(folder)
    if repository is None:
        raise UsageError(f"{folder} lies in no git repository, or nothing is committed there yet")
    day = parse_date(moment)
    try:
        commit = repository.last_commit(day) if day else repository.commit(moment)
        with TemporaryDirectory(prefix="okrsite-") as place:
            _lay_out(repository, commit, Path(place))
            project = find_project(place)
            yield project, replace(repository, head=commit), day or repository.day_of(commit)
    except GitError as error:
        raise UsageError(str(error)) from None


def _lay_out(repository: Repository, commit: str, place: Path) -> None:
    """Write the settings, themes and content of a commit into an empty folder."""
    files = dict(repository.tree(commit, [FILE_NAME, _THEMES]))
    _write(repository, files, place)
    if not (place / FILE_NAME).exists():
        (place / FILE_NAME).touch()  # else a search for settings would go on in the folders above
    content = _content(place)
    files = dict(repository.tree(commit, [content]))
    if not files:
        raise GitError(f"the commit {commit[:10]} has no folder `{content}`")
    _write(repository, files, place)


def _content(place: Path) -> str:
    return parse_settings((place / FILE_NAME).read_text("utf-8-sig", errors="replace"))[0].content


def _write(repository: Repository, files: dict[str, str], place: Path) -> None:
    texts = dict(repository.blobs(list(dict.fromkeys(files.values()))))
    for path, id_ in files.items():
        if id_ not in texts or not _is_inside(path):
            continue
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(texts[id_])


def _is_inside(path: str) -> bool:
    """Whether a path of a tree, which anybody may have made up, stays below the folder that it is laid out in."""
    parts = PurePosixPath(path).parts
    return not path.startswith("/") and ".." not in parts and ".git" not in (part.lower() for part in parts)


def parted(folder: Path, one: str, other: str) -> str:
    """The commit at which two commits' histories parted. Raises UsageError."""
    repository = open_repository(folder)
    try:
        if repository is None:
            raise GitError(f"{folder} lies in no git repository, or nothing is committed there yet")
        return repository.merge_base(repository.commit(one), repository.commit(other))
    except GitError as error:
        raise UsageError(str(error)) from None
