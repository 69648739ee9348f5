"""From the versions of a repository's main line, oldest first, to what changed in meaning in each of its commits.

Promises are followed by their ids: into another file when a team's folder is renamed, to another team when one says
`moved_from`, under another id when the title stays. A version that cannot be read is passed over: the next that can
be is compared with the last that could.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from okrsite.core.changes import (
    checkin_changes,
    differ,
    guardrail_changes,
    objective_changes,
    score_changes,
)
from okrsite.core.cycles import parse_date
from okrsite.core.grouping import grouped
from okrsite.core.history import Change, History, Recorded, Terms, Touch, What
from okrsite.core.model import AnyFile, CheckInFile, ObjectiveEntry, OkrsFile, RetroFile, Status
from okrsite.core.refs import cycle_of, place_of, tail_of


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the main line: the content files that it changed, with the versions they have after it."""

    id: str
    on: date
    versions: Mapping[str, str]
    """The name of each changed file's new version, by path; '' where the file is gone."""
    messages: Mapping[str, str]
    """What was said of each, by path."""
    opening: int | None = None
    """What the settings say of `opening_days` after it, where it changed them."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A history, and the last readable version of each file whose meaning is followed, by path."""

    history: History
    good: Mapping[str, str] = field(default_factory=dict)


SOON: Final = timedelta(days=7)
"""The shortest cadence: what comes within it of its own day is not late for any team."""

Versions = Callable[[str, str], AnyFile | None]
"""What a file held in a version, by path and name; None when it cannot be read, or a mistake may hide something."""


def replay(before: Replayed, commits: Iterable[Commit], versions: Versions) -> Replayed:
    """A history taken further along the main line, one commit after the other."""
    state = _State(before)
    for commit in commits:
        state.since = state.since or commit.on
        state.latest = max(state.latest or commit.on, commit.on)
        _Step(state, commit, versions).take()
        if commit.opening is not None:
            state.opening = (*state.opening, (commit.on, commit.opening))
        state.head = commit.id
    return state.replayed()


def followed(path: str) -> bool:
    """Whether the meaning of a file is followed from version to version."""
    return path.endswith(("/okrs.md", "/retro.md")) or "/checkins/" in path


def _own_day(path: str) -> date | None:
    """The day that a check-in's path says; None for any other file."""
    return parse_date(path.rpartition("/")[2].removesuffix(".md")) if "/checkins/" in path else None


def _tail(path: str) -> str:
    """What of a path stays when its team's folder is renamed: `2026-Q4/checkins/2026-10-12.md`."""
    return path.partition("/teams/")[2].partition("/")[2]


def _is_of(key: str, path: str) -> bool:
    """Whether a name is that of a file or of something in it, `path#id`."""
    return key.partition("#")[0] == path


class _State:
    """How things stand after a commit."""

    def __init__(self, before: Replayed) -> None:
        history = before.history
        self.head, self.since, self.complete = history.head, history.since, history.complete
        self.latest = history.latest
        self.good = dict(before.good)
        self.recorded = list(history.recorded)
        self.files, self.first, self.touched = dict(history.files), dict(history.first), dict(history.touched)
        self.late, self.opening = dict(history.late), history.opening
        self.was = ChainMap[int, Terms]({}, history.was)  # type: ignore[arg-type]  # only the first is written to

    def replayed(self) -> Replayed:
        history = History(
            head=self.head,
            complete=self.complete,
            since=self.since,
            latest=self.latest,
            recorded=tuple(self.recorded),
            files=self.files,
            first=self.first,
            touched=self.touched,
            late=self.late,
            opening=self.opening,
            was=self.was,
        )
        return Replayed(history, self.good)


