"""What all of `okrsite new` shares: the project as it lies there, and a draft on its way into it."""

import argparse
import os
import shlex
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from okrsite.commands.loading import find_project
from okrsite.commands.saying import FINE, report_problems, speak_utf8

if TYPE_CHECKING:
    from okrsite.core.drafts import Draft
    from okrsite.shell.drafts import Desk


class Addition(NamedTuple):
    """What a draft adds to a file that is there: its text before, entries by field, and a story after its body."""

    before: str
    entries: Counter[str]
    story: str = ""


def open_desk(options: argparse.Namespace) -> "Desk":
    """The project's content, compiled, to write something beside it."""
    from contextlib import closing

    from okrsite.shell import drafts
    from okrsite.shell.build import Run
    from okrsite.shell.cache import open_cache
    from okrsite.shell.project import day_of
    from okrsite.shell.workers import default_jobs

    project = find_project(options)
    with closing(open_cache(project.folder, writing=False)) as cache:
        return drafts.open_desk(project, day_of(options.today), Run(default_jobs(), cache))


def finish(
    desk: "Desk",
    draft: "Draft",
    options: argparse.Namespace,
    addition: Addition | None = None,
    *,
    carried: bool = False,
) -> int:
    """Try a draft and write or print it, with what `okrsite check` would warn of; of what was carried, also hint at."""
    from okrsite.core.diagnostics import Severity
    from okrsite.core.drafts.insertion import check_added
    from okrsite.shell.drafts import try_draft, write_new, write_over

    problems, inputs = try_draft(desk, draft)
    if addition:
        check_added(desk.source(draft.place), addition.before, draft.text, addition.entries, addition.story)
    report_problems(problems, inputs, options)
    if options.printed:
        speak_utf8()
        sys.stdout.write(draft.text)
        return FINE
    if addition:
        write_over(desk, draft, addition.before)
    else:
        write_new(desk, draft)
    if not options.quiet:
        path = os.path.relpath(desk.project.folder / desk.path(draft.place))
        print(path)
        own = [problem for problem in problems if problem.span.path == desk.path(draft.place)]
        hints = sum(problem.severity is Severity.HINT for problem in own)
        if carried and hints:
            print(f"{hints} {'hint' if hints == 1 else 'hints'} on what it carries over; `okrsite check` says which")
        print(f"read it through, and then: okrsite check{whence(options)} {shlex.quote(path)}")
    return FINE


def whence(options: argparse.Namespace) -> str:
    """What a command that is shown needs so that it is run on the same project; '' where it lies here."""
    return f" -C {shlex.quote(options.directory)}" if options.directory is not None else ""
