"""What a long history costs: `python -m tests.long_past DIR` makes a company with one, and builds it with and without.

Times are of the processor, user and system. Later runs come after an edit of one check-in, since a run without one
reads no history; each with history is set against one without, in turn, and the median of the differences is told.
Every commit changes two promises, far more than in life: nearly all that is read is also shown, on four pages. With
`--every 10` only each tenth does, and the others bring two check-ins, or put them right.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Final, NamedTuple

from tests.companies import ROOT, write_files

TODAY: Final = date(2026, 12, 1)
_CYCLES: Final = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
_KEY_RESULTS: Final = 12
"""Of each team and cycle: four objectives of three."""
_EDITED: Final = "content/teams/t0/2026-Q4/checkins/2026-10-07.md"


class Cost(NamedTuple):
    """Seconds of the processor."""

    git: float
    """Git's own, for the same log and the same objects."""
    cold: float
    """What the history adds to a first build."""
    check: float
    """What it adds to a later check, which reads it and shows nothing."""
    build: float
    """What it adds to a later build, which also shows what has moved."""


def company(files: int) -> dict[str, str]:
    """The files of a company at the beginning of its year: promises and check-ins, so many files together."""
    teams = files // 20
    made = {"okrsite.toml": "", **{f"content/teams/t{n}/team.md": f"---\nname: Team {n}\n---\n" for n in range(teams)}}
    for n in range(teams):
        for cycle in _CYCLES:
            made[okrs_path(n, cycle)] = okrs(n, cycle, [100 + k for k in range(_KEY_RESULTS)], ["plain"] * _KEY_RESULTS)
    start = date(2026, 1, 7)
    for number in range(files + 1 - len(made)):
        day = start + timedelta(weeks=7 * (number // teams // 4) % 12 + 13 * (number // teams % 4))
        made[checkin_path(number % teams, day)] = checkin("A good week.")
    made[_EDITED] = checkin("A good week.")
    return made


def cycle_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def okrs_path(team: int, cycle: str) -> str:
    return f"content/teams/t{team}/{cycle}/okrs.md"


def okrs(team: int, cycle: str, targets: list[int], words: list[str]) -> str:
    """A team's promise."""
    lines = ["---", "objectives:"]
    for k, (target, word) in enumerate(zip(targets, words, strict=True)):
        if k % 3 == 0:
            lines += [f"  o{k // 3}:", f"    title: Riders of team {team} are glad in {cycle}, part {k // 3}"]
            lines += ["    why: They told us so.", "    key_results:"]
        lines += [f"      k{k % 3}:", f"        title: Kinds of {word} mistakes, sort {k}"]
        lines += [f"        baseline: {10 + team}.{k}%", f"        target: {target}%"]
    return "\n".join([*lines, "---", ""])


def checkin_path(team: int, day: date) -> str:
    return f"content/teams/t{team}/{cycle_of(day)}/checkins/{day}.md"


def checkin(words: str) -> str:
    return f"---\nprogress:\n  o0#k0: {{value: 90%, confidence: 7}}\n---\n{words}\n"


def commits(count: int, teams: int, every: int = 1) -> Iterator[tuple[date, dict[str, str]]]:
    """For each commit its day and two files as they stand after it, of teams whose cycle has opened."""
    chance = Random(2026)
    targets: dict[str, list[int]] = {}
    words: dict[str, list[str]] = {}
    for number in range(count):
        day = date(2026, 1, 2) + timedelta(days=number * 330 // count)
        changed: dict[str, str] = {}
        for team in chance.sample(range(teams), 2):
            if number % every:
                week = day.replace(day=(day.day - 1) // 7 * 7 + 1)
                changed[checkin_path(team, week)] = checkin(f"Commit {number} says so.")
                continue
            path = okrs_path(team, cycle_of(day))
            own = targets.setdefault(path, [100 + k for k in range(_KEY_RESULTS)])
            said = words.setdefault(path, ["plain"] * _KEY_RESULTS)
            for _ in range(2):
                own[chance.randrange(_KEY_RESULTS)] = chance.randrange(20, 9_000)
            if number % 3 == 0:
                said[chance.randrange(_KEY_RESULTS)] = chance.choice(["costly", "frequent", "plain", "repeated", "old"])
            changed[path] = okrs(team, cycle_of(day), own, said)
        yield day, changed


def make(folder: Path, count: int, files: int, every: int = 1) -> None:
    """A repository of so many commits of two files each, over so many files; some of them change promises."""
    first = company(files)
    lines: list[bytes] = []
    for number, (day, changed) in enumerate([(date(2026, 1, 1), first), *commits(count - 1, files // 20, every)]):
        stamp = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) + number
        message = f"Put promise {number} right".encode()
        lines.append(b"commit refs/heads/main\ncommitter a-team <a-team@acme.example> %d +0000\n" % stamp)
        lines.append(b"data %d\n%s\n" % (len(message), message))
        for path, text in changed.items():
            lines.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text.encode()), text.encode()))
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(lines), check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)


def processor(command: list[str], folder: Path, given: bytes = b"") -> float:
    """The seconds of the processor that a command and all that it starts take."""
    before = os.times()
    # As an installed program it has its bytecode, whatever is set here.
    ours = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(command, cwd=folder, env=os.environ | ours, input=given, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _run(folder: Path, *command: str) -> float:
    return processor([sys.executable, "-m", "okrsite", *command, "--today", str(TODAY), "-q"], folder)


def _build(folder: Path) -> float:
    return _run(folder, "build", "--jobs", "1", "-o", f"{folder}.site")


def _git(folder: Path) -> float:
    """A log of everything, and every version of every file of it."""
    log = ["git", "log", "--raw", "--no-abbrev", "--no-renames", "--format=%H%P%ct%B", "main"]
    told = subprocess.run(log, cwd=folder, capture_output=True, check=True).stdout.decode()
    blobs = {line.split()[3] for line in told.splitlines() if line.startswith(":")}
    return processor(log, folder) + processor(["git", "cat-file", "--batch"], folder, "\n".join(blobs).encode())


def measured(place: Path, count: int, files: int, every: int, pairs: int) -> Cost:
    """Make the company in a folder, twice: one asks its history, the other is told not to."""
    asking, told_not_to = place / "asking", place / "told-not-to"
    make(asking, count, files, every)
    shutil.copytree(asking, told_not_to)
    (told_not_to / "okrsite.toml").write_text("history = false\n")
    cold = _build(asking) - _build(told_not_to)
    checks, builds = [], []
    for number in range(pairs):
        for folder in (asking, told_not_to):
            write_files(folder, _edit(number))
        checks.append(_run(asking, "check") - _run(told_not_to, "check"))
        builds.append(_build(asking) - _build(told_not_to))
    return Cost(_git(asking), cold, median(checks), median(builds))


def _edit(number: int) -> Mapping[str, str]:
    return {_EDITED: checkin(f"Word number {number}.")}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--commits", type=int, default=2_000)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="which commits change promises")
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    options.folder.mkdir()
    cost = measured(options.folder, options.commits, options.files, options.every, options.pairs)
    print(f"git itself {cost.git:.2f} s; a first build {cost.cold:+.2f} s,", end=" ")
    print(f"a later check {cost.check:+.2f} s, a later build {cost.build:+.2f} s")


if __name__ == "__main__":
    main()
