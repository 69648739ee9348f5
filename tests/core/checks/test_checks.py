"""When advice is given and when not: by the day, by errors, by answers, by settings; a case each is in tests/cases."""

import ast
from typing import Final

import pytest

from okrsite.core.checks import COURSE, KEEPING, LOOKING_BACK, PROMISES
from okrsite.core.diagnostics import ADVICE, FIRST_YEAR, RULES, Moment, Severity
from tests.companies import ROOT
from tests.core.company import compiled, matter

OKRS: Final = "teams/acme/2026-Q4/okrs.md"
TEAM: Final = {"teams/acme/team.md": "---\nname: Acme\n---\n"}
POOR: Final = """
objectives:
  calm:
    title: Avoid 3 queues
    key_results:
      a: {title: Improve the tills}
      b: {title: Launch the app}
"""
"""An objective about which much can be said."""
SAID: Final = {
    "negative-wording",
    "digits-in-objective",
    "vague-target",
    "no-measure",
    "activity-wording",
    "missing-why",
}


def advice(files: dict[str, str], *, today: str = "2026-10-02", settings: str = "") -> list[str]:
    """The codes of all advice, and of nothing else."""
    problems = compiled({**TEAM, **files}, today=today, settings=settings).problems
    assert {problem.code for problem in problems} <= set(ADVICE), problems
    return [problem.code for problem in problems]


def test_the_registry_holds_every_rule_of_every_family() -> None:
    registered = {check.__name__ for check in (*PROMISES, *COURSE, *KEEPING, *LOOKING_BACK)}
    bodies = (
        ast.parse(path.read_text(encoding="utf-8")).body for path in (ROOT / "okrsite" / "core" / "checks").glob("*.py")
    )
    defined = {
        node.name
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (ast.unparse(node.args), ast.unparse(node.returns or node)) == ("part: Part", "Iterator[Finding]")
    }
    assert len(defined) > 25
    assert defined == registered


def test_advice_is_never_an_error_and_says_why_from_whom_and_how_to_answer() -> None:
    assert len(ADVICE) > 30
    for code, rule in ADVICE.items():
        assert rule.severity is not Severity.ERROR
        assert rule.reason
        if code != "idle-ignore":
            assert rule.source and rule.reply, code
            assert f"ignore: {{{code}: " in rule.answer(code)


def test_every_rule_has_a_reason_in_one_sentence_and_no_address() -> None:
    for code, rule in RULES.items():
        assert rule.reason.endswith("."), code
        assert "http" not in rule.source + rule.reason
        assert rule.answer(code).endswith("."), code


# --- the day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", ["2026-07-01", "2026-10-01", "2026-12-31"])
def test_promises_are_spoken_of_until_their_cycle_ends(today: str) -> None:
    assert set(advice({OKRS: matter(POOR)}, today=today)) >= SAID


@pytest.mark.parametrize("today", ["2027-01-01", "2027-03-01", "2028-01-01"])
def test_afterwards_nothing_is_said_of_them(today: str) -> None:
    assert set(advice({OKRS: matter(POOR)}, today=today)) <= {"missing-retro"}


@pytest.mark.parametrize(
    ("today", "asked"),
    [("2027-01-21", False), ("2027-01-22", True), ("2027-04-23", True), ("2027-04-24", False)],
)
def test_a_look_back_is_asked_for_when_the_cycle_has_closed_and_not_forever(today: str, asked: bool) -> None:
    assert ("missing-retro" in advice({OKRS: matter(POOR)}, today=today)) is asked


def test_what_is_advised_on_the_format_lapses_with_the_cycle_too() -> None:
    okrs = {**TEAM, OKRS: matter("objectives: {a: {title: Calm, key_results: {k: {title: K, target: 3}}}}")}
    assert "no-baseline" in [p.code for p in compiled(okrs, today="2026-12-31").problems]
    assert "no-baseline" not in [p.code for p in compiled(okrs, today="2027-01-01").problems]


@pytest.mark.parametrize("line", ["status: dropped, because: Done", "moved_to: zest/calm"])
def test_nothing_is_said_of_what_was_dropped_or_handed_over(line: str) -> None:
    zest = {
        "teams/zest/team.md": "---\nname: Zest\n---\n",
        "teams/zest/2026-Q4/okrs.md": matter("objectives: {calm: {title: It is calm, why: So.}}"),
    }
    files = {OKRS: matter(f"objectives: {{calm: {{title: Avoid 3 queues, {line}}}}}"), **zest}
    assert [code for code in advice(files) if code in SAID] == []


