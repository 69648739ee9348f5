"""Typed reading of front matter: each field decides its type from the characters written, and says what is wrong."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from okrsite.core.cycles import likely_date, parse_date
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.format import Table
from okrsite.core.frontmatter import Document
from okrsite.core.keys import field_hint, meant, unquoted
from okrsite.core.markdown import is_as_typed, parse_block, parse_inline
from okrsite.core.numbers import plain
from okrsite.core.quantity import Quantity, likely_number, looks_numeric, parse_quantity
from okrsite.core.refs import Ref, is_id, likely_refs, normal, parse_ref
from okrsite.core.source import Span
from okrsite.core.text import LANGUAGE, Home, Leading, Prose, Text
from okrsite.core.yaml_quote import needs_quotes, quoted, requoted
from okrsite.core.yaml_slips import with_colon
from okrsite.core.yaml_tree import Mapping, Node, Scalar, Sequence

Choice = TypeVar("Choice", bound=StrEnum)

_LANGUAGE = re.compile(LANGUAGE)
_OPEN = frozenset({"…", "..."})
_YES, _NO = frozenset({"yes", "true", "是"}), frozenset({"no", "false", "否"})


class Reader:
    """Collects what is found while one document is read: problems, links to resolve, languages used."""

    def __init__(self, document: Document, home: Home, problems: list[Diagnostic]) -> None:
        self.document = document
        self.home = home
        self.problems = problems
        self.withdrawn: set[tuple[str, str, int, int]] = set()
        """The codes and places of problems of which something better was said."""
        self.marks: list[Leading] = []
        self.languages: dict[str, Span] = {}

    def span(self, node: Node) -> Span:
        """The place of a node."""
        return self.document.lines.span(node.start, node.end)

    def report(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """Note a problem at a node."""
        self.problems.append(problem(code, self.span(node), message, hint))

    def withdraw(self, code: str, node: Node) -> None:
        """Take back a problem at a node, of which something better can be said."""
        path, line, column, _ = self.span(node)
        self.withdrawn.add((code, path, line, column))

    def typed(self, node: Node) -> str:
        """The characters of a node as they stand in the file, before a line was quoted."""
        document = self.document
        row = document.lines.span(node.start, node.end).line - 1
        line = document.mended.get(row)
        if line and node.start - document.lines.start(row) == len(line.lead):
            return line.value
        return document.text[node.start : node.end].rstrip()

    def fields(self, node: Node, what: str, known: Table) -> "Fields":
        """The fields of a mapping; keys the format does not know are reported."""
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.empty):
                hint = _missing_colon(self.document.text, node, known)
                self.report("wrong-kind", node, f"{what} must be fields, one `key: value` a line", hint)
            node = Mapping((), False, node.start, node.end)
        values = {}
        for key, value in node.pairs:
            if key.text in known:
                values[key.text] = value
            elif name := unquoted(key.text, known):
                values.setdefault(name, value)
                self.report("unknown-key", key, "a key stands in no quotes, or in plain ones", f"write `{name}:`")
            else:
                hint = field_hint(self.document.text, node, key, value, known)
                self.report("unknown-key", key, f"{what} has no field `{key.text}`", hint)
        return Fields(self, values, node, what)

    def collect(self, prose: Prose) -> Prose:
        """Note the links of a text, so that the company can check them."""
        if len(prose.pieces) != 1 or not isinstance(prose.pieces[0], str):
            self.marks.extend(piece for piece in prose.pieces if isinstance(piece, Leading))
        return prose

    # --- one value -------------------------------------------------------------------------------------------------

    def string(self, node: Node) -> str | None:
        """The text of a scalar as typed, None when nothing was written; other nodes are reported and read as typed."""
        if isinstance(node, Scalar):
            return None if node.empty else node.text
        typed = self.typed(node)
        one_line = "\n" not in typed
        place = self.span(node)
        # Where the line was mended as a list, or holds a tag, this says better what is wrong.
        mended = place.line - 1 in self.document.mended
        self.problems[:] = [
            p
            for p in self.problems
            if (p.code, p.span.line) != ("swallowed-text", place.line) or not (mended or p.span.column == place.column)
        ]
        shape = "a list" if isinstance(node, Sequence) else "a mapping"
        hint = f"write {quoted(typed)}" if one_line else "put the text in quotes"
        self.report("swallowed-text", node, f"YAML makes {shape} of this, where a text is meant", hint)
        return typed

    def text(self, node: Node, parse: Callable[[str, Home, Span], Prose]) -> Text | None:
        """A text field, perhaps in several languages."""
        if isinstance(node, Mapping) and _by_language(node, self.document.text):
            versions = []
            for key, value in node.pairs:
                version = self.string(value)
                self.languages.setdefault(key.text, self.span(key))
                if version and version.strip():
                    versions.append((key.text, self.prose(version, value, parse)))
            return Text(tuple(versions)) if versions else None
        typed = self.string(node)
        if typed is None or not typed.strip():
            return None
        return Text((("", self.prose(typed, node, parse)),))

    def prose(self, typed: str, node: Node, parse: Callable[[str, Home, Span], Prose]) -> Prose:
        """One version of a text field."""
        if typed.strip() in _OPEN and isinstance(node, Scalar) and not node.style:
            self.report(
                "missing-field", node, f"`{typed.strip()}` stands for what is to be written", "write it instead"
            )
        prose = parse(typed.strip() if parse is parse_inline else typed, self.home, self.span(node))
        if is_as_typed(prose):
            self.report("body-too-large", node, "this Markdown grows too much when rendered; it is shown as typed")
        return self.collect(prose)

    def date(self, node: Node) -> date | None:
        """A day, written YYYY-MM-DD."""
        typed = self.string(node)
        if typed is None:
            return None
        day = parse_date(typed)
        if day is None:
            meant_day = likely_date(typed)
            hint = f"write `{meant_day}`" if meant_day else "dates are written 2026-10-31, in a year from 1900 to 2199"
            self.report("bad-date", node, f"`{typed}` is not a date", hint)
        return day

    def quantity(self, node: Node) -> Quantity | None:
        """A number with its unit."""
        typed = self.string(node)
        if typed is None:
            return None
        number = parse_quantity(typed)
        if number is None:
            self.report("bad-number", node, f"`{typed}` is not a number with a unit", number_hint(typed))
        return number

    def ref(self, node: Node, *, several: bool = False) -> Ref | None:
        """A reference to something in the content; in the place of this node a list of `several` may stand."""
        typed = self.string(node)
        if typed is None:
            return None
        ref = parse_ref(typed, self.span(node))
        if ref is None:
            hint = (
                likely_refs(typed, several=several)
                or "write `objective`, `team/objective#key-result`, `team/cycle/objective` or `@team`"
            )
            self.withdraw("swallowed-text", node)  # in quotes it would be no reference either
            self.report("bad-ref", node, f"`{typed}` is not a reference", hint)
        return ref

    def items(self, node: Node) -> tuple[Node, ...]:
        """The items of a list; a single value counts as a list of one."""
        if isinstance(node, Sequence):
            return node.items
        return () if isinstance(node, Scalar) and node.empty else (node,)

    def entries(self, node: Node, what: str) -> Iterator[tuple[str, Scalar, Node]]:
        """The (id, key, value) triples of a mapping by ids; a bad id is reported and left out."""
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.empty):
                message = f"{what} must be a mapping of ids: `an-id:` with its fields below"
                self.report("wrong-kind", node, message, _ids_hint(node))
            return
        for key, value in node.pairs:
            name = normal(key.text)
            if is_id(name):
                yield name, key, value
            else:
                hint = "ids are letters, digits, `-` and `_`" + (f": `{slug(name)}`" if slug(name) else "")
                self.report("bad-id", key, f"`{key.text}` cannot be an id", hint)


class Fields:
    """The fields of one entity, read one by one; a missing field reads as nothing."""

    def __init__(self, reader: Reader, values: dict[str, Node], whole: Mapping, what: str) -> None:
        self.reader, self.values, self.whole, self.what = reader, values, whole, what

    def has(self, name: str) -> bool:
        """Whether something was written for a field."""
        node = self.values.get(name)
        return node is not None and not (isinstance(node, Scalar) and node.empty)

    def node(self, name: str) -> Node:
        """A field's node; an empty one when it is missing."""
        return self.values.get(name) or Scalar("", "", self.whole.start, self.whole.start)

    def inline(self, name: str) -> Text | None:
        return self.reader.text(self.node(name), parse_inline)

    def block(self, name: str) -> Text | None:
        return self.reader.text(self.node(name), parse_block)

    def inlines(self, name: str) -> tuple[Text, ...]:
        texts = (self.reader.text(item, parse_inline) for item in self.reader.items(self.node(name)))
        return tuple(text for text in texts if text)

    def string(self, name: str) -> str:
        return (self.reader.string(self.node(name)) or "").strip()

    def date(self, name: str) -> date | None:
        return self.reader.date(self.node(name))

    def quantity(self, name: str) -> Quantity | None:
        return self.reader.quantity(self.node(name))

    def ref(self, name: str) -> Ref | None:
        return self.reader.ref(self.node(name))

    def refs(self, name: str) -> tuple[Ref, ...]:
        found = (self.one_of_refs(name, item) for item in self.items(name))
        return tuple(ref for ref in found if ref)

    def one_of_refs(self, name: str, item: Node) -> Ref | None:
        """One item of a list of references; where it stands alone, a list may stand in its place."""
        return self.reader.ref(item, several=item is self.node(name))

    def items(self, name: str) -> tuple[Node, ...]:
        return self.reader.items(self.node(name))

    def entries(self, name: str) -> Iterator[tuple[str, Scalar, Node]]:
        return self.reader.entries(self.node(name), f"`{name}`")

    def choice(self, name: str, options: type[Choice]) -> Choice | None:
        """One of a few words, or None."""
        typed = self.string(name)
        if not typed:
            return None
        try:
            return options(typed)
        except ValueError:
            words = [str(option) for option in options]
            near = meant(typed, words)
            hint = f"did you mean `{near}`?" if near else "one of " + ", ".join(f"`{word}`" for word in words)
            self.reader.report("bad-value", self.node(name), f"`{name}` cannot be `{typed}`", hint)
            return None

    def yes(self, name: str) -> bool:
        """A yes or no; missing is no."""
        typed = self.string(name)
        answer = parse_yes(typed) if typed else False
        if answer is None:
            self.reader.report("bad-value", self.node(name), f"`{name}` cannot be `{typed}`", "write `true` or `false`")
        return bool(answer)

    def decimal(self, name: str) -> Decimal | None:
        """A bare number, not negative."""
        number = self.quantity(name)
        if number is None:
            return None
        if number.unit or number.amount < 0:
            share = plain(number.exact / 100) if number.unit == "%" and number.amount >= 0 else ""
            hint = f"write `{share}`" if share else ""
            self.reader.report("bad-number", self.node(name), f"`{name}` is a bare number, not negative", hint)
            return None
        return number.amount

    def extra(self) -> dict[str, object]:
        """The company's own fields, as typed."""
        node = self.values.get("extra")
        found = _untyped(node) if node is not None else {}
        if isinstance(found, dict):
            return found
        self.reader.report("wrong-kind", self.node("extra"), "`extra` must be fields, one `key: value` a line")
        return {}


