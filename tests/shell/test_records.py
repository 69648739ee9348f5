"""Values as bytes and back: nothing is lost, nothing else is let in, and reading runs nothing."""

import json
import pickle
from collections import ChainMap
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest

from okrsite.core.parse import Parsed, parse_document
from okrsite.core.source import SourceFile
from okrsite.shell.records import BrokenRecordError, Shelf, _check, from_record, shelved, to_record
from okrsite.shell.shapes import WrongShapeError, reader
from tests.companies import ROOT

KEY = b"k" * 32


def _forged(content: bytes) -> bytes:
    """A record with a checksum that is right: it is no secret."""
    return _check(KEY, content) + content


def test_every_file_of_the_demo_company_comes_back_as_it_was() -> None:
    paths = sorted((ROOT / "content").rglob("*.md"))
    assert len(paths) > 200
    for path in paths:
        place = path.relative_to(ROOT / "content").as_posix()
        parsed = parse_document(SourceFile(f"content/{place}", place, path.read_text(encoding="utf-8")))
        assert from_record(KEY, to_record(KEY, parsed), Parsed) == parsed, place


@pytest.mark.parametrize("text", ["---\nobjectives:\n  a: {title: '[[x]] *y*', target: 1}\nnope: 1\n---\n", None, "\0"])
def test_problems_and_what_cannot_be_read_come_back_too(text: str | None) -> None:
    place = "teams/a/2026-Q4/okrs.md"
    parsed = parse_document(SourceFile(f"content/{place}", place, text))
    assert from_record(KEY, to_record(KEY, parsed), Parsed) == parsed


def test_a_record_under_another_key_is_refused() -> None:
    with pytest.raises(BrokenRecordError, match="checksum"):
        from_record(b"j" * 32, to_record(KEY, Parsed("a", None, ())), Parsed)


def test_a_changed_byte_is_noticed_wherever_it_is() -> None:
    record = to_record(KEY, Parsed("a", None, ()))
    assert len(record) > 30
    for at in range(len(record)):
        changed = record[:at] + bytes([record[at] ^ 1]) + record[at + 1 :]
        with pytest.raises(BrokenRecordError):
            from_record(KEY, changed, Parsed)
        with pytest.raises(BrokenRecordError):
            from_record(KEY, record[:at], Parsed)


def test_what_lies_on_a_shelf_is_read_when_it_is_asked_for_and_laid_elsewhere_without_being_read() -> None:
    dates = {1: date(2026, 10, 1), 2: date(2026, 10, 2)}
    shelf = Shelf(shelved(dates), date)
    assert dict(shelf) == dates
    longer = Shelf(shelved(ChainMap({3: date(2026, 10, 3)}, {**shelf})), date)
    assert dict(longer) == {**dates, 3: date(2026, 10, 3)}
    broken = Shelf({1: "nothing", 2: '"no date"', 3: "{}"}, date)
    assert shelved(broken) is broken.texts
    assert [broken.get(name) for name in (1, 2, 3)] == [None] * 3


def _refused(content: bytes) -> None:
    with pytest.raises(BrokenRecordError):
        from_record(KEY, _forged(content), Parsed)


def test_a_forged_record_is_no_program() -> None:
    """Records were pickles once: of these, neither a sound one nor one that fills the memory is read."""
    _refused(pickle.dumps(Parsed("a", None, ())))
    _refused(b"\x80\x05N" + b"r" + (1 << 31).to_bytes(4, "little") + b".")
    _refused(b"\x80\x05\x8e" + (1 << 40).to_bytes(8, "little") + b".")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"1",
        b"[]",
        b"{}",
        b'"Parsed"',
        b'["Parsed"]',
        b'["Span","a",1,1,1]',
        b'["Parsed","a",null]',
        b'["Parsed","a",null,[],1]',
        b'["Parsed",1,null,[]]',
        b'["Parsed","a",["Nothing"],[]]',
        b'["Parsed","a",[[]],[]]',
        b'["Parsed","a",null,{}]',
        b'["Parsed","a",null,[null]]',
        b'["Parsed","a",null,[]] ["Parsed","a",null,[]]',
        b'["Parsed","a",null,[]',
        b'["Parsed","\xff",null,[]]',
    ],
)
def test_what_is_no_value_of_the_kind_is_refused(content: bytes) -> None:
    _refused(content)
    assert from_record(KEY, _forged(b'["Parsed","a",null,[]]'), Parsed) == Parsed("a", None, ())


PROBLEM = '["Parsed","a",null,[["Diagnostic","bad-id","%s",["Span","a",%s,1,1],"m","h"]]]'


