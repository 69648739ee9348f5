"""okrs.md: what a team promises for a cycle."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from okrsite.core.fields import Fields, Reader
from okrsite.core.format import AMENDMENT, DEPENDENCY, KEY_RESULT, OBJECTIVE, OKRS, PROVISION, Table
from okrsite.core.keys import holds, meant
from okrsite.core.markdown import parse_block
from okrsite.core.model import (
    Amendment,
    Answer,
    Assumption,
    Extra,
    KeyResultEntry,
    Need,
    ObjectiveEntry,
    OkrsFile,
    ProposedBy,
    Provision,
    Status,
)
from okrsite.core.numbers import Cadence, ObjectiveType
from okrsite.core.parse.measure import parse_measure
from okrsite.core.parse.place import Place
from okrsite.core.parse.plain import common, read_body
from okrsite.core.refs import Ref, is_id, normal, team_hint
from okrsite.core.source import Span
from okrsite.core.text import Text, plain_text
from okrsite.core.yaml_tree import Mapping, Node, Scalar

_BEGINNING = "line 1 is `---` alone, then follow `objectives:` and its lines, and another line `---` ends them"
RESERVED = frozenset({"index", "retro", "guardrails"})


def parse_okrs(reader: Reader, _place: Place) -> OkrsFile:
    """Read a team's objectives, key results and guardrails."""
    fields = reader.fields(reader.document.root, "okrs.md", OKRS)
    objectives = []
    for id_, key, node in fields.entries("objectives"):
        if id_.casefold() in RESERVED:
            reader.report("id-collision", key, f"`{id_}` is the name of a page and cannot be an objective's id")
        else:
            objectives.append(_objective(reader, id_, key, node))
    guardrails = tuple(_key_result(reader, id_, key, node) for id_, key, node in fields.entries("guardrails"))
    empty = not reader.document.text.strip() and not reader.document.broken
    if empty:
        reader.report("front-matter", reader.document.root, "this file is empty: it has no objectives", _BEGINNING)
    elif not (objectives or guardrails or reader.problems or reader.document.broken):
        hint = _BEGINNING
        if any(key.text == "objectives" for key, _ in reader.document.root.pairs):
            hint = "write the first one, or take the `#` away before the lines of the form"
        reader.report("no-objectives", reader.document.root, "no objectives are read from this file", hint)
    not_doing, ignore = fields.inlines("not_doing"), parse_answers(fields)
    extra, body = fields.extra(), read_body(reader)
    about = common(reader)
    # What other teams refer to may stand in what cannot be read.
    about["broken"] |= empty or _is_hidden(fields)
    return OkrsFile(
        **about,
        objectives=tuple(objectives),
        guardrails=guardrails,
        not_doing=not_doing,
        ignore=ignore,
        extra=extra,
        body=body,
    )


def _is_hidden(fields: Fields) -> bool:
    """Whether names stand where they cannot be read, or are none that can be read."""
    objectives = fields.node("objectives")
    below = objectives.pairs if isinstance(objectives, Mapping) else ()
    return (
        _hides(fields.whole, "objectives", OKRS)
        or _hides(fields.whole, "guardrails", OKRS)
        or any(_hides(node, "key_results", OBJECTIVE) for _, node in below)
    )


def _hides(node: Node, name: str, known: Table) -> bool:
    """Whether the names below a field are in a list, no ids, or stand below or beside a word that is almost it."""
    if not isinstance(node, Mapping):
        return _is_no_table(node)
    return any(
        _is_no_table(value) or _has_no_ids(value)
        if key.text == name
        else key.text not in known and (bool(meant(key.text, (name,))) or holds(value, known[name].below or {}))
        for key, value in node.pairs
    )


def _is_no_table(node: Node) -> bool:
    return not isinstance(node, Mapping) and not (isinstance(node, Scalar) and node.empty)


def _has_no_ids(node: Node) -> bool:
    return isinstance(node, Mapping) and not all(is_id(normal(key.text)) for key, _ in node.pairs)


def _objective(reader: Reader, id_: str, key: Scalar, node: Node) -> ObjectiveEntry:
    fields = reader.fields(node, "an objective", OBJECTIVE)
    return ObjectiveEntry(
        **_commitment(fields, id_, key, "an objective"),
        why=fields.block("why"),
        type=fields.choice("type", ObjectiveType) or ObjectiveType.ASPIRATIONAL,
        proposed_by=fields.choice("proposed_by", ProposedBy),
        key_results=tuple(_key_result(reader, *entry) for entry in fields.entries("key_results")),
        provides=_provisions(fields),
        shared_with=parse_teams(fields, "shared_with"),
        serves=fields.inlines("serves"),
        assumes=_assumptions(fields),
        carried_from=fields.refs("carried_from"),
        moved_from=fields.ref("moved_from"),
        moved_to=fields.ref("moved_to"),
        learned_from=fields.refs("learned_from"),
        reaffirmed=fields.date("reaffirmed"),
        amendments=_amendments(fields),
    )


def _key_result(reader: Reader, id_: str, key: Scalar, node: Node) -> KeyResultEntry:
    fields = reader.fields(node, "a key result", KEY_RESULT)
    weight = fields.decimal("weight")
    return KeyResultEntry(
        **_commitment(fields, id_, key, "a key result"),
        measure=parse_measure(fields, key),
        weight=Decimal(1) if weight is None else weight,
        due=fields.date("due"),
        source=fields.string("source"),
        cadence=fields.choice("cadence", Cadence),
    )


