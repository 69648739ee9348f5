"""The front page of a cycle stays one that can be read, however large the company."""

from pathlib import Path

from okrsite.cli import main
from tests.conftest import Project
from tests.site.walker import Page, chosen, inside, read_site, seen_text, text_of


def _front(project: Project, folder: Path, teams: int, risks: int) -> Page:
    """The home of a company whose teams have four objectives each, and one of which names risks."""
    objectives = "".join(f"  o{n}: {{title: Something good {n}}}\n" for n in range(4))
    named = "".join(f"  r{n}: {{what: Risk {n}.}}\n" for n in range(risks))
    files = {
        "content/teams/all/team.md": "---\nname: All\n---\n",
        "content/teams/t0/2026-Q4/checkins/2026-10-09.md": f"---\nrisks:\n{named}---\n",
        **{f"content/teams/t{n}/team.md": f"---\nname: Team {n}\nparent: all\n---\n" for n in range(teams)},
        **{f"content/teams/t{n}/2026-Q4/okrs.md": f"---\nobjectives:\n{objectives}---\n" for n in range(teams)},
    }
    options = ("-q", "--keep-going", "--today", "2026-11-22", "-o", str(folder / "site"))
    main(["build", *options, "-C", str(project(files))])
    return read_site(folder / "site")["index.html"]


def test_of_many_risks_the_latest_are_told_and_how_many_there_were(project: Project, tmp_path: Path) -> None:
    page = _front(project, tmp_path, 1, 7)
    (raised,) = chosen(page, "section", aria_labelledby="raised")
    assert len([risk for risk in chosen(page, "article") if inside(risk, raised)]) == 4
    assert "7 were raised early in this cycle" in text_of(page, raised)
    assert [a for a in chosen(page, "a", href="2026-Q4/asks.html") if inside(a, raised)]


def test_all_risks_are_told_where_they_are_few(project: Project, tmp_path: Path) -> None:
    page = _front(project, tmp_path, 1, 3)
    (raised,) = chosen(page, "section", aria_labelledby="raised")
    assert len([risk for risk in chosen(page, "article") if inside(risk, raised)]) == 3
    assert "raised early in this cycle" not in text_of(page, raised)


def test_a_large_company_lists_its_teams_with_the_number_of_their_objectives(project: Project, tmp_path: Path) -> None:
    small = _front(project, tmp_path / "small", 30, 1)
    (teams,) = chosen(small, "section", aria_labelledby="teams")
    assert seen_text(small, teams).count("Something good 3") == 30


def test_beyond_that_only_the_numbers_stand_there(project: Project, tmp_path: Path) -> None:
    large = _front(project, tmp_path, 31, 1)
    (teams,) = chosen(large, "section", aria_labelledby="teams")
    assert "Something good" not in seen_text(large, teams)
    assert seen_text(large, teams).count("4 objectives") == 31
    assert next(a.attributes["href"] for a in chosen(large, "a") if inside(a, teams)) == "teams/t0/2026-Q4/index.html"


def test_a_newcomer_finds_the_guide_before_anything_else(project: Project, tmp_path: Path) -> None:
    page = _front(project, tmp_path, 1, 1)
    (title,) = chosen(page, "header", class_="title")
    assert [a for a in chosen(page, "a", href="guide.html") if inside(a, title)]
    assert "0.6 to 0.7" in text_of(page, title)
