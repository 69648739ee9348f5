"""The shape of the code, held by reading it: layers, purity, sizes, names, and what templates may do."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import pytest

from okrsite.core.diagnostics import RULES
from tests.companies import ROOT

PACKAGE: Final = ROOT / "okrsite"
TEMPLATES: Final = ROOT / "themes" / "default" / "templates"
LAYERS: Final = ("core", "pages", "render", "shell", "commands", "cli")
"""From the bottom up; a module imports from its own layer and those before it."""

REMEMBERED: Final = {
    "core/changes.py:_reader",
    "core/markdown.py:_parser",
    "pages/urls.py:quoted",
    "render/page.py:_compiled_templates",
}
"""The functions of the pure layers that remember what they found; each finds the same for the same, always."""
GROWING: Final = {"pages/words.py:_kept", "pages/words.py:_known"}
"""The values of the pure layers that remember so in themselves."""

MAX_LINES: Final = 400
MAX_FUNCTION: Final = 60

WORLD: Final = frozenset(
    [
        "asyncio",
        "ctypes",
        "ftplib",
        "glob",
        "http",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "select",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
        "uuid",
        "watchdog",
        "webbrowser",
    ]
)
"""Modules that touch the world, read a clock or throw dice."""
WORLDLY_CALLS: Final = frozenset(
    ["open", "print", "input", "exec", "eval", "compile", "breakpoint", "exit", "quit", "__import__"]
)
STARTING: Final = re.compile(r"system|popen|fork|posix_spawn|(?:exec|spawn)[vl]\w*")
"""What starts another program."""
CLOCKS: Final = frozenset({"today", "now", "utcnow"})
FORBIDDEN_NAMES: Final = frozenset(
    ["util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "data", "info", "misc"]
)
FROZEN: Final = (
    *("core/model.py", "core/company.py", "core/figures.py"),
    *("pages/parts.py", "pages/chrome_parts.py", "pages/feed_parts.py", "pages/views.py"),
)


@cache
def _modules(*folders: str) -> dict[str, ast.Module]:
    """Parsed modules by path in the package, of some of its folders or all."""
    paths = sorted(PACKAGE.rglob("*.py"))
    names = {path.relative_to(PACKAGE).as_posix(): path for path in paths}
    chosen = {name: path for name, path in names.items() if not folders or name.split("/")[0] in folders}
    return {name: ast.parse(path.read_text(encoding="utf-8"), name) for name, path in chosen.items()}


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(module, line) of everything that a module imports, at its head or later."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package"
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _strings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(text, line) of every string that is no docstring, the parts of f-strings included."""
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value, node.lineno


def _layer(name: str) -> int:
    """The number of a module's layer, from a path or a dotted name below the package."""
    first = re.split(r"[./]", name)[0]
    return LAYERS.index(first) if first in LAYERS else len(LAYERS)


# --- layers ---------------------------------------------------------------------------------------------------------


def test_layers_import_only_downwards() -> None:
    seen, upwards = 0, []
    for name, tree in _modules().items():
        for module, line in _imports(tree):
            if module.startswith("okrsite.") and module != "okrsite.__version__":
                seen += 1
                if _layer(module.removeprefix("okrsite.")) > _layer(name):
                    upwards.append(f"{name}:{line} imports {module}")
    assert seen > 200
    assert upwards == []


def test_every_module_belongs_to_a_layer() -> None:
    apart = [name for name in _modules() if _layer(name) == len(LAYERS)]
    assert apart == ["__init__.py", "__main__.py"]


@pytest.mark.parametrize("layer", ["core", "pages", "render"])
def test_the_pure_layers_import_nothing_that_touches_the_world(layer: str) -> None:
    modules = _modules(layer)
    assert len(modules) >= 4
    worldly = [
        f"{name}:{line} imports {module}"
        for name, tree in modules.items()
        for module, line in _imports(tree)
        if module in WORLD or module.split(".")[0] in WORLD
    ]
    assert worldly == []


@pytest.mark.parametrize("layer", ["core", "pages", "render"])
def test_the_pure_layers_do_no_input_or_output_and_read_no_clock(layer: str) -> None:
    found, calls = [], 0
    for name, tree in _modules(layer).items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            calls += 1
            if isinstance(node.func, ast.Name) and node.func.id in WORLDLY_CALLS:
                found.append(f"{name}:{node.lineno} calls {node.func.id}")
            if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                found.append(f"{name}:{node.lineno} reads a clock")
            if isinstance(node.func, ast.Attribute) and re.fullmatch("(read|write)_(text|bytes)", node.func.attr):
                found.append(f"{name}:{node.lineno} calls {node.func.attr}")
    assert calls > 40
    assert found == []


