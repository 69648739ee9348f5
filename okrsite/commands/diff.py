"""`okrsite diff`: what changed in meaning between two commits, or since one."""

import argparse
import sys
from typing import TYPE_CHECKING

from okrsite.commands.loading import settled
from okrsite.commands.saying import FINE, as_json, speak_utf8, warn

if TYPE_CHECKING:
    from okrsite.commands import Commands
    from okrsite.core.differences import State
    from okrsite.shell.build import Run
    from okrsite.shell.project import Project


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("diff", parents=[shared], help="say what changed in meaning")
    parser.add_argument("--format", choices=["text", "markdown", "json"], default="text", help="how to say it")
    parser.add_argument("revisions", metavar="REV[..REV]", help="since a commit or day; `a...b`: since they parted")
    parser.set_defaults(run=run_diff)


def run_diff(options: argparse.Namespace) -> int:
    """Print what changed in meaning."""
    from contextlib import closing

    from okrsite.core.differences import differences, not_compared
    from okrsite.core.export import change_values
    from okrsite.render.differences import render_markdown, render_text
    from okrsite.shell.build import Run
    from okrsite.shell.cache import open_cache
    from okrsite.shell.past import parted
    from okrsite.shell.project import find_folder
    from okrsite.shell.workers import default_jobs

    folder = find_folder(options.directory)
    first, dots, last = options.revisions.partition("..")
    if dots and last.startswith("."):
        last = last[1:] or "HEAD"
        first = parted(folder, first or "HEAD", last)
    with closing(open_cache(folder, writing=False)) as cache:
        run = Run(default_jobs(), cache)
        before = _state(first or "HEAD", options, run)
        after = _state((last or "HEAD") if dots else "", options, run)
    apart = not_compared(before, after)
    changes = differences(before, after, apart)
    speak_utf8()
    if options.format == "json":
        print(as_json({"changes": change_values(changes), "not_compared": list(apart)}))
    else:
        render = render_markdown if options.format == "markdown" else render_text
        sys.stdout.write(render(changes, tuple(apart), after.compiled.company))
    return FINE


def _state(revision: str, options: argparse.Namespace, run: "Run") -> "State":
    """The state of a commit; '' is the work tree."""
    from okrsite.shell.past import past_project
    from okrsite.shell.project import find_folder, find_project

    if not revision:
        return _read(settled(find_project(options.directory), options), options, run)
    with past_project(find_folder(options.directory), revision) as (project, _, _):
        if project.problems and not options.quiet:
            warn(f"the settings of `{revision}` are wrong; where they cannot be read the defaults stand for them")
        return _read(project, options, run)


def _read(project: "Project", options: argparse.Namespace, run: "Run") -> "State":
    from dataclasses import replace

    from okrsite.core.diagnostics import Severity
    from okrsite.core.differences import State
    from okrsite.shell.build import Memory, load
    from okrsite.shell.inputs import inputs_of
    from okrsite.shell.project import day_of

    inputs = inputs_of(project, day_of(options.today), None)
    memory = Memory()  # so that nothing is parsed twice
    compiled = load(inputs, replace(run, memory=memory))
    wrong = frozenset(problem.span.path for problem in compiled.problems if problem.severity is Severity.ERROR)
    files = {parsed.file.path: parsed.file for parsed in memory.parsed.values() if parsed.file}
    return State(files, {source.path: source for source in inputs.content.sources}, wrong, compiled)
