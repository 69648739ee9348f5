"""After an edit exactly the pages are rendered that are not what they were; the others stay the very same files."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile, copytree
from typing import Final, NamedTuple

import pytest

from tests.companies import ROOT, TODAY
from tests.law.builds import Explained, build, eager, entries, explained, identities

CHECKIN: Final = "content/teams/app/2026-Q4/checkins/2026-11-20.md"
LATER: Final = "2026-11-23"


class Edited(NamedTuple):
    """A build after an edit: what it said; the pages that truly differ from before, all, and those with a style."""

    explained: Explained
    differing: frozenset[str]
    pages: frozenset[str]
    styled: frozenset[str]
    before: dict[str, tuple[int, int]]
    after: dict[str, tuple[int, int]]


def _replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit that replaces the first match of a pattern in a file by something else."""

    def edit(project: Path) -> None:
        file = project / path
        text, count = re.subn(old, new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"{path} does not hold {old}"
        file.write_text(text, encoding="utf-8")

    return edit


def _restyle(project: Path) -> None:
    style = project / "themes" / "default" / "static" / "site.css"
    style.parent.mkdir(parents=True)
    style.write_text((ROOT / style.relative_to(project)).read_text(encoding="utf-8") + "/* ours */\n")


def _ask(project: Path) -> None:
    question = project / "content/teams/app/2026-Q4/questions/why-now.md"
    question.write_text("---\nabout: find-a-bike\nasked_on: 2026-11-12\n---\nWhy now?\n")


def _nothing(_project: Path) -> None:
    """Leave everything as it is."""


def _touch(project: Path) -> None:
    for path in (project / "content").rglob("*.md"):
        os.utime(path, (1, 1))


EDITS: Final[dict[str, Callable[[Path], None]]] = {
    "nothing": _nothing,
    "the times of all files": _touch,
    "a check-in": _replace(CHECKIN, r"\Z", "\nOne thing more.\n"),
    "a mission": _replace("content/teams/stations/team.md", r"^mission: .*$", "mission: A place for every bike"),
    "an objective's title": _replace(
        "content/teams/app/2026-Q4/okrs.md", r"^    title: .*$", "    title: Found at once"
    ),
    "a parent objective's title": _replace(
        "content/teams/velomere/2026-Q4/okrs.md", r"^    title: .*$", "    title: The city is ours"
    ),
    "a retrospective": _replace("content/teams/battery/2026-Q3/retro.md", r"\Z", "\nAnd one thing more.\n"),
    "a question": _ask,
    "the site's title": _replace("okrsite.toml", r"^title = .*$", 'title = "Our OKRs"'),
    "the style": _restyle,
    "the day": _nothing,
}
"""What is edited, each edit on top of those before it."""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Edited]]:
    """What became of each edit of the demo company."""
    folder = tmp_path_factory.mktemp("rendered")
    project, site = folder / "project", folder / "project" / "site"
    copytree(ROOT / "content", project / "content")
    copyfile(ROOT / "okrsite.toml", project / "okrsite.toml")
    found = {}
    with eager():
        assert build(project, site).code == 0
        assert build(project, folder / "clean", "--no-cache").code == 0
        before = entries(folder / "clean")
        for number, (what, edit) in enumerate(EDITS.items()):
            edit(project)
            today = LATER if what == "the day" else TODAY
            clean = folder / f"clean-{number}"
            if edit is not _nothing or today != TODAY:
                assert build(project, clean, "--no-cache", today=today).code == 0
            kept, now = identities(site), entries(clean) or before
            built = build(project, site, "--explain", today=today)
            assert built.code == 0
            assert entries(site) == now
            pages = frozenset(path for path in now if path.endswith((".html", ".xml", ".ics")))
            differing = frozenset(path for path in pages if before.get(path) != now[path])
            styled = frozenset(path for path in pages if b'rel="stylesheet"' in now[path].content)
            found[what] = Edited(explained(built.said), differing, pages, styled, kept, identities(site))
            before = now
        yield found


