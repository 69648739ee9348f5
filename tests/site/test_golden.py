"""Some pages of the demo company, one of each important kind, as they were last looked at and found good.

`pytest --renew-golden` writes them anew; what changed is then for a reader of the difference to judge.
"""

import re
from pathlib import Path
from typing import Final

import pytest

GOLDEN: Final = Path(__file__).parent / "golden"
PAGES: Final = (
    "index.html",
    "2026-Q4/map.html",
    "2026-Q4/asks.html",
    "2026-Q3/retros.html",
    "teams/app/2026-Q4/find-a-bike.html",
    "teams/battery/2026-Q3/retro.html",
    "teams/hotline/2026-Q4/one-answer.html",
    "teams/payments/2026-Q4/index.html",
    "teams/suzhou/2026-Q4/spring-line.html",
)


def _without_digests(page: str) -> str:
    """The page with the assets' plain names and without commits' names, which change with every style and text."""
    page = re.sub(r"(/commit/)[0-9a-f]{40}|(<code>)[0-9a-f]{10}(?=</code>)", r"\1\2", page)
    return re.sub(r"(assets/[\w./-]+?)\.[0-9a-f]{10}(\.\w+)", r"\1\2", page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_it_was_found_good(demo_site: Path, renew: bool, path: str) -> None:
    page = _without_digests((demo_site / path).read_text(encoding="utf-8"))
    golden = GOLDEN / path
    if renew:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert golden.is_file(), "run pytest with --renew-golden to write this page for the first time"
    assert page.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_no_golden_page_is_left_over() -> None:
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert kept == set(PAGES)


def test_golden_pages_hold_what_is_theirs_to_show(demo_site: Path) -> None:
    """The chosen pages show the threads of the demo company's story, so that losing one is noticed."""
    shown = {path: (demo_site / path).read_text(encoding="utf-8") for path in PAGES}
    assert "second-car" in shown["2026-Q4/map.html"]
    assert "Asked on" in shown["2026-Q4/asks.html"]
    assert "800 ms → 900 ms" in shown["teams/app/2026-Q4/find-a-bike.html"]
    assert "Spelling that was put right" in shown["teams/payments/2026-Q4/index.html"]
    assert "900 ms" in shown["teams/app/2026-Q4/find-a-bike.html"]
    assert "lesson-battery.2026-Q3.two-suppliers" in shown["teams/battery/2026-Q3/retro.html"]
    assert "words only" in shown["teams/payments/2026-Q4/index.html"]
    assert 'lang="zh"' in shown["teams/suzhou/2026-Q4/spring-line.html"]
    assert 'http-equiv="refresh"' in shown["teams/hotline/2026-Q4/one-answer.html"]
