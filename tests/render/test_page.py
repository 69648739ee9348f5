"""Pages as bytes: what is escaped, what a theme may change, and what is said of a template that is wrong."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import pytest

from okrsite.core.compile import Compiled
from okrsite.pages.plan import plan_site
from okrsite.render.page import Renderer, TemplateFailureError, make_environment
from okrsite.render.theme import Theme
from okrsite.shell.files import read_files, read_text_files
from tests.companies import CHECKIN, OKRS, ROOT, TEAM, compile_files, everywhere
from tests.site.walker import Page, addresses, chosen, is_elsewhere, read_page, text_of

SMALL: Final = {
    "teams/acme/team.md": TEAM,
    "teams/acme/2026-Q4/okrs.md": OKRS,
    "teams/acme/2026-Q4/checkins/2026-11-06.md": CHECKIN,
}
HOME: Final = "index.html"


@cache
def _default() -> Theme:
    folder = ROOT / "themes" / "default"
    return Theme(read_text_files(folder / "templates"), read_files(folder / "static"))


@cache
def _usual() -> Renderer:
    return Renderer(_default())


def _render(compiled: Compiled, templates: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every page of a company by path; feeds and calendars are no pages."""
    own = templates and Renderer(Theme({**_default().templates, **templates}, _default().static))
    renderer = own or _usual()
    planned = (one for one in plan_site(compiled).pages if one.path.endswith(".html"))
    rendered = (renderer.render(one.page()) for one in planned)
    return {file.path: file.data.decode("utf-8") for file in rendered}


def _failure(template: str, source: str) -> str:
    """What is said when a template of the theme is replaced by a wrong one."""
    with pytest.raises(TemplateFailureError) as caught:
        _render(compile_files(SMALL), {template: source})
    return str(caught.value)


# --- escaping -------------------------------------------------------------------------------------------------------

HOSTILE: Final = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<b onclick=alert(1)>x</b>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<iframe src=//evil.example></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "![x](javascript:alert(1))",
    '[x](https://ok.example "onmouseover=alert(1)")',
    "<https://ok.example/\"onmouseover='alert(1)'>",
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7 * 7 }}{% include 'base.html' %}{# gone #}",
    "<!--#exec cmd=ls-->",
    "\u202etxet\u202c \u200b",
]


def _dangers(page: Page) -> list[str]:
    """Elements and attributes that no content may ever bring about."""
    active = [e for e in page.elements if e.tag in ("script", "iframe", "img", "object", "embed", "base")]
    scripts = "display|search" if page.path == "search.html" else "display"
    pattern = re.compile(rf"/?(?:\.\./)*assets/({scripts})\.\w+\.js")
    ours = ((pattern.fullmatch(e.attributes.get("src", "")), e) for e in active)
    own = list({match[1]: e for match, e in ours if match}.values())
    found = [f"<{e.tag}>" for e in active if e not in own]
    found += [f"{e.tag}.{name}" for e in page.elements for name in e.attributes if name.startswith("on")]
    found += [f"{e.tag}.{name}" for e in page.elements for name in e.attributes if name in ("style", "autofocus")]
    for element, _, address in addresses(page):
        if is_elsewhere(address):
            fine = element.tag == "a" and re.match(r"(?:https?|mailto|tel):", address)
            found += [] if fine else [f"{element.tag} to {address}"]
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_can_bring_anything_but_text_onto_a_page(text: str) -> None:
    pages = _render(compile_files(everywhere(text)))
    assert len(pages) > 14
    read = [read_page(path, html) for path, html in pages.items()]
    assert {page.path: _dangers(page) for page in read if _dangers(page)} == {}
    assert {page.path: page.faults for page in read if page.faults} == {}


def test_the_hostile_company_really_shows_its_text_on_every_kind_of_page() -> None:
    pages = _render(compile_files(everywhere("&lt;<b>bold</b>")))
    shown = {path for path, html in pages.items() if "&lt;b&gt;bold" in html}
    assert shown >= {
        "index.html",
        "2026-Q4/index.html",
        "2026-Q4/map.html",
        "2026-Q4/asks.html",
        "2026-Q4/changes.html",
        "2026-Q4/retros.html",
        "teams/index.html",
        "teams/acme/index.html",
        "teams/acme/2026-Q4/index.html",
        "teams/acme/2026-Q4/a.html",
        "teams/acme/2026-Q4/retro.html",
        "lessons.html",
        "questions.html",
        "pages/free.html",
    }


