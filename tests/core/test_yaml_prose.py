"""YAML does not eat prose: what a team types is read as typed, or reported at its place with the form to write."""

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.model import CheckInFile, OkrsFile, PageFile, TeamFile
from okrsite.core.parse import Parsed
from okrsite.core.text import Text
from okrsite.core.yaml_prose import compose_prose
from okrsite.core.yaml_quote import quoted
from okrsite.core.yaml_tree import Mapping, Scalar

from .company import matter, parsed, place_of
from .timing import under_five_seconds

TEAM, OKRS, PAGE = "teams/a/team.md", "teams/a/2026-Q4/okrs.md", "pages/a.md"
CHECKIN = "teams/a/2026-Q4/checkins/2026-11-06.md"
OBJECTIVE = "objectives:\n  o:\n    title: Kept\n"


def source(text: Text | None) -> str | None:
    return text.source if text else None


def titled(typed: str) -> Parsed:
    """A page whose title is written in line 2, after `title: `."""
    return parsed(PAGE, f"---\ntitle: {typed}\n---\n")


def title(page: Parsed) -> str | None:
    assert isinstance(page.file, PageFile)
    return source(page.file.title)


def losses(page: Parsed) -> list[Diagnostic]:
    """Problems other than that nothing is there."""
    return [problem for problem in page.problems if problem.code != "missing-field"]


def form_shown(problem: Diagnostic, key: str) -> str:
    """The quoted form that a report shows, without its key."""
    form = problem.hint.removeprefix("write ")
    assert form != problem.hint, problem
    if form.startswith("`") and form.endswith("`"):
        form = form[1:-1]
    return form.removeprefix(key).strip()


# --- what teams write ---------------------------------------------------------------------------------------------


def of_team(field: str) -> Callable[[Parsed], str | None]:
    def read(one: Parsed) -> str | None:
        assert isinstance(one.file, TeamFile)
        found: Text | None = getattr(one.file, field)
        return source(found)

    return read


def of_objective(field: str) -> Callable[[Parsed], str | None]:
    def read(one: Parsed) -> str | None:
        assert isinstance(one.file, OkrsFile)
        found: Text | tuple[Text, ...] | None = getattr(one.file.objectives[0], field)
        return source(found[0] if isinstance(found, tuple) else found)

    return read


@pytest.mark.parametrize(
    ("place", "before", "key", "typed", "read"),
    [
        pytest.param(TEAM, "name: A\n", "contact: ", "#payments", of_team("contact"), id="contact"),
        pytest.param(TEAM, "name: A\n", "mission: ", "Fast #1 in town", of_team("mission"), id="mission"),
        pytest.param(
            OKRS, "objectives:\n  o:\n", "    title: ", "Checkout: instant", of_objective("title"), id="title"
        ),
        pytest.param(OKRS, "objectives:\n  o:\n", "    title: ", "*Fast*", of_objective("title"), id="emphasis"),
        pytest.param(OKRS, OBJECTIVE, "    because: ", "[[payments]] slipped", of_objective("because"), id="because"),
        pytest.param(OKRS, OBJECTIVE, "    note: ", ">25% faster", of_objective("note"), id="note"),
        pytest.param(OKRS, OBJECTIVE, "    contacts: ", "@leads", of_objective("contacts"), id="contacts"),
    ],
)
def test_the_sentences_of_the_format_are_read_as_typed_and_reported(
    place: str, before: str, key: str, typed: str, read: Callable[[Parsed], str | None]
) -> None:
    slip = parsed(place, f"---\n{before}{key}{typed}\n---\n")
    assert read(slip) == typed
    assert len(slip.problems) == 1
    (problem,) = slip.problems
    assert (problem.code, problem.severity) == ("swallowed-text", Severity.ERROR)
    assert place_of(problem) == f"{place}:{before.count(chr(10)) + 2}:{len(key) + 1}"
    mended = parsed(place, f"---\n{before}{key}{form_shown(problem, key.strip())}\n---\n")
    assert read(mended) == typed
    assert mended.problems == ()


