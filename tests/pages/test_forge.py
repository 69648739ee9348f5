"""Addresses of forges' editors: each in its forge's form, every part encoded, and nothing secret in them."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from okrsite.core.settings import Settings
from okrsite.pages.forge import MAX_TEXT, Repository, ask_address, find_repository

PATH = "content/teams/pay/2026-Q4/okrs.md"


def _found(
    url: str = "https://github.com/acme/okrs", *, branch: str = "main", forge: str = "", at: str = ""
) -> Repository:
    found = find_repository(Settings(repo_url=url, branch=branch, forge=forge), at)
    assert found
    return found


@pytest.mark.parametrize(
    ("url", "edit", "new"),
    [
        ("https://github.com/a/b", "edit/main/x.md", "new/main?filename=x.md&value=t"),
        ("https://gitlab.com/a/b", "-/edit/main/x.md", "-/new/main?file_name=x.md"),
        ("https://codeberg.org/a/b", "_edit/main/x.md", "_new/main?filename=x.md&value=t"),
    ],
)
def test_each_forge_is_addressed_in_its_own_form(url: str, edit: str, new: str) -> None:
    repository = _found(url)
    assert repository.edit("x.md") == f"{url}/{edit}"
    assert repository.new("x.md", "t") == (f"{url}/{new}", "value=" in new)


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("https://github.acme.example/a/b", "/edit/"),
        ("https://GitLab.acme.example:8443/a/b/c", "/-/edit/"),
        ("https://gitea.acme.example/a/b", "/_edit/"),
        ("https://forgejo.acme.example/a/b", "/_edit/"),
    ],
)
def test_a_forge_is_guessed_from_its_host(url: str, part: str) -> None:
    assert part in _found(url).edit("x.md")


@pytest.mark.parametrize("url", ["https://git.acme.example/a/b", "https://notgithub.example/gitlab/x", ""])
def test_a_forge_that_nobody_names_is_not_guessed(url: str) -> None:
    assert find_repository(Settings(repo_url=url), "") is None
    if url:
        assert "/_edit/" in _found(url, forge="gitea").edit("x.md")


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b/edit"),
        ("https://github.com/a/b.git", "https://github.com/a/b/edit"),
        ("https://me:secret@github.com/a/b?x=y#z", "https://github.com/a/b/edit"),
        ("http://github.local:3000/a/b", "http://github.local:3000/a/b/edit"),
        ('https://github.com/a/"><b', "https://github.com/a/%22%3E%3Cb/edit"),
    ],
)
def test_an_address_is_put_in_order_and_gives_no_secret_away(url: str, start: str) -> None:
    assert _found(url).edit("x.md") == f"{start}/main/x.md"


def test_a_branch_may_hold_slashes_and_signs() -> None:
    assert _found(branch="team/okrs #1").edit("x.md").endswith("/edit/team/okrs%20%231/x.md")
    assert find_repository(Settings(repo_url="https://github.com/a/b", branch=""), "") is None


@pytest.mark.parametrize("path", ["content/teams/团队/2026-Q4/okrs.md", "a b/c&d?e#f%.md", "x=y+z.md"])
def test_every_part_of_a_path_is_encoded(path: str) -> None:
    repository = _found(at="sub folder")
    edit = urlsplit(repository.edit(path))
    assert (edit.query, edit.fragment) == ("", "")
    assert unquote(edit.path) == f"/acme/okrs/edit/main/sub folder/{path}"
    new = urlsplit(repository.new(path, "---\na: b & c #1 + 2%\n---\n")[0])
    assert new.fragment == ""
    assert parse_qs(new.query) == {"filename": [f"sub folder/{path}"], "value": ["---\na: b & c #1 + 2%\n---\n"]}


def test_a_text_that_would_make_an_address_too_long_stays_out_of_it() -> None:
    short, carried = _found().new(PATH, "a" * 1_400)
    assert carried and len(short) < MAX_TEXT + 200
    long, carried = _found().new(PATH, "鸟" * 200)
    assert not carried
    assert long == f"https://github.com/acme/okrs/new/main?filename={PATH}"


@pytest.mark.parametrize(
    ("ask", "address"),
    [
        ("mailto:okrs@acme.example", "mailto:okrs@acme.example?subject=pay/2026-Q4/x%20%26y"),
        (
            "mailto:okrs@acme.example?cc=b@acme.example",
            "mailto:okrs@acme.example?cc=b@acme.example&subject=pay/2026-Q4/x%20%26y",
        ),
        ("https://ask.acme.example/new", "https://ask.acme.example/new?about=pay/2026-Q4/x+%26y"),
        ("https://ask.acme.example/?b=1#form", "https://ask.acme.example/?b=1&about=pay/2026-Q4/x+%26y#form"),
    ],
)
def test_where_there_is_no_forge_one_asks_by_mail_or_on_a_page(ask: str, address: str) -> None:
    assert ask_address(ask, "pay/2026-Q4/x &y") == address
