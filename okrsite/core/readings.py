"""From a value as typed to what it means for its key result's measure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from okrsite.core.diagnostics import Diagnostic, did_you_mean, problem
from okrsite.core.fields import number_hint, parse_yes
from okrsite.core.figures import Reading
from okrsite.core.format import READING
from okrsite.core.model import (
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    Measure,
    Metric,
    Milestones,
    ReadingEntry,
    Unreadable,
)
from okrsite.core.numbers import ONE, ZERO, milestone_share
from okrsite.core.quantity import Quantity, doubt, likely_unit, looks_numeric, parse_quantity, with_unit_of
from okrsite.core.refs import part_of
from okrsite.core.yaml_quote import needs_quotes, quoted

_SURE = re.compile(r"(?P<value>[^@]*)@[ \t]*(?P<confidence>10|[0-9])")
"""A value and a confidence as the terminal takes them."""

_ENDS_IN_BRACES = re.compile(r"[,\[\]{}]")

_WORD = re.compile(r"[^\W\d_]{2}")

UNCOUNTED: Final = "; it does not count"
"""What comes of a value that was written and means nothing."""


def read_value(
    entry: ReadingEntry, measure: Measure, unit: Quantity | None, on: date, path: str
) -> tuple[Reading, Diagnostic | None]:
    """One reading; a value that the measure cannot take is reported and left out, its confidence and note stay."""
    value = entry.value
    typed = ", ".join(value) if isinstance(value, tuple) else value or ""
    reading = Reading(on, path, typed, confidence=entry.confidence, note=entry.note, source=entry.source)
    if value is None or isinstance(measure, Unreadable):
        return reading, None
    found = _interpret(reading, value, measure, unit, entry)
    if isinstance(found, Reading):
        return found, None
    fields = _as_fields(reading, measure, unit, entry) if found.code in ("bad-number", "bad-value") else ""
    if fields:
        found = replace(found, hint=fields)
    counts = found.code in ("missing-unit", "thousands-point")
    kept = reading if counts else reading._replace(typed="")
    if counts:
        quantity = parse_quantity(typed)
        kept = reading._replace(quantity=quantity)
    return kept, found


def misplaced(entry: ReadingEntry, known: Iterable[str]) -> Diagnostic:
    """The report of a value that is said of an objective, which has none of its own; `known` are whose values count."""
    about = entry.about.name
    message = f"`{about}` alone means an objective, which takes `confidence` and `note`"
    typed = entry.value if isinstance(entry.value, str) else ""
    value, confidence = _halves(typed)
    if confidence and not value:
        hint = f"write `{about}: {{confidence: {confidence}}}`" if _is_alone(entry) else "write it as `confidence`"
    elif not value or looks_numeric(value) or parse_quantity(value) or parse_yes(value) is not None:
        shown = f"{{value: {_in_braces(value)}, confidence: {confidence}}}" if confidence else value
        owner = next((name for name in known if name.startswith(f"{about}#")), "")
        example = f", such as `{owner}: {shown}`" if owner and parse_quantity(value) else ""
        hint = f"say of which key result it is the value{example}"
    elif confidence:  # or a time of day, as in `we meet @7`
        hint = "write the words as `note` and a confidence as `confidence`"
    else:
        certain = _is_alone(entry) and typed.isprintable()
        hint = f"write `{about}: {{note: {quoted(typed)}}}`" if certain else "write it as `note`"
    return problem("wrong-kind", entry.value_span, message, hint)


def nearest(entry: ReadingEntry, known: Sequence[str]) -> str:
    """A hint to what a line of progress that names nothing may speak of."""
    about = entry.about
    if not about.part and about.name in READING:
        return f"`{about.name}` stands below its key result, set in by two spaces more than that"
    same = [name for name in known if part_of(name) == about.name] if not about.part else []
    if len(same) == 1:
        typed = entry.value if isinstance(entry.value, str) and _is_alone(entry) else ""
        value, confidence = _halves(typed)
        if confidence and not value:
            return f"write `{same[0]}: {{confidence: {confidence}}}`"
        plain = typed and typed.isprintable() and not confidence and not needs_quotes(typed)
        return f"write `{same[0]}: {typed}`" if plain else f"write `{same[0]}:` in place of `{about.name}:`"
    if same:
        return "say which one: " + " or ".join(f"`{name}`" for name in same)
    return did_you_mean(about.text, [name for name in known if bool(part_of(name)) == bool(about.part)])


def _as_fields(reading: Reading, measure: Measure, unit: Quantity | None, entry: ReadingEntry) -> str:
    """What to write in place of `value @confidence`; '' where it is none, or its value cannot be read either."""
    value, confidence = _halves(entry.value) if isinstance(entry.value, str) else ("", "")
    if not confidence or entry.confidence is not None:
        return ""
    found = _interpret(reading, value, measure, unit, entry) if value else reading
    if isinstance(found, Diagnostic) and found.code != "missing-unit":
        return ""
    fields = [f"value: {_in_braces(value)}"] if value else []
    fields.append(f"confidence: {confidence}")
    if _is_alone(entry):
        return f"write `{{{', '.join(fields)}}}`"
    return f"say it with the field{'s' if value else ''} " + " and ".join(f"`{field}`" for field in fields)


def _halves(typed: str) -> tuple[str, str]:
    """A value and the confidence behind its `@`, which is '' where there is none."""
    sure = _SURE.fullmatch(typed)
    return (sure["value"].rstrip(), sure["confidence"]) if sure else (typed, "")


def _is_alone(entry: ReadingEntry) -> bool:
    """Whether a value surely stands behind its key, and not among the fields of a reading, after `{value:` at least."""
    key, value = entry.about.span, entry.value_span
    return key.line == value.line and 0 < value.column - key.column - key.width < len(": {value:")


def _in_braces(value: str) -> str:
    """A value as it must be written inside `{ }`."""
    return quoted(value) if needs_quotes(value) or _ENDS_IN_BRACES.search(value) else value


def unit_of(measure: Measure) -> Quantity | None:
    """A number of a measure whose unit its readings must share."""
    if isinstance(measure, Metric):
        return _with_unit(measure.baseline, measure.target)
    if isinstance(measure, Guardrail):
        return _with_unit(measure.low, measure.high)
    return None


def _with_unit(one: Quantity | None, two: Quantity | None) -> Quantity | None:
    """Of two numbers of a key result the one that names its unit."""
    return one if one and one.unit else two or one


def _interpret(
    reading: Reading, value: str | tuple[str, ...], measure: Measure, unit: Quantity | None, entry: ReadingEntry
) -> Reading | Diagnostic:
    span = entry.value_span
    if isinstance(measure, Milestones):
        return _milestones(reading, value, measure, entry)
    if isinstance(value, tuple):
        if not value:
            return reading._replace(typed="")
        return problem("wrong-kind", span, "a list of milestones, where one value is needed")
    if isinstance(measure, (Metric, Guardrail, FindBaseline)):
        return _number(reading, value, unit, entry)
    answer = parse_yes(value)
    if answer is not None:
        return reading._replace(share=ONE if answer else ZERO)
    if isinstance(measure, DeliverBy):
        return problem("bad-value", span, f"`{value}` is neither yes nor no", "write `yes` once it is done")
    assert isinstance(measure, Judged)
    quantity = parse_quantity(value)
    if quantity is None or quantity.unit != "%" or not 0 <= quantity.amount <= 100:
        hint = "write a share such as `40%`, or `yes` or `no`"
        return problem("bad-number", span, f"`{value}` is no share; this key result is judged by hand", hint)
    return reading._replace(share=quantity.exact / 100)


def _number(reading: Reading, value: str, unit: Quantity | None, entry: ReadingEntry) -> Reading | Diagnostic:
    quantity = parse_quantity(value)
    if quantity is None:
        return problem(
            "bad-number", entry.value_span, f"`{value}` is not a number with a unit", _value_hint(value, entry)
        )
    doubted = doubt(quantity, unit) if unit and (not quantity.unit or quantity.same_unit(unit)) else None
    if doubted:
        return problem("thousands-point", entry.value_span, *doubted)
    if unit is None or quantity.same_unit(unit):
        return reading._replace(quantity=quantity)
    if not quantity.unit:
        shown = with_unit_of(unit, quantity.amount)
        return problem(
            "missing-unit",
            entry.value_span,
            f"`{value}` has no unit and is read as `{shown}`",
            f"write `{shown}`",
        )
    message = f"`{value}` is not in the unit of `{unit.text}`{UNCOUNTED}"
    hint = likely_unit(quantity, unit) or "all numbers of a key result share one unit"
    return problem("unit-mismatch", entry.value_span, message, hint)


def _value_hint(value: str, entry: ReadingEntry) -> str:
    """What to write instead of a value that is no number; words alone are a note."""
    if not _is_alone(entry) or not value.isprintable() or re.search(r"[\d@]", value) or not _WORD.search(value):
        return number_hint(value)
    return f"write `{{note: {_in_braces(value)}}}`; a value is a number with its unit"


def _milestones(
    reading: Reading, value: str | tuple[str, ...], measure: Milestones, entry: ReadingEntry
) -> Reading | Diagnostic:
    names = {}
    for step in measure.steps:
        for name in (step.title.source, step.title.plain, step.id):
            names[name.casefold().strip()] = step.id
    whole = value.casefold().strip() if isinstance(value, str) else ""
    if whole in ("", "none", "no"):
        typed = () if isinstance(value, str) else value
    elif isinstance(value, str):
        typed = (value,) if whole in names else tuple(part.strip() for part in value.split(",") if part.strip())
    else:
        typed = value
    reached = []
    for name in typed:
        step_id = names.get(name.casefold().strip())
        if step_id is None:
            known = [step.title.source for step in measure.steps]
            hint = did_you_mean(name, known) or "its milestones are " + ", ".join(f"`{k}`" for k in known)
            return problem("bad-value", entry.value_span, f"no milestone is called `{name}`", hint)
        reached.append(step_id)
    titles = [step.title.source for step in measure.steps if step.id in reached]
    share = milestone_share((Fraction(step.weight), step.id in reached) for step in measure.steps)
    return reading._replace(share=share, reached=tuple(dict.fromkeys(reached)), typed=", ".join(titles))