SENTENCES = (
    "@payments owns it",
    "%-based pricing",
    "`fast` by default",
    "&more to come",
    "!important",
    "! now",
    "- a dash first",
    "? why not",
    "?",
    "|pipe| dream",
    "> quoted",
    "*bold* move: now",
    "**Everywhere**",
    "#1 in town",
    "C #sharp",
    "The #1: again",
    "'tis the season",
    '"Fast" is what we say',
    '"Fast" and "cheap"',
    "'Fast' and 'cheap'",
    "'Fast'ish",
    '"a\\qb"',
    '"Fast" #1',
    "Fast:",
    "Checkout : instant",
    ": colon first",
    ", comma first",
    "] bracket first",
    "} brace first",
    "[WIP] checkout",
    "[WIP] checkout [Q4]",
    "[WIP]: checkout",
    "[a, b] or c",
    "[#one, two]",
    "[WIP] #1",
    "[unclosed",
    "{unclosed",
    "{draft} idea",
    "{now} and {then}",
    "{{7*7}}",
    "{% include x %}",
    "[[payments]]",
    "[[payments]] needs [[risk]]",
    "[one, two]",
    "[]",
    "{}",
    "{a: b}",
    "key: value: more",
    "http://x.example: slow",
    "-\ttab",
    "Checkout:\tinstant",
    "\\: \\",
    "' \" \\ : #x",
    "数: 值",
    "😀: 😀",
)


@pytest.mark.parametrize("typed", SENTENCES)
def test_a_sentence_that_yaml_would_lose_is_read_as_typed_and_reported_with_its_quoted_form(typed: str) -> None:
    slip = titled(typed)
    assert title(slip) == typed
    reports = losses(slip)
    assert reports, "read as typed, but nobody was told to quote it"
    assert {problem.code for problem in reports} <= {"swallowed-text", "comma-split", "yaml-key"}
    loss = next(problem for problem in reports if problem.code == "swallowed-text")
    assert place_of(loss) == "pages/a.md:2:8"
    mended = titled(form_shown(loss, "title:"))
    assert (title(mended), mended.problems) == (typed, ())


@pytest.mark.parametrize("typed", ['"Fast"#1', "'Fast'#1", "[one]#1", "{one: two}#1", "[[payments]]#x"])
def test_text_glued_to_a_closing_sign_is_not_lost(typed: str) -> None:
    slip = titled(typed)
    assert title(slip) == typed
    assert [problem.code for problem in losses(slip)] == ["swallowed-text"]


@pytest.mark.parametrize("typed", ["{tbd}", "{en}"])
def test_a_word_in_braces_is_not_taken_for_a_language_without_text(typed: str) -> None:
    slip = parsed(OKRS, f"---\n{OBJECTIVE}    note: {typed}\n---\n")
    assert of_objective("note")(slip) == typed or slip.problems, "lost without a word"


def test_an_escape_in_double_quotes_that_breaks_the_line_is_reported() -> None:
    for typed in (r'"C:\new"', r'"C:\Logs"', r'"D:\Projects"', r'"C:\temp"'):
        assert [problem.code for problem in titled(typed).problems] == ["yaml-escape"], typed


@pytest.mark.parametrize(
    "typed", ["\u00a0Checkout: instant", "\u00a0 Fast #1", "\u00a0Fast:", "\u3000快: 好", "\u2003*Fast*: yes"]
)
def test_a_wide_space_in_front_changes_nothing(typed: str) -> None:
    slip = titled(typed)
    assert title(slip) == typed.strip()
    assert [problem.code for problem in losses(slip)] == ["swallowed-text"]
    mended = titled(form_shown(losses(slip)[0], "title:"))
    assert (title(mended), mended.problems) == (typed.strip(), ())


