"""A page's trace: the names of what it read while it was presented, and one digest of what that was."""

import zlib
from collections.abc import Iterable
from typing import Final, NamedTuple

SIZE: Final = 16
MAX_NAMES: Final = 1 << 24
"""Bytes of names beyond which a page has no trace; nor is a forged one unpacked further."""
ALL: Final = object()
"""Every key of a table."""
_END_OF_PART, _END_OF_NAME = "\0", "\n"

Name = tuple[str, object]
"""A table, and in it a key or `ALL`."""


class Trace(NamedTuple):
    """What a page read, packed, and the digest of what that was."""

    names: bytes
    digest: bytes


NO_TRACE: Final = Trace(b"", bytes(SIZE))
"""That of a page whose reads cannot be told: it never holds."""


def packed(reads: Iterable[Name]) -> bytes:
    """Names as bytes; nothing where one of them cannot be told."""
    names = []
    for table, key in reads:
        parts = () if key is ALL else key if type(key) is tuple else (key,)
        if not all(isinstance(part, str) and _END_OF_PART not in part and _END_OF_NAME not in part for part in parts):
            return b""
        names.append(_END_OF_PART.join((table, *parts)))
    text = _END_OF_NAME.join(sorted(names)).encode("utf-8", "surrogatepass")
    return zlib.compress(text, 1) if len(text) <= MAX_NAMES else b""


def unpacked(names: bytes) -> list[str]:
    """The texts of the same names; none where these bytes are not what was packed."""
    try:
        text = zlib.decompressobj().decompress(names, MAX_NAMES).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError):
        return []
    return text.split(_END_OF_NAME) if text else []


def named(text: str) -> Name:
    """The name that a text stands for."""
    table, *parts = text.split(_END_OF_PART)
    return table, ALL if not parts else parts[0] if len(parts) == 1 else tuple(parts)
