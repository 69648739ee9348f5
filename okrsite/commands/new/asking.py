"""Questions in the terminal. What is asked goes to the terminal alone, so that a printed draft stays a draft."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

Answer = TypeVar("Answer")


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def asking() -> Iterator[None]:
    """Questions of which none is half answered: who leaves early leaves nothing behind."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    with suppress(ImportError):
        import readline  # noqa: F401 - lets answers be edited
    try:
        yield
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        raise KeyboardInterrupt("nothing was written") from None


def say(words: str = "") -> None:
    """Show a line to who is asked."""
    from okrsite.render.report import printable

    print(printable(words), file=_out(), flush=True)


def ask(question: str) -> str:
    """What somebody types in answer to a question, without blanks around it. Raises EOFError."""
    from okrsite.render.report import printable

    words = f"{printable(question)} "
    if _out() is sys.stdout:
        return input(words).strip()
    print(words, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def ask_until(question: str, read: Callable[[str], Answer]) -> Answer | None:
    """What an answer means; an answer that means nothing is asked for again, an empty one is None."""
    from okrsite.core.drafts import CannotDraftError

    while typed := ask(question):
        try:
            return read(typed)
        except CannotDraftError as error:
            for message in error.messages:
                say(f"    {message}")
    return None


def ask_whether(question: str, *, usual: bool) -> bool:
    """Yes or no; Enter gives the usual answer, whose letter is shown as a capital."""
    from okrsite.core.drafts.answers import parse_choice

    answer = ask_until(f"{question} [{'Y/n' if usual else 'y/N'}]", parse_choice)
    return usual if answer is None else answer


def ask_lines(question: str) -> str:
    """A text of several lines, up to an empty one."""
    from okrsite.core.drafts.lines import cleaned

    say(question)
    lines = []
    while line := ask(">"):
        lines.append(line)
    return cleaned("\n".join(lines), "the text")


def _out() -> TextIO:
    return sys.stdout if sys.stdout.isatty() else sys.stderr
