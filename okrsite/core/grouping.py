"""Pairs as groups, in the order in which they come."""

from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """The values of each key."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def inverse(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The sources of each target, each once, of (source, target) pairs."""
    return grouped((target, source) for source, target in dict.fromkeys(pairs))
