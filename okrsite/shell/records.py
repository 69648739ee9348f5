"""Values of the core as bytes and back. A record names only kinds of value that are listed here and can call nothing.

Records are pickles, read by a reader that knows the core's own frozen values, dates and decimals and refuses every
other name; a checksum over the key and the record tells whether a disk or another program has changed either.
"""

import io
import pickle
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, EnumMeta
from functools import cache
from hashlib import blake2b
from importlib import import_module
from typing import Any, Final, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")
Names = Mapping[str, Any]

PROTOCOL: Final = 5
_CHECK: Final = 16


class BrokenRecordError(Exception):
    """A record is not what was once written under its key."""


def to_record(key: bytes, value: object) -> bytes:
    """A value as bytes, bound to a key."""
    pickled = pickle.dumps(value, PROTOCOL)
    return _check(key, pickled) + pickled


def from_record(key: bytes, record: bytes, kind: type[Value]) -> Value:
    """The value that was written under a key; raises BrokenRecordError when it cannot be that."""
    check, pickled = record[:_CHECK], record[_CHECK:]
    if check != _check(key, pickled):
        raise BrokenRecordError("the checksum differs")
    return _value(pickled, kind)


class Shelf(Mapping[Name, Value]):
    """Values by name, each read only when it is asked for; one that is broken is as good as none."""

    def __init__(self, records: Mapping[Name, bytes], kind: type[Value]) -> None:
        self.records, self._kind = records, kind

    def __getitem__(self, name: Name) -> Value:
        try:
            return _value(self.records[name], self._kind)
        except BrokenRecordError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[Name]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


def shelved(values: Mapping[Name, object]) -> Mapping[Name, bytes]:
    """What a shelf holds of values; those that lie on one, or in a chain with one, are not read for it."""
    if isinstance(values, Shelf):
        return values.records
    if isinstance(values, ChainMap):
        return {name: record for part in reversed(values.maps) for name, record in shelved(part).items()}
    return {name: pickle.dumps(value, PROTOCOL) for name, value in values.items()}


def _value(pickled: bytes, kind: type[Value]) -> Value:
    try:
        value = _Reader(io.BytesIO(pickled)).load()
    except Exception as error:  # a forged pickle may fail in any way
        raise BrokenRecordError(str(error)) from error
    if not isinstance(value, kind):
        raise BrokenRecordError(f"not a {kind.__name__}")
    return value


def _check(key: bytes, pickled: bytes) -> bytes:
    return blake2b(pickled, digest_size=_CHECK, key=key[:64]).digest()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _known(module)[name]
        except KeyError:
            raise BrokenRecordError(f"a record may not name {module}.{name}") from None


def _member(kind: object, name: str) -> Enum:
    """A member of an enumeration, as early releases of Python 3.11 name it in pickles; nothing else has attributes."""
    if not isinstance(kind, EnumMeta):
        raise BrokenRecordError("a record may not reach into anything")
    member: Enum = kind[name]
    return member


_OTHERS: Final[Mapping[str, Names]] = {
    "datetime": {"date": date},
    "decimal": {"Decimal": Decimal},
    "builtins": {"getattr": _member},
}
_MODULES: Final = (
    *(
        "diagnostics",
        "history",
        "model",
        "numbers",
        "parse",
        "pictures",
        "quantity",
        "refs",
        "replay",
        "source",
        "text",
    ),
)
KNOWN: Final = (*_OTHERS, *(f"okrsite.core.{name}" for name in _MODULES), "okrsite.core.diagnostics.rule")
"""The modules of which a record may name something."""


@cache
def _known(module: str) -> Names:
    """What a record may name of a module, by name; the module is imported only when one does."""
    if module not in KNOWN:
        return {}
    found = _OTHERS.get(module) or {
        name: kind
        for name, kind in vars(import_module(module)).items()
        if isinstance(kind, type) and kind.__module__ == module
    }
    for kind in found.values():
        if kind.__module__.startswith("okrsite."):
            # A pickle may set attributes of whatever it names, a class too, unless that says how it is to be set.
            setattr(kind, "__setstate__", _setting(kind))  # noqa: B010 - classes are told apart only here
    return found


def _setting(kind: type) -> Callable[..., None]:
    """How a kind of value is filled from a record: a dataclass with slots as by itself, but sooner."""
    if not (is_dataclass(kind) and hasattr(kind, "__slots__")):
        return _refuse
    setters = [getattr(kind, field.name).__set__ for field in fields(kind)]

    def fill(value: object, state: list[object]) -> None:
        for put, part in zip(setters, state, strict=True):
            put(value, part)

    return fill


def _refuse(*_: object) -> None:
    raise BrokenRecordError("a record may not change a kind of value")
