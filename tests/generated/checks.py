"""What must hold of every input alone, and of the company that some make together."""

import csv
import io
import json
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final, NamedTuple, TypeVar

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.diagnostics import RULES, Diagnostic
from okrsite.core.export import export_company, export_table
from okrsite.core.link import Facts
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.refs import normal
from okrsite.core.settings import Settings
from okrsite.pages.plan import plan_site
from okrsite.render.report import render_report
from okrsite.shell.files import Content, read_content
from okrsite.shell.project import UsageError, find_project
from okrsite.shell.records import from_record, to_record
from tests.generated.inputs import SIZE, Input, make_input
from tests.generated.pools import KNOWN
from tests.hostile.sites import FRAME, harms, render_site

LIMIT: Final = 5.0
"""Seconds of computing that nothing may take."""
FRAMES: Final[Mapping[str, bytes]] = {
    f"content/teams/{team}/{place.partition('/acme/')[2]}": text.encode()
    for team in ("acme", KNOWN)
    for place, text in FRAME.items()
}
"""The valid files among which inputs are put; an input at the same place replaces one."""
DAYS: Final = ("2026-11-22", "2026-11-22", "2026-12-31", "2027-03-01", "2026-09-30", "1990-01-01", "2199-12-31")
"""Days as of which companies are computed, one after the other."""
HEAD: Final = re.compile(r"(?:content\b.*|okrsite\.toml):\d+:\d+: (?:error|warning|hint)\[[a-z-]+\]: ")
BELOW: Final = re.compile(r" *\d+ \| | {6}\| |   hint: ")
"""How the lines of a report begin: each problem's own, and those below it."""
BEYOND: Final = "is beyond the end of its line"
RENDERED: Final = 2
"""Of how many companies one has its pages rendered; of the others they are presented."""
THOROUGH: Final = 24
"""Every how many companies all links and elements of all pages are looked at."""

Value = TypeVar("Value")


class Fault(NamedTuple):
    """Something that must not be: the number of the input (of a company: its first), what, and its short name."""

    seed: int
    name: str
    text: str


class Checked(NamedTuple):
    """What came of one company's inputs: faults, the dearest step's seconds, and what it was."""

    faults: tuple[Fault, ...]
    slowest: float
    step: str


class Watch:
    """Takes the steps of one company, each with its time, and keeps what went wrong."""

    def __init__(self, begin: Callable[[int], None]) -> None:
        self.begin, self.seed = begin, 0
        self.faults: list[Fault] = []
        self.slowest, self.step = 0.0, ""

    def at(self, seed: int) -> None:
        """From here on it is about this input."""
        self.seed = seed
        self.begin(seed)

    def fault(self, name: str, text: str = "") -> None:
        """Keep something that must not be."""
        self.faults.append(Fault(self.seed, name, text))

    def take(self, step: str, call: Callable[[], Value]) -> Value | None:
        """A step's result; None, and a fault, when it raises."""
        begun = process_time()
        try:
            return call()
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.fault(f"{step}: {type(error).__name__} in {Path(place.filename).name}:{place.lineno}", _trace(error))
            return None
        finally:
            took = process_time() - begun
            if took > self.slowest:
                self.slowest, self.step = took, f"{step} of {self.seed}"
            if took > LIMIT:
                self.fault(f"{step}: too slow", f"{took:.1f} s")


def company_inputs(first: int) -> list[Input]:
    """The inputs of a company by its first number."""
    assert first % SIZE == 0
    return [make_input(seed) for seed in range(first, first + SIZE)]


