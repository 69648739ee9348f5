"""Files that people are helped to write: tried within the company before they are written, and never over others.

What `okrsite check` would call an error is not written.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.drafts import CannotDraftError, Draft
from okrsite.core.drafts.insertion import as_read
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.source import SourceFile
from okrsite.shell.adding import ChangedMeanwhileError, add_file, exchange_file, read_whole
from okrsite.shell.build import Run, facts_of
from okrsite.shell.collection import paused
from okrsite.shell.files import MAX_BYTES
from okrsite.shell.inputs import Inputs, read_inputs
from okrsite.shell.memo import parse_sources
from okrsite.shell.project import Project


@dataclass(frozen=True, slots=True)
class Desk:
    """A project's content as it lies there, to write something beside it."""

    inputs: Inputs
    parsed: Sequence[Parsed]
    compiled: Compiled

    @property
    def project(self) -> Project:
        return self.inputs.project

    @property
    def today(self) -> date:
        return self.inputs.today

    def path(self, place: str) -> str:
        """The path in the project of a place in the content folder."""
        return f"{self.project.settings.content}/{place}"

    def source(self, place: str) -> SourceFile:
        """The source at a place; without a text when there is none."""
        found = next((source for source in self.inputs.content.sources if source.place == place), None)
        return found or SourceFile(self.path(place), place, None)

    def exists(self, place: str) -> bool:
        """Whether something lies at a place."""
        return os.path.lexists(self.project.folder / self.path(place))


def open_desk(project: Project, today: date, run: Run) -> Desk:
    """Read, parse and compile a project, and keep what is needed to try a draft."""
    with paused():
        inputs = read_inputs(project, today)
        parsed = parse_sources(inputs.content.sources, run.cache, run.jobs, {})
        return Desk(inputs, parsed, _compiled(inputs, parsed))


def _compiled(inputs: Inputs, parsed: Sequence[Parsed]) -> Compiled:
    return compile_company(parsed, facts_of(inputs, parsed), inputs.content.problems)


def try_draft(desk: Desk, draft: Draft) -> tuple[tuple[Diagnostic, ...], Inputs]:
    """What `okrsite check` would say of a draft, and all that was read with it.

    Raises CannotDraftError when the draft would bring an error, here or elsewhere.
    """
    path = desk.path(draft.place)
    if len(draft.text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise CannotDraftError(f"{path} would be larger than {MAX_BYTES // 1024} KiB; say less in it")
    source = SourceFile(path, draft.place, as_read(draft.text))
    others = [(s, p) for s, p in zip(desk.inputs.content.sources, desk.parsed, strict=True) if s.place != draft.place]
    pairs = sorted([*others, (source, parse_document(source))], key=lambda pair: pair[0].path.split("/"))
    with paused():
        content = replace(desk.inputs.content, sources=tuple(s for s, _ in pairs))
        inputs = replace(desk.inputs, content=content)
        compiled = _compiled(inputs, [parsed for _, parsed in pairs])
    before = Counter(_kind(problem) for problem in desk.compiled.problems)
    fresh = []
    for problem in compiled.problems:
        before[_kind(problem)] -= 1
        if before[_kind(problem)] < 0:
            fresh.append(problem)
    wrong = [problem for problem in fresh if problem.severity is Severity.ERROR]
    if wrong:
        raise CannotDraftError(*(_in_words(problem, path) for problem in wrong))
    return tuple(fresh), inputs


def _kind(problem: Diagnostic) -> tuple[str, str, str]:
    return problem.span.path, problem.code, problem.message


def _in_words(problem: Diagnostic, path: str) -> str:
    """A problem in one line, with its place where that is not the draft."""
    where = "" if problem.span.path == path else f"{problem.span.path}:{problem.span.line}: "
    return f"{where}{problem.message}{'; ' if problem.hint else ''}{problem.hint}"


def read_raw(desk: Desk, place: str) -> str:
    """The text of a content file with its byte order mark and its line ends."""
    return read_whole(desk.project.folder, desk.path(place))


def write_new(desk: Desk, draft: Draft) -> None:
    """Write a file that is not there yet. Raises CannotDraftError when there is one already, and OSError."""
    try:
        add_file(desk.project.folder, desk.path(draft.place), draft.text)
    except FileExistsError:
        raise CannotDraftError(f"{desk.path(draft.place)} is there already; it is left as it is") from None


def write_over(desk: Desk, draft: Draft, before: str) -> None:
    """Put a changed text in the place of the one that was read.

    Raises CannotDraftError when somebody has changed the file meanwhile, and OSError.
    """
    path = desk.path(draft.place)
    try:
        exchange_file(desk.project.folder, path, draft.text, before)
    except ChangedMeanwhileError:
        raise CannotDraftError(f"{path} was changed meanwhile; nothing was written, try again") from None