@pytest.mark.parametrize(
    "number", ["-1", "1.5", "1e400", "NaN", "Infinity", "true", "null", '"1"', "1" * 5_000, "9" * 11]
)
def test_a_number_is_a_whole_one_and_small(number: str) -> None:
    _refused((PROBLEM % ("error", number)).encode())
    assert from_record(KEY, _forged((PROBLEM % ("error", "7")).encode()), Parsed).problems[0].span.line == 7


def test_a_member_of_an_enumeration_is_one_of_them() -> None:
    _refused((PROBLEM % ("fatal", "1")).encode())


@pytest.mark.parametrize("half", [rb"\ud800", rb"\\\uDFFF", rb"\u1234", b"\xed\xa0\x80"])
def test_half_a_character_is_refused(half: bytes) -> None:
    _refused(b'["Parsed","' + half + b'",null,[]]')
    assert from_record(KEY, _forged(rb'["Parsed","\\ud800",null,[]]'), Parsed).path == r"\ud800"


def test_every_text_has_a_language() -> None:
    sound = '["Parsed","a",["MissionFile","a","","",["Body",["Prose","",[],""],[],[]],[],[],false,["Text",%s],{}],[]]'
    _refused((sound % "[]").encode())
    assert from_record(KEY, _forged((sound % '[["",["Prose","x",["x"],"x"]]]').encode()), Parsed).file


@pytest.mark.parametrize("text", ["", "x", "NaN", "sNaN", "Infinity", "1E+60", "1E-60", "1E+999999999", "0E+999999999"])
def test_a_decimal_is_one_that_can_be_written_out(text: str) -> None:
    read = reader(Decimal)
    with pytest.raises((WrongShapeError, InvalidOperation)):
        read(text)
    assert [read(str(number)) for number in (Decimal("0.00"), Decimal("12E+9"), Decimal(10) ** 30)]


@pytest.mark.parametrize("opening", ["[", '{"a":', '["Parsed",'])
def test_depth_is_no_trouble(opening: str) -> None:
    _refused(opening.encode() * 1_000_000)


# --- every field of every class -------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (None, 1, True, "x", [], ["x"], {}, {"x": "y"}, [[]], ["Span", "a", 1, 1, 1])


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every item of a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in _places(item, (*path, key)))]


def _with(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A JSON value with something else in a place."""
    if not path:
        return other
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = _with(value[path[0]], path[1:], other)
    return changed


def test_whatever_stands_in_a_field_only_values_of_the_right_kinds_come_out() -> None:
    """What is accepted is written again as it was read: nothing of another type can hide in it."""
    place = "teams/a/2026-Q4/checkins/2026-11-06.md"
    text = "---\nprogress:\n  a#b: {value: 1 ms, confidence: 7, note: '*n* [[c]]'}\nextra: {x: [y]}\n---\n## H\n[l](http://a.b)\n"
    record = to_record(KEY, parse_document(SourceFile(f"content/{place}", place, text)))
    sound = json.loads(record[16:])
    places, refused, accepted = _places(sound), 0, 0
    for path in places:
        for other in WRONG:
            changed = json.dumps(_with(sound, path, other), ensure_ascii=False, separators=(",", ":")).encode()
            try:
                value = from_record(KEY, _forged(changed), Parsed)
            except BrokenRecordError:
                refused += 1
                continue
            accepted += 1
            assert to_record(KEY, value)[16:] == changed, path
    assert len(places) > 120
    assert refused > 5 * accepted > 100


@pytest.mark.parametrize("number", ["-1", "-0", "1" * 11, "9" * 5_000, " -1", "1.0", "1e3"])
def test_no_number_comes_out_that_no_value_has(number: str) -> None:
    place = "teams/a/team.md"
    parsed = parse_document(SourceFile(f"content/{place}", place, "---\nnope: 1\n---\n"))
    sound = to_record(KEY, parsed)[16:].decode()
    assert sound.count(",2,1,") == 1
    assert from_record(KEY, _forged(sound.replace(",2,1,", ",2,7,").encode()), Parsed).problems[0].span.column == 7
    with pytest.raises(BrokenRecordError):
        from_record(KEY, _forged(sound.replace(",2,1,", f",2,{number},").encode()), Parsed)


def test_digits_in_a_text_are_no_number() -> None:
    text = "-1, [-2], :-3, 12345678901234567890 ,12345678901"
    parsed = parse_document(SourceFile("content/pages/a.md", "pages/a.md", text))
    assert from_record(KEY, to_record(KEY, parsed), Parsed) == parsed
