"""The day itself: edits of every kind, and after each the question whether what is shown is what the files say."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Final

from okrsite.cli import main
from okrsite.core.diagnostics import Severity
from okrsite.render.report import render_report, summary
from okrsite.shell.build import Run, load
from okrsite.shell.cache import Cache, open_cache
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import read_project
from tests.companies import TODAY, tree
from tests.law import edits
from tests.law.company import Document, make_company
from tests.law.project import Project, start
from tests.serving.running import Serving, serving, without_live
from tests.soak.saving import git, move_folder, save
from tests.soak.watching import OpenPage, Readers, Taken, settled, taken

MARKER: Final = "pages/marker.md"
MARKED: Final = "/pages/marker.html"
MISSED: Final = 10.0
"""Seconds after which an edit that is not seen is taken never to be."""
THEME: Final = "themes/own/"
PAST: Final = 12
"""Commits of which a branch has no more."""

Step = Callable[[Project, Random], str]


@dataclass
class Day:
    """What became of a day."""

    seed: int
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    measured: list[Taken] = field(default_factory=list)
    files: int = 0

    def percentile(self, share: float) -> float:
        """The seconds within which a share of the edits was visible."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))] if self.waits else 0.0

    def growth(self) -> float:
        """The share by which memory grows in the second half of the day: medians of its first and its last tenth.

        In the first it fills up to what edits of every kind need at most.
        """
        half = [one.memory for one in self.measured[len(self.measured) // 2 :]]
        tenth = max(1, len(half) // 10)
        return sorted(half[-tenth:])[tenth // 2] / sorted(half[:tenth])[tenth // 2] - 1


# --- what happens ---------------------------------------------------------------------------------------------------


def burst(project: Project, rng: Random) -> str:
    """A hundred pages come, or go."""
    places = [f"pages/burst-{number}.md" for number in range(100)]
    if places[0] in project.documents:
        for place in places:
            project.documents.pop(place, None)
        return "removed a hundred pages"
    title = str(rng.random())
    project.documents.update((place, Document({"title": title})) for place in places)
    return "wrote a hundred pages"


def break_template(project: Project, rng: Random) -> str:
    """A template, style or setting is wrong."""
    project.others[f"{THEME}templates/objective.html"] = rng.choice((b"{% block", b"{{ view.nothing }}", b"\xff"))
    return "broke a template"


def restyle(project: Project, rng: Random) -> str:
    """A style changes."""
    project.others[f"{THEME}static/own.css"] = f"p {{ top: {rng.random()}px }}".encode()
    return "changed a style"


def break_settings(project: Project, _rng: Random) -> str:
    """A setting that there is not."""
    project.settings["titel"] = "Acme"
    return "broke the settings"


def mend(project: Project, rng: Random) -> str:
    """Whatever is broken is mended."""
    edits.mend_files(project, rng)
    project.settings.pop("titel", None)
    project.others.pop(f"{THEME}templates/objective.html", None)
    return "mended everything"


def begin_anew(project: Project, rng: Random) -> str:
    """All content is that of another company, so that random edits do not in the end leave none."""
    project.documents, project.broken = make_company(rng, speaks=False), {}
    return "wrote another company"


def switch_branch(project: Project, rng: Random) -> str:
    """Another branch is checked out, and this one again; the second one is what stays.

    Now and then the past begins anew: if it grew all day, so would what must be held of it.
    """
    git(project, "add", "-A")
    states = git(project, "rev-list", "HEAD").split()
    if len(states) >= PAST:
        git(project, "checkout", "-q", "--orphan", f"after-{states[0]}")
    git(project, "commit", "-qm", "a state", "--allow-empty")
    here = git(project, "rev-parse", "HEAD")
    states = git(project, "rev-list", "HEAD").split()
    git(project, "checkout", "-q", rng.choice(states))
    time.sleep(rng.choice((0.0, 0.02, 0.2)))
    git(project, "checkout", "-q", here)
    return "switched branches"


STEPS: Final[tuple[Step, ...]] = (
    *edits.EDITS,
    *edits.EDITS,
    *(
        begin_anew,
        burst,
        break_template,
        break_settings,
        restyle,
        restyle,
        restyle,
        move_folder,
        move_folder,
        switch_branch,
    ),
    *[mend] * 12,
)


# --- what must be shown -----------------------------------------------------------------------------------------------


def expected(project: Project, cache: Cache) -> tuple[str, bool]:
    """What must be reported of the files as they are, and whether a template is broken: found without any server.

    The cache is not the server's; without one, all that was ever committed would be read for each edit.
    """
    found = read_project(project.folder)
    if found.problems:
        return _report(found.problems, {"okrsite.toml": found.settings_text}), False
    inputs = read_inputs(found, date.fromisoformat(TODAY))
    problems = load(inputs, Run(cache=cache)).problems
    if any(problem.severity is Severity.ERROR for problem in problems):
        return _report(problems, inputs.texts(p.span.path for p in problems)), False
    return "", f"{THEME}templates/objective.html" in project.others


def _report(problems: "tuple[object, ...]", texts: dict[str, str]) -> str:
    return f"{render_report(problems, texts, colour=False)}{summary(problems)}\n"  # type: ignore[arg-type]


def is_shown(served: Serving, page: OpenPage, words: str, report: str, *, broken: bool) -> bool:
    """Whether a page says what the files say, or has been told what is wrong with them."""
    trouble = page.last.get("trouble", "")
    if report:
        return trouble == report
    if broken:
        return "objective.html" in trouble
    return not trouble and words.encode() in served.get(MARKED).body


def live(folder: Path, seed: int, seconds: float, say: Callable[[str], None] = lambda _said: None) -> Day:
    """A day of so many seconds, and the comparison with a clean build at its end."""
    rng, day = Random(seed), Day(seed)
    project = start(folder, seed)
    project.settings["theme"] = "own"
    project.others[f"{THEME}static/own.css"] = b""
    project.documents[MARKER] = Document({"title": "Marker"}, "Edit 0.\n")
    project.save()
    (project.folder / ".gitignore").write_text(".okrsite/\n")
    git(project, "init", "-q")
    git(project, "commit", "-qm", "nothing yet", "--allow-empty")
    with (
        closing(open_cache(folder, writing=True)) as cache,
        serving(project.folder, "--port", "0", variables={"PYTHONDEVMODE": ""}) as served,
    ):
        page, readers = OpenPage(served, MARKED), Readers(served, seed)
        try:
            until = time.monotonic() + seconds
            for number, said in enumerate(_edits(project, rng, day), 1):
                _check(project, cache, served, page, f"Edit {number}.", said, day)
                day.measured.append(taken(served.process.pid))
                if number % 100 == 0:
                    say(f"{number} edits, p99 {day.percentile(0.99) * 1000:.0f} ms, {day.measured[-1]}")
                if time.monotonic() > until:
                    break
            _compare(project, rng, cache, served, page, day)
        finally:
            readers.close()
            page.close()
        first, last = day.measured[len(day.measured) // 3], settled(served)
        if last.threads > first.threads + 4 or last.descriptors > 40:
            day.faults.append(f"threads or descriptors were not given back: {last}")
        if (code := served.end()) != 130:
            day.faults.append(f"it ended with {code}")
        if "Traceback" in served.said():
            day.faults.append(served.said()[-4000:])
    return day


def _edits(project: Project, rng: Random, day: Day) -> Iterator[str]:
    """One edit after the other, written as some editor does, each with the marker's next number."""
    number = 0
    while True:
        step = rng.choice(STEPS)
        said = "nothing"
        if step is not switch_branch:
            with suppress(KeyError, AttributeError):  # the edit found a file that others have made another one
                said = step(project, rng)
        day.seen[step.__name__] += 1
        number += 1
        project.documents[MARKER] = Document({"title": "Marker"}, f"Edit {number}.\n")
        save(project, rng)
        if step is switch_branch:
            switch_branch(project, rng)
        yield f"{step.__name__}: {said}"


def _check(project: Project, cache: Cache, served: Serving, page: OpenPage, words: str, said: str, day: Day) -> None:
    began = time.monotonic()
    report, broken = expected(project, cache)
    while not is_shown(served, page, words, report, broken=broken):
        if time.monotonic() - began > MISSED:
            wanted = report or ("a broken template" if broken else words)
            day.faults.append(f"not seen: {said}\nwanted: {wanted}\ntold: {page.last}\n{served.said()[-1500:]}")
            break
        page.wait(0.02)
    day.waits.append(time.monotonic() - began)


def _compare(project: Project, rng: Random, cache: Cache, served: Serving, page: OpenPage, day: Day) -> None:
    """Whether all that is served in the end is what a clean build writes."""
    mend(project, rng)
    while True:
        number = len(day.waits) + 1
        project.documents[MARKER] = Document({"title": "Marker"}, f"Edit {number}.\n")
        save(project, rng)
        _check(project, cache, served, page, f"Edit {number}.", "the last edit", day)
        found = load(read_inputs(read_project(project.folder), date.fromisoformat(TODAY)), Run())
        wrong = {p.span.path for p in found.problems if p.severity is Severity.ERROR}
        if not wrong:
            break
        for path in wrong:  # what random edits have made senseless goes
            project.documents.pop(path.removeprefix("content/"), None)
            project.others.pop(path, None)
    target = project.folder.parent / "clean"
    rmtree(target, ignore_errors=True)
    options = ("-q", "--no-cache", "--today", TODAY)
    assert main(["build", *options, "-C", str(project.folder), "-o", str(target)]) == 0
    for path, content in tree(target).items():
        if path != ".okrsite.json":
            day.files += 1
            body = served.get(f"/{_quoted(path)}").body
            if (without_live(body) if path.endswith(".html") else body) != content:
                day.faults.append(f"{path} is not what a clean build writes")


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def run(seed: int, seconds: float, say: Callable[[str], None] = lambda _said: None) -> Day:
    """A day in a folder of its own."""
    with TemporaryDirectory(prefix="soak-") as folder:
        return partial(live, Path(folder), seed)(seconds, say)
