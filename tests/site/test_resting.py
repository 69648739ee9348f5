"""What is paused or dropped shows that and why, and nothing as if it were going on."""

from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.conftest import Project
from tests.site.walker import Page, chosen, figures, inside, read_site, seen_text, text_of

CALLS: Final = ("on track", "at risk", "off track", "not heard")
METRIC: Final = "{title: Metric, baseline: 200 ms, target: 100 ms}"
STEPS: Final = "{title: Steps, milestones: [first, second]}"


def _pages(status: str, project: Project, folder: Path) -> dict[str, Page]:
    """A company whose objective, and one key result of another, bear a status, both with readings."""
    files = {
        "content/index.md": "---\nmission: Fast\n---\n",
        "content/teams/all/team.md": "---\nname: All\n---\n",
        "content/teams/acme/team.md": "---\nname: Acme\nparent: all\n---\n",
        "content/teams/acme/2026-Q4/okrs.md": f"""---
objectives:
  calm:
    title: It is calm
    status: {status}
    because: The ferry was sold.
    key_results: {{metric: {METRIC}, steps: {STEPS}}}
  fast:
    title: It is fast
    key_results:
      other: {METRIC}
      gone: {{title: Gone, baseline: 1, target: 9, status: {status}, because: The train stopped.}}
---
""",
        "content/teams/acme/2026-Q4/checkins/2026-11-06.md": """---
progress:
  calm: {confidence: 8}
  calm#metric: {value: 151 ms, confidence: 8}
  calm#steps: {value: [first], confidence: 8}
  fast#other: {value: 151 ms, confidence: 8}
  fast#gone: {value: 5, confidence: 2}
---
""",
    }
    main(["build", "-q", "-C", str(project(files)), "--today", "2026-11-22", "-o", str(folder / "site")])
    return read_site(folder / "site")


@pytest.mark.parametrize("status", ["paused", "dropped"])
def test_an_objective_that_rests_shows_its_status_its_reason_and_no_figure(
    project: Project, tmp_path: Path, status: str
) -> None:
    pages = _pages(status, project, tmp_path)
    for path in ("index.html", "teams/acme/index.html", "2026-Q4/map.html"):
        (line,) = (e for e in chosen(pages[path], "li") if seen_text(pages[path], e).startswith("It is calm"))
        assert status in seen_text(pages[path], line), path
        assert not any(call in seen_text(pages[path], line) for call in CALLS), path
    page = pages["teams/acme/2026-Q4/index.html"]
    (card,) = (e for e in chosen(page, "article") if text_of(page, e).startswith("It is calm"))
    assert "The ferry was sold." in text_of(page, card)
    assert [text_of(page, e) for e in figures(page) if inside(e, card)] == []
    assert not any(call in text_of(page, card) for call in CALLS)
    own = pages["teams/acme/2026-Q4/calm.html"]
    (key_results,) = chosen(own, "section", aria_labelledby="key-results")
    (title,) = chosen(own, "header", class_="title")
    assert not any(call in seen_text(own, part) for part in (key_results, title) for call in CALLS)
    assert "151 ms" not in seen_text(own, key_results)
    assert "151 ms" in text_of(own, key_results)


@pytest.mark.parametrize("status", ["paused", "dropped"])
def test_a_key_result_that_rests_shows_no_figure_beside_those_that_do(
    project: Project, tmp_path: Path, status: str
) -> None:
    page = _pages(status, project, tmp_path)["teams/acme/2026-Q4/index.html"]
    rows = {row.attributes["aria-label"]: row for row in chosen(page, "section", class_="kr")}
    assert [e for e in figures(page) if inside(e, rows["Gone"])] == []
    assert status in text_of(page, rows["Gone"])
    assert "The train stopped." in text_of(page, rows["Gone"])
    assert not any(call in text_of(page, rows["Gone"]) for call in CALLS)
    other = list(chosen(page, "section", class_="kr", aria_label="Metric"))[-1]
    assert [e for e in figures(page) if inside(e, other)] != []
