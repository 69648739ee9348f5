"""The arithmetic of OKRs: the vectors that are law, and the rules around them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.numbers import (
    Band,
    Cadence,
    Call,
    Hearing,
    ObjectiveType,
    Pace,
    Period,
    Periods,
    advance,
    band,
    call,
    clamp,
    compute_pace,
    count_periods,
    elapsed_share,
    fixed,
    hearing,
    inside,
    milestone_share,
    plain,
    raw_progress,
    relative_target,
    round_half_up,
    weighted_mean,
    word_and_pace_differ,
)

WEEKLY, FORTNIGHTLY, MONTHLY = Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY
ASPIRATIONAL, COMMITTED, LEARNING = ObjectiveType.ASPIRATIONAL, ObjectiveType.COMMITTED, ObjectiveType.LEARNING
START = date(2026, 3, 1)
END = START + timedelta(days=90)

fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)
same_every_time = settings(derandomize=True, deadline=None, max_examples=200)


def day(number: int) -> date:
    return START + timedelta(days=number)


def share(text: str) -> Fraction:
    return Fraction(text)


# --- the vectors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "current", "raw", "progress"),
    [
        pytest.param("10", "20", "15", "0.5", "0.5", id="rising"),
        pytest.param("200", "0", "100", "0.5", "0.5", id="falling"),
        pytest.param("50", "10", "60", "-0.25", "0", id="falling, worse"),
        pytest.param("0", "100", "130", "1.3", "1", id="overshoot"),
        pytest.param("-5", "5", "0", "0.5", "0.5", id="negative"),
        pytest.param("0.1", "0.3", "0.2", "0.5", "0.5", id="tenths"),
    ],
)
def test_a_metric_moves_from_its_baseline_to_its_target(
    baseline: str, target: str, current: str, raw: str, progress: str
) -> None:
    found = raw_progress(share(baseline), share(target), share(current))
    assert found == share(raw)
    assert clamp(found) == share(progress)


def test_a_relative_target_lies_below_its_baseline() -> None:
    target = relative_target(share("10"), share("-20"))
    assert target == 8
    assert raw_progress(share("10"), target, share("9")) == share("0.5")


def test_milestones_count_by_their_weight() -> None:
    assert milestone_share([(share("1"), True), (share("1"), False), (share("2"), True)]) == share("0.75")


def test_eleven_periods_inside_and_one_outside_are_kept_for_eleven_twelfths() -> None:
    kept = Periods((Period.KEPT,) * 11 + (Period.OUTSIDE,)).share
    assert kept == Fraction(11, 12)
    assert (plain(kept), fixed(kept, 1)) == ("0.916667", "0.9")


@pytest.mark.parametrize(("score", "shown"), [("0.34", "0.3"), ("0.35", "0.4"), ("0.64", "0.6"), ("0.65", "0.7")])
def test_scores_are_shown_to_one_decimal_half_up(score: str, shown: str) -> None:
    assert fixed(share(score), 1) == shown


def test_half_way_through_an_aspirational_objective_a_third_is_in_step() -> None:
    pace = compute_pace(share("0.30"), ASPIRATIONAL, day(45), START, END)
    assert pace is not None
    assert (pace.expected, pace.gap, pace.word) == (share("0.35"), share("0.05"), Pace.IN_STEP)


def test_an_objective_is_the_mean_of_its_key_results() -> None:
    mean = weighted_mean([(share("1"), share(progress)) for progress in ("1", "0", "0")])
    assert mean == Fraction(1, 3)
    assert (plain(mean), fixed(mean, 1)) == ("0.333333", "0.3")


def test_weights_weigh_and_a_weight_of_zero_does_not_count() -> None:
    pairs = [("3", "0.5"), ("1", "1"), ("0", "0.2")]
    assert weighted_mean([(share(w), share(v)) for w, v in pairs]) == share("0.625")


def test_the_mean_is_taken_before_rounding() -> None:
    assert weighted_mean([(share("1"), share("0.05")), (share("1"), share("0.15"))]) == share("0.1")


# --- progress and means -------------------------------------------------------------------------------------------


def test_nothing_that_weighs_has_no_mean() -> None:
    assert weighted_mean([]) is None
    assert weighted_mean([(share("0"), share("0.5"))]) is None


@same_every_time
@given(fractions, fractions, fractions)
def test_progress_is_exact_and_stays_between_nothing_and_everything(
    baseline: Fraction, target: Fraction, current: Fraction
) -> None:
    if baseline == target:
        return
    raw = raw_progress(baseline, target, current)
    assert baseline + raw * (target - baseline) == current
    assert raw == raw_progress(-baseline, -target, -current), "a mirrored metric makes the same way"
    assert 0 <= clamp(raw) <= 1
    assert clamp(raw) == raw or raw < 0 or raw > 1


@same_every_time
@given(st.lists(st.tuples(st.fractions(min_value="1/1000", max_value=1000), fractions), min_size=1, max_size=6))
def test_a_mean_lies_among_its_values(pairs: list[tuple[Fraction, Fraction]]) -> None:
    mean = weighted_mean(pairs)
    assert mean is not None
    assert min(value for _, value in pairs) <= mean <= max(value for _, value in pairs)


# --- guardrails ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "low", "high", "kept"),
    [
        ("95", "95", None, True),
        ("94.99", "95", None, False),
        ("5", None, "5", True),
        ("5.01", None, "5", False),
        ("2", "2", "5", True),
        ("5", "2", "5", True),
        ("1.9", "2", "5", False),
        ("5.1", "2", "5", False),
    ],
)
def test_limits_belong_to_the_range(value: str, low: str | None, high: str | None, kept: bool) -> None:
    assert inside(share(value), share(low) if low else None, share(high) if high else None) is kept


@pytest.mark.parametrize(
    ("start", "cadence", "steps", "there"),
    [
        ("2026-01-01", WEEKLY, 1, "2026-01-08"),
        ("2026-01-01", WEEKLY, 3, "2026-01-22"),
        ("2026-01-01", FORTNIGHTLY, 2, "2026-01-29"),
        ("2026-01-15", MONTHLY, 1, "2026-02-15"),
        ("2026-01-31", MONTHLY, 1, "2026-02-28"),
        ("2026-01-31", MONTHLY, 2, "2026-03-31"),
        ("2027-12-31", MONTHLY, 2, "2028-02-29"),
        ("2026-11-30", MONTHLY, 3, "2027-02-28"),
    ],
)
def test_cadences_are_counted_in_days_or_months(start: str, cadence: Cadence, steps: int, there: str) -> None:
    assert advance(date.fromisoformat(start), cadence, steps) == date.fromisoformat(there)


@pytest.mark.parametrize(
    ("cadence", "count"), [pytest.param(WEEKLY, 14), pytest.param(FORTNIGHTLY, 7), pytest.param(MONTHLY, 3)]
)
def test_periods_run_from_the_start_and_the_last_may_be_short(cadence: Cadence, count: int) -> None:
    periods = count_periods([], date(2026, 10, 1), date(2026, 12, 31), cadence, date(2027, 6, 1))
    assert periods.states == (Period.NOT_HEARD,) * count


def test_a_short_last_period_has_its_own_reading() -> None:
    end = day(16)
    periods = count_periods([(day(14), True)], START, end, WEEKLY, day(60))
    assert periods.states == (Period.NOT_HEARD, Period.NOT_HEARD, Period.KEPT)


def test_the_last_reading_in_a_period_counts_for_it() -> None:
    readings = [(day(0), True), (day(6), False), (day(7), False), (day(13), True)]
    periods = count_periods(readings, START, day(13), WEEKLY, day(13))
    assert periods.states == (Period.OUTSIDE, Period.KEPT)


def test_a_reading_after_the_end_counts_for_the_last_period() -> None:
    periods = count_periods([(day(3), True), (day(20), False)], START, day(13), WEEKLY, day(40))
    assert periods.states == (Period.KEPT, Period.OUTSIDE)


@pytest.mark.parametrize(
    ("today", "state"), [(6, Period.PENDING), (8, Period.PENDING), (9, Period.NOT_HEARD), (30, Period.NOT_HEARD)]
)
def test_a_silent_period_is_due_three_days_after_its_end(today: int, state: Period) -> None:
    assert count_periods([], START, day(6), WEEKLY, day(today)).states == (state,)


def test_periods_count_what_was_kept_outside_and_not_heard() -> None:
    periods = Periods((Period.KEPT, Period.OUTSIDE, Period.NOT_HEARD, Period.PENDING, Period.KEPT))
    assert (periods.kept, periods.outside, periods.not_heard) == (2, 1, 1)
    assert periods.share == Fraction(2, 3)


def test_a_guardrail_nobody_reported_has_no_share() -> None:
    assert Periods((Period.NOT_HEARD, Period.PENDING)).share is None


@pytest.mark.parametrize(
    ("kept", "outside", "silent", "score"),
    [(4, 0, 4, "1"), (3, 1, 4, "0.75"), (3, 0, 4, None), (0, 0, 8, None), (0, 2, 0, "0")],
)
def test_a_guardrail_scores_when_half_the_due_periods_were_heard(
    kept: int, outside: int, silent: int, score: str | None
) -> None:
    states = (Period.KEPT,) * kept + (Period.OUTSIDE,) * outside + (Period.NOT_HEARD,) * silent
    assert Periods(states).closing_score == (None if score is None else share(score))


# --- pace and confidence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "at", "progress", "word"),
    [
        (ASPIRATIONAL, 17, "0", Pace.TOO_EARLY),
        (ASPIRATIONAL, 18, "0.04", Pace.IN_STEP),
        (ASPIRATIONAL, 18, "0.039", Pace.BEHIND),
        (ASPIRATIONAL, 90, "0.6", Pace.IN_STEP),
        (ASPIRATIONAL, 90, "0.59", Pace.BEHIND),
        (ASPIRATIONAL, 90, "0.45", Pace.BEHIND),
        (ASPIRATIONAL, 90, "0.449", Pace.WELL_BEHIND),
        (COMMITTED, 90, "0.9", Pace.IN_STEP),
        (COMMITTED, 90, "0.75", Pace.BEHIND),
        (COMMITTED, 90, "0.7", Pace.WELL_BEHIND),
        (COMMITTED, 45, "1", Pace.IN_STEP),
    ],
)
def test_pace_compares_progress_with_an_even_way(kind: ObjectiveType, at: int, progress: str, word: Pace) -> None:
    pace = compute_pace(share(progress), kind, day(at), START, END)
    assert pace is not None
    assert pace.word is word


def test_a_learning_objective_has_no_pace() -> None:
    assert compute_pace(share("0.5"), LEARNING, day(45), START, END) is None


@pytest.mark.parametrize(("at", "elapsed"), [(-5, "0"), (0, "0"), (9, "0.1"), (90, "1"), (120, "1")])
def test_elapsed_time_stays_within_the_cycle(at: int, elapsed: str) -> None:
    assert elapsed_share(day(at), START, END) == share(elapsed)


def test_a_key_result_of_one_day_has_a_pace() -> None:
    pace = compute_pace(share("1"), COMMITTED, day(1), START, START)
    assert pace is not None
    assert pace.elapsed == 1


@pytest.mark.parametrize(
    ("confidence", "word"),
    [
        *((level, Call.OFF_TRACK) for level in range(4)),
        *((level, Call.AT_RISK) for level in range(4, 7)),
        *((level, Call.ON_TRACK) for level in range(7, 11)),
        (None, Call.NOT_HEARD),
    ],
)
def test_confidence_has_a_word(confidence: int | None, word: Call) -> None:
    assert call(confidence) is word


@pytest.mark.parametrize(
    ("confidence", "pace", "differ"),
    [
        (7, Pace.WELL_BEHIND, True),
        (10, Pace.WELL_BEHIND, True),
        (6, Pace.WELL_BEHIND, False),
        (7, Pace.BEHIND, False),
        (3, Pace.IN_STEP, True),
        (0, Pace.IN_STEP, True),
        (4, Pace.IN_STEP, False),
        (3, Pace.TOO_EARLY, False),
        (None, Pace.WELL_BEHIND, False),
        (9, None, False),
    ],
)
def test_word_and_pace_may_disagree_widely(confidence: int | None, pace: Pace | None, differ: bool) -> None:
    assert word_and_pace_differ(confidence, pace) is differ


# --- silence and early risks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "days", "heard"),
    [
        (WEEKLY, 0, Hearing.HEARD),
        (WEEKLY, 9, Hearing.HEARD),
        (WEEKLY, 10, Hearing.QUIET),
        (WEEKLY, 20, Hearing.QUIET),
        (WEEKLY, 22, Hearing.LONG_QUIET),
        (FORTNIGHTLY, 16, Hearing.HEARD),
        (FORTNIGHTLY, 17, Hearing.QUIET),
        (FORTNIGHTLY, 43, Hearing.LONG_QUIET),
        (MONTHLY, 33, Hearing.HEARD),
        (MONTHLY, 34, Hearing.QUIET),
        (MONTHLY, 93, Hearing.LONG_QUIET),
    ],
)
def test_silence_is_measured_from_the_last_mention(cadence: Cadence, days: int, heard: Hearing) -> None:
    assert hearing(START, date(2026, 1, 1), cadence, day(days)) is heard


@pytest.mark.parametrize(
    ("days", "heard"), [(0, Hearing.NOT_YET), (9, Hearing.NOT_YET), (10, Hearing.QUIET), (22, Hearing.LONG_QUIET)]
)
def test_before_the_first_mention_silence_counts_from_the_start(days: int, heard: Hearing) -> None:
    assert hearing(None, START, WEEKLY, day(days)) is heard


# --- bands and rounding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "word"),
    [
        ("0", Band.LITTLE),
        ("0.34", Band.LITTLE),
        ("0.35", Band.REAL),
        ("0.64", Band.REAL),
        ("0.65", Band.DELIVERED),
        ("1", Band.DELIVERED),
    ],
)
def test_bands_are_decided_on_the_decimal_that_is_shown(score: str, word: Band) -> None:
    assert band(share(score)) is word


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0.05", 1, "0.1"),
        ("0.25", 1, "0.3"),
        ("2.5", 0, "3"),
        ("0.0049", 2, "0.00"),
        ("0.995", 2, "1.00"),
        ("12", 3, "12.000"),
        ("-0.04", 1, "0.0"),
        ("1/3", 6, "0.333333"),
        ("2/3", 6, "0.666667"),
    ],
)
def test_rounding_is_half_up(value: str, places: int, text: str) -> None:
    assert fixed(share(value), places) == text


@pytest.mark.parametrize(("value", "text"), [("1/2", "0.5"), ("100", "100"), ("0", "0"), ("1/3", "0.333333")])
def test_a_plain_number_has_no_needless_zeros(value: str, text: str) -> None:
    assert plain(share(value)) == text


@same_every_time
@given(fractions, st.integers(min_value=0, max_value=6))
def test_rounding_moves_a_number_by_half_a_place_at_most(value: Fraction, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert Fraction(fixed(value, places)) == rounded == Fraction(plain(value, places))
