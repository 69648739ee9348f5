"""team.md: who a team is, what it is for, and where it stands in the company."""

from okrsite.core.cycles import likely_cycle
from okrsite.core.fields import Fields, Reader
from okrsite.core.format import TEAM
from okrsite.core.model import TeamFile
from okrsite.core.numbers import Cadence
from okrsite.core.parse.okrs import parse_answers
from okrsite.core.parse.place import Place
from okrsite.core.parse.plain import common, read_body
from okrsite.core.refs import is_id, normal
from okrsite.core.source import Span
from okrsite.core.yaml_tree import Mapping, Node


def parse_team(reader: Reader, _place: Place) -> TeamFile:
    """Read a team's own page."""
    fields = reader.fields(reader.document.root, "a team", TEAM)
    name, mission, contact = fields.inline("name"), fields.inline("mission"), fields.inline("contact")
    aliases = tuple(found for item in fields.items("aliases") if (found := _id(reader, item)))
    figures = fields.string("figures")
    if figures not in ("", "words"):
        reader.report(
            "bad-value", fields.node("figures"), f"`figures` cannot be `{figures}`", "write `words` or leave it out"
        )
    cadence = fields.choice("cadence", Cadence) or Cadence.WEEKLY
    since, until = _id(reader, fields.node("since")), _id(reader, fields.node("until"))
    ignore = parse_answers(fields)
    parents, extra, body = _parents(fields), fields.extra(), read_body(reader)
    return TeamFile(
        **common(reader),
        name=name,
        mission=mission,
        contact=contact,
        aliases=aliases,
        parents=parents,
        cadence=cadence,
        since=since,
        until=until,
        words_only=figures == "words",
        ignore=ignore,
        extra=extra,
        body=body,
    )


def _parents(fields: Fields) -> tuple[tuple[str, str, Span], ...]:
    """The team above, or the teams above by the cycle from which on they are."""
    node, reader = fields.node("parent"), fields.reader
    pairs = [(key.text, value) for key, value in node.pairs] if isinstance(node, Mapping) else [("", node)]
    named = ((cycle, value, reader.string(value)) for cycle, value in pairs)
    # What is no id names no team; which one is meant is known once all are.
    return tuple(
        (cycle, normal(typed.strip().removeprefix("@")), reader.span(at)) for cycle, at, typed in named if typed
    )


def _id(reader: Reader, node: Node) -> tuple[str, Span] | None:
    """The id of a team or cycle, written with or without `@`."""
    typed = reader.string(node)
    if typed is None:
        return None
    name = normal(typed.strip().removeprefix("@"))
    if not is_id(name):
        cycle = likely_cycle(name)
        hint = f"write `{cycle}`" if cycle else "use the folder's name"
        reader.report("bad-id", node, f"`{typed}` cannot be the id of a team or cycle", hint)
        return None
    return name, reader.span(node)
