"""References: as they are written, before anybody knows what they name, and in full, as everything is known by.

A full reference is `team/cycle/name#part`, whose part is a key result's or guardrail's id; a team's is `@team`. An
objective, a risk, an assumption, a lesson and a check-in's day have no part; guardrails have `guardrails` for a name.
"""

import re
import unicodedata
from string import whitespace
from typing import Final, NamedTuple

from okrsite.core.source import Span

_REF = re.compile(r"(?:(?P<team>[\w-]+)/(?:(?P<cycle>[\w-]+)/)?)?(?P<name>[\w-]+)(?:#(?P<part>[\w-]+))?")

_AROUND: Final = "[(<【「『《〈“‘])>】」』》〉”’" + whitespace
_SIGNS = str.maketrans({"、": ",", "，": ",", ";": ",", "\\": "/"})
_MAX_GUESS: Final = 200
"""Characters of a text beyond which it is not looked at for what references it may mean."""


class Ref(NamedTuple):
    """`team/cycle/name#part`, whatever of it was written; `@team` has only a team and no name."""

    team: str
    cycle: str
    name: str
    part: str
    text: str
    span: Span

    @property
    def tail(self) -> str:
        """What it names below a cycle: `name#part`, or the name alone."""
        return f"{self.name}#{self.part}" if self.part else self.name


def parse_ref(text: str, span: Span) -> Ref | None:
    """The reference a text states, or None when it is not written like one."""
    text = normal(text.strip())
    if text.startswith("@") and is_id(text[1:]):
        return Ref(text[1:], "", "", "", text, span)
    found = _REF.fullmatch(text)
    if not found:
        return None
    return Ref(found["team"] or "", found["cycle"] or "", found["name"], found["part"] or "", text, span)


def likely_refs(text: str, *, several: bool) -> str:
    """A hint to the references that a text with other signs in or around them must mean; '' when none is certain.

    More than one are shown only where `several` may stand: as the list that takes the text's whole place.
    """
    if len(text) > _MAX_GUESS:
        return ""
    plain = unicodedata.normalize("NFKC", text).strip(_AROUND).translate(_SIGNS)
    parts = [re.sub(r" ?([/#]) ?", r"\1", " ".join(part.split())) for part in plain.split(",") if part.strip()]
    if not parts or not all(parse_ref(part, Span("")) for part in parts) or (len(parts) > 1 and not several):
        return ""
    shown = [f'"{part}"' if part.startswith("@") else part for part in parts]
    return f"write `{shown[0]}`" if len(shown) == 1 else f"write `[{', '.join(shown)}]`"


def team_hint(ref: Ref) -> str:
    """What to write where a team is needed and something else is named, or a team without its sign."""
    return f'write `"@{ref.team or ref.name}"`'


def team_of(ref: str) -> str:
    """The team of a full reference, or the one that it is."""
    return ref.partition("/")[0].removeprefix("@")


def cycle_of(ref: str) -> str:
    """The cycle of a full reference to anything but a team."""
    return ref.split("/", 2)[1]


def place_of(ref: str) -> tuple[str, str]:
    """The team and the cycle of a full reference to anything but a team."""
    team, cycle, _ = ref.split("/", 2)
    return team, cycle


def tail_of(ref: str) -> str:
    """What a full reference names below its cycle, `name#part` or the name alone; `@team` is its own."""
    return ref.split("/", 2)[-1]


def objective_of(ref: str) -> str:
    """The objective of a key result, of a full reference or its tail; all else is its own."""
    return ref.partition("#")[0]


def part_of(ref: str) -> str:
    """The id of a key result or guardrail within its objective, of a full reference or its tail; '' for all else."""
    return ref.partition("#")[2]


def is_id(text: str) -> bool:
    """Whether a text may be an id: letters and digits of any script, `-` and `_`, at most 100 of them.

    An id becomes the name of a file or folder, and file systems take 255 bytes: so 200 bytes at most.
    """
    return bool(re.fullmatch(r"[\w-]{1,100}", text)) and len(text.encode()) <= 200 and text == normal(text)


def normal(text: str) -> str:
    """A text in the Unicode form (NFC) in which ids are compared and written."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def collision_key(id_: str) -> str:
    """What two ids share when some file system or reader would take them for one."""
    return unicodedata.normalize("NFKC", id_).casefold()
