"""What is measured: each case once a turn, so that every run has its partner close by."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench.company import OBJECTIVES, SIZES, write_company
from bench.measuring import FailedRunError, Run, peak_memory, run, say
from bench.tools import Place, environment, hugo, okrsite

HUGO_COLD: Final = "Hugo: cold build"
COLD: Final = "cold build"
BARE: Final = "bare Python"
VERSION: Final = "`--version`"
FLOOR: Final = "floor: `cp -r` of the site"
HUGO_FLOOR: Final = "floor: `cp -r` of Hugo's site"
CHECK: Final = "`check`, nothing changed"
CHECK_CHANGED: Final = "`check`, one check-in changed"
_SHARES: Final = 4

Runs = dict[str, list[Run]]
Case = tuple[str, list[str]]


def prepare(place: Place) -> None:
    """Write the company unless it is there, with a theme of its own in which something can be changed."""
    if not (place.company / "okrsite.toml").exists():
        say(f"writing {place.company}")
        shutil.rmtree(place.company, ignore_errors=True)
        write_company(place.company, *SIZES[place.size])
        style = place.company / "themes/house/static/house.css"
        style.parent.mkdir(parents=True)
        style.write_text(":root { --house: 0; }\n", encoding="utf-8")
        with (place.company / "okrsite.toml").open("a", encoding="utf-8") as settings:
            settings.write('theme = "house"\n')
    for path in place.company.rglob("*.md"):
        path.read_bytes()  # nobody's first run reads from the disk


def take_turns(place: Place, program: str, turns: int) -> Runs:
    """All cases, a number of times each."""
    runs: Runs = {}
    for turn in range(1, turns + 1):
        _clear(place)
        edits = _Edits(place.company)
        try:
            for name, command in _cases(place, program, edits, turn):
                found = run(command, environment(), place.said)
                runs.setdefault(name, []).append(found)
                say(f"{turn} of {turns}  {name:32} {found.wall:9.3f} s wall {found.cpu:9.3f} s cpu")
        finally:
            edits.undo()
    return runs


def peaks(place: Place, program: str) -> dict[str, float]:
    """The most memory that either needs for a cold build, in MiB."""
    _clear(place)
    theirs = peak_memory(_hugo_build(place, program), environment(), place.said)
    ours = peak_memory(okrsite(place, "build", "-o", str(place.site("okrsite"))), environment(), place.said)
    return {HUGO_COLD: theirs, COLD: ours}


def _cases(place: Place, program: str, edits: "_Edits", turn: int) -> Iterator[Case]:
    """The cases of a turn, in an order in which each finds what the one before has left."""
    site, theirs = place.site("okrsite"), place.site("hugo")
    build = okrsite(place, "build", "-o", str(site))
    yield BARE, [sys.executable, "-c", "pass"]
    yield VERSION, [sys.executable, "-m", "okrsite", "--version"]
    yield HUGO_COLD, _hugo_build(place, program)
    yield COLD, build
    _refuse_fewer_pages(place, site, theirs)
    yield FLOOR, ["cp", "-r", str(site), str(place.site("copy"))]
    yield HUGO_FLOOR, ["cp", "-r", str(theirs), str(place.site("copy-of-hugo"))]
    yield "nothing changed", build
    yield CHECK, okrsite(place, "check")
    edits.check_in(turn)
    yield CHECK_CHANGED, okrsite(place, "check")
    yield "one check-in changed", build
    edits.rename(turn)
    yield "one team renamed", build
    edits.style(turn)
    yield "theme changed", build
    share = f"1/{_SHARES}"
    yield f"share {share}, texts known", okrsite(place, "build", "-o", str(place.site("share")), "--shard", share)
    cold = ("-o", str(place.site("cold-share")), "--shard", share, "--no-cache")
    yield f"share {share}, cold", okrsite(place, "build", *cold)


def _hugo_build(place: Place, program: str) -> list[str]:
    return hugo(place, program, "--quiet", "--destination", str(place.site("hugo")))


def _clear(place: Place) -> None:
    """Leave nothing of an earlier turn."""
    shutil.rmtree(place.work / "sites", ignore_errors=True)
    shutil.rmtree(place.company / ".okrsite", ignore_errors=True)
    (place.work / "sites").mkdir(parents=True)


def _refuse_fewer_pages(place: Place, *sites: Path) -> None:
    """Both must have made a page of every objective at least. Raises FailedRunError."""
    for site in sites:
        pages = sum(1 for _ in site.rglob("*.html"))
        if pages < place.size * OBJECTIVES:
            raise FailedRunError(f"{site} has {pages} pages, fewer than the company has objectives")


class _Edits:
    """Changes of the company's files that are taken back at the end of a turn."""

    def __init__(self, company: Path) -> None:
        self._company, self._before = company, dict[Path, str]()

    def check_in(self, turn: int) -> None:
        """Another confidence and a sentence more in a check-in of the present cycle."""
        path = checkin_of(self._company)
        self._change(
            path, lambda text: re.sub(r"confidence: \d", f"confidence: {turn % 10}", f"{text}\nTurn {turn}.\n")
        )

    def rename(self, turn: int) -> None:
        """Another name of a team in the middle of the tree."""
        teams = sorted((self._company / "content/teams").iterdir())
        path = teams[len(teams) // 2] / "team.md"
        self._change(path, lambda text: re.sub("name: .*", f"name: Turn {turn}", text, count=1))

    def style(self, turn: int) -> None:
        """Another style, which every page names."""
        path = self._company / "themes/house/static/house.css"
        self._change(path, lambda _: f":root {{ --house: {turn}; }}\n")

    def undo(self) -> None:
        for path, text in self._before.items():
            path.write_text(text, encoding="utf-8")

    def _change(self, path: Path, change: Callable[[str], str]) -> None:
        text = path.read_text(encoding="utf-8")
        self._before.setdefault(path, text)
        path.write_text(change(text), encoding="utf-8")


def checkin_of(company: Path) -> Path:
    """A check-in of the present cycle, of a team in the middle."""
    found = sorted(company.glob("content/teams/*/2026-Q4/checkins/*.md"))
    return found[len(found) // 2]
