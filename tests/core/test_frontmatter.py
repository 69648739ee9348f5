"""A content file's two halves: where front matter begins and ends, and what a broken one leaves standing."""

import pytest

from okrsite.core.diagnostics import Severity
from okrsite.core.frontmatter import Document, read_document
from okrsite.core.model import PageFile
from okrsite.core.source import SourceFile
from okrsite.core.yaml_tree import Scalar

from .company import compiled, parsed, place_of
from .timing import under_five_seconds

PATH = "content/pages/a.md"


def read(text: str) -> tuple[Document, list[str]]:
    document, problems = read_document(SourceFile(PATH, "pages/a.md", text))
    return document, [f"{problem.code} {problem.span.line}:{problem.span.column}" for problem in problems]


def fields(document: Document) -> dict[str, str]:
    return {key.text: value.text for key, value in document.root.pairs if isinstance(value, Scalar)}


@pytest.mark.parametrize(
    ("text", "found", "body", "line"),
    [
        ("---\na: b\n---\nBody\n", {"a": "b"}, "Body\n", 4),
        ("---\na: b\n---", {"a": "b"}, "", 3),
        ("\n\n---\na: b\n---\n\nBody", {"a": "b"}, "\nBody", 6),
        ("---  \na: b\n--- \t\nBody", {"a": "b"}, "Body", 4),
        ("---\n---\nBody", {}, "Body", 3),
        ("---\n# a comment\n---\nBody", {}, "Body", 4),
        ("---\na: b\n---\nBody\n---\nc: d\n---\n", {"a": "b"}, "Body\n---\nc: d\n---\n", 4),
        ("Just words\n\n---\n\nand a line\n", {}, "Just words\n\n---\n\nand a line\n", 1),
        ("# A heading\n", {}, "# A heading\n", 1),
        ("", {}, "", 1),
    ],
)
def test_a_file_is_front_matter_and_body(text: str, found: dict[str, str], body: str, line: int) -> None:
    document, problems = read(text)
    assert problems == []
    assert (fields(document), document.body, document.body_line) == (found, body, line)
    assert not document.broken


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\na: b\n", "front-matter 1:1"),
        ("\n---\na: b\n", "front-matter 2:1"),
        ("title: A\nmission: b\n", "front-matter 1:1"),
        ("---\njust words\n---\n", "front-matter 2:1"),
        ("---\n- a\n- b\n---\n", "front-matter 2:1"),
        ("---\n42\n---\n", "front-matter 2:1"),
        ("---\ntitle:A\n---\n", "front-matter 2:1"),
        ("---\na: b\n  c: d\n---\n", "yaml-syntax 3:4"),
        ("---\na: b\n\tc: d\n---\n", "yaml-syntax 3:1"),
    ],
)
def test_front_matter_that_cannot_be_read_is_reported_at_its_place(text: str, problem: str) -> None:
    document, problems = read(text)
    assert problems == [problem]
    assert document.root.pairs == ()


OBJECTIVES = "objectives:\n  calm:\n    title: It is calm\n    key_results:\n      noise: {title: It is quiet}\n---\n"


def _of_team(okrs: str) -> list[str]:
    """What is said of a team with a check-in and a neighbour that leans on it."""
    files = {
        "teams/a/2026-Q4/okrs.md": okrs,
        "teams/a/2026-Q4/checkins/2026-11-20.md": "---\nprogress:\n  calm#noise: 40%\n  calm: {confidence: 7}\n---\n",
        "teams/b/2026-Q4/okrs.md": "---\nobjectives:\n  o: {title: T, supports: a/calm#noise}\n---\n",
    }
    found = compiled(files).problems
    return [f"{place_of(p)} {p.message}; {p.hint}" for p in found if p.severity is Severity.ERROR]


