"""Builds in this process, and what they leave on the disk: names, modes, bytes, and which files stayed the same."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

import pytest
from jinja2 import Environment

from okrsite.cli import main
from okrsite.commands.saying import INTERRUPTED
from okrsite.shell import output, workers
from tests.companies import TODAY

CACHE: Final = ".okrsite/cache.sqlite"
MANIFEST: Final = ".okrsite.json"
_LINE: Final = re.compile(r"(render|keep) (\S.*?): (\S.*)")
_COUNT: Final = re.compile(r"(\d+) pages: (\d+) rendered, (\d+) kept")


_COMPILED: Final[dict[tuple[object, ...], CodeType]] = {}


class Built(NamedTuple):
    """What a build said: its exit code, standard output and standard error."""

    code: int
    said: str
    reported: str


class Entry(NamedTuple):
    """Something below a folder: its kind and mode as the system has them in one number, and a file's bytes."""

    mode: int
    content: bytes


class Explained(NamedTuple):
    """What `--explain` said: the reason for each page that was rendered, and for each that was kept."""

    rendered: dict[str, str]
    kept: dict[str, str]


@contextmanager
def eager() -> Iterator[None]:
    """Workers share even a small site, nobody waits for readers of the old one, templates are compiled once."""
    compile_template: Callable[..., CodeType] = Environment.compile

    def compile_once(environment: Environment, *named: object) -> CodeType:
        if named not in _COMPILED:
            _COMPILED[named] = compile_template(environment, *named)
        return _COMPILED[named]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workers, "WORTHWHILE", 8)
        patched.setattr(output, "GRACE", 0.0)
        patched.setattr(Environment, "compile", compile_once)
        yield


def build(project: Path, target: Path, *flags: str, today: str = TODAY) -> Built:
    """Run `okrsite build` in this process."""
    with redirect_stdout(StringIO()) as said, redirect_stderr(StringIO()) as reported:
        code = main(["build", "-C", str(project), "--today", today, "-o", str(target), *flags])
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return Built(code, said.getvalue(), reported.getvalue())


def entries(folder: Path) -> dict[str, Entry]:
    """Everything below a folder by path, folders included; nothing of a folder that does not exist."""
    found = {}
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found[path.relative_to(folder).as_posix()] = Entry(path.lstat().st_mode, content)
    return found


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """The inode and the time of change of every file below a folder."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            state = path.stat()
            found[path.relative_to(folder).as_posix()] = (state.st_ino, state.st_mtime_ns)
    return found


def differing(one: dict[str, Entry], two: dict[str, Entry]) -> list[str]:
    """The paths at which two trees are not the same, and how."""
    found = []
    for path in sorted({*one, *two}):
        a, b = one.get(path), two.get(path)
        if a is None or b is None:
            found.append(f"{path} is only in the {'second' if a is None else 'first'}")
        elif a.mode != b.mode:
            found.append(f"{path} has the modes {a.mode:o} and {b.mode:o}")
        elif a.content != b.content:
            found.append(f"{path} differs from {_place(a.content, b.content)}")
    return found


def _place(one: bytes, two: bytes) -> str:
    """Where two contents part, with what follows."""
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"byte {at}: {one[at : at + 60]!r} and {two[at : at + 60]!r}"


def explained(said: str) -> Explained:
    """What a build with `--explain` said of its pages; its count must agree with its lines."""
    rendered: dict[str, str] = {}
    kept: dict[str, str] = {}
    lines = said.splitlines()
    end = next(number for number, line in enumerate(lines) if _COUNT.fullmatch(line))
    for line in lines[:end]:
        found = _LINE.fullmatch(line)
        assert found, line
        word, path, reason = found.groups()
        (rendered if word == "render" else kept)[path] = reason
    assert len(rendered) + len(kept) == end, "each page is said once"
    count = _COUNT.fullmatch(lines[end])
    assert count
    assert tuple(map(int, count.groups())) == (end, len(rendered), len(kept))
    return Explained(rendered, kept)
