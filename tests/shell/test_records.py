"""Values as bytes and back: nothing is lost, nothing else is let in, and reading runs nothing."""

import os
import pickle
from collections import ChainMap
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from okrsite.core.diagnostics import Severity
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.source import SourceFile
from okrsite.shell.records import BrokenRecordError, Shelf, _check, _known, from_record, shelved, to_record
from tests.companies import ROOT

KEY = b"k" * 32


def _forged(value: object) -> bytes:
    """A record with a checksum that is right."""
    pickled = pickle.dumps(value)
    return _check(KEY, pickled) + pickled


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
    assert len(record) > 50
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
    broken = Shelf({1: b"nothing", 2: pickle.dumps("no date")}, date)
    assert shelved(broken) is broken.records
    assert [broken.get(1), broken.get(2)] == [None, None]


class _Calls:
    """Calls something when it is read by a reader that lets everything in."""

    def __init__(self, call: Any, *arguments: object) -> None:
        self.call, self.arguments = call, arguments

    def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
        return self.call, self.arguments


def test_a_forged_record_calls_nothing(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    forged = [
        _Calls(os.system, f"touch {canary}"),
        _Calls(os.mkdir, str(canary)),
        _Calls(eval, f"open({str(canary)!r}, 'w')"),
        _Calls(getattr, parse_document, "__globals__"),
        _Calls(getattr, Parsed, "__init__"),
        _Calls(getattr, Severity, "mro"),
        Path("/"),
        bytearray(b"x"),
    ]
    for value in forged:
        assert Shelf({1: pickle.dumps(value)}, Parsed).get(1) is None
        with pytest.raises(BrokenRecordError):
            from_record(KEY, _forged(value), Parsed)
    assert not canary.exists()


def test_a_member_of_an_enumeration_may_be_named_through_getattr_as_early_releases_of_python_do() -> None:
    class Early:
        def __reduce__(self) -> tuple[Any, tuple[object, ...]]:
            return getattr, (Severity, "ERROR")

    assert from_record(KEY, _forged(Early()), Severity) is Severity.ERROR


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("okrsite.core.text", "Html"),
        ("okrsite.core.source", "Span"),
        ("okrsite.core.diagnostics.rule", "Severity"),
        ("okrsite.core.model", "ObjectiveEntry"),
        ("datetime", "date"),
        ("builtins", "getattr"),
    ],
)
def test_a_forged_record_changes_no_kind_of_value(module: str, name: str) -> None:
    """The pickle names a class and then sets one of its attributes, as if it were a value."""
    attribute = b"__html__"
    text = b"X" + len(attribute).to_bytes(4, "little") + attribute
    named = f"c{module}\n{name}\n".encode()
    forged = b"\x80\x02" + named + b"N}" + text + text + b"s\x86b."
    with pytest.raises(BrokenRecordError):
        from_record(KEY, _check(KEY, forged) + forged, Parsed)
    kind = _known(module)[name]
    assert kind.__dict__.get("__html__") != "__html__"


def test_another_kind_of_value_is_refused() -> None:
    with pytest.raises(BrokenRecordError, match="not a Parsed"):
        from_record(KEY, _forged(("a", 1)), Parsed)
