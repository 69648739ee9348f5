"""The demo company as its teams would have written it: a repository whose commits tell the story of its year.

`python -m tests.demo DIR` makes it in a new folder. The files of `content/` are how things ended; each is committed on
the day it would have been written, and what was changed later stands here as it was before.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tests.companies import ROOT
from tests.repository import Repository

_TEAMS: Final = "content/teams"


@dataclass(frozen=True)
class Edit:
    """A change to a file on a day: what stands there now, as a pattern, and what stood there before."""

    day: str
    path: str
    message: str
    before: tuple[tuple[str, str], ...]

    def undone(self, text: str) -> str:
        """The text before this change and all later ones."""
        for now, then in self.before:
            text, count = re.subn(now, then, text, count=1, flags=re.DOTALL)
            assert count == 1, f"{self.path} has no {now}"
        return text


_AMENDMENTS: Final = (r"    amendments:\n(?:      .*?\n)+?(?=    \w)", "")
EDITS: Final = (
    Edit(
        "2026-08-17",
        f"{_TEAMS}/stations/2026-Q3/okrs.md",
        "Lost bikes go to Rider Care",
        ((r"    moved_to: care/2026-Q3/lost-bikes\n    note: [^\n]*\n", ""),),
    ),
    Edit(
        "2026-08-17",
        f"{_TEAMS}/care/2026-Q3/okrs.md",
        "Lost bikes come to us",
        ((r"  lost-bikes:\n.*?(?=not_doing)", ""),),
    ),
    Edit(
        "2026-08-17",
        f"{_TEAMS}/battery/2026-Q3/okrs.md",
        "Lower the aim in daylight",
        (_AMENDMENTS, (r"baseline: 4%\n        target: 18%", "baseline: 4%\n        target: 30%")),
    ),
    Edit(
        "2026-10-26",
        f"{_TEAMS}/velomere/2026-Q4/okrs.md",
        "Say which bikes we mean",
        (
            _AMENDMENTS,
            (
                "Whatever a family will want to ride in spring can be ridden away before the year ends",
                "Enough bikes for spring exist by winter",
            ),
        ),
    ),
    Edit("2026-11-03", f"{_TEAMS}/payments/2026-Q4/okrs.md", "Spelling", (("one receipt that", "one reciept that"),)),
    Edit(
        "2026-11-06",
        f"{_TEAMS}/app/2026-Q4/okrs.md",
        "A tenth of a second that we cannot remove",
        (_AMENDMENTS, ("target: 900 ms", "target: 800 ms")),
    ),
    Edit(
        "2026-11-12",
        f"{_TEAMS}/payments/2026-Q4/okrs.md",
        "Half was a guess; four in ten is what one receipt a month can do",
        (("change: -40%", "change: -50%"),),
    ),
    Edit(
        "2026-11-17",
        f"{_TEAMS}/payments/2026-Q4/checkins/2026-10-16.md",
        "The first count had left out the bakeries",
        (("one-receipt#monthly: 14%", "one-receipt#monthly: 15%"),),
    ),
)
RENAMED: Final = "2026-07-06"
"""The day on which the Hotline became Rider Care."""


def make_demo(folder: Path) -> Path:
    """Make the demo company's repository in a new folder; returns the folder."""
    repository = Repository(folder)
    settings = (ROOT / "okrsite.toml").read_text(encoding="utf-8").replace("history = false", "history = true")
    days = _days()
    for day in sorted({*days.values(), *(edit.day for edit in EDITS), RENAMED}):
        changed: dict[str, str | bytes | None] = {"okrsite.toml": settings} if day == min(days.values()) else {}
        if day == RENAMED:
            shutil.move(folder / _TEAMS / "hotline", folder / _TEAMS / "care")
            changed[f"{_TEAMS}/care/team.md"] = (ROOT / _TEAMS / "care/team.md").read_bytes()
        for path in (path for path, on in days.items() if on == day):
            place = path.replace("/teams/care/", "/teams/hotline/") if day < RENAMED else path
            changed[place] = _text(path, day)
        if changed:
            repository.commit(day, changed, _message(changed))
        for edit in EDITS:
            if edit.day == day:
                repository.commit(day, {edit.path: _text(edit.path, day)}, edit.message)
    for path in days:
        assert (folder / path).read_bytes() == (ROOT / path).read_bytes()
    return folder


def _text(path: str, day: str) -> bytes:
    """A file as it stood on a day."""
    source = (ROOT / path).read_bytes()
    later = [edit for edit in EDITS if edit.path == path and edit.day > day]
    if path == f"{_TEAMS}/care/team.md" and day < RENAMED:
        return source.replace(b"Rider Care", b"Hotline", 1).replace(b"aliases: [hotline]\n", b"")
    text = source.decode()
    for edit in reversed(later):
        text = edit.undone(text)
    return text.encode()


def _message(changed: dict[str, str | bytes | None]) -> str:
    names = {Path(path).name for path in changed}
    if names == {"team.md"}:
        return "The Hotline is called Rider Care"
    if names == {"retro.md"}:
        return "Look back at the quarter"
    return "Promise the quarter" if "okrs.md" in names else "Check in"


def _days() -> dict[str, str]:
    """The day on which each file of the demo company was first committed, by path."""
    return {path: day.isoformat() for path, day in sorted(_written())}


def _written() -> Iterator[tuple[str, date]]:
    for file in sorted((ROOT / "content").rglob("*.md")):
        path = file.relative_to(ROOT).as_posix()
        yield path, _day(file.relative_to(ROOT / "content").parts, file.read_text(encoding="utf-8"))


def _day(place: tuple[str, ...], text: str) -> date:
    """When a file was written: observations on their day, promises as a cycle begins, reflections after its end."""
    dated = re.match(r"\d{4}-\d\d-\d\d", place[-1])
    if dated:
        return date.fromisoformat(dated[0])
    asked = re.search(r"^(?:answered_on|asked_on): (\S+)", text, re.MULTILINE)
    if "questions" in place and asked:
        return max(date.fromisoformat(day) for day in re.findall(r"^(?:answered|asked)_on: (\S+)", text, re.MULTILINE))
    if place[0] != "cycles" and (place[0] != "teams" or len(place) < 4):
        return date(2025, 12, 1)
    year, _, quarter = place[2 if place[0] == "teams" else 1].removesuffix(".md").partition("-Q")
    first = date(int(year), 3 * int(quarter or 1) - 2, 1)
    if place[0] == "cycles":
        return first - timedelta(days=9)
    if place[-1].startswith("okrs"):
        return first + timedelta(days=2 if place[1] == "velomere" else 5)
    return first + timedelta(days=104)


if __name__ == "__main__":
    print(make_demo(Path(sys.argv[1])))
