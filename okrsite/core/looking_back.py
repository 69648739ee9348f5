"""The usual headings of a retrospective, in the words in which teams write them."""

from collections.abc import Mapping
from typing import Final

OTHERWISE: Final = "What would have happened otherwise"
LEARNED: Final = "What we learned"

THEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "What we expected": ("expected", "expectation", "预期", "期望", "目标"),
    "What happened": ("what happened", "happened", "实际", "发生", "结果"),
    OTHERWISE: ("otherwise", "counterfactual", "反事实", "否则"),
    "What was raised early": ("raised early", "early", "提前", "及早"),
    LEARNED: ("learned", "learnt", "lessons", "学到", "经验", "教训"),
    "What went well": ("went well", "good", "做得好", "亮点"),
    "What went badly": ("went badly", "bad", "did not go well", "做得不好", "不足"),
    "What comes next": ("next", "changes", "try", "下一步", "改进"),
}
"""The usual headings of a retrospective, by words that their headings hold; the first that fits wins, but that what
would have happened is not what happened.
"""


def theme_of(heading: str) -> str:
    """The usual heading that a team's heading means, or ''."""
    plain = heading.casefold()
    looked_for = (OTHERWISE, *THEMES)
    return next((theme for theme in looked_for if any(word in plain for word in THEMES[theme])), "")
