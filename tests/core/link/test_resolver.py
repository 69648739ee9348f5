"""From a reference as written to what it names: every form, the order of looking, and the nearest name."""

import pytest

from ..company import codes, compiled, matter, only, place_of

OWN = "teams/pay/2026-Q4/okrs.md"
BROAD = "objectives:\n  {}:\n    title: T\n    key_results: {{k: {{title: K}}}}"


def company(reference: str, *others: str) -> tuple[tuple[str, ...], list[str], str]:
    """What an objective of `pay/2026-Q4` supports, the codes reported, and the hint; others are `team/cycle/id`."""
    files = {OWN: matter(f"{BROAD.format('mate')}\n  own:\n    title: T\n    supports: [{reference}]")}
    for other in others:
        team, cycle, id_ = other.split("/")
        files[f"teams/{team}/{cycle}/okrs.md"] = matter(BROAD.format(id_))
    found = compiled(files)
    objective = found.company.objectives["pay/2026-Q4/own"]
    hints = [problem.hint for problem in found.problems if problem.code == "unresolved-ref"]
    return objective.supports, codes(found.problems), hints[0] if hints else ""


@pytest.mark.parametrize(
    ("reference", "others", "name"),
    [
        ("mate", (), "pay/2026-Q4/mate"),
        ("mate#k", (), "pay/2026-Q4/mate#k"),
        ("pay/mate#k", (), "pay/2026-Q4/mate#k"),
        ("pay/2026-Q4/mate#k", (), "pay/2026-Q4/mate#k"),
        ("acme/big", ("acme/2026-Q4/big",), "acme/2026-Q4/big"),
        ("acme/big#k", ("acme/2026-Q4/big",), "acme/2026-Q4/big#k"),
        ("acme/big", ("acme/2026/big",), "acme/2026/big"),
        ("acme/big#k", ("acme/2026-H2/big",), "acme/2026-H2/big#k"),
        ("acme/big", ("acme/2026/big", "acme/2026-H2/big"), "acme/2026-H2/big"),
        ("acme/big", ("acme/2026/big", "acme/2026-H2/big", "acme/2026-Q4/big"), "acme/2026-Q4/big"),
        ("acme/2026/big", ("acme/2026/big", "acme/2026-Q4/big"), "acme/2026/big"),
        ("acme/2025-Q1/big", ("acme/2025-Q1/big",), "acme/2025-Q1/big"),
        ("pay/2026-Q3/old", ("pay/2026-Q3/old",), "pay/2026-Q3/old"),
        ("pay/year", ("pay/2026/year",), "pay/2026/year"),
    ],
)
def test_a_reference_names_the_nearest_thing(reference: str, others: tuple[str, ...], name: str) -> None:
    assert company(reference, *others)[:2] == ((name,), [])


@pytest.mark.parametrize(
    ("reference", "others", "hint"),
    [
        ("mat", (), "`mate`"),
        ("mate#kk", (), "`mate#k`"),
        ("acme/bgi", ("acme/2026-Q4/big",), "did you mean `acme/big`? It is in content/teams/acme/2026-Q4/okrs.md:3"),
        ("acme/bgi", ("acme/2026/big",), "did you mean `acme/big`? It is in content/teams/acme/2026/okrs.md:3"),
        ("acme/2026-Q4/bgi", ("acme/2026-Q4/big",), "`acme/2026-Q4/big`"),
        ("amce/big", ("acme/2026-Q4/big",), "did you mean `acme/big`?"),
        ("acme/big", ("acme/2026-Q3/big",), "`acme/2026-Q3/big`"),
        ("big", ("acme/2026-Q4/big",), "`acme/big`"),
        ("year", ("pay/2026/year",), "`pay/2026/year`"),
        ("acme/zzz", ("acme/2026-Q4/big",), ""),
    ],
)
def test_a_reference_that_names_nothing_is_reported_with_the_nearest_name(
    reference: str, others: tuple[str, ...], hint: str
) -> None:
    supports, found, said = company(reference, *others)
    assert (supports, found) == ((), ["unresolved-ref"])
    assert hint in said
    assert bool(said) == bool(hint)


