"""`okrsite export`: prints everything computed."""

import argparse
import sys
from typing import TYPE_CHECKING

from okrsite.commands.loading import find_project, read_project
from okrsite.commands.saying import FINE, PROBLEMS, as_json, counted, fail, speak_utf8

if TYPE_CHECKING:
    from okrsite.commands import Commands


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("export", parents=[shared], help="print all computed data")
    parser.add_argument("--format", choices=["json", "csv"], default="json", help="JSON, or a table of key results")
    parser.set_defaults(run=run_export)


def run_export(options: argparse.Namespace) -> int:
    """Print all computed data."""
    import csv

    from okrsite.core.diagnostics import Severity
    from okrsite.core.export import export_company, export_table
    from okrsite.shell.build import load

    project = find_project(options)
    with read_project(project, options) as (inputs, run):
        compiled = load(inputs, run)
    speak_utf8()
    if options.format == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows(export_table(compiled))
    else:
        print(as_json(export_company(compiled)))
    if any(problem.severity is Severity.ERROR for problem in compiled.problems):
        return fail(f"{counted(compiled.problems)}; see `okrsite check`", PROBLEMS)
    return FINE
