"""Themes: assets are named after their content, styles lead to them, and a company's brand stands on top."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from okrsite.core.colours import LEGIBLE, contrast, parse_colour
from okrsite.render.brand import DARK, LIGHT
from okrsite.render.theme import Theme
from tests.companies import FINE, ROOT, TODAY
from tests.conftest import Project
from tests.site.walker import chosen, read_page

STYLE: Final = (ROOT / "themes/default/static/tokens.css").read_text(encoding="utf-8")


@pytest.fixture
def built(project: Project) -> Callable[..., Path]:
    """Builds a small company with some settings and files of a theme; returns its site."""

    def call(settings: str, **files: str | bytes) -> Path:
        folder = project({**FINE, "okrsite.toml": settings, **files})
        assert main(["build", "-q", "-C", str(folder), "--today", TODAY]) == 0
        return folder / "site"

    return call


# --- a theme of a company's own ---------------------------------------------------------------------------------------

TOKENS: Final = (
    "@layer tokens { :root { --paper: white; --ink: black; --link: #00c; --serif: serif; --sans: serif } }\n"
)

BASE: Final = """{% extends "default/base.html" %}
{% block top %}{{ super() }}<p class="motto">Plain words, said early.</p>{% endblock %}
{% block foot %}<footer><p>As of {{ view.chrome.today | day }}. Signals, not verdicts.</p></footer>{% endblock %}
"""
PART: Final = """{% macro line(it) %}<b class="ours">{{ it.link.words }}</b>{% endmacro %}
{% import "default/parts/objective.html" as usual %}
{% set lines = usual.lines %}
{% set card = usual.card %}
"""
PLAIN: Final = {
    "themes/plain/static/tokens.css": TOKENS,
    "themes/plain/templates/base.html": BASE,
    "themes/plain/templates/parts/objective.html": PART,
}


def test_a_small_theme_changes_colours_the_frame_and_one_part_and_takes_over_the_rest(
    built: Callable[..., Path],
) -> None:
    site = built('theme = "plain"', **PLAIN)
    (style,) = (path.read_text() for path in site.glob("assets/tokens.*.css"))
    assert style == TOKENS
    pages = {path: read_page(path.name, path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 10
    for page in pages.values():
        assert not page.faults
        assert len([*chosen(page, "header", class_="top"), *chosen(page, "p", class_="motto")]) == 2
        assert not [*chosen(page, "footer", class_="foot")]
    texts = [path.read_text(encoding="utf-8") for path in pages]
    assert any('<b class="ours">' in text for text in texts)
    assert any('<article class="card">' in text for text in texts)


def test_a_change_of_tokens_changes_no_page_but_for_the_styles_name(built: Callable[..., Path]) -> None:
    site = built('theme = "plain"', **{"themes/plain/static/tokens.css": TOKENS})
    text = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'href="assets/tokens\.[0-9a-f]{10}\.css"', text)
    assert '<footer class="foot">' in text


# --- assets -----------------------------------------------------------------------------------------------------------


def test_an_asset_is_named_after_its_content() -> None:
    one, two = Theme({}, {"site.css": b"a", "deep/x.js": b"b"}), Theme({}, {"site.css": b"c", "deep/x.js": b"b"})
    assert re.fullmatch(r"assets/site\.[0-9a-f]{10}\.css", one.assets["site.css"])
    assert one.assets["site.css"] != two.assets["site.css"]
    assert one.assets["deep/x.js"] == two.assets["deep/x.js"]
    assert one.files == {one.assets["site.css"]: b"a", one.assets["deep/x.js"]: b"b"}


@pytest.mark.parametrize(
    ("style", "address"),
    [("site.css", "fonts/book.woff2"), ("css/site.css", "../fonts/book.woff2"), ("site.css", "./fonts/book.woff2")],
)
@pytest.mark.parametrize("form", ["url({})", "url('{}')", 'url( "{}" )'])
def test_a_style_leads_to_an_asset_under_the_name_it_has(style: str, address: str, form: str) -> None:
    theme = Theme({}, {style: form.format(address).encode(), "fonts/book.woff2": b"font"})
    written = theme.files[theme.assets[style]].decode()
    (found,) = re.findall(r'url\("(.+)"\)', written)
    assert (Path("/") / theme.assets[style]).parent.joinpath(found).resolve() == Path("/") / theme.assets[
        "fonts/book.woff2"
    ]


def test_a_style_leads_to_another_under_the_name_that_this_has_in_the_end() -> None:
    static = {"site.css": b"@import url(parts/all.css);", "parts/all.css": b"a { src: url(../a.png) }", "a.png": b"1"}
    theme = Theme({}, static)
    imported = theme.assets["parts/all.css"].removeprefix("assets/")
    assert theme.files[theme.assets["site.css"]] == f'@import url("{imported}");'.encode()
    assert theme.files[theme.assets["parts/all.css"]].startswith(b'a { src: url("../a.')


def test_styles_that_lead_to_each_other_in_a_circle_end_all_the_same() -> None:
    theme = Theme(
        {}, {"a.css": b"@import url(b.css);", "b.css": b"@import url(a.css);", "c.css": b"@import url(c.css);"}
    )
    assert sorted(theme.assets) == ["a.css", "b.css", "c.css"]
    assert set(theme.assets.values()) == set(theme.files)


@pytest.mark.parametrize("style", ["url(data:image/png;base64,AA)", "url(#mark)", "url(gone.woff2)", "color: red"])
def test_other_addresses_in_a_style_stay_as_they_are(style: str) -> None:
    theme = Theme({}, {"site.css": style.encode()})
    assert theme.files[theme.assets["site.css"]].decode() == style


def test_a_style_is_named_anew_when_what_it_leads_to_has_changed() -> None:
    names = {Theme({}, {"site.css": b"url(a.png)", "a.png": picture}).assets["site.css"] for picture in (b"1", b"2")}
    assert len(names) == 2


# --- a company's own --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accent", ["#ffee00", "#1a4f8b", "#000000", "#ff5500"])
def test_an_accent_colours_links_so_that_they_can_be_read(built: Callable[..., Path], accent: str) -> None:
    site = built(f'[brand]\naccent = "{accent}"')
    (style,) = (site / "assets").glob("brand.*.css")
    found = re.fullmatch(r":root \{ --link: light-dark\((#\w+), (#\w+)\); \}\n", style.read_text())
    assert found
    for text, papers in ((found[1], LIGHT), (found[2], DARK)):
        colour = parse_colour(text)
        assert colour is not None
        assert min(contrast(colour, paper) for paper in papers) >= LEGIBLE
    assert style.name in (site / "index.html").read_text(encoding="utf-8")


def test_the_grounds_of_the_brand_are_those_of_the_default_theme() -> None:
    tokens = dict(re.findall(r"--(\w+): light-dark\((#\w+, #\w+)\)", STYLE))
    assert [tokens["paper"], tokens["tint"]] == [f"{LIGHT[0]}, {DARK[0]}", f"{LIGHT[1]}, {DARK[1]}"]


def test_a_logo_stands_before_the_name_on_every_page(built: Callable[..., Path]) -> None:
    site = built('[brand]\nname = "Acme"\nlogo = "art/mark.SVG"', **{"art/mark.SVG": "<svg/>"})
    pages = list(site.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        (image,) = chosen(read_page(path.name, path.read_text(encoding="utf-8")), "img")
        assert image.attributes["alt"] == ""
        if path.name != "404.html":  # its addresses begin at the root of the web server
            assert (path.parent / image.attributes["src"]).resolve().read_text() == "<svg/>"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('accent = "blue"', "`accent` cannot be `blue`"),
        ('logo = "../mark.svg"', "`logo` must lie inside the project"),
        ('logo = "okrsite.toml"', "the logo okrsite.toml is not published: it must be what its ending says"),
        ('logo = "gone.svg"', "the logo gone.svg cannot be read: no such file or directory"),
    ],
)
def test_a_brand_that_is_wrong_is_said(
    project: Project, capsys: pytest.CaptureFixture[str], settings: str, said: str
) -> None:
    folder = project({**FINE, "okrsite.toml": f"[brand]\n{settings}"})
    assert main(["build", "-C", str(folder), "--today", TODAY]) == 2
    assert said in capsys.readouterr().err


def test_every_pair_of_the_default_themes_inks_and_grounds_can_be_read() -> None:
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", STYLE))
    inks = ("ink", "ink-2", "ink-3", "link", "on-track", "at-risk", "off-track", "not-heard", "early")
    tried = 0
    for side in (0, 1):
        for ink in inks:
            for ground in ("paper", "surface", "tint"):
                colours = [parse_colour(pairs[name].split(", ")[side]) for name in (ink, ground)]
                assert contrast(*colours) >= LEGIBLE, (ink, ground, side)  # type: ignore[arg-type]
                tried += 1
        early = [parse_colour(pairs[name].split(", ")[side]) for name in ("early", "early-tint")]
        assert contrast(*early) >= LEGIBLE  # type: ignore[arg-type]
    assert tried == 54
