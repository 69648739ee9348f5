"""`okrsite serve`: shows the site in a browser while it is being written."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NoReturn

from okrsite.commands.saying import report_problems, wants_colour

if TYPE_CHECKING:
    from pathlib import Path

    from okrsite.commands import Commands
    from okrsite.core.diagnostics import Diagnostic
    from okrsite.shell.inputs import Inputs

HOST: Final = "127.0.0.1"
PORT: Final = 8000
MAX_PORT: Final = 65_535


def add_to(commands: "Commands", shared: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", parents=[shared], help="show the site in a browser while it is being written")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help="default: 8000, or the next that is free")
    parser.add_argument("--host", default=HOST, metavar="HOST", help="default: 127.0.0.1, which is this machine alone")
    parser.add_argument("--open", action="store_true", help="open a browser")
    parser.add_argument("--keep-going", action="store_true", help="show what is sound in spite of errors")
    parser.add_argument("--poll", action="store_true", help="look for changes, where the system does not tell of them")
    parser.set_defaults(run=run_serve)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"a port from 0 (any that is free) to {MAX_PORT}, not `{text}`")
    return int(text)


def run_serve(options: argparse.Namespace) -> NoReturn:
    """Show the site until interrupted."""
    from contextlib import closing

    from okrsite.core.settings import FILE_NAME
    from okrsite.shell.build import Run
    from okrsite.shell.cache import open_cache
    from okrsite.shell.project import check_content, day_of, find_folder, read_project
    from okrsite.shell.serving.rebuilding import Rebuilding
    from okrsite.shell.serving.server import Server, listen
    from okrsite.shell.watch import Watch
    from okrsite.shell.workers import default_jobs

    folder = find_folder(options.directory)
    day_of(options.today)
    if not (folder / FILE_NAME).exists():
        check_content(read_project(folder))  # what is wrong in a project is shown in the browser, but here is none
    with (
        closing(listen(options.host, options.port)) as listener,
        closing(Server(listener, options.host)) as server,
        closing(open_cache(folder, writing=True)) as cache,
        closing(Watch(told=not options.poll)) as watch,
    ):
        terminal = _Terminal(folder, options)
        run, keep_going = Run(default_jobs(), cache), options.keep_going
        rebuilding = Rebuilding(folder, lambda: day_of(options.today), run, watch, terminal, keep_going=keep_going)
        rebuilding.build()
        server.start(rebuilding.now)
        watch.listen()
        terminal.begin(server.address, told=watch.is_told or options.poll)
        rebuilding.follow(server)


class _Terminal:
    """Says what becomes of each build where the command was started."""

    def __init__(self, folder: "Path", options: argparse.Namespace) -> None:
        self._folder, self._options = folder, options
        self._warned: object = None
        self._quiet = bool(options.quiet)

    def begin(self, address: str, *, told: bool) -> None:
        """Say where the site is, and lead there."""
        if not told:
            print("okrsite: this system does not tell of changes; files are looked at again and again", file=sys.stderr)
        print(f"{address} shows the site; Ctrl+C ends it", flush=True)
        if self._options.open:
            import webbrowser

            webbrowser.open(address)

    def built(
        self, inputs: "Inputs", problems: "tuple[Diagnostic, ...]", changed: "frozenset[Path]", seconds: float
    ) -> None:
        """Say what was built anew, and what was found that is no error."""
        if problems != self._warned:
            report_problems(problems, inputs, self._options)
            self._warned = problems
        if changed and not self._quiet:
            from okrsite.render.report import printable

            files = [path for path in changed if not path.is_dir()] or changed
            first, *others = sorted(os.path.relpath(path, self._folder) for path in files)
            more = f" and {len(others)} more" if others else ""
            print(f"{seconds * 1000:.0f} ms: {printable(first)}{more}", flush=True)

    def failed(self, report: Callable[[bool], str]) -> None:
        """Print what is wrong."""
        self._warned = None
        sys.stderr.write(report(wants_colour(sys.stderr, self._options)))
        print("okrsite: what is shown stays as it was", file=sys.stderr, flush=True)
