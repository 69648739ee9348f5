"""Which numbers meet which arithmetic: figures of key results and objectives, from check-ins and retrospectives."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from okrsite.core.compile import Compiled
from okrsite.core.figures import KeyResultFigures, ObjectiveFigures, way
from okrsite.core.numbers import Call, Hearing, Pace, Period

from .company import codes, compiled, matter, only, place_of

CLOSED = "2027-02-01"
"""A day after the closing days of 2026-Q4."""
OPEN = "2026-11-22"


def company(
    key_results: Mapping[str, str],
    checkins: Mapping[str, str] | None = None,
    *,
    today: str = OPEN,
    fields: str = "",
    team: str = "name: A",
    retro: str = "",
) -> Compiled:
    """One objective `o` in 2026-Q4; key results by id as fields in braces, check-ins by day as lines of progress."""
    lines = "".join(f"      {id_}: {{title: K, {text}}}\n" for id_, text in key_results.items())
    head = "\n".join(["objectives:", "  o:", "    title: T", *(f"    {line}" for line in fields.split("\n") if line)])
    files = {
        "teams/a/team.md": matter(team),
        "teams/a/2026-Q4/okrs.md": matter(f"{head}\n    key_results:\n{lines}" if lines else head),
    }
    for day, progress in (checkins or {}).items():
        said = "\n".join(f"  {line}" for line in progress.split("\n"))
        files[f"teams/a/2026-Q4/checkins/{day}.md"] = matter(f"progress:\n{said}")
    if retro:
        files["teams/a/2026-Q4/retro.md"] = matter("scores:\n" + "\n".join(f"  {line}" for line in retro.split("\n")))
    return compiled(files, today=today)


def of(found: Compiled, id_: str = "k") -> KeyResultFigures:
    return found.figures.key_results[f"a/2026-Q4/o#{id_}"]


def whole(found: Compiled) -> ObjectiveFigures:
    return found.figures.objectives["a/2026-Q4/o"]


def share(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


# --- progress -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "value", "raw", "progress"),
    [
        ("baseline: 10, target: 20", "15", "0.5", "0.5"),
        ("baseline: 200 ms, target: 0 ms", "100 ms", "0.5", "0.5"),
        ("baseline: 50, target: 10", "60", "-0.25", "0"),
        ("baseline: 0, target: 100", "130", "1.3", "1"),
        ("baseline: -4%, target: 3%", "-0.5%", "0.5", "0.5"),
        ("baseline: 10 steps, change: -20%", "9 steps", "0.5", "0.5"),
        ("baseline: 10, change: +50%", "11", "0.2", "0.2"),
        ("baseline: 3, change: -10%", "2.9", "1/3", "1/3"),
        ("baseline: 1.5万, target: 2万", "17,500", "0.5", "0.5"),
        ("baseline: 1, target: 2", '"1.5"', "0.5", "0.5"),
        ("target: 20", "15", None, None),
        ("baseline: 10", "15", None, None),
        ("milestones: [a, b, c, d]", "[b, d]", None, "0.5"),
        ("milestones: {a: {weight: 3}, b: {weight: 1}}", "[a]", None, "0.75"),
        ("note: by hand", "40%", None, "0.4"),
        ("note: by hand", "yes", None, "1"),
        ("target: a signed contract", "no", None, "0"),
        ("deliver_by: 2026-11-30", "yes", None, "1"),
        ("deliver_by: 2026-11-30", "no", None, "0"),
        ("find_baseline: true", "31%", None, None),
        ("keep_above: 99%", "98%", None, None),
    ],
)
def test_progress_is_computed_by_kind(fields: str, value: str, raw: str | None, progress: str | None) -> None:
    found = of(company({"k": fields}, {"2026-11-06": f"o#k: {value}"}))
    assert (found.raw, found.progress) == (share(raw), share(progress))
    assert found.latest
    assert found.latest.on == date(2026, 11, 6)


@pytest.mark.parametrize(
    "fields",
    ["baseline: 1, target: 2", "change: -20%", "milestones: [a]", "note: x", "deliver_by: 2026-11-30", "keep_above: 1"],
)
def test_without_a_check_in_there_is_no_reading_and_not_nothing(fields: str) -> None:
    found = of(company({"k": fields}))
    assert (found.raw, found.progress, found.latest, found.confidence) == (None, None, None, None)
    assert found.call is Call.NOT_HEARD


def test_a_falling_metric_rises_towards_its_target() -> None:
    readings = {"2026-10-09": "o#k: 200 ms", "2026-10-16": "o#k: 150 ms", "2026-10-23": "o#k: 120 ms"}
    known = [dict(list(readings.items())[:number]) for number in (1, 2, 3)]
    shares = [of(company({"k": "baseline: 200 ms, target: 100 ms"}, said)).progress for said in known]
    assert shares == [0, Fraction(1, 2), Fraction(4, 5)]


def test_a_relative_target_without_a_baseline_starts_at_the_first_reading() -> None:
    found = of(company({"k": "change: -20%"}, {"2026-10-09": "o#k: 10", "2026-11-06": "o#k: 9"}))
    assert found.baseline and found.target
    assert (found.baseline.text, found.target.text, found.raw) == ("10", "8", Fraction(1, 2))


def test_a_relative_target_is_exact_where_its_words_are_rounded() -> None:
    readings = {"2026-10-09": "o#k: 7", "2026-11-06": "o#k: 6"}
    found = of(company({"k": "change: -33.333%"}, readings))
    assert found.baseline and found.goal and found.target
    assert found.goal == 7 * (1 - Fraction("33.333") / 100)
    assert found.raw == Fraction(-1) / (found.goal - 7) == way(found.baseline, found.goal, found.readings[-1])


def test_the_last_value_counts_and_stays_when_only_words_follow() -> None:
    readings = {"2026-10-09": "o#k: 15", "2026-11-06": "o#k: {note: Waiting., confidence: 4}"}
    found = of(company({"k": "baseline: 10, target: 20"}, readings))
    assert found.latest
    assert (found.latest.on, found.progress, found.confidence) == (date(2026, 10, 9), Fraction(1, 2), 4)
    assert len(found.readings) == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("o#k: 3 apples", "unit-mismatch"),
        ("o#k: fast", "bad-number"),
        ("o#k: 1.200,5 ms", "bad-number"),
        ("o#k: [a, b]", "wrong-kind"),
        ("o#kk: 3 ms", "unresolved-ref"),
        ("p: {confidence: 3}", "unresolved-ref"),
        ("guardrails#k: 3 ms", "unresolved-ref"),
    ],
)
def test_a_reading_that_cannot_count_is_reported_and_the_one_before_stays(line: str, code: str) -> None:
    found = company({"k": "baseline: 200 ms, target: 100 ms"}, {"2026-10-09": "o#k: 150 ms", "2026-11-06": line})
    problem = only(found.problems, code)
    assert place_of(problem).startswith("teams/a/2026-Q4/checkins/2026-11-06.md:3:")
    assert of(found).progress == Fraction(1, 2)


def test_a_misspelt_key_result_is_named() -> None:
    found = company({"wallets": "baseline: 1, target: 2"}, {"2026-11-06": "o#walets: 2"})
    assert "`o#wallets`" in only(found.problems, "unresolved-ref").hint


def test_a_number_without_its_unit_counts_with_a_warning() -> None:
    found = company({"k": "baseline: 200 ms, target: 100 ms"}, {"2026-11-06": "o#k: 150"})
    assert codes(found.problems) == ["missing-unit"]
    assert of(found).progress == Fraction(1, 2)


def test_all_readings_of_a_baseline_that_is_looked_for_share_one_unit() -> None:
    found = company({"k": "find_baseline: true"}, {"2026-10-09": "o#k: 31%", "2026-11-06": "o#k: 12 ms"})
    assert codes(found.problems) == ["unit-mismatch"]


# --- guardrails ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "team", "count"),
    [
        ("keep_above: 1", "name: A", 14),
        ("keep_above: 1, cadence: monthly", "name: A", 3),
        ("keep_above: 1", "cadence: fortnightly", 7),
        ("keep_above: 1, cadence: weekly", "cadence: monthly", 14),
    ],
)
def test_periods_follow_the_cadence_of_the_key_result_else_of_the_team(fields: str, team: str, count: int) -> None:
    periods = of(company({"k": fields}, team=team, today=CLOSED)).periods
    assert periods
    assert (len(periods.states), periods.not_heard) == (count, count)


def test_each_period_is_kept_outside_not_heard_or_still_to_come() -> None:
    readings = {
        "2026-10-01": "o#k: 99%",
        "2026-10-08": "o#k: 98.9%",
        "2026-10-14": "o#k: 99.5%",
        "2026-10-22": "o#k: 90%",
    }
    periods = of(company({"k": "keep_above: 99%"}, readings, today="2026-11-01")).periods
    assert periods
    assert periods.states[:6] == (
        Period.KEPT,
        Period.KEPT,
        Period.NOT_HEARD,
        Period.OUTSIDE,
        Period.PENDING,
        Period.PENDING,
    )
    assert periods.share == Fraction(2, 3)


@pytest.mark.parametrize(("value", "inside"), [("2%", True), ("5%", True), ("1.9%", False), ("5.1%", False)])
def test_a_guardrail_knows_its_latest_state(value: str, inside: bool) -> None:
    found = of(company({"k": "keep_between: [2%, 5%]"}, {"2026-11-06": f"o#k: {value}"}))
    assert found.inside is inside
    assert (found.progress, found.pace) == (None, None)


def test_a_guardrail_scores_what_it_kept_once_the_cycle_is_closed() -> None:
    weeks = ("10-02", "10-09", "10-16", "10-23", "10-30", "11-06", "11-13")
    readings = {f"2026-{day}": f"o#k: {90 if day == '10-16' else 99}%" for day in weeks}
    assert of(company({"k": "keep_above: 95%"}, readings, today="2026-12-31")).score.shown is None
    assert of(company({"k": "keep_above: 95%"}, readings, today=CLOSED)).score.shown == Fraction(6, 7)


def test_a_guardrail_that_was_heard_too_seldom_has_no_score() -> None:
    readings = {f"2026-10-{day}": "o#k: 99%" for day in ("02", "09", "16", "23", "30")}
    found = company(
        {"k": "keep_above: 95%", "m": "baseline: 0, target: 10"}, readings | {"2026-11-06": "o#m: 5"}, today=CLOSED
    )
    assert of(found).score.shown is None
    assert whole(found).score.shown is None, "an objective waits for every key result that can have a score"


def test_the_guardrails_of_a_team_are_computed_beside_its_objectives() -> None:
    files = {
        "teams/a/2026-Q4/okrs.md": matter("guardrails: {refunds: {title: R, keep_above: 95%}}"),
        "teams/a/2026-Q4/checkins/2026-10-02.md": matter("progress: {guardrails#refunds: 96.1%}"),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    figures = found.figures.key_results["a/2026-Q4/guardrails#refunds"]
    assert figures.periods
    assert (figures.inside, figures.periods.kept) == (True, 1)


# --- objectives ---------------------------------------------------------------------------------------------------

METRIC = "baseline: 0, target: 10"


def test_an_objective_is_the_weighted_mean_of_what_has_progress() -> None:
    key_results = {"a": f"{METRIC}, weight: 3", "b": METRIC, "c": METRIC, "d": f"{METRIC}, weight: 0"}
    found = whole(company(key_results, {"2026-11-06": "o#a: 5\no#b: 10\no#d: 2"}))
    assert (found.progress, found.counted, found.countable) == (Fraction(5, 8), 2, 3)


def test_an_objective_without_any_progress_has_none() -> None:
    found = whole(company({"a": METRIC, "b": "find_baseline: true", "c": "keep_above: 1"}, {"2026-11-06": "o#c: 3"}))
    assert (found.progress, found.counted) == (None, 0)
    assert whole(company({})).progress is None


@pytest.mark.parametrize(
    ("status", "progress", "of_how_many"),
    [("active", "0.5", 2), ("paused", "0.5", 2), ("draft", "1", 1), ("dropped", "1", 1)],
)
def test_drafts_and_dropped_key_results_count_nowhere(status: str, progress: str, of_how_many: int) -> None:
    key_results = {"a": METRIC, "b": f"{METRIC}, status: {status}, because: So."}
    found = whole(company(key_results, {"2026-11-06": "o#a: 10\no#b: 0"}))
    assert (found.progress, found.countable) == (Fraction(progress), of_how_many)


def test_guardrails_and_baselines_that_are_looked_for_are_in_no_mean() -> None:
    key_results = {"a": METRIC, "b": "keep_above: 99%", "c": "find_baseline: true"}
    found = whole(company(key_results, {"2026-11-06": "o#a: 5\no#b: 10%\no#c: 31%"}))
    assert (found.progress, found.counted) == (Fraction(1, 2), 1)


@pytest.mark.parametrize(("weights", "reported"), [(("0", "0"), ["no-weight"]), (("0", "1"), []), ((), [])])
def test_key_results_that_all_weigh_nothing_are_an_error(weights: tuple[str, ...], reported: list[str]) -> None:
    found = company({f"k{n}": f"{METRIC}, weight: {weight}" for n, weight in enumerate(weights)})
    assert codes(found.problems) == reported
    if reported:
        assert (only(found.problems, "no-weight").severity, only(found.problems, "no-weight").span.line) == ("error", 3)


def test_nothing_is_rolled_up_into_what_is_supported() -> None:
    files = {
        "teams/acme/2026-Q4/okrs.md": matter("objectives: {big: {title: B}}"),
        "teams/a/2026-Q4/okrs.md": matter(
            f"objectives: {{o: {{title: T, supports: acme/big, key_results: {{k: {{title: K, {METRIC}}}}}}}}}"
        ),
        "teams/a/2026-Q4/checkins/2026-11-06.md": matter("progress: {o#k: 5}"),
    }
    figures = compiled(files).figures.objectives
    assert (figures["a/2026-Q4/o"].progress, figures["acme/2026-Q4/big"].progress) == (Fraction(1, 2), None)


# --- confidence ---------------------------------------------------------------------------------------------------


def test_an_objective_shows_its_own_confidence_else_that_of_its_least_confident_key_result() -> None:
    key_results = {"a": METRIC, "b": METRIC, "c": f"{METRIC}, status: dropped, because: So."}
    said = {"2026-10-09": "o#a: {confidence: 8}\no#b: {confidence: 5}\no#c: {confidence: 0}"}
    least = whole(company(key_results, said))
    assert (least.confidence, least.confidence_of, least.call) == (5, "a/2026-Q4/o#b", Call.AT_RISK)
    own = whole(company(key_results, said | {"2026-10-16": "o: {confidence: 9}"}))
    assert (own.confidence, own.confidence_of, own.confidence_on) == (9, "", date(2026, 10, 16))
    later = whole(company(key_results, said | {"2026-10-16": "o: {confidence: 9}", "2026-10-23": "o: {note: Well.}"}))
    assert later.confidence == 9, "the last stated one stays"


def test_a_confidence_of_nothing_is_a_confidence() -> None:
    found = company({"a": METRIC, "b": METRIC}, {"2026-10-09": "o#a: {confidence: 0}\no#b: {confidence: 5}"})
    assert (whole(found).confidence, whole(found).call) == (0, Call.OFF_TRACK)


def test_an_objective_of_which_nobody_said_anything_was_not_heard() -> None:
    found = whole(company({"a": METRIC}))
    assert (found.confidence, found.call, found.confidence_on) == (None, Call.NOT_HEARD, None)


# --- pace ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "objective", "day", "value", "word"),
    [
        (METRIC, "", "2026-11-15", "3", Pace.IN_STEP),
        (METRIC, "", "2026-11-15", "2", Pace.BEHIND),
        (METRIC, "", "2026-11-15", "0", Pace.WELL_BEHIND),
        (METRIC, "type: committed", "2026-11-15", "3", Pace.BEHIND),
        (METRIC, "type: learning", "2026-11-15", "3", None),
        (METRIC, "", "2026-10-09", "0", Pace.TOO_EARLY),
        (f"{METRIC}, since: 2026-11-13", "", "2026-11-15", "0", Pace.TOO_EARLY),
        (METRIC, "since: 2026-11-13", "2026-11-15", "0", Pace.TOO_EARLY),
        (f"{METRIC}, due: 2026-11-15", "type: committed", "2026-11-15", "8", Pace.BEHIND),
        ("milestones: [a, b, c, d]", "", "2026-11-15", "[a]", Pace.IN_STEP),
        ("note: by hand", "", "2026-11-15", "10%", None),
        ("deliver_by: 2026-12-18", "", "2026-11-15", "no", None),
        ("find_baseline: true", "", "2026-11-15", "3", None),
        ("keep_above: 1", "", "2026-11-15", "3", None),
    ],
)
def test_pace_is_for_metrics_and_milestones(
    fields: str, objective: str, day: str, value: str, word: Pace | None
) -> None:
    found = of(company({"k": fields}, {day: f"o#k: {value}"}, fields=objective))
    assert (found.pace and found.pace.word) is word


def test_silence_is_not_slowness() -> None:
    paces = [of(company({"k": METRIC}, {"2026-11-15": "o#k: 3"}, today=today)).pace for today in ("2026-11-15", CLOSED)]
    assert paces[0] == paces[1]


@pytest.mark.parametrize(
    ("value", "confidence", "differ"), [("0", 8, True), ("0", 5, False), ("4", 2, True), ("4", 8, False)]
)
def test_word_and_pace_that_disagree_are_both_kept(value: str, confidence: int, differ: bool) -> None:
    found = of(company({"k": METRIC}, {"2026-11-15": f"o#k: {{value: {value}, confidence: {confidence}}}"}))
    assert found.differ is differ


# --- silence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checkins", "today", "team", "heard", "on"),
    [
        ({}, "2026-10-05", "name: A", Hearing.NOT_YET, None),
        ({}, "2026-10-12", "name: A", Hearing.QUIET, None),
        ({}, "2026-10-30", "name: A", Hearing.LONG_QUIET, None),
        ({"2026-10-09": "o#k: 1"}, "2026-10-18", "name: A", Hearing.HEARD, "2026-10-09"),
        ({"2026-10-09": "o: {note: x}"}, "2026-10-19", "name: A", Hearing.QUIET, "2026-10-09"),
        ({"2026-10-09": "o#k: 1"}, "2026-10-19", "cadence: fortnightly", Hearing.HEARD, "2026-10-09"),
        ({"2026-10-09": "o#k: 1", "2026-10-16": "p: {note: x}"}, "2026-10-19", "name: A", Hearing.QUIET, "2026-10-09"),
        ({"2026-12-28": "o#k: 1"}, "2028-01-01", "cadence: monthly", Hearing.HEARD, "2026-12-28"),
    ],
)
def test_silence_is_shown_as_silence(
    checkins: Mapping[str, str], today: str, team: str, heard: Hearing, on: str | None
) -> None:
    found = whole(company({"k": METRIC}, checkins, today=today, team=team))
    assert (found.hearing, found.heard_on) == (heard, date.fromisoformat(on) if on else None)


def test_a_risk_about_an_objective_is_a_mention_of_it() -> None:
    files = {
        "teams/a/2026-Q4/okrs.md": matter(
            f"objectives: {{o: {{title: T, key_results: {{k: {{title: K, {METRIC}}}}}}}}}"
        ),
        "teams/a/2026-Q4/checkins/2026-11-20.md": matter("risks: {r: {what: W, about: o#k}}"),
    }
    assert compiled(files).figures.objectives["a/2026-Q4/o"].heard_on == date(2026, 11, 20)


def test_an_objective_that_began_late_is_awaited_from_its_own_start() -> None:
    assert whole(company({"k": METRIC}, today="2026-11-22", fields="since: 2026-11-16")).hearing is Hearing.NOT_YET


# --- scores -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "value", "score"),
    [
        (METRIC, "7", "0.7"),
        (METRIC, "13", "1"),
        (METRIC, "-3", "0"),
        ("milestones: [a, b]", "[a]", "0.5"),
        ("note: by hand", "40%", "0.4"),
        ("deliver_by: 2026-11-30", "yes", "1"),
        ("find_baseline: true", "31%", None),
        ("target: 5", "3", None),
    ],
)
def test_the_default_score_is_the_progress_when_the_cycle_closed(fields: str, value: str, score: str | None) -> None:
    readings = {"2026-12-31": f"o#k: {value}"}
    assert of(company({"k": fields}, readings, today="2027-01-21")).score.shown is None
    assert of(company({"k": fields}, readings, today="2027-01-22")).score.shown == share(score)


def test_a_key_result_nobody_reported_has_no_score() -> None:
    found = company({"a": METRIC, "b": METRIC}, {"2026-12-31": "o#a: 10"}, today=CLOSED)
    assert (of(found, "b").score.shown, whole(found).score.shown) == (None, None)


@pytest.mark.parametrize(
    ("key_results", "progress", "score"),
    [
        ({"a": METRIC, "b": METRIC}, "o#a: 0.5\no#b: 1.5", "0.1"),
        ({"a": f"{METRIC}, weight: 3", "b": METRIC}, "o#a: 5\no#b: 10", "0.625"),
        ({"a": METRIC, "b": "find_baseline: true"}, "o#a: 5", "0.5"),
        ({"a": METRIC, "b": f"{METRIC}, status: dropped, because: So."}, "o#a: 5", "0.5"),
        ({"a": METRIC, "b": f"{METRIC}, weight: 0"}, "o#a: 5\no#b: 9", "0.5"),
        ({"a": "find_baseline: true"}, "o#a: 31%", None),
    ],
)
def test_an_objective_scores_the_unrounded_mean_once_all_are_scored(
    key_results: Mapping[str, str], progress: str, score: str | None
) -> None:
    assert whole(company(key_results, {"2026-12-31": progress}, today=CLOSED)).score.shown == share(score)


def test_the_score_of_the_team_stands_beside_the_computed_one() -> None:
    retro = "o: {score: 0.6, because: Two markets slipped.}\no#k: {score: 0.9, because: It was harder.}"
    found = company({"k": METRIC}, {"2026-12-31": "o#k: 3"}, today=CLOSED, retro=retro)
    assert codes(found.problems) == []
    score = of(found).score
    assert (score.stated, score.computed, score.shown) == (Fraction(9, 10), Fraction(3, 10), Fraction(9, 10))
    objective = whole(found).score
    assert (objective.stated, objective.computed) == (Fraction(6, 10), Fraction(9, 10)), "the mean of what is shown"


@pytest.mark.parametrize(
    ("retro", "lines"),
    [
        ("o#k: 0.9", [3]),
        ("o#k: {score: 0.9}", [3]),
        ("o#k: {score: 0.9, because: It was harder.}", []),
        ("o#k: 0.3", []),
        ("o: {score: 0.9, next: keep}", [3]),
        ("o: 0.3", []),
        ("o: {next: keep}", []),
    ],
)
def test_a_score_that_differs_from_the_computed_one_says_why(retro: str, lines: list[int]) -> None:
    found = company({"k": METRIC}, {"2026-12-31": "o#k: 3"}, today=CLOSED, retro=retro)
    assert [problem.span.line for problem in found.problems if problem.code == "missing-because"] == lines
    assert codes(found.problems) == ["missing-because"] * len(lines)


def test_a_baseline_that_is_looked_for_cannot_be_scored() -> None:
    found = company({"k": "find_baseline: true"}, today=CLOSED, retro="o#k: 1")
    assert codes(found.problems) == ["score-not-possible"]
    assert of(found).score.shown is None


@pytest.mark.parametrize("status", ["draft", "dropped"])
def test_what_does_not_count_has_no_computed_score(status: str) -> None:
    fields = f"status: {status}\nbecause: So."
    found = company({"k": METRIC}, {"2026-12-31": "o#k: 3"}, today=CLOSED, fields=fields)
    assert whole(found).score.shown is None
    dropped = company({"k": f"{METRIC}, status: {status}, because: So."}, {"2026-12-31": "o#k: 3"}, today=CLOSED)
    assert of(dropped).score.shown is None


def test_check_ins_that_do_not_count_change_no_figure() -> None:
    readings = {"2026-11-06": "o#k: 3", "2026-12-04": "o#k: 9", "2027-01-25": "o#k: 10"}
    before = company({"k": METRIC}, readings, today=OPEN)
    after = company({"k": METRIC}, readings, today=CLOSED)
    assert (of(before).progress, of(after).progress) == (Fraction(3, 10), Fraction(9, 10))
    assert (codes(before.problems), codes(after.problems)) == (["future-checkin"] * 2, ["late-checkin"])