class _Commitment(TypedDict):
    """The fields that objectives and key results share."""

    id: str
    span: Span
    title: Text
    status: Status
    because: Text | None
    note: Text | None
    replaced_by: Text | None
    contacts: tuple[Text, ...]
    supports: tuple[Ref, ...]
    depends_on: tuple[Need, ...]
    initiatives: tuple[Text, ...]
    since: date | None
    ignore: tuple[Answer, ...]
    extra: Extra


def _commitment(fields: Fields, id_: str, key: Scalar, what: str) -> _Commitment:
    reader = fields.reader
    title = fields.inline("title")
    if title is None:
        reader.report("missing-field", key, f"{what} needs a `title`", "say in one sentence how the world is better")
        title = plain_text(id_)
    status = fields.choice("status", Status) or Status.ACTIVE
    because = fields.block("because")
    if status in (Status.PAUSED, Status.DROPPED) and because is None:
        reader.report(
            "missing-because", fields.node("status"), f"`{id_}` is {status} without a reason", "add `because:`"
        )
    return {
        "id": id_,
        "span": reader.span(key),
        "title": title,
        "status": status,
        "because": because,
        "note": fields.block("note"),
        "replaced_by": _replaced_by(fields),
        "contacts": fields.inlines("contacts"),
        "supports": _objectives(fields, "supports"),
        "depends_on": _needs(fields),
        "initiatives": fields.inlines("initiatives"),
        "since": fields.date("since"),
        "ignore": parse_answers(fields),
        "extra": fields.extra(),
    }


def _replaced_by(fields: Fields) -> Text | None:
    """What delivered it otherwise: prose, or a lone reference, which becomes a link."""
    typed = fields.string("replaced_by") if isinstance(fields.node("replaced_by"), Scalar) else ""
    if "/" in typed and " " not in typed:
        node = fields.node("replaced_by")
        return Text((("", fields.reader.prose(f"[[{typed}]]", node, parse_block)),))
    return fields.block("replaced_by")


def _objectives(fields: Fields, name: str) -> tuple[Ref, ...]:
    """References to objectives or key results; a team cannot stand here."""
    found = []
    for node in fields.items(name):
        ref = fields.one_of_refs(name, node)
        if ref and not ref.name:
            message = f"`{name}` names objectives or key results, and `{ref.text}` is a team"
            fields.reader.report("wrong-target", node, message, "write `team/objective`")
        elif ref:
            found.append(ref)
    return tuple(found)


def parse_teams(fields: Fields, name: str) -> tuple[Ref, ...]:
    """The `@team` references of a field."""
    found = []
    for node in fields.items(name):
        ref = fields.one_of_refs(name, node)
        if ref and ref.name:
            fields.reader.report("wrong-target", node, f"`{name}` names teams", team_hint(ref))
        elif ref:
            found.append(ref)
    return tuple(found)


def _needs(fields: Fields) -> tuple[Need, ...]:
    needs = []
    for node in fields.items("depends_on"):
        if isinstance(node, Scalar):
            ref = fields.one_of_refs("depends_on", node)
            need = None
        else:
            item = fields.reader.fields(node, "a dependency", DEPENDENCY)
            if not item.has("from"):
                fields.reader.report("missing-field", node, "a dependency needs `from`", "an objective or a `@team`")
            ref, need = item.ref("from"), item.block("need")
        if ref:
            needs.append(Need(ref, need))
    return tuple(needs)


def _provisions(fields: Fields) -> tuple[Provision, ...]:
    provisions = []
    for node in fields.items("provides"):
        if isinstance(node, Scalar):
            ref, by = fields.one_of_refs("provides", node), None
        else:
            item = fields.reader.fields(node, "a provision", PROVISION)
            if not item.has("to"):
                fields.reader.report("missing-field", node, "a provision needs `to`", "the objective that asked")
            ref, by = item.ref("to"), item.date("by")
        if ref:
            provisions.append(Provision(ref, by))
    return tuple(provisions)


def _assumptions(fields: Fields) -> tuple[Assumption, ...]:
    found = []
    for id_, key, node in fields.entries("assumes"):
        text = fields.reader.text(node, parse_block)
        if text:
            found.append(Assumption(id_, text, fields.reader.span(key)))
        else:
            fields.reader.report("missing-field", key, f"the assumption `{id_}` says nothing")
    return tuple(found)


def _amendments(fields: Fields) -> tuple[Amendment, ...]:
    found = []
    for node in fields.items("amendments"):
        item = fields.reader.fields(node, "an amendment", AMENDMENT)
        found.append(Amendment(item.date("date"), item.inline("what"), item.block("because")))
    return tuple(found)


def parse_answers(fields: Fields) -> tuple[Answer, ...]:
    """The advice that a team answers back to, each with its reason."""
    found = []
    for code, key, node in fields.entries("ignore"):
        reason = fields.reader.text(node, parse_block)
        if reason:
            found.append(Answer(code, reason, fields.reader.span(key)))
        else:
            fields.reader.report("missing-field", key, f"`ignore: {code}` needs a reason")
    return tuple(found)
