"""Values of the core as bytes and back. A record is JSON, which can call nothing, and is read by what the kind of value
that is asked for says of its fields: what comes out has the right type all the way down.

A checksum over the key and the record tells whether a disk or another program has changed either. It is no secret:
who can write a cache can say anything that a value of its kind may say, as long as it is one.
"""

import json
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final, NoReturn, TypeVar

from okrsite.shell.shapes import WrongShapeError, plain, reader

Name = TypeVar("Name")
Value = TypeVar("Value")

_CHECK: Final = 16
MAX_DIGITS: Final = 10
"""Whole numbers are lines, columns, sizes and confidences: none is longer, and none is negative."""
_HALF: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u[^0]")
"""A character by its number that JSON need not spell so."""


class BrokenRecordError(Exception):
    """A record is not what was once written under its key."""


def to_record(key: bytes, value: object) -> bytes:
    """A value as bytes, bound to a key."""
    content = _written(value).encode()
    return _check(key, content) + content


def from_record(key: bytes, record: bytes, kind: type[Value]) -> Value:
    """The value that was written under a key; raises BrokenRecordError when it cannot be that."""
    check, content = record[:_CHECK], record[_CHECK:]
    if check != _check(key, content):
        raise BrokenRecordError("the checksum differs")
    try:
        return _read(content.decode(), kind)
    except UnicodeDecodeError as error:
        raise BrokenRecordError("not UTF-8") from error


class Shelf(Mapping[Name, Value]):
    """Values by name, each read only when it is asked for; one that is broken is as good as none."""

    def __init__(self, texts: Mapping[Name, str], kind: type[Value]) -> None:
        self.texts, self._kind = texts, kind

    def __getitem__(self, name: Name) -> Value:
        try:
            return _read(self.texts[name], self._kind)
        except BrokenRecordError as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[Name]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def shelved(values: Mapping[Name, object]) -> Mapping[Name, str]:
    """What a shelf holds of values; those that lie on one, or in a chain with one, are not read for it."""
    if isinstance(values, Shelf):
        return values.texts
    if isinstance(values, ChainMap):
        return {name: text for part in reversed(values.maps) for name, text in shelved(part).items()}
    return {name: _written(value) for name, value in values.items()}


def _written(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def _read(text: str, kind: type[Value]) -> Value:
    try:
        # No character may stand for half of one, which could be written nowhere.
        if "\\u" in text and _HALF.search(text):
            raise WrongShapeError("half a character")
        annotation: Any = kind
        value: Value = reader(annotation)(_JSON.decode(text))
    except Exception as error:  # a forged record may fail in any way
        raise BrokenRecordError(f"{type(error).__name__}: {error}") from error
    return value


def _number(digits: str) -> int:
    if len(digits) > MAX_DIGITS or digits[0] == "-":
        raise WrongShapeError("no value has such a number")
    return int(digits)


def _refuse(_: str) -> NoReturn:
    raise WrongShapeError("no value has such a number")


_JSON: Final = json.JSONDecoder(parse_int=_number, parse_float=_refuse, parse_constant=_refuse)


def _check(key: bytes, content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK, key=key[:64]).digest()
