"""What runs through a team's cycle: check-ins that count, risks, assumptions, questions and the look back."""

from datetime import date

import pytest

from okrsite.core.model import AssumptionState, RiskState

from ..company import codes, compiled, exported, matter, only, place_of

OKRS = "teams/a/2026-Q4/okrs.md"
FILES = {
    OKRS: matter("""
        objectives:
          o:
            title: T
            assumes: {weather: It stays dry.}
            key_results:
              k: {title: K, baseline: 0, target: 10}
        guardrails:
          g: {title: G, keep_above: 1}
        """),
    "teams/help/team.md": matter("name: Help"),
}


def checkin(day: str) -> str:
    return f"teams/a/2026-Q4/checkins/{day}.md"


# --- which check-ins count ----------------------------------------------------------------------------------------


def test_check_ins_are_in_order_of_time() -> None:
    days = ("2026-11-13", "2026-10-09", "2026-11-06")
    company = compiled({**FILES, **{checkin(day): matter("progress: {o#k: 5}") for day in days}}).company
    assert [found.on.isoformat() for found in company.team_cycles["a", "2026-Q4"].checkins] == sorted(days)


@pytest.mark.parametrize(
    ("day", "today", "code"),
    [
        ("2026-11-22", "2026-11-22", None),
        ("2026-11-23", "2026-11-22", "future-checkin"),
        ("2027-01-21", "2027-06-01", None),
        ("2027-01-22", "2027-06-01", "late-checkin"),
        ("2027-06-02", "2027-06-01", "future-checkin"),
    ],
)
def test_a_check_in_of_the_future_or_after_the_closing_days_does_not_count(
    day: str, today: str, code: str | None
) -> None:
    files = {**FILES, checkin("2026-10-09"): matter("progress: {o#k: 1}"), checkin(day): matter("progress: {o#k: 5}")}
    found = compiled(files, today=today)
    value = exported(files, today=today)["objectives"][0]["key_results"][0]["value"]
    assert codes(found.problems) == ([code] if code else [])
    assert value == ("1" if code else "5")
    assert (f"content/{checkin(day)}" in found.company.shown) is (code is None)
    if code:
        problem = only(found.problems, code)
        assert (problem.severity, problem.span.path) == ("hint", f"content/{checkin(day)}")


def test_a_check_in_before_its_cycle_counts_and_is_mentioned() -> None:
    found = compiled({**FILES, checkin("2025-11-06"): matter("progress: {o#k: 5}")})
    problem = only(found.problems, "outside-cycle")
    assert (problem.severity, problem.span.path) == ("warning", f"content/{checkin('2025-11-06')}")
    assert found.figures.key_results["a/2026-Q4/o#k"].latest


def test_the_first_day_of_a_cycle_lies_in_it() -> None:
    assert codes(compiled({**FILES, checkin("2026-10-01"): matter("progress: {o#k: 5}")}).problems) == []


def test_the_risks_of_a_check_in_that_does_not_count_do_not_count() -> None:
    files = {**FILES, checkin("2026-12-01"): matter("risks: {r: {what: W}}")}
    assert exported(files)["risks"] == []
    assert exported(files)["checkins"] == []


# --- risks --------------------------------------------------------------------------------------------------------


