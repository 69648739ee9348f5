"""The command line: which commands there are, what they share, and how each of them ends."""

import argparse
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from okrsite import __version__
from okrsite.commands import build, check, diff, export, init, new, rules, schema, serve
from okrsite.commands.saying import FINE, INTERRUPTED, PROBLEMS, WRONG_USAGE, fail, silence

COMMANDS: Final = (init, new, build, serve, check, diff, export, rules, schema)
"""In the order in which `--help` lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 problems found, 2 wrong usage or settings."""
    options = _parser().parse_args(arguments, argparse.Namespace(**_DEFAULTS))
    from okrsite.core.drafts import CannotDraftError
    from okrsite.render.page import TemplateFailureError
    from okrsite.shell.files import NotTextError, reason
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
        return fail(str(error), WRONG_USAGE)
    except (TemplateFailureError, NotTextError) as error:
        return fail(str(error), PROBLEMS)
    except CannotDraftError as error:
        return max(fail(message, PROBLEMS) for message in error.messages)
    except KeyboardInterrupt as interrupt:
        return fail(f"interrupted{'; ' if str(interrupt) else ''}{interrupt}", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; what is left of it must not fail again at exit.
        silence()
        return FINE if options.run is export.run_export else PROBLEMS
    except OSError as error:
        silence()
        return fail(f"cannot go on: {reason(error)}", PROBLEMS)


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


class _Parser(argparse.ArgumentParser):
    """Takes options between arguments too, and says in one line what it does not understand."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What arguments say. A command's words may stand on both sides of its options, which argparse leaves out."""
        if self._subparsers or self._interleaving:
            return super().parse_known_args(args, namespace)
        self._interleaving = True
        try:
            found, unknown = self.parse_known_intermixed_args(args, namespace)
        finally:
            self._interleaving = False
        if unknown:
            self.error(f"`{unknown[0]}` is not understood{self._near_option(unknown[0])}")
        return found, unknown

    _interleaving = False

    def _near_option(self, word: str) -> str:
        """What a word that a command does not take may mean: a misspelt option, or a cycle without its option."""
        from okrsite.core.cycles import period
        from okrsite.core.diagnostics import did_you_mean

        options = self._option_string_actions
        if word.startswith("-"):
            near = did_you_mean(word.partition("=")[0], options)
        else:
            near = f"write `--cycle {word}`" if "--cycle" in options and period(word, 1) else ""
        return f"; {near}" if near else ""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a word that is none of those an argument can be, and name the nearest."""
        from difflib import get_close_matches

        if action.choices is None or value in action.choices:
            return
        words = {**_below(action), **{str(choice): str(choice) for choice in action.choices}}
        near = get_close_matches(str(value).casefold(), words, n=1)
        hint = f"did you mean `{words[near[0]]}`?" if near else f"there are {', '.join(map(str, action.choices))}"
        raise argparse.ArgumentError(action, f"`{value}` is not known; {hint}")

    def error(self, message: str) -> NoReturn:
        self.exit(fail(f"{message}; see `{self.prog} --help`", WRONG_USAGE))


def _below(action: argparse.Action) -> dict[str, str]:
    """The commands that stand below others, by their own word, with the words to write."""
    commands = action.choices.items() if isinstance(action, argparse._SubParsersAction) else ()
    nested = [(name, below) for name, parser in commands for below in parser._actions]
    return {
        word: f"{name} {word}"
        for name, below in nested
        if isinstance(below, argparse._SubParsersAction)
        for word in below.choices
    }


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
    for command in COMMANDS:
        command.add_to(commands, shared)
    return parser
