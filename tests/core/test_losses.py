"""What Markdown leaves out is found at its line, and nothing else is."""

import pytest

from okrsite.core.markdown import parse_body
from okrsite.core.text import Home


def _lost(source: str) -> list[tuple[int, str]]:
    return [(line, what) for line, what in parse_body(source, Home("content/a.md"), 1, "n").lost]


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("|a|\n|-|\n|b|lost|\n", 2, "this row has 2 cells"),
        ("text\n\n|a|b|\n|-|-|\n|1|2|\n|1|2|lost|\n", 5, "this row has 3 cells"),
        ("> |a|\n> |-|\n> |b|lost|\n", 2, "this row has 2 cells"),
        ("|a|\n|-|\nb | lost\n", 2, "this row has 2 cells"),
        ("x\n\n[^a]: lost\n", 2, "nothing refers to the note `[^a]`"),
        ("> [^a]: lost\n", 0, "nothing refers to the note `[^a]`"),
        ("".join("  " * n + "- a\n" for n in range(10)), 9, "nested too deeply"),
        (">" * 22 + " lost\n", 0, "nested too deeply"),
    ],
)
def test_what_no_page_will_show_is_found(source: str, line: int, what: str) -> None:
    found = _lost(source)
    assert [at for at, _ in found] == [line]
    assert what in found[0][1]


@pytest.mark.parametrize(
    "source",
    [
        "|a|b|\n|-|-|\n|1|2|\n|1|\n| \\| | x |\n|1|2| |\n",
        "x[^a]\n\n[^a]: kept\n",
        "x[^a]\n\n[^a]: kept [^b]\n[^b]: kept too\n",
        "".join("  " * n + "- a\n" for n in range(9)),
        "```\n[^a]: code\n|a|\n|-|\n|b|c|\n```\n",
        "- \n- a\n-\n",
        "",
    ],
)
def test_what_reaches_the_page_is_not(source: str) -> None:
    assert _lost(source) == []
