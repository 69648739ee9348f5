"""Every script vector, and the ways in which one is put into a field, a body or a file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from json import dumps
from pathlib import Path
from typing import Final

_LINES: Final = (Path(__file__).parent / "vectors.txt").read_text(encoding="utf-8").split("\n")
# What opens a fence stands last, for it makes code of all that follows it in the same text.
VECTORS: Final = tuple(sorted(filter(None, _LINES), key=lambda line: line.startswith("~~~")))
GROUP: Final = 20
"""Vectors of one team; its single-line fields hold them one after the other, its others each on its own."""


def groups() -> list[tuple[str, ...]]:
    """The vectors, some for each team."""
    rest = iter(VECTORS)
    return list(iter(lambda: tuple(islice(rest, GROUP)), ()))


def in_line(vectors: Iterable[str]) -> str:
    """Vectors in one line; the words between them end what one would otherwise begin in the next."""
    return " and then ".join(vectors)


def blocks(vectors: Iterable[str]) -> str:
    """Vectors in paragraphs of their own."""
    return "".join(f"{vector}\n\n" for vector in vectors)


def sections(vectors: Iterable[str]) -> str:
    """A body with a section under a usual heading for each vector, which stands in both."""
    return "".join(f"## What we learned {vector}\n\n{vector}\n\n" for vector in vectors)


def dressed(vectors: Sequence[str]) -> str:
    """A body in which each vector stands in every part of Markdown that takes an author's characters."""
    return "".join(_dressed(f"v-{n}", vector) for n, vector in enumerate(vectors))


def _dressed(name: str, vector: str) -> str:
    fence = "`" * 9
    return (
        f"## Part {vector} {{#{name}}}\n\n### {vector} {{#{name}-{vector}}}\n\n"
        f"| {vector} | two |\n| --- | :-: |\n| three | {vector} |\n\n"
        f"- [x] {vector}\n- [ ] to do: {vector}\n1. {vector}\n\n> quoted: {vector}\n\n"
        f"{fence}{vector}\nfenced\n{fence}\n\n{fence}html\n{vector}\n{fence}\n\n    indented {vector}\n\n"
        f"[link](https://ok.example/ \"{vector}\") [link](https://ok.example/ '{vector}') [link](<{vector}>)\n\n"
        f"[{vector}](https://ok.example/) [whole][{name}] [titled][{name}-t] [{name}] <{vector}>\n\n"
        f'[{name}]: <{vector}>\n[{name}-t]: https://ok.example/ "{vector}"\n[{name}-{vector}]: https://ok.example/\n\n'
        f'![{vector}](https://ok.example/x.png "{vector}") ![alt](<{vector}>) ![alt]({vector}) ![{vector}][{name}]\n\n'
        f"Said[^{name}] and said[^{name}-{vector}].\n\n[^{name}]: {vector}\n[^{name}-{vector}]: A note.\n\n"
        f"[[{vector}]] [[@{vector}]] **{vector}** _{vector}_ ~~{vector}~~ ``{vector}`` {vector}\\\n{vector}\n\n"
    )


def matter(fields: Mapping[str, object], body: str = "") -> str:
    """A content file; its front matter is JSON, which is YAML too."""
    return f"---\n{dumps(fields, ensure_ascii=False)}\n---\n{body}"