@pytest.mark.parametrize(
    ("typed", "read"), [('"#pay', "#pay"), ("\"#pay'", "#pay"), ('"Fast lane",', "Fast lane"), ("'#pay", "#pay")]
)
def test_quotation_marks_that_were_meant_are_put_right_and_do_not_become_text(typed: str, read: str) -> None:
    found = parsed(TEAM, f"---\nname: A\ncontact: {typed}\nmission: kept\n---\n")
    (problem,) = found.problems
    assert form_shown(problem, "contact:") == f'"{read}"'
    assert (of_team("contact")(found), of_team("mission")(found)) == (read, "kept")


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_lone_quotation_mark_does_not_take_in_the_next_field(quote: str) -> None:
    """A second lone mark at the end of the next field closes no text: each of the fields is its own."""
    text = f"---\nname: {quote}Tis the season\nmission: It is for the riders{quote}\ncontact: riders\n---\n"
    found = parsed(TEAM, text)
    read = tuple(of_team(field)(found) for field in ("name", "mission", "contact"))
    expected = (f"{quote}Tis the season", f"It is for the riders{quote}", "riders")
    assert read == expected or found.problems, f"read as {read} without a word"


@pytest.mark.parametrize(
    "typed", ["no", "null", "~", "12:30", "1e3", "0o14", "014", "2026-10-31", "1_000", "on", ".5", "=", "<<", "---"]
)
def test_words_that_yaml_has_ideas_about_are_texts(typed: str) -> None:
    page = titled(typed)
    assert (title(page), page.problems) == (typed, ())


@pytest.mark.parametrize(
    "typed", ["it's", "a :b", "a&b", "a *b", "50% off", "a#b", "C#", "x | y", "a - b", "a\\b", "a,b"]
)
def test_signs_inside_a_sentence_need_no_quotes(typed: str) -> None:
    page = titled(typed)
    assert (title(page), page.problems) == (typed, ())


# --- where else prose stands --------------------------------------------------------------------------------------


def test_items_of_a_list_are_read_as_typed() -> None:
    text = matter("""
        objectives:
          o:
            title: T
            contacts:
              - #payments
              - @leads
              - *Fast* now
              - >25% faster
              - plain
        """)
    found = parsed(OKRS, text)
    assert isinstance(found.file, OkrsFile)
    contacts = [item.source for item in found.file.objectives[0].contacts]
    assert contacts == ["#payments", "@leads", "*Fast* now", ">25% faster", "plain"]
    places = sorted(place_of(problem) for problem in found.problems)
    assert places == [f"{OKRS}:{line}:9" for line in (6, 7, 8, 9)]


@pytest.mark.parametrize("item", ["*Fast*: now", "@leads: now", "&co: x", "Fast: now", "'Fast': now", "#fast: now"])
def test_an_item_with_a_colon_is_read_as_typed(item: str) -> None:
    found = parsed(OKRS, f"---\n{OBJECTIVE}    contacts:\n      - first\n      - {item}\n      - last\n---\n")
    assert isinstance(found.file, OkrsFile)
    assert found.file.objectives, "one slip hides the whole file"
    assert [text.source for text in found.file.objectives[0].contacts] == ["first", item, "last"]
    assert [(problem.code, problem.span.line) for problem in found.problems] == [("swallowed-text", 7)]


def test_items_in_brackets_are_read_as_typed() -> None:
    found = parsed(OKRS, f"---\n{OBJECTIVE}    contacts: [#payments, @leads, plain]\n---\n")
    assert isinstance(found.file, OkrsFile)
    assert [text.source for text in found.file.objectives[0].contacts] == ["#payments", "@leads", "plain"]
    assert [(problem.code, problem.span.line) for problem in found.problems] == [("swallowed-text", 5)]


@pytest.mark.parametrize("note", ["First: ever", "#1 again", "*Fast*", ">25%", "[[a]] slipped", "cheap, fast"])
def test_values_in_braces_are_read_as_typed(note: str) -> None:
    found = parsed(CHECKIN, f"---\nprogress:\n  o#k: {{value: 31%, note: {note}}}\n---\n")
    assert isinstance(found.file, CheckInFile)
    (reading,) = found.file.readings
    assert (reading.value, source(reading.note)) == ("31%", note)
    assert [(problem.severity, problem.span.line) for problem in found.problems] == [(Severity.ERROR, 3)]


