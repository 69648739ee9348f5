"""Small files that would make a careless program slow, large or deep: recipes, each made at test time."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice
from typing import Final

SIZE: Final = 64 * 1024
OKRS: Final = "teams/acme/2026-Q4/okrs.md"
TEAM: Final = "teams/acme/team.md"
CHECKIN: Final = "teams/acme/2026-Q4/checkins/2026-11-06.md"
RETRO: Final = "teams/acme/2026-Q4/retro.md"
PAGE: Final = "pages/guide.md"

Files = Mapping[str, str]


def fill(unit: str, before: str = "", after: str = "") -> str:
    """As many units between two texts as a content file may hold, counted in bytes."""
    room = SIZE - len((before + after).encode())
    return before + unit * (room // len(unit.encode())) + after


def count(line: Callable[[int], str], before: str = "", after: str = "", most: int = SIZE) -> str:
    """As many numbered lines between two texts as a content file may hold, or a number of them."""
    lines, room = [], SIZE - len((before + after).encode())
    for number in range(most):
        text = line(number)
        room -= len(text.encode())
        if room < 0:
            break
        lines.append(text)
    return before + "".join(lines) + after


def page(body: str) -> Files:
    """A free page of a body, cut to the size of a content file."""
    return {PAGE: (HEAD + body)[:SIZE]}


HEAD: Final = "---\ntitle: Guide\n---\n"
ROOM: Final = SIZE - len(HEAD)
TITLE: Final = "---\nobjectives:\n  a:\n    title: "
IDS: Final = "---\nobjectives:\n"
LONG: Final = "a" * 90

MARKDOWN: Final[Mapping[str, str]] = {
    "quotes": "> " * ROOM,
    "quotes-without-blanks": ">" * ROOM,
    "lists": "- " * ROOM,
    "lists-numbered": "1. " * ROOM,
    "lists-indented": "".join("  " * n + "- a\n" for n in range(250)),
    "lists-and-quotes": "- > " * ROOM,
    "list-of-empty-items": "-\n" * ROOM,
    "brackets-open": "[" * ROOM,
    "brackets-nested": "[" * (ROOM // 2) + "]" * (ROOM // 2),
    "brackets-and-parentheses": "[a](" * ROOM,
    "images-open": "![" * ROOM,
    "images-nested": "![[]()" * ROOM,
    "links-nested": "[" * 10_000 + "a" + "](u)" * 10_000,
    "link-destination-open": "[a](<b" * ROOM,
    "link-parentheses": "[a](" + "(" * ROOM,
    "link-title-open": '[a](b "' * ROOM,
    "references": "[1]: https://ok.example/" + "a" * 2_000 + "\n\n" + "[1]" * ROOM,
    "references-by-section": "[1]: https://ok.example/"
    + "a" * 2_000
    + "\n\n"
    + ("## a\n\n" + "[1]" * 400 + "\n\n") * 60,
    "references-with-titles": '[1]: a "' + "t" * 20_000 + '"\n\n' + "[1]" * ROOM,
    "references-defined": "".join(f"[{n}]: u\n" for n in range(8_000)),
    "references-undefined": "[a][b]" * ROOM,
    "references-with-nul": "[1]: https://ok.example/" + "\0" * 1_500 + "\n\n" + "[1]" * ROOM,
    "emphasis-open": "*a " * ROOM,
    "emphasis-mixed": "*a_ " * ROOM,
    "emphasis-both-ways": "a**b" + "c* " * ROOM,
    "emphasis-long-run": "*" * ROOM,
    "emphasis-nested": "*a **a " * ROOM,
    "strikes": "~~a ~" * ROOM,
    "code-spans": "".join("e" + "`" * n for n in range(350)),
    "code-ticks": "`" * ROOM,
    "code-alternating": "`a``b" * ROOM,
    "fences-open": "```\n" * ROOM,
    "fence-info": "```" + "a" * ROOM,
    "html-open": "<a" * ROOM,
    "html-comments": "<!--" * ROOM,
    "html-cdata": "<![CDATA[" * ROOM,
    "html-processing": "<?" * ROOM,
    "html-declarations": "<!A " * ROOM,
    "html-attributes": "<a" + " a" * ROOM,
    "less-than": "<" * ROOM,
    "ampersands": "&" * ROOM,
    "entities": "&quot;" * ROOM,
    "backslashes": "\\" * ROOM,
    "nul": "\0" * ROOM,
    "combining": "a" + "\u0301" * (ROOM // 2 - 8),
    "autolinks": "<https://a.example/" * ROOM,
    "table-wide": "|a" * 8_000 + "|\n" + "|-" * 8_000 + "|\n" + "|b" * 8_000 + "|\n",
    "table-long": "|a|b|\n|-|-|\n" + "|\n" * ROOM,
    "table-square": "|a" * 150 + "|\n" + "|-" * 150 + "|\n" + ("|" * 151 + "\n") * 400,
    "table-heads": "|a|\n|-|\n\n" * ROOM,
    "table-pipes": "|" * ROOM,
    "headings": "# a\n" * ROOM,
    "headings-second": "## a\n" * ROOM,
    "heading-blanks": "## a" + " " * (ROOM - 10) + "b",
    "heading-ids": "## a " + "{#a" * ROOM,
    "heading-id-blanks": "## a {#" + "a" * 30_000 + "} " + " " * 30_000 + "x",
    "underlines": "a\n=\n" * ROOM,
    "rules": "***\n" * ROOM,
    "tasks": "- [x] a\n" * ROOM,
    "tasks-nested": "- [ ] " * ROOM,
    "footnotes": "".join(f"[^{n}]" for n in range(3_000)) + "\n\n" + "".join(f"[^{n}]: a\n\n" for n in range(3_000)),
    "footnote-by-section": "[^1]: " + "ab " * 7_000 + "\n\n" + "## a\n\n[^1]\n\n" * 2_700,
    "footnote-many-times": "[^1]: a\n\n" + "[^1]" * ROOM,
    "footnotes-open": "[^" * ROOM,
    "footnotes-of-each-other": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(3_000)) + "[^0]\n",
    "okr-references": "[[acme]]" * ROOM,
    "okr-references-unknown": "[[no]]" * ROOM,
    "okr-references-open": "[[a" * ROOM,
    "links-to-files": "[a](x.md)" * ROOM,
    "hard-breaks": "a  \n" * ROOM,
    "tabs": "\t" * ROOM,
    "one-word": "a" * ROOM,
    "lines": "a\n" * ROOM,
    "blank-lines": "a\n\n" * ROOM,
}
"""Bodies that are known to take parsers long, or to grow (cut to the size of a content file)."""

YAML: Final[Mapping[str, str]] = {
    "sequences": fill("[", "---\nextra: "),
    "mappings": fill("{a: ", "---\nextra: "),
    "sequences-closed": "---\nextra: " + "[" * 30_000 + "]" * 30_000 + "\n---\n",
    "block-sequences": fill("- ", "---\nnot_doing:\n  ", "x\n---\n"),
    "explicit-keys": fill("? ", "---\n", "x\n---\n"),
    "block-mappings": "---\n" + "".join(" " * n + "a:\n" for n in range(350)) + "---\n",
    "aliases": "---\nextra:\n  a0: &a0 [x]\n"
    + "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 400))
    + "---\n",
    "merges": "---\nextra:\n  a0: &a0 {x: 1}\n"
    + "".join(f"  a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 800))
    + "---\n",
    "tags": fill("!!str ", "---\nextra: ", "x\n---\n"),
    "anchors": count(lambda n: f"  k{n}: &a x\n", "---\nextra:\n", "---\n"),
    "items": fill("a,", "---\nnot_doing: [", "]\n---\n"),
    "keys": count(lambda n: f"k{n}:\n", "---\n", "---\n"),
    "keys-same": fill("a: b\n", "---\n", "---\n"),
    "keys-similar": count(lambda n: f"objective{n}: x\n", "---\n", "---\n"),
    "keys-long": fill("a", "---\n? ", "\n: b\n---\n"),
    "documents": fill("--- a\n", "---\na: b\n", "---\n"),
    "quote-never-closed": fill("a: b\n", '---\ntitle: "', "---\n"),
    "quotes": count(lambda n: f'k{n}: "a\n', "---\n", "---\n"),
    "quotes-in-text": count(lambda n: f'k{n}: "a" b\n', "---\n", "---\n"),
    "colons": count(lambda n: f"k{n}: a: b\n", "---\n", "---\n"),
    "colons-in-a-row": fill(": ", TITLE, "\n---\n"),
    "comments": count(lambda n: f"k{n}: a #b\n", "---\n", "---\n"),
    "comments-alone": fill("#a\n", "---\nnot_doing: x\n", "---\n"),
    "comments-in-a-row": fill(" #a", TITLE, "\n---\n"),
    "signs": count(lambda n: f"k{n}: @a\n", "---\n", "---\n"),
    "brackets-open": count(lambda n: f"k{n}: [a\n", "---\n", "---\n"),
    "commas": count(lambda n: f"k{n}: {{a: 1,200}}\n", "---\n", "---\n"),
    "commas-in-a-row": fill(",200", TITLE + "{a: 1", "}\n---\n"),
    "blanks": fill(" ", TITLE + "#a", "b\n---\n"),
    "blanks-and-tabs": fill(" \t", TITLE + "#a", "b\n---\n"),
    "dashes": fill("- ", TITLE, "b\n---\n"),
    "backslashes": fill("\\", TITLE + '"', '"\n---\n'),
    "apostrophes": fill("'", TITLE + "'", "a\n---\n"),
    "escapes": fill("\\0", TITLE + '"', '"\n---\n'),
    "controls": fill("\a", TITLE, "\n---\n"),
    "digits": fill("9", TITLE + "x\n    key_results: {k: {title: x, baseline: ", "}}\n---\n"),
    "decimals": fill("3", TITLE + "x\n    key_results: {k: {title: x, baseline: 0.", "}}\n---\n"),
    "date": fill("2026-", TITLE + "x\n    since: ", "\n---\n"),
    "dates": count(lambda n: f"  a{n}: {{title: x, since: 2026-13-01}}\n", IDS, "---\n"),
    "lines-of-three-dashes": fill("--- a\n", "---\n", "---\n"),
    "blank-lines-before": fill("\n", "", "---\na: b\n---\n"),
    "folded": fill("\n", TITLE + ">\n      a", "\n---\n"),
    "combining": fill("\u0301\u0316", TITLE + "x\n    supports: a", "\n---\n"),
    "combining-key": fill("\u0301\u0316", "---\nobjectives:\n  ? a", "\n  : {title: x}\n---\n"),
}
"""Front matter of an okrs.md."""

COMPANY: Final[Mapping[str, Callable[[], Files]]] = {
    "objectives": lambda: {OKRS: count(lambda n: f"  a{n}: {{title: x}}\n", IDS, "---\n")},
    "key-results": lambda: {
        OKRS: count(lambda n: f"      k{n}: {{title: x, baseline: 1}}\n", TITLE + "x\n    key_results:\n", "---\n")
    },
    "supports-in-a-chain": lambda: {
        OKRS: count(lambda n: f"  a{n}: {{title: x, supports: a{n + 1}}}\n", IDS, "---\n", 700)
    },
    "supports-in-a-chain-through-teams": lambda: {
        f"teams/t{t}/2026-Q4/okrs.md": count(
            lambda n, t=t: f"  a{n}: {{title: x, supports: t{t + (n == 99)}/a{(n + 1) % 100}}}\n",  # type: ignore[misc]
            IDS,
            "---\n",
            100,
        )
        for t in range(12)
    },
    "supports-one-above-two": lambda: {
        OKRS: count(lambda n: f"  a{n}: {{title: x, supports: [a{n + 1}, a{n + 2}]}}\n", IDS, "---\n", 60)
    },
    "supports-everything": lambda: {
        OKRS: count(
            lambda n: f"  a{n}: {{title: x, supports: [{', '.join(f'a{m}' for m in range(70) if m != n)}]}}\n",
            IDS,
            "---\n",
            70,
        )
    },
    "supports-of-long-unknown-ids": lambda: {
        OKRS: count(
            lambda n: f"  {LONG}{n}: {{title: x, supports: b{LONG}{n}}}\n",
            IDS,
            "---\n",
        )
    },
    "supports-of-similar-unknown-ids": lambda: {
        OKRS: count(lambda n: f"  abcabcabc{n}: {{title: x, supports: abcabcabd{n}}}\n", IDS, "---\n")
    },
    "readings-of-long-unknown-ids": lambda: {
        OKRS: count(lambda n: f"  {LONG}{n}: {{title: x}}\n", IDS, "---\n"),
        CHECKIN: count(lambda n: f"  b{LONG}{n}: 1\n", "---\nprogress:\n", "---\n"),
    },
    "milestones-unknown": lambda: {
        OKRS: "---\nobjectives:\n  a:\n    title: x\n    key_results:\n      k:\n        title: x\n        milestones: ["
        + ", ".join(f"{LONG}{n}" for n in range(600))
        + "]\n---\n",
        CHECKIN: "---\nprogress:\n  a#k: [" + ", ".join(f"b{LONG}{n}" for n in range(600)) + "]\n---\n",
    },
    "titles-of-each-other": lambda: {
        OKRS: count(lambda n: f'  a{n}: {{title: "[[a{n + 1}]][[a{n + 1}]]"}}\n', IDS, "---\n", 60)
    },
    "titles-of-all": lambda: {
        OKRS: count(
            lambda n: f'  a{n}: {{title: "{"".join(f"[[a{m}]]" for m in range(n + 1, min(n + 20, 60)))}"}}\n',
            IDS,
            "---\n",
            60,
        )
    },
    "title-long": lambda: {OKRS: fill("a ", TITLE, "\n---\n")},
    "title-of-marks": lambda: {OKRS: fill("*a_ ", TITLE + "'", "'\n---\n")},
    "title-of-brackets": lambda: {OKRS: fill("[", TITLE + "'", "'\n---\n")},
    "titles-long-in-a-chain": lambda: {
        OKRS: count(lambda n: f"  a{n}: {{title: {'x' * 800}, supports: a{n + 1}}}\n", IDS, "---\n")
    },
    "cycle-title-long": lambda: {
        "cycles/2026-Q4.md": fill("a ", "---\ntitle: ", "\n---\n"),
        OKRS: count(lambda n: f"  a{n}: {{title: x}}\n", IDS, "---\n"),
    },
    "aliases": lambda: {TEAM: count(lambda n: f"a{n}, ", "---\nname: Acme\naliases: [", "x]\n---\n", 4_900)},
    "guardrail-of-three-centuries": lambda: {
        "cycles/odd.md": "---\nstart: 1900-01-01\nend: 2199-12-31\n---\n",
        "teams/acme/odd/okrs.md": count(
            lambda n: f"  g{n}: {{title: x, keep_above: 1%, cadence: weekly}}\n", "---\nguardrails:\n", "---\n"
        ),
    },
    "risks": lambda: {CHECKIN: count(lambda n: f"  r{n}: {{what: x}}\n", "---\nrisks:\n", "---\n")},
    "lessons": lambda: {RETRO: count(lambda n: f"  l{n}: x\n", "---\nlessons:\n", "---\n")},
    "dependencies": lambda: {
        OKRS: count(
            lambda n: f'  a{n}: {{title: x, depends_on: [{{from: a{n + 1}}}, {{from: "@acme"}}]}}\n', IDS, "---\n"
        )
    },
    "sections-of-a-retrospective": lambda: {RETRO: fill("## learned\n\na\n\n", "---\n---\n")},
    "teams-in-a-chain": lambda: {
        f"teams/t{n}/team.md": f"---\nname: T\nparent: t{n + 1}\n---\n" if n < 1_199 else "---\nname: T\n---\n"
        for n in range(1_200)
    },
    "links-in-fields": lambda: {
        OKRS: count(lambda n: f"  a{n}: {{title: '[x](https://ok.example/{'a' * 50})'}}\n", IDS, "---\n")
    },
    "languages": lambda: {
        OKRS: count(
            lambda n: f"      {''.join(islice(cycle('abcdefghij'), n % 10, n % 10 + 2))}-{n:04d}: x\n",
            "---\nobjectives:\n  a:\n    title:\n",
            "---\n",
        )
    },
}
"""Whole companies, most of them of a single file."""

BOMBS: Final[Mapping[str, Callable[[], Files]]] = {
    **{f"markdown-{name}": (lambda body=body: page(body)) for name, body in MARKDOWN.items()},  # type: ignore[misc]
    **{f"yaml-{name}": (lambda text=text: {OKRS: text}) for name, text in YAML.items()},  # type: ignore[misc]
    **{f"company-{name}": files for name, files in COMPANY.items()},
}
"""Every recipe by name."""
