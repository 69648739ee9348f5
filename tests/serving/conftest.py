"""A served project for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companies import FINE, write_files
from tests.serving.running import Serving, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project without a problem."""
    project = tmp_path / "project"
    project.mkdir()
    return write_files(project, {"okrsite.toml": "", **FINE})


@pytest.fixture
def served(folder: Path) -> Iterator[Serving]:
    """The same, being served."""
    with serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Such a project being served, for tests that ask and change nothing."""
    with serving(write_files(tmp_path_factory.mktemp("asked") / "project", FINE)) as running:
        yield running
