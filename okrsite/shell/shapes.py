"""Values of the core as JSON and back: each is read by what its annotations say, so that nothing else can come out.

A frozen class becomes a list of its name and its fields; dates, decimals, bytes and members of enumerations become
text; tuples become lists. Reading takes no more steps than the JSON has items, names nothing and calls nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from sys import intern
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from okrsite.core.text import Prose, Text

Reader = Callable[[Any], Any]

MAX_PLACES: Final = 60
"""Places before or after the point that a decimal may have; a number as typed has 24 digits and a multiplier."""
MAX_DEPTH: Final = 20
"""Levels of a company's own fields."""


class WrongShapeError(Exception):
    """What was read is no value of the kind that belongs there."""


# --- to JSON --------------------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """A value of the core as what JSON knows."""
    kind: Any = type(value)
    write: Reader = _writer(kind)
    return write(value)


@cache
def _writer(kind: Any) -> Reader:
    """What turns values of a class into what JSON knows."""
    if kind in (str, int, bool, NoneType) or issubclass(kind, Enum):
        return lambda value: value
    if kind is tuple:
        return lambda value: [plain(item) for item in value]
    if kind is dict:
        return lambda value: {key: plain(item) for key, item in value.items()}
    if kind is bytes:
        return bytes.hex
    if kind is Decimal:
        return str
    if kind is date:
        return date.isoformat
    names, name = _fields(kind), kind.__name__
    return lambda value: [name, *[plain(getattr(value, field)) for field in names]]


def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a class of values, in order."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    names: tuple[str, ...] = getattr(kind, "_fields", ())
    if not names:
        raise TypeError(f"{kind.__name__} is no class of values")
    return names


# --- from JSON ------------------------------------------------------------------------------------------------------


