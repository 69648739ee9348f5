"""A minute of the long day, always the same edits; `python -m tests.soak` lives through a whole one."""

from tests.soak.day import run

SECONDS = 30.0
SEED = 7


def test_every_edit_is_seen_and_the_site_is_a_clean_build_in_the_end() -> None:
    day = run(SEED, SECONDS)
    assert day.faults == []
    assert len(day.waits) > 50
    assert day.files > 50
    assert day.percentile(0.5) < 1.0
