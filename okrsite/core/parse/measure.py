"""How a key result is measured: one of six kinds, told by the fields it has."""

import re

from okrsite.core.cycles import likely_date
from okrsite.core.fields import Fields, number_hint
from okrsite.core.model import (
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    Measure,
    Metric,
    Unreadable,
)
from okrsite.core.parse.milestones import parse_milestones
from okrsite.core.quantity import (
    Quantity,
    doubt,
    likely_number,
    likely_unit,
    looks_numeric,
    parse_quantity,
    with_unit_of,
)
from okrsite.core.yaml_tree import Scalar

_WAY = re.compile(r"-{1,2}>|[→⇒➔]")
_LIMITS = ("keep_above", "keep_below", "keep_between")
_FAMILIES = (("baseline", "target", "change"), _LIMITS, ("milestones",), ("deliver_by",), ("find_baseline",))


def parse_measure(fields: Fields, key: Scalar) -> Measure:
    """The measure of a key result; without one it is judged by hand."""
    present = [[name for name in family if fields.has(name)] for family in _FAMILIES]
    families = [names for names in present if names]
    if len(families) > 1 or len([name for name in _LIMITS if fields.has(name)]) > 1:
        names = " and ".join(f"`{name}`" for names in families for name in names)
        message = f"a key result has one measure, this one has {names}"
        fields.reader.report("two-measures", key, message, "keep one, or make two key results of it")
    if not families:
        return Judged(None)
    first = families[0][0]
    if first in _LIMITS:
        return _guardrail(fields, first)
    if first == "milestones":
        return parse_milestones(fields)
    if first == "deliver_by":
        day = fields.date("deliver_by")
        return DeliverBy(day) if day else Unreadable("deliver_by")
    if first == "find_baseline":
        return FindBaseline() if fields.yes("find_baseline") else Judged(None)
    return _metric(fields)


def _metric(fields: Fields) -> Measure:
    baseline = fields.quantity("baseline")
    typed = fields.string("target")
    target = parse_quantity(typed) if typed else None
    change = _change(fields, target, typed)
    if typed and target is None:
        if looks_numeric(typed):
            fields.reader.report(
                "bad-number", fields.node("target"), f"`{typed}` is not a number with a unit", number_hint(typed)
            )
            return Metric(baseline, None, change)
        if fields.has("baseline") or change:
            message = f"beside a baseline the target must be a number, and `{typed}` is not"
            hint = _end_of_way(typed, baseline) or number_hint(typed)
            fields.reader.report("target-not-number", fields.node("target"), message, hint)
            return Metric(baseline, None, change)
        hint = _other_field(typed) or "say which number would show it; without one the team judges it, 0 to 100 %"
        fields.reader.report("unmeasured-target", fields.node("target"), "a target in words is judged by hand", hint)
        return Judged(fields.inline("target"))
    if target and baseline and target.unit == "%" != baseline.unit and target.text[0] in "+-−":
        message = f"`{target.text}` beside a baseline in another unit reads like a change"
        hint = f"write `change: {target.text}` in place of `target: {target.text}`"
        fields.reader.report("unit-mismatch", fields.node("target"), message, hint)
        return Metric(baseline, None, change)
    target = _in_unit_of(fields, ("target", target), ("baseline", baseline))
    for name, number, beside in (("baseline", baseline, target), ("target", target, baseline)):
        doubted = doubt(number, beside) if number and beside else None
        if doubted:
            fields.reader.report("thousands-point", fields.node(name), *doubted)
    if baseline and target and baseline.amount == target.amount:
        message = "target and baseline are equal, so there is no way to go"
        fields.reader.report(
            "target-is-baseline", fields.node("target"), message, "to hold a number use `keep_above` or `keep_below`"
        )
        target = None
    if change and baseline and not baseline.amount:
        message = "a change in percent of a baseline of zero leads nowhere"
        fields.reader.report("target-is-baseline", fields.node("change"), message, "give the `target` as a number")
        change = None
    if baseline and not typed and not fields.has("change"):
        message = "a baseline without a target has no progress"
        fields.reader.report("no-baseline", fields.node("baseline"), message, "add `target:`, or `change:` in percent")
    if target and baseline is None and not fields.has("baseline"):
        message = "a target without a baseline has no progress"
        fields.reader.report(
            "no-baseline", fields.node("target"), message, "add `baseline:`, where the number stands today"
        )
    return Metric(baseline, target, change)


