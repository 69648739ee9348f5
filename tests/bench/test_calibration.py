"""What a made-up company's forecasts came to, counted anew from its files by hands that know nothing of okrsite."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml

from bench.company import TODAY, write_company
from okrsite.cli import main

GOOD: Final = {"aspirational": Fraction("0.65"), "committed": Fraction(1)}
ENOUGH: Final = 30
ENOUGH_OF_ONE: Final = 5


class Ended(NamedTuple):
    """How a key result ended, and the first confidence that was said of it."""

    team: str
    cycle: str
    type: str
    score: Fraction
    first: int | None


def _front(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return found


def _amount(typed: object) -> Fraction:
    """`1,240 parcels` or `35%` as a number."""
    return Fraction(re.sub(r"[^\d.-]", "", str(typed)))


def _score(measure: dict[str, Any], last: Any) -> Fraction:
    if "milestones" in measure:
        return Fraction(len(last), len(measure["milestones"]))
    start, aim = _amount(measure["baseline"]), _amount(measure["target"])
    return min(Fraction(1), max(Fraction(0), (_amount(last) - start) / (aim - start)))


def _last_reading_day(cycle: str) -> date:
    year, quarter = int(cycle[:4]), int(cycle[-1])
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following + timedelta(days=20)


def _ended(company: Path) -> Iterator[Ended]:
    """Every key result of a cycle that has closed."""
    for okrs in sorted(company.glob("content/teams/*/*/okrs.md")):
        team, cycle = okrs.parts[-3:-1]
        if _last_reading_day(cycle) >= TODAY:
            continue
        said = [_front(path)["progress"] for path in sorted((okrs.parent / "checkins").iterdir())]
        for name, objective in _front(okrs)["objectives"].items():
            for id_, measure in objective["key_results"].items():
                own = [one[f"{name}#{id_}"] for one in said if f"{name}#{id_}" in one]
                stated = [one["confidence"] for one in own if "confidence" in one]
                score = _score(measure, own[-1]["value"])
                type_ = objective.get("type", "aspirational")
                yield Ended(team, cycle, type_, score, stated[0] if stated else None)


def _tenth(score: Fraction) -> int:
    return int(score * 10 + Fraction(1, 2))


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Ended], dict[str, Any]]:
    """The key results that have ended, and what okrsite says of them all."""
    company = tmp_path_factory.mktemp("company")
    write_company(company, 12, 5)
    with redirect_stdout(StringIO()) as said:
        assert main(["export", "-C", str(company), "--today", str(TODAY)]) == 0
    found = json.loads(said.getvalue())["calibration"]
    return list(_ended(company)), found


def test_confidence_meets_what_came_of_it_as_in_the_files(ended: tuple[list[Ended], dict[str, Any]]) -> None:
    key_results, found = ended
    stated = [one for one in key_results if one.first is not None]
    counts = Counter(one.first for one in stated)
    good = Counter(one.first for one in stated if one.score >= GOOD[one.type])
    expected = [(n, counts[n], good[n]) for n in range(11) if counts[n] >= ENOUGH_OF_ONE]
    assert len(stated) > 10 * ENOUGH
    assert len(expected) > 3
    assert (found["first"]["key_results"], found["first"]["teams"]) == (len(stated), len({o.team for o in stated}))
    assert [(step["confidence"], step["key_results"], step["good"]) for step in found["first"]["steps"]] == expected


def test_scores_are_spread_as_in_the_files(ended: tuple[list[Ended], dict[str, Any]]) -> None:
    key_results, found = ended
    by_type = {row["type"]: row["tenths"] for row in found["spread"]}
    assert by_type.keys() == GOOD.keys()
    for type_, tenths in by_type.items():
        counts = Counter(_tenth(one.score) for one in key_results if one.type == type_)
        assert tenths == [counts[n] for n in range(11)], type_
        assert sum(tenths) > ENOUGH


def test_ambition_is_as_in_the_files(ended: tuple[list[Ended], dict[str, Any]]) -> None:
    key_results, found = ended
    own = [one for one in key_results if one.type == "aspirational"]
    cycles = sorted({one.cycle for one in key_results})
    assert found["cycles"] == cycles
    assert [row["cycle"] for row in found["ambition"]] == [None, *cycles]
    for row in found["ambition"]:
        scores = [one.score for one in own if row["cycle"] in (None, one.cycle)]
        full, short = sum(score == 1 for score in scores), sum(score < GOOD["aspirational"] for score in scores)
        assert (row["full"], row["short"], row["landed"]) == (full, short, len(scores) - full - short)
