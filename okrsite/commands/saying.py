"""What commands say, and how: reports, JSON, and one line when something is in the way."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from okrsite.core.diagnostics import Diagnostic
    from okrsite.shell.inputs import Inputs

FINE: Final = 0
PROBLEMS: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130


def silence() -> None:
    """Let nothing more be written to standard output, which has failed once."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Write what programs read in UTF-8, whatever the terminal's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def as_json(values: object) -> str:
    """Values as JSON in which no text is a command to a CI system that reads logs, such as `##word[`."""
    import json

    return json.dumps(values, ensure_ascii=False, indent=2).replace("##", "#\\u0023")


def fail(message: str, code: int) -> int:
    from okrsite.render.report import printable

    with suppress(OSError):
        print(f"okrsite: {printable(message)}", file=sys.stderr, flush=True)
    return code


def warn(message: str) -> None:
    """Say that a result stands, but not on all that it should."""
    from okrsite.render.report import printable

    print(f"warning: {printable(message)}", file=sys.stderr, flush=True)


def report_problems(
    problems: "Sequence[Diagnostic]", inputs: "Inputs", options: argparse.Namespace, stream: object = None
) -> None:
    """Print problems: all of them with -v, else without hints where nobody asked for them."""
    from okrsite.core.diagnostics import Severity
    from okrsite.render.report import render_report

    out = sys.stderr if stream is None else sys.stdout
    shown = problems
    if stream is None and not options.verbose:
        shown = [problem for problem in problems if problem.severity is not Severity.HINT]
    if options.quiet:
        shown = [problem for problem in shown if problem.severity is Severity.ERROR]
    if shown:
        texts = inputs.texts(problem.span.path for problem in shown)
        out.write(render_report(shown, texts, colour=wants_colour(out, options)))


def wants_colour(out: TextIO, options: argparse.Namespace) -> bool:
    """Whether what is written here is read on a terminal by somebody who has not asked for plain text."""
    return out.isatty() and not options.no_color and not os.environ.get("NO_COLOR")


def counted(problems: "Sequence[Diagnostic]") -> str:
    from okrsite.render.report import summary

    return summary(problems)