def test_a_risk_is_one_thread_through_several_check_ins() -> None:
    files = {
        **FILES,
        checkin("2026-10-09"): matter(
            'risks:\n  permits: {about: o#k, what: No answer yet., needs: "@help", kind: external}'
        ),
        checkin("2026-10-30"): matter('risks:\n  permits: {state: helped, helped_by: "@help"}'),
        checkin("2026-11-13"): matter("risks:\n  permits: {state: resolved, what: Answered.}"),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    risk = found.company.risks["a/2026-Q4/permits"]
    assert [day.isoformat() for day, _ in risk.mentions] == ["2026-10-09", "2026-10-30", "2026-11-13"]
    assert (risk.raised_on, risk.about, risk.state) == (date(2026, 10, 9), "a/2026-Q4/o#k", RiskState.RESOLVED)
    assert risk.what and risk.what.source == "Answered."
    assert (risk.needs, risk.helped_by, risk.kind) == (("help",), ("help",), "external")
    assert exported(files)["risks"] == [
        {
            "ref": "a/2026-Q4/permits",
            "about": "a/2026-Q4/o#k",
            "what": "Answered.",
            "needs": "@help",
            "kind": "external",
            "state": "resolved",
            "raised_on": "2026-10-09",
            "raised_early": True,
            "helped_by": "@help",
            "ended_on": "2026-11-13",
        }
    ]


@pytest.mark.parametrize(("day", "early"), [("2026-10-01", True), ("2026-11-20", True), ("2026-11-27", False)])
def test_a_risk_is_raised_early_in_the_first_sixty_percent_of_the_cycle(day: str, early: bool) -> None:
    files = {**FILES, checkin(day): matter("risks: {r: {what: W}}")}
    assert exported(files, today="2026-12-31")["risks"][0]["raised_early"] is early


@pytest.mark.parametrize(
    ("risk", "code", "place"),
    [
        ("r: {state: open}", "missing-field", "3:3"),
        ("r: {what: W, about: o#nope}", "unresolved-ref", "3:23"),
        ("r: {what: W, about: nope}", "unresolved-ref", "3:23"),
        ("r: {what: W, about: weather}", "wrong-target", "3:23"),
        ('r: {what: W, needs: "@hlp"}', "unresolved-ref", "3:23"),
        ('r: {what: W, helped_by: ["@hlp"]}', "unresolved-ref", "3:28"),
    ],
)
def test_a_risk_that_names_nothing_is_reported(risk: str, code: str, place: str) -> None:
    found = compiled({**FILES, checkin("2026-11-06"): matter(f"risks:\n  {risk}")})
    assert place_of(only(found.problems, code)) == f"{checkin('2026-11-06')}:{place}"
    assert "a/2026-Q4/r" in found.company.risks


@pytest.mark.parametrize("about", ["o", "o#k", "guardrails#g"])
def test_a_risk_is_about_an_objective_a_key_result_or_a_guardrail(about: str) -> None:
    found = compiled({**FILES, checkin("2026-11-06"): matter(f"risks: {{r: {{what: W, about: {about}}}}}")})
    assert codes(found.problems) == []
    assert found.company.risks["a/2026-Q4/r"].about == f"a/2026-Q4/{about}"


# --- assumptions --------------------------------------------------------------------------------------------------


def test_an_assumption_is_followed_through_the_cycle() -> None:
    files = {
        **FILES,
        checkin("2026-10-09"): matter("assumptions: {weather: holds}"),
        checkin("2026-11-06"): matter("assumptions: {weather: {state: broken, note: It rained.}}"),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    bet = found.company.bets["a/2026-Q4/weather"]
    assert (bet.objective, bet.text.source) == ("a/2026-Q4/o", "It stays dry.")
    assert [entry.state for _, entry in bet.states] == [AssumptionState.HOLDS, AssumptionState.BROKEN]


def test_an_assumption_that_nobody_made_is_reported() -> None:
    found = compiled({**FILES, checkin("2026-11-06"): matter("assumptions:\n  wether: holds")})
    problem = only(found.problems, "unresolved-ref")
    assert place_of(problem) == f"{checkin('2026-11-06')}:3:3"
    assert "`weather`" in problem.hint


# --- questions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", ["o", "o#k", "a/2026-Q4/o", "guardrails#g"])
def test_a_question_is_about_something_of_the_company(about: str) -> None:
    files = {
        **FILES,
        "teams/a/2026-Q4/questions/why.md": matter(f'about: {about}\nasked_on: 2026-10-20\nasked_by: "@help"'),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    (question,) = found.company.team_cycles["a", "2026-Q4"].questions
    assert (question.ref, question.about) == ("a/2026-Q4/why", f"a/2026-Q4/{about.removeprefix('a/2026-Q4/')}")


def test_questions_are_in_the_order_in_which_they_were_asked() -> None:
    days = {"b": "2026-10-20", "a": "2026-11-01", "c": "2026-10-05"}
    files = {
        f"teams/a/2026-Q4/questions/{slug}.md": matter(f"about: o\nasked_on: {day}\nanswered_on: {day}")
        for slug, day in days.items()
    }
    questions = exported({**FILES, **files})["questions"]
    assert [question["ref"] for question in questions] == ["a/2026-Q4/c", "a/2026-Q4/b", "a/2026-Q4/a"]
    assert questions[0]["answered_on"] == "2026-10-05"


@pytest.mark.parametrize(
    ("fields", "line"),
    [("about: nope\nasked_on: 2026-10-20", 2), ('about: o\nasked_on: 2026-10-20\nasked_by: "@x"', 4)],
)
def test_a_question_about_nothing_or_from_nobody_is_reported(fields: str, line: int) -> None:
    found = compiled({**FILES, "teams/a/2026-Q4/questions/why.md": matter(fields)})
    assert only(found.problems, "unresolved-ref").span.line == line


# --- looking back -------------------------------------------------------------------------------------------------


def test_scores_views_and_lessons_are_linked() -> None:
    files = {
        **FILES,
        "teams/a/2026-Q4/retro.md": matter("""
            scores:
              o: {score: 0.6, because: Rain., next: keep, views: [{from: "@help", view: Fine.}]}
              o#k: 0.5
            lessons: {ask: Ask early.}
            """),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    retro = found.company.team_cycles["a", "2026-Q4"].retro
    assert retro
    assert list(retro.scores) == ["a/2026-Q4/o", "a/2026-Q4/o#k"]
    assert [(lesson.ref, lesson.used_by) for lesson in retro.lessons] == [("a/2026-Q4/ask", ())]
    assert exported(files)["retros"] == [
        {
            "team": "a",
            "cycle": "2026-Q4",
            "scores": {
                "a/2026-Q4/o": {"score": "0.6", "because": "Rain.", "next": "keep"},
                "a/2026-Q4/o#k": {"score": "0.5", "because": None, "next": None},
            },
        }
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("scores:\n  nope: 0.5", "unresolved-ref", 3),
        ("scores:\n  o#nope: 0.5", "unresolved-ref", 3),
        ("scores:\n  weather: 0.5", "wrong-target", 3),
        ('scores:\n  o: {score: 0.5, views: [{from: "@nobody", view: Fine.}]}', "unresolved-ref", 3),
    ],
)
def test_a_score_for_nothing_is_reported(text: str, code: str, line: int) -> None:
    found = compiled({**FILES, "teams/a/2026-Q4/retro.md": matter(text)})
    assert only(found.problems, code).span.line == line


# --- what they came to ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "outcome", "day"),
    [
        (("open",), None, ""),
        (("open", "helped"), None, ""),
        (("open", "helped", "resolved"), "resolved", "2026-10-23"),
        (("open", "resolved", "resolved"), "resolved", "2026-10-16"),
        (("open", "resolved", "open"), None, ""),
        (("resolved", "open", "resolved"), "resolved", "2026-10-23"),
        (("open", "happened", "happened"), "happened", "2026-10-16"),
        (("open", "happened", "resolved"), "happened", "2026-10-16"),
        (("resolved",), "resolved", "2026-10-09"),
    ],
)
def test_a_risk_ends_when_it_happens_or_is_resolved_for_good(states: tuple[str, ...], outcome: str, day: str) -> None:
    days = ("2026-10-09", "2026-10-16", "2026-10-23")
    files = {
        f"teams/a/2026-Q4/checkins/{on}.md": matter(f"risks: {{r: {{what: It rains., state: {state}}}}}")
        for on, state in zip(days, states, strict=False)
    }
    risk = compiled({**files, "teams/a/2026-Q4/okrs.md": matter("objectives: {o: {title: T}}")}).company.risks[
        "a/2026-Q4/r"
    ]
    assert risk.outcome == ((RiskState(outcome), date.fromisoformat(day)) if outcome else None)
    (found,) = exported(files)["risks"]
    assert found["ended_on"] == (day or None)


@pytest.mark.parametrize(
    ("states", "state", "since"),
    [
        ((), None, ""),
        (("holds",), "holds", ""),
        (("shaky", "broken"), "broken", "2026-10-09"),
        (("holds", "shaky", "shaky"), "shaky", "2026-10-16"),
        (("broken", "holds"), "holds", ""),
        (("shaky", "holds", "broken"), "broken", "2026-10-23"),
    ],
)
def test_an_assumption_fails_since_it_last_held(states: tuple[str, ...], state: str | None, since: str) -> None:
    days = ("2026-10-09", "2026-10-16", "2026-10-23")
    files = {
        f"teams/a/2026-Q4/checkins/{on}.md": matter(f"assumptions: {{rain: {said}}}")
        for on, said in zip(days, states, strict=False)
    }
    okrs = matter("objectives: {o: {title: T, assumes: {rain: It rains.}}}")
    bet = compiled({**files, "teams/a/2026-Q4/okrs.md": okrs}).company.bets["a/2026-Q4/rain"]
    assert bet.state == (AssumptionState(state) if state else None)
    assert str(bet.failing_since or "") == since
