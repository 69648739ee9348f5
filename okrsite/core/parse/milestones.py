"""The steps of a key result: a list of titles, or names with titles and weights; and lists as they are mistyped."""

import re
from collections import Counter
from collections.abc import Container
from decimal import Decimal

from okrsite.core.fields import Fields, parse_yes, slug
from okrsite.core.format import MILESTONE
from okrsite.core.markdown import parse_inline
from okrsite.core.model import Measure, Milestone, Milestones, Unreadable
from okrsite.core.refs import collision_key
from okrsite.core.text import Text
from okrsite.core.yaml_quote import needs_quotes, quoted
from okrsite.core.yaml_tree import Mapping, Node, Scalar, Sequence

_BETWEEN_STEPS = re.compile("(?<![0-9]),|,(?![0-9])")
"""What separates; `;` and `，` are pauses inside a sentence, too."""
_BETWEEN_LISTED = re.compile("(?<![0-9])[,，、]|[,，、](?![0-9])")
"""What separates in brackets around the whole, which say that a list is meant."""
_IN_BRACKETS = re.compile(r"[(（【]([^()（）【】]*)[)）】]")
_ITEM = re.compile(r"[-–—•·](?![0-9])[ \t]*(\S.*)")
_OPENING = re.compile(r"[(\[{（【「『《]")
_CLOSING = re.compile(r"[)\]}）】」』》]")
_SPEECH = re.compile('["“”„«»`]')
_IN_LIST = re.compile("[,\\[\\]{}:#\"']")
_TICKED = re.compile(r"\[[ xX]?\][ \t]*(\S.*)")
_STATES = frozenset({"done", "open", "reached", "todo", "erledigt", "offen", "完成", "已完成", "未完成"})


def parse_milestones(fields: Fields) -> Measure:
    """The steps of a key result; nothing can be reached of a list that is none."""
    node, reader = fields.node("milestones"), fields.reader
    if not isinstance(node, Mapping) and (_ask_for_list(fields, node) or _ask_for_titles(fields)):
        return Unreadable("milestones")
    known: dict[str, Milestone] = {}
    if isinstance(node, Mapping):
        for id_, key, item in fields.entries("milestones"):
            twin = known.get(collision_key(id_))
            if twin:
                reader.report("id-collision", key, f"`{id_}` differs only by case or Unicode form from `{twin.id}`")
            else:
                known[collision_key(id_)] = _milestone(fields, id_, item)
    else:
        used = Counter[str]()
        for item in fields.items("milestones"):
            text = reader.text(item, parse_inline)
            if text:
                id_ = _free_id(text, used, known)
                known[id_] = Milestone(id_, text, Decimal(1))
    steps = tuple(known.values())
    titles = [step.title.source.casefold() for step in steps]
    if len(set(titles)) < len(titles):
        reader.report("duplicate-id", node, "two milestones have the same title", "name each step differently")
    if not steps or not any(step.weight for step in steps):
        reader.report("bad-value", node, "milestones need at least one step that weighs something")
        return Unreadable("milestones")
    return Milestones(steps)


def _ask_for_list(fields: Fields, node: Node) -> bool:
    """Whether steps that stand in no list, and would be read as one, were reported; a text in quotes is meant so."""
    rows = [row.strip() for row in fields.reader.typed(node).split("\n") if row.strip()]
    items = [item for row in rows if (item := _ITEM.fullmatch(row))]
    marked = isinstance(node, Scalar) and not node.style and len(items) == len(rows)
    steps = [item[1] for item in items] if marked else _meant(node)
    if len(steps) < 2:
        return False
    shown = ", ".join(quoted(step) if needs_quotes(step) or _IN_LIST.search(step) else step for step in steps)
    hint = "put several in brackets, `milestones: [one, two]`"
    if marked:
        hint = f"an item of a list begins with `- `; or write `[{shown}]` in place of all"
    # A row may be a step of its own, or the rest of one; after a comma there is no doubt.
    elif all(row.endswith(",") for row in rows[:-1]):
        hint = f"write `milestones: [{shown}]`"
    single = "" if marked else ", or quotes around a single one that holds a comma"
    message = "several milestones stand in a list, and this is read as one"
    fields.reader.report("wrong-kind", node, message, f"{hint}{single}")
    return True


def _ask_for_titles(fields: Fields) -> bool:
    """Whether steps were reported that say whether they are reached: `[x] pilot`, `pilot: done`."""
    items = fields.items("milestones")
    named = next(((item, title) for item in items if (title := _title_of(item))), None)
    if named is None:
        return False
    reader = fields.reader
    for item in items:
        reader.withdraw("swallowed-text", item)
    hint = f"write `- {named[1]}`, and the others alike; what is reached goes into a check-in"
    reader.report("wrong-kind", named[0], "a milestone is a title, and does not say whether it is reached", hint)
    return True


def _title_of(item: Node) -> str:
    """The title of a step that also says whether it is reached; '' where it is no such step."""
    if isinstance(item, Scalar):
        ticked = _TICKED.fullmatch(item.text)
        return ticked[1] if ticked else ""
    key, value = item.pairs[0] if isinstance(item, Mapping) and len(item.pairs) == 1 else (None, None)
    if key is None or not isinstance(value, Scalar):
        return ""
    return key.text if value.text.casefold() in _STATES or parse_yes(value.text) is not None else ""


def _meant(node: Node) -> list[str]:
    """The steps that were meant by one text, which may stand in brackets that make no list."""
    if isinstance(node, Sequence):
        only = node.items[0] if node.flow and len(node.items) == 1 else None
        return _separated(only.text, _BETWEEN_LISTED) if isinstance(only, Scalar) and not only.style else []
    if not isinstance(node, Scalar) or node.style:
        return []
    listed = _IN_BRACKETS.fullmatch(node.text.strip())
    return _separated(listed[1], _BETWEEN_LISTED) if listed else _separated(node.text, _BETWEEN_STEPS)


def _separated(text: str, between: re.Pattern[str]) -> list[str]:
    """The steps that a text separates for certain: a comma in brackets, in a number or in quoted words does not."""
    if _SPEECH.search(text):
        return [text]
    steps: list[str] = []
    start = at = depth = 0
    for comma in between.finditer(text):
        depth += len(_OPENING.findall(text, at, comma.start())) - len(_CLOSING.findall(text, at, comma.start()))
        at = comma.end()
        if not depth:
            steps.append(text[start : comma.start()])
            start = at
    return [step.strip() for step in (*steps, text[start:]) if step.strip()]


def _free_id(title: Text, used: Counter[str], known: Container[str]) -> str:
    """An id made of a title that no other step has; `used` says how often each was made."""
    base = slug(title.source) or "step"
    while True:
        used[base] += 1
        id_ = base if used[base] == 1 else f"{base}-{used[base]}"
        if id_ not in known:
            return id_


def _milestone(fields: Fields, id_: str, node: Node) -> Milestone:
    if isinstance(node, Scalar):
        text: Text | None = fields.reader.text(node, parse_inline)
        return Milestone(id_, text or _named(fields, id_), Decimal(1))
    item = fields.reader.fields(node, "a milestone", MILESTONE)
    weight = item.decimal("weight")
    return Milestone(id_, item.inline("title") or _named(fields, id_), Decimal(1) if weight is None else weight)


def _named(fields: Fields, id_: str) -> Text:
    return Text((("", parse_inline(id_, fields.reader.home, fields.reader.span(fields.node("milestones")))),))
