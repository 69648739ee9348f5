"""The policy of the pages holds alone: what escaping might one day let through does not run, and without it would."""

import shutil
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from tests.browser.chromium import Chromium, Visit, served
from tests.browser.conftest import POLICY, build, without_policy
from tests.companies import FINE
from tests.hostile.vectors import groups

PLANTED = (
    '<img src=x onerror="window.__x=1">',
    "<script>window.__x=1</script>",
    '<script>alert("planted")</script>',
    "<svg onload=window.__x=1></svg>",
    "<p onclick=window.__x=1>click</p>",
    "<a href=javascript:window.__x=1>click</a>",
    '<iframe srcdoc="<script>parent.__x=1</script>"></iframe>',
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a company without a problem."""
    content = {name.removeprefix("content/"): text for name, text in FINE.items()}
    return build(tmp_path_factory.mktemp("fine"), content)


def planted(site: Path) -> list[str]:
    """Copies of pages with something planted into each, as a hole in the escaping would; returns the copies.

    Every page has the first two, and the front page all.
    """
    copies = []
    for page in sorted(site.rglob("*.html")):
        head, main, rest = page.read_text(encoding="utf-8").partition("</main>")
        assert main
        for number, text in enumerate(PLANTED if page.parent == site else PLANTED[:2]):
            copy = page.with_name(f"{page.stem}.planted-{number}.html")
            copy.write_text(head + text + main + rest, encoding="utf-8")
            copies.append(copy.relative_to(site).as_posix())
    return copies


def visits_of(chromium: Chromium, folder: Path, pages: list[str], question: str = "") -> list[Visit]:
    """What pages do on a web server, for only there `'self'` means the site."""
    with served(folder) as root:
        return chromium.visit((root + quote(page) for page in pages), question)


def test_what_is_planted_into_a_page_runs_without_the_policy_and_not_with_it(
    site: Path, chromium: Chromium, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "guarded")
    without_policy(site, tmp_path / "bare")
    ran, held = (visits_of(chromium, folder, planted(folder)) for folder in (tmp_path / "bare", tmp_path / "guarded"))
    assert len(ran) == len(held) >= 30
    assert [visit.address for visit in ran if not visit.executed()] == []
    assert [visit for visit in held if visit.executed()] == []
    # A frame's own violations are told in the console alone.
    assert [visit for visit in held if not any("Content Security Policy" in error for error in visit.errors)] == []


def raw(folder: Path, name: str, policy: str) -> list[str]:
    """Pages that show the vectors unescaped, some in each, every one in a page of its own; returns the pages.

    Each stands in the title, in an attribute and in an element, where pages have the words of authors.
    """
    pages = []
    for number, vectors in enumerate(groups()):
        frames = [f"{name}-{number}-{n}.html" for n in range(len(vectors))]
        for frame, vector in zip(frames, vectors, strict=True):
            (folder / frame).write_text(
                f'<!doctype html><meta charset="utf-8">{policy}<title>{vector}</title><main>'
                f'<a href="#" title="{vector}">{escape(vector)}</a><p>{vector}',
                encoding="utf-8",
            )
        pages.append(f"{name}-{number}.html")
        framed = "".join(f'<iframe src="{frame}"></iframe>' for frame in frames)
        (folder / pages[-1]).write_text(f"<!doctype html><title>Frames</title>{framed}", encoding="utf-8")
    return pages


FRAMES: Final = """async () => {
  for (const frame of document.querySelectorAll('iframe'))
    for (const element of frame.contentDocument?.querySelectorAll('*') ?? [])
      for (const attribute of [...element.attributes])
        if (/^on/i.test(attribute.name)) element.dispatchEvent(new Event(attribute.name.slice(2)));
  await new Promise(done => setTimeout(done, 100));
  return [...document.querySelectorAll('iframe')].filter(frame => {
    try { return typeof frame.contentWindow.__x === 'number' } catch { return false }
  }).length;
}"""
"""How many of a page's frames ran what they hold, after all of it was set off; one that has left is not asked."""


def test_the_vectors_written_unescaped_run_without_the_policy_and_not_with_it(
    site: Path, chromium: Chromium, tmp_path: Path
) -> None:
    (policy,) = POLICY.findall((site / "index.html").read_text(encoding="utf-8"))
    bare, held = raw(tmp_path, "bare", ""), raw(tmp_path, "held", policy)
    assert len(bare) == len(held) == len(groups())
    ran = visits_of(chromium, tmp_path, bare, FRAMES)
    assert sum(visit.answer for visit in ran) >= 15
    assert sum(len(visit.dialogs) for visit in ran) >= 120
    quiet = visits_of(chromium, tmp_path, held, FRAMES)
    assert [visit for visit in quiet if visit.answer or visit.dialogs] == []
    refused = [error for visit in quiet for error in visit.errors if "Content Security Policy" in error]
    assert len(refused) >= 130
