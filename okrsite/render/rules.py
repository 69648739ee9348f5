"""The rules, written for people and for programs."""

from collections.abc import Iterable, Mapping
from textwrap import fill
from typing import Final

from okrsite.core.diagnostics import RULES, Severity

Levels = Mapping[str, Severity | None]
_WIDTH: Final = 100


def list_rules(codes: Iterable[str], levels: Levels) -> str:
    """A line for each rule: its code, its level, what it is about."""
    codes = tuple(codes)
    wide = max(map(len, codes))
    return "".join(f"{code:<{wide}}  {_level(code, levels):<7}  {RULES[code].summary}\n" for code in codes)


def explain_rule(code: str, levels: Levels) -> str:
    """All about one rule, a paragraph each."""
    rule = RULES[code]
    level = _level(code, levels)
    usual = "" if level == rule.severity else f", usually {rule.severity}"
    said = {
        "": rule.summary,
        "Why": rule.reason,
        "From": f"{rule.source}." if rule.source else "",
        "When": f"{str(rule.moment).capitalize()}.",
        "Answer": rule.answer(code),
    }
    parts = [f"{name}: {text}" if name else text for name, text in said.items() if text]
    return f"{code} ({level}{usual})\n\n" + "".join(f"{fill(part, _WIDTH)}\n" for part in parts)


def rule_values(code: str, levels: Levels) -> dict[str, object]:
    """A rule as plain values."""
    rule = RULES[code]
    return {
        "code": code,
        "level": _level(code, levels),
        "usual": str(rule.severity),
        "summary": rule.summary,
        "reason": rule.reason,
        "source": rule.source or None,
        "when": str(rule.moment),
        "answer": rule.answer(code),
    }


def _level(code: str, levels: Levels) -> str:
    return str(levels.get(code, RULES[code].severity) or "off")
