"""The main line of a history with branches, and what people said in its commits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from okrsite.core.replay import Commit

LONGEST: Final = 4_000
"""Characters of a commit's message that are read."""
MAX_MESSAGE: Final = 600
"""Characters of a commit's message that are shown."""
_BY_PROGRAM: Final = re.compile(r"(?:Merge |fixup!|squash!|See merge request|Automatic|This reverts commit)")
_TRAILER: Final = re.compile(r"[A-Za-z][\w-]*(?:-by|-By|-to|-Id|-id|Id|Url|URL):\s.*|\(cherry picked from .*")
_ADDRESS: Final = re.compile(r"<?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,253}>?")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Logged(Protocol):
    """A commit as a log has it."""

    @property
    def id(self) -> str: ...
    @property
    def parents(self) -> tuple[str, ...]: ...
    @property
    def on(self) -> date: ...
    @property
    def message(self) -> str: ...
    @property
    def versions(self) -> Mapping[str, str]: ...


def main_line(logged: Iterable[Logged], head: str, after: str = "") -> list[Commit] | None:
    """The first parents from one commit back to the first, or to the one named, oldest first.

    A merge speaks with the messages of the commits that it brought. None when the named commit is not on the line.
    """
    known = {commit.id: commit for commit in logged}
    line: list[Logged] = []
    at = head
    while at in known and at != after:
        line.append(known[at])
        at = known[at].parents[0] if known[at].parents else ""
    if after and at != after:
        return None
    seen = {commit.id for commit in line} | ({after} if after else set())
    return [_step(commit, _brought(commit, known, seen)) for commit in reversed(line)]


def _brought(merge: Logged, known: Mapping[str, Logged], seen: set[str]) -> list[Logged]:
    """The commits of the branches that a merge brought, oldest first."""
    found: list[Logged] = []
    waiting = list(merge.parents[1:])
    while waiting:
        id_ = waiting.pop()
        if id_ in seen or id_ not in known:
            continue
        seen.add(id_)
        found.append(known[id_])
        waiting += known[id_].parents
    order = {id_: n for n, id_ in enumerate(known)}
    return sorted(found, key=lambda commit: -order[commit.id])


def _step(commit: Logged, brought: Sequence[Logged]) -> Commit:
    own = said(commit.message)
    messages = {}
    for path in commit.versions:
        others = dict.fromkeys(said(b.message) for b in brought if path in b.versions and len(b.parents) < 2)
        messages[path] = " · ".join(filter(None, others)) or own
    return Commit(commit.id, commit.on, dict(commit.versions), messages)


def said(message: str) -> str:
    """What people said in a commit's message: no signatures, no addresses, nothing that a program wrote."""
    lines = [line.rstrip() for line in _CONTROLS.sub("", message[:LONGEST]).strip().split("\n")]
    kept = [line for line in lines if not _TRAILER.fullmatch(line) and not _BY_PROGRAM.match(line)]
    text = " ".join(_ADDRESS.sub("", " ".join(kept)).split())
    return text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 1].rstrip() + "…"
