"""Where an objective comes from and where it went, through cycles, teams, branches and circles."""

from itertools import pairwise

import pytest

from okrsite.core.lineage import MAX_LINEAGE, lineage, predecessors, successors

from .company import compiled, matter


def _files(*objectives: str) -> dict[str, str]:
    """Objectives such as `a/2026-Q1/o carried_from: …`, each alone in its team's cycle."""
    files = {}
    for said in objectives:
        place, _, fields = said.partition(" ")
        team, cycle, name = place.split("/")
        line = f"\n    {fields}" if fields else ""
        files[f"teams/{team}/{cycle}/okrs.md"] = matter(f"objectives:\n  {name}:\n    title: T{line}")
    return files


CHAIN = _files(
    "a/2026-Q1/o",
    "a/2026-Q2/o carried_from: a/2026-Q1/o",
    "b/2026-Q2/o moved_from: a/2026-Q2/o",
    "b/2026-Q3/o carried_from: b/2026-Q2/o",
    "b/2026-Q4/o carried_from: b/2026-Q3/o",
    "c/2026-Q4/o",
)


@pytest.mark.parametrize("ref", ["a/2026-Q1/o", "a/2026-Q2/o", "b/2026-Q2/o", "b/2026-Q4/o"])
def test_every_part_of_a_chain_knows_the_whole_of_it_in_order_of_time(ref: str) -> None:
    whole = ("a/2026-Q1/o", "a/2026-Q2/o", "b/2026-Q2/o", "b/2026-Q3/o", "b/2026-Q4/o")
    assert lineage(ref, compiled(CHAIN).company) == whole


def test_what_is_alone_is_its_own_chain() -> None:
    assert lineage("c/2026-Q4/o", compiled(CHAIN).company) == ("c/2026-Q4/o",)


@pytest.mark.parametrize("side", ["a/2026-Q2/o moved_to: b/2026-Q2/o", "b/2026-Q2/o moved_from: a/2026-Q2/o"])
def test_a_handover_is_known_whichever_side_says_it(side: str) -> None:
    company = compiled({**_files("a/2026-Q2/o", "b/2026-Q2/o"), **_files(side)}).company
    assert successors("a/2026-Q2/o", company) == ("b/2026-Q2/o",)
    assert predecessors("b/2026-Q2/o", company) == ("a/2026-Q2/o",)


def test_branches_that_meet_belong_to_the_chain_and_other_branches_do_not() -> None:
    files = _files(
        "a/2026-Q1/o",
        "b/2026-Q1/o",
        "a/2026-Q2/o carried_from: [a/2026-Q1/o, b/2026-Q1/o]",
        "b/2026-Q2/o carried_from: b/2026-Q1/o",
    )
    company = compiled(files).company
    assert set(lineage("a/2026-Q2/o", company)) == {"a/2026-Q1/o", "b/2026-Q1/o", "a/2026-Q2/o"}
    assert set(lineage("b/2026-Q1/o", company)) == {"b/2026-Q1/o", "a/2026-Q2/o", "b/2026-Q2/o"}


def test_a_circle_ends_where_it_would_close() -> None:
    files = _files("a/2026-Q1/o carried_from: a/2026-Q2/o", "a/2026-Q2/o carried_from: a/2026-Q1/o")
    assert lineage("a/2026-Q1/o", compiled(files).company) == ("a/2026-Q1/o", "a/2026-Q2/o")


def test_a_chain_without_end_is_followed_so_far() -> None:
    months = [f"{year}-{month:02}" for year in range(2000, 2008) for month in range(1, 13)]
    links = [f"a/{after}/o carried_from: a/{before}/o" for before, after in pairwise(months)]
    company = compiled(_files(f"a/{months[0]}/o", *links)).company
    chain = lineage(f"a/{months[-1]}/o", company)
    assert chain[-1] == f"a/{months[-1]}/o"
    assert len(chain) == MAX_LINEAGE + 1
