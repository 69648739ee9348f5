"""Signs that turn the direction of writing turn the words that they stand in, and none of the page's own."""

from pathlib import Path
from typing import Final

import pytest

from tests.browser.chromium import Chromium
from tests.browser.conftest import build
from tests.hostile.vectors import matter

TURNS: Final = {"an override": "\u202e", "an embedding": "\u202b", "an isolate": "\u2067"}
QUESTION: Final = """() => {
  const turned = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)) continue;
    const at = node.data.search(/[A-Za-z]{2}/);
    if (at < 0) continue;
    const place = start => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + 1);
      return range.getBoundingClientRect();
    };
    const one = place(at), two = place(at + 1);
    if (!one.width || !two.width || one.top !== two.top) continue;
    seen += 1;
    if (two.left < one.left) turned.push(node.data.trim());
  }
  return {seen, turned};
}"""
"""The words on a page that run from right to left, but for those in one text with a sign that turns it."""


@pytest.mark.parametrize("sign", TURNS.values(), ids=TURNS)
def test_words_beside_an_authors_are_written_the_way_the_page_is(sign: str, chromium: Chromium, tmp_path: Path) -> None:
    words = f"Pay {sign}ments"
    key_result = {"title": words, "baseline": "1 s", "target": "2 s", "note": words, "source": "A list"}
    waits = [{"from": "@acme", "need": words}]
    aim = {"title": words, "why": words, "key_results": {"one": key_result}, "depends_on": waits}
    risk = {"about": "aim#one", "what": words, "needs": "@acme"}
    site = build(
        tmp_path,
        {
            "teams/acme/team.md": matter({"name": words, "contact": words, "mission": words}),
            "teams/acme/2026-Q4/okrs.md": matter({"objectives": {"aim": aim}, "not_doing": [words]}),
            "teams/acme/2026-Q4/checkins/2026-11-06.md": matter(
                {"progress": {"aim#one": {"value": "1.5 s", "confidence": "5", "note": words}}, "risks": {"risk": risk}}
            ),
            "teams/acme/2026-Q4/retro.md": matter({"lessons": {"lesson": words}}),
        },
    )
    visits = chromium.visit((path.as_uri() for path in site.rglob("*.html")), QUESTION)
    assert sum(visit.answer["seen"] for visit in visits) >= 300
    assert [visit.answer["turned"] for visit in visits if visit.answer["turned"]] == []


def test_words_that_an_author_did_turn_would_be_seen(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><meta charset=utf-8><p><i>Pay \u202ements</i> <b>in time</b>", encoding="utf-8")
    (visit,) = chromium.visit([page.as_uri()], QUESTION)
    assert visit.answer == {"seen": 1, "turned": ["in time"]}
