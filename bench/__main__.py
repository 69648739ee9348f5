"""`python -m bench`: makes a company, builds it with okrsite and with Hugo in turn, and prints what that took."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.cases import peaks, prepare, take_turns
from bench.company import SIZES, write_company
from bench.measuring import FailedRunError
from bench.report import render_builds, render_edits
from bench.serving import time_edits
from bench.tools import Place, find_hugo, set_up

_WORK: Final = Path(tempfile.gettempdir()) / f"okrsite-bench-{os.getuid()}"


def main() -> int:
    """Do what the command line says; 1 when something that was measured has failed."""
    options = _parser().parse_args()
    work: Path = options.work.absolute()
    try:
        if options.do == "setup":
            set_up(work)
        elif options.do == "company":
            print(write_company(options.folder, *SIZES[options.size]), "files")
        else:
            _measure(options, work)
    except (FailedRunError, FileNotFoundError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _measure(options: argparse.Namespace, work: Path) -> None:
    program = options.hugo or find_hugo(work)
    work.mkdir(parents=True, exist_ok=True)
    place = Place(work, options.size)
    prepare(place)
    if options.turns:
        runs = take_turns(place, program, options.turns)
        print(render_builds(options.size, runs, peaks(place, program)), flush=True)
    if options.edits:
        print(render_edits(time_edits(place, program, options.edits)), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--work", type=Path, default=_WORK, help="a folder of its own (default: %(default)s)")
    commands = parser.add_subparsers(dest="do", required=True)
    commands.add_parser("setup", parents=[shared], help="install Hugo, once")
    company = commands.add_parser("company", parents=[shared], help="only write the company")
    company.add_argument("folder", type=Path, help="a new folder")
    company.add_argument("--size", type=int, choices=SIZES, default=100, help="team-cycles")
    measure = commands.add_parser("run", parents=[shared], help="measure")
    measure.add_argument("size", type=int, choices=SIZES, help="team-cycles")
    measure.add_argument("--turns", type=int, default=5, help="how often each case is run; 0 leaves builds out")
    measure.add_argument("--edits", type=int, default=0, metavar="N", help="also serve, and time N saves")
    measure.add_argument("--hugo", help="the Hugo program (default: what `setup` installed)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
