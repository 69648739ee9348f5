"""Where nobody has written a check-in yet a page says so once, and shows what is aimed for."""

from pathlib import Path

from okrsite.cli import main
from tests.conftest import Project
from tests.site.walker import Page, chosen, read_site, seen_text, text_of

FILES = {
    "content/teams/acme/team.md": "---\nname: Acme\n---\n",
    "content/teams/acme/2026-Q4/okrs.md": """---
objectives:
  calm:
    title: It is calm
    key_results:
      metric: {title: Metric, baseline: 200 ms, target: 100 ms}
      judged: {title: Judged, target: a signed contract}
      rail: {title: Rail, keep_above: 95%}
  bare: {title: It is bare}
---
""",
}


def _pages(project: Project, folder: Path, today: str) -> dict[str, Page]:
    main(["build", "-q", "--keep-going", "-C", str(project(FILES)), "--today", today, "-o", str(folder / "site")])
    return read_site(folder / "site")


def test_what_nobody_wrote_about_is_said_once_beside_what_is_aimed_for(project: Project, tmp_path: Path) -> None:
    pages = _pages(project, tmp_path, "2026-11-22")
    page = pages["teams/acme/2026-Q4/index.html"]
    calm, bare = (text_of(page, card) for card in chosen(page, "article", class_="card"))
    assert calm.count("Nobody has written about it yet.") == 1
    for words in ("target 100 ms", "target: a signed contract", "to be kept at or above 95%"):
        assert words in calm
    for words in ("no reading", "not heard", "Progress", "No key results written."):
        assert words not in calm
    assert "No key results written." in bare
    own = pages["teams/acme/2026-Q4/calm.html"]
    (main_part,) = chosen(own, "main")
    assert seen_text(own, main_part).count("Nobody has written about it yet.") == 1
    assert "no reading" not in seen_text(own, main_part)
    assert "not heard" not in seen_text(own, main_part)


def test_of_a_closed_cycle_nobody_is_still_to_write(project: Project, tmp_path: Path) -> None:
    page = _pages(project, tmp_path, "2027-06-01")["teams/acme/2026-Q4/index.html"]
    (main_part,) = chosen(page, "main")
    assert "Nobody wrote about it." in text_of(page, main_part)
    assert "yet." not in text_of(page, main_part).replace("Not heard yet.", "")