@pytest.mark.parametrize(("typed", "value"), [("1,200", "1,200"), ("1,200 ms", "1,200 ms"), ("1,234,567", "1,234,567")])
def test_a_comma_in_braces_splits_no_number(typed: str, value: str) -> None:
    found = parsed(CHECKIN, f"---\nprogress:\n  o#k: {{value: {typed}, confidence: 7}}\n---\n")
    assert isinstance(found.file, CheckInFile)
    (reading,) = found.file.readings
    assert (reading.value, reading.confidence) == (value, 7)
    codes = {problem.code for problem in found.problems}
    assert codes == {"comma-split"}
    assert any(f'`value: "{value}"`' in problem.hint for problem in found.problems)
    assert place_of(found.problems[0]) == f"{CHECKIN}:3:16"


def test_one_slip_hides_neither_the_rest_of_its_file_nor_the_next_slip() -> None:
    text = matter("""
        name: Payments: fast
        mission: *Never* the reason
        contact: #payments
        aliases: [checkout]
        cadence: monthly
        """)
    found = parsed(TEAM, text)
    assert isinstance(found.file, TeamFile)
    assert [of_team(field)(found) for field in ("name", "mission", "contact")] == [
        "Payments: fast",
        "*Never* the reason",
        "#payments",
    ]
    assert ([alias for alias, _ in found.file.aliases], found.file.cadence) == (["checkout"], "monthly")
    assert sorted(place_of(problem) for problem in found.problems) == [f"{TEAM}:2:7", f"{TEAM}:3:10", f"{TEAM}:4:10"]


def test_a_comment_inside_a_longer_text_is_reported_with_a_quoted_form() -> None:
    found = parsed(OKRS, f"---\n{OBJECTIVE}    why:\n      We are #1 in town\n---\n")
    (problem,) = found.problems
    assert (problem.code, problem.span.line) == ("swallowed-text", 6)
    assert problem.hint, "the report does not say what to write"


def test_a_line_that_begins_with_a_sign_inside_a_longer_text_is_reported() -> None:
    found = parsed(OKRS, f"---\n{OBJECTIVE}    why: We mend bikes\n      #1 in town\n    note: n\n---\n")
    assert [(problem.code, problem.span.line) for problem in found.problems] == [("swallowed-text", 6)]
    assert of_objective("note")(found) == "n"


@pytest.mark.parametrize("line", ["#1 in town", "We are #1 in town", "in town (#1) and #2"])
def test_a_sign_in_the_middle_of_a_longer_text_is_reported_and_hides_nothing_else(line: str) -> None:
    text = f"---\n{OBJECTIVE}    why: We mend bikes\n      {line}\n      and beyond\n    note: n\n---\n"
    found = parsed(OKRS, text)
    assert {problem.span.line for problem in found.problems} == {6}
    assert isinstance(found.file, OkrsFile)
    assert found.file.objectives, "one slip hides the whole file"
    assert of_objective("note")(found) == "n"


def test_a_colon_in_the_middle_of_a_longer_text_is_reported_where_it_stands() -> None:
    found = parsed(OKRS, f"---\n{OBJECTIVE}    why: Every second costs\n      us: one cart\n    note: n\n---\n")
    assert {problem.span.line for problem in found.problems} == {6}


@pytest.mark.parametrize("line", ["mission:Fast", "mission：Fast", "mission:Fast #1 in town", "mission:*Fast*"])
def test_a_missing_space_after_a_colon_is_reported_at_its_line_and_hides_nothing(line: str) -> None:
    found = parsed(TEAM, f"---\nname: Payments\n{line}\ncontact: kept\n---\n")
    assert {problem.span.line for problem in found.problems} == {3}
    assert of_team("mission")(found) == line[8:]
    assert (of_team("name")(found), of_team("contact")(found)) == ("Payments", "kept")


