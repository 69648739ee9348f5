"""The schemas say of every file what the parser says, as far as a schema can tell."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft7Validator

from okrsite.core.format import FILES, Field, Kind, Table
from okrsite.core.parse import PARSERS, parse_document
from okrsite.core.parse.place import find_place
from okrsite.core.schema import KINDS, SETTINGS, every_schema, schema_of
from okrsite.core.settings import Settings
from okrsite.core.source import SourceFile
from okrsite.shell.files import read_content
from tests.companies import ROOT

CASES: Final = ROOT / "tests" / "cases"


class Core(yaml.SafeLoader):
    """YAML as version 1.2 reads it, which editors do: `yes` and a date are texts."""


Core.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag.rsplit(":", 1)[1] in ("int", "float", "null")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _sources(folder: Path) -> tuple[SourceFile, ...]:
    return read_content(folder, "content").sources


def _wrong(source: SourceFile, loader: type = Core) -> list[str]:
    """What the schema says against a file, if its front matter is YAML."""
    place, _ = find_place(source)
    if place is None or place.language or source.text is None:
        return []
    head = re.match(r"\s*^---[ \t]*$\n(.*?)^---[ \t]*$", source.text, re.MULTILINE | re.DOTALL)
    values = yaml.load(head[1], loader) if head else None
    return [error.message for error in Draft7Validator(schema_of(place.kind)).iter_errors(values)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(schema_of(kind))


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert set(FILES) == set(PARSERS)
    assert {one["files"] for one in every_schema().values()} == {
        *(f"content/{place}" for place, _ in FILES.values()),
        "okrsite.toml",
    }


@pytest.mark.parametrize("kind", FILES)
def test_the_files_of_a_kind_are_where_they_are_read(kind: str) -> None:
    path = FILES[kind][0].replace("checkins/*", "checkins/2026-10-12").replace("*", "x")
    place, problems = find_place(SourceFile(path, path, ""))
    assert not problems
    assert place is not None
    assert place.kind == kind


@pytest.mark.parametrize("loader", [Core, yaml.BaseLoader])
def test_every_file_of_the_demo_company_is_as_its_schema_says(loader: type) -> None:
    sources = _sources(ROOT)
    assert len(sources) > 300
    assert {source.path: wrong for source in sources if (wrong := _wrong(source, loader))} == {}


def test_every_file_without_a_mistake_is_as_its_schema_says() -> None:
    twins = [source for case in sorted(CASES.iterdir()) for source in _sources(case / "fine")]
    assert len(twins) > 100
    assert {source.path: wrong for source in twins if (wrong := _wrong(source))} == {}


@pytest.mark.parametrize("code", ["unknown-key", "wrong-kind", "missing-field", "bad-value", "bad-date"])
def test_a_schema_tells_the_mistakes_that_it_can(code: str) -> None:
    sources = _sources(CASES / code / "broken")
    assert any(_wrong(source) for source in sources), "no file of this case is refused"


WRONG: Final[Mapping[str, str]] = {
    "team": "cadence: daily",
    "okrs": "objectives: {a: {title: A, key_results: {b: {title: B, keep_between: [1]}}}}",
    "checkin": "progress: {a#b: {confidence: 11}}",
    "retro": "scores: {a: 1.5}",
    "question": "asked_on: 2026-10-12",
    "cycle": "start: yesterday",
    "page": "titel: A",
    "mission": "mission: [a, b]",
}


@pytest.mark.parametrize("kind", FILES)
def test_every_schema_refuses_something(kind: str) -> None:
    values = yaml.load(WRONG[kind], Core)
    assert list(Draft7Validator(schema_of(kind)).iter_errors(values))


def _every(table: Table, path: str) -> Iterator[tuple[str, Field]]:
    for name, field in table.items():
        yield f"{path}/{name}", field
        if field.below is not None:
            yield from _every(field.below, f"{path}/{name}")


SAMPLES: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "A",
    Kind.TEXTS: "[A, B]",
    Kind.WORD: "a",
    Kind.WORDS: "[a, b]",
    Kind.DATE: "2026-10-12",
    Kind.NUMBER: "5%",
    Kind.LIMITS: "[1%, 2%]",
    Kind.SHARE: "0.5",
    Kind.WEIGHT: "2",
    Kind.CONFIDENCE: "7",
    Kind.YES: "true",
    Kind.BY_CYCLE: "{2026-Q1: a}",
    Kind.VALUE: "[one, two]",
    Kind.OWN: "{a: b}",
}


@pytest.mark.parametrize("kind", FILES)
def test_what_a_table_says_of_a_field_is_what_the_parser_takes(kind: str) -> None:
    """Each field by itself, with a value of its kind: neither the parser nor the schema finds the kind wrong."""
    place = FILES[kind][0].replace("checkins/*", "checkins/2026-10-12").replace("*", "x")
    tried = 0
    for path, field in _every(FILES[kind][1], ""):
        if field.kind in (Kind.FIELDS, Kind.ITEMS):
            continue
        value = field.choices[0] if field.kind is Kind.CHOICE else SAMPLES[field.kind]
        tried += 1
        text = f"---\n{_nested(path.split('/')[1:], value)}\n---\n"
        problems = parse_document(SourceFile(place, place, text)).problems
        kinds = {"wrong-kind", "unknown-key", "swallowed-text", "bad-value", "bad-date", "bad-number", "yaml-syntax"}
        assert [p.message for p in problems if p.code in kinds] == [], text
        errors = Draft7Validator(schema_of(kind)).iter_errors(yaml.load(text.strip("-\n"), Core))
        assert [e.message for e in errors if "required" not in e.message and "anyOf" not in e.schema_path] == [], text
    assert tried >= 2


LISTS: Final = ("depends_on", "provides", "amendments", "views")


def _nested(names: list[str], value: str) -> str:
    """A flow mapping in which a value stands under names; things of their own name are called `x`."""
    name, *below = names
    if not below:
        return f"{name}: {value}"
    inner = _nested(below, value)
    entry = "x#y" if name == "progress" else "x"
    return f"{name}: [{{{inner}}}]" if name in LISTS else f"{name}: {{{entry}: {{{inner}}}}}"


# --- settings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("", True),
        ('title = "A"\nlanguages = ["en", "zh"]\n[checks]\nbad-date = "off"\n[brand]\naccent = "#123456"\n', True),
        ("titel = 1\n", False),
        ("fiscal_year_start = 13\n", False),
        ('[checks]\nbad-date = "loud"\n', False),
        ("[limits]\nteams = 3\n", False),
        ("noindex = 1\n", False),
    ],
)
def test_the_schema_of_the_settings_tells_good_from_wrong(text: str, good: bool) -> None:
    assert Draft7Validator(schema_of(SETTINGS)).is_valid(tomllib.loads(text)) is good


def test_every_setting_is_in_its_schema() -> None:
    properties: dict[str, Any] = schema_of(SETTINGS)["properties"]
    assert {name.name for name in Settings.__dataclass_fields__.values()} - {"profile"} == set(properties)
    assert Draft7Validator(schema_of(SETTINGS)).is_valid(tomllib.loads((ROOT / "okrsite.toml").read_text("utf-8")))
