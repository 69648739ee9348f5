"""Values of the core as bytes and back. A record is JSON, which can call nothing, and is read by what the kind of value
that is asked for says of its fields: what comes out has the right type all the way down.

A checksum over the key and the record tells whether a disk or another program has changed either. It is no secret:
who can write a cache can say anything that a value of its kind may say, as long as it is one.
"""

import json
import re
from hashlib import blake2b
from typing import Any, Final, NoReturn, TypeVar

from okrsite.shell.shapes import WrongShapeError, plain, reader

Value = TypeVar("Value")

_CHECK: Final = 16
MAX_DIGITS: Final = 10
"""Whole numbers are lines, columns, sizes and confidences: none is longer, and none is negative."""
_HALF: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u[^0]")
"""A character by its number that JSON need not spell so."""


class BrokenRecordError(Exception):
    """A record is not what was once written under its key."""


def to_record(key: bytes, value: object) -> bytes:
    """A value as bytes, bound to a key."""
    content = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":")).encode()
    return _check(key, content) + content


def from_record(key: bytes, record: bytes, kind: type[Value]) -> Value:
    """The value that was written under a key; raises BrokenRecordError when it cannot be that."""
    check, content = record[:_CHECK], record[_CHECK:]
    if check != _check(key, content):
        raise BrokenRecordError("the checksum differs")
    try:
        annotation: Any = kind
        value: Value = reader(annotation)(_JSON.decode(_decoded(content)))
    except Exception as error:  # a forged record may fail in any way
        raise BrokenRecordError(f"{type(error).__name__}: {error}") from error
    return value


def _decoded(content: bytes) -> str:
    """A record's text; no character of it stands for half of one, which could be written nowhere."""
    if b"\\u" in content and _HALF.search(content):
        raise WrongShapeError("half a character")
    return content.decode()


def _number(digits: str) -> int:
    if len(digits) > MAX_DIGITS or digits[0] == "-":
        raise WrongShapeError("no value has such a number")
    return int(digits)


def _refuse(_: str) -> NoReturn:
    raise WrongShapeError("no value has such a number")


_JSON: Final = json.JSONDecoder(parse_int=_number, parse_float=_refuse, parse_constant=_refuse)


def _check(key: bytes, content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK, key=key[:64]).digest()
