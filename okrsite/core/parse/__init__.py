"""One content file to one value: the first of the four steps, a map over files.

Parsing never fails: it returns what can be read and a problem for what cannot. A file's place says what it is
and who speaks; nothing in it can claim otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.fields import Reader
from okrsite.core.frontmatter import Document, read_document
from okrsite.core.lookalikes import check_hidden
from okrsite.core.model import AnyFile
from okrsite.core.parse import checkin, okrs, plain, retro, team
from okrsite.core.parse.place import Place, find_place
from okrsite.core.source import SourceFile
from okrsite.core.text import Home

PARSERS: Mapping[str, Callable[[Reader, Place], AnyFile]] = {
    "mission": plain.parse_mission,
    "cycle": plain.parse_cycle,
    "page": plain.parse_page,
    "question": plain.parse_question,
    "team": team.parse_team,
    "okrs": okrs.parse_okrs,
    "checkin": checkin.parse_checkin,
    "retro": retro.parse_retro,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file after reading: its value, if it has one, and its problems."""

    path: str
    file: AnyFile | None
    problems: tuple[Diagnostic, ...]


def parse_document(source: SourceFile) -> Parsed:
    """Read one content file; nothing in it can make this raise."""
    place, problems = find_place(source)
    if place is None:
        return Parsed(source.path, None, tuple(problems))
    document, found = read_document(source)
    problems += found
    known = {problem.span for problem in problems}
    problems += (hidden for hidden in check_hidden(source.path, source.text or "") if hidden.span not in known)
    home = Home(source.path, place.team, place.cycle)
    reader = Reader(document, home, problems)
    parse: Callable[[Reader, Place], AnyFile] = PARSERS[place.kind]
    if place.language:
        parse = plain.parse_translation
    file = parse(reader, place)
    said = (problem for problem in problems if (problem.code, *problem.span[:3]) not in reader.withdrawn)
    return Parsed(source.path, file, tuple(_as_typed(problem, document) for problem in said))


def _as_typed(problem: Diagnostic, document: Document) -> Diagnostic:
    """A problem within its line as it was typed, where that was quoted to be read."""
    line = document.mended.get(problem.span.line - 1)
    end = len(line.lead) + len(line.value) if line else problem.span.column
    return replace(problem, span=problem.span._replace(column=max(1, end))) if problem.span.column > end else problem


__all__ = ["Parsed", "Place", "parse_document"]
