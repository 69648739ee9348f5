"""Text that is not what it seems: letters of different scripts that look alike, and characters that cannot be seen."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.refs import collision_key
from okrsite.core.source import Lines, Span

HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
"""What cannot be seen or turns text round; joiners, which some scripts and pictures need, are not among them."""
TURNING: Final = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of text until it is ended: embeddings, overrides, isolates."""
MAX_HIDDEN: Final = 20
"""How many lines of one file are reported."""

# Cyrillic, Greek, Armenian and rarer Latin letters, each with the Latin letter for which most fonts make it pass.
_LIKE_LATIN: Final = str.maketrans(
    "асеорхуіјѕԁԛԝһӏѵкαονριυκχγηօսհոզıɑɡɩ",
    "aceopxyijsdqwhlvkaovpiukxynouhnqiagi",
)


def look(text: str) -> str:
    """What two texts share when a reader would take one for the other."""
    return text if text.isascii() and text.islower() else collision_key(text).translate(_LIKE_LATIN)


def check_lookalikes(names: Iterable[tuple[str, str, Span]]) -> list[Diagnostic]:
    """A warning for each name that differs from an earlier one and looks like it; names are (kind, name, place)."""
    first: dict[str, tuple[str, Span]] = {}
    found = []
    for kind, name, span in names:
        twin, place = first.setdefault(look(name), (name, span))
        if twin != name and collision_key(twin) != collision_key(name):
            message = f"the {kind} `{name}` looks like `{twin}` in {place.path}:{place.line} and is another"
            letters = ", ".join(f"{c} is {_name(c)}" for c in dict.fromkeys(name) if not c.isascii()) or "see there"
            found.append(problem("confusable-id", span, message, f"{letters}; rename one of the two"))
    return found


def check_hidden(path: str, text: str) -> list[Diagnostic]:
    """A warning for each line of a file with something that cannot be seen."""
    if text.isascii():
        return []
    lines, found = Lines(path, text), {}
    for match in HIDDEN.finditer(text):
        span = lines.span(match.start(), match.end())
        if span.line not in found:
            message = f"a character that cannot be seen: {_name(match[0])}"
            hint = "remove it; a reader may see something else than what is written"
            found[span.line] = problem("hidden-character", span, message, hint)
        if len(found) == MAX_HIDDEN:
            break
    return list(found.values())


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
