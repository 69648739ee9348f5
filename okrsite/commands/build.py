"""`okrsite build`: compiles the site."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from okrsite.commands.loading import find_project
from okrsite.commands.saying import FINE, PROBLEMS, counted, fail, report_problems

if TYPE_CHECKING:
    from okrsite.commands import Commands
    from okrsite.shell.build import Run
    from okrsite.shell.project import Project

MAX_JOBS: Final = 256


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("build", parents=[shared], help="compile the site")
    parser.add_argument("-o", dest="output", metavar="DIR", help="where the site goes (default: site/)")
    parser.add_argument("--base-url", metavar="URL", help="where the site will be published; only 404.html needs it")
    parser.add_argument("--strict", action="store_true", help="do not publish on warnings either")
    parser.add_argument("--keep-going", action="store_true", help="publish what is sound in spite of errors")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="processes to work in (default: one a processor)")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what builds remember")
    parser.add_argument("--explain", action="store_true", help="say why each page was or was not rendered")
    parser.set_defaults(run=run_build)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 to {MAX_JOBS}, not `{text}`")
    return int(text)


def run_build(options: argparse.Namespace) -> int:
    """Compile the site."""
    from contextlib import closing

    from okrsite.shell.build import Run
    from okrsite.shell.cache import NO_CACHE, open_cache
    from okrsite.shell.workers import default_jobs

    project = find_project(options)
    with closing(NO_CACHE if options.no_cache else open_cache(project.folder, writing=True)) as cache:
        return _build(project, Run(options.jobs or default_jobs(), cache), options)


def _build(project: "Project", run: "Run", options: argparse.Namespace) -> int:
    from okrsite.core.diagnostics import Severity
    from okrsite.pages.urls import HOME
    from okrsite.render.report import printable
    from okrsite.shell.build import build, check
    from okrsite.shell.inputs import read_inputs
    from okrsite.shell.output import PublishError
    from okrsite.shell.project import day_of

    inputs = read_inputs(project, day_of(options.today))
    checked = check(inputs, run)
    problems = checked.problems
    report_problems(problems, inputs, options)
    hints = sum(problem.severity is Severity.HINT for problem in problems)
    if hints and not options.verbose and not options.quiet:
        print(f"{hints} hint{'' if hints == 1 else 's'} more; see `okrsite check`", file=sys.stderr)
    stopping = [Severity.ERROR, Severity.WARNING] if options.strict else [Severity.ERROR]
    if any(problem.severity in stopping for problem in problems) and not options.keep_going:
        return fail(f"nothing was published: {counted(problems)}; --keep-going publishes what is sound", PROBLEMS)
    if checked.compiled:
        inputs = inputs.without_texts()
    target = Path(options.output) if options.output else project.folder / project.settings.output
    target = Path(os.path.abspath(target))
    try:
        outcomes, count = build(inputs, checked, target, run, waiting=_say_waiting)
    except PublishError as error:
        return fail(str(error), PROBLEMS)
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
