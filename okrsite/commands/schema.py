"""`okrsite schema`: JSON Schema of the front matter and of the settings."""

import argparse
from typing import TYPE_CHECKING

from okrsite.commands.saying import FINE, as_json, speak_utf8

if TYPE_CHECKING:
    from okrsite.commands import Commands


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("schema", parents=[shared], help="print JSON Schema of the front matter, for editors")
    parser.add_argument("kind", nargs="?", metavar="KIND", help="team, okrs, checkin, retro, … (default: all)")
    parser.set_defaults(run=run_schema)


def run_schema(options: argparse.Namespace) -> int:
    """Print the schema of one kind of file, or all with the files that they are for."""
    from okrsite.core.diagnostics import did_you_mean
    from okrsite.core.schema import KINDS, every_schema, schema_of
    from okrsite.shell.project import UsageError

    if options.kind is not None and options.kind not in KINDS:
        near = did_you_mean(options.kind, KINDS) or f"one of {', '.join(KINDS)}"
        raise UsageError(f"there is no kind of file `{options.kind}`; {near}")
    speak_utf8()
    print(as_json(every_schema() if options.kind is None else schema_of(options.kind)))
    return FINE
