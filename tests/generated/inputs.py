"""Inputs by number: a file's place and bytes come from its number alone, so that any failure can be had again."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.companies import ROOT
from tests.generated import grammar, pools

SIZE: Final = 20
"""Inputs of one company: numbers k·SIZE to k·SIZE + SIZE - 1."""
SEPARATOR: Final = b"\n====\n"


class Input(NamedTuple):
    """One generated file."""

    seed: int
    strategy: str
    place: str
    content: bytes


def make_input(seed: int) -> Input:
    """The input of a number."""
    rng = Random(seed)
    names = tuple(STRATEGIES)
    name = rng.choices(names, tuple(weight for weight, _ in STRATEGIES.values()))[0]
    place, content = STRATEGIES[name][1](rng)
    return Input(seed, name, place, content)


def _valid(rng: Random) -> tuple[str, bytes]:
    kind = rng.choice(grammar.KINDS)
    text = grammar.content_file(rng, kind)
    if pools.one_in(rng, 25):
        text = rng.choice((text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, text.expandtabs(1)))
    return grammar.place(rng, kind), _encoded(text)


def _mutated(rng: Random) -> tuple[str, bytes]:
    place, content = _valid(rng)
    return place, _mutations(rng, content)


def _mutated_file(rng: Random) -> tuple[str, bytes]:
    place, content = rng.choice(_samples())
    return _moved(rng, place), _mutations(rng, content)


def _spliced(rng: Random) -> tuple[str, bytes]:
    (place, one), (_, other) = rng.choice(_samples()), rng.choice(_samples()) if pools.one_in(rng, 2) else _valid(rng)
    return _moved(rng, place), one[: rng.randrange(len(one) + 1)] + other[rng.randrange(len(other) + 1) :]


def _raw(rng: Random) -> tuple[str, bytes]:
    content = rng.randbytes(rng.randrange(1, 400))
    if pools.one_in(rng, 2):
        content = bytes(byte % 96 + 32 if byte % 8 else 10 for byte in content)
    return grammar.place(rng, rng.choice(grammar.KINDS)), rng.choice((b"", b"---\n")) + content


def _soup(rng: Random) -> tuple[str, bytes]:
    kinds = (pools.YAML_SIGNS, pools.MARKDOWN, pools.HIDDEN, pools.LETTERS, pools.WORDS, pools.ODD_NUMBERS, TOKENS)
    tokens = [rng.choice(rng.choice(kinds)) for _ in range(rng.randrange(1, 60))]
    if pools.one_in(rng, 100):
        tokens *= rng.randrange(1, 300)
    head = rng.choice(("", "---\n", "---\nobjectives:\n", "---\nprogress:\n  "))
    return grammar.place(rng, rng.choice(grammar.KINDS)), _encoded(head + rng.choice(("", " ", "\n")).join(tokens))


STRATEGIES: Final[dict[str, tuple[int, Callable[[Random], tuple[str, bytes]]]]] = {
    "valid": (38, _valid),
    "mutated": (20, _mutated),
    "mutated file": (24, _mutated_file),
    "spliced": (8, _spliced),
    "raw": (4, _raw),
    "soup": (6, _soup),
}
TOKENS: Final = (
    "---\n",
    "\n",
    "\n\n",
    "  ",
    "    ",
    ": ",
    "- ",
    "title: ",
    "objectives:\n",
    "key_results:\n",
    "\r",
    "\t",
    "en: ",
    ", ",
)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@cache
def _samples() -> tuple[tuple[str, bytes], ...]:
    """The demo company's files and the hand-made hostile ones, with their places."""
    demo = [(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in sorted(ROOT.glob("content/**/*.md"))]
    cases = []
    for path in sorted((Path(__file__).parent.parent / "hostile" / "cases").rglob("*.case")):
        head, _, content = path.read_bytes().partition(SEPARATOR)
        cases.append((f"content/{head.decode().split(chr(10))[0].removeprefix('at ')}", content))
    assert len(demo) > 100
    assert len(cases) > 300
    return (*demo, *cases, ("okrsite.toml", (ROOT / "okrsite.toml").read_bytes()))


def _moved(rng: Random, place: str) -> str:
    """A file's own place, or mostly one of the same kind where the generated teams are."""
    folders = place.split("/")
    if len(folders) < 4 or folders[1] != "teams" or pools.one_in(rng, 4):
        return place
    rest = (rng.choice(pools.CYCLES), *folders[4:]) if len(folders) > 4 else folders[3:]
    return "/".join(("content/teams", rng.choice(pools.TEAMS), *rest))


def _mutations(rng: Random, content: bytes) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        content = rng.choice(MUTATIONS)(rng, content)
    return content[: 70 * 1024]


def _cut_bytes(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[at + rng.choice((1, 1, 2, 5, 40)) :]


def _put_bytes(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    odd = rng.choice((pools.YAML_SIGNS, pools.MARKDOWN, pools.HIDDEN, pools.LETTERS, pools.ODD_NUMBERS, TOKENS))
    put = rng.randbytes(rng.randrange(1, 5)) if pools.one_in(rng, 12) else _encoded(rng.choice(odd))
    return content[:at] + put + content[at:]


def _flip_byte(rng: Random, content: bytes) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes([rng.choice(b"\n\t :#-'\"[]{}|>&*!%@`,/0A\\\r\x00\xc3\xff")]) + content[at + 1 :]


def _truncated(rng: Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _by_line(change: Callable[[Random, list[bytes], int, int], None]) -> Callable[[Random, bytes], bytes]:
    """A mutation that changes some lines that follow each other, in place."""

    def mutate(rng: Random, content: bytes) -> bytes:
        lines = content.split(b"\n")
        at = rng.randrange(len(lines))
        change(rng, lines, at, min(len(lines), at + rng.choice((1, 1, 1, 2, 5, 12))))
        return b"\n".join(lines)

    return mutate


def _drop(_rng: Random, lines: list[bytes], start: int, end: int) -> None:
    del lines[start:end]


def _repeat(rng: Random, lines: list[bytes], start: int, end: int) -> None:
    to = end if pools.one_in(rng, 2) else rng.randrange(len(lines) + 1)
    lines[to:to] = lines[start:end] * (rng.randrange(2000) if pools.one_in(rng, 500) else 1)


def _move(rng: Random, lines: list[bytes], start: int, end: int) -> None:
    block = lines[start:end]
    del lines[start:end]
    to = rng.randrange(len(lines) + 1)
    lines[to:to] = block


def _indent(rng: Random, lines: list[bytes], start: int, end: int) -> None:
    by = rng.choice((b" ", b"  ", b"    ", b"\t", b"- ", b"> ", b"#", b" " * 200))
    lines[start:end] = [by + line for line in lines[start:end]]


def _outdent(rng: Random, lines: list[bytes], start: int, end: int) -> None:
    by = rng.choice((1, 2, 4))
    lines[start:end] = [line[min(by, len(line) - len(line.lstrip())) :] for line in lines[start:end]]


def _revalue(rng: Random, lines: list[bytes], start: int, end: int) -> None:
    """Other values behind the same keys."""
    for at in range(start, end):
        key, colon, _ = lines[at].partition(b":")
        make = rng.choice((pools.number, pools.day, pools.ref, pools.text, pools.at_team))
        if colon:
            lines[at] = key + b": " + _encoded(make(rng))


def _join(_rng: Random, lines: list[bytes], start: int, end: int) -> None:
    lines[start:end] = [b" ".join(lines[start:end])]


MUTATIONS: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (
    *(_cut_bytes, _put_bytes, _put_bytes, _flip_byte, _flip_byte, _truncated),
    *map(_by_line, (_drop, _repeat, _move, _indent, _outdent, _revalue, _revalue, _join)),
)
