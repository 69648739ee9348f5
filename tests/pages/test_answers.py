"""What a team answers to advice is shown where it was given: with the objective, the cycle, the look back, the team."""

from typing import Final

import pytest

from tests.companies import compile_files
from tests.hostile.sites import render_site

FILES: Final = {
    "teams/acme/team.md": "---\nname: Acme\nignore: {person-shaped-team: We are *six*.}\n---\n",
    "teams/acme/2026-Q4/okrs.md": """---
ignore: {too-many-objectives: A year of *moving*.}
objectives:
  calm:
    title: It is calm
    ignore: {missing-why: Everybody *knows*.}
    key_results:
      k: {title: Nights, ignore: {no-measure: We *feel* it.}}
---
""",
    "teams/acme/2026-Q4/retro.md": "---\nignore: {shallow-retro: We *talked*.}\n---\n",
}


@pytest.mark.parametrize(
    ("page", "code", "reason"),
    [
        ("teams/acme/index.html", "person-shaped-team", "<p>We are <em>six</em>.</p>"),
        ("teams/acme/2026-Q4/index.html", "too-many-objectives", "<p>A year of <em>moving</em>.</p>"),
        ("teams/acme/2026-Q4/calm.html", "missing-why", "<p>Everybody <em>knows</em>.</p>"),
        ("teams/acme/2026-Q4/calm.html", "no-measure", "<p>We <em>feel</em> it.</p>"),
        ("teams/acme/2026-Q4/retro.html", "shallow-retro", "<p>We <em>talked</em>.</p>"),
    ],
)
def test_an_answer_is_shown_with_its_reason(page: str, code: str, reason: str) -> None:
    shown = render_site(compile_files(FILES), {}).pages[page]
    assert f"<code>{code}</code> the team says:</p>{reason}" in shown


def test_where_nothing_was_answered_nothing_is_shown() -> None:
    pages = render_site(compile_files({"teams/acme/team.md": "---\nname: Acme\n---\n"}), {}).pages
    assert "the team says" not in "".join(pages.values())
