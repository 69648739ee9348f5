"""Files of 64 KiB that are made to be slow, large or deep are read within bounds and silence nobody else."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.companies import ROOT, write_files
from tests.conftest import environment
from tests.hostile.bombs import BOMBS, SIZE
from tests.hostile.sites import FRAME

MEMORY: Final = 256 * 1024
"""KiB that reading one hostile file may take, Python and all libraries included."""
GROWTH: Final = 20
CHROME: Final = 64 * 1024

Outcomes = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """How the build of each recipe ended, each in a process of its own, two at a time."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, files in BOMBS.items():
        content = {**FRAME, **files()}
        assert max(len(text.encode()) for text in content.values()) <= SIZE
        write_files(folder / name, {f"content/{place}": text for place, text in content.items()})
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.bounded", *(str(folder / name) for name in list(BOMBS)[half::2])],
            cwd=ROOT,
            env=environment({}),
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in (0, 1)
    ]
    said = [run.communicate()[0] for run in runs]
    ended = [json.loads(line) for part in said for line in part.splitlines()]
    return {Path(outcome["folder"]).name: outcome for outcome in ended}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_within_five_seconds_and_without_a_traceback(outcomes: Outcomes, name: str) -> None:
    outcome = outcomes[name]
    assert outcome["signal"] is None, outcome
    assert not outcome["traceback"], outcome["said"]
    assert outcome["exit"] in (0, 1), outcome


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_little_memory(outcomes: Outcomes, name: str) -> None:
    assert outcomes[name]["peak"] <= MEMORY


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_keep_the_others_from_being_published(outcomes: Outcomes, name: str) -> None:
    outcome = outcomes[name]
    assert outcome["exit"] == 0, outcome["said"]
    assert (Path(outcome["folder"]) / "site" / "teams" / "acme" / "index.html").is_file()


@pytest.mark.parametrize("name", [name for name in BOMBS if name.startswith("markdown-")])
def test_markdown_does_not_grow_beyond_its_measure(outcomes: Outcomes, name: str) -> None:
    page = Path(outcomes[name]["folder"]) / "site" / "pages" / "guide.html"
    assert page.stat().st_size <= GROWTH * SIZE + CHROME


def test_there_are_bombs_of_every_kind() -> None:
    kinds = [name.split("-")[0] for name in BOMBS]
    assert min(kinds.count("markdown"), kinds.count("yaml"), kinds.count("company")) >= 20
    assert sum(len(text.encode()) > SIZE - 200 for files in BOMBS.values() for text in files().values()) >= 60
