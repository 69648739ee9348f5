"""What each page reads while it is presented: as long as all of that stays the same, so does what the page shows.

Such a note is a verifying trace (Mokhov, Mitchell, Peyton Jones: Build Systems à la Carte, 2018): it names what was
read, and holds one digest of what that was. A page whose trace still holds need not be presented again. What pages
read by name is noted by that name; of the rest some is part of every trace, and all other is out of their reach.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from copy import copy
from dataclasses import fields, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, Generic, NamedTuple, NoReturn, TypeVar

from okrsite.core.company import (
    Bet,
    Company,
    KeyResult,
    Lesson,
    Objective,
    Question,
    Retrospective,
    Risk,
    TeamCycle,
)
from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import Severity
from okrsite.core.history import History
from okrsite.core.model import File
from okrsite.core.source import Span
from okrsite.pages.trace import ALL, NO_TRACE, SIZE, Name, Trace, named, packed, unpacked

Key = TypeVar("Key")
Value = TypeVar("Value")
_COMMON: Final[Mapping[type, frozenset[str]]] = {
    Company: frozenset({"settings", "today", "day", "as_of", "folder", "cycles", "current", "open_cycles", "root"})
    | {"mission", "pages", "redirects"},
    History: frozenset({"complete", "since"}),
}
"""What is part of every trace: it is small, and most pages read it."""

_WHOLES: Final = (TeamCycle, Objective, KeyResult, Risk, Bet, Lesson, Question, Retrospective)
"""Linked values, whose parts come from files or are read by themselves too."""


class Tracer:
    """Lends a compiled company to pages, and notes what each of them reads of it.

    `sources` are the digests of content files by path, which say all of the values that were parsed from them.
    """

    def __init__(self, compiled: Compiled, sources: Mapping[str, bytes]) -> None:
        company, history = compiled.company, compiled.company.history
        self._sources = sources
        self._reads: set[Name] = set()
        self._tables: dict[str, Mapping[Any, Any]] = {}
        self._read: dict[str, bytes] = {}
        self._digests: dict[int, tuple[object, bytes]] = {}
        errors = tuple(p.span.path for p in compiled.problems if p.severity is Severity.ERROR)
        # That a repository is known is seen on pages, but which commit it is at is not.
        head = history.head and "known"
        self._common = self._digest((self._common_of(company), self._common_of(history), head, errors))
        self.compiled = replace(
            compiled,
            company=self._lent(company, history=self._lent(history, head=head)),
            ledger=self._lent(compiled.ledger),
            figures=self._lent(compiled.figures),
        )
        """The same company as pages are to read it."""

    def _lent(self, value: Any, **instead: object) -> Any:
        """A copy of which each table notes what is read in it; what is neither that nor common cannot be read."""
        kind = type(value)
        common = _COMMON.get(kind, frozenset())
        names = [field.name for field in fields(value)]
        names += [name for name, member in vars(kind).items() if isinstance(member, cached_property)]
        lent = copy(value)
        for name in names:
            part = instead.get(name, getattr(value, name))
            if name in common or name in instead:
                pass
            elif isinstance(part, Mapping):
                table = f"{kind.__name__}.{name}"
                self._tables[table] = part
                part = _Table(table, part, self)
            else:
                part = _OutOfReach(f"{kind.__name__}.{name}")
            object.__setattr__(lent, name, part)
        return lent

    def _common_of(self, value: object) -> tuple[object, ...]:
        return tuple(getattr(value, name) for name in sorted(_COMMON[type(value)]))

    # --- noting ----------------------------------------------------------------------------------------------------

    def note(self, table: str, key: object) -> None:
        """Something is read: a key of a table, or that it is not there."""
        self._reads.add((table, key))

    def noted(self, work: Callable[[], Value]) -> tuple[Value, bytes]:
        """The result of some work, and the names of what it read; nothing where one of them cannot be told."""
        result, reads = self._noted(work)
        return result, packed(reads)

    def remembered(self, memory: MutableMapping[Key, "Noted[Value]"], key: Key, make: Callable[[], Value]) -> Value:
        """What was made before under a key, else is made now: whoever takes it has read all that it was made from."""
        noted = memory.get(key)
        if noted is None:
            noted = memory[key] = Noted(*self._noted(make))
        self._reads |= noted.reads
        return noted.value

    def _noted(self, work: Callable[[], Value]) -> tuple[Value, frozenset[Name]]:
        outside, self._reads = self._reads, set()
        try:
            return work(), frozenset(self._reads)
        finally:
            self._reads = outside

    # --- comparing -------------------------------------------------------------------------------------------------

    def trace(self, about: object, names: bytes) -> Trace:
        """The trace of some work that has read this; `about` is what it was told to be about."""
        return Trace(names, self._summed(about, names)) if names else NO_TRACE

    def holds(self, about: object, trace: Trace) -> bool:
        """Whether all that was read, and what the work is about, is as it was."""
        return trace != NO_TRACE and self.trace(about, trace.names) == trace

    def _summed(self, about: object, names: bytes) -> bytes:
        whole = blake2b(self._common + self._digest(about), digest_size=SIZE)
        for name in unpacked(names):
            digest = self._read.get(name)
            if digest is None:
                digest = self._read[name] = self._digest(self._found(name))
            whole.update(digest)
        return whole.digest()

    def _found(self, name: str) -> object:
        """What can be read under a name."""
        table, key = named(name)
        values = self._tables.get(table, {})
        return values if key is ALL else values.get(key)

    def _digest(self, value: Any) -> bytes:
        """The digest of a value by its file or parts, else as Python writes it; that of a larger one is made once."""
        kind = type(value)
        if kind is tuple:
            return _hashed("(", *map(self._digest, value))
        if kind is dict:
            return _hashed("{", *(part for item in value.items() for part in map(self._digest, item)))
        if not hasattr(kind, "__dataclass_fields__"):
            return _hashed(repr(value))
        known = self._digests.get(id(value))
        if known is None:
            known = self._digests[id(value)] = value, self._made_digest(value)
        return known[1]

    def _made_digest(self, value: Any) -> bytes:
        kind = type(value).__name__
        if isinstance(value, _WHOLES):
            return _hashed(kind, *(self._digest(getattr(value, field.name)) for field in fields(value)))
        place = Span(value.path) if isinstance(value, File) else getattr(value, "span", None)
        source = self._sources.get(place.path) if place else None
        if place is None or source is None:
            return _hashed(repr(value))
        return _hashed(kind, source, repr((place, getattr(value, "id", ""))))


class Noted(NamedTuple, Generic[Value]):
    """A value, and what was read to make it."""

    value: Value
    reads: frozenset[Name]


class _Table(Mapping[Key, Value]):
    """Values by name, of which it is noted which are asked for."""

    def __init__(self, name: str, values: Mapping[Key, Value], tracer: Tracer) -> None:
        self._name, self._values, self._tracer = name, values, tracer

    def __getitem__(self, key: Key) -> Value:
        self._tracer.note(self._name, key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._tracer.note(self._name, key)
        return key in self._values

    def get(self, key: Key, default: Any = None) -> Any:
        self._tracer.note(self._name, key)
        return self._values.get(key, default)

    def __iter__(self) -> Iterator[Key]:
        self._tracer.note(self._name, ALL)
        return iter(self._values)

    def __len__(self) -> int:
        self._tracer.note(self._name, ALL)
        return len(self._values)


class _OutOfReach:
    """What pages must not read, for a change of it would be one of every page."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(f"pages cannot read `{self._name}`")

    __getattr__ = __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = __eq__ = __hash__ = _refuse


def _hashed(*parts: str | bytes) -> bytes:
    whole = blake2b(digest_size=SIZE)
    for part in parts:
        whole.update(part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass"))
    return whole.digest()
