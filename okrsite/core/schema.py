"""JSON Schema of the front matter and of the settings, for editors and for programs that write content.

A schema tells fields and kinds of values; what a reference names, whether units agree and what a company's arithmetic
needs is told by `okrsite check` alone. Draft 7 is the version that language servers for YAML and TOML know best.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from okrsite.core.cycles import YEARS
from okrsite.core.diagnostics import RULES, Severity
from okrsite.core.format import FILES, Field, Kind, Table
from okrsite.core.settings import FILE_NAME, FORGES, OFF, PROFILES, TABLES, Settings
from okrsite.core.text import LANGUAGE

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
SETTINGS: Final = "settings"
KINDS: Final = (*FILES, SETTINGS)

_SCALAR: Final = ("string", "number", "boolean")
_ID: Final = r"^[^\s!-,./:-@\[-^`{-~]+$"
"""Letters and digits of any script, `-` and `_`, as far as every dialect of regular expressions can say it."""
_REF: Final = r"^[^\s!-\",$-,./:-@\[-^`{-~]+$"
"""The same, and `#` before a key result."""
_DATE: Final = rf"^\s*({YEARS[0] // 100}|20|{YEARS[-1] // 100})[0-9]{{2}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\s*$"
_LANGUAGE: Final = f"^{LANGUAGE}$"
_NAMES_OF_REFS: Final = ("progress", "scores")


def schema_of(kind: str, content: str = "content") -> Schema:
    """The schema of one kind of file."""
    if kind == SETTINGS:
        return {"$schema": DRAFT, "title": FILE_NAME, **_settings()}
    place, table = FILES[kind]
    return {"$schema": DRAFT, "title": f"{content}/{place}: front matter", **_fields(table), "type": ["object", "null"]}


def every_schema(content: str = "content") -> dict[str, Schema]:
    """All schemas by kind, each with the files that it is for."""
    files = {kind: f"{content}/{place}" for kind, (place, _) in FILES.items()} | {SETTINGS: FILE_NAME}
    return {kind: {"files": path, "schema": schema_of(kind, content)} for kind, path in files.items()}


def _fields(table: Table) -> Schema:
    """Fields that may all be empty, but for those that are required."""
    required = [name for name, field in table.items() if field.required]
    schema: Schema = {
        "type": "object",
        "properties": {name: {"description": field.words, **_field(name, field)} for name, field in table.items()},
        "additionalProperties": False,
    }
    return schema | ({"required": required} if required else {})


def _field(name: str, field: Field) -> Schema:
    if field.kind is Kind.ITEMS:
        item = _either(field.short, _fields(field.below or {}), field)
        return {"anyOf": [item, {"type": ["array", "null"], "items": item}]}
    if field.kind is not Kind.FIELDS:
        return _value(field.kind, field)
    below = (
        _either(field.short, _fields(field.below), field) if field.below else _value(field.short or Kind.TEXT, field)
    )
    if name == "milestones":  # the short form stands for the whole
        steps = {"anyOf": [_value(Kind.TEXT, field), _fields(field.below or {})]}
        return {"anyOf": [_value(Kind.TEXTS, field), _named(steps, _ID)]}
    return _named(below, _REF if name in _NAMES_OF_REFS else _ID) | {"type": ["object", "null"]}


def _named(below: Schema, pattern: str) -> Schema:
    """Things under names that the author gives."""
    return {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": below}


def _either(short: Kind | None, whole: Schema, field: Field) -> Schema:
    """Fields, or what may stand in place of them."""
    return {"anyOf": [_value(short, field, _states(whole)), whole]} if short else whole


def _states(whole: Schema) -> tuple[str, ...]:
    """The words of the one choice that fields hold, which may stand alone."""
    return tuple(whole["properties"].get("state", {}).get("enum", ())[:-1])


_EMPTY: Final = [*_SCALAR, "null"]
_TEXT: Final[Schema] = {
    "type": [*_EMPTY, "object"],
    "propertyNames": {"pattern": _LANGUAGE},
    "additionalProperties": {"type": _EMPTY},
}
_VALUES: Final[Mapping[Kind, Schema]] = {
    Kind.TEXT: _TEXT,
    Kind.TEXTS: {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
    Kind.WORD: {"type": _EMPTY},
    Kind.WORDS: {"type": [*_EMPTY, "array"], "items": {"type": _EMPTY}},
    Kind.VALUE: {"type": [*_EMPTY, "array"], "items": {"type": _EMPTY}},
    Kind.DATE: {"type": ["string", "null"], "pattern": _DATE},
    Kind.NUMBER: {"type": ["string", "number", "null"]},
    Kind.LIMITS: {
        "type": ["array", "null"],
        "items": {"type": ["string", "number"]},
        "minItems": 2,
        "maxItems": 2,
    },
    Kind.SHARE: {"type": ["string", "number", "null"], "minimum": 0, "maximum": 1},
    Kind.WEIGHT: {"type": ["string", "number", "null"], "minimum": 0},
    Kind.CONFIDENCE: {"type": ["string", "integer", "null"], "minimum": 0, "maximum": 10},
    Kind.YES: {"type": ["boolean", "string", "null"]},
    Kind.BY_CYCLE: {"type": [*_EMPTY, "object"], "additionalProperties": {"type": _EMPTY}},
    Kind.OWN: {"type": ["object", "null"]},
}


def _value(kind: Kind, field: Field, choices: tuple[str, ...] = ()) -> Schema:
    """What stands in a field without fields below it; what YAML reads as a number or a yes is a text here too."""
    return {"enum": [*(choices or field.choices), None]} if kind is Kind.CHOICE else dict(_VALUES[kind])


# --- okrsite.toml -------------------------------------------------------------------------------------------------


def _settings() -> Schema:
    defaults = Settings()
    properties: dict[str, Schema] = {
        f.name: _setting(f.name, getattr(defaults, f.name))
        for f in fields(Settings)
        if f.name not in ("profile", "checks", *TABLES)
    }
    for name, kind in TABLES.items():
        known = {f.name: _setting(f.name, f.default) for f in fields(kind)}
        properties[name] = {"type": "object", "properties": known, "additionalProperties": False}
    levels = [*map(str, Severity), OFF]
    checks: dict[str, Schema] = {"profile": {"enum": list(PROFILES)}}
    checks |= {
        code: {"description": rule.summary, "enum": levels, "default": str(rule.severity)}
        for code, rule in RULES.items()
    }
    properties["checks"] = {"type": "object", "properties": checks, "additionalProperties": False}
    return {"type": "object", "properties": properties, "additionalProperties": False}


_BOUNDS: Final[Mapping[str, Schema]] = {
    "fiscal_year_start": {"minimum": 1, "maximum": 12},
    "opening_days": {"minimum": 0, "maximum": 366},
    "closing_days": {"minimum": 0, "maximum": 366},
    "language": {"pattern": _LANGUAGE},
    "forge": {"enum": list(FORGES)},
}


def _setting(name: str, default: object) -> Schema:
    bounds = _BOUNDS.get(name, {})
    if isinstance(default, tuple):
        return {"type": "array", "items": {"type": "string", "pattern": _LANGUAGE}, "minItems": 1}
    kind = "boolean" if isinstance(default, bool) else "integer" if isinstance(default, int) else "string"
    return {"type": kind, "default": default, **bounds}
