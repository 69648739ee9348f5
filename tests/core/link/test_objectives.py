"""Objectives in their places: what they support, need, provide, share, carry on and learned from."""

from datetime import date

import pytest

from ..company import codes, compiled, exported, matter, only, place_of

Q4 = "teams/{}/2026-Q4/okrs.md"


def okrs(*objectives: str) -> str:
    """An okrs.md of objectives in braces, each `id: {fields}`."""
    return matter("objectives:\n" + "\n".join(f"  {objective}" for objective in objectives))


def test_objectives_and_key_results_support_objectives_and_key_results() -> None:
    files = {
        Q4.format("acme"): okrs("big: {title: B, key_results: {nps: {title: N}}}"),
        Q4.format("pay"): okrs(
            "fast: {title: F, supports: [acme/big, acme/big#nps, acme/big], "
            "key_results: {p95: {title: P, supports: acme/big#nps}}}"
        ),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    assert found.company.objectives["pay/2026-Q4/fast"].supports == ("acme/2026-Q4/big", "acme/2026-Q4/big#nps")
    assert found.company.supported_by == {
        "acme/2026-Q4/big": ("pay/2026-Q4/fast",),
        "acme/2026-Q4/big#nps": ("pay/2026-Q4/fast", "pay/2026-Q4/fast#p95"),
    }
    exports = {objective["ref"]: objective for objective in exported(files)["objectives"]}
    assert exports["acme/2026-Q4/big"]["supported_by"] == ["pay/2026-Q4/fast", "pay/2026-Q4/fast#p95"]


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("supports: pay/2026-Q3/lesson", "a lesson"),
        ("supports: guardrails#g", "a guardrail"),
        ("carried_from: pay/2026-Q3/old#k", "a key result"),
        ("moved_from: pay/2026-Q3/lesson", "a lesson"),
        ("moved_to: fast#k", "a key result"),
        ("learned_from: pay/2026-Q3/old", "an objective"),
        ("depends_on: pay/2026-Q3/lesson", "a lesson"),
        ("provides: [{to: weather}]", "a assumption"),
    ],
)
def test_a_reference_to_the_wrong_kind_of_thing_is_reported(field: str, what: str) -> None:
    files = {
        "teams/pay/2026-Q3/okrs.md": okrs("old: {title: O, key_results: {k: {title: K}}}"),
        "teams/pay/2026-Q3/retro.md": matter("lessons: {lesson: L}"),
        Q4.format("pay"): matter(
            "objectives:\n  fast:\n    title: F\n    assumes: {weather: W}\n    key_results: {k: {title: K}}\n"
            f"    {field}\nguardrails: {{g: {{title: G, keep_above: 1}}}}"
        ),
    }
    problem = only(compiled(files).problems, "wrong-target")
    assert problem.span.line == 7
    assert what.split()[-1] in problem.message


@pytest.mark.parametrize("field", ["supports: pay/fast", "supports: fast", "carried_from: fast", "moved_to: pay/fast"])
def test_an_objective_does_not_lean_on_itself(field: str) -> None:
    found = compiled({Q4.format("pay"): okrs(f"fast: {{title: F, {field}}}")})
    assert codes(found.problems) == ["wrong-target"]
    assert found.company.supported_by == {}


