"""Simple Markdown is read without the library, and comes out as the library would have it: on all that is written
here, on the demo company, and on texts put together by chance from what is simple, almost simple and hostile."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from okrsite.core import markdown
from okrsite.core.source import Span
from okrsite.core.text import Body, Home, Prose
from tests.companies import ROOT

HOME = Home("content/teams/a/2026-Q4/okrs.md", "a", "2026-Q4")
SPAN = Span(HOME.path, 7, 3, 40)
PARTS = (
    *("word", "Two words", "naïve", "速度", "été", "3,020", "12", "a b  c", " ", " ", " ", " ", "\n", "\n", "\n\n"),
    *("- ", "\n- ", "- item", "\n\n- item one\n- item two\n\n", "* ", "+ ", "1. ", "2) ", "12.", "## "),
    *("\n\n## Head\n\n", "## Story {#calm}\n", "### Deep\n", "# Top\n", "## End ##\n", "> ", "    ", "\t", "---\n"),
    *("===\n", "```\n", "~~~\n", "`code`", "`a``b`", "``", "`", "`a b `", "`<b>&\"`", "*em*", "*two words*"),
    *("**strong**", "***both***", "*", "**", "_", "__", "a_b_c", "*a*b", "(*em*)", "*em*.", "* em*", "~~gone~~"),
    *("~", "&", "& ", "&amp;", "&copy", "&#65;", "<b>", "<https://a.b>", "[x](https://wiki.example/page/861)"),
    *("[two words](http://a-b.example/?q=1#top)", "[x](y.md)", "[", "]", "[x](https://A.B)"),
    *("[x](https://a.b/%20)", "[x](javascript:alert)", "[x][y]", "[y]: https://a.b\n", "[^1]", "[^1]: note\n"),
    *("[[a/b]]", "[[a/2026-Q4/b#kr]]", "[[@team]]", "[[", "]]", "[[a b]]", "![pic](a.png)", "!", "! ", "![", "\\"),
    *("\\*", "\\\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n", "|", ":-", "[ ] ", "[x] ", "'", '"', "(", ")", "."),
    *("\n| ", " |", " | ", "| --- ", ":", ":--", "| x | y |\n", "| - | -: |\n"),
    *(",", ":", ";", "?", "-", "--", "https://a.b/c", "a@b.c", "\u00a0", "\u2028", "\u202e", "\ufdd0", "\x00"),
    *("\x7f", "\u3000", "  \n", " \n", "{#id}", "#", "= ", "$x$", "%", "+5%", "→", "…", "–", "“so”", "’", "١."),
    *("١", "ª", "²", "𝒳", "e\u0301", "\u200d", "[x](https://a.b/c) ", "`c` "),
)  # fmt: skip
SIMPLE = (
    "A word, then `code-1` and *two words* for [the page](https://wiki.example/page/861) & [[a/b]].",
    "One paragraph\nover two rows.\n\nAnother one!",
    "## What happened\n\n- first `a`\n- [second](https://a.example/b?c=1#d)\n\nThe end\n",
    "Before\n\n| what | how   much |\n| --- | ---: |\n| `a` [[a/b]] | 7 % |\n| *b*  | [x](https://a.b) |\n\nAfter\n",
    "| a | b | c |\n|  :-- | :-: | - |\n",
    "## Next\n| 1. | - | x |\n| :---: | ---: | --- |\n| # | = | + |\n| - y | x | (z) |\n",
    "Before\n\n## Story {#calm}\nat once\n\n## Next\n",
)


@contextmanager
def _library_alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(markdown, "simple_line", lambda *_: None)
        patched.setattr(markdown, "simple_blocks", lambda *_: None)
        yield


def _read(source: str) -> tuple[Body, Prose, Prose]:
    line = " ".join(source.split("\n")).strip()
    return (
        markdown.parse_body(source, HOME, 5, "note"),
        markdown.parse_block(source, HOME, SPAN),
        markdown.parse_inline(line, HOME, SPAN),
    )


def _simple(source: str) -> bool:
    return markdown._simple_body(source, HOME, 1) is not None


def _same(source: str) -> None:
    found = _read(source)
    with _library_alone():
        assert found == _read(source), repr(source)


@pytest.mark.parametrize("source", SIMPLE)
def test_what_is_simple_is_taken_and_comes_out_the_same(source: str) -> None:
    assert _simple(source)
    _same(source)


@pytest.mark.parametrize("source", [*PARTS, *(f"{part}{part}" for part in PARTS), *(f"a{part}b" for part in PARTS)])
def test_every_part_alone_twice_and_inside_a_word(source: str) -> None:
    _same(source)


def test_texts_put_together_by_chance() -> None:
    chance = random.Random(7)
    taken = 0
    for _ in range(2_500):
        source = "".join(chance.choices(PARTS, k=chance.randint(1, 7)))
        taken += _simple(source)
        _same(source)
    assert taken > 120


def test_simple_texts_with_one_sign_put_in_or_left_out() -> None:
    chance = random.Random(8)
    taken = 0
    for _ in range(2_500):
        source = chance.choice(SIMPLE)
        at = chance.randrange(len(source))
        source = source[:at] + chance.choice(("", *PARTS)) + source[at + chance.randint(0, 1) :]
        taken += _simple(source)
        _same(source)
    assert taken > 600


def test_the_demo_company_is_mostly_simple() -> None:
    bodies = [_body(path) for path in sorted((ROOT / "content").rglob("*.md"))]
    bodies = [body for body in bodies if body.strip()]
    assert len(bodies) > 100
    for body in bodies:
        _same(body)
    assert sum(map(_simple, bodies)) > len(bodies) / 2


def _body(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
