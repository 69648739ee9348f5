"""The fields of every kind of content file: the one list that the parser, the schemas and the guide are held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from okrsite.core.model import AssumptionState, Next, ProposedBy, RiskKind, RiskState, Status
from okrsite.core.numbers import Cadence, ObjectiveType


class Kind(Enum):
    """What may stand in a field."""

    TEXT = auto()
    """A text, or one in several languages."""
    TEXTS = auto()
    WORD = auto()
    """A name, a reference, an address: one word that is never translated."""
    WORDS = auto()
    DATE = auto()
    NUMBER = auto()
    """A number with its unit."""
    LIMITS = auto()
    """Two numbers with their unit."""
    SHARE = auto()
    """A bare number from 0 to 1."""
    WEIGHT = auto()
    """A bare number, not negative."""
    CONFIDENCE = auto()
    YES = auto()
    CHOICE = auto()
    FIELDS = auto()
    """Fields of its own, below each other under names that the author gives."""
    ITEMS = auto()
    """A list of fields."""
    BY_CYCLE = auto()
    """A word, or words by the cycle from which on they hold."""
    VALUE = auto()
    """What a check-in says a key result is at."""
    OWN = auto()
    """A company's own fields."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what may stand in it, what it is for, and what is below it."""

    kind: Kind
    words: str
    required: bool = False
    choices: tuple[str, ...] = ()
    below: "Table | None" = None
    short: Kind | None = None
    """What may stand in place of the fields below."""


Table = Mapping[str, Field]


def _choice(options: type[StrEnum], words: str) -> Field:
    return Field(Kind.CHOICE, words, choices=tuple(map(str, options)))


MID_CYCLE: Final = "mid-cycle"
"""The `review` of the check-in in the middle of a cycle; whatever the case of its letters, it is read as this."""

_EXTRA: Final = {"extra": Field(Kind.OWN, "a company's own fields, as typed")}
_ANSWERS: Final = {"ignore": Field(Kind.FIELDS, "`{code: reason}`: an answer to advice", short=Kind.TEXT)}

MISSION: Final[Table] = {"mission": Field(Kind.TEXT, "what the company is for, in one line"), **_EXTRA}
CYCLE: Final[Table] = {
    "title": Field(Kind.TEXT, "default: its name"),
    "theme": Field(Kind.TEXT, "what the cycle is about, in one line"),
    "start": Field(Kind.DATE, "its first day, where the name does not say it"),
    "end": Field(Kind.DATE, "its last day"),
    **_EXTRA,
}
PAGE: Final[Table] = {"title": Field(Kind.TEXT, "default: its name"), **_EXTRA}
QUESTION: Final[Table] = {
    "about": Field(Kind.WORD, "what it asks about: an objective, a key result, a guardrail", required=True),
    "asked_on": Field(Kind.DATE, "the day", required=True),
    "asked_by": Field(Kind.WORD, "the `@team` that asks"),
    "answered_on": Field(Kind.DATE, "the day of the answer"),
    **_EXTRA,
}
TEAM: Final[Table] = {
    "name": Field(Kind.TEXT, "default: the folder's name"),
    "parent": Field(
        Kind.BY_CYCLE, "the team above; or by the cycle from which on: `{2025-Q1: shops, 2026-Q3: digital}`"
    ),
    "mission": Field(Kind.TEXT, "what it is for, in one line"),
    "contact": Field(Kind.TEXT, "a channel"),
    "aliases": Field(
        Kind.WORDS, "former names of the folder: their addresses lead here, references to them still work"
    ),
    "since": Field(Kind.WORD, "its first cycle"),
    "until": Field(Kind.WORD, "its last cycle"),
    "cadence": _choice(Cadence, "`weekly` (default), `fortnightly` or `monthly`"),
    "figures": Field(Kind.CHOICE, "`words`: the team publishes no figures", choices=("words",)),
    **_ANSWERS,
    **_EXTRA,
}

# --- okrs.md ------------------------------------------------------------------------------------------------------