# --- errors and answers ---------------------------------------------------------------------------------------------


def test_advice_waits_until_the_errors_of_a_teams_cycle_are_mended() -> None:
    wrong = {
        **TEAM,
        OKRS: matter(POOR),
        "teams/acme/2026-Q4/checkins/2026-10-02.md": matter("progress: {calm: {x: 1}}"),
    }
    assert [problem.code for problem in compiled(wrong, today="2026-10-03").problems] == ["unknown-key"]


@pytest.mark.parametrize(
    ("code", "at"),
    [("vague-target", "a"), ("vague-target", "calm"), ("vague-target", "top"), ("digits-in-objective", "calm")],
)
def test_an_answer_holds_where_it_is_given_and_for_all_below(code: str, at: str) -> None:
    answer = f"{{{code}: Known.}}"
    okrs = {
        "a": POOR.replace("tills}", f"tills, ignore: {answer}}}"),
        "calm": POOR.replace("    key_results", f"    ignore: {answer}\n    key_results"),
        "top": f"ignore: {answer}{POOR}",
    }[at]
    before, after = advice({OKRS: matter(POOR)}), advice({OKRS: matter(okrs)})
    assert set(before) - set(after) == {code}
    assert set(after) <= set(before)


def test_an_answer_elsewhere_does_not_hold() -> None:
    okrs = POOR.replace("app}", "app, ignore: {vague-target: Known.}}")
    assert {"vague-target", "idle-ignore"} <= set(advice({OKRS: matter(okrs)}))


def test_what_the_format_advises_is_answered_at_its_place() -> None:
    answered = "k: {title: K, target: a contract, ignore: {unmeasured-target: Known.}}"
    okrs = f"objectives: {{a: {{title: Calm, key_results: {{{answered}, l: {{title: L, target: b}}}}}}}}"
    found = [p for p in compiled({**TEAM, OKRS: matter(okrs)}).problems if p.code == "unmeasured-target"]
    assert len(found) == 1
    assert found[0].span.column > okrs.index("l: {")


def test_an_error_cannot_be_answered() -> None:
    okrs = "objectives: {a: {title: Calm, supports: nobody/x, ignore: {unresolved-ref: Known.}}}"
    assert "unresolved-ref" in [p.code for p in compiled({**TEAM, OKRS: matter(okrs)}).problems]


@pytest.mark.parametrize("code", ["stale-checkin", "guardrail-breached", "missing-retro"])
def test_an_answer_to_what_depends_on_the_day_is_never_idle(code: str) -> None:
    okrs = POOR.replace("    key_results", f"    ignore: {{{code}: Known.}}\n    key_results")
    assert "idle-ignore" not in advice({OKRS: matter(okrs)})


def test_an_idle_answer_of_a_cycle_that_has_ended_is_left_alone() -> None:
    okrs = POOR.replace("    key_results", "    ignore: {no-such: Known.}\n    key_results")
    assert "idle-ignore" in advice({OKRS: matter(okrs)})
    assert "idle-ignore" not in advice({OKRS: matter(okrs)}, today="2027-01-02")


def test_a_team_and_a_look_back_are_answered_at_the_top_of_their_files() -> None:
    team = {"teams/ceo/team.md": "---\nname: CEO\n---\n"}
    assert advice(team) == ["person-shaped-team"]
    assert advice({"teams/ceo/team.md": "---\nname: CEO\nignore: {person-shaped-team: An office of six.}\n---\n"}) == []
    retro = {OKRS: matter(POOR), "teams/acme/2026-Q4/retro.md": matter("scores: {calm: {score: 0.5, because: Rain.}}")}
    assert "shallow-retro" in advice(retro, today="2027-01-10")
    retro["teams/acme/2026-Q4/retro.md"] = matter(
        "scores: {calm: {score: 0.5, because: Rain.}}\nignore: {shallow-retro: We met and talked.}"
    )
    assert "shallow-retro" not in advice(retro, today="2027-01-10")


# --- settings -------------------------------------------------------------------------------------------------------


def test_limits_are_the_companys() -> None:
    more = {OKRS: matter(POOR)}
    assert "too-many-key-results" in advice(more, settings="[limits]\nkey_results = 1\n")
    assert "too-many-objectives" in advice(more, settings="[limits]\nobjectives = 0\n")
    assert not {"too-many-key-results", "too-many-objectives"} & set(advice(more))