def test_what_was_carried_over_moved_and_learned_is_known() -> None:
    files = {
        "teams/shops/2026-Q4/okrs.md": okrs("fast: {title: F, moved_to: pay/fast}"),
        "teams/pay/2026-Q3/okrs.md": okrs("fast: {title: F}"),
        "teams/pay/2026-Q3/retro.md": matter("lessons: {ask-early: Ask early.}"),
        Q4.format("pay"): okrs(
            "fast: {title: F, carried_from: pay/2026-Q3/fast, moved_from: shops/fast, "
            "learned_from: [pay/2026-Q3/ask-early]}"
        ),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    objective = found.company.objectives["pay/2026-Q4/fast"]
    assert objective.carried_from == ("pay/2026-Q3/fast",)
    assert (objective.moved_from, objective.learned_from) == ("shops/2026-Q4/fast", ("pay/2026-Q3/ask-early",))
    assert found.company.objectives["shops/2026-Q4/fast"].moved_to == "pay/2026-Q4/fast"
    assert found.company.lessons["pay/2026-Q3/ask-early"].used_by == ("pay/2026-Q4/fast",)


def test_a_section_of_the_body_becomes_the_story_of_its_objective() -> None:
    text = matter("objectives: {fast: {title: F}, slow: {title: S}}", "Context.\n\n## Speed {#fast}\n\nIt goes.\n")
    company = compiled({Q4.format("pay"): text}).company
    story = company.objectives["pay/2026-Q4/fast"].story
    assert story
    assert (story.heading.plain, story.prose.plain) == ("Speed", "It goes.")
    assert company.objectives["pay/2026-Q4/slow"].story is None


def test_the_first_of_two_stories_stands_and_the_second_is_reported() -> None:
    text = matter("objectives: {fast: {title: F}}", "## One {#fast}\n\nA.\n\n## Two {#fast}\n\nB.\n")
    found = compiled({Q4.format("pay"): text})
    story = found.company.objectives["pay/2026-Q4/fast"].story
    assert story
    assert story.prose.plain == "A."
    assert only(found.problems, "duplicate-id").span.line == 8


# --- dependencies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provides", "need", "agreed", "by"),
    [
        ("[{to: app/find, by: 2026-11-27}]", "battery/range", True, date(2026, 11, 27)),
        ("[app/find]", "battery/range", True, None),
        ("[{to: app/2026-Q4/find}]", "battery/range#km", True, None),
        ("[{to: app/find#p95}]", "battery/range", False, None),
        ('[{to: "@app", by: 2026-11-27}]', "battery/range", True, date(2026, 11, 27)),
        ("[{to: app/find}]", '"@battery"', True, None),
        ('[{to: "@app"}]', '"@battery"', True, None),
        ("[{to: app/other}]", "battery/range", False, None),
        ("[]", "battery/range", False, None),
        ("[{to: app/find}]", "battery/second", False, None),
    ],
)
def test_a_dependency_is_agreed_once_the_other_side_acknowledges_it(
    provides: str, need: str, agreed: bool, by: date | None
) -> None:
    files = {
        Q4.format("app"): okrs(
            f"find: {{title: F, depends_on: {{from: {need}, need: Close}}, key_results: {{p95: {{title: P}}}}}}",
            "other: {title: O}",
        ),
        Q4.format("battery"): okrs(
            f"range: {{title: R, provides: {provides}, key_results: {{km: {{title: K}}}}}}", "second: {title: S}"
        ),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    (dependency,) = found.company.dependencies
    assert dependency.need
    assert (dependency.asker, dependency.need.source) == ("app/2026-Q4/find", "Close")
    assert (dependency.agreed, dependency.by) == (agreed, by)


def test_a_key_result_may_depend_on_others_too() -> None:
    files = {
        Q4.format("app"): okrs("find: {title: F, key_results: {p95: {title: P, depends_on: [{from: battery/range}]}}}"),
        Q4.format("battery"): okrs("range: {title: R, provides: [{to: app/find}]}"),
    }
    (dependency,) = compiled(files).company.dependencies
    assert (dependency.asker, dependency.provider, dependency.agreed) == (
        "app/2026-Q4/find#p95",
        "battery/2026-Q4/range",
        True,
    )
    assert exported(files)["objectives"][0]["depends_on"] == ["battery/2026-Q4/range"]


def test_another_team_cannot_acknowledge_for_the_one_that_was_asked() -> None:
    files = {
        Q4.format("app"): okrs("find: {title: F, depends_on: [{from: battery/range}]}"),
        Q4.format("battery"): okrs("range: {title: R}"),
        Q4.format("busy"): okrs("body: {title: B, provides: [{to: app/find}]}"),
    }
    (dependency,) = compiled(files).company.dependencies
    assert not dependency.agreed


def test_a_need_that_names_nothing_is_reported() -> None:
    files = {
        Q4.format("app"): okrs("find: {title: F, depends_on: [{from: battery/rnge, need: x}], provides: [{to: b/x}]}"),
        Q4.format("battery"): okrs("range: {title: R}"),
    }
    found = compiled(files)
    assert codes(found.problems) == ["unresolved-ref", "unresolved-ref"]
    assert found.company.dependencies == ()


# --- shared objectives --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theirs", "agreed"), [('shared_with: ["@app"]', True), ('shared_with: ["@keep"]', False), ("why: x", False)]
)
def test_a_shared_objective_is_agreed_once_the_other_lists_it_too(theirs: str, agreed: bool) -> None:
    files = {
        Q4.format("app"): okrs('same-words: {title: S, shared_with: ["@care"]}'),
        Q4.format("care"): okrs(f"one-answer: {{title: O, {theirs}}}"),
        Q4.format("keep"): okrs("x: {title: X}"),
    }
    found = compiled(files)
    assert found.company.objectives["app/2026-Q4/same-words"].shared_with == (("care", agreed),)
    hints = [place_of(problem) for problem in found.problems if problem.code == "shared-not-agreed"]
    assert ("teams/app/2026-Q4/okrs.md:3:40" in hints) is not agreed


def test_agreement_is_a_matter_of_one_cycle() -> None:
    files = {
        Q4.format("app"): okrs('o: {title: S, shared_with: ["@care"]}'),
        "teams/care/2026-Q3/okrs.md": okrs('o: {title: O, shared_with: ["@app"]}'),
    }
    assert compiled(files).company.objectives["app/2026-Q4/o"].shared_with == (("care", False),)


def test_sharing_works_under_an_old_name() -> None:
    files = {
        "teams/app/team.md": matter("aliases: [rider]"),
        "teams/care/team.md": matter("aliases: [hotline]"),
        Q4.format("app"): okrs('o: {title: S, shared_with: ["@hotline"]}'),
        Q4.format("care"): okrs('p: {title: O, shared_with: ["@rider"]}'),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    assert found.company.objectives["app/2026-Q4/o"].shared_with == (("care", True),)
    assert found.company.objectives["care/2026-Q4/p"].shared_with == (("app", True),)


def test_sharing_with_a_team_that_does_not_exist_is_reported() -> None:
    found = compiled({Q4.format("app"): okrs('o: {title: S, shared_with: ["@nobody"]}')})
    assert codes(found.problems) == ["unresolved-ref"]
    assert found.company.objectives["app/2026-Q4/o"].shared_with == ()
