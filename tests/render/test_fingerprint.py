"""Fingerprints of views: equal for equal views, different for every difference that a reader could see."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from okrsite.core.text import Html
from okrsite.pages.chrome_parts import Chrome
from okrsite.pages.plan import plan_site
from okrsite.pages.views import FreePageView
from okrsite.render.fingerprint import fingerprint
from tests.companies import ROOT, compile_files, tree
from tests.conftest import environment

CHROME = Chrome(
    language="en",
    title="Page",
    site="OKRs",
    logo="",
    root="../",
    assets="../",
    readings=(),
    nav=(),
    crumbs=(),
    noindex=True,
    today=date(2026, 11, 22),
    as_of=None,
    pages=(),
    about=(),
    following=(),
    changed=None,
    troubled=(),
    ways=(),
)
PAGE = FreePageView(chrome=CHROME, title=Html("Title"), body=Html("<p>Body</p>"), extra={"a": "b", "c": ("d",)})


def test_equal_views_have_equal_fingerprints() -> None:
    again = replace(PAGE, chrome=replace(CHROME), extra={"a": "b", "c": ("d",)})
    assert fingerprint(again) == fingerprint(PAGE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", Html("Titel")),
        ("title", "Title"),
        ("title", None),
        ("body", Html("<p>Body</p> ")),
        ("chrome", replace(CHROME, today=date(2026, 11, 23))),
        ("chrome", replace(CHROME, noindex=False)),
        ("chrome", replace(CHROME, troubled=("a",))),
        ("extra", {"a": "b", "c": "d"}),
        ("extra", {"c": ("d",), "a": "b"}),
        ("extra", {"a": "b", "c": ("d", "")}),
        ("extra", {"ab": "", "c": ("d",)}),
        ("extra", {"a": "bc", "": ("d",)}),
    ],
)
def test_every_difference_is_seen_and_named(field: str, value: Any) -> None:
    changed = replace(PAGE, **{field: value})
    assert fingerprint(changed).whole != fingerprint(PAGE).whole
    assert fingerprint(changed).differing(fingerprint(PAGE), changed) == (field,)


def test_text_that_moves_from_one_field_to_the_next_is_a_difference() -> None:
    one = replace(PAGE, title=Html("ab"), body=Html("c"))
    two = replace(PAGE, title=Html("a"), body=Html("bc"))
    assert fingerprint(one).differing(fingerprint(two), one) == ("title", "body")


def test_a_page_of_another_kind_differs_even_if_it_says_the_same() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Other(FreePageView):
        template = "other.html"

    other = Other(chrome=CHROME, title=PAGE.title, body=PAGE.body, extra=PAGE.extra)
    assert fingerprint(other).whole != fingerprint(PAGE).whole


def test_views_hold_nothing_but_what_is_written_in_the_same_way_each_time() -> None:
    texts = {name: text.decode() for name, text in tree(ROOT / "content").items() if name.endswith(".md")}
    company = compile_files(texts)
    views = [page.page().view for page in plan_site(company).pages]
    kinds = {kind for view in views for kind in _kinds(view)}
    assert len(views) > 250
    assert kinds == {Html, str, bool, int, date, type(None)}


def _kinds(value: Any) -> Iterator[type]:
    """The kinds of value of which a value is made."""
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            yield from _kinds(item)
    else:
        yield type(value)


def test_fingerprints_are_the_same_in_every_process() -> None:
    code = """
from tests.companies import compile_files
from okrsite.pages.plan import plan_site
from okrsite.render.fingerprint import fingerprint
pages = plan_site(compile_files({"teams/acme/team.md": "---\\nname: Acme\\n---\\n"})).pages
print([fingerprint(page.page().view).whole.hex() for page in pages])
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment({"PYTHONHASHSEED": seed}),
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    pages = plan_site(compile_files({"teams/acme/team.md": "---\nname: Acme\n---\n"})).pages
    assert said[0].decode().count("'") == 2 * len(pages) > 8
