"""The company's forecasts against what happened, and an independent count of the same over a company made for it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, Final

import pytest

from okrsite.core.calibrate import Calibration, calibrate

from .company import compiled, exported, matter

TYPES: Final = ("aspirational", "committed", "learning")
PROPOSERS: Final = ("team", "leadership", "together", "")
CYCLES: Final = ("2026-Q1", "2026-Q2")
DAYS: Final = {"2026-Q1": ("01-16", "02-13", "03-20"), "2026-Q2": ("04-17", "05-15", "06-19")}
"""Days of the check-ins of each cycle; the second is that of its mid-cycle review."""
Row = dict[str, Any]


def _rows(teams: int, number: int) -> Iterator[Row]:
    """Key results of every kind and fate, one in an objective: what its files will say of each."""
    for n, (team, cycle, key_result) in enumerate(product(range(teams), CYCLES, range(number))):
        yield {
            "team": f"team-{team}",
            "cycle": cycle,
            "id": f"o{key_result}",
            "type": TYPES[n % 3],
            "by": PROPOSERS[n % 4],
            "kind": "rail" if n % 11 == 5 else "found" if n % 23 == 7 else "judged",
            "status": "dropped" if n % 13 == 4 else "active",
            "kr_status": "dropped" if n % 17 == 6 else "active",
            "confidence": [None if n % 5 == 1 else (3 * n) % 11, None if n % 7 == 2 else (n * n) % 11, n % 11],
            "score": None if n % 19 == 3 else Fraction(min(20, (7 * n) % 23), 20),
        }


MEASURES: Final = {"rail": "keep_above: 95%", "found": "find_baseline: true", "judged": "note: By hand."}


def _files(rows: list[Row], words_only: str = "") -> dict[str, str]:
    """The content files that say what the rows hold."""
    files = {f"teams/{row['team']}/team.md": matter("name: T") for row in rows}
    if words_only:
        files[f"teams/{words_only}/team.md"] = matter("figures: words")
    for team, cycle in dict.fromkeys((row["team"], row["cycle"]) for row in rows):
        own = [row for row in rows if (row["team"], row["cycle"]) == (team, cycle)]
        text = "objectives:\n"
        for row in own:
            text += f"  {row['id']}:\n    title: T\n    type: {row['type']}\n    status: {row['status']}\n"
            text += f"    proposed_by: {row['by']}\n" if row["by"] else ""
            text += "    because: So.\n" if row["status"] == "dropped" else ""
            because = ", because: So." if row["kr_status"] == "dropped" else ""
            measure = MEASURES[row["kind"]]
            text += f"    key_results: {{k: {{title: K, {measure}, status: {row['kr_status']}{because}}}}}\n"
        files[f"teams/{team}/{cycle}/okrs.md"] = matter(text)
        for number, day in enumerate(DAYS[cycle]):
            lines = "".join(
                f"  {row['id']}#k: {{confidence: {row['confidence'][number]}}}\n"
                for row in own
                if row["confidence"][number] is not None
            )
            review = "review: mid-cycle\n" if number == 1 else ""
            files[f"teams/{team}/{cycle}/checkins/2026-{day}.md"] = matter(f"{review}progress:\n{lines}")
        scores = "".join(
            f"  {row['id']}#k: {{score: {float(row['score'])}, because: So.}}\n"
            for row in own
            if row["score"] is not None and row["kind"] != "found"
        )
        files[f"teams/{team}/{cycle}/retro.md"] = matter(f"scores:\n{scores}")
    return files


def _scored(rows: list[Row]) -> list[Row]:
    """The rows that ended with a score."""
    kept = [row for row in rows if row["status"] == "active" and row["kr_status"] == "active"]
    return [row for row in kept if row["kind"] != "found" and row["score"] is not None]


def _is_good(row: Row) -> bool:
    if row["kind"] == "rail":
        return bool(row["score"] >= Fraction("0.9"))
    return bool(
        row["score"] >= {"aspirational": Fraction("0.65"), "committed": 1, "learning": Fraction("0.5")}[row["type"]]
    )


def _counted(rows: list[Row], moment: str) -> dict[str, Any]:
    """By hand: of the key results given each number at a moment, how many there are and how many landed."""
    said = []
    for row in _scored(rows):
        stated = [c for c in row["confidence"] if c is not None]
        confidence = stated[0] if moment == "first" else row["confidence"][1]
        if confidence is not None:
            said.append((confidence, _is_good(row), row["team"]))
    steps = []
    for number in range(11):
        landed = [good for confidence, good, _ in said if confidence == number]
        if len(landed) >= 5:
            steps.append((number, len(landed), len([good for good in landed if good])))
    return {"key_results": len(said), "teams": len({team for _, _, team in said}), "steps": steps}


def _calibrated(rows: list[Row], words_only: str = "", today: str = "2026-11-22") -> dict[str, Any]:
    found: dict[str, Any] = exported(_files(rows, words_only), today=today)["calibration"]
    return found


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(_rows(6, 14))


@pytest.fixture(scope="module")
def found(rows: list[Row]) -> dict[str, Any]:
    return _calibrated(rows)


@pytest.mark.parametrize("moment", ["first", "mid_cycle"])
def test_what_was_said_against_what_came_of_it_is_as_counted_by_hand(
    rows: list[Row], found: Mapping[str, Any], moment: str
) -> None:
    expected = _counted(rows, moment)
    assert expected["key_results"] > 100
    assert len(expected["steps"]) > 5
    steps = [(step["confidence"], step["key_results"], step["good"]) for step in found[moment]["steps"]]
    assert {**found[moment], "steps": steps} == expected
    for step in found[moment]["steps"]:
        assert abs(Fraction(step["share"]) - Fraction(step["good"], step["key_results"])) < Fraction(1, 10**6)


def test_the_spread_of_scores_is_as_counted_by_hand(rows: list[Row], found: Mapping[str, Any]) -> None:
    own = [row for row in _scored(rows) if row["kind"] != "rail"]
    expected = []
    for type_ in TYPES:
        # The scores are twentieths; a half of a tenth is rounded up.
        tenths = [
            (row["score"].numerator * 20 // row["score"].denominator + 1) // 2 for row in own if row["type"] == type_
        ]
        teams = {row["team"] for row in own if row["type"] == type_}
        counts = [tenths.count(number) for number in range(11)]
        expected.append({"type": type_, "key_results": len(tenths), "teams": len(teams), "tenths": counts})
    assert [row["key_results"] > 30 for row in expected] == [True] * 3
    assert found["spread"] == expected


def test_ambition_over_cycles_is_as_counted_by_hand() -> None:
    wide = list(_rows(6, 40))
    expected = []
    for cycle in (None, *CYCLES):
        own = [
            row["score"]
            for row in _scored(wide)
            if row["type"] == "aspirational" and row["kind"] != "rail" and cycle in (None, row["cycle"])
        ]
        full = len([score for score in own if score >= 1])
        short = len([score for score in own if score < Fraction("0.65")])
        landed = len(own) - full - short
        assert min(full, short, landed) > 0
        expected.append(
            {"cycle": cycle, "key_results": len(own), "teams": 6, "full": full, "landed": landed, "short": short}
        )
    assert _calibrated(wide)["ambition"] == expected


def test_who_proposed_is_as_counted_by_hand(rows: list[Row], found: Mapping[str, Any]) -> None:
    kept = [row for row in rows if row["status"] == "active"]
    for place, cycle in enumerate((None, *CYCLES)):
        by = [row["by"] for row in kept if cycle in (None, row["cycle"])]
        names = {"team": "team", "together": "together", "leadership": "leadership", "unsaid": ""}
        expected = {name: by.count(value) for name, value in names.items()}
        assert found["proposed_by"][place] == {"cycle": cycle, "objectives": len(by), "teams": 6, **expected}


def test_only_closed_cycles_count(rows: list[Row]) -> None:
    at_the_end = _calibrated(rows, today="2026-06-30")
    assert at_the_end["cycles"] == ["2026-Q1"]
    first = [row for row in rows if row["cycle"] == "2026-Q1"]
    assert at_the_end["first"]["key_results"] == _counted(first, "first")["key_results"]
    assert _calibrated(rows, today="2026-03-01")["cycles"] == []


# --- too little is nothing ------------------------------------------------------------------------------------------


def _plain(team: int, number: int) -> Row:
    return {
        "team": f"team-{team}",
        "cycle": "2026-Q1",
        "id": f"o{number}",
        "type": "aspirational",
        "by": "team",
        "kind": "judged",
        "status": "active",
        "kr_status": "active",
        "confidence": [7, 7, 7],
        "score": Fraction("0.7"),
    }


def _of(rows: list[Row], words_only: str = "") -> Calibration:
    company = compiled(_files(rows, words_only))
    return calibrate(company.company, company.figures)


@pytest.mark.parametrize(("teams", "each", "shown"), [(5, 6, True), (4, 8, False), (29, 1, False), (30, 1, True)])
def test_nothing_is_shown_of_fewer_than_thirty_key_results_of_five_teams(teams: int, each: int, shown: bool) -> None:
    found = _of([_plain(team, number) for team in range(teams) for number in range(each)])
    assert (found.first.basis.size, found.first.basis.teams) == (teams * each, teams)
    parts = (found.first.steps, found.midway.steps, found.spreads, found.ambition, found.proposals)
    assert [bool(part) for part in parts] == [shown] * 5


def test_a_number_that_was_said_fewer_than_five_times_is_not_shown() -> None:
    rows = [_plain(team, number) for team in range(5) for number in range(8)]
    for row in rows[:4]:
        row["confidence"] = [3, 4, 4]
    rows[4]["confidence"] = [7, 4, 4]
    found = _of(rows)
    assert [(step.confidence, step.key_results) for step in found.first.steps] == [(7, 36)]
    assert [(step.confidence, step.key_results) for step in found.midway.steps] == [(4, 5), (7, 35)]


def test_each_moment_needs_enough_of_its_own() -> None:
    rows = [_plain(team, number) for team in range(5) for number in range(6)]
    rows[0]["confidence"] = [7, None, 7]
    found = _of(rows)
    assert (found.first.basis.size, found.midway.basis.size) == (30, 29)
    assert [step.confidence for step in found.first.steps] == [7]
    assert found.midway.steps == ()


def test_a_team_that_publishes_words_only_is_left_out() -> None:
    rows = [_plain(team, number) for team in range(6) for number in range(6)]
    assert _of(rows).first.basis.size == 36
    assert _of(rows, words_only="team-3").first.basis.size == 30
    assert _of(rows, words_only="team-3").first.basis.teams == 5
    assert _of(rows, words_only="team-3").proposals[0].basis.size == 30


@pytest.mark.parametrize(
    ("type_", "kind", "score", "good"),
    [
        ("aspirational", "judged", "0.65", True),
        ("aspirational", "judged", "0.64", False),
        ("committed", "judged", "1", True),
        ("committed", "judged", "0.99", False),
        ("learning", "judged", "0.5", True),
        ("learning", "judged", "0.49", False),
        ("committed", "rail", "0.9", True),
        ("learning", "rail", "0.89", False),
    ],
)
def test_what_a_good_result_is(type_: str, kind: str, score: str, good: bool) -> None:
    rows = [_plain(team, number) for team in range(5) for number in range(6)]
    for row in rows:
        row |= {"type": type_, "kind": kind, "score": Fraction(score)}
    (step,) = _of(rows).first.steps
    assert (step.key_results, step.good) == (30, 30 if good else 0)


def test_an_objective_that_was_handed_over_counts_where_it_went() -> None:
    rows = [_plain(team, number) for team in range(5) for number in range(6)]
    files = _files(rows)
    place = "teams/team-0/2026-Q1/okrs.md"
    files[place] = files[place].replace("  o0:\n", "  o0:\n    moved_to: team-1/2026-Q1/o0\n")
    company = compiled(files)
    assert calibrate(company.company, company.figures).first.basis.size == 29
