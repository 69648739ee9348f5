"""The usual headings of a retrospective, in the words in which teams write them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Theme(StrEnum):
    """What a part of a look back is about."""

    EXPECTED = "What we expected"
    HAPPENED = "What happened"
    OTHERWISE = "What would have happened otherwise"
    EARLY = "What was raised early"
    LEARNED = "What we learned"
    WELL = "What went well"
    BADLY = "What went badly"
    NEXT = "What comes next"


_WORDS: Final[Mapping[Theme, tuple[str, ...]]] = {
    Theme.EXPECTED: ("expected", "expectation", "预期", "期望", "目标"),
    Theme.HAPPENED: ("what happened", "happened", "实际", "发生", "结果"),
    Theme.OTHERWISE: ("otherwise", "counterfactual", "反事实", "否则"),
    Theme.EARLY: ("raised early", "early", "提前", "及早"),
    Theme.LEARNED: ("learned", "learnt", "lessons", "学到", "经验", "教训"),
    Theme.WELL: ("went well", "good", "做得好", "亮点"),
    Theme.BADLY: ("went badly", "bad", "did not go well", "做得不好", "不足"),
    Theme.NEXT: ("next", "changes", "try", "下一步", "改进"),
}


def theme_of(heading: str) -> Theme | None:
    """What a team's heading is about: of the usual words that it holds the longest wins."""
    plain = heading.casefold()
    found = [(len(word), theme) for theme, words in _WORDS.items() for word in words if word in plain]
    return max(found, key=lambda pair: pair[0])[1] if found else None