@pytest.mark.parametrize("what", [what for what in EDITS if what != "the style"])
def test_exactly_the_pages_on_which_something_is_new_are_rendered(edited: dict[str, Edited], what: str) -> None:
    one = edited[what]
    assert sorted(one.explained.rendered) == sorted(one.differing)
    assert sorted(one.explained.kept) == sorted(one.pages - one.differing)


@pytest.mark.parametrize("what", EDITS)
def test_pages_that_are_kept_stay_the_same_files(edited: dict[str, Edited], what: str) -> None:
    one = edited[what]
    assert [path for path in one.explained.kept if one.before[path] != one.after[path]] == []


@pytest.mark.parametrize("what", ["nothing", "the times of all files"])
def test_where_nothing_is_new_nothing_is_rendered(edited: dict[str, Edited], what: str) -> None:
    one = edited[what]
    assert not one.explained.rendered
    assert len(one.explained.kept) > 250
    assert one.before == one.after


@pytest.mark.parametrize("what", ["a check-in", "a mission", "an objective's title", "a retrospective", "a question"])
def test_an_edit_changes_some_pages_and_not_all(edited: dict[str, Edited], what: str) -> None:
    one = edited[what]
    assert 0 < len(one.explained.rendered) < len(one.pages) / 2


def test_a_parent_objective_s_title_is_news_on_the_pages_of_those_below(edited: dict[str, Edited]) -> None:
    rendered = edited["a parent objective's title"].explained.rendered
    assert len({path.split("/")[1] for path in rendered if path.startswith("teams/")}) > 3


@pytest.mark.parametrize("what", ["the site's title", "the style"])
def test_what_stands_on_every_page_is_news_on_all_but_those_that_only_point_on(
    edited: dict[str, Edited], what: str
) -> None:
    one = edited[what]
    html = frozenset(path for path in one.pages if path.endswith(".html"))
    assert one.differing & html == one.styled
    assert one.differing <= one.explained.rendered.keys()
    assert 0 < len(html - one.styled) < 30


def test_each_day_is_news_where_it_is_shown(edited: dict[str, Edited]) -> None:
    one = edited["the day"]
    assert 0 < len(one.explained.rendered) <= len(one.styled)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("a check-in", "what it shows has changed: "),
        ("the site's title", "what it shows has changed: "),
        ("the style", "the theme has changed"),
    ],
)
def test_the_reason_says_what_is_new(edited: dict[str, Edited], what: str, reason: str) -> None:
    one = edited[what]
    assert {said for said in one.explained.rendered.values() if not said.startswith(reason)} == set()
    assert set(one.explained.kept.values()) <= {"unchanged"}


def test_a_page_that_another_hand_took_or_changed_is_made_again(tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    copytree(ROOT / "content", project / "content")
    with eager():
        assert set(explained(build(project, site, "--explain").said).rendered.values()) == {"new page"}
        before = entries(site)
        (site / "index.html").unlink()
        (site / "lessons.html").write_bytes(b"x" + before["lessons.html"].content[1:])
        said = explained(build(project, site, "--explain").said)
        assert said.rendered == {
            "index.html": "missing in the output",
            "lessons.html": "changed in the output by another hand",
        }
        assert entries(site) == before


def test_a_build_without_a_cache_renders_all_and_remembers_nothing(tmp_path: Path) -> None:
    project = tmp_path / "project"
    copytree(ROOT / "content", project / "content")
    with eager():
        assert build(project, tmp_path / "site", "--no-cache").code == 0
        assert not (project / ".okrsite").exists()
        assert explained(build(project, tmp_path / "site", "--no-cache", "--explain").said).kept == {}
        assert build(project, tmp_path / "site").code == 0
        remembered = entries(project / ".okrsite")
        assert build(project, tmp_path / "site", "--no-cache", today=LATER).code == 0
        assert entries(project / ".okrsite") == remembered
