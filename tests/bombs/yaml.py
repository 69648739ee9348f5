"""Front matter that some YAML reader, somewhere, choked on: values for each kind of field, and whole files."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.bombs.markdown import Family, filled, growing, nested, numbered, stairs

OKRS: Final = "teams/acme/2026-Q4/okrs.md"
CHECKIN: Final = "teams/acme/2026-Q4/checkins/2026-11-06.md"
_AIM: Final = "objectives:\n  aim:\n    title: Aim\n    "
_RESULT: Final = f"{_AIM}key_results:\n      kr:\n        title: Result\n        "

FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": (OKRS, "objectives:\n  aim:\n    title: "),
    "block": (OKRS, f"{_AIM}why: "),
    "references": (OKRS, f"{_AIM}supports: "),
    "entries": (OKRS, f"{_AIM}assumes: "),
    "day": (OKRS, f"{_AIM}since: "),
    "quantity": (OKRS, f"{_RESULT}target: "),
    "milestones": (OKRS, f"{_RESULT}milestones: "),
    "value": (CHECKIN, "progress:\n  aim#kr: "),
    "reading": (CHECKIN, "progress: {aim#kr: {confidence: 5, value: "),
    "score": ("teams/acme/2026-Q4/retro.md", "scores:\n  aim: "),
    "extra": ("pages/page.md", "extra: "),
    "front": ("pages/page.md", ""),
}
"""A field of each kind: the file, and what stands before its value."""

VALUES: Final[Mapping[str, Family]] = {
    "depth-lists": filled("["),
    "depth-lists-closed": nested("[", "]"),
    "depth-mappings": filled("{a: "),
    "depth-mappings-closed": nested("{a: ", "}"),
    "depth-both": filled("[{a: "),
    "depth-unkeyed": filled("{"),
    "aliases": filled("*a ", "[", "]"),
    "aliases-alone": filled("*"),
    "anchors": filled("&a "),
    "anchors-many": numbered(lambda n: f"&a{n} "),
    "anchored-list": numbered(lambda n: f"&a{n} a, "),
    "tags": filled("!"),
    "tags-python": filled("!!python/object/apply:os.system [a], ", "[", "a]"),
    "tags-long": filled("a", "!<tag:", "> b"),
    "merge-keys": filled("<<: a, ", "{", "a: b}"),
    "digits": filled("9"),
    "digits-grouped": filled(",000", "1"),
    "digits-parted": filled("1_0"),
    "digits-exponent": filled("9", "1e"),
    "digits-fraction": filled("0", "0.", "1"),
    "digits-hexadecimal": filled("f", "0x"),
    "digits-sixty": filled("59:", "", "59"),
    "digits-unit": filled("a", "1 "),
    "digits-dashes": filled("-1"),
    "digits-spaces": filled("1 "),
    "items": filled("a, ", "[", "a]"),
    "items-numbers": filled("1,000, ", "[", "1]"),
    "items-glued": filled("1,", "[", "100]"),
    "items-missing": filled(",", "[", "]"),
    "items-two-words": filled("a b,", "[", "a]"),
    "keys": numbered(lambda n: f"k{n}: a, "),
    "keys-flow": lambda size: "{" + numbered(lambda n: f"k{n}: a, ")(size - 2).strip() + "}",
    "keys-same": filled("a: b, ", "{", "a: b}"),
    "keys-valueless": filled("a, ", "{", "a}"),
    "keys-split": filled(",1", "{a: 1", "}"),
    "keys-complex": filled("? [a] : b, ", "{", "a: b}"),
    "text": filled("a"),
    "text-words": filled("a "),
    "text-colons": filled("a: "),
    "text-hashes": filled("#a"),
    "text-comments": filled("a # "),
    "text-unclosed": filled("a", "'"),
    "text-unclosed-double": filled("a", '"'),
    "text-quotes": filled("''", "'", "'"),
    "text-quotes-open": filled("'a' "),
    "text-escapes": filled("\\x00", '"', '"'),
    "text-escapes-wrong": filled("\\q", '"', '"'),
    "text-surrogates": filled("\\ud800", '"', '"'),
    "text-growing": growing("'"),
    "text-signs": filled("%@`"),
    "text-controls": filled("\x01"),
    "text-separators": filled("\u2028"),
    "text-combining": filled("\u0301", "a"),
    "brackets-mixed": filled("[}"),
    "brackets-answered": lambda size: "[" * (size // 2) + "}" * (size // 2),
    "lines-deeper": lambda size: "\n" + stairs("a:\n")(size),
    "lines-dashes": lambda size: "\n" + "- " * (size // 2),
    "lines-items": filled("      - a\n", "\n"),
    "lines-keys": numbered(lambda n: f"\n          k{n}: a"),
    "lines-keys-same": filled("\n          a: b"),
    "lines-colons": filled("\n          a: b: c"),
    "lines-glued": filled("\n          a:b"),
    "lines-hashes": filled("\n          a: #b"),
    "lines-stars": filled("\n          a: *b"),
    "lines-openers": filled("\n          a: [b"),
    "lines-quotes": filled("\n          a: 'b"),
    "lines-tabs": filled("\n\ta: b"),
    "lines-blank": filled("\n", "a", "a"),
    "lines-complex": filled("\n          ? a\n          : b"),
    "lines-merge": filled("\n          <<: *a"),
    "lines-comments": filled("\n          # a", "a"),
    "blocks": filled("          a\n", "|\n"),
    "blocks-folded": filled("          a\n\n", ">\n"),
    "blocks-header": filled("9", "|"),
    "blocks-blank": filled("\n", "|+\n", "          a"),
    "blocks-inside": filled("\n          a: |\n            b"),
    "documents": filled("\n... a\n"),
    "documents-ended": filled("\n..."),
    "directives": filled("\n%YAML 1.1"),
    "directives-tags": filled("\n%TAG ! a"),
}
"""What may be put where a value is expected."""


def bomb(field: str, value: str, size: int) -> tuple[str, str]:
    """(place, text) of a file of a size with a family of values in a field."""
    place, lead = FIELDS[field]
    return place, f"---\n{lead}{VALUES[value](size - len(lead) - 16)}\n---\n"


def aliases_of_aliases(levels: int) -> str:
    """Lists of ten times the list before."""
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(["a0: &a0 [a, a, a, a, a, a, a, a, a, a]", *rows])


def merges_of_merges(levels: int) -> str:
    """Mappings that each merge in the one before, ten times."""
    rows = [f"a{n}: &a{n} {{{', '.join([f'<<: *a{n - 1}'] * 10)}}}" for n in range(1, levels)]
    return "\n".join(["a0: &a0 {b: c}", *rows])


WHOLE: Final[Mapping[str, Callable[[int], str]]] = {
    "laughs": lambda size: f"---\nextra:\n  {aliases_of_aliases(size // 100)}\n---\n".replace("\na", "\n  a"),
    "merges": lambda size: f"---\nextra:\n  {merges_of_merges(size // 140)}\n---\n".replace("\na", "\n  a"),
    "openings": filled("---\n"),
    "openings-spaced": filled(" ", "", "---\n"),
    "openings-lines": filled("\n", "", "---\n"),
    "openings-nearly": filled("--- a\n"),
    "openings-trailing": filled(" ", "---", "a\n---\n"),
    "closings-nearly": filled("---  a\n", "---\n"),
    "merging": filled("<<<<<<<\n", "---\na: b\n---\n"),
    "forgotten": filled("a: b\n"),
    "forgotten-spaced": filled(" ", "", "a:"),
    "forgotten-key": filled("a", "", ":"),
    "forgotten-underscores": filled("_"),
}
"""Whole files of a free page."""