def test_block_texts_keep_every_sign() -> None:
    text = f"---\n{OBJECTIVE}    why: |\n      We are #1: in town\n      # not a comment\n      [[a]] *b*\n---\n"
    found = parsed(OKRS, text)
    assert found.problems == ()
    assert of_objective("why")(found) == "We are #1: in town\n# not a comment\n[[a]] *b*\n"


# --- comments -----------------------------------------------------------------------------------------------------


def test_comments_that_are_set_apart_are_comments() -> None:
    text = matter("""
        # A heading of its own
        name: Payments  # two spaces: a comment is meant
        mission: "Quoted"  # and here
        #contact: switched off
        aliases: [checkout]
        """)
    found = parsed(TEAM, text)
    assert found.problems == ()
    assert [of_team(field)(found) for field in ("name", "mission", "contact")] == ["Payments", "Quoted", None]


@pytest.mark.parametrize(
    ("typed", "read", "column"),
    [
        ("Paying feels instant # everywhere", "Paying feels instant", 29),
        ("[[payments]] # slipped", "[[payments]]", 21),
    ],
)
def test_a_comment_that_may_be_meant_as_text_is_mentioned(typed: str, read: str, column: int) -> None:
    page = titled(typed)
    assert title(page) in (read, typed)
    comment = [problem for problem in page.problems if problem.code == "comment-after-text"]
    assert [place_of(problem) for problem in comment] == [f"pages/a.md:2:{column}"]
    assert f'"{typed}"' in comment[0].hint


# --- quoting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "form"),
    [("a: b", '"a: b"'), ('say "yes"', "'say \"yes\"'"), ("it's \\", "'it''s \\'"), ("it's: fine", '"it\'s: fine"')],
)
def test_a_text_is_quoted_so_that_it_means_what_was_typed(typed: str, form: str) -> None:
    assert quoted(typed) == form


PIECES = (
    *"#*&!>|%@`,[]{}?:-\"'\\~=<. /()+",
    *("\t", "  ", ": ", " #", "- ", ", ", "''", '""', "[[x]]", "**", "---", "..."),
    *("a", "b", "no", "1", "200", "it's", "Fast", "en", "é", "数", "😀", "\u00a0", "—", " ", " ", " ", " ", " "),
)
awkward = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
same_every_time = settings(derandomize=True, deadline=None, max_examples=700)

_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\[\\\"/ ])*\"|'(?:[^']|'')*'")
_MEANT_AS_COMMENT = re.compile(r"(?:\s\s|\t|[\"'\]}] )#(?:[\s\-=!#]|$)")
_BLOCK_HEAD = re.compile(r"[|>][+-]?")


@same_every_time
@given(awkward)
def test_any_text_in_quotes_reads_back(typed: str) -> None:
    page = titled(quoted(typed))
    assert (title(page) or "", page.problems) == (typed.strip(), ())


@same_every_time
@given(awkward)
@example("{tbd}")
@example('"Fast"#1')
@example("\u00a0Checkout: instant")
@example("[WIP] checkout [Q4]")
def test_whatever_is_typed_is_read_as_typed_or_reported(typed: str) -> None:
    """Texts that are wholly in quotes, the empty block and comments set apart are YAML that is meant."""
    assume(typed.strip())
    stripped = typed.strip(" \t")
    assume(not _IN_QUOTES.fullmatch(stripped) and not _BLOCK_HEAD.fullmatch(stripped))
    assume(not _MEANT_AS_COMMENT.search(" " + typed))
    page = titled(typed)
    reports = losses(page)
    assert title(page) == typed.strip() or reports, "lost without a word"
    assert all(problem.span.line == 2 for problem in reports)


