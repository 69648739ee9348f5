"""Problem reports in the forms that other programs read: GitHub's workflow commands, GitLab's Code Quality, SARIF.

Paths are those of the repository: `prefix` is the way from its root to the project. What users wrote is spelled out as
in the report for people, so that nothing in it can hide, turn round or be taken for a command.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from okrsite import __version__
from okrsite.core.diagnostics import RULES, Diagnostic, Rule, Severity
from okrsite.render.report import printable

Values = dict[str, object]

_GITHUB: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_GITLAB: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}
_SARIF: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_github(problems: Iterable[Diagnostic], prefix: str = "") -> str:
    """One workflow command a line; GitHub shows each beside its line in a pull request."""
    return "".join(_command(item, prefix) for item in problems)


def _command(item: Diagnostic, prefix: str) -> str:
    span = item.span
    places = {
        "file": prefix + span.path,
        "line": str(span.line),
        "col": str(span.column),
        "endColumn": str(span.column + span.width),
        "title": item.code,
    }
    properties = ",".join(f"{name}={printable(value).translate(_IN_PROPERTY)}" for name, value in places.items())
    return f"::{_GITHUB[item.severity]} {properties}::{printable(_sentence(item)).translate(_IN_MESSAGE)}\n"


def gitlab_values(problems: Iterable[Diagnostic], prefix: str = "") -> list[Values]:
    """Problems as a Code Quality report; a fingerprint stays when a problem only moves to another line."""
    seen: dict[tuple[str, ...], int] = {}
    return [
        {
            "description": printable(_sentence(item)),
            "check_name": item.code,
            "fingerprint": _fingerprint(item, prefix, seen),
            "severity": _GITLAB[item.severity],
            "location": {"path": printable(prefix + item.span.path), "lines": {"begin": item.span.line}},
        }
        for item in problems
    ]


def sarif_values(problems: Iterable[Diagnostic], levels: Mapping[str, Severity | None], prefix: str = "") -> Values:
    """Problems as SARIF 2.1.0, with the rules that they follow, at the levels that the project has set."""
    problems = tuple(problems)
    codes = [code for code in RULES if any(item.code == code for item in problems)]
    seen: dict[tuple[str, ...], int] = {}
    driver = {
        "name": "okrsite",
        "version": __version__,
        "rules": [_rule(code, RULES[code], levels) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code), prefix, seen) for item in problems],
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _rule(code: str, rule: Rule, levels: Mapping[str, Severity | None]) -> Values:
    level = levels.get(code, rule.severity)
    return {
        "id": code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.reason},
        "help": {"text": " ".join(filter(None, (rule.reason, rule.source and f"({rule.source}.)", rule.answer(code))))},
        "defaultConfiguration": {"level": _SARIF[level or rule.severity]},
    }


def _result(item: Diagnostic, index: int, prefix: str, seen: dict[tuple[str, ...], int]) -> Values:
    span = item.span
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.column + span.width}
    artifact = {"uri": quote(prefix + span.path, errors="replace"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _SARIF[item.severity],
        "message": {"text": printable(_sentence(item))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"okrsite/v1": _fingerprint(item, prefix, seen)},
    }


def _sentence(item: Diagnostic) -> str:
    return f"{item.message}. Hint: {item.hint}" if item.hint else item.message


def _fingerprint(item: Diagnostic, prefix: str, seen: dict[tuple[str, ...], int]) -> str:
    """What a problem is known by from run to run; several that say the same in a file are told apart by their order."""
    same = (item.code, prefix + item.span.path, item.message)
    seen[same] = seen.get(same, 0) + 1
    return sha256("\0".join((*same, str(seen[same]))).encode("utf-8", "surrogatepass")).hexdigest()
