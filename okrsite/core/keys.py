"""What to write in place of a key or a word that the format does not know: what was meant, or where it belongs."""

import re
from collections.abc import Collection, Iterator

from okrsite.core.diagnostics import closest, did_you_mean
from okrsite.core.format import FILES, Kind, Table
from okrsite.core.yaml_slips import KEYED, has_fields, with_plain_signs
from okrsite.core.yaml_tree import Mapping, Node, Scalar

_WIDE = re.compile("[，：]")
_QUOTES = "\"'“”„‟‘’«»「」＂＇"
_ALSO_CALLED = {
    "start": "baseline",
    "begin": "baseline",
    "goal": "target",
    "kr": "key_results",
    "krs": "key_results",
    "name": "title what",
    "title": "name what",
    "state": "status",
    "status": "state",
    "biweekly": "fortnightly",
    "bi-weekly": "fortnightly",
}
"""What other tools call a field or a word, where the nearest word would be another one; the first that is known."""
_FILES = {
    "team": "team.md",
    "okrs": "okrs.md",
    "checkin": "a check-in",
    "retro": "retro.md",
    "question": "a question",
    "cycle": "the file of a cycle",
    "page": "a page",
    "mission": "index.md",
}


def meant(typed: str, known: Collection[str]) -> str:
    """The known word that a word must stand for, or ''."""
    return _also_called(typed, known) or closest(typed, known)


def _also_called(typed: str, known: Collection[str]) -> str:
    """What a word of other tools is called here, or ''."""
    return next((name for name in _ALSO_CALLED.get(typed.casefold(), "").split() if name in known), "")


def unquoted(typed: str, known: Table) -> str:
    """The field that stands in quotes which are no plain ones, as in `“title”:`, or ''."""
    name = typed.strip(_QUOTES)
    return name if name != typed and name in known else ""


def field_hint(text: str, node: Mapping, key: Scalar, value: Node, known: Table) -> str:
    """What to write instead of a key that is no field."""
    typed = key.text
    if node.flow and _WIDE.search(typed):
        plain = with_plain_signs(text[node.start : node.end])
        shown = f": `{plain}`" if "\n" not in plain and has_fields(plain, known) else ""
        return f"only a plain comma and a plain colon separate{shown}"
    if node.flow and " " in typed:
        return "inside `{ }` a comma ends a text; put a text that holds one in quotes"
    if other := _also_called(typed, known) or closest(typed, known, cutoff=0.85):
        return f"did you mean `{other}`?"
    return (
        _below(typed, value, known)
        or _elsewhere(typed, known)
        or did_you_mean(typed, known)
        or "a company's own fields go under `extra:`"
    )


def holds(value: Node, known: Table) -> bool:
    """Whether a value has fields of a table, and no others."""
    return isinstance(value, Mapping) and bool(value.pairs) and all(key.text in known for key, _ in value.pairs)


def _below(typed: str, value: Node, known: Table) -> str:
    """A hint for a name that stands beside the field below which it belongs."""
    for name, field in known.items():
        named = field.kind is Kind.FIELDS and field.below is not None
        if named and (("#" in typed and name in KEYED) or holds(value, field.below or {})):
            return f"it belongs below `{name}:`, indented"
    return ""


def _levels(table: Table, above: str = "") -> Iterator[tuple[str, Table]]:
    """Every table of a file, with the field below which it lies."""
    yield above, table
    for name, field in table.items():
        if field.below:
            yield from _levels(field.below, name)


_LEVELS = tuple((kind, *level) for kind, (_, table) in FILES.items() for level in _levels(table))


def _elsewhere(typed: str, known: Table) -> str:
    """A hint for a field of another level or file."""
    own = next((kind for kind, _, table in _LEVELS if table is known), "")
    homes = [(kind, above) for kind, above, table in _LEVELS if typed in table]
    below = list(dict.fromkeys(above for kind, above in homes if kind == own))
    if "" in below:
        return "it belongs at the beginning of a line, with no space in front"
    if below:
        return f"it is a field of what stands below {' or '.join(f'`{name}`' for name in below[:2])}"
    files = list(dict.fromkeys(_FILES[kind] for kind, _ in homes))
    return f"it belongs into {' or '.join(files)}" if files else ""
