"""The history of a project's content from its repository, read once: what was found out stays in the cache.

A build at the commit of the last one asks git for nothing but that commit's name; a later commit is replayed from
there; a rewritten history from its beginning, with every old version that was ever parsed taken from the cache.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat
from typing import Final, NamedTuple

from okrsite.core.commits import main_line
from okrsite.core.diagnostics import Severity
from okrsite.core.history import NO_HISTORY, Change, History, Recorded, Terms, What
from okrsite.core.model import AnyFile
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.refs import normal
from okrsite.core.replay import Commit, Replayed, followed, replay
from okrsite.core.settings import FILE_NAME, opening_days_in
from okrsite.core.source import SourceFile
from okrsite.core.text import Text
from okrsite.shell.cache import Cache
from okrsite.shell.files import MAX_BYTES, as_text
from okrsite.shell.git import GitError, Repository
from okrsite.shell.memo import key_of
from okrsite.shell.records import BrokenRecordError, Shelf, from_record, shelved, to_record
from okrsite.shell.workers import spread

Version = tuple[str, str]
"""A path and the name of a blob."""
Held = MutableMapping[bytes, Replayed]
"""Histories that a process holds from one build to the next, by whose they are."""
_NOTHING: Final = Replayed(NO_HISTORY)


def read_history(repository: Repository | None, content: str, cache: Cache, jobs: int, held: Held) -> History:
    """What the repository of a project remembers of its content folder; nothing when it cannot be asked.

    What is held is taken before what is remembered; afterwards it is this history.
    """
    if repository is None:
        return NO_HISTORY
    key = f"history {repository.shallow} {repository.prefix}{content}".encode()
    before = held.get(key) or _remembered(key, cache)
    held[key] = before
    if before.history.head == repository.head:
        return before.history
    try:
        after = _continued(before, repository, content, cache, jobs)
        after = after or _continued(_NOTHING, repository, content, cache, jobs)
    except GitError:
        return NO_HISTORY
    if after is None:
        return NO_HISTORY
    cache.keep_past({key: _to_record(key, after)})
    held[key] = after
    return after.history


def _remembered(key: bytes, cache: Cache) -> Replayed:
    record = cache.past(key)
    try:
        return _NOTHING if record is None else _from_record(key, record)
    except BrokenRecordError:
        return _NOTHING


class _Kept(NamedTuple):
    """A history as it is kept: each text and day once, and what few will look at apart, so that it is soon read."""

    replayed: Replayed
    texts: tuple[str, ...]
    days: tuple[date, ...]
    columns: tuple[str, ...]
    """Of all recorded changes the refs, whats, befores, afters, whether they are minor, paths, ons, bys, commits and
    messages: each as the numbers of texts or days, in decimals with blanks between.
    """
    because: tuple[tuple[int, Text], ...]
    """What teams said of changes, by the numbers of those."""
    was: tuple[tuple[int, str], ...]


def _to_record(key: bytes, replayed: Replayed) -> bytes:
    history, texts, days = replayed.history, dict[str, int](), dict[date, int]()

    def text(said: str) -> int:
        return texts.setdefault(said, len(texts))

    def day(on: date) -> int:
        return days.setdefault(on, len(days))

    rows = []
    for change, path, on, by, commit, message in history.recorded:
        told = text(change.ref), text(str(change.what)), text(change.before), text(change.after), int(change.minor)
        rows.append((*told, text(path), day(on), day(by), text(commit), text(message)))
    columns = tuple(" ".join(map(str, column)) for column in zip(*rows, strict=True))
    because = [(n, r.change.because) for n, r in enumerate(history.recorded) if r.change.because]
    apart = replace(replayed, history=replace(history, recorded=(), was={}))
    was = tuple(shelved(history.was).items())
    return to_record(key, _Kept(apart, tuple(texts), tuple(days), columns, tuple(because), was))


def _from_record(key: bytes, record: bytes) -> Replayed:
    kept = from_record(key, record, _Kept)
    try:
        recorded = tuple(_recorded(kept)) if kept.columns else ()
    except (IndexError, ValueError) as error:
        raise BrokenRecordError("a change says nothing that is known") from error
    history = replace(kept.replayed.history, recorded=recorded, was=Shelf(dict(kept.was), Terms))
    return replace(kept.replayed, history=history)


def _recorded(kept: _Kept) -> Iterator[Recorded]:
    """The changes of a history; raises ValueError or IndexError where a column holds none."""
    numbers = [tuple(map(int, column.split(" "))) for column in kept.columns]
    refs, whats, befores, afters, minors, paths, ons, bys, commits, messages = numbers
    text, day, because = kept.texts.__getitem__, kept.days.__getitem__, dict(kept.because)
    meant = {number: What(text(number)) for number in set(whats)}
    told = map(text, refs), map(meant.__getitem__, whats), map(text, befores), map(text, afters), map(bool, minors)
    reasons = map(because.get, range(len(refs)))
    changes = map(Change._make, zip(*told, reasons, repeat(None, len(refs)), strict=True))
    came = map(text, paths), map(day, ons), map(day, bys), map(text, commits), map(text, messages)
    return map(Recorded._make, zip(changes, *came, strict=True))


def _continued(before: Replayed, repository: Repository, content: str, cache: Cache, jobs: int) -> Replayed | None:
    """A history taken on to the repository's commit; None when that does not follow from what is known."""
    known = before.history.head
    try:
        commits = _line(repository, content, known)
    except GitError:
        if known:
            return None  # what was known is no longer there
        raise
    if commits is None:
        return None
    versions = _Versions(repository, content, cache, jobs)
    versions.fetch(_needed(before, commits))
    complete = not repository.shallow
    start = Replayed(History(complete=complete)) if before is _NOTHING else before
    return replay(start, commits, versions)


