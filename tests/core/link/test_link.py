"""Files to one company: a full company without a problem, and mistakes that stay where they were made."""

from ..company import codes, compiled, matter

COMPANY = {
    "index.md": matter("mission: Everything a family needs", "Dear all, see [[acme/2026/big]].\n"),
    "cycles/2026-Q4.md": matter("theme: Speak up"),
    "pages/glossary.md": matter("title: Words", "A *term*.\n"),
    "teams/acme/team.md": matter("name: Acme"),
    "teams/acme/2026/okrs.md": matter("objectives: {big: {title: B, key_results: {nps: {title: N}}}}"),
    "teams/pay/team.md": matter('parent: acme\naliases: [checkout]\nsince: 2026-Q3\ncontact: "#pay"'),
    "teams/pay/2026-Q3/okrs.md": matter("objectives: {old: {title: O}}"),
    "teams/pay/2026-Q3/retro.md": matter("scores: {old: 0.6}\nlessons: {ask: Ask early.}"),
    "teams/pay/2026-Q4/okrs.md": matter(
        """
        objectives:
          fast:
            title: Fast
            supports: [acme/big#nps]
            depends_on: [{from: risk/rules, need: Rules}]
            shared_with: ["@risk"]
            carried_from: pay/2026-Q3/old
            learned_from: [pay/2026-Q3/ask]
            assumes: {weather: It stays dry.}
            key_results:
              p95: {title: T, baseline: 20 ms, target: 10 ms}
        """,
        "## How {#fast}\n\nSee [[fast#p95]] and [[@risk]].\n",
    ),
    "teams/pay/2026-Q4/checkins/2026-11-06.md": matter(
        """
        progress: {fast#p95: 15 ms, fast: {confidence: 7}}
        risks: {limit: {about: fast, what: W, needs: "@risk"}}
        assumptions: {weather: holds}
        """
    ),
    "teams/pay/2026-Q4/questions/why.md": matter('about: fast\nasked_on: 2026-10-20\nasked_by: "@risk"'),
    "teams/risk/team.md": matter("parent: acme"),
    "teams/risk/2026-Q4/okrs.md": matter(
        'objectives: {rules: {title: R, provides: [checkout/fast], shared_with: ["@pay"]}}'
    ),
}


def test_a_company_that_keeps_the_contract_has_no_problem() -> None:
    found = compiled(COMPANY)
    assert codes(found.problems) == []
    assert [dependency.agreed for dependency in found.company.dependencies] == [True]
    assert len(found.company.shown) == len(COMPANY)


def test_a_mistake_stays_where_it_was_made() -> None:
    sound = compiled(COMPANY)
    for place in COMPANY:
        broken = compiled({**COMPANY, place: "---\n\tx: y\n---\n"})
        assert [problem.span.path for problem in broken.problems if problem.code == "yaml-syntax"] == [
            f"content/{place}"
        ]
        others = {ref for ref, o in sound.company.objectives.items() if o.path != f"content/{place}"}
        assert others <= set(broken.company.objectives)


def test_a_team_and_a_cycle_are_named_by_their_folders() -> None:
    company = compiled(COMPANY).company
    assert list(company.team_cycles) == [
        ("acme", "2026"),
        ("pay", "2026-Q3"),
        ("pay", "2026-Q4"),
        ("risk", "2026-Q4"),
    ]
    assert {objective.path for objective in company.objectives.values() if objective.team == "pay"} == {
        "content/teams/pay/2026-Q3/okrs.md",
        "content/teams/pay/2026-Q4/okrs.md",
    }
