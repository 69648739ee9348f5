"""Companies made of a few files, as text or on disk."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile

ROOT: Final = Path(__file__).parent.parent
TODAY: Final = "2026-11-22"

TEAM: Final = "---\nname: Acme\ncadence: fortnightly\n---\n"
OKRS: Final = """\
---
objectives:
  instant:
    title: Paying feels instant everywhere
    key_results:
      p95:
        title: Checkout time
        baseline: 200 ms
        target: 100 ms
    why: One cart in fourteen is left at the till.
    ignore: {single-key-result: Nothing else is counted at our tills yet.}
---
"""
CHECKIN: Final = "---\nprogress:\n  instant#p95: {value: 150 ms, confidence: 7}\n---\nA good week.\n"

FINE: Final[Mapping[str, str]] = {
    "content/teams/acme/team.md": TEAM,
    "content/teams/acme/2026-Q4/okrs.md": OKRS,
    "content/teams/acme/2026-Q4/checkins/2026-11-06.md": CHECKIN,
}
"""A project without a problem: one team, one objective, one check-in."""

WRONG: Final[Mapping[str, str]] = {
    **FINE,
    "content/teams/acme/2026-Q4/okrs.md": OKRS.replace("    key_results:", "    supports: nowhere\n    key_results:"),
}
"""The same project with one error, in line 5 of its okrs.md."""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by path below a folder; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def compile_files(files: Mapping[str, str], *, settings: str = "", today: str = TODAY) -> Compiled:
    """A company compiled from texts by path below `content/`, without a disk."""
    known, problems = parse_settings(settings)
    assert not problems
    parsed = [parse_document(SourceFile(f"content/{place}", place, text)) for place, text in files.items()]
    return compile_company(parsed, Facts(known, date.fromisoformat(today)))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by path, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
