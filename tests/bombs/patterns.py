"""Every regular expression of the package with its uses, found by reading the code, and strings against it."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, Final, NamedTuple

from tests.companies import ROOT

USES: Final = frozenset({"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
FIXED: Final = (
    *("a", "1", " ", "-", ",", ".", "'", '"', "[", "]", "{", "(", ":", "#", "\n", "\t", "<", "/", "_", "\\", "é", "目"),
    *(
        "a ",
        "1,",
        "1 ",
        "a-",
        "a.",
        "- ",
        ": ",
        " #",
        "a: ",
        ", a: ",
        "''",
        '\\"',
        "[[a",
        "{#a",
        "---\n",
        " \n",
        "a:\n",
    ),
)
"""What is repeated against every expression, besides what the expression itself asks for."""
SAMPLES: Final = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
OTHERWISE: Final = "\x00"
"""A character that ends what no expression goes on after."""


class Found(NamedTuple):
    """An expression, where it stands, and the functions it is called with."""

    place: str
    pattern: re.Pattern[str]
    uses: frozenset[str]


def find_patterns() -> list[Found]:
    """Every expression that the package compiles or hands to a function of `re`."""
    return [found for path in sorted((ROOT / "okrsite").rglob("*.py")) for found in _in_module(str(path))]


def _in_module(path: str) -> Iterator[Found]:
    place = path.removeprefix(f"{ROOT}/")
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"), place)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _function(node)]
    if not calls:
        return
    module = importlib.import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    names = {
        id(node.value): ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    for call in calls:
        maker = _maker(call, tree)
        if maker:  # the module's own function: what it has made is looked at
            made = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
            for node in ast.walk(tree):
                name = names.get(id(node), "")
                if isinstance(node, ast.Call) and ast.unparse(node.func) == maker and name in made:
                    yield Found(f"{place}:{node.lineno}", made[name], _uses_of(name, tree))
            continue
        pattern = re.compile(_text(call.args[0], module), _flags(call, module))
        function = _function(call)
        uses = _uses_of(names.get(id(call), ""), tree) if function == "compile" else frozenset({function})
        yield Found(f"{place}:{call.lineno}", pattern, uses)


def _maker(call: ast.Call, tree: ast.Module) -> str:
    """The function that makes an expression of what it is given, in which a call stands; '' for all others."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and any(node is call for node in ast.walk(function)):
            given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
            used = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
            return function.name if given & used else ""
    return ""


def _function(call: ast.Call) -> str:
    """The name of the function of `re` that is called, or ''."""
    function = call.func
    known = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"
    name = function.attr if known and isinstance(function, ast.Attribute) else ""
    return name if name in USES | {"compile"} else ""


def _uses_of(name: str, tree: ast.Module) -> frozenset[str]:
    """The methods of a named expression that the package calls; of one handed on, those called on whatever is."""
    own = frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in USES and name and ast.unparse(node.value) == name
    )
    handed = frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in USES - {"split"} and ast.unparse(node.value).islower()
    )
    return own or (_uses_elsewhere().get(name) if name else None) or handed


@cache
def _uses_elsewhere() -> dict[str, frozenset[str]]:
    """The methods of every name that some module of the package calls, whatever the name is of."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "okrsite").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in USES:
                found.setdefault(ast.unparse(node.value).rpartition(".")[2], set()).add(node.attr)
    return {name: frozenset(uses) for name, uses in found.items()}


def _text(node: ast.expr, module: ModuleType) -> str:
    """The expression as `re` gets it; what is only known while running stands in it as a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, module) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, module)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape":
        return "word"
    value = node.value if isinstance(node, ast.Constant) else getattr(module, ast.unparse(node))
    assert isinstance(value, str), f"{module.__name__}:{node.lineno}: an expression nobody can read"
    return value


def _flags(call: ast.Call, module: ModuleType) -> int:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    position = 1 if _function(call) == "compile" else len(call.args)
    flags = [*call.args[position : position + 1], *named]
    return int(eval(ast.unparse(flags[0]), vars(module))) if flags else 0


# --- strings against an expression ----------------------------------------------------------------------------------


def hostile_strings(pattern: re.Pattern[str], size: int) -> Iterator[tuple[str, str]]:
    """Long strings with a name each: every part that an expression may repeat, repeated, after what leads up to it."""
    wanted = list(dict.fromkeys(_pumped(_parser.parse(pattern.pattern, pattern.flags), "")))
    letters = dict.fromkeys(character for character in pattern.pattern if character.isprintable())
    plain = [("", unit) for unit in dict.fromkeys((*FIXED, *letters))]
    for lead, unit in (*wanted, *plain):
        long = lead + unit * (size // len(unit))
        yield f"{lead!r} {unit!r}", long
        yield f"{lead!r} {unit!r} and an end", long + OTHERWISE


def _pumped(parsed: Iterable[Any], lead: str) -> Iterator[tuple[str, str]]:
    """(what leads up to it, unit) of every part of an expression that it may repeat, inner ones included."""
    for operation, argument in parsed:
        for inner in _parts(str(operation), argument):
            yield from _pumped(inner, lead)
            unit = _sample(inner)
            if "REPEAT" in str(operation) and unit:
                yield lead, unit
                yield "", lead + unit
        lead += _sample([(operation, argument)])


def _parts(operation: str, argument: Any) -> list[Any]:
    """The parts inside one operation of an expression."""
    if "REPEAT" in operation:
        return [argument[2]]
    if operation == "SUBPATTERN":
        return [argument[3]]
    if operation == "BRANCH":
        return list(argument[1])
    return [argument[1]] if operation in ("ASSERT", "ASSERT_NOT") else []


def _sample(parsed: Iterable[Any]) -> str:
    """The shortest of the texts that a part of an expression asks for, each repeated part once."""
    return "".join(_sample_of(str(operation), argument) for operation, argument in parsed)


def _sample_of(operation: str, argument: Any) -> str:
    match operation:
        case "LITERAL":
            return chr(argument)
        case "NOT_LITERAL" | "ANY":
            return "a"
        case "CATEGORY":
            return SAMPLES.get(str(argument), "a")
        case "RANGE":
            return chr(argument[0])
        case "IN" if str(argument[0][0]) == "NEGATE":
            return "a"
        case "IN":
            return _sample(argument[:1])
        case "BRANCH" | "SUBPATTERN" | "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _sample(_parts(operation, argument)[0])
    return ""