def test_the_first_year_is_softer_and_what_is_set_counts_before() -> None:
    usual = advice({OKRS: matter(POOR)})
    soft = advice({OKRS: matter(POOR)}, settings='[checks]\nprofile = "first-year"\n')
    assert set(usual) - set(soft) == {"negative-wording"}
    own = '[checks]\nprofile = "first-year"\nnegative-wording = "warning"\nmissing-why = "off"\n'
    found = compiled({**TEAM, OKRS: matter(POOR)}, today="2026-10-02", settings=own).problems
    assert {p.code: p.severity for p in found}["negative-wording"] is Severity.WARNING
    assert "missing-why" not in {p.code for p in found}


def test_the_first_year_softens_and_never_sharpens() -> None:
    order = [None, Severity.HINT, Severity.WARNING, Severity.ERROR]
    assert FIRST_YEAR
    for code, level in FIRST_YEAR.items():
        assert order.index(level) < order.index(RULES[code].severity), code
    assert "appraisal-words" not in FIRST_YEAR


def test_moments_are_those_in_which_rules_run() -> None:
    assert RULES["stale-checkin"].moment is Moment.RUNNING
    assert {RULES[code].moment for code in ("missing-why", "unaligned", "no-baseline")} == {Moment.PROMISE}


# --- who began late -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "status", "asked"),
    [("2026-10-16", "active", True), ("2026-12-04", "active", False), ("2026-10-16", "draft", False)],
)
def test_a_review_in_the_middle_is_asked_of_those_who_were_there(first: str, status: str, asked: bool) -> None:
    checkins = {
        f"teams/acme/2026-Q4/checkins/{day}.md": matter("progress: {calm: {confidence: 6}}")
        for day in (first, "2026-12-11")
    }
    okrs = matter(f"objectives: {{calm: {{title: It is calm, why: It was loud., status: {status}}}}}")
    assert ("no-mid-cycle-review" in advice({OKRS: okrs, **checkins}, today="2026-12-12")) is asked


CALM: Final = """
objectives:
  calm:
    title: Nobody waits
    why: They do.
    key_results:
      a: {title: Wait at the till, baseline: 9 min, target: 2 min}
      b: {title: Carts left at the till, baseline: 70, target: 20}
"""


@pytest.mark.parametrize(
    ("cycle", "heard", "today", "asked"),
    [
        ("2026-Q4", "", "2026-10-14", False),
        ("2026-Q4", "", "2026-10-15", True),
        ("2026-Q4", "2026-10-02", "2026-10-11", False),
        ("2026-Q4", "2026-10-02", "2026-10-12", True),
        ("2026-H2", "2026-10-02", "2026-10-13", True),
        ("2026", "2026-10-02", "2026-10-13", False),
        ("2026", "2026-10-02", "2026-11-02", False),
        ("2026", "2026-10-02", "2026-11-06", True),
        ("2026", "", "2026-02-02", False),
        ("2026", "", "2026-02-06", True),
    ],
)
def test_silence_is_spoken_of_once_promises_stand_and_of_a_year_by_the_month(
    cycle: str, heard: str, today: str, asked: bool
) -> None:
    files = {f"teams/acme/{cycle}/okrs.md": matter(CALM)}
    if heard:
        files[f"teams/acme/{cycle}/checkins/{heard}.md"] = matter("progress: {calm#a: 8 min}")
    assert ("stale-checkin" in advice(files, today=today)) is asked


def _decided(decision: str, id_: str, title: str, more: str = "") -> bool:
    """Whether a new quarter with one objective is said not to follow what the last one decided about `calm`."""
    files = {
        "teams/acme/2026-Q3/okrs.md": matter(CALM),
        "teams/acme/2026-Q3/retro.md": matter(f"scores: {{calm: {{score: 0.6, because: So., next: {decision}}}}}")
        + "## What would have happened otherwise\n\nNothing.\n\n## What we learned\n\nMuch.\n",
        OKRS: matter(CALM.replace("calm:", f"{id_}:").replace("Nobody waits", title) + more),
    }
    return "decision-not-followed" in advice(files, today="2026-10-20")


