"""What a site tells hosts and robots: the same headers in every form, and no invitation to search engines."""

import json
import re
from typing import Final

import pytest

from okrsite.core.settings import Settings
from okrsite.pages import urls
from okrsite.pages.hosting import POLICY, headers, plan_hosting
from tests.companies import ROOT

ASKED: Final = Settings(noindex=False)


def _texts(settings: Settings) -> dict[str, str]:
    return {path: content.decode() for path, content in plan_hosting(settings).items()}


@pytest.mark.parametrize("settings", [Settings(), ASKED])
def test_every_host_is_told_the_same(settings: Settings) -> None:
    files, said = _texts(settings), dict(headers(settings))
    lines = files[urls.HEADERS].split("\n")
    assert lines[0] == "/*"
    assert dict(line.strip().split(": ", 1) for line in lines[1:] if line) == said
    assert json.loads(files[urls.AZURE])["globalHeaders"] == said
    (rule,) = json.loads(files[urls.VERCEL])["headers"]
    assert {header["key"]: header["value"] for header in rule["headers"]} == said


def test_the_policy_of_the_headers_is_that_of_the_pages_and_forbids_frames_elsewhere() -> None:
    assert headers(Settings())["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'self'"
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_search_engines_are_asked_to_stay_away_unless_the_company_says_otherwise() -> None:
    assert headers(Settings())["X-Robots-Tag"] == "noindex"
    assert _texts(Settings())[urls.ROBOTS] == "User-agent: *\nDisallow: /\n"
    assert "X-Robots-Tag" not in headers(ASKED)
    assert _texts(ASKED)[urls.ROBOTS] == "User-agent: *\nDisallow:\n"


def test_the_guide_to_publishing_names_the_same_headers() -> None:
    guide = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    for name, value in headers(Settings()).items():
        assert re.search(rf'add_header {name} "?{re.escape(value)}"? always;', guide), name
