"""Which teams there are, how they form a tree over time, and the old names they answer to."""

from datetime import date

import pytest

from ..company import codes, compiled, exported, matter, only, place_of

OKRS = matter("objectives: {o: {title: T}}")


def test_a_folder_without_a_team_file_is_a_team_named_like_it() -> None:
    found = compiled({"teams/payments/2026-Q4/okrs.md": OKRS})
    team = found.company.teams["payments"]
    assert (team.name.source, team.mission, team.aliases) == ("payments", None, ())
    problem = only(found.problems, "no-team-file")
    assert problem.severity == "hint"
    assert "content/teams/payments/team.md" in problem.hint


def test_teams_are_in_the_order_of_the_organisation() -> None:
    files = {
        "teams/acme/team.md": matter("name: Acme"),
        "teams/zoo/team.md": matter("parent: acme"),
        "teams/bikes/team.md": matter("parent: acme"),
        "teams/app/team.md": matter("parent: zoo"),
        "teams/desk/team.md": matter("parent: bikes"),
    }
    company = compiled(files).company
    assert list(company.teams) == ["acme", "bikes", "desk", "zoo", "app"]
    assert company.root == "acme"
    assert company.below["acme"] == ("bikes", "zoo")


def test_a_parent_holds_from_its_cycle_on() -> None:
    files = {
        "teams/shops/team.md": matter("name: S"),
        "teams/digital/team.md": matter("name: D"),
        "teams/pay/team.md": matter("parent: {2025-Q1: shops, 2026-Q3: digital}"),
        **{f"teams/pay/{cycle}/okrs.md": OKRS for cycle in ("2025-Q1", "2026-Q2", "2026-Q3", "2026-Q4")},
    }
    found = compiled(files)
    assert codes(found.problems) == []
    team = found.company.teams["pay"]
    days = [date(2024, 1, 1), date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)]
    assert [team.parent(day) for day in days] == ["shops", "shops", "shops", "digital", "digital"]
    parents = {team["id"]: team["parent"] for team in exported(files)["teams"]}
    assert parents == {"shops": None, "digital": None, "pay": "digital"}


def test_a_team_may_begin_or_end_in_a_period_that_nobody_wrote_for() -> None:
    files = {
        "teams/acme/team.md": matter("name: A"),
        "teams/pay/team.md": matter("parent: {2024-Q1: acme}\nsince: 2024-Q1\nuntil: 2027"),
        "teams/pay/2026-Q4/okrs.md": OKRS,
    }
    found = compiled(files)
    assert codes(found.problems) == []
    team = found.company.teams["pay"]
    assert (team.since, team.until, team.parent(date(2026, 11, 22))) == ("2024-Q1", "2027", "acme")


def test_the_company_is_the_only_team_at_the_top_or_the_one_that_is_set() -> None:
    two = {"teams/a/team.md": matter("name: A"), "teams/b/team.md": matter("name: B")}
    assert compiled(two).company.root == ""
    assert compiled(two, settings='company = "b"').company.root == "b"
    one = {**two, "teams/b/team.md": matter("parent: a")}
    assert compiled(one).company.root == "a"


def test_a_company_that_is_no_team_is_reported() -> None:
    found = compiled({"teams/acme/team.md": matter("name: A")}, settings='company = "acmee"')
    problem = only(found.problems, "settings")
    assert (problem.span.path, found.company.root) == ("okrsite.toml", "acme")
    assert "`acme`" in problem.hint


@pytest.mark.parametrize(
    ("files", "code", "place", "hint"),
    [
        ({"teams/a/team.md": matter("name: A\nparent: b")}, "unresolved-ref", "teams/a/team.md:3:9", "folder"),
        (
            {"teams/pay/team.md": matter("parent: acmee"), "teams/acme/team.md": matter("name: A")},
            "unresolved-ref",
            "teams/pay/team.md:2:9",
            "`acme`",
        ),
        ({"teams/a/team.md": matter("parent: a")}, "team-loop", "teams/a/team.md:2:9", "`parent`"),
        (
            {"teams/a/team.md": matter("parent: b"), "teams/b/team.md": matter("parent: a")},
            "team-loop",
            "teams/a/team.md:2:9",
            "`parent`",
        ),
        ({"teams/a/team.md": matter("since: someday")}, "unknown-cycle", "teams/a/team.md:2:8", ""),
        ({"teams/a/team.md": matter("until: 2026-Q5")}, "unknown-cycle", "teams/a/team.md:2:8", ""),
        (
            {
                "teams/a/team.md": matter("parent: {2026-Q44: b}"),
                "teams/b/team.md": matter("name: B"),
                "teams/b/2026-Q4/okrs.md": OKRS,
            },
            "unknown-cycle",
            "teams/a/team.md:2:20",
            "one of Q1 to Q4",
        ),
    ],
)
def test_a_place_in_the_company_that_cannot_be_is_reported(
    files: dict[str, str], code: str, place: str, hint: str
) -> None:
    problem = only(compiled(files).problems, code)
    assert place_of(problem) == place
    assert hint in problem.hint


