"""The commands: the only place that exits, and the only one that writes a result to standard output."""

import argparse
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from okrsite import __version__

if TYPE_CHECKING:
    from okrsite.core.diagnostics import Diagnostic
    from okrsite.shell.build import Loaded, Run
    from okrsite.shell.project import Project

FINE, PROBLEMS, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
MAX_JOBS: Final = 256


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 problems found, 2 wrong usage or settings."""
    options = _parser().parse_args(arguments, argparse.Namespace(**_DEFAULTS))
    from okrsite.render.page import TemplateFailureError
    from okrsite.shell.files import NotTextError
    from okrsite.shell.project import UsageError

    if sys.stdout is None:  # closed by whoever called
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with _heeding_termination():
            code: int = options.run(options)
        sys.stdout.flush()
        return code
    except UsageError as error:
        return _fail(str(error), WRONG_USAGE)
    except (TemplateFailureError, NotTextError) as error:
        return _fail(str(error), PROBLEMS)
    except KeyboardInterrupt as interrupt:
        return _fail(f"interrupted{'; ' if str(interrupt) else ''}{interrupt}", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; what is left of it must not fail again at exit.
        _silence()
        return FINE if options.run is run_export else PROBLEMS
    except OSError as error:
        _silence()
        return _fail(f"cannot go on: {(error.strerror or str(error)).lower()}", PROBLEMS)


@contextmanager
def _heeding_termination() -> Iterator[None]:
    """Let a request to terminate end a command as an interrupt does: with everything put away."""

    def interrupt(_signal: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _silence() -> None:
    """Let nothing more be written to standard output, which has failed once."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Write what programs read in UTF-8, whatever the terminal's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _json(values: object) -> str:
    """Values as JSON in which no text is a command to a CI system that reads logs, such as `##word[`."""
    import json

    return json.dumps(values, ensure_ascii=False, indent=2).replace("##", "#\\u0023")


def _fail(message: str, code: int) -> int:
    from okrsite.render.report import printable

    with suppress(OSError):
        print(f"okrsite: {printable(message)}", file=sys.stderr, flush=True)
    return code


# --- commands -----------------------------------------------------------------------------------------------------


def run_build(options: argparse.Namespace) -> int:
    """Compile the site."""
    from contextlib import closing

    from okrsite.shell.build import Run
    from okrsite.shell.cache import NO_CACHE, open_cache
    from okrsite.shell.workers import default_jobs

    project = _find(options)
    with closing(NO_CACHE if options.no_cache else open_cache(project.folder, writing=True)) as cache:
        return _build(project, Run(options.jobs or default_jobs(), cache), options)


def _build(project: "Project", run: "Run", options: argparse.Namespace) -> int:
    from okrsite.core.diagnostics import Severity
    from okrsite.pages.urls import HOME
    from okrsite.render.report import printable
    from okrsite.shell.build import build, load
    from okrsite.shell.output import PublishError
    from okrsite.shell.project import day_of

    loaded = load(project, day_of(options.today), run)
    problems = loaded.compiled.problems
    _report(problems, loaded, options)
    hints = sum(problem.severity is Severity.HINT for problem in problems)
    if hints and not options.verbose and not options.quiet:
        print(f"{hints} hint{'' if hints == 1 else 's'} more; see `okrsite check`", file=sys.stderr)
    stopping = [Severity.ERROR, Severity.WARNING] if options.strict else [Severity.ERROR]
    if any(problem.severity in stopping for problem in problems) and not options.keep_going:
        return _fail(f"nothing was published: {_counted(problems)}; --keep-going publishes what is sound", PROBLEMS)
    target = Path(options.output) if options.output else project.folder / project.settings.output
    target = Path(os.path.abspath(target))
    try:
        outcomes, count = build(project, loaded, target, run, waiting=_say_waiting)
    except PublishError as error:
        return _fail(str(error), PROBLEMS)
    rendered = sum(outcome.rendered for outcome in outcomes)
    if options.explain:
        for outcome in outcomes:
            print(f"{'render' if outcome.rendered else 'keep'} {printable(outcome.path)}: {outcome.reason}")
        print(f"{len(outcomes)} pages: {rendered} rendered, {len(outcomes) - rendered} kept")
    if not options.quiet:
        print(f"{count} files in {target}")
        print(f"open {(target / HOME).as_uri()}")
    return FINE


def _say_waiting() -> None:
    print("okrsite: another build is writing here; waiting for it to end", file=sys.stderr, flush=True)


def run_check(options: argparse.Namespace) -> int:
    """Read everything, report every problem, write nothing."""
    from okrsite.core.diagnostics import Severity
    from okrsite.core.export import problem_values

    project = _find(options)
    loaded = _load(project, options)
    problems = _below(loaded, project, options.paths)
    if options.format == "json":
        _speak_utf8()
        print(_json({"problems": problem_values(problems)}))
    else:
        _report(problems, loaded, options, stream=sys.stdout)
        if not options.quiet:
            print(_counted(problems))
    stopping = [Severity.ERROR, Severity.WARNING] if options.strict else [Severity.ERROR]
    return PROBLEMS if any(problem.severity in stopping for problem in problems) else FINE


def run_export(options: argparse.Namespace) -> int:
    """Print all computed data."""
    import csv

    from okrsite.core.diagnostics import Severity
    from okrsite.core.export import export_company, export_table

    project = _find(options)
    loaded = _load(project, options)
    _speak_utf8()
    if options.format == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows(export_table(loaded.compiled))
    else:
        print(_json(export_company(loaded.compiled)))
    if any(problem.severity is Severity.ERROR for problem in loaded.compiled.problems):
        return _fail(f"{_counted(loaded.compiled.problems)}; see `okrsite check`", PROBLEMS)
    return FINE


