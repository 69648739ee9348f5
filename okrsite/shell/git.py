"""Asking git, which is the only other program that is ever started: what it says, as values.

Whatever a repository, a user or a surrounding hook have configured, git is asked the same way and runs nothing of
theirs; it never goes to the network for an object that a partial clone left out.
"""

import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

_WAIT: Final = 300.0
"""Seconds after which git is not waited for any more."""
_FIXED: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS: Final = (
    *("-c", "safe.directory=*"),  # CI checks out as another user; nothing that is asked here runs anything
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.quotePath=false"),
    *("-c", "i18n.logOutputEncoding=utf-8"),
    *("-c", "log.showSignature=false"),
)
_LOG: Final = ("log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--topo-order")
_MAIN_LINE: Final = (
    *("--diff-merges=first-parent", "--full-history", "--sparse"),
    "--format=%x01%H%x00%P%x00%ct%x00%B%x00",
)
_PLAIN_MODES: Final = ("100644", "100755")
_ABSENT: Final = "0" * 40


class GitError(Exception):
    """Git cannot say what was asked; the message says why."""


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """A commit as git's log has it; `versions` are the blobs that it brought, against its first parent, by path."""

    id: str
    parents: tuple[str, ...]
    on: date
    message: str
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder under version control: its place in the repository, and the commit that is checked out."""

    folder: Path
    prefix: str
    """The folder's path in the repository, '' or with a `/` at its end."""
    head: str
    shallow: bool

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises GitError."""
        asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        try:
            return _asked(self.folder, asked).decode().strip()
        except GitError:
            raise GitError(f"the repository has no commit `{revision}`") from None

    def last_commit(self, day: date) -> str:
        """The last commit of the main line by the end of a day, in UTC. Raises GitError."""
        until = f"--before={day.isoformat()}T23:59:59Z"
        found = _asked(self.folder, ["rev-list", "--first-parent", "--max-count=1", until, self.head]).decode().strip()
        if not found:
            raise GitError(f"nothing had been committed by {day.isoformat()}")
        return found

    def merge_base(self, one: str, other: str) -> str:
        """The commit at which two commits' histories parted. Raises GitError."""
        try:
            return _asked(self.folder, ["merge-base", one, other]).decode().strip()
        except GitError:
            raise GitError(f"the commits {one[:10]} and {other[:10]} have no common history here") from None

    def day_of(self, commit: str) -> date:
        """The day of a commit, in UTC. Raises GitError."""
        return _day(_asked(self.folder, ["show", "--no-patch", "--format=%ct", commit]))

    def log(
        self, head: str, path: str, after: str = "", lay: str = "", beside: Sequence[str] = ()
    ) -> tuple[LoggedCommit, ...]:
        """The commits up to one that another does not have, the latest first, with what they changed below a path.

        `lay` is where in the repository that lay then, if not where the path is now; `beside` are single files that
        are told of as well. Raises GitError.
        """
        lay = lay or self.prefix + path
        place = "../" * self.prefix.count("/") + lay
        told = _asked(self.folder, [*_LOG, *_MAIN_LINE, head, *([f"^{after}"] if after else []), "--", place, *beside])
        names = {self.prefix + name: name for name in beside}
        return tuple(_commits(told, f"{lay}/", f"{path}/", names))

    def origin(self, folder: str, before: str, commit: str) -> str:
        """The folder of the repository from which most files of another one were moved by a commit, or ''.

        Raises GitError.
        """
        told = _asked(self.folder, ["diff-tree", "-r", "-z", "--raw", "--find-renames=100%", "-l0", before, commit])
        parts, here, found = iter(told.split(b"\0")), f"{folder}/", Counter[str]()
        for part in parts:
            if part.startswith(b":") and part.split(b" ")[-1].startswith(b"R"):
                old, new = os.fsdecode(next(parts)), os.fsdecode(next(parts))
                inside = new.removeprefix(here)
                if new.startswith(here) and old.endswith(f"/{inside}"):
                    found[old.removesuffix(f"/{inside}")] += 1
        return found.most_common(1)[0][0] if found else ""

    def blobs(self, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The contents of some blobs; those that the repository lacks are left out. Raises GitError."""
        asked = "".join(f"{id_}\n" for id_ in ids).encode()
        told = _asked(self.folder, ["cat-file", "--batch"], asked) if ids else b""
        at = 0
        for id_ in ids:
            end = told.index(b"\n", at)
            head = told[at:end].split()
            at = end + 1
            if head[-1] == b"missing":
                continue
            size = int(head[2])
            yield id_, told[at : at + size]
            at += size + 1

    def tree(self, commit: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(path in the folder, blob) of every ordinary file below some paths in a commit. Raises GitError."""
        told = _asked(self.folder, ["ls-tree", "-r", "-z", commit, "--", *paths])
        for line in filter(None, told.split(b"\0")):
            meta, _, path = line.partition(b"\t")
            mode, _, id_ = meta.decode().split()
            if mode in _PLAIN_MODES:
                yield os.fsdecode(path), id_


def open_repository(folder: Path) -> Repository | None:
    """The repository that a folder belongs to; None when there is none, or no git, or nothing committed yet."""
    asked = ["rev-parse", "--show-prefix", "--is-shallow-repository", "--verify", "HEAD^{commit}"]
    try:
        prefix, shallow, head = os.fsdecode(_asked(folder, asked)).rstrip("\n").split("\n")
    except (GitError, ValueError):
        return None
    return Repository(folder, prefix, head, shallow == "true")


def lists(folder: Path, name: str) -> bool:
    """Whether something of that name in a folder is under version control; also when git cannot be asked."""
    try:
        return bool(_asked(folder, ["ls-files", "--", name]))
    except GitError:
        return True


def repository_root(folder: Path) -> Path | None:
    """The folder of the repository in which a folder lies, told without git: the nearest with a `.git`."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def _asked(folder: Path, command: Sequence[str], given: bytes = b"") -> bytes:
    """What git says to a command. Raises GitError."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _FIXED
    try:
        done = subprocess.run(  # noqa: S603 - the program is git, and no argument begins with a text of somebody's
            ["git", "--no-pager", "--literal-pathspecs", *_OPTIONS, *command],  # noqa: S607
            cwd=folder,
            env=surroundings,
            input=given,
            capture_output=True,
            check=True,
            timeout=_WAIT,
        )
    except subprocess.CalledProcessError as error:
        raise GitError(os.fsdecode(error.stderr).strip() or "git failed") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError("git cannot be asked") from error
    return done.stdout


def _commits(told: bytes, lay: str, path: str, beside: Mapping[str, str]) -> Iterator[LoggedCommit]:
    """The commits of a log: fields and paths stand between NULs, which none of them can hold.

    Files are told of below a path, wherever that lay, and some beside it by names of their own.
    """
    parts = iter(told.split(b"\0"))
    head: tuple[bytes, bytes, bytes, bytes] | None = None
    versions: dict[str, str] = {}
    for part in parts:
        part = part.lstrip(b"\n")
        if part.startswith(b"\x01"):
            if head:
                yield _commit(head, versions)
            head, versions = (part[1:], next(parts), next(parts), next(parts)), {}
        elif part.startswith(b":"):
            _, mode, _, id_, _ = part[1:].decode().split(" ")
            name = os.fsdecode(next(parts))
            known = path + name.removeprefix(lay) if name.startswith(lay) else beside.get(name)
            if known:
                versions[known] = id_ if mode in _PLAIN_MODES and id_ != _ABSENT else ""
    if head:
        yield _commit(head, versions)


def _commit(head: tuple[bytes, bytes, bytes, bytes], versions: Mapping[str, str]) -> LoggedCommit:
    id_, parents, stamp, message = head
    return LoggedCommit(
        id_.decode(), tuple(parents.decode().split()), _day(stamp), message.decode("utf-8", "replace"), versions
    )


def _day(stamp: bytes) -> date:
    return datetime.fromtimestamp(int(stamp), UTC).date()