def test_template_signs_in_content_are_only_characters() -> None:
    home = _render(compile_files({**SMALL, "index.md": "---\nmission: '{{ 7 * 7 }} {% raw %}'\n---\n{{ view }}\n"}))[
        HOME
    ]
    assert "{{ 7 * 7 }} {% raw %}" in home
    assert "{{ view }}" in home


@pytest.mark.parametrize(
    ("settings", "found"),
    [('title = "<b>&\\"x"\n', "&lt;b&gt;&amp;"), ('[brand]\nname = "<i>"\n', "&lt;i&gt;")],
)
def test_settings_are_escaped_too(settings: str, found: str) -> None:
    pages = _render(compile_files(SMALL, settings=settings))
    assert all(found in html for html in pages.values())
    assert not any(_dangers(read_page(path, html)) for path, html in pages.items())


def test_every_page_is_utf8_and_says_so_first() -> None:
    renderer = Renderer(_default())
    plan = plan_site(compile_files({**SMALL, "index.md": "苏州\n"}))
    pages = [renderer.render(p.page()) for p in plan.pages if p.path.endswith(".html")]
    assert any("苏州".encode() in page.data for page in pages)
    for page in pages:
        assert re.search(rb"<head>\s*<meta charset=\"utf-8\">", page.data), page.path


# --- depth ----------------------------------------------------------------------------------------------------------


def test_a_long_chain_of_support_is_shown_however_long_it_is() -> None:
    lines = [f"  o{n}: {{title: O{n}{f', supports: o{n - 1}' if n else ''}}}\n" for n in range(400)]
    okrs = f"---\nobjectives:\n{''.join(lines)}---\n"
    plan = plan_site(compile_files({**SMALL, "teams/acme/2026-Q4/okrs.md": okrs}))
    for path, words in (("teams/acme/2026-Q4/o399.html", "The chain goes on"), ("2026-Q4/map.html", ">O399</a>")):
        page = next(planned.page() for planned in plan.pages if planned.path == path)
        assert words in _usual().render(page).data.decode("utf-8")


def test_a_deep_tree_of_teams_is_shown_however_deep_it_is() -> None:
    teams = {
        f"teams/t{n}/team.md": f"---\nname: T{n}\n{f'parent: t{n - 1}' if n else 'mission: Calm'}\n---\n"
        for n in range(400)
    }
    pages = _render(compile_files(teams))
    assert ">T399</a>" in pages["teams/index.html"]
    assert ">T0</a>" in pages["teams/t399/index.html"]


# --- strictness -----------------------------------------------------------------------------------------------------


def test_what_a_view_does_not_have_is_a_failure_and_not_silence() -> None:
    assert "no attribute 'nothing'" in _failure("404.html", "{{ view.nothing }}")
    assert "'nobody' is undefined" in _failure("404.html", "{{ nobody }}")
    assert "nobody" in _failure("404.html", "{% for it in nobody %}{% endfor %}")
    assert "nobody" in _failure("404.html", "{% if nobody %}{% endif %}")


def test_templates_escape_by_themselves() -> None:
    environment = make_environment(_default())
    assert environment.autoescape is True
    page = _render(compile_files(SMALL), {"404.html": "{{ '<b>' }}{{ view.chrome.site }}"})["404.html"]
    assert page == "&lt;b&gt;OKRs"


# --- themes ---------------------------------------------------------------------------------------------------------


def test_one_template_is_replaced_and_all_others_stay() -> None:
    compiled = compile_files(SMALL)
    plain, own = _render(compiled), _render(compiled, {"teams.html": "mine"})
    assert own["teams/index.html"] == "mine"
    assert {path for path in plain if plain[path] != own[path]} == {"teams/index.html"}


def test_one_part_is_replaced_wherever_it_is_used() -> None:
    words = _default().templates["parts/words.html"].replace('_("raised early")', '"spoke up"')
    compiled = compile_files(
        {
            **SMALL,
            "teams/acme/2026-Q4/checkins/2026-10-09.md": "---\nrisks:\n  late: {about: instant, what: Late.}\n---\n",
        }
    )
    plain, own = _render(compiled), _render(compiled, {"parts/words.html": words})
    changed = {path for path in plain if plain[path] != own[path]}
    assert {"index.html", "2026-Q4/asks.html", "teams/acme/2026-Q4/instant.html"} <= changed
    assert all("spoke up" in own[path] for path in changed)