# --- what commands share ------------------------------------------------------------------------------------------


def _find(options: argparse.Namespace) -> "Project":
    """The project with its settings; wrong ones are reported and end the command."""
    from dataclasses import replace

    from okrsite.core.settings import is_web_address
    from okrsite.render.report import render_report
    from okrsite.shell.project import UsageError, find_project

    project = find_project(options.directory)
    if project.problems:
        print(
            render_report(project.problems, {"okrsite.toml": project.settings_text}, colour=False),
            file=sys.stderr,
            end="",
        )
        raise UsageError("the settings in okrsite.toml are wrong")
    base_url = getattr(options, "base_url", None)
    if base_url is not None:
        if not is_web_address(base_url):
            raise UsageError(f"--base-url takes an address such as https://okrs.example, not `{base_url}`")
        project = replace(project, settings=replace(project.settings, base_url=base_url))
    return project


def _load(project: "Project", options: argparse.Namespace) -> "Loaded":
    """Load a project for a command that writes nothing, but may use what builds have remembered."""
    from contextlib import closing

    from okrsite.shell.build import Run, load
    from okrsite.shell.cache import open_cache
    from okrsite.shell.project import day_of
    from okrsite.shell.workers import default_jobs

    with closing(open_cache(project.folder, writing=False)) as cache:
        return load(project, day_of(options.today), Run(default_jobs(), cache))


def _report(
    problems: "Sequence[Diagnostic]", loaded: "Loaded", options: argparse.Namespace, stream: object = None
) -> None:
    """Print problems: all of them with -v, else without hints where nobody asked for them."""
    from okrsite.core.diagnostics import Severity
    from okrsite.render.report import render_report

    out = sys.stderr if stream is None else sys.stdout
    shown = problems
    if stream is None and not options.verbose:
        shown = [problem for problem in problems if problem.severity is not Severity.HINT]
    if options.quiet:
        shown = [problem for problem in shown if problem.severity is Severity.ERROR]
    colour = out.isatty() and not options.no_color and not os.environ.get("NO_COLOR")
    if shown:
        out.write(render_report(shown, loaded.texts, colour=colour))


def _below(loaded: "Loaded", project: "Project", paths: Sequence[str]) -> "Sequence[Diagnostic]":
    """The problems of the files and folders that were named, or all."""
    from okrsite.core.refs import normal
    from okrsite.shell.project import UsageError

    problems = loaded.compiled.problems
    wanted = []
    for path in paths:
        within = normal(os.path.relpath(os.path.realpath(path), project.folder).replace(os.sep, "/"))
        known = os.path.exists(path) or any(_is_below(problem.span.path, within) for problem in problems)
        if within.startswith("..") or not known:
            raise UsageError(f"{path} is no file or folder of the project in {project.folder}")
        wanted.append(within)
    if not wanted or "." in wanted:
        return problems
    return [problem for problem in problems if any(_is_below(problem.span.path, within) for within in wanted)]


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _counted(problems: "Sequence[Diagnostic]") -> str:
    from okrsite.render.report import summary

    return summary(problems)


# --- the command line ---------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_fail(f"{message}; see `{self.prog} --help`", WRONG_USAGE))


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 to {MAX_JOBS}, not `{text}`")
    return int(text)


# Kept out of the parsers: they share these options, and a command's defaults would undo what stands before it.
_DEFAULTS: Final = {"directory": None, "today": None, "quiet": False, "verbose": False, "no_color": False}


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "-C", dest="directory", metavar="DIR", help="the project (default: the nearest with okrsite.toml)"
    )
    shared.add_argument(
        "--today", metavar="DATE", help="the day as of which everything is computed (default: today, UTC)"
    )
    shared.add_argument("-q", dest="quiet", action="store_true", help="say only what went wrong")
    shared.add_argument("-v", dest="verbose", action="store_true", help="say more")
    shared.add_argument("--no-color", dest="no_color", action="store_true", help="plain text")
    parser = _Parser(prog="okrsite", description="Compile a company's OKRs into one site.", parents=[shared])
    parser.add_argument("--version", action="version", version=f"okrsite {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    build = commands.add_parser("build", parents=[shared], help="compile the site")
    build.add_argument("-o", dest="output", metavar="DIR", help="where the site goes (default: site/)")
    build.add_argument("--base-url", metavar="URL", help="where the site will be published; only 404.html needs it")
    build.add_argument("--strict", action="store_true", help="do not publish on warnings either")
    build.add_argument("--keep-going", action="store_true", help="publish what is sound in spite of errors")
    build.add_argument("--jobs", type=_jobs, metavar="N", help="processes to work in (default: one a processor)")
    build.add_argument("--no-cache", action="store_true", help="neither use nor keep what builds remember")
    build.add_argument("--explain", action="store_true", help="say why each page was or was not rendered")
    build.set_defaults(run=run_build)

    check = commands.add_parser("check", parents=[shared], help="report every problem, write nothing")
    check.add_argument("--format", choices=["text", "json"], default="text", help="how to report")
    check.add_argument("--strict", action="store_true", help="warnings fail too")
    check.add_argument("paths", nargs="*", metavar="PATH", help="report only what lies here")
    check.set_defaults(run=run_check)

    export = commands.add_parser("export", parents=[shared], help="print all computed data")
    export.add_argument("--format", choices=["json", "csv"], default="json", help="JSON, or a table of key results")
    export.set_defaults(run=run_export)
    return parser