def test_a_report_stands_at_the_reference() -> None:
    text = "objectives:\n  own:\n    title: T\n    supports: [mate, acme/efortless]\n  mate: {title: M}"
    found = compiled({OWN: matter(text), "teams/acme/2026-Q4/okrs.md": matter(BROAD.format("effortless"))})
    problem = only(found.problems, "unresolved-ref")
    assert place_of(problem) == f"{OWN}:5:22"
    assert problem.message == "no objective is called `acme/efortless`"
    assert problem.hint == "did you mean `acme/effortless`? It is in content/teams/acme/2026-Q4/okrs.md:3"


def test_cycles_that_enclose_a_cycle_need_not_enclose_each_other() -> None:
    """A quarter lies in its autumn and in its fiscal year, though the autumn began before the fiscal year did."""
    files = {
        OWN: matter("objectives: {own: {title: T, supports: [acme/wide, acme/near]}}"),
        "cycles/autumn.md": matter("start: 2026-09-15\nend: 2026-12-31"),
        "teams/acme/autumn/okrs.md": matter(BROAD.format("near")),
        "teams/acme/FY27/okrs.md": matter(BROAD.format("wide")),
    }
    found = compiled(files, settings="fiscal_year_start = 10")
    assert codes(found.problems) == []
    assert found.company.objectives["pay/2026-Q4/own"].supports == ("acme/FY27/wide", "acme/autumn/near")


def test_fiscal_cycles_enclose_their_quarters() -> None:
    files = {
        "teams/pay/FY27-Q1/okrs.md": matter("objectives: {own: {title: T, supports: acme/big}}"),
        "teams/acme/FY27/okrs.md": matter(BROAD.format("big")),
    }
    found = compiled(files, settings="fiscal_year_start = 10")
    assert found.company.objectives["pay/FY27-Q1/own"].supports == ("acme/FY27/big",)


ALIAS = {"teams/acme/team.md": matter("aliases: [checkout]"), "teams/acme/2026-Q4/okrs.md": matter(BROAD.format("big"))}


@pytest.mark.parametrize("reference", ["checkout/big", "checkout/2026-Q4/big", "checkout/big#k"])
def test_an_old_name_of_a_team_still_resolves(reference: str) -> None:
    files = {**ALIAS, OWN: matter(f"objectives: {{own: {{title: T, supports: {reference}}}}}")}
    found = compiled(files)
    assert codes(found.problems) == []
    (name,) = found.company.objectives["pay/2026-Q4/own"].supports
    assert name.startswith("acme/2026-Q4/big")


def test_an_old_name_resolves_wherever_a_team_is_named() -> None:
    files = {
        **ALIAS,
        OWN: matter('objectives: {own: {title: T, depends_on: "@checkout"}}'),
        "teams/pay/2026-Q4/checkins/2026-11-06.md": matter(
            'risks: {r: {what: W, needs: "@checkout", state: helped, helped_by: "@checkout"}}'
        ),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    assert [dependency.provider for dependency in found.company.dependencies] == ["@acme"]
    risk = found.company.risks["pay/2026-Q4/r"]
    assert (risk.needs, risk.helped_by) == (("acme",), ("acme",))


def test_a_near_miss_of_a_team_is_named() -> None:
    files = {**ALIAS, OWN: matter('objectives: {own: {title: T, shared_with: ["@acmee"]}}')}
    problem = only(compiled(files).problems, "unresolved-ref")
    assert problem.message == "no team is called `@acmee`"
    assert "`@acme`" in problem.hint


def test_a_reference_into_a_file_that_cannot_be_read_is_not_blamed() -> None:
    files = {
        OWN: matter("objectives: {own: {title: T, supports: [acme/big, acme/2026/big]}}"),
        "teams/acme/2026-Q4/okrs.md": "---\nobjectives:\n\tbig: {title: B}\n---\n",
        "teams/acme/2026/okrs.md": matter(BROAD.format("other")),
    }
    found = compiled(files)
    reported = [problem.message for problem in found.problems if problem.code == "unresolved-ref"]
    assert reported == ["no objective is called `acme/2026/big`"]


def test_a_team_may_be_called_as_the_folder_of_free_pages_is() -> None:
    files = {
        "teams/pages/2026-Q4/okrs.md": matter("objectives: {own: {title: T, supports: [pages/about]}}"),
        "pages/about.md": "# About\n",
    }
    problem = only(compiled(files).problems, "unresolved-ref")
    assert problem.message == "no objective is called `pages/about`"
    assert problem.hint == ""