@pytest.mark.parametrize("line", [" ---", "----", "—", "–––", "-- ", "\n\t---"])
def test_a_line_that_is_almost_the_first_one_is_the_only_thing_reported(line: str) -> None:
    (said,) = _of_team(f"{line}\n{OBJECTIVES}")
    typed = line.lstrip("\n")
    assert said.startswith(f"teams/a/2026-Q4/okrs.md:{line.count(chr(10)) + 1}:1 front matter begins with a line `---`")
    assert said.endswith(f"; write `---`, three hyphens alone, in place of `{typed}`")


@pytest.mark.parametrize("line", ["----", "--", "—-", "———", "***", "___", " ---", "--- # end", "..."])
@pytest.mark.parametrize("body", ["", "We are calm.\n", "Words\n\n***\n\nWords\n"])
def test_a_line_that_is_almost_the_last_one_is_the_only_thing_reported(line: str, body: str) -> None:
    (said,) = _of_team(f"---\n{OBJECTIVES.removesuffix('---' + chr(10))}{line}\n{body}")
    assert said == (
        "teams/a/2026-Q4/okrs.md:7:1 front matter ends with a line `---` alone; "
        f"write `---`, three hyphens alone, in place of `{line}`"
    )


@pytest.mark.parametrize("line", ["----", "—", "***", "--- # end"])
def test_a_rule_in_the_body_does_not_end_front_matter_that_has_almost_ended(line: str) -> None:
    document, problems = read(f"---\na: b\n{line}\nIt: went well\n\n---\n\nWords\n")
    assert problems == ["front-matter 3:1"]
    assert (fields(document), document.body) == ({"a": "b"}, "It: went well\n\n---\n\nWords\n")


@pytest.mark.parametrize("text", ["a: |\n  b\n  ----\n  c\n", "a:\n- b\n-\n- c\n", "a: |\n  ***\n\n  c\n"])
@pytest.mark.parametrize("end", ["", "---\n"])
def test_a_line_of_a_text_or_a_list_ends_no_front_matter(text: str, end: str) -> None:
    assert read(f"---\n{text}{end}")[1] == ([] if end else ["front-matter 1:1"])


@pytest.mark.parametrize("rule", ["***", "___"])
def test_stars_in_place_of_the_first_line_are_reported_where_fields_follow(rule: str) -> None:
    (said,) = _of_team(f"{rule}\n{OBJECTIVES.removesuffix('---' + chr(10))}{rule}\n")
    assert said.endswith(f"; write `---`, three hyphens alone, in place of `{rule}`")
    assert read(f"{rule}\nNote: a rule stands above\n\n{rule}\n")[1] == []


def test_a_text_above_the_first_line_is_told_to_move() -> None:
    (said,) = _of_team(f"# Our OKRs\n\n---\n{OBJECTIVES}")
    assert said.startswith("teams/a/2026-Q4/okrs.md:1:1 ")
    assert "make `---` the first line" in said


def _said(place: str, text: str) -> list[str]:
    return [problem.code for problem in read_document(SourceFile(f"content/{place}", place, text))[1]]


CHECKIN, RETRO = "teams/a/2026-Q4/checkins/2026-11-20.md", "teams/a/2026-Q4/retro.md"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (CHECKIN, "We moved the route.\n\nRisks\n---\nrisks: none that we know of.\n"),
        (CHECKIN, "We moved the route.\n\nRisks\n---\nrisks: none that we know of.\n\n---\nBye.\n"),
        (CHECKIN, "We moved.\n\n---\nrisks:\n\n- rain\n- snow\n\n---\nBye.\n"),
        (CHECKIN, "We moved.\n\n---\nobjectives:\n  calm: they hold\n\n---\nBye.\n"),
        (RETRO, "It went well.\n\n---\nabout: us\n"),
        (RETRO, "It went well.\n\n---\nabout: us\n---\n"),
        ("teams/a/team.md", "We pay.\n\n---\nname: we have one.\n\nAnd a song.\n\n---\n"),
        ("teams/a/team.md", "We pay.\n\n---\nname: Pay\n"),
    ],
)
def test_a_rule_in_a_text_begins_no_front_matter(place: str, text: str) -> None:
    assert _said(place, text) == []