@pytest.mark.parametrize(
    ("decision", "id_", "title", "more", "said"),
    [
        ("keep", "other", "Tills greet everybody", "", True),
        ("keep", "other", "Tills greet everybody", "not_doing: [A printer for receipts]\n", True),
        ("keep", "other", "Tills greet everybody", "not_doing: ['Calm tills, until there are hands for it']\n", False),
        ("keep", "calm", "Nobody waits", "", False),
        ("done", "calm", "Nobody waits", "", True),
        ("done", "calm", "Tills greet everybody", "", False),
    ],
)
def test_a_decision_is_followed_by_what_says_so(decision: str, id_: str, title: str, more: str, said: bool) -> None:
    assert _decided(decision, id_, title, more) is said


FIRST: Final = "teams/acme/2026-Q4/checkins/2026-10-09.md"
NEXT: Final = "teams/acme/2026-Q4/checkins/2026-10-16.md"
LATE: Final = "teams/acme/2026-Q4/checkins/2026-11-13.md"


def test_certainty_is_spoken_of_until_somebody_doubts() -> None:
    certain = {
        OKRS: matter(CALM),
        FIRST: matter("progress: {calm#a: {value: 8 min, confidence: 9}, calm#b: {value: 60, confidence: 10}}"),
    }
    assert "all-certain" in advice(certain, today="2026-10-20")
    doubted = {**certain, NEXT: matter("progress: {calm#a: {value: 7 min, confidence: 6, note: A till broke.}}")}
    assert "all-certain" not in advice(doubted, today="2026-10-20")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A week like others.", True),
        ("Mid-cycle. We keep all of it.", False),
        ("## Half-time\n\nWe keep all of it.", False),
        ("中期回顾：目标不变。", False),
    ],
)
def test_a_review_in_the_middle_is_heard_in_a_text_too(text: str, asked: bool) -> None:
    files = {OKRS: matter(CALM), FIRST: matter("progress: {calm#a: 8 min}", "The mid-cycle review is on 13 November.")}
    found = advice({**files, LATE: matter("progress: {calm#a: 7 min}", text)}, today="2026-12-01")
    assert ("no-mid-cycle-review" in found) is asked


@pytest.mark.parametrize(("start", "said"), [("2026-10-12", False), ("2026-11-16", True)])
def test_cycles_of_about_one_length_are_not_above_each_other(start: str, said: bool) -> None:
    files = {
        "cycles/late.md": matter(f"title: Late\nstart: {start}\nend: 2026-12-31"),
        "teams/acme/late/okrs.md": matter(CALM),
        OKRS: matter("objectives: {big: {title: Tills greet everybody, why: So., supports: [acme/late/calm]}}"),
    }
    assert ("upside-down" in advice(files, today="2026-10-05")) is said


def test_what_was_dropped_closes_no_ring() -> None:
    one = "a: {{title: Calm, why: So., supports: [b]{more}}}"
    ring = f"objectives:\n  {one}\n  b: {{{{title: Kind, why: So., supports: [a]}}}}\n"
    assert "support-loop" in advice({OKRS: matter(ring.format(more=""))})
    assert "support-loop" not in advice({OKRS: matter(ring.format(more=", status: dropped, because: It went."))})


@pytest.mark.parametrize(
    ("more", "today", "asked"),
    [
        ("", "2026-11-22", True),
        ("", "2026-12-24", True),
        ("", "2026-12-26", False),
        ('risks: {late: {about: calm#a, what: No tills., needs: "@acme"}}', "2026-11-22", False),
        ('risks: {late: {about: calm#a, what: No tills., needs: "@acme", state: resolved}}', "2026-11-22", False),
        ("risks: {late: {about: calm#a, what: No tills.}}", "2026-11-22", True),
    ],
)
def test_help_is_asked_for_while_it_can_come(more: str, today: str, asked: bool) -> None:
    promised = {OKRS: matter(CALM.replace("    why", "    type: committed\n    why", 1))}
    doubt = "progress: {calm#a: {value: 7 min, confidence: 5}}\nreview: mid-cycle\n"
    files = {**promised, LATE: matter(doubt + more)}
    assert ("committed-in-doubt" in advice(files, today=today)) is asked


def test_help_that_came_before_a_new_doubt_is_asked_for_again() -> None:
    promised = {OKRS: matter(CALM.replace("    why", "    type: committed\n    why", 1))}
    risk = 'risks: {{late: {{about: calm#a, what: No tills., needs: "@acme", state: {state}}}}}'
    before = {NEXT: matter(risk.format(state="resolved"))}
    files = {**promised, **before, LATE: matter("progress: {calm#a: {value: 7 min, confidence: 5, note: Slow.}}")}
    assert "committed-in-doubt" in advice(files, today="2026-11-20")
