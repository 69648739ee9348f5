"""`okrsite build`: compiles the site."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from okrsite.commands.loading import find_project, settled
from okrsite.commands.saying import FINE, PROBLEMS, counted, fail, report_problems

if TYPE_CHECKING:
    from pathlib import Path

    from okrsite.commands import Commands
    from okrsite.shell.build import Run
    from okrsite.shell.inputs import Inputs
    from okrsite.shell.progress import Progress
    from okrsite.shell.shares import Share
    from okrsite.shell.stopwatch import Stopwatch

MAX_JOBS: Final = 256


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("build", parents=[shared], help="compile the site")
    parser.add_argument("-o", dest="output", metavar="DIR", help="where the site goes (default: site/)")
    parser.add_argument(
        "--base-url", metavar="URL", help="where the site will be published; 404.html, feeds and calendars need it"
    )
    parser.add_argument("--strict", action="store_true", help="do not publish on warnings either")
    parser.add_argument("--keep-going", action="store_true", help="publish what is sound in spite of errors")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="processes to work in (default: one a processor)")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what builds remember")
    parser.add_argument("--as-of", metavar="DATE|REV", help="the site as the repository stood then")
    parser.add_argument("--explain", action="store_true", help="say why each page was or was not rendered")
    parser.add_argument("--shard", type=_share, metavar="I/N", help="make the I-th of N shares of the site's files")
    parser.add_argument("--timings", action="store_true", help="say where the time went, on standard error")
    parser.set_defaults(run=run_build)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 to {MAX_JOBS}, not `{text}`")
    return int(text)


def _share(text: str) -> "Share":
    from okrsite.shell.shares import MAX_SHARES, parse_share

    share = parse_share(text)
    if share is None:
        raise argparse.ArgumentTypeError(
            f"2/3 is the second of three shares; they are counted from 1, and at most {MAX_SHARES}; not `{text}`"
        )
    return share


def run_build(options: argparse.Namespace) -> int:
    """Compile the site."""
    from contextlib import ExitStack, closing
    from pathlib import Path

    from okrsite.shell.build import Run
    from okrsite.shell.cache import NO_CACHE, open_cache
    from okrsite.shell.shares import WHOLE
    from okrsite.shell.stopwatch import UNTIMED, Stopwatch
    from okrsite.shell.workers import default_jobs

    clock = Stopwatch() if options.timings else UNTIMED
    with ExitStack() as kept:
        if isinstance(clock, Stopwatch):
            kept.callback(_say_timings, clock)
        progress = kept.enter_context(_progress(options))
        progress.begin("read")
        with clock.stage("read"):
            inputs, folder = kept.enter_context(_inputs(options))
            cache = kept.enter_context(closing(NO_CACHE if options.no_cache else open_cache(folder, writing=True)))
        target = Path(options.output) if options.output else folder / inputs.project.settings.output
        share = options.shard or WHOLE
        run = Run(options.jobs or default_jobs(), cache, share=share, clock=clock, progress=progress)
        return _build(inputs, Path(os.path.abspath(target)), run, options)


@contextmanager
def _progress(options: argparse.Namespace) -> "Iterator[Progress]":
    """Who is told how far a long build is: somebody who waits for it at a terminal."""
    from okrsite.shell.progress import SILENT, ProgressLine

    waited_for = sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
    progress = ProgressLine(_write_line) if waited_for and not options.quiet else SILENT
    try:
        yield progress
    finally:
        progress.clear()


def _write_line(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _say_timings(clock: "Stopwatch") -> None:
    from okrsite.render.timings import render_timings

    _write_line(render_timings(clock.timings()))


@contextmanager
def _inputs(options: argparse.Namespace) -> "Iterator[tuple[Inputs, Path]]":
    """What is to be built, now or as it stood at another time, and the project's folder."""
    from okrsite.shell.inputs import inputs_of, read_inputs
    from okrsite.shell.past import past_project
    from okrsite.shell.project import day_of, find_folder

    if options.as_of is None:
        project = find_project(options)
        yield read_inputs(project, day_of(options.today)), project.folder
        return
    folder = find_folder(options.directory)
    with past_project(folder, options.as_of) as (project, repository, day):
        today = day if options.today is None else day_of(options.today)
        yield inputs_of(settled(project, options), today, repository, as_of=day), folder


def _build(inputs: "Inputs", target: "Path", run: "Run", options: argparse.Namespace) -> int:
    from okrsite.core.diagnostics import Severity
    from okrsite.pages.urls import HOME
    from okrsite.render.report import printable
    from okrsite.shell.build import build, check
    from okrsite.shell.output import PublishError

    checked = check(inputs, run)
    problems = checked.problems
    run.progress.clear()
    report_problems(problems, inputs, options)
    if inputs.remembered and inputs.remembered.shallow and not options.quiet:
        print("note: this clone is shallow; what changed before it begins is not known", file=sys.stderr)
    hints = sum(problem.severity is Severity.HINT for problem in problems)
    if hints and not options.verbose and not options.quiet:
        print(f"{hints} hint{'' if hints == 1 else 's'} more; see `okrsite check`", file=sys.stderr)
    stopping = [Severity.ERROR, Severity.WARNING] if options.strict else [Severity.ERROR]
    if any(problem.severity in stopping for problem in problems) and not options.keep_going:
        return fail(f"nothing was published: {counted(problems)}; --keep-going publishes what is sound", PROBLEMS)
    if checked.compiled:
        inputs = inputs.without_texts()
    try:
        outcomes, count = build(inputs, checked, target, run, waiting=partial(_say_waiting, run.progress))
    except PublishError as error:
        run.progress.clear()
        return fail(str(error), PROBLEMS)
    run.progress.clear()
    rendered = sum(outcome.rendered for outcome in outcomes)
    if options.explain:
        for outcome in outcomes:
            print(f"{'render' if outcome.rendered else 'keep'} {printable(outcome.path)}: {outcome.reason}")
        print(f"{len(outcomes)} pages: {rendered} rendered, {len(outcomes) - rendered} kept")
    if not options.quiet:
        part = f", share {run.share.number} of {run.share.of}," if options.shard else ""
        print(f"{count} files{part} in {target}")
        if not options.shard:
            print(f"open {(target / HOME).as_uri()}")
    return FINE


def _say_waiting(progress: "Progress") -> None:
    progress.clear()
    print("okrsite: another build is writing here; waiting for it to end", file=sys.stderr, flush=True)
