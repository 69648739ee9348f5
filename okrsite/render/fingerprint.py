"""What a page shows, as a few bytes: equal views have equal fingerprints, on every machine and in every process.

A page whose fingerprint is that of the last time need not be rendered. Kinds of value are told apart, so that
text which a template would escape is never taken for HTML that it would not.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from struct import pack
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from okrsite.core.text import Html

if TYPE_CHECKING:
    from okrsite.pages.views import AnyView

SIZE: Final = 16
_PART: Final = 4
_TEXT, _HTML, _TUPLE, _MAPPING, _WORD, _RECORD = range(6)
_KINDS: Final = 8


class Shown(NamedTuple):
    """A view's fingerprint, and a short one for each of its fields, which tell what has changed."""

    whole: bytes
    parts: bytes

    def differing(self, before: "Shown", view: "AnyView") -> tuple[str, ...]:
        """The fields of a view in which it differs from one of the same kind; nothing when that cannot be told."""
        names = tuple(field.name for field in fields(view))
        if len(before.parts) != len(self.parts):
            return ()
        starts = range(0, len(self.parts), _PART)
        return tuple(
            name
            for name, at in zip(names, starts, strict=True)
            if self.parts[at : at + _PART] != before.parts[at : at + _PART]
        )


def fingerprint(view: "AnyView") -> Shown:
    """The fingerprint of what a page shows."""
    whole, parts = blake2b(view.template.encode(), digest_size=SIZE), bytearray()
    for value in _values(type(view))(view):  # type: ignore[arg-type]  # a class is hashable
        part = _digest(value)
        whole.update(part)
        parts += part[:_PART]
    return Shown(whole.digest(), bytes(parts))


def _digest(value: object) -> bytes:
    """The digest of one value: its texts, and apart from them its shape, so that no text can pretend to be shape."""
    texts: list[str] = []
    shape: list[int] = []
    _collect(value, texts, shape)
    digest = blake2b(pack(f"<Q{len(shape)}Q", len(shape), *shape), digest_size=SIZE)
    digest.update("".join(texts).encode("utf-8", "surrogatepass"))
    return digest.digest()


def _collect(value: Any, texts: list[str], shape: list[int]) -> None:
    kind = type(value)
    if kind is Html:
        texts.append(value)
        shape.append(len(value) * _KINDS + _HTML)
    elif kind is str:
        texts.append(value)
        shape.append(len(value) * _KINDS + _TEXT)
    elif kind is tuple:
        shape.append(len(value) * _KINDS + _TUPLE)
        for item in value:
            _collect(item, texts, shape)
    elif value is None or kind is bool or kind is int or kind is date:
        word = f"{kind.__name__} {value}"
        texts.append(word)
        shape.append(len(word) * _KINDS + _WORD)
    elif is_dataclass(kind):
        texts.append(kind.__name__)
        shape.append(len(kind.__name__) * _KINDS + _RECORD)
        for item in _values(kind)(value):
            _collect(item, texts, shape)
    elif isinstance(value, Mapping):
        shape.append(len(value) * _KINDS + _MAPPING)
        for pair in value.items():
            _collect(pair, texts, shape)
    else:
        raise TypeError(f"a view holds a {kind.__name__}, which has no fingerprint")


@cache
def _values(kind: Hashable) -> Callable[[object], tuple[object, ...]]:
    """What reads all fields of a dataclass at once."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # always a dataclass
    if len(names) > 1:
        return attrgetter(*names)
    one = attrgetter(names[0])
    return lambda value: (one(value),)
