"""The project that a command is about, and its content."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okrsite.shell.build import Run
    from okrsite.shell.inputs import Inputs
    from okrsite.shell.project import Project


def find_project(options: argparse.Namespace) -> "Project":
    """The project with its settings; wrong ones are reported and end the command."""
    from okrsite.shell import project as projects

    return settled(projects.find_project(options.directory), options)


def settled(project: "Project", options: argparse.Namespace) -> "Project":
    """A project with what the call says of its settings; wrong ones are reported and end the command."""
    from dataclasses import replace

    from okrsite.core.settings import is_web_address
    from okrsite.render.report import render_report
    from okrsite.shell.project import UsageError

    if project.problems:
        print(
            render_report(project.problems, {"okrsite.toml": project.settings_text}, colour=False),
            file=sys.stderr,
            end="",
        )
        raise UsageError("the settings in okrsite.toml are wrong")
    base_url = getattr(options, "base_url", None)
    if base_url is not None:
        if not is_web_address(base_url):
            raise UsageError(f"--base-url takes an address such as https://okrs.example, not `{base_url}`")
        project = replace(project, settings=replace(project.settings, base_url=base_url))
    return project


@contextmanager
def read_project(project: "Project", options: argparse.Namespace) -> "Iterator[tuple[Inputs, Run]]":
    """A project as it was read for a command that writes nothing, but may use what builds have remembered."""
    from contextlib import closing

    from okrsite.shell.build import Run
    from okrsite.shell.cache import open_cache
    from okrsite.shell.inputs import read_inputs
    from okrsite.shell.project import day_of
    from okrsite.shell.workers import default_jobs

    with closing(open_cache(project.folder, writing=False)) as cache:
        yield read_inputs(project, day_of(options.today)), Run(default_jobs(), cache)