def check_company(inputs: Sequence[Input], folder: Path, begin: Callable[[int], None]) -> Checked:
    """Read and parse each input, put all into one company (two, if they share places), and make its site and export."""
    watch = Watch(begin)
    for number, company in enumerate(apart(inputs)):
        below = folder / str(number)
        files = project_files(company)
        write(below, files)
        watch.at(company[0].seed)
        settings, content = _read(watch, below, files)
        parsed = _parse_each(watch, content, {normal(one.place): one.seed for one in company})
        watch.at(company[0].seed)
        turn = company[0].seed // SIZE
        today = date.fromisoformat(DAYS[company[0].seed // SIZE % len(DAYS)])
        _make_site(watch, parsed, content, _shown(files), Facts(settings, today), turn)
    return Checked(tuple(watch.faults), watch.slowest, watch.step)


def apart(inputs: Iterable[Input]) -> list[list[Input]]:
    """The inputs in as few companies as have each place once."""
    companies: list[dict[str, Input]] = []
    for one in inputs:
        place = normal(one.place).casefold()
        free = next((company for company in companies if place not in company), None)
        if free is None:
            companies.append(free := {})
        free[place] = one
    return [list(company.values()) for company in companies]


def project_files(company: Iterable[Input]) -> dict[str, bytes]:
    """The files of a project by path: a company's inputs among the valid ones."""
    return {**FRAMES, **{one.place: one.content for one in company}}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path below a folder."""
    for made in {(folder / place).parent for place in files}:
        made.mkdir(parents=True, exist_ok=True)
    for place, content in files.items():
        (folder / place).write_bytes(content)


def _read(watch: Watch, folder: Path, files: Mapping[str, bytes]) -> tuple[Settings, Content]:
    settings = watch.take("settings", lambda: _settings(watch, folder)) or Settings()
    content = watch.take("read", lambda: read_content(folder, "content")) or Content((), ())
    if len(content.sources) != sum(_is_read(place) for place in files):
        watch.fault("read: not every file was")
    check_problems(watch, "read", content.problems, _shown(files))
    return settings, content


def _is_read(place: str) -> bool:
    """Whether content is read from a path."""
    names = place.split("/")
    return names[0] == "content" and place.endswith(".md") and not any(name.startswith((".", "_")) for name in names)


def _shown(files: Mapping[str, bytes]) -> dict[str, str]:
    """The texts of files by path, also of those that are none: where a problem lies is counted in lines."""
    return {normal(place): text.decode("utf-8", "replace") for place, text in files.items()}


def _settings(watch: Watch, folder: Path) -> Settings:
    """The settings of a project; a project that is refused has the usual ones."""
    try:
        project = find_project(str(folder))
    except UsageError as error:
        if not str(error).isprintable():
            watch.fault("settings: unprintable", ascii(str(error)))
        return Settings()
    check_problems(watch, "settings", project.problems, {"okrsite.toml": project.settings_text})
    return project.settings


def _parse_each(watch: Watch, content: Content, seeds: Mapping[str, int]) -> list[Parsed]:
    """Every file parsed, twice, once out of a cache's record: what comes of it depends on nothing else."""
    found = []
    for source in content.sources:
        if source.path in seeds:
            watch.at(seeds[source.path])
        parsed = watch.take("parse", lambda: parse_document(source))  # noqa: B023
        if parsed is None:
            continue
        found.append(parsed)
        if source.path in seeds:
            if watch.take("parse again", lambda: _remembered(parse_document(source))) != parsed:  # noqa: B023
                watch.fault("parse: another value the second time")
            if any(item.span.path != source.path for item in parsed.problems):
                watch.fault("parse: a problem of another file")
            check_problems(watch, "parse", parsed.problems, {source.path: source.text or ""})
    return found


def _remembered(parsed: Parsed) -> Parsed:
    """What a later build would take from the cache."""
    return from_record(b"key", to_record(b"key", parsed), Parsed)


def _make_site(
    watch: Watch, parsed: Sequence[Parsed], content: Content, shown: dict[str, str], facts: Facts, turn: int
) -> None:
    texts = {**shown, **{source.path: source.text for source in content.sources if source.text is not None}}
    compiled = watch.take("compile", lambda: compile_company(parsed, facts, content.problems))
    if compiled is None:
        return
    check_problems(watch, "compile", compiled.problems, texts)
    planned = [page.path for page in plan_site(compiled).pages]
    if len(planned) != len(set(planned)):
        watch.fault("plan: two pages have one address")
    if turn % RENDERED:
        watch.take("pages", lambda: [page.page() for page in plan_site(compiled).pages])
    else:
        site = watch.take("site", lambda: render_site(compiled, texts))
        for harm in harms(site) if site and turn % THOROUGH == 0 else ():
            watch.fault(f"page: {harm.partition(': ')[2]:.40}", harm)
    watch.take("export", lambda: _export(watch, compiled))


def _export(watch: Watch, compiled: Compiled) -> None:
    """The company as JSON and CSV, which can be read back."""
    values = json.dumps(export_company(compiled), ensure_ascii=False, allow_nan=False)
    json.loads(values.encode("utf-8"))
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(export_table(compiled))
    table.getvalue().encode("utf-8")
    rows = list(csv.reader(io.StringIO(table.getvalue(), newline="")))
    if len({len(row) for row in rows}) != 1:
        watch.fault("export: rows of different lengths")


def check_problems(watch: Watch, step: str, problems: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
    """Every problem has a known code and a place that exists, and is reported in lines that hide nothing."""
    mended = {item.span[:2] for item in problems if "write `" in item.hint}
    for item in problems:
        wrong = _misplaced(item, texts)
        if wrong == BEYOND and item.span[:2] in mended:  # columns are those of the line as it is to be written
            continue
        if wrong:
            watch.fault(f"{step}: {item.code} {wrong}", repr(item))
    report = watch.take(f"{step} report", lambda: render_report(problems, texts, colour=False))
    lines = (report or "").split("\n")
    if not all(line.isprintable() for line in lines):
        watch.fault(f"{step}: a report that cannot be printed", ascii(report))
    heads = sum(bool(HEAD.match(line)) for line in lines)
    if heads != len(problems) or not all(HEAD.match(line) or BELOW.match(line) for line in lines[:-1]):
        watch.fault(f"{step}: a problem that is not one line", ascii(report))


def _misplaced(item: Diagnostic, texts: Mapping[str, str]) -> str:
    """What is wrong with a problem's code or place, or nothing."""
    path, line, column, _ = item.span
    if item.code not in RULES:
        return "is no code"
    if path not in texts:
        return "" if any(place.startswith(f"{path}/") for place in texts) else "is in no file"
    lines = texts[path].split("\n")
    if not 1 <= line <= len(lines) + 1:
        return "is in no line"
    length = len(lines[line - 1]) if line <= len(lines) else 0
    return "" if 1 <= column <= length + 1 else BEYOND if column > 1 else "is in no column"


def _trace(error: BaseException) -> str:
    lines = traceback.format_exception(error)
    return "".join(lines if len(lines) < 12 else [*lines[:2], "  …\n", *lines[-9:]])