@same_every_time
@given(awkward)
@example("[#one, two]")
@example("\u00a0Fast:")
@example("[one, [, ]]")
def test_what_a_report_calls_read_as_typed_is_read_as_typed(typed: str) -> None:
    """A text in single quotes that holds an apostrophe is read without its outer marks, as it was meant."""
    page = titled(typed)
    if any("read as typed" in problem.message for problem in page.problems):
        stripped = typed.strip()
        assert title(page) in (stripped, stripped[1:-1] if stripped[0] == stripped[-1] == "'" else stripped)


@same_every_time
@given(awkward)
def test_a_quoted_form_written_as_shown_reads_back_without_a_report(typed: str) -> None:
    page = titled(typed)
    shown = [problem for problem in page.problems if problem.code == "swallowed-text" and problem.hint]
    for problem in shown:
        mended = titled(form_shown(problem, "title:"))
        assert (title(mended), mended.problems) == (title(page), ())


one_line = awkward.map(lambda typed: re.sub("[\u00a0|>]", "", typed))


@same_every_time
@given(one_line, one_line)
def test_two_fields_do_not_take_from_each_other(one: str, two: str) -> None:
    assume(one.strip() and two.strip())
    assume(not _MEANT_AS_COMMENT.search(f" {one}\n {two}"))
    found = parsed(TEAM, f"---\nname: {one}\nmission: {two}\ncontact: kept\n---\n")
    lines = {problem.span.line for problem in found.problems}
    if not any(problem.code == "yaml-syntax" for problem in found.problems):
        assert of_team("name")(found) == one.strip() or _IN_QUOTES.fullmatch(one.strip()) or 2 in lines
        assert of_team("mission")(found) == two.strip() or _IN_QUOTES.fullmatch(two.strip()) or 3 in lines
        assert of_team("contact")(found) == "kept"


# --- hostile input ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("title: @x" + " " * 24_000 + "y", id="spaces in a value"),
        pytest.param("title: {a:" + " " * 24_000 + "@}", id="spaces in braces"),
        pytest.param("note: n\na" + " " * 40_000 + "b", id="spaces in a key"),
        pytest.param("title: [#" + ", a" * 15_000 + "]", id="commas"),
        pytest.param("title: " + "a: " * 20_000, id="colons"),
        pytest.param("title: a" + " #b" * 15_000, id="number signs"),
        pytest.param("title: '" + "'a" * 20_000, id="quotation marks"),
        pytest.param("title: " + "- " * 25_000, id="dashes"),
        pytest.param("title: " + "[" * 25_000, id="brackets"),
        pytest.param("title: " + "{" * 25_000, id="braces"),
        pytest.param("title: |" + "|" * 50_000, id="pipes"),
        pytest.param("\n".join(f"k{n}: @a" for n in range(4_000)), id="many slips"),
        pytest.param("\n".join(f"k{n}: #a" for n in range(2_000)), id="many comments"),
        pytest.param("title: " + "\x01" * 20_000, id="control characters"),
    ],
)
def test_hostile_lines_are_read_in_proportion_to_their_length(line: str) -> None:
    with under_five_seconds():
        typed = compose_prose("content/pages/a.md", line + "\n")
    assert typed.problems
    assert all(problem.span.line <= line.count("\n") + 1 for problem in typed.problems)


def test_many_slips_are_all_reported_and_the_first_ones_mended() -> None:
    typed = compose_prose("content/pages/a.md", "\n".join(f"k{n}: #a" for n in range(200)))
    assert {problem.span.line for problem in typed.problems} == set(range(1, 201))
    assert isinstance(typed.root, Mapping)
    assert all(isinstance(value, Scalar) and value.text == "#a" for _, value in typed.root.pairs)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ufdd0"]
)
def test_a_character_that_cannot_be_seen_is_reported_and_read_as_a_space(sign: str) -> None:
    page = titled(f"Paying{sign}feels instant")
    assert title(page) == "Paying feels instant"
    assert [(problem.code, place_of(problem)) for problem in page.problems] == [
        ("control-character", "pages/a.md:2:14")
    ]