DEPENDENCY: Final[Table] = {
    "from": Field(Kind.WORD, "an objective, a key result or a `@team`", required=True),
    "need": Field(Kind.TEXT, "what is needed of it"),
}
PROVISION: Final[Table] = {
    "to": Field(Kind.WORD, "the objective that asked", required=True),
    "by": Field(Kind.DATE, "by when"),
}
AMENDMENT: Final[Table] = {
    "date": Field(Kind.DATE, "the day"),
    "what": Field(Kind.TEXT, "what moved"),
    "because": Field(Kind.TEXT, "why"),
}
MILESTONE: Final[Table] = {
    "title": Field(Kind.TEXT, "default: its name"),
    "weight": Field(Kind.WEIGHT, "default: 1"),
}
COMMITMENT: Final[Table] = {
    "title": Field(Kind.TEXT, "required: how the world is better, in a sentence", required=True),
    "status": _choice(Status, "`active` (default), `draft`, `paused` or `dropped`; the last two with `because`"),
    "because": Field(Kind.TEXT, "why it is paused or dropped"),
    "supports": Field(Kind.WORDS, "the objectives or key results it leans on; none means local by choice"),
    "depends_on": Field(
        Kind.ITEMS,
        "a list of `from` (an objective, a key result or a `@team`) and `need`",
        below=DEPENDENCY,
        short=Kind.WORD,
    ),
    "initiatives": Field(Kind.TEXTS, "what the team does for it"),
    "contacts": Field(Kind.TEXTS, "whom to talk to: channels, groups"),
    "since": Field(Kind.DATE, "the day on which it began, if not with the cycle"),
    "note": Field(Kind.TEXT, "anything else"),
    "replaced_by": Field(Kind.TEXT, "what delivered it otherwise"),
    **_ANSWERS,
    **_EXTRA,
}
MEASURE: Final[Table] = {
    "baseline": Field(Kind.NUMBER, "where the number stands at the start"),
    "target": Field(Kind.TEXT, "where it shall stand, up or down; in words it is judged by hand"),
    "change": Field(Kind.NUMBER, "`-20%`: the target relative to the baseline, in place of `target`"),
    "keep_above": Field(Kind.NUMBER, "a guardrail: the number stays at this or above"),
    "keep_below": Field(Kind.NUMBER, "a guardrail: the number stays at this or below"),
    "keep_between": Field(Kind.LIMITS, "a guardrail: `[a, b]`, the lower limit first"),
    "milestones": Field(
        Kind.FIELDS, "steps: `[one, two]`, or `{one: {title: …, weight: 2}}`", below=MILESTONE, short=Kind.TEXTS
    ),
    "deliver_by": Field(Kind.DATE, "done by a day, or not"),
    "find_baseline": Field(Kind.YES, "`true`: a number nobody has yet"),
}
KEY_RESULT: Final[Table] = {
    **COMMITMENT,
    **MEASURE,
    "weight": Field(Kind.WEIGHT, "how much it counts in its objective; default: 1"),
    "due": Field(Kind.DATE, "the day by which it is meant to be reached, if not the cycle's last"),
    "source": Field(Kind.WORD, "where the number comes from"),
    "cadence": _choice(Cadence, "how often its number is read, if not as the team checks in"),
}
OBJECTIVE: Final[Table] = {
    **COMMITMENT,
    "why": Field(Kind.TEXT, "what is wrong today"),
    "type": _choice(ObjectiveType, "`aspirational` (default), `committed` or `learning`"),
    "proposed_by": _choice(ProposedBy, "`team`, `leadership` or `together`"),
    "provides": Field(
        Kind.ITEMS, "a list of `to` and `by`: acknowledges what others depend on", below=PROVISION, short=Kind.WORD
    ),
    "shared_with": Field(Kind.WORDS, "teams; agreed once they share one back"),
    "serves": Field(Kind.TEXTS, "who inside the company gains"),
    "assumes": Field(Kind.FIELDS, "name and text of what must hold", short=Kind.TEXT),
    "carried_from": Field(Kind.WORDS, "the objective of an earlier cycle that it carries on"),
    "moved_from": Field(Kind.WORD, "the objective of the team that handed it over"),
    "moved_to": Field(Kind.WORD, "the objective of the team that took it over"),
    "learned_from": Field(Kind.WORDS, "lessons of earlier retrospectives it uses"),
    "reaffirmed": Field(Kind.DATE, "the day on which it was found to stand, after what it supports was changed"),
    "amendments": Field(Kind.ITEMS, "a list of `date`, `what` and `because`: why a promise moved", below=AMENDMENT),
    "key_results": Field(Kind.FIELDS, "each under its name", below=KEY_RESULT),
}
OKRS: Final[Table] = {
    "objectives": Field(Kind.FIELDS, "each under its name", below=OBJECTIVE),
    "guardrails": Field(Kind.FIELDS, "the team's standing limits, written like key results", below=KEY_RESULT),
    "not_doing": Field(Kind.TEXTS, "a list of what the team leaves out on purpose"),
    **_ANSWERS,
    **_EXTRA,
}

