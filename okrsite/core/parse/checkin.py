"""checkins/<date>.md: what a team saw that week."""

from okrsite.core.fields import Fields, Reader
from okrsite.core.format import ASSUMPTION, CHECKIN, MID_CYCLE, READING, RISK
from okrsite.core.keys import holds
from okrsite.core.markdown import parse_block
from okrsite.core.model import (
    AssumptionEntry,
    AssumptionState,
    CheckInFile,
    ReadingEntry,
    RiskEntry,
    RiskKind,
    RiskState,
)
from okrsite.core.parse.okrs import parse_teams
from okrsite.core.parse.place import Place
from okrsite.core.parse.plain import common, read_body
from okrsite.core.quantity import likely_share, parse_quantity
from okrsite.core.refs import Ref, likely_refs, parse_ref
from okrsite.core.yaml_quote import spaced
from okrsite.core.yaml_tree import Mapping, Node, Scalar, Sequence


def parse_checkin(reader: Reader, place: Place) -> CheckInFile:
    """Read one check-in."""
    fields = reader.fields(reader.document.root, "a check-in", CHECKIN)
    assert place.on is not None
    readings = tuple(reading for key, node in _progress(fields) if (reading := _reading(reader, key, node)))
    risks = tuple(_risk(reader, *entry) for entry in fields.entries("risks"))
    assumptions = tuple(found for entry in fields.entries("assumptions") if (found := _assumption(reader, *entry)))
    review, extra, body = fields.string("review"), fields.extra(), read_body(reader)
    return CheckInFile(
        **common(reader),
        on=place.on,
        readings=readings,
        risks=risks,
        assumptions=assumptions,
        review=MID_CYCLE if review.casefold() == MID_CYCLE else review,
        extra=extra,
        body=body,
    )


def _progress(fields: Fields) -> tuple[tuple[Scalar, Node], ...]:
    node = fields.node("progress")
    if isinstance(node, Mapping):
        return node.pairs
    if not (isinstance(node, Scalar) and node.empty):
        message = "`progress` must hold lines `objective#key-result: value`"
        line = spaced(node.text) if isinstance(node, Scalar) else None
        hint = f"write `{line.lead}{line.value}`: a plain colon and a space" if line else ""
        if isinstance(node, Sequence):
            hint = "they stand below each other without dashes: take each `- ` away"
        fields.reader.report("wrong-kind", node, message, hint)
    return ()


def _reading(reader: Reader, key: Scalar, node: Node) -> ReadingEntry | None:
    """What is said about one objective or key result, in the short form or with its fields."""
    about = own_ref(reader, key)
    if about is None:
        return None
    if isinstance(node, Sequence) and node.items and all(holds(item, READING) for item in node.items):
        hint = f"they stand below `{about.tail}:` without dashes: take each `- ` away"
        reader.report("wrong-kind", node, "these are fields, and no list", hint)
        return None
    if not isinstance(node, Mapping):
        value = _value(reader, node)
        return ReadingEntry(about, value, reader.span(node), None, None, "") if value is not None else None
    fields = reader.fields(node, "a reading", READING)
    value_node = fields.node("value")
    note, source = fields.block("note"), fields.string("source")
    return ReadingEntry(about, _value(reader, value_node), reader.span(value_node), _confidence(fields), note, source)


def own_ref(reader: Reader, key: Scalar) -> Ref | None:
    """A key that names an objective or key result of this team and cycle; a team writes only about its own."""
    ref = parse_ref(key.text, reader.span(key))
    if ref is None or not ref.name:
        hint = "" if ref else likely_refs(key.text, several=False)
        message = f"`{key.text}` names no objective or key result"
        reader.report("bad-ref", key, message, hint or "write `objective#key-result`")
        return None
    if ref.team:
        certain = ref.team == reader.home.team or ref.cycle or ref.part
        shown = f"`{ref.tail}`" if certain else f"`{ref.team}#{ref.name}` for a key result"
        hint = f"write {shown}; another team's belongs into its own files"
        reader.report("bad-ref", key, "only this team's objectives of this cycle are named here", hint)
        return None
    return ref


def _value(reader: Reader, node: Node) -> str | tuple[str, ...] | None:
    """A value as typed: one text, or the list of milestones reached."""
    if isinstance(node, Sequence):
        return tuple(text for item in node.items if (text := reader.string(item)))
    typed = reader.string(node)
    return typed.strip() if typed is not None else None


def _confidence(fields: Fields) -> int | None:
    typed = fields.string("confidence")
    if not typed:
        return None
    number = parse_quantity(typed)
    if number is None or number.unit or number.amount not in range(11):
        hint = "0 = no belief that it will work out, 10 = certain; without one take `confidence` out"
        share = number.exact if number and not number.unit and 0 < number.amount < 1 else likely_share(typed)
        # `1,0` may be 1 or all of it.
        if share is not None and (share < 1 or number) and (share * 10).denominator == 1:
            hint = f"write `{share * 10}`"
        fields.reader.report("bad-value", fields.node("confidence"), "confidence is a whole number from 0 to 10", hint)
        return None
    return int(number.amount)


def _risk(reader: Reader, id_: str, key: Scalar, node: Node) -> RiskEntry:
    fields = reader.fields(node, "a risk", RISK)
    about = None
    about_node = fields.node("about")
    if isinstance(about_node, Scalar) and not about_node.empty:
        about = own_ref(reader, about_node)
    return RiskEntry(
        id=id_,
        span=reader.span(key),
        about=about,
        what=fields.block("what"),
        needs=parse_teams(fields, "needs"),
        kind=fields.choice("kind", RiskKind),
        state=fields.choice("state", RiskState) or RiskState.OPEN,
        helped_by=parse_teams(fields, "helped_by"),
    )


def _assumption(reader: Reader, id_: str, key: Scalar, node: Node) -> AssumptionEntry | None:
    if isinstance(node, Scalar) and node.text in list(AssumptionState):
        return AssumptionEntry(id_, reader.span(key), AssumptionState(node.text), None)
    fields = reader.fields(node, "an assumption", ASSUMPTION)
    note, state = reader.text(fields.node("note"), parse_block), fields.choice("state", AssumptionState)
    if state is None:
        if not fields.has("state"):
            reader.report("missing-field", key, f"`{id_}` needs a `state`", "one of `holds`, `shaky`, `broken`")
        return None
    return AssumptionEntry(id_, reader.span(key), state, note)