class _Step:
    """One commit's changes."""

    def __init__(self, state: _State, commit: Commit, versions: Versions) -> None:
        self._state, self._commit, self._versions = state, commit, versions

    def take(self) -> None:
        before: dict[str, AnyFile] = {}
        after: dict[str, AnyFile] = {}
        moved, good = self._moved(), self._state.good
        self._arrivals(moved)
        altered = {new for old, new in moved.items() if self._commit.versions[new] != good[old]}
        for path, version in self._commit.versions.items():
            earlier = self._standing(path)
            matters = path in altered or self._matters(path)
            file = self._versions(path, version) if version and matters else None
            if earlier is not None:
                before[path] = earlier
            if file is not None:
                after[path] = file
            if version and matters and file is None:
                before.pop(path, None)
                after.pop(path, None)
                self._state.files[path] = Touch(self._commit.on, self._commit.id)
            else:
                self._keep(path, version)
        self._promises(_okrs(before), _okrs(after))
        for path, file in before.items():
            at = moved.get(path, path)
            now = after.get(at)
            if isinstance(file, CheckInFile) and (isinstance(now, CheckInFile) or (now is None and at == path)):
                told = now or file
                self._record(at, checkin_changes(f"{told.team}/{told.cycle}", file, now))
                self._risks(at, file, now)
            if isinstance(file, RetroFile) and (isinstance(now, RetroFile) or (now is None and at == path)):
                judged = now or file
                self._record(at, score_changes(f"{judged.team}/{judged.cycle}", file, now))

    def _matters(self, path: str) -> bool:
        """Whether the new version of a file is to be looked at; an observation's first one is compared with nothing."""
        return path.endswith("/okrs.md") or path in self._state.good

    def _moved(self) -> dict[str, str]:
        """Where files lie after this commit that lay in another team's folder, by the path they had.

        It is the same file, or the team's promise for the cycle moved from the one folder to the other likewise.
        """
        versions, good = self._commit.versions, self._state.good
        gone = grouped((_tail(path), path) for path, version in versions.items() if not version and path in good)
        if not gone:
            return {}
        came = grouped((_tail(path), path) for path, version in versions.items() if version and path not in good)
        moved: dict[str, str] = {}
        for tail, olds in gone.items():
            news, okrs = came.get(tail, ()), f"{tail.partition('/')[0]}/okrs.md"
            along = len(olds) == len(news) == 1 and all(
                path.removesuffix(tail) + okrs in others.get(okrs, ())
                for (path,), others in ((olds, gone), (news, came))
            )
            for old in olds:
                found = [new for new in news if along or versions[new] == good[old]]
                if found:
                    moved[old] = found[0]
        return moved

    def _standing(self, path: str) -> AnyFile | None:
        """The last readable version of a file before this commit."""
        version = self._state.good.get(path)
        return self._versions(path, version) if version else None

    def _keep(self, path: str, version: str) -> None:
        if version:
            self._state.files[path] = Touch(self._commit.on, self._commit.id)
            if followed(path):
                self._state.good[path] = version
        else:
            self._state.files.pop(path, None)
            self._state.good.pop(path, None)

    def _record(self, path: str, changes: Iterable[Change]) -> None:
        commit, recorded = self._commit, self._state.recorded
        message, by = commit.messages.get(path, ""), self._state.latest or commit.on
        for change in changes:
            if change.was:
                self._state.was[len(recorded)] = change.was
                change = change._replace(was=None)
            recorded.append(Recorded(change, path, commit.on, by, commit.id, message))

    # --- check-ins that came late ------------------------------------------------------------------------------------

    def _arrivals(self, moved: Mapping[str, str]) -> None:
        """Check-ins that come when their own day is long past; one that moved with its folder keeps the day it came."""
        late, origins = self._state.late, {new: old for old, new in moved.items()}
        for path, version in self._commit.versions.items():
            day = _own_day(path)
            if day is None:
                continue
            if not version:
                late.setdefault(path, day)  # should it come back, it was there on its own day
            elif path in origins:
                old = origins[path]
                late |= {path + key.removeprefix(old): on for key, on in tuple(late.items()) if _is_of(key, old)}
            elif path not in self._state.files:
                self._came(path, day, self._commit.on)

    def _risks(self, path: str, before: CheckInFile, after: CheckInFile | None) -> None:
        """Risks that came into a check-in later."""
        known = {risk.id for risk in before.risks}
        for risk in after.risks if after else ():
            if risk.id not in known:
                self._came(f"{path}#{risk.id}", before.on, self._commit.on)

    def _came(self, name: str, day: date, came: date) -> None:
        if came > day + SOON and came > (self._state.since or came):
            self._state.late.setdefault(name, came)

    # --- promises --------------------------------------------------------------------------------------------------

    def _promises(self, before: Mapping[str, OkrsFile], after: Mapping[str, OkrsFile]) -> None:
        old, new = _entries(before), _entries(after)
        gone = {ref: found for ref, found in old.items() if ref not in new}
        for ref, (path, entry) in new.items():
            origin = ref if ref in old else self._origin(ref, entry, path, gone)
            gone.pop(origin, None)
            self._objective(ref, path, entry, origin, old.get(origin) or self._elsewhere(origin))
        for ref, (path, entry) in gone.items():
            self._state.first.pop(ref, None)
            self._state.touched.pop(ref, None)
            if entry.status is not Status.DRAFT:
                change = Change(ref, What.REMOVED, entry.title.source, "", because=entry.because)
                self._record(path, [change])
        for path in dict.fromkeys((*before, *after)):
            file = after.get(path) or before[path]
            if path in before and path in after:
                changes = guardrail_changes(f"{file.team}/{file.cycle}", before[path], after[path])
                self._record(path, changes)

    def _objective(
        self, ref: str, path: str, entry: ObjectiveEntry, origin: str, earlier: tuple[str, ObjectiveEntry] | None
    ) -> None:
        """An objective's changes, if it was known under its own reference or another."""
        state, on = self._state, self._commit.on
        if earlier is None:
            state.first[ref] = state.touched[ref] = on
            if entry.status is not Status.DRAFT:
                self._record(path, [Change(ref, What.ADDED, "", entry.title.source)])
            return
        if origin != ref:
            renamed = place_of(origin) == place_of(ref)
            self._record(path, [Change(ref, What.RENAMED if renamed else What.MOVED, origin, ref)])
            state.first[ref] = state.first.get(origin, on)
            if origin not in _entries_of(self._standing(earlier[0])):
                state.first.pop(origin, None)
                state.touched.pop(origin, None)
        if origin != ref or differ(earlier[1], entry):
            state.touched[ref] = on
        self._record(path, objective_changes(ref, earlier[1], entry))

    def _origin(
        self, ref: str, entry: ObjectiveEntry, path: str, gone: Mapping[str, tuple[str, ObjectiveEntry]]
    ) -> str:
        """The reference under which a new objective was known before, or ''."""
        (team, cycle), id_ = place_of(ref), tail_of(ref)
        if entry.moved_from:
            said = entry.moved_from
            return f"{said.team or team}/{said.cycle or cycle}/{said.name}"
        same = [other for other in gone if (cycle_of(other), tail_of(other)) == (cycle, id_)]
        if same:
            return same[0]
        title = entry.title.plain.casefold()
        renamed = [o for o, (at, was) in gone.items() if at == path and was.title.plain.casefold() == title]
        return renamed[0] if renamed else ""

    def _elsewhere(self, ref: str) -> tuple[str, ObjectiveEntry] | None:
        """An objective of a file that this commit did not change."""
        if not ref:
            return None
        team, cycle = place_of(ref)
        for path in self._state.good:
            if path.endswith(f"/teams/{team}/{cycle}/okrs.md"):
                found = _entries_of(self._standing(path)).get(ref)
                return (path, found) if found else None
        return None


def _okrs(files: Mapping[str, AnyFile]) -> dict[str, OkrsFile]:
    return {path: file for path, file in files.items() if isinstance(file, OkrsFile)}


def _entries_of(file: AnyFile | None) -> dict[str, ObjectiveEntry]:
    if not isinstance(file, OkrsFile):
        return {}
    return {f"{file.team}/{file.cycle}/{entry.id}": entry for entry in file.objectives}


def _entries(files: Mapping[str, OkrsFile]) -> dict[str, tuple[str, ObjectiveEntry]]:
    """The objectives of some files, with their paths, by full reference."""
    return {ref: (path, entry) for path, file in files.items() for ref, entry in _entries_of(file).items()}
