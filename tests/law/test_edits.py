"""After every edit of every sequence a build over the old site gives what a build from nothing gives."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import pytest

from okrsite.render.fingerprint import Shown
from okrsite.shell import memo, pages
from okrsite.shell.output import Publication
from tests.law.__main__ import outcomes
from tests.law.sequences import EDITS, Outcome, planned, run, shrunk, told

SEEDS: Final = (*range(13), 14, 17)
"""A share of what `python -m tests.law --sequences 1000` does, in which every edit is seen."""


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    """What became of each sequence."""
    return list(outcomes(SEEDS, jobs=2))


def test_an_incremental_build_is_a_clean_build_after_every_edit(found: list[Outcome]) -> None:
    assert len(found) == len(SEEDS)
    assert "\n".join(told(outcome) for outcome in found if outcome.faults) == ""


def test_the_sequences_see_every_edit_and_every_outcome(found: list[Outcome]) -> None:
    seen = sum((outcome.seen for outcome in found), Counter[str]())
    assert [name for name in EDITS if not seen[name]] == []
    assert seen["exit 0"] > seen["exit 1"] > 0
    assert seen["exit 2"] > 0
    assert seen["some rendered, some kept"] > len(SEEDS)
    assert seen["kept"] > 10 * len(SEEDS)
    assert seen["rendered"] > 10 * len(SEEDS)


def test_a_sequence_is_the_same_each_time(found: list[Outcome]) -> None:
    assert planned(3) == planned(3) != planned(4)
    assert run(3) == found[3] != found[4]


# --- the law can be broken ------------------------------------------------------------------------------------------


def _first_broken() -> Outcome:
    """The first sequence in which something does not hold."""
    return next(outcome for outcome in map(run, SEEDS) if outcome.faults)


def test_a_build_that_takes_every_page_for_unchanged_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "fingerprint", lambda view: Shown(b"s" * 16, b"p" * 4))
    assert any("differs from byte" in fault for fault in _first_broken().faults)


def test_a_build_that_believes_the_site_to_be_as_it_left_it_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    has: Callable[..., bool] = Publication.has
    monkeypatch.setattr(Publication, "has", lambda site, path, content=None: has(site, path))
    assert _first_broken().faults


def test_a_build_that_remembers_files_by_their_place_alone_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "key_of", lambda source: source.path.encode())
    assert _first_broken().faults


def test_a_build_that_writes_everything_anew_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Publication, "has", lambda *_: False)
    assert any("the same, but another file" in fault for fault in _first_broken().faults)


def test_a_failing_sequence_is_told_with_few_edits_and_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    key: Callable[[Any], bytes] = memo.key_of
    monkeypatch.setattr(memo, "key_of", lambda source: b"" if source.place.startswith("cycles/") else key(source))
    first = _first_broken()
    small = shrunk(first.seed, replays=2)
    assert small.faults
    assert len(small.story) <= len(first.story)
    assert f"--seed {first.seed}" in told(small)
