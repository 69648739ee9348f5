"""A company made of strings: content files by their place, settings and a day, compiled without a disk."""

from collections.abc import Iterable, Mapping
from datetime import date
from textwrap import dedent
from typing import Any

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.diagnostics import ADVICE, Diagnostic
from okrsite.core.export import export_company
from okrsite.core.link import Facts
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile

TODAY = "2026-11-22"
"""A day in the middle of 2026-Q4."""
CONTENT = "content/"


def matter(fields: str, body: str = "") -> str:
    """A content file: front matter, whose first field stands in line 2, and a body."""
    lines = dedent(fields).strip("\n")
    return f"---\n{lines}\n---\n{body}" if lines else f"---\n---\n{body}"


def parsed(place: str, text: str) -> Parsed:
    """One content file after reading."""
    return parse_document(SourceFile(CONTENT + place, place, text))


def compiled(files: Mapping[str, str], *, today: str = TODAY, settings: str = "") -> Compiled:
    """A company compiled from its content files."""
    values, found = parse_settings(dedent(settings))
    sources = sorted(files.items(), key=lambda item: item[0].split("/"))
    facts = Facts(values, date.fromisoformat(today))
    return compile_company([parsed(place, text) for place, text in sources], facts, found)


def exported(files: Mapping[str, str], *, today: str = TODAY, settings: str = "") -> dict[str, Any]:
    """All computed data of a company, as scripts receive it."""
    return export_company(compiled(files, today=today, settings=settings))


def codes(problems: Iterable[Diagnostic], *besides: str) -> list[str]:
    """The codes of problems in order; `no-team-file`, advice and the codes named are passed over."""
    return [problem.code for problem in problems if problem.code not in ("no-team-file", *ADVICE, *besides)]


def place_of(problem: Diagnostic) -> str:
    """Where a problem stands, as a report writes it."""
    span = problem.span
    return f"{span.path.removeprefix(CONTENT)}:{span.line}:{span.column}"


def only(problems: Iterable[Diagnostic], code: str) -> Diagnostic:
    """The one problem of a code."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, [problem.code for problem in problems]
    return found[0]
