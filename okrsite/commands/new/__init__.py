"""`okrsite new`: writes a correct, pre-filled file, and never over another."""

import argparse
from typing import TYPE_CHECKING

from okrsite.commands.new import checkin, okrs, plain, retro

if TYPE_CHECKING:
    from okrsite.commands import Commands

KINDS = (checkin, okrs, retro, plain)
"""In the order in which `--help` lists them."""


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command and what it can write."""
    parser = commands.add_parser("new", parents=[shared], help="write a pre-filled file: a check-in, objectives …")
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    writing = argparse.ArgumentParser(add_help=False, parents=[shared])
    writing.add_argument("--print", dest="printed", action="store_true", help="print the file instead of writing it")
    for kind in KINDS:
        kind.add_to(kinds, writing)