@cache
def reader(kind: Any) -> Reader:
    """What reads values of a kind, a class or an annotation; it raises WrongShapeError, or whatever its parts raise."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _either(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if issubclass(kind, Enum):
        return _member(kind)
    return _object(kind)


def _object(kind: type) -> Reader:
    names, hints, name = _fields(kind), get_type_hints(kind), kind.__name__
    readers = [_SHARED.get((field, hints[field])) or reader(hints[field]) for field in names]
    read_fields = _each([reader(str), *readers], [str, *[hints[field] for field in names]])
    make = _maker(kind, names)

    def read(value: Any) -> Any:
        if type(value) is not list or not value or value[0] != name:
            raise WrongShapeError(f"not a {name}")
        return make(read_fields(value)[1:])

    return read


def _maker(kind: Any, names: Sequence[str]) -> Callable[[list[Any]], Any]:
    """What makes a value of a class from its fields, in order."""
    if kind in _MAKERS:
        return _MAKERS[kind]
    make: Callable[..., Any] = kind
    if not is_dataclass(kind):
        return partial(tuple.__new__, kind)
    if any(field.kw_only for field in fields(kind)):
        return lambda values: make(**dict(zip(names, values, strict=True)))
    return lambda values: make(*values)


def _prose(values: list[Any]) -> Prose:
    """A text without any markup is three times the same: one of them is enough to hold."""
    source, pieces, plain_text = values
    if plain_text != source:
        return Prose(source, pieces, plain_text)
    return Prose(source, (source,) if pieces == (source,) else pieces, source)


def _text(values: list[Any]) -> Text:
    if not values[0]:
        raise WrongShapeError("a text in no language")
    return Text(values[0])


_MAKERS: Final[Mapping[Any, Callable[[list[Any]], Any]]] = {Prose: _prose, Text: _text}


def _tuple(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 2 and kinds[1] is ...:
        read_item = reader(kinds[0])

        def read_all(value: Any) -> Any:
            if type(value) is not list:
                raise WrongShapeError("not a list")
            return tuple([read_item(item) for item in value])

        return read_all
    read_each = _each([reader(kind) for kind in kinds], kinds)
    return lambda value: tuple(read_each(value))


def _each(readers: Sequence[Reader], kinds: Sequence[Any]) -> Callable[[Any], list[Any]]:
    """What reads a list of values of known kinds in place; where each has one form in JSON, all are told at once."""
    forms = [_forms(kind) for kind in kinds]
    if all(len(form) == 1 for form in forms):
        whole = tuple(next(iter(form)) for form in forms)
        changing = [(at, read) for at, read in enumerate(readers) if all(read is not _SIMPLE[kind] for kind in _AS_IS)]

        def read_known(value: Any) -> list[Any]:
            if tuple(map(type, value)) != whole:
                raise WrongShapeError(f"not {whole}")
            for at, read in changing:
                value[at] = read(value[at])
            found: list[Any] = value
            return found

        return read_known

    def read_any(value: Any) -> list[Any]:
        if type(value) is not list or len(value) != len(readers):
            raise WrongShapeError(f"not a list of {len(readers)}")
        return [read(item) for read, item in zip(readers, value, strict=True)]

    return read_any


def _mapping(kind: Any) -> Reader:
    read_item = reader(kind)

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise WrongShapeError("not a mapping")
        return {key: read_item(item) for key, item in value.items()}

    return read


def _either(kinds: tuple[Any, ...]) -> Reader:
    """One of several kinds: classes are told apart by their names, all else by its form in JSON."""
    classes = {kind.__name__: reader(kind) for kind in kinds if _is_class(kind)}
    others = {form: reader(kind) for kind in kinds if not _is_class(kind) for form in _forms(kind)}
    if len(classes) + len(others) != len(kinds) or (classes and list in others):
        raise TypeError(f"{kinds} cannot be told apart")

    def read(value: Any) -> Any:
        if classes and type(value) is list and value:
            return classes[value[0]](value)
        return others[type(value)](value)

    return read


def _is_class(kind: Any) -> bool:
    """Whether a kind is a class of values."""
    return is_dataclass(kind) or hasattr(kind, "_fields")


def _forms(kind: Any) -> frozenset[type]:
    """What values of a kind may be in JSON."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return frozenset().union(*map(_forms, get_args(kind)))
    if origin is tuple or _is_class(kind):
        return frozenset({list})
    if origin is not None:
        return frozenset({dict})
    if kind is object:
        return frozenset({str, list, dict})
    return frozenset({kind if kind in _AS_IS else str})


def _member(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}
    return lambda value: members[value]


def _same(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise WrongShapeError(f"not a {kind.__name__}")
        return value

    return read


def _decimal(value: Any) -> Decimal:
    found = Decimal(_same(str)(value))
    if not found.is_finite() or not -MAX_PLACES < int(found.as_tuple().exponent) <= found.adjusted() + MAX_PLACES:
        raise WrongShapeError("not a decimal")
    if found.adjusted() >= MAX_PLACES:
        raise WrongShapeError("too large a decimal")
    return found


def _own_field(value: Any, depth: int = 0) -> object:
    """A company's own field: text, lists and mappings of text."""
    if type(value) is str:
        return value
    if depth > MAX_DEPTH:
        raise WrongShapeError("too deep")
    if type(value) is list:
        return tuple([_own_field(item, depth + 1) for item in value])
    if type(value) is dict:
        return {key: _own_field(item, depth + 1) for key, item in value.items()}
    raise WrongShapeError("not a field of a company's own")


_AS_IS: Final = (str, int, bool, NoneType)
"""Kinds that JSON knows."""
_SIMPLE: Final[Mapping[Any, Reader]] = {
    str: _same(str),
    bool: _same(bool),
    NoneType: _same(NoneType),
    int: _same(int),
    Decimal: _decimal,
    date: date.fromisoformat,
    bytes: bytes.fromhex,
    object: _own_field,
}
_SHARED: Final[Mapping[Any, Reader]] = {(field, str): lambda text: intern(text) for field in ("path", "team", "cycle")}
"""Texts of which most values of a file have the same: one of them is enough to hold."""
