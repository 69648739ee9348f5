"""Sequences of edits, each from one number, and what must hold after every edit of each."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.law import edits, surroundings
from tests.law.builds import MANIFEST, Built, Entry, build, differing, eager, entries, explained, identities
from tests.law.project import Project, start

EDITS: Final = {edit.__name__: edit for edit in (*edits.EDITS, *surroundings.EDITS)}
_CHOICES: Final = tuple(edit.__name__ for edit in (*edits.EDITS, *surroundings.EDITS))
STEPS: Final = 7
MEMORY: Final = "/dev/shm"
"""Sites that are looked at once and thrown away need not reach a disk."""


class Step(NamedTuple):
    """Some edits, each with the number from which it draws what it does, and the build after them."""

    edits: tuple[tuple[str, int], ...]
    jobs: int
    keep_going: bool
    again: bool


class Outcome(NamedTuple):
    """What became of a sequence: its edits in words, what did not hold, and how often what was seen."""

    seed: int
    story: tuple[str, ...]
    faults: tuple[str, ...]
    seen: Counter[str]


REPAIR: Final = (("mend_files", 0), ("right_settings", 0), ("forget_theme", 0))
"""What is done first after a build that failed, so that most builds of a sequence have something to do."""


def planned(seed: int) -> tuple[Step, ...]:
    """The steps of a seed's sequence; the first two keep and build what later ones may bring back."""
    rng = Random(seed * 7_919)
    steps = [Step((), 1, True, False), Step((("put_aside", 0),), 1, True, True)]
    for _ in range(STEPS):
        count = rng.choice((1, 1, 1, 2, 3))
        chosen = tuple((rng.choice(_CHOICES), rng.randrange(2**31)) for _ in range(count))
        steps.append(Step(chosen, rng.choice((1, 1, 2)), rng.random() < 0.85, rng.random() < 0.25))
    return tuple(steps)


def run(seed: int, steps: tuple[Step, ...] | None = None) -> Outcome:
    """Do the steps of a seed's sequence, or some of them, until something does not hold."""
    story: list[str] = []
    faults: list[str] = []
    seen: Counter[str] = Counter()
    with TemporaryDirectory(prefix="law-", dir=MEMORY if Path(MEMORY).is_dir() else None) as folder, eager():
        project = start(Path(folder), seed)
        code = 0
        for step in planned(seed) if steps is None else steps:
            repairs = REPAIR if code else ()
            done = []
            for name, number in (*repairs, *step.edits):
                if said := EDITS[name](project, Random(number)):
                    done.append(said)
                    seen[name] += 1
                    project.save()
            story.append("; ".join(done) or "nothing")
            code, faults = _check(project, step, seen)
            if faults:
                break
    return Outcome(seed, tuple(story), tuple(faults), seen)


def _check(project: Project, step: Step, seen: Counter[str]) -> tuple[int, list[str]]:
    """Build over what is there and from nothing: the exit code, and what did not hold."""
    clean = project.folder.parent / "clean"
    rmtree(clean, ignore_errors=True)
    flags = ["-v", "--explain", *(["--keep-going"] if step.keep_going else [])]
    afresh = build(project.folder, clean, *flags, "--no-cache", "--jobs", "1", today=str(project.today))
    before, kept, foreign = entries(project.target), identities(project.target), _foreign(project.target)
    flags += ["--jobs", str(step.jobs)]
    made = build(project.folder, project.target, *flags, today=str(project.today))
    after = entries(project.target)
    seen[f"exit {made.code}"] += 1
    strays = [path.name for path in project.folder.iterdir() if path.name.startswith((".site", ".public"))]
    faults = [f"{name} is left beside the site" for name in strays]
    if foreign:
        faults += [] if made.code in (2, afresh.code) and made.code else [f"built over {foreign[0]}"]
        faults += differing(before, after)
        _clear(project, foreign)
        return made.code, faults
    if made.code != afresh.code:
        faults.append(f"exits with {made.code}, from nothing with {afresh.code}: {made.reported}{afresh.reported}")
    faults += _reported_otherwise(made.reported, afresh.reported)
    if made.code:
        return made.code, faults + differing(before, after)
    faults += differing(after, entries(clean))
    faults += _untrue(made, afresh, before, after, seen)
    now = identities(project.target)
    same = [path for path in kept if path in after and before.get(path) == after[path]]
    faults += [f"{path} is the same, but another file" for path in same if kept[path] != now[path]]
    if step.again:
        again = build(project.folder, project.target, *flags, today=str(project.today))
        if explained(again.said).rendered or identities(project.target) != now:
            faults.append("a second build does something")
    return made.code, faults


