"""A quarter carried over: what goes on, from where, and what was decided about it."""

from collections.abc import Iterable, Mapping

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.drafts.carried import choices, draft_carried
from okrsite.core.drafts.where import find_cycle
from okrsite.core.model import Metric, Milestones, OkrsFile
from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile
from tests.companies import compile_files

COMPANY = "---\nobjectives:\n  easy: {title: Paying is easy}\n---\n"
YEAR = "---\nobjectives:\n  loved: {title: People like to pay}\n---\n"
OKRS = """\
---
objectives:
  fast:
    title: {en: Fast, de: "Schnell: sehr"}
    why: Carts are left.
    type: committed
    supports: [acme/easy, acme/loved]
    assumes:
      power: There is power.
      luck: There is luck.
    serves: [Stores]
    contacts: ["@leads"]
    ignore: {digits: "It is a name: 3"}
    extra: {budget: {code: "a: 7", lines: [one, "two, three"]}}
    depends_on:
      - from: "@acme"
        need: A decision
      - from: acme/easy
    key_results:
      p95: {title: Time, baseline: 200 ms, target: 100 ms, weight: 2, source: "https://x.example/a", due: 2026-12-01}
      share: {title: Share, baseline: 10%, target: 20%}
      less: {title: Less, baseline: 1000 carts, change: -20%}
      steps: {title: Steps, milestones: {one: {title: Step one}, two: {title: "Step: two", weight: 3}}}
      lent: {title: Found, find_baseline: true}
      sign: {title: Signed, deliver_by: 2026-11-30}
      hand: {title: By hand, target: a signed contract}
      gone: {title: Gone, status: dropped, because: No., baseline: 1, target: 2}
  done-one: {title: Done, key_results: {k: {title: K, milestones: [a]}}}
  let-go: {title: Let go, status: dropped, because: No.}
guardrails:
  calm: {title: Calm, keep_between: [1%, 2%]}
---
"""
SAID = """\
---
progress:
  fast#p95: 150
  fast#share: 20%
  fast#less: 900 carts
  fast#steps: [one]
  fast#lent: 9 %
  fast#hand: 40%
  done-one#k: [a]
assumptions: {luck: broken}
---
"""
RETRO = """\
---
scores:
  fast: {score: 0.4, because: It took long., next: drop}
  done-one: {next: keep}
lessons:
  early: Ask early, not late.
---
"""
FILES: Mapping[str, str] = {
    "teams/acme/team.md": "---\nname: Acme\n---\n",
    "teams/acme/2026-Q4/okrs.md": COMPANY,
    "teams/acme/2026/okrs.md": YEAR,
    "teams/pay/team.md": "---\nparent: acme\n---\n",
    "teams/pay/2026-Q4/okrs.md": OKRS,
    "teams/pay/2026-Q4/checkins/2026-11-06.md": SAID,
}
SETTINGS = 'languages = ["en", "de"]\n'