def test_a_theme_may_extend_a_page_through_the_frame_all_pages_share() -> None:
    base = _default().templates["base.html"].replace("</footer>", "<p>Acme only.</p></footer>")
    pages = _render(compile_files(SMALL), {"base.html": base})
    framed = [path for path, html in pages.items() if "<p>Acme only.</p>" in html]
    assert sorted(framed) == sorted(pages)


def test_a_static_file_is_named_after_its_content() -> None:
    one, two = Theme({}, {"site.css": b"a"}), Theme({}, {"site.css": b"b"})
    assert re.fullmatch(r"assets/site\.[0-9a-f]{10}\.css", one.assets["site.css"])
    assert one.assets["site.css"] != two.assets["site.css"]
    assert one.assets == Theme({}, {"site.css": b"a"}).assets


def test_a_template_names_static_files_from_any_depth() -> None:
    source = "{{ view.chrome.root }}{{ asset('icon.svg') }}"
    pages = _render(compile_files(SMALL), {"team.html": source, "lessons.html": source})
    icon = _default().assets["icon.svg"]
    assert pages["teams/acme/index.html"] == f"../../{icon}"
    assert pages["lessons.html"] == icon


# --- wrong templates ------------------------------------------------------------------------------------------------

IN_BLOCK: Final = '{% extends "base.html" %}\n{% block main %}\n\n'


@pytest.mark.parametrize(
    ("template", "source", "line", "words"),
    [
        ("404.html", "one\ntwo {% if %}\n", 2, "Expected an expression"),
        ("404.html", "one\n{% for x in y %}\n", 2, "endfor"),
        ("404.html", "one\n\n{{ 1 | nofilter }}\n", 3, "nofilter"),
        ("404.html", "{{ view.nothing }}", 1, "nothing"),
        ("404.html", "one\n\n{{ view.nothing }}", 3, "nothing"),
        ("404.html", IN_BLOCK + "{{ view.nothing }}\n{% endblock %}", 4, "nothing"),
        ("404.html", IN_BLOCK + "{{ asset('gone.css') }}\n{% endblock %}", 4, "no static file `gone.css`"),
        ("404.html", IN_BLOCK + "{{ 1 // 0 }}\n{% endblock %}", 4, "zero"),
        ("404.html", IN_BLOCK + "{{ 'a' + 1 }}\n{% endblock %}", 4, "str"),
        ("404.html", IN_BLOCK + "{{ view.chrome.title() }}\n{% endblock %}", 4, "not callable"),
        ("404.html", IN_BLOCK + "{{ 3 | day }}\n{% endblock %}", 4, "month"),
        ("404.html", IN_BLOCK + "{% include 'gone.html' %}\n{% endblock %}", 4, "gone.html"),
        ("parts/words.html", "{% macro link(it) %}\n{% if %}{% endmacro %}", 2, "Expected an expression"),
        ("base.html", "one\ntwo\n{{ nobody }}", 3, "nobody"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(template: str, source: str, line: int, words: str) -> None:
    said = _failure(template, source)
    assert f"{template}:{line}" in said
    assert words in said


def test_the_template_in_which_it_happened_is_named_not_the_one_that_called_it() -> None:
    words = _default().templates["parts/words.html"]
    line = words[: words.index("{% macro link(it) %}")].count("\n") + 1
    said = _failure("parts/words.html", words.replace("{% macro link(it) %}", "{% macro link(it) %}{{ nobody }}"))
    assert f"parts/words.html:{line}" in said


def test_the_page_that_was_rendered_is_named() -> None:
    assert "teams/acme/2026-Q4/instant.html" in _failure("objective.html", "{{ nobody }}")


@pytest.mark.parametrize(
    "source", ['{% extends "gone.html" %}', '{% extends "404.html" %}', '{% include "404.html" %}']
)
def test_templates_that_lead_nowhere_or_in_circles_fail_in_words(source: str) -> None:
    assert "404.html" in _failure("404.html", source)


def test_a_theme_without_a_template_that_a_page_needs_says_which() -> None:
    templates = {name: text for name, text in _default().templates.items() if name != "lessons.html"}
    renderer = Renderer(Theme(templates, _default().static))
    lessons = next(p for p in plan_site(compile_files(SMALL)).pages if p.path == "lessons.html")
    with pytest.raises(TemplateFailureError, match=r"lessons\.html"):
        renderer.render(lessons.page())


def test_headings_and_landmarks_frame_every_page() -> None:
    pages = _render(compile_files(SMALL))
    for path, html in pages.items():
        page = read_page(path, html)
        (main,) = chosen(page, "main")
        assert text_of(page, main), path
        assert len(list(chosen(page, "h1"))) == 1, path