@pytest.mark.parametrize(
    ("place", "matter"),
    [
        ("teams/a/2026-Q4/okrs.md", OBJECTIVES),
        ("teams/a/2026-Q4/okrs.md", "# ours\n\nobjectives:  # all\n  calm:\n    title: [x\n---\n"),
        ("teams/a/2026-Q4/okrs.md", "objectivs: {}\nguardrails:\n  calm: {title: It is calm}\n---\n"),
        (CHECKIN, "progress: {calm#noise: 40%}\n---\n"),
        (RETRO, "lessons:\n  ask: Ask early.\n---\n"),
        ("teams/a/team.md", "name: Pay\nparent: acme\n---\nBody\n"),
        ("teams/a/2026-Q4/questions/q.md", "about: calm\nasked_on: 2026-11-20\n---\nWhy?\n"),
    ],
)
def test_fields_between_two_lines_below_a_text_are_told_to_move(place: str, matter: str) -> None:
    assert _said(place, f"# A heading\n\n---\n{matter}") == ["front-matter"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (f"---\nnot_doing: [x]\n---\n{OBJECTIVES}Words\n", "take line 3 away"),
        (f"---\nnot_doing: [x]\n---\n\n---\n{OBJECTIVES}Words\n", "take lines 3 and 5 away"),
        (f"---\n---\n---\n{OBJECTIVES}Words\n", "take lines 2 and 3 away"),
    ],
)
def test_fields_below_the_front_matter_are_told_to_join_it(text: str, hint: str) -> None:
    (said,) = _of_team(text)
    line = next(number for number, row in enumerate(text.split("\n"), 1) if row == "objectives:")
    assert said == f"teams/a/2026-Q4/okrs.md:{line}:1 these fields stand below the end of the front matter; {hint}"
    rows = text.split("\n")
    for number in (3, 5) if "5" in hint else (2, 3) if "2" in hint else (3,):
        rows[number - 1] = ""
    assert _of_team("\n".join(rows)) == []


@pytest.mark.parametrize(
    ("place", "body"),
    [
        (CHECKIN, "review: it went well\n---\nWords\n"),
        (CHECKIN, "---\nreview: it went well\n---\nWords\n"),
        (CHECKIN, "\n---\n\nprogress: we made some\n\n---\n\nWords\n"),
        (CHECKIN, "progress:\n\n- we made some\n\n---\n"),
        (CHECKIN, "Words\n\n---\nprogress:\n  calm: 1\n---\n"),
        (CHECKIN, "progress:\n  calm: 1\n"),
        ("teams/a/team.md", "---\nname: Pay\n---\n"),
        ("pages/a.md", "---\ntitle: A\nextra: {a: b}\n---\n"),
    ],
)
def test_a_body_that_begins_with_a_rule_or_a_heading_is_a_body(place: str, body: str) -> None:
    assert _said(place, f"---\nextra: {{a: b}}\n---\n{body}") == []


def test_many_rules_in_a_text_take_no_time() -> None:
    with under_five_seconds():
        _said("teams/a/team.md", "Words\n" + "---\nname: we\nx: y\n" * 3_000)
        _said("teams/a/team.md", "Words\n---\n" + "# " * 20_000 + "\n" * 20_000 + "---\n[\n---\n")
        _said("teams/a/team.md", "Words\n---\n[\n" + "# " * 9_000 + "# \n" * 9_000 + "---\n")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_the_only_thing_reported(text: str) -> None:
    (said,) = _of_team(text)
    assert "line 1 is `---` alone" in said


