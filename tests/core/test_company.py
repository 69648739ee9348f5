"""The linked company: what it knows of its teams, cycles and threads."""

from datetime import date

from .company import compiled, matter

FILES = {
    "teams/acme/team.md": matter("name: Acme"),
    "teams/pay/team.md": matter("parent: {2026-Q1: shops, 2026-Q4: acme}"),
    "teams/shops/team.md": matter("parent: acme"),
    "teams/pay/2026-Q1/okrs.md": matter("objectives: {old: {title: O}}"),
    "teams/pay/2026-Q4/okrs.md": matter(
        "objectives: {new: {title: N, carried_from: pay/2026-Q1/old, depends_on: '@acme', "
        "key_results: {k: {title: K, depends_on: '@shops'}}}}\nguardrails: {g: {title: G, keep_above: 1}}"
    ),
}


def test_a_team_knows_its_place_on_every_day() -> None:
    team = compiled(FILES).company.teams["pay"]
    assert [team.parent(day) for day in (date(2025, 1, 1), date(2026, 9, 30), date(2026, 10, 1))] == [
        "shops",
        "shops",
        "acme",
    ]


def test_the_organisation_is_that_of_the_current_cycle() -> None:
    assert compiled(FILES).company.below == {"": ("acme",), "acme": ("pay", "shops")}
    assert compiled(FILES, today="2026-02-01").company.below == {"": ("acme",), "acme": ("shops",), "shops": ("pay",)}


def test_the_cycles_of_a_team_are_in_order_of_time() -> None:
    company = compiled(FILES).company
    assert [team_cycle.cycle for team_cycle in company.cycles_of("pay")] == ["2026-Q1", "2026-Q4"]
    assert company.cycles_of("acme") == ()


def test_things_are_found_by_their_full_reference() -> None:
    company = compiled(FILES).company
    assert list(company.objectives) == ["pay/2026-Q1/old", "pay/2026-Q4/new"]
    assert list(company.key_results) == ["pay/2026-Q4/new#k", "pay/2026-Q4/guardrails#g"]
    assert company.carried_on == {"pay/2026-Q1/old": ("pay/2026-Q4/new",)}


def test_who_waits_for_whom_is_known_from_both_sides() -> None:
    company = compiled(FILES).company
    assert [d.provider for d in company.needs["pay/2026-Q4/new"]] == ["@acme", "@shops"]
    assert {team: [d.asker for d in found] for team, found in company.needed.items()} == {
        "@acme": ["pay/2026-Q4/new"],
        "@shops": ["pay/2026-Q4/new#k"],
    }


def test_a_team_is_known_by_its_present_and_its_former_name() -> None:
    company = compiled({**FILES, "teams/shops/team.md": matter("parent: acme\naliases: [tills]")}).company
    assert [company.team_id(name) for name in ("shops", "tills", "nobody")] == ["shops", "shops", ""]
