"""`okrsite check`: reads everything, reports every problem, writes nothing."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from okrsite.commands.loading import find_project, read_project
from okrsite.commands.saying import FINE, PROBLEMS, as_json, counted, report_problems, speak_utf8

if TYPE_CHECKING:
    from okrsite.commands import Commands
    from okrsite.core.diagnostics import Diagnostic
    from okrsite.shell.inputs import Inputs
    from okrsite.shell.project import Project


FORMATS: Final = ("text", "json", "github", "gitlab", "sarif")


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", parents=[shared], help="report every problem, write nothing")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to report")
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report only what lies here")
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Read everything, report every problem, write nothing."""
    from okrsite.core.diagnostics import Severity
    from okrsite.shell.build import check
    from okrsite.shell.project import read_theme

    project = find_project(options)
    with read_project(project, options) as (inputs, run):
        checked = check(inputs, run)
    problems = _below(checked.problems, project, options.paths)
    if options.format != "text":
        speak_utf8()
        sys.stdout.write(_for_programs(options.format, problems, inputs))
    else:
        report_problems(problems, inputs, options, stream=sys.stdout)
        if not options.quiet:
            print(counted(problems))
    read_theme(project)  # what a build would refuse is refused here too
    stopping = [Severity.ERROR, Severity.WARNING] if options.strict else [Severity.ERROR]
    return PROBLEMS if any(problem.severity in stopping for problem in problems) else FINE


def _for_programs(form: str, problems: "Sequence[Diagnostic]", inputs: "Inputs") -> str:
    """The problems in a form that another program reads."""
    from okrsite.core.export import problem_values
    from okrsite.render.exchange import gitlab_values, render_github, sarif_values

    if form == "json":
        return as_json({"problems": problem_values(problems)}) + "\n"
    prefix = f"{inputs.folder}/" if inputs.folder else ""
    if form == "github":
        return render_github(problems, prefix)
    if form == "gitlab":
        return as_json(gitlab_values(problems, prefix)) + "\n"
    return as_json(sarif_values(problems, inputs.project.settings.levels, prefix)) + "\n"


def _below(problems: "Sequence[Diagnostic]", project: "Project", paths: Sequence[str]) -> "Sequence[Diagnostic]":
    """The problems of the files and folders that were named, or all."""
    from okrsite.core.refs import normal
    from okrsite.shell.project import UsageError

    wanted = []
    for path in paths:
        within = normal(os.path.relpath(os.path.realpath(path), project.folder).replace(os.sep, "/"))
        known = os.path.exists(path) or any(_is_below(problem.span.path, within) for problem in problems)
        if within.startswith("..") or not known:
            near = _in_content(project, within)
            raise UsageError(f"{path} is no file or folder of the project in {project.folder}{near}")
        wanted.append(within)
    if not wanted or "." in wanted:
        return problems
    return [problem for problem in problems if any(_is_below(problem.span.path, within) for within in wanted)]


def _in_content(project: "Project", within: str) -> str:
    """A hint to the path of what was named from the content folder on, or by a team's name alone."""
    content = project.folder / project.settings.content
    found = next((path for path in (content / within, content / "teams" / within) if path.exists()), None)
    return f"; write `{os.path.relpath(found)}`" if found and not within.startswith("..") else ""


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