def _told(repository: Repository, head: str, content: str, after: str = "", lay: str = "") -> list[Commit] | None:
    """The main line up to a commit, with what the settings say where they were changed. Raises GitError."""
    commits = main_line(repository.log(head, content, after, lay, beside=[FILE_NAME]), head, after)
    if commits is None:
        return None
    changed = {commit.id: commit.versions[FILE_NAME] for commit in commits if FILE_NAME in commit.versions}
    texts = dict(repository.blobs(list(dict.fromkeys(filter(None, changed.values())))))
    found = []
    for commit in commits:
        if commit.id in changed:
            text = texts.get(changed[commit.id], b"").decode("utf-8", "replace")
            rest = {path: version for path, version in commit.versions.items() if path != FILE_NAME}
            commit = replace(commit, versions=rest, opening=opening_days_in(text))
        found.append(commit)
    return found


def _line(repository: Repository, content: str, known: str) -> list[Commit] | None:
    """The main line's commits after the known one; None when they do not follow on it. Raises GitError.

    Where the whole content came from another folder, what they did to it there is told as if it had always been here.
    """
    commits = _told(repository, repository.head, content, known)
    places = [repository.prefix + content]
    while commits and not known:
        first = next((number for number, commit in enumerate(commits) if commit.versions), 0)
        if not first:
            break
        before = commits[first - 1].id
        lay = repository.origin(places[-1], before, commits[first].id)
        if not lay or lay in places:
            break
        places.append(lay)
        commits[:first] = _told(repository, before, content, lay=lay) or ()
    return commits


def _needed(before: Replayed, commits: Sequence[Commit]) -> Iterable[Version]:
    """The versions that will be compared: every promise, and what was observed or judged when it was changed later."""
    standing = dict(before.good)
    for commit in commits:
        for path, version in commit.versions.items():
            if not followed(path):
                continue
            earlier = standing.pop(path, "")
            if version and (earlier or path.endswith("/okrs.md")):
                yield path, version
            if earlier:
                yield path, earlier
            if version:
                standing[path] = version


class _Versions:
    """Old versions of files, parsed as present ones are, each once for all builds."""

    def __init__(self, repository: Repository, content: str, cache: Cache, jobs: int) -> None:
        self._repository, self._content, self._cache, self._jobs = repository, content, cache, jobs
        self._found: dict[Version, AnyFile | None] = {}

    def __call__(self, path: str, version: str) -> AnyFile | None:
        if (path, version) not in self._found:
            self.fetch([(path, version)])
        return self._found[path, version]

    def fetch(self, versions: Iterable[Version]) -> None:
        """Get versions from the cache or the repository, all at once."""
        missing: dict[Version, bytes] = {}
        for version in dict.fromkeys(versions):
            key = self._key(version)
            record = self._cache.past(key)
            try:
                if record is None:
                    raise BrokenRecordError("nothing is known of it")
                self._found[version] = _sound(from_record(key, record, Parsed))
            except BrokenRecordError:
                missing[version] = key
        blobs = dict(self._repository.blobs(list(dict.fromkeys(id_ for _, id_ in missing))))

        def read(version: Version) -> bytes:
            return to_record(missing[version], self._parsed(*version, blobs))

        records = spread(read, list(missing), self._jobs)
        for (version, key), record in zip(missing.items(), records, strict=True):
            self._found[version] = _sound(from_record(key, record, Parsed))
        self._cache.keep_past(dict(zip(missing.values(), records, strict=True)))

    def _key(self, version: Version) -> bytes:
        """Blobs are named after their content, so a version's place and name say all that parsing depends on."""
        path, id_ = version
        return key_of(SourceFile(path, path.removeprefix(f"{self._content}/"), f"blob {id_}"))

    def _parsed(self, path: str, id_: str, blobs: Mapping[str, bytes]) -> Parsed:
        data = blobs.get(id_, b"")
        try:
            text = as_text(data) if id_ in blobs and len(data) <= MAX_BYTES else None
        except UnicodeDecodeError:
            text = None
        path = normal(path)
        return parse_document(SourceFile(path, path.removeprefix(f"{self._content}/"), text))


def _sound(parsed: Parsed) -> AnyFile | None:
    """A version's file, unless there is a mistake in it that may hide something."""
    return None if any(problem.severity is Severity.ERROR for problem in parsed.problems) else parsed.file
