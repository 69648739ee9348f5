"""A key result as somebody puts it into one line."""

import re
from dataclasses import dataclass
from typing import Final

from okrsite.core.cycles import parse_date
from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.lines import cleaned
from okrsite.core.fields import number_hint
from okrsite.core.quantity import parse_quantity

_WAY: Final = re.compile(r"(?P<title>.+)[:：](?P<baseline>[^:：]+)(?:->|→)(?P<target>[^:：]+)")
_SIGN: Final = re.compile(r">=|<=|≥|≤")
_DAY: Final = re.compile(r"(?P<title>.+)[:：]\s*by\s+(?P<day>\S+)")

_MAX_GUESS: Final = 300
"""Characters of a text beyond which it is not looked at for the key result that it may mean."""
_ARROW: Final = r"[-=–—]{1,2}>|[→⇒➔]"
_BETWEEN: Final = re.compile(rf"{_ARROW}|(?<=\s)(?:to|[-–—])(?=\s)|(?<=[^\s>])[-–—](?=[0-9])")
"""What somebody may put between two numbers."""
_BEYOND: Final = re.compile(r"(?P<title>[^<>＜＞]*[^<>＜＞=–—-])(?P<sign>[<>＜＞])(?P<limit>[^<>＜＞()\[\]]+)")
_UNTIL: Final = re.compile(r"(?P<title>[^:：]+)[:：]?\s+by\s+(?P<day>[0-9-]+)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s:：]+")
_FROM: Final = re.compile(r"\bfrom$", re.IGNORECASE)
_COLON_OR_DIGIT: Final = re.compile(r"[:：0-9]")
_WORDS_OF_NUMBER: Final = 4
"""Words that a number with its unit may have."""


@dataclass(frozen=True, slots=True)
class NewKeyResult:
    """A key result as somebody put it into words."""

    title: str
    measure: tuple[tuple[str, str], ...] = ()


def parse_key_result(typed: str) -> NewKeyResult:
    """A key result in one line: `TITLE: 20% -> 35%`, `TITLE >= 95%`, `TITLE: by 2026-11-30`, or a title alone.

    Raises CannotDraftError for what would be a title and surely holds numbers or a day.
    """
    text = cleaned(typed, "the key result").strip()
    if not text:
        raise CannotDraftError("a key result says what is counted, as in `Share: 20% -> 35%`")
    _refuse_near_miss(text)
    if found := _WAY.fullmatch(text):
        return NewKeyResult(
            found["title"].strip(),
            (("baseline", _number(found["baseline"])), ("target", _number(found["target"]))),
        )
    if (found := _limit_sign(text)) and (limit := text[found.end() :].strip()):
        title = text[: found.start()].rstrip()
        title = title[:-1].rstrip() if title.endswith((":", "：")) and title[1:] else title
        name = "keep_above" if found[0] in (">=", "≥") else "keep_below"
        return NewKeyResult(title, ((name, _number(limit)),))
    if found := _DAY.fullmatch(text):
        if parse_date(found["day"]) is None:
            raise CannotDraftError(f"`{found['day']}` is not a date; dates are written 2026-10-31")
        return NewKeyResult(found["title"].strip(), (("deliver_by", found["day"]),))
    return NewKeyResult(text)


def _limit_sign(text: str) -> re.Match[str] | None:
    """The sign of a limit: the first behind which no colon comes, and before which a title stands."""
    colon = max(text.rfind(":"), text.rfind("："))
    return _SIGN.search(text, max(1, colon + 1))


def _number(typed: str) -> str:
    if parse_quantity(typed) is None:
        raise CannotDraftError(f"`{typed.strip()}` is not a number with a unit; {number_hint(typed)}")
    return typed.strip()


# --- what is almost one ---------------------------------------------------------------------------------------------


def _refuse_near_miss(text: str) -> None:
    """Refuse a text that surely holds a measure and would be read as a title."""
    if len(text) > _MAX_GUESS:
        return
    *_, sign = (None, *_BETWEEN.finditer(text))
    meant = (sign and _way_meant(text, sign)) or _limit_meant(text) or _day_meant(text)
    if meant:
        raise CannotDraftError(f"`{text}` is not how a measure is written; write `{meant}`")


def _way_meant(text: str, sign: re.Match[str]) -> str:
    """`TITLE: 20% -> 35%` where two numbers stand at the end, with another sign or a word between them.

    With an arrow it is certain; without one only behind a colon or `from`, and of numbers that share a unit.
    """
    arrow, lead, target = bool(re.fullmatch(_ARROW, sign[0])), text[: sign.start()], parse_quantity(text[sign.end() :])
    if target is None:
        return ""
    for start in [found.start() for found in _WORD.finditer(lead)][-_WORDS_OF_NUMBER:]:
        baseline, before = parse_quantity(lead[start:]), lead[:start].rstrip()
        title = _title(_FROM.sub("", before))
        if not baseline or not title:
            continue
        told = before.endswith((":", "：")) or title != _title(before)
        if (arrow and told) or (baseline.same_unit(target) and (arrow or (told and target.unit))):
            exact = before.endswith((":", "：")) and sign[0] in ("->", "→")
            return "" if exact else f"{title}: {baseline.text} -> {target.text}"
    if arrow and (lead.rstrip().endswith((":", "：")) or not _COLON_OR_DIGIT.search(lead)):
        raise CannotDraftError(
            f"the number before `{sign[0]}` is missing; say where it stands now, as in `Share: 20% -> 35%`"
        )
    return ""


def _limit_meant(text: str) -> str:
    """`TITLE >= 95%` where a number stands behind `>` at the end."""
    found = _BEYOND.fullmatch(text)
    limit, title = (parse_quantity(found["limit"]), _title(found["title"])) if found else (None, "")
    if not found or not limit or not title:
        return ""
    return f"{title} {'>=' if found['sign'] in '>＞' else '<='} {limit.text}"


def _day_meant(text: str) -> str:
    """`TITLE: by 2026-11-30` where `by` and a day stand at the end."""
    found = None if _DAY.fullmatch(text) else _UNTIL.fullmatch(text)
    return f"{_title(found['title'])}: by {found['day']}" if found and parse_date(found["day"]) else ""


def _title(words: str) -> str:
    return words.rstrip(" \t:：,")
