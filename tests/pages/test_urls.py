"""Where pages are: addresses come from ids, and links work at any depth, in any script."""

from urllib.parse import unquote

import pytest

from okrsite.pages import urls


@pytest.mark.parametrize(
    ("path", "agreed"),
    [
        (urls.HOME, "index.html"),
        (urls.cycle("2026-Q4"), "2026-Q4/index.html"),
        (urls.cascade("2026-Q4"), "2026-Q4/map.html"),
        (urls.asks("2026-Q4"), "2026-Q4/asks.html"),
        (urls.retros("2026-Q4"), "2026-Q4/retros.html"),
        (urls.changes("2026-Q4"), "2026-Q4/changes.html"),
        (urls.TEAMS, "teams/index.html"),
        (urls.team("app"), "teams/app/index.html"),
        (urls.team_cycle("app", "2026-Q4"), "teams/app/2026-Q4/index.html"),
        (urls.objective("app/2026-Q4/fast"), "teams/app/2026-Q4/fast.html"),
        (urls.objective("app/2026-Q4/fast#p95"), "teams/app/2026-Q4/fast.html"),
        (urls.retro("app", "2026-Q4"), "teams/app/2026-Q4/retro.html"),
        (urls.LESSONS, "lessons.html"),
        (urls.QUESTIONS, "questions.html"),
        (urls.NOT_FOUND, "404.html"),
        (urls.page("glossary"), "pages/glossary.html"),
    ],
)
def test_pages_are_where_it_was_agreed(path: str, agreed: str) -> None:
    assert path == agreed


@pytest.mark.parametrize(
    ("ref", "kind", "place"),
    [
        ("@app", "team", ("teams/app/index.html", "")),
        ("app/2026-Q4/fast", "objective", ("teams/app/2026-Q4/fast.html", "")),
        ("app/2026-Q4/fast#p95", "key result", ("teams/app/2026-Q4/fast.html", "kr-p95")),
        ("app/2026-Q4/guardrails#refunds", "guardrail", ("teams/app/2026-Q4/index.html", "kr-refunds")),
    ],
)
def test_a_reference_leads_to_its_page_and_anchor(ref: str, kind: str, place: tuple[str, str]) -> None:
    assert urls.place(ref, kind) == place


@pytest.mark.parametrize("kind", ["risk", "assumption", "lesson"])
def test_whatever_can_be_named_has_a_page_and_an_anchor(kind: str) -> None:
    path, anchor = urls.place("app/2026-Q4/late", kind)
    assert path.endswith(".html")
    assert anchor.startswith(f"{kind}-")


def test_lessons_of_two_teams_with_one_name_have_two_anchors() -> None:
    assert urls.place("app/2026-Q4/ask", "lesson") != urls.place("care/2026-Q4/ask", "lesson")


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("index.html", ""),
        ("2026-Q4/map.html", "../"),
        ("teams/app/index.html", "../../"),
        ("teams/app/2026-Q4/fast.html", "../../../"),
    ],
)
def test_the_way_to_the_root_climbs_out_of_every_folder(path: str, way: str) -> None:
    assert urls.to_root(path) == way


@pytest.mark.parametrize(
    "path", ["teams/苏州/2026-Q4/提速.html", "teams/café/index.html", "teams/naïve_x-1/index.html"]
)
def test_addresses_are_ascii_and_mean_the_same_path(path: str) -> None:
    assert urls.quoted(path).isascii()
    assert unquote(urls.quoted(path)) == path


def test_a_fragment_is_encoded_like_a_path() -> None:
    address = urls.quoted("a.html", "kr-提速")
    assert address.isascii()
    assert unquote(address) == "a.html#kr-提速"
    assert urls.quoted("", "kr-a") == "#kr-a"


def test_a_page_of_a_team_has_an_address_under_each_old_name_and_other_pages_have_none() -> None:
    assert urls.under_alias("teams/care/2026-Q4/index.html", "care", "hotline") == "teams/hotline/2026-Q4/index.html"
    assert urls.under_alias("teams/care/index.html", "care", "hotline") == "teams/hotline/index.html"
    assert urls.under_alias("teams/careful/index.html", "care", "hotline") == ""
    assert urls.under_alias("teams/index.html", "care", "hotline") == ""
    assert urls.under_alias("2026-Q4/index.html", "care", "hotline") == ""