def _reported_otherwise(one: str, two: str) -> list[str]:
    """The lines in which two reports differ; of several failures in a theme it is chance which one is met first."""
    lines, others = (
        [line for line in report.splitlines() if not line.startswith("okrsite: template ")] for report in (one, two)
    )
    found = [f"reports {a!r}, from nothing {b!r}" for a, b in zip(lines, others, strict=False) if a != b]
    return (
        found if len(lines) == len(others) else [*found, f"{len(lines)} lines of reports, from nothing {len(others)}"]
    )


def _untrue(
    made: Built, afresh: Built, before: dict[str, Entry], after: dict[str, Entry], seen: Counter[str]
) -> list[str]:
    """What a build said of its pages that is not so."""
    said, whole = explained(made.said), explained(afresh.said)
    seen["rendered"] += len(said.rendered)
    seen["kept"] += len(said.kept)
    seen["some rendered, some kept"] += bool(said.rendered and said.kept)
    faults = [f"{path} is kept in a build from nothing" for path in whole.kept]
    if {*said.rendered, *said.kept} != {*whole.rendered}:
        faults.append("the pages are not those of a build from nothing")
    faults += [f"{path} is called kept, but is new" for path in said.kept if before.get(path) != after[path]]
    reasons = {**said.rendered, **said.kept}
    faults += [f"{path}: no such page" for path in reasons if path not in after]
    return faults


def _foreign(target: Path) -> list[str]:
    """Files in a site that its own list does not name; all of them when there is no list."""
    there = [path for path, entry in entries(target).items() if not (target / path).is_dir() or entry.mode >> 12 == 10]
    try:
        listed = json.loads((target / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError):
        return there
    return [path for path in there if path not in (*listed, MANIFEST)]


def _clear(project: Project, foreign: list[str]) -> None:
    """Take out of a site what was refused; a site without a list goes as a whole."""
    if not (project.target / MANIFEST).is_file():
        rmtree(project.target)
        return
    for path in foreign:
        (project.target / path).unlink()


# --- failures -------------------------------------------------------------------------------------------------------


def shrunk(seed: int, replays: int = 80) -> Outcome:
    """A failing sequence with as few steps and edits as were found still to fail in so many replays."""
    steps, best = planned(seed), run(seed)
    steps = steps[: len(best.story)]
    return _shrunk(seed, steps, best, replays)


def _shrunk(seed: int, steps: tuple[Step, ...], best: Outcome, replays: int) -> Outcome:
    """Leave out one more thing after the other, as long as the sequence still fails."""
    for smaller in _smaller(steps):
        replays -= 1
        if replays < 0:
            break
        outcome = run(seed, smaller)
        if outcome.faults:
            return _shrunk(seed, smaller, outcome, replays)
    return best


def _smaller(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The same steps without one of them, or without one of their edits."""
    for number in range(len(steps)):
        yield steps[:number] + steps[number + 1 :]
    for number, step in enumerate(steps):
        for gone in range(len(step.edits) if len(step.edits) > 1 else 0):
            left = step._replace(edits=step.edits[:gone] + step.edits[gone + 1 :])
            yield (*steps[:number], left, *steps[number + 1 :])


def told(outcome: Outcome) -> str:
    """A failure as text: how to see it again, the edits, and what did not hold."""
    lines = [f"seed {outcome.seed}: python -m tests.law --sequences 1 --seed {outcome.seed}"]
    lines += [f"  {number}. {what}" for number, what in enumerate(outcome.story, 1)]
    lines += [f"  -> {fault}" for fault in outcome.faults[:10]]
    return "\n".join(lines)
