"""What is added to a file stands at the end of its entries, and every other byte of the file stays."""

from collections import Counter
from dataclasses import replace

import pytest

from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.insertion import append_body, as_read, check_added, insert_entries
from okrsite.core.drafts.okrs import NewKeyResult, NewObjective, objective_lines
from okrsite.core.model import OkrsFile
from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile
from okrsite.shell.files import read_content
from tests.companies import ROOT

PLACE = "teams/acme/2026-Q4/okrs.md"
NEW = objective_lines(
    NewObjective(
        "brand-new",
        "A new: one",
        "Line one\n  # line two",
        supports=("acme/x",),
        key_results=(NewKeyResult("Share: now", (("baseline", "1%"), ("target", "2%"))),),
    )
)
DEMO = [source for source in read_content(ROOT, "content").sources if source.place.endswith("/okrs.md")]


def _source(text: str) -> SourceFile:
    return SourceFile(f"content/{PLACE}", PLACE, as_read(text))


def _added(raw: str, lines: list[str] = NEW) -> str:
    """The text with an objective more, checked to say nothing else anew."""
    source = _source(raw)
    after = insert_entries(source, raw, "objectives", lines)
    check_added(source, raw, after, Counter(objectives=1))
    return after


def _one_stretch_more(before: str, after: str) -> str:
    """The one stretch that the second text has more than the first."""
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    more = len(after) - len(before)
    starts = [s for s in range(start + 1) if before[:s] + after[s : s + more] + before[s:] == after]
    assert starts
    return after[starts[0] : starts[0] + more]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("source", DEMO[::7], ids=lambda source: source.place)
def test_an_objective_more_changes_no_byte_of_the_demo_companys_files(source: SourceFile, end: str, mark: str) -> None:
    assert source.text is not None
    raw = mark + source.text.replace("\n", end)
    after = insert_entries(source, raw, "objectives", NEW)
    check_added(source, raw, after, Counter(objectives=1))
    stretch = _one_stretch_more(raw, after)
    assert "brand-new" in stretch
    assert stretch.count(end) == len("\n".join(NEW).split("\n"))
    file = parse_document(replace(source, text=as_read(after))).file
    assert isinstance(file, OkrsFile)
    assert file.objectives[-1].id == "brand-new"
    assert file.objectives[-1].why is not None
    assert file.objectives[-1].why.source == "Line one\n  # line two"


HEADS = {
    "comments": (
        "objectives:  # ours\n  a:\n    title: A  # yes\n    # deep: it belongs to a\n  # between\n\nnot_doing: [b]"
    ),
    "four blanks": "objectives:\n    a:\n        title: A",
    "block": (
        "objectives:\n  a:\n    title: A\n    why: |\n      one\n\n      two\n\n\n"
        "guardrails:\n  g: {title: G, keep_above: 1%}"
    ),
    "kept block": "objectives:\n  a:\n    title: A\n    why: |+\n      one\n\n\nnot_doing:\n  - b",
    "folded": "objectives:\n  a:\n    title: A\n    why: >-\n      one\n      two\n# end",
    "flow below": "objectives:\n  a: {title: A,\n    why: B}",
    "list last": "objectives:\n  a:\n    title: A\n    serves:\n    - one\n    - two\n",
    "empty last": "objectives:\n  a:\n    title: A\n    why:\n",
    "quoted over lines": 'objectives:\n  a:\n    title: "A\n      b"\n',
    "nothing yet": "objectives:\n# later\nnot_doing: [b]",
    "missing": "not_doing: [b]",
    "first": "not_doing: [b]\nobjectives:\n  a: {title: A}",
    "mended": "objectives:\n  a:\n    title: A: b\n    contacts: @leads",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", HEADS)
def test_an_objective_more_goes_with_every_way_of_writing(name: str, end: str) -> None:
    raw = f"---\n{HEADS[name]}\n---\n\nWords.\n".replace("\n", end)
    assert _one_stretch_more(raw, _added(raw))


def test_a_comment_below_an_objective_stays_with_it() -> None:
    after = _added(f"---\n{HEADS['comments']}\n---\n")
    assert after.index("belongs to a") < after.index("brand-new") < after.index("# between")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("---\nobjectives: {a: {title: A}}\n---\n", "one entry a line"),
        ("---\nobjectives: none\n---\n", "one entry a line"),
        ("No front matter.\n", "no front matter"),
        ("---\nobjectives:\n\ta: b\n---\n", "cannot be read"),
        ("---\nobjectives:\n", "cannot be read"),
        ("---\nobjectives:\n  brand-new: {title: A}\n---\n", "would change something else"),
        ("---\n  not_doing: [a]\n---\n", "would change something else"),
    ],
)
def test_what_cannot_be_added_to_is_refused_with_a_reason(raw: str, why: str) -> None:
    with pytest.raises(CannotDraftError, match=why):
        _added(raw)


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        ("---\n---\n", "---\n---\n\nMore.\n"),
        ("---\n---", "---\n---\n\nMore.\n"),
        ("---\r\n---\r\nA.", "---\r\n---\r\nA.\r\n\r\nMore.\r\n"),
        ("---\n---\n\nA.\n", "---\n---\n\nA.\n\nMore.\n"),
    ],
)
def test_a_story_is_added_after_all_that_was_said(raw: str, after: str) -> None:
    assert append_body(raw, "More.") == after