def test_the_pure_layers_keep_no_state_of_their_own() -> None:
    modules = _modules("core", "pages", "render")
    assert not [name for name, tree in modules.items() for node in ast.walk(tree) if isinstance(node, ast.Global)]
    remembered, growing = set(), set()
    for name, tree in modules.items():
        for function in _functions(tree):
            decorators = {ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list}
            if decorators & {"cache", "lru_cache"}:
                remembered.add(f"{name}:{function.name}")
            if "cached_property" in decorators and ast.unparse(function.returns or function).startswith("dict["):
                growing.add(f"{name}:{function.name}")
    assert remembered == REMEMBERED
    assert growing == GROWING


def test_the_pure_layers_fill_nothing_that_lies_in_a_module() -> None:
    """No dictionary, list or set at the head of a module is there to be filled later."""
    empty = {"{}", "[]", "set()", "dict()", "list()"}
    assigned = [
        (f"{name}:{node.lineno}", ast.unparse(node.value))
        for name, tree in _modules("core", "pages", "render").items()
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    ]
    assert len(assigned) > 200
    assert [place for place, value in assigned if value in empty] == []


def _importers(*modules: str) -> set[str]:
    """The files that import a module or something in it."""
    return {
        name
        for name, tree in _modules().items()
        for module, _ in _imports(tree)
        if any(module == wanted or module.startswith(f"{wanted}.") for wanted in modules)
    }


def test_templates_are_rendered_only_in_render() -> None:
    found = _importers("jinja2", "markupsafe")
    assert found
    assert {name.split("/")[0] for name in found} == {"render"}


def test_no_other_program_than_git_is_started_and_only_workers_are_forked() -> None:
    assert _importers("okrsite.core")
    assert _importers("subprocess") == {"shell/git.py"}
    assert _importers("multiprocessing", "pty") == set()
    calls = {
        f"{name}: {node.attr}"
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and STARTING.fullmatch(node.attr)
    }
    assert calls == {"shell/workers.py: fork"}


def test_the_network_is_never_asked_and_only_the_server_answers() -> None:
    assert _importers("ssl", "http.client", "urllib.request", "requests", "httpx", "ftplib") == set()
    assert _importers("socket", "socketserver", "http.server", "asyncio") == {"shell/serving/server.py"}
    assert _importers("webbrowser") == {"commands/serve.py"}
    asking = {"create_connection", "open_connection", "connect", "connect_ex"}
    calls = {
        node.attr
        for node in ast.walk(_modules()["shell/serving/server.py"])
        if isinstance(node, ast.Attribute) and node.attr in asking
    }
    assert calls == set()


def test_files_are_watched_in_one_place_and_threads_are_few() -> None:
    assert _importers("watchdog") == {"shell/watch.py"}
    threaded = {"cli.py", "shell/collection.py", "shell/watch.py", "shell/serving/server.py"}
    assert _importers("threading", "concurrent") == threaded


def test_yaml_and_markdown_are_each_read_in_one_place() -> None:
    assert _importers("yaml") == {"core/yaml_tree.py"}
    parts = {"core/markdown.py", "core/footnotes.py", "core/losses.py"}
    assert _importers("markdown_it", "mdit_py_plugins") == parts


def test_where_time_goes_is_measured_with_one_clock() -> None:
    """Waiting for somebody's next edit has its own; what the clock shows is never part of a result."""
    reading = {
        f"{name}: {node.attr}"
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and re.fullmatch("perf_counter|process_time|monotonic", node.attr)
    }
    stopwatch = {"shell/stopwatch.py: perf_counter", "shell/stopwatch.py: process_time"}
    assert reading == {*stopwatch, "shell/watch.py: monotonic"}


def test_only_output_removes_anything_and_cache_and_adding_what_they_left_unfinished() -> None:
    removing = {"unlink", "rmtree", "rmdir", "remove", "removedirs", "rename", "renames", "replace"}
    found = {
        name
        for name, tree in _modules("shell", "commands", "cli.py").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in removing
        and not (node.func.attr == "replace" and len(node.args) == 2)
    }
    assert found == {"shell/output.py", "shell/cache.py", "shell/adding.py"}


def test_only_the_commands_exit_and_print() -> None:
    found = {
        name
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.exit", "sys.stdout.write", "sys.stderr.write", "exit", "quit")
    }
    assert {name.split("/")[0] for name in found} <= {"cli.py", "commands", "__main__.py"}
    assert found


# --- addresses and codes --------------------------------------------------------------------------------------------


def test_no_address_of_a_page_is_spelled_outside_urls() -> None:
    templates = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*ml")}
    spelled: dict[str, list[int]] = {}
    for name, tree in _modules().items():
        for text, line in _strings(tree):
            if re.search(r"\.(?:html|xml|ics)$", text.partition("#")[0]) and not (
                name == "pages/views.py" and text in templates
            ):
                spelled.setdefault(name, []).append(line)
    assert len(spelled.pop("pages/urls.py")) > 10
    assert spelled == {}