def _change(fields: Fields, target: Quantity | None, typed_target: str) -> Quantity | None:
    change = fields.quantity("change")
    if change is None:
        return None
    if change.unit != "%" or change.amount == 0:
        fields.reader.report(
            "bad-number", fields.node("change"), "`change` is a percentage other than zero", "such as `-20%` or `+15%`"
        )
        return None
    if typed_target or target:
        fields.reader.report(
            "two-measures", fields.node("change"), "`target` and `change` exclude each other", "keep one"
        )
        return None
    return change


def _other_field(typed: str) -> str:
    """What to write in place of a target that is a day, or says where the number stands today, too."""
    day, way = likely_date(typed), _way(typed)
    if day:
        return f"write `deliver_by: {day}` in place of `target: {typed}`"
    if way:
        return f"write two lines, `baseline: {way[0].text}` and `target: {way[1].text}`"
    return f"write `{likely_number(typed)}`" if likely_number(typed) else ""


def _end_of_way(typed: str, baseline: Quantity | None) -> str:
    """What to write in place of a target that says once more where the number stands today."""
    way = _way(typed)
    return f"write `{way[1].text}`" if way and baseline and way[0].amount == baseline.amount else ""


def _way(typed: str) -> tuple[Quantity, Quantity] | None:
    """The two numbers of `2100 ms -> 800 ms`."""
    ends = [parse_quantity(half) for half in _WAY.split(typed)]
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] and ends[1] else None


_Named = tuple[str, Quantity | None]


def _in_unit_of(fields: Fields, second: _Named, first: _Named) -> Quantity | None:
    """A second number of a key result, in the unit of the first; another unit is reported and the number left out."""
    (name, number), (other, unit) = second, first
    if number is None or unit is None or number.same_unit(unit):
        return number
    if not number.unit or not unit.unit:
        place, bare, whole = (other, unit, number) if number.unit else (name, number, unit)
        message = f"`{number.text}` and `{unit.text}` do not name the same unit; they are read as if they did"
        shown = with_unit_of(whole, bare.amount)
        # A bare `0.2` beside `30%` may be a share.
        certain = whole.unit != "%" and parse_quantity(shown)
        hint = f"write `{shown}`" if certain else "write the unit with both"
        fields.reader.report("missing-unit", fields.node(place), message, hint)
        return number
    message = f"`{number.text}` is not in the unit of `{unit.text}`"
    hint = likely_unit(number, unit) or f"all numbers of a key result are in `{unit.unit}`"
    fields.reader.report("unit-mismatch", fields.node(name), message, hint)
    return None


def _guardrail(fields: Fields, name: str) -> Measure:
    if name != "keep_between":
        limit = fields.quantity(name)
        if limit is None:
            return Unreadable("guardrail")
        return Guardrail(limit, None) if name == "keep_above" else Guardrail(None, limit)
    limits = fields.items(name)
    if len(limits) != 2:
        fields.reader.report("bad-value", fields.node(name), "`keep_between` has two limits", "such as `[2%, 5%]`")
        return Unreadable("guardrail")
    low, high = map(fields.reader.quantity, limits)
    high = _in_unit_of(fields, (name, high), (name, low))
    if low is None or high is None:
        return Unreadable("guardrail")
    if low.amount > high.amount:
        fields.reader.report(
            "bad-value", fields.node(name), "the first limit is above the second", "write the lower one first"
        )
        low, high = high, low
    return Guardrail(low, high)