@pytest.mark.parametrize(
    "okrs",
    [
        OBJECTIVES.replace("key_results", "keyresults"),
        OBJECTIVES.replace("objectives", "objective"),
        OBJECTIVES.replace("      noise:", "      -"),
        OBJECTIVES.replace("{title: It is quiet}", "").replace("      noise:", "      noise"),
    ],
)
def test_what_cannot_be_known_for_a_mistake_is_not_missed_elsewhere(okrs: str) -> None:
    (said,) = _of_team(f"---\n{okrs}")
    assert said.startswith("teams/a/2026-Q4/okrs.md:")


def test_a_file_of_words_alone_is_named_as_the_cause() -> None:
    said = _of_team("We are calm.\n")
    assert len(said) == 3
    assert "is read from this team's okrs.md; see there first" in said[0]


def test_an_example_on_a_page_is_no_front_matter() -> None:
    assert read(f"# How\n\n```\n---\n{OBJECTIVES}```\n")[1] == []


def test_a_hint_says_what_is_missing() -> None:
    (problem,) = parsed("pages/a.md", "---\ntitle:A\n---\n").problems
    assert "`key: value`" in problem.hint
    (problem,) = parsed("pages/a.md", "---\ntitle: a\n\ttheme: b\n---\n").problems
    assert "tabs" in problem.hint


@pytest.mark.parametrize(
    "text", ["---\na: [b\n  c\n---\n", "---\na: b\n", "title: b\n", "a: b\nb: c\n", "---\n" + "[" * 30 + "\n---\n"]
)
def test_a_file_whose_front_matter_cannot_be_read_is_known_as_broken(text: str) -> None:
    document, problems = read(text)
    assert problems
    assert document.broken


def test_a_body_stands_even_when_the_front_matter_is_broken() -> None:
    page = parsed("pages/a.md", "---\n[[[\n  }\n---\nThe *story* goes on.\n")
    assert page.problems
    assert isinstance(page.file, PageFile)
    assert page.file.body.lead.plain == "The story goes on."


def test_places_are_those_of_the_file() -> None:
    page = parsed("pages/a.md", "\n\n---\n\ntitle: T\nnope: 1\n---\n")
    assert [place_of(problem) for problem in page.problems] == ["pages/a.md:6:1"]


def test_places_in_a_body_count_from_the_top_of_the_file() -> None:
    page = parsed("pages/a.md", "---\ntitle: T\n---\n\nOne\n\n[[nowhere]]\n\n## H\n\n[[there]]\n")
    assert page.file is not None
    assert [mark.span.line for mark in page.file.marks] == [7, 11]


MERGED = "<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> a-branch\n"


def test_an_unfinished_merge_is_one_problem_whatever_stands_in_it() -> None:
    document, problems = read(f"---\na: 1\n{MERGED.format(ours='b: [', theirs='---')}c: 2\n---\nBody\n")
    assert problems == ["unfinished-merge 3:1"]
    assert document.broken


def test_an_unfinished_merge_in_a_body_leaves_the_fields_as_they_are() -> None:
    document, problems = read(f"---\na: 1\n---\n{MERGED.format(ours='Ours.', theirs='Theirs.')}")
    assert problems == ["unfinished-merge 4:1"]
    assert not document.broken
    assert fields(document) == {"a": "1"}


@pytest.mark.parametrize(
    "body", ["<<<<<<< HEAD\n", ">>>>>>> quoted\n", " <<<<<<< a\n >>>>>>> b\n", "<<<<<<<<\n>>>>>>>>\n"]
)
def test_what_only_looks_like_a_merge_is_none(body: str) -> None:
    assert read(f"---\na: 1\n---\n{body}")[1] == []


@pytest.mark.parametrize(
    "text", ["Note: we did it.\n", "Note: we did it.\n\nAnd more.\n", "Why: they wait\nand leave.\n"]
)
def test_a_body_may_begin_with_a_word_and_a_colon(text: str) -> None:
    document, problems = read(text)
    assert problems == []
    assert document.body == text