def test_a_loop_is_broken_and_every_team_stands_somewhere() -> None:
    files = {
        f"teams/{team}/team.md": matter(f"parent: {above}") for team, above in (("a", "b"), ("b", "c"), ("c", "a"))
    }
    company = compiled(files).company
    assert sorted(company.teams) == ["a", "b", "c"]
    assert company.teams["a"].parents == ()
    assert company.root == "a"


@pytest.mark.parametrize(
    ("parents", "message"),
    [({"a": "a"}, "`a` is above itself"), ({"a": "b", "b": "a"}, "`a` is above itself through `b`")],
)
def test_a_loop_is_described(parents: dict[str, str], message: str) -> None:
    files = {f"teams/{team}/team.md": matter(f"parent: {above}") for team, above in parents.items()}
    assert only(compiled(files).problems, "team-loop").message == message


def test_a_loop_of_another_time_is_found_too() -> None:
    files = {
        "teams/a/team.md": matter("parent: {2026-Q3: b}"),
        "teams/b/team.md": matter("parent: {2026-Q3: c, 2026-Q4: a}"),
        "teams/c/team.md": matter("name: C"),
        "teams/c/2026-Q3/okrs.md": OKRS,
        "teams/c/2026-Q4/okrs.md": OKRS,
    }
    assert "team-loop" in codes(compiled(files).problems)


def test_old_names_stand_for_their_team() -> None:
    found = compiled({"teams/pay/team.md": matter("aliases: [checkout, tills]")})
    assert found.company.redirects == {"checkout": "pay", "tills": "pay"}
    assert codes(found.problems) == []


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (
            {"teams/a/team.md": matter("name: A\naliases: [x, b]"), "teams/b/team.md": matter("name: B")},
            "teams/a/team.md:3:14",
        ),
        (
            {"teams/a/team.md": matter("aliases: [x]"), "teams/b/team.md": matter("aliases: [x]")},
            "teams/b/team.md:2:11",
        ),
        ({"teams/a/team.md": matter("aliases: [a]")}, "teams/a/team.md:2:11"),
    ],
)
def test_an_old_name_that_is_taken_is_reported_where_it_is_claimed(files: dict[str, str], place: str) -> None:
    found = compiled(files)
    assert codes(found.problems) == ["alias-clash"]
    assert place_of(only(found.problems, "alias-clash")) == place
    assert "b" not in found.company.redirects


@pytest.mark.parametrize(("one", "two"), [("pay", "Pay"), ("strasse", "straße")])
def test_teams_that_differ_only_by_case_or_unicode_form_collide(one: str, two: str) -> None:
    found = compiled({f"teams/{team}/team.md": matter("name: T") for team in (one, two)})
    assert codes(found.problems) == ["id-collision"]


@pytest.mark.parametrize(
    ("life", "reported"),
    [
        ("since: 2026-Q3", ["outside-life"]),
        ("since: 2026-Q2", []),
        ("until: 2026-Q2", ["outside-life"]),
        ("until: 2026-Q4", []),
        ("since: 2026", []),
    ],
)
def test_a_team_writes_within_its_life(life: str, reported: list[str]) -> None:
    cycles = ("2026", "2026-Q2", "2026-Q3", "2026-Q4")
    files = {f"teams/other/{cycle}/okrs.md": OKRS for cycle in cycles}
    own = "2026-Q2" if "since" in life else "2026-Q4"
    files |= {"teams/pay/team.md": matter(life), f"teams/pay/{own}/okrs.md": OKRS}
    assert codes(compiled(files).problems) == reported


def test_a_team_that_was_above_itself_only_before_the_first_day_is_not_either() -> None:
    """Of two parents from one day on the later one holds, but before it the first."""
    files = {
        "cycles/2026-Q4.md": matter("start: 2026-07-01\nend: 2026-12-31"),
        "teams/gamma/team.md": matter("name: G"),
        "teams/acme/team.md": matter("parent: {2026-Q4: acme, 2026-Q3: gamma}"),
        "teams/acme/2026-Q4/okrs.md": OKRS,
    }
    for today in ("1990-01-01", "2026-11-22"):
        found = compiled(files, today=today)
        assert "team-loop" in codes(found.problems)
        assert found.company.teams_above("acme", found.company.day) == ()