def _grave(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [problem for problem in problems if problem.severity is not Severity.HINT]


def _carried(
    files: Mapping[str, str], into: str = "2027-Q1", chosen: list[str] | None = None
) -> tuple[OkrsFile, str, list[str]]:
    """The okrs.md that carries a cycle over, read, as text, and the problems of the company with it."""
    compiled = compile_files(files, settings=SETTINGS)
    before = compiled.company.team_cycles["pay", "2026-Q4"]
    ids = [c.objective.id for c in choices(before, compiled) if c.goes_on] if chosen is None else chosen
    draft = draft_carried(compiled, before, find_cycle(compiled.company, into), ids)
    file = parse_document(SourceFile(f"content/{draft.place}", draft.place, draft.text)).file
    assert isinstance(file, OkrsFile)
    after = compile_files({**files, draft.place: draft.text}, settings=SETTINGS)
    return (
        file,
        draft.text,
        [
            p.message
            for p in after.problems
            if p.severity is not Severity.HINT and p.span.path == f"content/{draft.place}"
        ],
    )


def test_what_is_unfinished_goes_on_and_nothing_is_wrong_with_it() -> None:
    file, text, problems = _carried(FILES)
    assert [o.id for o in file.objectives] == ["fast"]
    assert problems == []
    assert "# Not carried over: done-one (all that it promised is reached)" in text
    assert "# Not carried over: let-go (it was dropped)" in text


def test_numbers_start_where_they_stood_and_keep_their_target() -> None:
    (fast,) = _carried(FILES)[0].objectives
    found = {kr.id: kr.measure for kr in fast.key_results}
    assert list(found) == ["p95", "less", "steps", "sign", "hand"]
    p95, less, steps = found["p95"], found["less"], found["steps"]
    assert isinstance(p95, Metric) and p95.baseline and p95.target
    assert (p95.baseline.text, p95.target.text) == ("150 ms", "100 ms")
    assert isinstance(less, Metric) and less.baseline and less.target
    assert (less.baseline.text, less.target.text, less.change) == ("900 carts", "800 carts", None)
    assert isinstance(steps, Milestones)
    assert [(s.id, s.title.source, int(s.weight)) for s in steps.steps] == [("two", "Step: two", 3)]


def test_what_was_reached_is_said_and_not_promised_again() -> None:
    text = _carried(FILES)[1]
    assert "# Reached, and not promised again: Share, 20% on 2026-11-06" in text
    assert "# Reached, and not promised again: Found, 9 % on 2026-11-06" in text
    assert "# Reached in 2026-Q4: Step one" in text
    assert "# In 2026-Q4: from 200 ms to 100 ms; last 150 on 2026-11-06" in text
    assert "# It was promised for 2026-11-30; by when now?" in text


def test_an_objective_keeps_what_says_what_it_is() -> None:
    (fast,) = _carried(FILES)[0].objectives
    assert [(language, prose.source) for language, prose in fast.title.versions] == [
        ("en", "Fast"),
        ("de", "Schnell: sehr"),
    ]
    assert fast.why and fast.why.source == "Carts are left."
    assert str(fast.type) == "committed"
    assert [ref.text for ref in fast.carried_from] == ["pay/2026-Q4/fast"]
    assert [text.source for text in (*fast.serves, *fast.contacts)] == ["Stores", "@leads"]
    assert [(a.id, a.text.source) for a in fast.assumes] == [("power", "There is power.")]
    assert [(answer.code, answer.reason.source) for answer in fast.ignore] == [("digits", "It is a name: 3")]
    assert fast.extra == {"budget": {"code": "a: 7", "lines": ("one", "two, three")}}
    p95 = fast.key_results[0]
    assert (int(p95.weight), p95.source, p95.due) == (2, "https://x.example/a", None)


def test_references_name_what_still_runs_or_carries_on() -> None:
    file, text, _ = _carried(FILES)
    assert [ref.text for ref in file.objectives[0].supports] == []
    assert "# It supported acme/2026-Q4/easy; what does it support now?" in text
    assert [need.source.text for need in file.objectives[0].depends_on] == ["@acme"]
    following = "---\nobjectives:\n  easier: {title: Easier, carried_from: acme/2026-Q4/easy}\n---\n"
    file, text, problems = _carried({**FILES, "teams/acme/2027-Q1/okrs.md": following})
    assert [ref.text for ref in file.objectives[0].supports] == ["acme/easier"]
    assert [need.source.text for need in file.objectives[0].depends_on] == ["@acme", "acme/easier"]
    assert problems == []
    half = _carried(FILES, "2026-12")[0]
    assert [ref.text for ref in half.objectives[0].supports] == ["acme/easy", "acme/loved"]


def test_the_retrospectives_decisions_are_honoured() -> None:
    files = {**FILES, "teams/pay/2026-Q4/retro.md": RETRO}
    file, text, _ = _carried(files)
    assert [o.id for o in file.objectives] == ["done-one"]
    assert "# Not carried over: fast (decided: drop)" in text
    assert "#   - pay/2026-Q4/early" in text
    assert "Ask early, not late." in text
    text = _carried(files, chosen=["fast"])[1]
    assert "# In 2026-Q4: score 0.4, decided: drop" in text
    assert "# It took long." in text


def test_standing_limits_go_on() -> None:
    (calm,) = _carried(FILES)[0].guardrails
    assert calm.id == "calm"
    assert "    keep_between:\n      - 1%\n      - 2%\n" in _carried(FILES)[1]


LEFT = """\
---
objectives:
  fast:
    title: Fast
    supports: [acme/easy]
    note: "Mind: the till\\n\\nand *the* rest"
    depends_on: [{from: acme/easy, need: A rule}, {from: "@acme", need: A word}]
    provides: [{to: acme/easy, by: 2026-11-20}, {to: "@acme"}]
    initiatives: [Move routing, "Ask: again"]
    learned_from: [pay/2026-Q3/early]
    replaced_by: A law
    key_results:
      p95:
        title: Time
        baseline: 200 ms
        target: 100 ms
        due: 2026-12-01
        supports: [acme/loved]
        depends_on: [{from: acme/easy}]
        initiatives: [Cache]
        note: Counted at the till
      gone: {title: Gone, status: dropped, because: No use., baseline: 1, target: 2}
  let-go: {title: Let go, status: dropped, because: Nobody asked.}
guardrails:
  calm: {title: Calm, keep_above: 1%}
  off: {title: Off, status: dropped, because: Too loud., keep_above: 1%}
not_doing: [A loyalty scheme, "Cash: back"]
ignore: {digits-in-objective: A name.}
extra: {budget: 7}
---
Context.

## Fast {#fast}

A story.
"""
QUARTER = "---\nlessons:\n  early: Ask early.\n---\n"


def test_whatever_is_left_out_is_said_in_a_comment() -> None:
    files = {**FILES, "teams/pay/2026-Q4/okrs.md": LEFT, "teams/pay/2026-Q3/retro.md": QUARTER}
    del files["teams/pay/2026-Q4/checkins/2026-11-06.md"]
    file, text, problems = _carried(files, chosen=["fast", "let-go"])
    assert [o.id for o in file.objectives] == ["fast", "let-go"]
    assert problems == []
    for words in (
        "# It supported acme/2026-Q4/easy; what does it support now?",
        "# Its note was: Mind: the till and the rest",
        "# It depended on acme/2026-Q4/easy: A rule; whom does it need now?",
        "# It provided for acme/easy by 2026-11-20; is that still needed?",
        "# It provided for @acme; is that still needed?",
        "# Its initiatives were: Move routing; Ask: again",
        "# It used the lessons pay/2026-Q3/early",
        "# It was replaced by: A law",
        "# It was due on 2026-12-01; by when now?",
        "# It supported acme/2026/loved; what does it support now?",
        "# It depended on acme/2026-Q4/easy; whom does it need now?",
        "# Its initiatives were: Cache",
        "# Its note was: Counted at the till",
        "# Not carried over: Gone (it was dropped: No use.)",
        "# It was dropped: Nobody asked.",
        "# Not carried over: Off (it was dropped: Too loud.)",
        "# Left out on purpose, for `not_doing:` where it still goes:",
        "#   - A loyalty scheme",
        "#   - Cash: back",
        "# Advice that was answered, for `ignore:` where the answer still goes:",
        "#   digits-in-objective: A name.",
        "# Left in the okrs.md of 2026-Q4: the text below the fields, `extra`",
    ):
        assert f"{words}\n" in text, text
    assert [need.source.text for need in file.objectives[0].depends_on] == ["@acme"]


def test_nothing_is_said_to_be_left_out_where_nothing_was() -> None:
    text = _carried({**FILES, "teams/pay/2026-Q4/okrs.md": COMPANY})[1]
    assert text == (
        "---\n# Carried over from 2026-Q4. Numbers start where they stood last; targets are those\n"
        "# of 2026-Q4. Decide them anew, then take out these comments.\n"
        "objectives:\n  easy:\n    title: Paying is easy\n    carried_from:\n      - pay/2026-Q4/easy\n---\n"
    )
