"""Noticing that files have changed: told by the system where it can tell, and by looking again where it cannot.

Being told is quick and not to be relied on: network and container mounts tell nothing, a queue may overflow, a folder
that is made while it is being filled may be watched too late. So all is looked at again from time to time as well.
"""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from watchdog import events
from watchdog.observers.api import BaseObserver, EventEmitter, ObservedWatch

from okrsite.shell.files import look_of

QUIET: Final = 0.015
"""Seconds without a further change after which a save is taken to be complete."""
QUIET_BURST: Final = 0.08
"""The same while many files change: a checkout or a copy pauses for longer than an editor."""
QUIET_EMPTY: Final = 0.25
"""The same while a changed file holds nothing: many editors empty a file before they fill it."""
FEW: Final = 3
LONGEST: Final = 2.0
"""Seconds after which changes that never pause are acted on all the same."""
LOOK: Final = 1.0
LOOK_ALONE: Final = 0.25
"""Seconds between two looks, when the system tells as well and when it does not."""
SHARE: Final = 0.02
SHARE_ALONE: Final = 0.1
"""The share of the time that looking may take, in the same two cases."""
_TICK: Final = 10_000_000
"""Nanoseconds within which two writes may bear the same time."""
_EVENTS: Final[list[type[events.FileSystemEvent]]] = [
    *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileDeletedEvent),
    *(events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
]
"""What the system is asked to tell: not that a file was read, which every build does to all of them."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders that are watched with all that is below them, and single files, which need not exist."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    def hold(self, path: str) -> bool:
        """Whether a change at a path matters."""
        if any(path == str(file) for file in self.files):
            return True
        for folder in map(str, self.folders):
            if path == folder or folder.startswith(path + os.sep):
                return True
            if path.startswith(folder + os.sep):
                return not any(part.startswith(".") for part in Path(path[len(folder) :]).parts) and path[-1] != "~"
        return False

    def roots(self) -> Iterator[tuple[Path, bool]]:
        """Folders to be watched, each with whether all below it are meant; parents tell when a folder is replaced."""
        seen: set[Path] = set()
        for folder in self.folders:
            yield folder, True
        for path in (*self.folders, *self.files):
            parent = path.parent
            if parent not in seen and not any(parent.is_relative_to(folder) for folder in self.folders):
                seen.add(parent)
                yield parent, False


class _Look(NamedTuple):
    """What was seen of files unread, and whether one was so new that another write to it might look the same."""

    seen: dict[str, tuple[int, ...]]
    young: bool


class Watch:
    """Waits for changes at some places; used by one thread."""

    def __init__(self, *, told: bool = True) -> None:
        self._places = Places((), ())
        self._changed, self._lock = threading.Event(), threading.Lock()
        self._paths: set[str] = set()
        self._last = 0.0
        self._look = _Look({}, False)
        self._cost = 0.0
        self._observer: BaseObserver | None = None
        self._watched: dict[tuple[Path, bool], tuple[tuple[int, int], ObservedWatch]] = {}
        self._told, self._notes = told, _Notes(self._note)

    # --- where ----------------------------------------------------------------------------------------------------

    def follow(self, places: Places) -> None:
        """Watch these places from now on; what has changed at them until now is taken as known."""
        self._places = places
        self._attend()
        self._look = self._seen()

    def listen(self) -> None:
        """Begin to be told, if the system can; until then changes are found by looking."""
        if not self._told:
            return
        try:
            from watchdog.observers import Observer

            self._observer = Observer()
            self._observer.start()
        except Exception:  # whatever a system may lack: looking does without it
            self._observer, self._told = None, False
            return
        self.look()

    @property
    def is_told(self) -> bool:
        """Whether the system tells of changes at all the places."""
        return self._observer is not None and self._told

    def close(self) -> None:
        """Watch nothing any more."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(2.0)

    def _attend(self) -> None:
        """Let the system tell of the present places, also of a folder that has taken another's place."""
        if self._observer is None or not self._told:
            return
        wanted = {root: _identity(root[0]) for root in self._places.roots()}
        # A folder that was removed is no longer told of, also when another has got its place and its number.
        heard = {emitter.watch for emitter in self._observer.emitters if _goes_on(emitter)}
        for root, (identity, watch) in list(self._watched.items()):
            if wanted.get(root) != identity or watch not in heard:
                del self._watched[root]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
        for root, now in wanted.items():
            if now is None or root in self._watched:
                continue
            try:
                watch = self._observer.schedule(self._notes, str(root[0]), recursive=root[1], event_filter=_EVENTS)
            except OSError:  # no more watches to be had, or a file system without any
                if _identity(root[0]) is not None:  # one that has just gone will be back with a change
                    self._told = False
                continue
            self._watched[root] = now, watch

    def _note(self, event: events.FileSystemEvent) -> None:
        """Remember a change, in a thread of the observer's."""
        for path in (event.src_path, event.dest_path):
            if path and self._places.hold(os.fsdecode(path)):
                self._mark(os.fsdecode(path))

    def _mark(self, path: str) -> None:
        with self._lock:
            self._paths.add(path)
            self._last = time.monotonic()
        self._changed.set()

    # --- when -----------------------------------------------------------------------------------------------------

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until something has changed, or for so long; tells whether something has."""
        until = None if seconds is None else time.monotonic() + seconds
        while not self._changed.is_set():
            pause = max(LOOK, self._cost / SHARE) if self.is_told else max(LOOK_ALONE, self._cost / SHARE_ALONE)
            left = pause if until is None else until - time.monotonic()
            if self._changed.wait(max(0.0, min(pause, left))):
                break
            if left < pause:
                return False
            self.look()
        return True

    def look(self) -> None:
        """Look whether anything has changed that nobody told, and whether all is still told of."""
        self._attend()
        look = self._seen()
        if look.seen != self._look.seen or self._look.young:
            for path in look.seen.keys() | self._look.seen.keys():
                if look.seen.get(path) != self._look.seen.get(path):
                    self._mark(path)
            self._look = look
            self._changed.set()

    def settle(self) -> frozenset[str]:
        """Wait until what is changing has come to rest; returns what has changed, and forgets it."""
        began = time.monotonic()
        while True:
            with self._lock:
                now = time.monotonic()
                left = self._last + self._quiet() - now
                if left <= 0 or now - began > LONGEST:
                    self._changed.clear()
                    changed, self._paths = frozenset(self._paths), set()
                    return changed
            time.sleep(left)

    def _quiet(self) -> float:
        """How long nothing more must change before what has changed is taken to be complete."""
        if len(self._paths) > FEW:
            return QUIET_BURST
        return QUIET_EMPTY if any(map(_is_empty, self._paths)) else QUIET

    def _seen(self) -> _Look:
        began, now = time.monotonic(), time.time_ns()
        seen: dict[str, tuple[int, ...]] = {}
        for folder in self._places.folders:
            _look_below(str(folder), seen)
        for file in map(str, self._places.files):
            with suppress(OSError):
                seen[file] = look_of(os.lstat(file))
        self._cost = time.monotonic() - began
        return _Look(seen, any(state[0] > now - _TICK for state in seen.values()))


def _look_below(folder: str, seen: dict[str, tuple[int, ...]]) -> None:
    """What is seen of a folder and all below it; what goes while it is looked at is not there."""
    with suppress(OSError), os.scandir(folder) as entries:
        seen[folder] = (0,)
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    _look_below(entry.path, seen)
                else:
                    seen[entry.path] = look_of(entry.stat(follow_symlinks=False))


def _is_empty(path: str) -> bool:
    """Whether there is a file without anything in it."""
    try:
        state = os.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and not state.st_size


def _goes_on(emitter: EventEmitter) -> bool:
    """Whether who tells of a folder has neither ended nor begun to end."""
    return emitter.is_alive() and emitter.should_keep_running()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder is there now, or None."""
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


class _Notes(events.FileSystemEventHandler):
    def __init__(self, note: Callable[[events.FileSystemEvent], None]) -> None:
        self._note = note

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._note(event)
