"""Comments that are prose in truth: a `#` glued to a word, or so near to one that it may be meant."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from okrsite.core import yaml_tree
from okrsite.core.cycles import parse_date
from okrsite.core.quantity import parse_quantity
from okrsite.core.yaml_quote import requoted, split_line
from okrsite.core.yaml_slips import FIELDS, KEYED, NAMING, PROSE, is_split_key
from okrsite.core.yaml_tree import Finding, Node, Scalar

_COMMENT = re.compile(r"(?:(?<=[\s\"'\]}])|^)#", re.MULTILINE)


def find_comments(text: str, root: Node | None) -> list[Finding]:
    """Comments that hide prose: `#` glued to a word, or so near that it may be meant."""
    places = [found.start() for found in _COMMENT.finditer(text)]
    if not any(_is_near(text, place) for place in places):
        return []
    leaves = sorted(_leaves(root), key=lambda leaf: leaf.scalar.start) if root else []
    findings: list[Finding] = []
    at = end = 0
    for place in places:
        if place < end:
            continue  # inside the comment before
        while at < len(leaves) and leaves[at].scalar.end <= place:
            at += 1
        if at < len(leaves) and leaves[at].scalar.start <= place:
            continue  # inside a quoted or block text
        end = text.find("\n", place) + 1 or len(text)
        if at and leaves[at - 1].is_value:
            findings += _comment(text, place, leaves[at - 1])
    return findings


def _is_near(text: str, place: int) -> bool:
    """Whether a comment is glued to a word, or not set apart from what stands before it."""
    if not text[:place].strip():
        return False  # the line that opened the front matter
    return not text[place + 1 : place + 2].isspace() or not (text[place - 2 : place] == "  " or text[place - 1] == "\n")


class _Leaf(NamedTuple):
    """A scalar of a tree, and the field whose value it is or belongs to."""

    scalar: Scalar
    is_value: bool
    field: str
    """'' below a name that its author gave, `#` below a reference."""
    flow: bool


def _comment(text: str, place: int, found: _Leaf) -> Iterator[Finding]:
    """What a comment after the value of a leaf may hide."""
    leaf = found.scalar
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    glued = place + 1 < end and not text[place + 1].isspace() and text[place + 1] not in "#-=!"
    line_start = text.rfind("\n", 0, place) + 1
    if not text[line_start:place].strip():
        leaf_line = text[text.rfind("\n", 0, leaf.start) + 1 :]
        deeper = place - line_start > len(leaf_line) - len(leaf_line.lstrip())
        adjacent = text[leaf.end : line_start].count("\n") <= 1
        if glued and deeper and adjacent and not leaf.style:
            hint = "" if leaf.empty else "put the whole text in quotes, or a space after `#` for a comment"
            yield Finding("swallowed-text", place, end, "YAML takes this line for a comment", hint)
    elif not glued and found.field in KEYED and is_split_key(text[line_start:end]):
        yield Finding("swallowed-text", place, end, "YAML takes the rest of the line for a comment", leaf=leaf.start)
    elif _is_remark(found, text[leaf.end : place], glued):
        return
    elif glued or not text[place - 1].isspace():
        yield Finding("swallowed-text", place, end, "YAML takes the rest of the line for a comment", leaf=leaf.start)
    elif not leaf.style and text[place - 1] == " " and text[place - 2] != " ":
        whole = split_line(text[line_start:end])
        yield Finding(
            "comment-after-text",
            place,
            end,
            "this is a comment and is not published",
            f"to publish it, write `{requoted(whole.value if whole else text[leaf.start : end])}`; "
            "put two spaces before `#` for a comment",
        )


def _is_remark(found: _Leaf, between: str, glued: bool) -> bool:
    """Whether a comment stands behind what holds no sentence, as a list, a date or a number, and so is a remark.

    `between` is what stands between the value and the comment.
    """
    leaf, field = found.scalar, found.field
    if leaf.empty or not between[-1:].isspace():
        return False
    if "," in between:
        return True
    if field == "target" and not found.flow and not leaf.style:
        return parse_quantity(leaf.text) is not None
    if field in PROSE:
        return False
    if found.flow or not field:
        return found.flow
    if glued and not leaf.style:
        return parse_date(leaf.text) is not None or parse_quantity(leaf.text) is not None
    return field == "#" or (field in FIELDS and field not in NAMING)


def _leaves(node: Node, field: str = "", flow: bool = False, is_value: bool = True) -> Iterator[_Leaf]:
    """Every scalar of a tree with whether it is a value (else a key), and of what."""
    if isinstance(node, Scalar):
        yield _Leaf(node, is_value, field, flow)
    elif isinstance(node, yaml_tree.Mapping):
        flow = flow or node.flow
        below = "#" if field in KEYED else "" if field in NAMING else None
        for key, value in node.pairs:
            yield _Leaf(key, False, field, flow)
            yield from _leaves(value, field if flow else key.text if below is None else below, flow)
    else:
        for item in node.items:
            yield from _leaves(item, field, flow or node.flow)
