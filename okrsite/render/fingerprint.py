"""What a page shows, as a few bytes: equal views have equal fingerprints, on every machine and in every process.

A page whose fingerprint is that of the last time need not be rendered. Kinds of value are told apart, so that
text which a template would escape is never taken for HTML that it would not.
"""

from dataclasses import fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from okrsite.pages.views import AnyView

SIZE: Final = 16
_PART: Final = 4


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
    for field in fields(view):
        part = _digest(getattr(view, field.name))
        whole.update(part)
        parts += part[:_PART]
    return Shown(whole.digest(), bytes(parts))


def _digest(value: object) -> bytes:
    """The digest of one value as Python writes it, with every kind of value told apart."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()