def test_every_code_that_is_reported_is_a_known_rule_and_every_rule_is_reported() -> None:
    reported = {
        text
        for name, tree in _modules("core", "shell").items()
        if not name.startswith("core/diagnostics/")
        for text, _ in _strings(tree)
        if text in RULES
    }
    assert reported == set(RULES)


def test_the_shape_of_a_full_reference_is_known_in_one_place() -> None:
    """Whatever else is cut at a stroke or a hash is a path or an address."""
    paths = {"core/diagnostics/__init__.py", "core/parse/place.py", "core/replay.py", "core/scaffold.py"}
    paths |= {"core/link/prose.py", "core/settings.py", "pages/urls.py", "pages/writer.py"}
    cutting = {
        name
        for name, tree in _modules("core", "pages", "render", "commands").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and re.fullmatch("r?(?:split|partition)", node.func.attr)
        and any(isinstance(at, ast.Constant) and at.value in ("/", "#") for at in node.args)
    }
    assert cutting == {"core/refs.py", *paths}


# --- sizes and names ------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in PACKAGE.rglob("*.py")
    }
    assert len(lengths) > 40
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    lengths = {
        f"{name}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for name, tree in _modules().items()
        for function in _functions(tree)
    }
    assert len(lengths) > 300
    assert {name: n for name, n in lengths.items() if n > MAX_FUNCTION} == {}


@pytest.mark.parametrize(("folder", "pattern"), [("okrsite", "*"), ("themes", "*"), ("tests", "*.py")])
def test_no_file_is_named_after_nothing_in_particular(folder: str, pattern: str) -> None:
    names = [path.relative_to(ROOT) for path in (ROOT / folder).rglob(pattern) if "__pycache__" not in path.parts]
    assert len(names) > 20
    words = {name: set(re.split(r"[-_.]", part.lower())) for name in names for part in name.parts}
    assert [str(name) for name, parts in words.items() if parts & FORBIDDEN_NAMES] == []


def test_no_definition_is_named_after_nothing_in_particular() -> None:
    names = {
        f"{name}:{node.name}"
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and set(re.findall("[A-Z]?[a-z]+", node.name.lower() if node.name.islower() else node.name))
        & {*FORBIDDEN_NAMES, *(word.capitalize() for word in FORBIDDEN_NAMES)}
    }
    assert names == set()


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FROZEN)
def test_values_are_frozen(name: str) -> None:
    tree = _modules()[name]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert len(classes) >= 3
    for node in classes:
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        is_frozen = any(d.startswith("dataclass(") and "frozen=True" in d for d in decorators)
        bases = {ast.unparse(base) for base in node.bases}
        assert is_frozen or bases & {"StrEnum", "Enum", "NamedTuple"}, f"{name}: {node.name}"


def test_dataclasses_are_frozen_wherever_they_are() -> None:
    """The few that are not hold what is still being put together, and are private to their module."""
    mutable = {
        f"{name}:{node.name}"
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith("dataclass") and "frozen=True" not in ast.unparse(decorator)
    }
    assert [name for name in mutable if not name.split(":")[1].startswith("_")] == []


@pytest.mark.parametrize("name", ["pages/parts.py", "pages/chrome_parts.py", "pages/feed_parts.py", "pages/views.py"])
def test_a_view_never_holds_the_company(name: str) -> None:
    module = _modules()[name]
    held = {module_name for module_name, _ in _imports(module) if module_name.startswith("okrsite.core")}
    assert held
    assert {part for part in held if re.match(r"okrsite\.core\.(?:company|compile|link|compute)", part)} == set()


# --- templates ------------------------------------------------------------------------------------------------------


def _templates() -> dict[str, str]:
    paths = TEMPLATES.rglob("*.*ml")
    found = {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    assert len(found) > 15
    return found


@pytest.mark.parametrize(
    "unsafe", [r"\|\s*safe\b", r"\bautoescape\b", r"<script(?![^>]*\bsrc=)", r"\bstyle=", r"\son\w+=", r"<style"]
)
def test_no_template_goes_round_escaping_or_the_policy(unsafe: str) -> None:
    assert [name for name, text in _templates().items() if re.search(unsafe, text)] == []


def test_content_is_never_taken_for_a_template() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("from_string", "overlay", "Template")
    ]
    assert found == []


def test_templates_load_nothing_from_elsewhere() -> None:
    for name, text in _templates().items():
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text), name


def test_every_template_is_used_by_a_view_or_another_template() -> None:
    texts = _templates()
    named = {name for text in texts.values() for name in re.findall(r"""["']([\w/-]+\.(?:html|xml))["']""", text)}
    named |= {text for text, _ in _strings(_modules()["pages/views.py"]) if text.endswith((".html", ".xml"))}
    assert set(texts) - named == set()
    assert named & set(texts)
    assert [name for name in named if name not in texts and not name.endswith("index.html")] == []