def _missing_colon(text: str, node: Node, known: Collection[str]) -> str:
    """A hint to the colon that the first of some fields lacks: the line to write, where it holds nothing else."""
    word, _, rest = node.text.partition(" ") if isinstance(node, Scalar) and not node.style else ("", "", "")
    if word not in known or not rest.strip():
        return ""
    whole = text[text.rfind("\n", 0, node.start) + 1 : node.end]
    line = with_colon(whole, known)
    if not line or "\n" in whole:
        return f"a colon is missing after `{word}`"
    return f"write `{line.lead.strip()} {requoted(line.value) if needs_quotes(line.value) else line.value}`"


def _ids_hint(node: Node) -> str:
    """What to write where a list stands in place of ids."""
    first = node.items[0] if isinstance(node, Sequence) and node.items and not node.flow else None
    if isinstance(first, Scalar) and slug(first.text):
        return f"in place of each `-` write an id and a colon, such as `{'-'.join(slug(first.text).split('-')[:3])}:`"
    return "in place of each `-` write an id and a colon, such as `first:`" if first else ""


def _by_language(node: Mapping, text: str) -> bool:
    """Whether a mapping holds one text in several languages: `{en: …, zh: …}`, each with its colon."""
    return bool(node.pairs) and all(
        _LANGUAGE.fullmatch(key.text) and ":" in text[key.end : value.start + 1] for key, value in node.pairs
    )


def _untyped(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return tuple(_untyped(item) for item in node.items)
    return {key.text: _untyped(value) for key, value in node.pairs}


def parse_yes(text: str) -> bool | None:
    """True for yes, False for no, None for neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def number_hint(typed: str) -> str:
    """What to write instead of a number that cannot be read."""
    meant = likely_number(typed)
    if meant:
        return f"write `{meant}`"
    if looks_numeric(typed):
        return "`,` goes between thousands and `.` before decimals: `1,200.5`; a number has at most 24 digits"
    return "write a number and a unit of a word or two: `800 ms`, `38%`, `$2.5M`, `10 steps`"


def slug(text: str) -> str:
    """A text turned into something that may be an id."""
    return re.sub(r"[^\w]+", "-", normal(text).lower()).strip("-_")[:60]
