"""Whether two wordings say the same thing, but for spelling: when in doubt, they do not."""

import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"[\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 5
"""Letters of a word below which one of them may turn its meaning: `now` and `not`, `more` and `mole`."""
_MAX_LENGTH: Final = 2_000


def only_spelling(before: str, after: str) -> bool:
    """Whether a text differs from an earlier one in case, punctuation and single letters of long words at most.

    A number, a short word, a word's first letter (`typical`, `atypical`) or its plural is never mere spelling.
    """
    if max(len(before), len(after)) > _MAX_LENGTH:
        return False
    old, new = _words(before), _words(after)
    if "".join(old) == "".join(new):
        return _numbers(before) == _numbers(after)
    return len(old) == len(new) and all(a == b or _misspelt(a, b) for a, b in zip(old, new, strict=True))


def _words(text: str) -> list[str]:
    return [word for word in _PUNCTUATION.split(text.casefold()) if word]


def _numbers(text: str) -> list[str]:
    """The numbers of a text with their signs and decimals: `1.5` and `15` differ in more than punctuation."""
    return re.findall(r"[-−+<>≤≥]?\s?\d[\d.,:/]*\d|[-−+<>≤≥]?\s?\d", text)


def _misspelt(a: str, b: str) -> bool:
    """Whether two words differ in one letter that was wrong, missing, doubled, or swapped with its neighbour."""
    if not (a.isascii() and b.isascii() and _LETTERS.fullmatch(a) and _LETTERS.fullmatch(b)):
        return False
    if min(len(a), len(b)) < _SHORTEST or a[0] != b[0] or a + "s" == b or b + "s" == a:
        return False
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else b[1:] == a
