"""Families of Markdown that some parser, somewhere, took for ever to read; each grows to any size."""

from collections.abc import Callable, Mapping
from typing import Final

Family = Callable[[int], str]


def filled(unit: str, head: str = "", tail: str = "") -> Family:
    """One piece over and over, between a head and a tail."""
    return lambda size: head + unit * ((size - len((head + tail).encode())) // len(unit.encode())) + tail


def nested(opening: str, closing: str, core: str = "a") -> Family:
    """Something inside itself, as deep as fits."""
    return lambda size: (depth := (size - len(core)) // len(opening + closing)) * opening + core + depth * closing


def halves(first: str, second: str) -> Family:
    """Half of one piece, half of another that never quite answers it."""
    return lambda size: first * (size // 2 // len(first)) + second * (size // 2 // len(second))


def numbered(unit: Callable[[int], str], use: Callable[[int], str] = lambda _: "") -> Family:
    """Pieces that each bear a number, and as many that use them."""

    def grown(size: int) -> str:
        count = size // (len(unit(10_000)) + len(use(10_000)))
        return (
            "".join(map(unit, range(10_000, 10_000 + count))) + "\n" + "".join(map(use, range(10_000, 10_000 + count)))
        )

    return grown


def growing(sign: str) -> Family:
    """Runs of a sign, each longer than the one before, so that none closes another."""

    def grown(size: int) -> str:
        runs, length = [], 0
        while length < size:
            runs.append(sign * (len(runs) + 1))
            length += len(runs) + 1
        return " ".join(runs)[:size]

    return grown


def expanded(address: int) -> Family:
    """A long address that is named once and linked as often as fits."""
    return filled("[1] ", f"[1]: https://acme.example/{'a' * address}\n\n")


def stairs(sign: str) -> Family:
    """Lines that each stand one step deeper than the line before."""

    def grown(size: int) -> str:
        lines, length = [], 0
        while length < size:
            lines.append(" " * len(lines) + sign + "a\n")
            length += len(lines[-1])
        return "".join(lines)[:size]

    return grown


INLINE: Final[Mapping[str, Family]] = {
    "emphasis-nested": nested("*a ", " a*"),
    "emphasis-strong-nested": nested("**a ", " a**"),
    "emphasis-both": nested("*a **a ", "** a*"),
    "emphasis-closers": filled("a* "),
    "emphasis-stars": filled("*"),
    "emphasis-underscores": filled("_"),
    "emphasis-unmatched": halves("*a ", "_ a"),
    "strike-pairs": filled("~~a~~ "),
    "strike-run": filled("~"),
    "brackets-open": filled("["),
    "brackets-nested": nested("[", "]"),
    "brackets-answered": halves("[", "a]"),
    "link-openers": filled("[a]("),
    "link-openers-angle": filled("[a](<b"),
    "link-title-openers": filled("[a](/b '"),
    "link-nested": nested("[", "](/a)"),
    "link-parens": nested("[a](" + "(" * 16, ")" * 17),
    "link-many": filled("[a](b) "),
    "link-empty": filled("[](/)"),
    "link-long": filled("a", "[a](https://acme.example/", ")"),
    "references-full": filled("[a][a]"),
    "images-open": filled("!["),
    "images-nested": nested("![", "](a)"),
    "backticks-run": filled("`"),
    "backticks-growing": growing("`"),
    "autolinks-open": filled("<https:a"),
    "autolinks-many": filled("<a:b>"),
    "autolinks-mail": filled("<a@b.c>"),
    "autolinks-mail-open": filled("a.", "<a@"),
    "entities-bare": filled("&"),
    "entities-named": filled("&amp;"),
    "entities-growing-name": filled("a", "&", ";"),
    "html-open": filled("<"),
    "html-cdata": filled("<![CDATA["),
    "html-comments": filled("<!--"),
    "html-attributes": filled(" a=''", "<a", ">"),
    "escapes": filled("\\"),
    "refs": filled("[[a]]"),
    "refs-open": filled("[["),
    "refs-nested": nested("[[", "]]"),
    "refs-long": filled("[[" + "a" * 201 + "]]"),
    "nulls": filled("\0"),
    "nulls-in-link": filled("[\0](\0)"),
    "noncharacters": filled("\ufdd00\ufdd1"),
    "astral": filled("\U0001f600*"),
    "combining": filled("\u0301", "a"),
    "spaces": filled(" ", "a", "b"),
    "hashes": filled("#"),
}
"""What can stand in one line, and so in a title too."""

BLOCK: Final[Mapping[str, Family]] = {
    "definitions": numbered(lambda n: f"[{n}]: /a\n", lambda n: f"[{n}]"),
    "definitions-same": filled("[a]: /b\n"),
    "definitions-missing": filled("[a]", "[b]: /c\n\n"),
    "definitions-long-label": filled("a", "[", "]: /b\n\n[a]"),
    "expansion-short": expanded(40),
    "expansion-long": expanded(2_000),
    "expansion-too-long": expanded(4_000),
    "expansion-title": filled("[1] ", "[1]: /a '" + "b" * 2_000 + "'\n\n"),
    "expansion-image": filled("![1] ", "[1]: /" + "a" * 2_000 + "\n\n"),
    "footnotes": numbered(lambda n: f"[^{n}]: a\n\n", lambda n: f"[^{n}]"),
    "footnotes-same": filled("[^a]", "[^a]: b\n\n"),
    "footnotes-undefined": filled("[^a]"),
    "footnotes-sections": filled("## a\n[^a]\n", "[^a]: b\n\n"),
    "footnotes-unused": numbered(lambda n: f"[^{n}]: a\n\n"),
    "footnotes-mutual": numbered(lambda n: f"[^{n}]: [^{n + 1}]\n\n", lambda n: f"[^{n}]"),
    "footnotes-nested": stairs("[^a]:"),
    "footnotes-inline": nested("^[", "]"),
    "quotes-deep": filled(">", "", "a"),
    "quotes-lazy": filled("a\n", "> " * 10 + "\n"),
    "quotes-stairs": lambda size: "".join(">" * n + "a\n" for n in range(int((2 * size) ** 0.5)))[:size],
    "lists-deep": filled("- ", "", "a"),
    "lists-stairs": stairs("- "),
    "lists-many": filled("- a\n"),
    "lists-alternating": filled("- a\n* b\n"),
    "lists-quotes": filled("> - ", "", "a"),
    "tasks": filled("- [ ] a\n"),
    "tables-wide": lambda size: "|\n".join(sign * (size // 6 - 2) for sign in ("|a", "|-", "|b")),
    "tables-long": filled("|a|b|\n", "|a|b|\n|-|-|\n"),
    "tables-short-rows": lambda size: (
        "|a" * (size // 8 - 1) + "|\n" + "|-" * (size // 8 - 1) + "|\n" + "b\n" * (size // 4)
    ),
    "tables-pipes": filled("|"),
    "tables-escaped-pipes": filled("\\|", "|a|\n|-|\n|", "|"),
    "tables-backticks": filled("`|", "|a|\n|-|\n|"),
    "headings-atx": filled("# a\n"),
    "headings-sections": filled("## a\n"),
    "headings-closing": filled("#", "# a ", " #"),
    "headings-setext": filled("a\n=\n"),
    "headings-ids": numbered(lambda n: f"## a {{#{n}}}\n"),
    "headings-id-long": filled("a", "## a {#", "}\n"),
    "headings-references": filled("## [1]\n", "[1]: /" + "a" * 2_000 + "\n\n"),
    "breaks-spaces": filled("a  \n"),
    "rules": filled("---\n\n"),
    "fences-growing": lambda size: "".join("`" * n + "\n" for n in range(3, int((2 * size) ** 0.5)))[:size],
    "fences-long-words": filled("a", "```", "\n"),
    "html-blocks-cdata": filled("<![CDATA[\n\n"),
    "paragraphs": filled("a\n\n"),
    "lines-emphasis": filled("*a\n"),
}
"""What needs lines of its own: bodies and longer fields hold it."""
