"""What a person typed comes back from the parser as it was typed, whatever it is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.lines import cleaned, comment, document, field, fields, listed, scalar
from okrsite.core.model import OkrsFile, RetroFile, TeamFile
from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile

SIGNS = "ab1 \n\t\\\"':#,[]{}*&!|>%@`~?-=.é\u00a0中😀"
TEXTS = st.one_of(st.text(SIGNS, min_size=1, max_size=30), st.text(min_size=1, max_size=30))


def _typed(text: str) -> str | None:
    """A text as it can be stored, or None for one that no file can hold."""
    try:
        return cleaned(text, "this") or None
    except CannotDraftError:
        return None


def _read(place: str, text: str) -> object:
    parsed = parse_document(SourceFile(f"content/{place}", place, text))
    errors = [p for p in parsed.problems if p.code not in ("hidden-character", "dead-link", "lost-text")]
    assert errors == [], text
    return parsed.file


@settings(derandomize=True, deadline=None, max_examples=1500)
@given(TEXTS, TEXTS)
@example(" a", "\n a\n\n\n b")
@example("---", "a\n---\nb")
@example("null", "\t a\n\tb")
@example("...", "|")
@example("a # b", "#a\n#b")
@example("-", "- a\n- b")
def test_a_text_comes_back_as_it_was_typed(one: str, two: str) -> None:
    first, second = _typed(one), _typed(two)
    if first is None or second is None:
        return
    lines = ["lessons:", *field("a", first, 1), *field("b-2", second, 1), "scores:"]
    lines += fields("x", {"because": second, "score": "0.5"}, 1)
    file = _read("teams/acme/2026-Q4/retro.md", document(lines, second))
    assert isinstance(file, RetroFile)
    assert [lesson.text.source for lesson in file.lessons] == [t for t in (first, second) if t.strip()]
    assert file.scores[0].because is None if not second.strip() else file.scores[0].because.source == second  # type: ignore[union-attr]


@settings(derandomize=True, deadline=None, max_examples=800)
@given(st.lists(TEXTS, max_size=4))
def test_a_list_comes_back_as_it_was_typed(texts: list[str]) -> None:
    typed = [text for text in map(_typed, texts) if text and text.strip()]
    lines = ["objectives:", *fields("x", {"title": "A", "initiatives": typed, "serves": ["b"]}, 1)]
    file = _read("teams/acme/2026-Q4/okrs.md", document([*lines, *field("not_doing", typed, 0)]))
    assert isinstance(file, OkrsFile)
    assert [text.source for text in file.not_doing] == [text.strip() for text in typed]
    assert [text.source for text in file.objectives[0].initiatives] == [text.strip() for text in typed]


@settings(derandomize=True, deadline=None, max_examples=800)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_list_in_one_line_comes_back_as_it_was_typed(texts: list[str]) -> None:
    typed = [text for text in map(_typed, texts) if text and text.strip() and "\n" not in text]
    file = _read("teams/acme/team.md", document([f"extra: {{a: {listed(typed)}, b: {scalar('c, d', flow=True)}}}"]))
    assert isinstance(file, TeamFile)
    assert file.extra == {"a": tuple(typed), "b": "c, d"}


@settings(derandomize=True, deadline=None, max_examples=300)
@given(TEXTS)
def test_a_comment_says_nothing_to_a_reader(text: str) -> None:
    lines = ["objectives:", "  x:", "    title: A", comment(text, 2), "    why: B", comment(text, 1)]
    file = _read("teams/acme/2026-Q4/okrs.md", document(lines))
    assert isinstance(file, OkrsFile)
    assert (file.objectives[0].title.source, file.objectives[0].why.source) == ("A", "B")  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["Paying feels instant", "1,400 ms", "-4 ms", "it's", "a:b", "50% off", "否"])
def test_what_needs_no_quotes_gets_none(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("text", ["\x07", "a\x00b", "\ufeffa", "\ud800", "a\u2028b"])
def test_what_no_file_can_hold_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(CannotDraftError, match="the note"):
        cleaned(text, "the note")
