"""The company's frame: what exists, in which order, and which files find their place in it."""

from okrsite.core.lineage import lineage

from ..company import codes, compiled, matter

OKRS = matter("objectives: {o: {title: T}}")


def test_team_cycles_are_in_the_order_of_the_organisation_and_of_time() -> None:
    files = {
        "teams/zoo/team.md": matter("name: Z"),
        "teams/app/team.md": matter("parent: zoo"),
        **{f"teams/{team}/{cycle}/okrs.md": OKRS for team in ("app", "zoo") for cycle in ("2026-Q4", "2026-Q3")},
    }
    assert list(compiled(files).company.team_cycles) == [
        ("zoo", "2026-Q3"),
        ("zoo", "2026-Q4"),
        ("app", "2026-Q3"),
        ("app", "2026-Q4"),
    ]


def test_files_of_an_unknown_cycle_are_left_out_and_the_rest_stands() -> None:
    found = compiled({"teams/a/someday/okrs.md": OKRS, "teams/a/2026-Q4/okrs.md": OKRS})
    assert codes(found.problems) == ["unknown-cycle"]
    assert list(found.company.team_cycles) == [("a", "2026-Q4")]
    assert "content/teams/a/someday/okrs.md" not in found.company.shown


def test_what_lies_in_a_cycle_that_is_wrong_is_led_to_by_nothing_and_nobody_is_blamed_for_it() -> None:
    fields = (
        "carried_from: a/2026-Q4/o, moved_from: a/2026-Q4/o, supports: [a/2026-Q4/o], learned_from: [a/2026-Q4/less]"
    )
    files = {
        "cycles/2026-Q4.md": matter("start: 2026-11-13\nend: 2026-07-01"),
        "teams/a/2026-Q4/okrs.md": matter("objectives: {o: {title: T, note: 'See [[o]].'}}"),
        "teams/a/2026-Q4/retro.md": matter("lessons: {less: Write less}"),
        "teams/b/2027-Q1/okrs.md": matter(f"objectives: {{o: {{title: T, {fields}, note: 'See [[a/2026-Q4/o]].'}}}}"),
    }
    found = compiled(files)
    assert "bad-cycle" in codes(found.problems)
    assert not {"unresolved-ref", "unresolved-link"} & set(codes(found.problems))
    assert [ref for ref in found.company.places if ref.startswith("a/2026-Q4")] == []
    ref = "b/2027-Q1/o"
    assert lineage(ref, found.company) == (ref,)
    assert found.company.objectives[ref].supports == ()


def test_a_file_that_cannot_be_read_marks_its_place_and_hides_no_other() -> None:
    files = {
        "teams/a/2026-Q4/okrs.md": "---\nobjectives:\n\to: {title: T}\n---\n",
        "teams/a/2026-Q4/checkins/2026-11-06.md": matter("progress: {o#k: 5}\nassumptions: {w: holds}"),
        "teams/b/2026-Q4/okrs.md": OKRS,
    }
    found = compiled(files)
    assert codes(found.problems) == ["yaml-syntax"], "nobody is blamed for what cannot be known"
    assert found.company.team_cycles["a", "2026-Q4"].broken
    assert list(found.company.objectives) == ["b/2026-Q4/o"]


def test_a_cycle_with_check_ins_only_is_a_place_of_its_team() -> None:
    found = compiled({"teams/a/2026-Q4/checkins/2026-11-06.md": matter("review: mid-cycle", "Text.\n")})
    assert codes(found.problems) == []
    assert found.company.team_cycles["a", "2026-Q4"].checkins[0].review == "mid-cycle"


def test_a_company_may_be_empty() -> None:
    company = compiled({}).company
    assert (company.root, company.current, dict(company.teams), dict(company.cycles)) == ("", "", {}, {})


def test_mission_and_pages_stand_beside_the_teams() -> None:
    files = {
        "index.md": matter("mission: M"),
        "pages/b.md": matter("title: B"),
        "pages/a.md": matter("title: A"),
    }
    company = compiled(files).company
    assert company.mission and company.mission.mission
    assert company.mission.mission.source == "M"
    assert [page.slug for page in company.pages] == ["a", "b"]
    assert sorted(company.shown) == ["content/index.md", "content/pages/a.md", "content/pages/b.md"]