# --- check-ins and retrospectives -----------------------------------------------------------------------------------

READING: Final[Table] = {
    "value": Field(
        Kind.VALUE,
        "a number with its unit, a list of all milestones reached so far, `yes` or `no`, or a share such as `40%` "
        "where it is judged",
    ),
    "confidence": Field(Kind.CONFIDENCE, "a whole number from 0 to 10: how sure the team is that it lands"),
    "note": Field(Kind.TEXT, "what is to be said about it"),
    "source": Field(Kind.WORD, "where the number comes from"),
}
RISK: Final[Table] = {
    "about": Field(Kind.WORD, "the objective or key result at risk"),
    "what": Field(Kind.TEXT, "what may happen; needed where it is first named"),
    "needs": Field(Kind.WORDS, "the `@team` that could help"),
    "kind": _choice(RiskKind, "`resource`, `dependency`, `clarity`, `priority` or `external`"),
    "state": _choice(RiskState, "`open` (default), `helped`, `resolved` or `happened`"),
    "helped_by": Field(Kind.WORDS, "the `@team` that helped"),
}
ASSUMPTION: Final[Table] = {
    "state": Field(
        Kind.CHOICE, "`holds`, `shaky` or `broken`", required=True, choices=tuple(map(str, AssumptionState))
    ),
    "note": Field(Kind.TEXT, "what is to be said about it"),
}
CHECKIN: Final[Table] = {
    "progress": Field(
        Kind.FIELDS, "lines `objective#key-result: value`, or with fields", below=READING, short=Kind.VALUE
    ),
    "risks": Field(Kind.FIELDS, "each under its name; the same name later goes on with the same risk", below=RISK),
    "assumptions": Field(
        Kind.FIELDS, "by name: `holds`, `shaky` or `broken`, or with fields", below=ASSUMPTION, short=Kind.CHOICE
    ),
    "review": Field(Kind.WORD, f"`{MID_CYCLE}` marks that review; any other word is only shown"),
    **_EXTRA,
}
VIEW: Final[Table] = {
    "from": Field(Kind.WORD, "the `@team` whose view it is", required=True),
    "view": Field(Kind.TEXT, "how it looks from there", required=True),
}
SCORE: Final[Table] = {
    "score": Field(Kind.SHARE, "from 0 to 1; default: the computed one"),
    "because": Field(Kind.TEXT, "why; needed where it differs from the computed one"),
    "next": _choice(Next, "`keep`, `change`, `drop` or `done`"),
    "views": Field(Kind.ITEMS, "a list of `from` and `view`: how colleagues see it", below=VIEW),
}
RETRO: Final[Table] = {
    "scores": Field(Kind.FIELDS, "lines `objective: 0.6`, or with fields", below=SCORE, short=Kind.SHARE),
    "lessons": Field(Kind.FIELDS, "each under its name", short=Kind.TEXT),
    **_ANSWERS,
    **_EXTRA,
}

FILES: Final[Mapping[str, tuple[str, Table]]] = {
    "team": ("teams/*/team.md", TEAM),
    "okrs": ("teams/*/*/okrs.md", OKRS),
    "checkin": ("teams/*/*/checkins/*.md", CHECKIN),
    "retro": ("teams/*/*/retro.md", RETRO),
    "question": ("teams/*/*/questions/*.md", QUESTION),
    "cycle": ("cycles/*.md", CYCLE),
    "page": ("pages/*.md", PAGE),
    "mission": ("index.md", MISSION),
}
"""Each kind of file: where it lies in the content folder, and its fields."""
