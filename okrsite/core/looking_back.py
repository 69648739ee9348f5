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
    Theme.OTHERWISE: ("otherwise", "counterfactual", "反事实", "否则", "如果不"),
    Theme.EARLY: ("raised early", "early", "提前", "及早"),
    Theme.LEARNED: ("learned", "learnt", "lessons", "学到", "经验", "教训"),
    Theme.WELL: ("went well", "good", "做得好", "亮点"),
    Theme.BADLY: ("went badly", "bad", "did not go well", "做得不好", "不足"),
    Theme.NEXT: ("next", "changes", "try", "下一步", "改进"),
}

_QUESTIONS: Final[Mapping[str, Theme]] = {
    **{theme.casefold(): theme for theme in Theme},
    "what we raised early": Theme.EARLY,
    "what changes next": Theme.NEXT,
    **dict.fromkeys(("预期", "我们的预期"), Theme.EXPECTED),
    **dict.fromkeys(("实际", "实际发生了什么"), Theme.HAPPENED),
    **dict.fromkeys(("反事实", "反事实：否则会怎样", "如果不这样做会怎样"), Theme.OTHERWISE),
    **dict.fromkeys(("及早提出的", "及早提出了什么", "提前提出", "提前说出的"), Theme.EARLY),
    **dict.fromkeys(("学到", "学到的", "我们学到了什么"), Theme.LEARNED),
    "下一步": Theme.NEXT,
}
"""Headings that are the usual questions themselves, and no team's own words."""


def question_of(heading: str) -> Theme | None:
    """Which of the usual questions a heading is, if it is nothing else."""
    return _QUESTIONS.get(heading.strip().rstrip("?？").casefold())


def theme_of(heading: str) -> Theme | None:
    """What a team's heading is about: of the usual words that it holds the longest wins."""
    plain = heading.casefold()
    found = [(len(word), theme) for theme, words in _WORDS.items() for word in words if word in plain]
    return max(found, key=lambda pair: pair[0])[1] if found else None
